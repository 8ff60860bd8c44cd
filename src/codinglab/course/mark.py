"""What a worksheet is worth: read it, judge it by the edits, compare it with the key."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from codinglab.codes.icd10cm import open_table
from codinglab.codes.icd10cm_kin import similarity
from codinglab.core.findings import Finding
from codinglab.core.places import data_folder
from codinglab.course import answers
from codinglab.course.key import load_key
from codinglab.course.reference import expected
from codinglab.course.variants import Variant, variant
from codinglab.course.worksheet import parse
from codinglab.edits.review import review
from codinglab.grading.compare import compare
from codinglab.grading.items import Expected, Near, Policy
from codinglab.grading.marking import Marking
from codinglab.grading.rubric import Rubric, read_rubric


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked worksheet: the variant, what the edits and the reading found, and the marking."""

    variant: Variant
    findings: tuple[Finding, ...]
    marking: Marking

    @property
    def score(self) -> Fraction:
        """Return the share of the points earned, 0 to 1."""
        return self.marking.score


@lru_cache(maxsize=1)
def rubric() -> Rubric:
    """Return the rubric that weighs the elements of an answer."""
    return read_rubric(data_folder("graders") / "rubrics" / "weighted.yml")


def findings(case_variant: Variant, text: str) -> tuple[Finding, ...]:
    """Return what is unreadable in the worksheet `text`, or wrong by the edits; needs no key."""
    read = parse(text)
    found = read.findings + review(read.coded, case_variant.case.day)
    return tuple(sorted(found, key=_line_number))


def _line_number(finding: Finding) -> int:
    number = finding.place.removeprefix("line ")
    return int(number) if number.isdigit() else 0


@lru_cache(maxsize=512)
def reference(slug: str, number: int) -> Expected:
    """Return what is expected of variant `number` of the case `slug`.

    Raises KeyWithheld where graded keys are not to be had, BadData when the key is wrong.
    """
    return expected(variant(slug, number), load_key(slug), rubric())


@lru_cache(maxsize=64)
def _policy(slug: str) -> Policy:
    day = variant(slug, 1).case.day
    table = open_table(day)
    credit = rubric().weight("kin")

    def kin(kind: str, answered: str, wanted: str) -> Near | None:
        if kind != answers.DIAGNOSIS:
            return None
        difference = similarity(answered, wanted, table)
        if difference is None:
            return None
        reason = f"The code differs from the right one only in its {difference}."
        return Near(answered, credit, difference, reason)

    return rubric().policy(kin)


def mark(slug: str, number: int, text: str) -> Marked:
    """Return the marking of the worksheet `text` (without its first line) for a variant.

    Raises KeyWithheld where graded keys are not to be had, BadData for an unknown case.
    """
    case_variant = variant(slug, number)
    wanted = reference(slug, number)
    marking = compare(answers.items(parse(text).coded), wanted, _policy(slug))
    return Marked(case_variant, findings(case_variant, text), marking)
