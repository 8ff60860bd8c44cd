"""What a worksheet is worth: read it, judge it by the edits, compare it with the key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from codinglab.codes.icd10cm import open_table
from codinglab.codes.icd10cm_kin import similarity
from codinglab.core.findings import Finding
from codinglab.course import answers
from codinglab.course.billing_key import as_the_key_writes
from codinglab.course.billing_statement import Statement
from codinglab.course.key import load_key
from codinglab.course.reference import expected
from codinglab.course.variants import Variant, variant
from codinglab.course.worksheet import parse
from codinglab.edits.review import AT_WORK, judge
from codinglab.encounter.coded import CodedEncounter
from codinglab.grading.compare import compare
from codinglab.grading.items import Expected, Items, Near, Policy
from codinglab.grading.marking import Marking
from codinglab.grading.rubric import Rubric
from codinglab.grading.rubric import rubric as read_rubric

_CLASS_OF = {
    "laterality": "laterality",
    "seventh character": "7th character",
    "unspecified": "unspecified",
}
_KINDRED = {
    "laterality": "This is the right code but for the side of the body.",
    "seventh character": "This is the right code but for its seventh character.",
    "unspecified": "One of the two codes is the unspecified form of the other.",
}


@lru_cache(maxsize=1)
def rubric() -> Rubric:
    """Return the rubric that weighs the elements of an answer."""
    return read_rubric()


def findings(case_variant: Variant, text: str, *, sealed: bool = False) -> tuple[Finding, ...]:
    """Return what is unreadable in the worksheet `text`, or wrong by the edits; needs no key.

    Of graded work only what a claim could not be read with is said, not what a coder must judge;
    `sealed` says that a case for practice is handed in as graded work.
    """
    read, case = parse(text), case_variant.case
    if case.file.setting == "billing":
        return read.findings + tuple(_not_coded(read.coded))
    coded = read.coded
    unasked = tuple(map(_not_billed, read.billing))
    if case.file.setting == "risk":
        unasked += tuple(_unasked(coded))
        coded = replace(coded, lines=())
    coded = replace(coded, about=case.file.circumstances)
    families = AT_WORK if sealed or case.file.use == "graded" else None
    found = read.findings + unasked + judge(coded, case.day, families).findings
    return tuple(sorted(found, key=_line_number))


def _not_coded(coded: CodedEncounter) -> Iterator[Finding]:
    """Yield a finding for each code, of which a case of billing asks for none."""
    codes = [(one.code, one.place) for one in coded.diagnoses]
    codes += [(one.code, one.place) for one in coded.lines]
    for code, place in codes:
        message = f"{code}: this case asks a biller's work, no code is assigned here."
        yield Finding("case.code", place, message, "Take the line out; it costs points.")


def _unasked(coded: CodedEncounter) -> Iterator[Finding]:
    """Yield a finding for each service line, of which risk adjustment asks for none."""
    for line in coded.lines:
        message = f"{line.code}: risk adjustment reads diagnoses; no service is coded here."
        yield Finding("case.line", line.place, message, "Take the line out.")


def _not_billed(one: Statement) -> Finding:
    message = f"{one.value}: this case asks for codes, not for a {one.kind}."
    return Finding("case.statement", one.place, message, "Take the line out; it costs points.")


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
    credit = rubric().weight("kindred code")

    def kin(kind: str, answered: str, wanted: str) -> Near | None:
        if kind != answers.DIAGNOSIS:
            return None
        difference = similarity(answered, wanted, table)
        if difference is None:
            return None
        return Near(answered, credit, _CLASS_OF[difference], _KINDRED[difference])

    return rubric().policy(kin)


def answered(text: str) -> Items:
    """Return what the worksheet `text` says, as items; empty where there is nothing to mark."""
    read = parse(text)
    return answers.items(read.coded) + answers.statements(read.billing)


def mark(slug: str, number: int, text: str) -> Marking:
    """Return the marking of the worksheet `text` (without its first line) for a variant.

    Raises KeyWithheld where graded keys are not to be had, BadData for an unknown case.
    """
    wanted = reference(slug, number)
    return compare(as_the_key_writes(answered(text), wanted), wanted, _policy(slug))
