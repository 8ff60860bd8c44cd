"""The 837I claim: loop 2300 with CL1, its codes of every kind, providers and revenue lines."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.claim.model import Claim, CodedDay, Diagnosis, InstitutionalBill
from codinglab.claim.parties import Role
from codinglab.claim.x837_benefits import other_payers
from codinglab.claim.x837_block import Block, coded, date_segment, plain, references
from codinglab.claim.x837_institutional_line import line_blocks
from codinglab.claim.x837_names import (
    ORGANIZATION,
    PERSON,
)
from codinglab.claim.x837_providers import (
    Place,
    located_block,
    provider_blocks,
)
from codinglab.x12.syntax import Segment, amount, day, days

UNKNOWN_HOUR = "99"
_Code = tuple[str, ...]


def _place(loop: str, code: str, kind: str = PERSON, specialty: str = "") -> Place:
    return Place("institutional", loop, code, kind, specialty)


_FACILITY = _place("2310E", "77", ORGANIZATION)
_BEFORE: tuple[tuple[Role, Place], ...] = (
    ("attending", _place("2310A", "71", specialty="AT")),
    ("operating", _place("2310B", "72")),
    ("other operating", _place("2310C", "ZZ")),
    ("rendering", _place("2310D", "82")),
)
_AFTER: tuple[tuple[Role, Place], ...] = (("referring", _place("2310F", "DN")),)


def _header(claim: Claim, bill: InstitutionalBill) -> Segment:
    coverage = claim.coverage
    return (
        *("CLM", claim.account, amount(claim.total), "", ""),
        (bill.bill_type[1:], "A", claim.frequency),
        *("", claim.accepts, coverage.assigned, coverage.release),
        *("", "", "", "", "", "", "", "", "", "", claim.delay_reason),
    )


def _dates(bill: InstitutionalBill) -> Iterator[Segment]:
    if bill.discharge_hour not in {"", UNKNOWN_HOUR}:
        yield date_segment("096", "TM", f"{bill.discharge_hour}00")
    yield date_segment("434", "RD8", days(bill.statement_from, bill.statement_to))
    if bill.admitted is None:
        return
    if bill.admission_hour in {"", UNKNOWN_HOUR}:
        yield date_segment("435", "D8", day(bill.admitted))
    else:
        yield date_segment("435", "DT", f"{day(bill.admitted)}{bill.admission_hour}00")


def _diagnosis(kind: str, one: Diagnosis) -> _Code:
    code = plain(one.code)
    return (kind, code, "", "", "", "", "", "", one.poa) if one.poa else (kind, code)


def _spoken(kind: str, one: CodedDay) -> _Code:
    if one.last is None:
        return (kind, one.code, "D8", day(one.first))
    return (kind, one.code, "RD8", days(one.first, one.last))


def _codes(claim: Claim, bill: InstitutionalBill) -> Iterator[Segment]:
    """Yield HI segments, each kind of code in segments of its own."""
    first, rest = claim.diagnoses[:1], claim.diagnoses[1:]
    operations = [("BBQ", one.code, "D8", day(one.day)) for one in bill.procedures]
    operations[:1] = [("BBR", *one[1:]) for one in operations[:1]]
    kinds: tuple[list[_Code], ...] = (
        [_diagnosis("ABK", one) for one in first],
        [("ABJ", plain(bill.admitting_diagnosis))] if bill.admitting_diagnosis else [],
        [("APR", plain(one)) for one in bill.reasons],
        [_diagnosis("ABN", one) for one in bill.external_causes],
        [("DR", bill.drg)] if bill.drg else [],
        [_diagnosis("ABF", one) for one in rest],
        list(operations[:1]),
        list(operations[1:]),
        [_spoken("BI", one) for one in bill.spans],
        [_spoken("BH", one) for one in bill.occurrences],
        [("BE", one.code, "", "", amount(one.amount)) for one in bill.values],
        [("BG", one) for one in bill.conditions],
    )
    for codes in kinds:
        yield from coded(codes)


def _segments(claim: Claim, bill: InstitutionalBill) -> Iterator[Segment]:
    yield _header(claim, bill)
    yield from _dates(bill)
    yield ("CL1", bill.priority, bill.origin, bill.status)
    for one in claim.attachments:
        yield ("PWK", one.kind, one.how, "", "", "AC" if one.control else "", one.control)
    yield from references(
        ("9F", claim.referral),
        ("G1", claim.authorization),
        ("F8", claim.original_reference),
        ("LU", claim.accident.state),
        ("EA", bill.record_number),
    )
    yield from (("K3", one) for one in claim.fixed_notes)
    if claim.note:
        yield ("NTE", "ADD", claim.note)
    yield from _codes(claim, bill)


def _providers(claim: Claim) -> Iterator[Block]:
    yield from provider_blocks(claim.providers, _BEFORE)
    if claim.facility is not None:
        yield located_block(_FACILITY, claim.facility, telephone=False)
    yield from provider_blocks(claim.providers, _AFTER)


def institutional_block(claim: Claim) -> Block:
    """Return loop 2300 of an institutional claim, which must be as `as_sent` makes it.

    Raises ValueError where the claim has no `bill`.
    """
    if claim.bill is None:
        raise ValueError(f"claim {claim.account}: an institutional claim needs its bill (UB-04)")
    blocks = [*_providers(claim), *other_payers(claim), *line_blocks(claim, claim.bill)]
    return Block("2300", list(_segments(claim, claim.bill)), blocks)
