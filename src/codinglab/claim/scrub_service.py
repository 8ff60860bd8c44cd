"""Coding: lines that need more than a code (SNIP 6): laboratory, drug, anesthesia, ambulance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.model import Line
from codinglab.claim.scrub_facts import CLAIM, is_medicare, kind_of, lines, missing, place_of
from codinglab.claim.scrub_lists import has_shape, members, on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.claim.scrub_terms import terms_of

_MINUTES = "MJ"
_TRIP_MODIFIER = 2  # one letter for the origin, one for the destination


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


@claim_edit(
    "anesthesia.minutes",
    "coding",
    "coder",
    6,
    source="Medicare Claims Processing Manual ch. 12 s. 50; 837P 2400 SV103",
    at="2400 SV103, SV104",
    kinds=("professional",),
    answer="A6 258",
    wire=("product.anesthesia",),
)
def minutes(sent: Sent, day: date) -> Iterator[Said]:
    """Anesthesia is billed in minutes (MJ), and nothing else is.

    The payer adds its base units. 75 units instead of 75 minutes would be paid fifteen times over.
    """
    for place, line in lines(sent.claim):
        asleep = any(on_list("anesthesia modifier", one, day) for one in line.modifiers)
        if asleep and line.unit_kind != _MINUTES:
            yield Said(
                place,
                f"{line.code} is anesthesia, told in {line.unit_kind}.",
                "Write the minutes from start to end, with MJ.",
            )


@claim_edit(
    "ambulance.trip",
    "coding",
    "biller",
    6,
    source="837P 2300 CR1; Medicare Claims Processing Manual ch. 15 s. 30",
    at="2300 CR1, CRC 07",
    kinds=("professional",),
    answer="A6 21",
    wire=("x12.ambulance_trip", "x12.ambulance_places"),
)
def trip(sent: Sent, day: date) -> Iterator[Said]:
    """A trip by ambulance tells why, how far, and from where to where.

    Places 41 and 42 are the ambulance itself. The reason, the loaded miles and the certified
    conditions are what the payer judges the need by.
    """
    claim = sent.claim
    for place, line in lines(claim):
        if on_list("ambulance place", place_of(claim, line), day) and claim.ambulance is None:
            yield missing(place, "What is to be told of the trip", "Add reason, miles, addresses.")
            return


@claim_edit(
    "ambulance.modifier",
    "coding",
    "coder",
    6,
    source="Medicare Claims Processing Manual ch. 15 s. 30: origin and destination modifiers",
    at="2400 SV101-3",
    answer="A6 453",
)
def origin(sent: Sent, day: date) -> Iterator[Said]:
    """A trip carries a modifier of two letters, where it began and where it went.

    RH is from the residence to a hospital. The letters are D, E, G, H, I, J, N, P, R, S, and X as
    a destination only.
    """
    letters = members("ambulance letter", day)
    for place, line in lines(sent.claim):
        if not on_list("ambulance trip", line.code, day):
            continue
        pairs = (one for one in line.modifiers if len(one) == _TRIP_MODIFIER)
        if not any(letters.issuperset(one) and one[0] != "X" for one in pairs):
            yield missing(place, f"The origin and destination of {line.code}", "Write it like RH.")


EDITS = (clia, ndc, ndc_wanted, minutes, trip, origin)
