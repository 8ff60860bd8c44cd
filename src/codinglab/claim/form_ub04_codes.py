"""The coded boxes of a UB-04: conditions, occurrences, values, diagnoses, procedures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codinglab.claim.form_text import day_run, icd, money
from codinglab.claim.model import Claim, InstitutionalBill

Texts = dict[str, str]
CONDITIONS = tuple(str(one) for one in range(18, 29))
OCCURRENCES = tuple(f"{box}{row}" for row in "ab" for box in (31, 32, 33, 34))
SPANS = tuple(f"{box}{row}" for row in "ab" for box in (35, 36))
VALUES = tuple(f"{box}{row}" for row in "abcd" for box in (39, 40, 41))
DIAGNOSES = ("67", *(f"67{letter}" for letter in "ABCDEFGHIJKLMNOPQ"))
REASONS = ("70a", "70b", "70c")
CAUSES = ("72a", "72b", "72c")
PROCEDURES = ("74", "74a", "74b", "74c", "74d", "74e")


def codes(claim: Claim, bill: InstitutionalBill) -> Texts:
    """Return every coded cell of the claim; what does not fit is left out, see `too_many`."""
    return dict(_pairs(claim, bill))


def _pairs(claim: Claim, bill: InstitutionalBill) -> Iterator[tuple[str, str]]:
    yield from zip(CONDITIONS, bill.conditions, strict=False)
    for cell, happened in zip(OCCURRENCES, bill.occurrences, strict=False):
        yield f"{cell}.code", happened.code
        yield f"{cell}.date", day_run(happened.first)
    for cell, span in zip(SPANS, bill.spans, strict=False):
        yield f"{cell}.code", span.code
        yield f"{cell}.from", day_run(span.first)
        yield f"{cell}.through", day_run(span.last)
    for cell, value in zip(VALUES, bill.values, strict=False):
        yield f"{cell}.code", value.code
        yield f"{cell}.amount", money(value.amount)
    yield "66", "0" if claim.diagnoses else ""
    yield from _diagnoses(DIAGNOSES, ((one.code, one.poa) for one in claim.diagnoses))
    yield "69", icd(bill.admitting_diagnosis)
    yield from zip(REASONS, map(icd, bill.reasons), strict=False)
    yield "71", bill.drg
    yield from _diagnoses(CAUSES, ((one.code, one.poa) for one in bill.external_causes))
    for cell, done in zip(PROCEDURES, bill.procedures, strict=False):
        yield f"{cell}.code", done.code
        yield f"{cell}.date", day_run(done.day)


def _diagnoses(
    cells: tuple[str, ...], told: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    for cell, (code, poa) in zip(cells, told, strict=False):
        yield cell, icd(code)
        yield f"{cell}.poa", poa


def too_many(claim: Claim, bill: InstitutionalBill) -> Iterator[tuple[str, str, int, int]]:
    """Yield box, what it holds, how many the claim has, and for how many there is room."""
    yield "18-28", "condition codes", len(bill.conditions), len(CONDITIONS)
    yield "31-34", "occurrence codes", len(bill.occurrences), len(OCCURRENCES)
    yield "35-36", "occurrence spans", len(bill.spans), len(SPANS)
    yield "39-41", "value codes", len(bill.values), len(VALUES)
    yield "67A-Q", "diagnoses", len(claim.diagnoses), len(DIAGNOSES)
    yield "70", "reasons for the visit", len(bill.reasons), len(REASONS)
    yield "72", "external causes", len(bill.external_causes), len(CAUSES)
    yield "74a-e", "procedures", len(bill.procedures), len(PROCEDURES)
