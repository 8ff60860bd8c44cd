"""Prove a case: for every variant, that chart, key, edits and marking agree with one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from codinglab.codes import procedures
from codinglab.codes.icd10cm import open_table
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.core.tables import BadData
from codinglab.course import answers
from codinglab.course.case import load
from codinglab.course.check_billing import check_elements
from codinglab.course.check_made import check_made
from codinglab.course.check_meat import check_meat
from codinglab.course.key import KeyFile, KeyWithheld, load_key, resolve
from codinglab.course.mark import findings, mark, reference
from codinglab.course.solution import worksheet
from codinglab.course.sources import tabular_code
from codinglab.course.variants import Variant, all_variants
from codinglab.edits.service import UNKNOWN
from codinglab.encounter.chart import BadChart
from codinglab.grading.error_classes import error_class
from codinglab.grading.items import Expected, ExpectedItem, Status
from codinglab.grading.marking import Marking

LEAST_VARIANTS, LEAST_KEYS = 12, 6
_CODE_SHAPED = re.compile(r"\b(?:[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}|[A-Z]\d{4})\b")


@dataclass(frozen=True, slots=True)
class CaseCheck:
    """The proof of one case family: how many variants and distinct keys, and what is wrong."""

    slug: str
    variants: int
    distinct_keys: int
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form of `codinglab check --json`."""
        return {
            "case": self.slug,
            "variants": self.variants,
            "distinct_keys": self.distinct_keys,
            "findings": [one.as_json() for one in self.findings],
        }


def _wrong(name: str, place: str, message: str, remedy: str) -> Finding:
    return Finding(f"case.{name}", place, message, remedy)


def check_case(slug: str) -> CaseCheck:
    """Return the proof of the case `slug` over all its variants.

    What cannot be read, or has no code set on its day, becomes a finding.
    """
    try:
        key, variants = load_key(slug), all_variants(slug)
        found = list(_check_words(slug, key))
        worksheets = set()
        for one in variants:
            here = f"{slug}, variant {one.number}"
            try:
                found += [replace(f, place=f"{here}: {f.place}") for f in _check_variant(one)]
                worksheets.add(worksheet(reference(slug, one.number)))
            except (BadData, BadChart) as error:
                found.append(_wrong("data", here, str(error), "Correct the case or its key."))
        found += _check_size(slug, len(variants), len(worksheets))
        found += _check_facts(slug, key)
    except (BadData, KeyWithheld, NotInForce) as error:
        problem = _wrong("data", slug, str(error), "Correct the case or its key.")
        return CaseCheck(slug, 0, 0, (problem,))
    return CaseCheck(slug, len(variants), len(worksheets), tuple(found))


def _check_size(slug: str, variants: int, keys: int) -> Iterator[Finding]:
    if variants < LEAST_VARIANTS:
        message = f"{variants} variants; a family needs {LEAST_VARIANTS}."
        yield _wrong("variants", slug, message, "Add facts, or values of facts.")
    if keys < LEAST_KEYS:
        message = f"{keys} distinct keys; a family needs {LEAST_KEYS}."
        yield _wrong("keys", slug, message, "Let a fact decide a code.")


def _check_facts(slug: str, key: KeyFile) -> Iterator[Finding]:
    """Yield a finding for each fact that neither the key nor the chart reads."""
    case = load(slug)
    text = repr((key.items, key.trips, case.billing)) + case.template
    for name in load(slug).file.facts:
        if not re.search(rf"\b{re.escape(name)}\b", text):
            yield _wrong("fact", slug, f"fact {name} changes nothing.", "Use it or take it out.")


def _check_words(slug: str, key: KeyFile) -> Iterator[Finding]:
    """Yield a finding for each class of error that is not the field's, and each dead cite."""
    table = open_table(load(slug).day)
    for name, item in key.items.items():
        classes = [item.error, *(near.error for near in item.near)]
        for one in (one for one in classes if one and error_class(one) is None):
            message = f"{one!r} is no class of error."
            yield _wrong(
                "class", f"{slug}, {name}", message, "Use one of grading/error_classes.py."
            )
        for text in item.cites:
            code = tabular_code(text)
            if text.startswith("tabular:") and (code is None or table.find(code) is None):
                message = f"cite {text!r} does not begin with a code of the tabular list."
                yield _wrong("cite", f"{slug}, {name}", message, "Correct the code.")


def _check_variant(one: Variant) -> Iterator[Finding]:
    wanted = reference(one.case.slug, one.number)
    yield from _check_chart(one, wanted)
    yield from _check_codes(one, wanted)
    yield from check_meat(one, wanted)
    yield from _check_scores(one, wanted)


def _check_chart(one: Variant, wanted: Expected) -> Iterator[Finding]:
    chart = one.chart
    for item in wanted.items:
        if gone := [name for name in item.evidence if name not in chart.evidence_names]:
            message = f"evidence {gone} is not marked in the chart."
            yield _wrong("evidence", item.id, message, "Mark the span: [[name|text]].")
    if one.case.file.setting == "billing":
        return  # remittances and forms print codes; what is asked is what becomes of them
    values = {value for item in wanted.items for value in (item.value, *item.accepted)}
    printed = values & set(re.findall(r"[A-Z0-9.]+", chart.text))
    if printed := printed | set(_CODE_SHAPED.findall(chart.text)):
        message = f"the chart prints the code {', '.join(sorted(printed))}."
        yield _wrong("code-in-chart", "chart.md", message, "Write it as a clinician would.")


def _all_codes(item: ExpectedItem) -> list[str]:
    return [item.value, *item.accepted, *(near.value for near in item.near)]


def _check_codes(one: Variant, wanted: Expected) -> Iterator[Finding]:
    """Yield a finding for each code of the key that cannot be reported on the day."""
    day = one.case.day
    table = open_table(day)
    for item in wanted.items:
        for code in _all_codes(item) if item.kind == answers.DIAGNOSIS else ():
            found = table.find(code)
            if found is None or not found.billable:
                message = f"{code} is not a billable code on {day}."
                yield _wrong("code", item.id, message, "Correct the key.")
        for code in _all_codes(item) if item.kind == answers.LINE else ():
            try:
                procedures.find(code, day)
            except UNKNOWN as error:
                yield _wrong(
                    "code", item.id, f"{error}.", "Add it to code_sets, or choose another."
                )


def _check_scores(one: Variant, wanted: Expected) -> Iterator[Finding]:
    """Yield a finding where the marking does not do what the key says."""
    slug, number, right = one.case.slug, one.number, worksheet(wanted)
    marking = mark(slug, number, right)
    if marking.score != 1 or marking.blocked_by:
        message = f"the key itself scores {marking.score}, not 1: {_first_error(marking)}"
        yield _wrong("self", "key", message, "Correct the key.")
    yield from _check_edits(one, right)
    if empty := mark(slug, number, "").score:
        yield _wrong("empty", "key", f"an empty answer scores {empty}, not 0.", "Correct the key.")
    yield from _check_near(one, wanted)
    yield from check_elements(one, wanted)
    yield from check_made(one, wanted)
    yield from _check_as_good(one, wanted)
    yield from _check_forbidden(one, wanted)


def _check_edits(one: Variant, right: str) -> Iterator[Finding]:
    """Yield a finding for each edit that the key breaks, or is said to break and does not."""
    trips = load_key(one.case.slug).trips
    said = {name for name, why in trips.items() if resolve(why, one.fact) is not None}
    found = findings(one, right)
    for finding in found:
        if finding.severity is not Severity.NOTE and finding.id not in said:
            yield _wrong("edits", "key", f"the key itself breaks an edit: {finding}", "Correct it.")
    for name in sorted(said - {finding.id for finding in found}):
        message = f"the key does not break the edit {name}, as it says."
        yield _wrong("trips", "key", message, "Take it out of trips, or correct the key.")


def _first_error(marking: Marking) -> str:
    reasons = (f"{one.kind}: {one.reason}" for one in marking.marked if one.scored_error)
    return next(reasons, "an error of order")


def _check_near(one: Variant, wanted: Expected) -> Iterator[Finding]:
    """Yield a finding for each near miss that does not earn what the key says of it."""
    for item in wanted.items:
        if item.status is not Status.REQUIRED:
            continue
        for near in item.near:
            text = worksheet(wanted, {item.id: near.value})
            marks = mark(one.case.slug, one.number, text).marked
            credit = next(
                (m.credit for m in marks if m.expected and m.expected.id == item.id), Fraction(0)
            )
            if credit != near.credit:
                message = f"{near.value} for {item.value} earns {credit}, not {near.credit}."
                yield _wrong(
                    "near", item.id, message, "It may be another item's code: take it out."
                )


def _check_as_good(one: Variant, wanted: Expected) -> Iterator[Finding]:
    """Yield a finding where an accepted or an optional code changes the score."""
    right = worksheet(wanted)
    for item in wanted.items:
        if item.status is Status.REQUIRED:
            tries = [worksheet(wanted, {item.id: value}) for value in item.accepted]
        elif item.status is Status.OPTIONAL:
            tries = [f"{right}{_statement(item)}\n"]
        else:
            tries = []
        for text in tries:
            score = mark(one.case.slug, one.number, text).score
            if score != 1:
                message = f"an {item.status.value} item's accepted or optional code gives {score}."
                yield _wrong("as-good", item.id, message, "Correct the key.")


def _statement(item: ExpectedItem) -> str:
    """Return the worksheet line that adds `item` behind a whole answer."""
    if item.kind == answers.DIAGNOSIS:
        return f"dx {item.value}"
    return f"line {item.value} x1 dx A" if item.kind == answers.LINE else ""


def _check_forbidden(one: Variant, wanted: Expected) -> Iterator[Finding]:
    """Yield a finding for each forbidden code that does not cost anything."""
    right = worksheet(wanted)
    for item in wanted.items:
        if item.status is not Status.FORBIDDEN:
            continue
        if mark(one.case.slug, one.number, f"{right}{_statement(item)}\n").score >= 1:
            message = f"{item.value} costs nothing."
            yield _wrong("forbidden", item.id, message, "It may be accepted elsewhere: correct it.")
