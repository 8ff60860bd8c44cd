"""No feedback on graded work names a code of the key that the trainee did not write."""

import re

import pytest

from codinglab.course.case import load, slugs
from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.course.variants import records
from codinglab.grading.items import Status
from codinglab.lab.feedback_rows import as_comment, as_table
from codinglab.lab.grading_case import mark_answer
from codinglab.lab.submission_answers import Answer
from codinglab.lab.submission_source import SourceCase

GRADED = [slug for slug in slugs() if load(slug).file.use == "graded"]
STEP = 12  # every twelfth variant; the facts are shuffled, so these are of every sort


def answers(wanted):
    """Yield worksheets that miss or mistake each item in turn, and one that is nearly empty."""
    right = worksheet(wanted)
    yield "dx Z99.89\n"
    for item in wanted.items:
        if item.status is Status.REQUIRED:
            yield re.sub(rf"(?m)^(dx|line) {re.escape(item.value)}.*\n", "", right)
            yield from (worksheet(wanted, {item.id: near.value}) for near in item.near)
        if item.status is Status.FORBIDDEN:
            yield f"{right}dx {item.value}\n"


@pytest.mark.parametrize("slug", GRADED)
def test_sealed_feedback_names_no_code_that_was_not_written(slug):
    leaks = []
    for number in range(1, len(records(slug)) + 1, STEP):
        wanted = reference(slug, number)
        codes = {code for item in wanted.items for code in (item.value, *item.accepted)}
        codes |= {value for item in wanted.items for part in item.parts for value in part.values}
        codes = {code for code in codes if re.search(r"\d.*\d", code)}
        for text in answers(wanted):
            marked = mark_answer(Answer(SourceCase(slug, number, 10), text, 0), sealed=True)
            said = as_comment(marked) + as_table(marked, evidence=False)
            named = set(re.findall(r"[A-Z0-9][A-Z0-9.]+[A-Z0-9]", said))
            written = set(re.findall(r"[A-Z0-9][A-Z0-9.]+[A-Z0-9]", text))
            leaks += [(number, code) for code in codes & (named - written)]
    assert leaks == []


BILLING = [slug for slug in GRADED if load(slug).file.setting == "billing"]
AMOUNT = re.compile(r"\d+\.\d\d")


def billing_answers(wanted):
    """Yield worksheets of a biller that leave out or mistake each statement in turn."""
    lines = worksheet(wanted).splitlines()
    yield "sum nothing 1.11\n"
    for at, line in enumerate(lines):
        rest = [*lines[:at], *lines[at + 1 :]]
        yield "\n".join(rest)
        yield "\n".join([*rest, AMOUNT.sub("1.11", line)])


@pytest.mark.parametrize("slug", BILLING)
def test_sealed_feedback_names_no_amount_and_no_step_that_was_not_written(slug):
    leaks = []
    for number in range(1, len(records(slug)) + 1, STEP):
        wanted = reference(slug, number)
        values = [value for item in wanted.items for part in item.parts for value in part.values]
        told = {amount for value in values for amount in AMOUNT.findall(value)}
        told |= {value for value in values if "-" in value and value.islower()}
        for text in billing_answers(wanted):
            marked = mark_answer(Answer(SourceCase(slug, number, 10), text, 0), sealed=True)
            said = as_comment(marked) + as_table(marked, evidence=False)
            leaks += [
                (number, one)
                for one in told
                if re.search(rf"(?<![\d.]){re.escape(one)}", said) and one not in text
            ]
    assert leaks == []
