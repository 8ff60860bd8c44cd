"""Coding: what laboratory tests and drugs need beside a code (SNIP 5 to 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.model import Line
from codinglab.claim.scrub_facts import CLAIM, is_medicare, kind_of, lines, missing
from codinglab.claim.scrub_lists import has_shape, on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.claim.scrub_terms import terms_of


def _tests(sent: Sent, day: date) -> Iterator[tuple[str, Line]]:
    """Yield the lines with laboratory tests; drawing the specimen is none."""
    for place, line in lines(sent.claim):
        if kind_of(line) == "laboratory" and not on_list("no CLIA number", line.code, day):
            yield place, line


@claim_edit(
    "laboratory.clia",
    "provider",
    "biller",
    6,
    source="42 CFR 410.32(d); Medicare Claims Processing Manual ch. 16 s. 70 and ch. 26 s. 10.4",
    at="2300 REF X4",
    kinds=("professional",),
    answer="A6 21 85",
    wire=("product.laboratory",),
)
def clia(sent: Sent, day: date) -> Iterator[Said]:
    """Medicare pays a laboratory test only with the laboratory's CLIA number on the claim.

    Waived tests (QW) too: the office has a certificate of waiver, which has a number. It has ten
    characters, the third a D.
    """
    number = sent.claim.clia
    if number and not has_shape("CLIA", number, day):
        yield Said(CLAIM, f"{number!r} is no CLIA number.", "Write it like 33D0000001.")
    if number or not is_medicare(sent.claim, day):
        return
    for place, line in _tests(sent, day):
        yield missing(
            place, f"The CLIA number for {line.code}", "Take it from the laboratory's certificate."
        )


@claim_edit(
    "drug.ndc",
    "coding",
    "coder",
    5,
    source="45 CFR 162.1002; 837 2410 LIN03, CTP04, CTP05",
    at="2410 LIN03, CTP",
    answer="A7 218",
    wire=("code.drug",),
)
def ndc(sent: Sent, day: date) -> Iterator[Said]:
    """A drug number (NDC) has eleven digits, with a quantity and its unit.

    The box shows ten digits in three groups; a zero goes in front of the group that is short of
    5-4-2. Units are ML, GR, UN, F2 or ME, and count the drug, not the billing code.
    """
    for place, line in lines(sent.claim):
        drug = line.drug
        if drug is None:
            continue
        if not has_shape("NDC", drug.ndc, day):
            remedy = "Write eleven digits without hyphens."
            yield Said(place, f"{drug.ndc!r} is no drug number.", remedy)
        if not on_list("drug unit", drug.unit, day):
            yield Said(place, f"{drug.unit!r} is no unit of a drug.", "Use ML, GR, UN, F2 or ME.")
        if drug.quantity <= 0:
            yield Said(place, f"{drug.quantity} {drug.unit} of the drug.", "Write how much.")


@claim_edit(
    "drug.ndc-wanted",
    "coding",
    "coder",
    7,
    source="the payer's companion file; for Medicaid 42 CFR 447.520",
    at="2410 LIN",
    answer="A6 218",
    wire=("payer.drug-number",),
)
def ndc_wanted(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Some payers, Medicaid among them, want the NDC of every drug given in the office.

    The rebate that the manufacturer owes is worked out by it.
    """
    terms = terms_of(sent.claim)
    if terms is None or not terms.ndc:
        return
    for place, line in lines(sent.claim):
        if kind_of(line) == "drug" and line.drug is None:
            yield missing(place, f"The NDC of {line.code}", "Read it from the vial or its box.")


EDITS = (clia, ndc, ndc_wanted)
