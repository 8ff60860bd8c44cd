"""What the physician fee schedule and the add-on edits say of a procedure code, singly cited.

The facts are those of the starter sets' codes that could be looked up, or of the files that the
site imported. A code without a row has no known facts here; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from codinglab.codes.procedures import system_of
from codinglab.codes.release import (
    CodeRow,
    NotInTable,
    Release,
    in_force,
    releases,
    row_on,
    rows_on,
)

FACTS, PRIMARIES = "facts.csv", "primaries.csv"
ANY = "CCCCC"  # the edits leave the primaries to the contractor
Digit = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
_SETS = {"CPT": "cpt", "HCPCS": "hcpcs"}


class FactRow(CodeRow):
    """Fee schedule indicators of a code, as published, and the file they stand in."""

    pc_tc: Digit
    multiple: Digit
    bilateral: Digit
    assistant: Digit
    source: str


class PrimaryRow(CodeRow):
    """One code that an add-on code may accompany, and the file that says so."""

    primary: str
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a code on a day; None and () mean that no source was at hand.

    `pc_tc`: 0 physician's service, 1 has a professional and a technical part (26, TC), 5
    incident-to, 9 does not apply. `multiple`: 2 reduced by the usual 100/50 rule, 0 not.
    `bilateral`: 1 may be paid 150 % with modifier 50, 0 not, 3 paid 100 % for each side.
    `assistant`: 0 only with documents, 1 not paid, 2 paid. The other digits are as published.
    `primaries` are those of this lab's starter sets, unless imported; there may be others.
    """

    code: str
    pc_tc: str | None
    multiple: str | None
    bilateral: str | None
    assistant: str | None
    source: str
    primaries: tuple[str, ...]
    primaries_source: str


def _of(release: Release, code: str, day: date) -> tuple[FactRow | None, list[PrimaryRow]]:
    listed = release.info.tables
    hashes = listed.get(FACTS, ""), listed.get(PRIMARIES, "")
    facts, pairs = _by_code(release, hashes, day)
    return facts.get(code), pairs.get(code, [])


@lru_cache(maxsize=64)
def _by_code(
    release: Release,
    hashes: tuple[str, str],
    day: date,
) -> tuple[dict[str, FactRow], dict[str, list[PrimaryRow]]]:
    """Return the facts and the primaries of each code; the tables' hashes key the cache."""
    facts = rows_on(release, FACTS, FactRow, day) if hashes[0] else ()
    pairs: dict[str, list[PrimaryRow]] = {}
    for row in rows_on(release, PRIMARIES, PrimaryRow, day) if hashes[1] else ():
        pairs.setdefault(row.code, []).append(row)
    return {row.code: row for row in facts}, pairs


def _imported(name: str, day: date, folder: Path | None) -> Release | None:
    return next((one for span, one in releases(name, folder).rows if day in span), None)


def _schedule(code: str, day: date, folder: Path | None) -> FactRow | None:
    """Return the indicators of `code` in the fee schedule that the site imported for `day`."""
    from codinglab.codes.importers.physician import RelativeValueRow

    release = _imported("pprrvu", day, folder)
    try:
        row = release and row_on(release, "values.csv", RelativeValueRow, code, day)
    except NotInTable:
        return None
    if not release or not row or row.modifier:
        return None
    return FactRow(
        code=code,
        pc_tc=cast("Digit", row.pctc),
        multiple=cast("Digit", row.multiple),
        bilateral=cast("Digit", row.bilateral),
        assistant=cast("Digit", row.assistant),
        source=f"CMS PPRRVU {release.info.release}, imported",
    )


def _add_ons(code: str, day: date, folder: Path | None) -> list[PrimaryRow] | None:
    """Return the primaries of `code` in the add-on edits that the site imported for `day`.

    None where nothing was imported or it does not know the code; empty where it leaves the
    primaries to the contractor.
    """
    from codinglab.codes.importers.ncci import AddOnRow

    release = _imported("add_on", day, folder)
    if release is None:
        return None
    source = f"CMS NCCI add-on edits {release.info.release}, imported"
    listed = [row for row in rows_on(release, "add_ons.csv", AddOnRow, day) if row.code == code]
    if not listed:
        return None
    return [
        PrimaryRow(code=code, primary=row.primary, source=source)
        for row in listed
        if row.primary != ANY
    ]


def facts(text: str, day: date, folder: Path | None = None) -> Facts:
    """Return what is known of the procedure code `text` on `day`, each with its source.

    A fee schedule and add-on edits that the site imported for that day come before the starter
    set's own facts. `folder` holds the code sets. Raises NotAProcedureCode for a malformed code,
    NotInTable when the lab holds no codes of its system, and NotInForce when it holds none for
    that day.
    """
    code = text.strip().upper()
    name = _SETS.get(system_of(code))
    if name is None or not releases(name, folder).rows:
        raise NotInTable(f"{code} is not in this lab's table")
    row, pairs = _of(in_force(name, day, folder), code, day)
    row = _schedule(code, day, folder) or row
    imported = _add_ons(code, day, folder)
    pairs = pairs if imported is None else imported
    primaries = tuple(pair.primary for pair in pairs)
    stated_in = pairs[0].source if pairs else ""
    if row is None:
        return Facts(code, None, None, None, None, "", primaries, stated_in)
    digits = (row.pc_tc, row.multiple, row.bilateral, row.assistant)
    return Facts(code, *digits, row.source, primaries, stated_in)
