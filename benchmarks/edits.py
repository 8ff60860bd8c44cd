"""How many professional encounters one core judges in a second, beside two dictionaries.

The encounters are the reference answers of up to twenty variants of each case family, with all
that the edits may ask for known. The peer looks each code up in a dictionary and each pair of
codes in another: it says "not in the table" or "paired" and nothing else. Run with

    python benchmarks/edits.py
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

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
    best, until = 0.0, time.perf_counter() + SECONDS
    for coded, day in every:
        judge(coded, day)
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


def main() -> None:
    """Print the three rates."""
    every = encounters()
    lines = sum(len(coded.lines) for coded, _ in every) / len(every)
    diagnoses = sum(len(coded.diagnoses) for coded, _ in every) / len(every)
    made = [one for one in EDITS if one.is_for("professional", "Medicare")]
    on_lines = [one for one in made if one.family in LINE_FAMILIES]
    print(f"{len(every)} encounters, {diagnoses:.1f} diagnoses and {lines:.1f} lines each")
    print(f"{len(on_lines)} edits on lines: ", end="")
    print(f"{rate(lambda c, d: judge_what_can_be(c, d, LINE_FAMILIES), every):,.0f} a second")
    print(f"{len(made)} edits, all: {rate(judge_what_can_be, every):,.0f} a second")
    print(f"two dictionaries: {rate(plain(every[0][1]), every):,.0f} a second")


if __name__ == "__main__":
    main()
