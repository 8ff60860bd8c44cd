"""Coordination of benefits of an 837 as values: the reverse of `x837_benefits`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codinglab.claim.adjudicated import Adjustment, Group, PaidLine, PriorPayment
from codinglab.claim.parties import Coverage, Person
from codinglab.claim.x837_fields import (
    Unreadable,
    amount_at,
    day_at,
    inner,
    inner_first,
    needed,
    reference_at,
)
from codinglab.claim.x837_read_parties import (
    insured_other_than,
    read_person,
)
from codinglab.claim.x837_read_policy import (
    rank,
    read_answers,
    read_coverage,
    read_payer,
)
from codinglab.x12.loops import Loop
from codinglab.x12.values import decimal_of

_GROUPS: dict[str, Group] = {"CO": "CO", "PR": "PR", "OA": "OA", "PI": "PI", "CR": "CR"}


def read_adjustments(loop: Loop) -> tuple[Adjustment, ...]:
    """Return every adjustment in the CAS segments of a loop."""
    return tuple(_adjustments(loop))


def _adjustments(loop: Loop) -> Iterator[Adjustment]:
    for one in loop.all("CAS"):
        group = _GROUPS.get(one.get(1))
        for at in range(2, len(one.elements), 3):
            value = decimal_of(one.get(at + 1))
            if group is not None and value is not None and one.get(at):
                yield Adjustment(group, one.get(at), value, decimal_of(one.get(at + 2)))


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """Loop 2320 as values: the policy, its rank by SBR01, and what its payer decided."""

    rank: int
    coverage: Coverage
    paid: Decimal | None
    adjudicated: date | None
    adjustments: tuple[Adjustment, ...]
    control_number: str
    patient_still_owes: Decimal | None
    noncovered: Decimal | None
    remarks: tuple[str, ...]


def read_other_payer(loop: Loop, patient: Person) -> OtherPayer:
    """Return loop 2320; raises Unreadable where it names no insured, payer or answers."""
    insured, payer = inner_first(loop, "2330A"), inner_first(loop, "2330B")
    policy = needed(loop, "SBR")
    if insured is None or payer is None:
        raise Unreadable(
            "2320 has no insured (2330A) or no payer (2330B)", "2320", policy.position, "NM1"
        )
    person = insured_other_than(patient, read_person(insured), bare=True)
    said = needed(loop, "OI")
    coverage = replace(
        read_coverage(policy, insured, read_payer(payer), read_answers(loop, said, 3)),
        insured=person,
        signed_for_patient=said.get(4) == "P",
    )
    told = loop.first("MOA")
    return OtherPayer(
        rank=rank(policy),
        coverage=coverage,
        paid=amount_at(loop, "D"),
        adjudicated=day_at(payer, "573"),
        adjustments=read_adjustments(loop),
        control_number=reference_at(payer, "F8"),
        patient_still_owes=amount_at(loop, "EAF"),
        noncovered=amount_at(loop, "A8"),
        remarks=tuple(one for one in (told.elements[3:8] if told else ()) if one),
    )


def read_paid_lines(lines: list[Loop], payer_id: str) -> tuple[PaidLine, ...]:
    """Return what the payer of that id decided of each line (2430), numbered from 1."""
    return tuple(
        paid
        for number, line in enumerate(lines, 1)
        for loop in inner(line, "2430")
        if (paid := _paid(loop, number, payer_id)) is not None
    )


def _paid(loop: Loop, number: int, payer_id: str) -> PaidLine | None:
    one = needed(loop, "SVD")
    amount, units, when = decimal_of(one.get(2)), decimal_of(one.get(5)), day_at(loop, "573")
    if one.get(1) != payer_id or amount is None or units is None or when is None:
        return None
    code = one.parts(3)
    return PaidLine(
        line=number,
        paid=amount,
        units=units,
        code=code[1] if len(code) > 1 else "",
        adjudicated=when,
        modifiers=tuple(part for part in code[2:6] if part),
        adjustments=read_adjustments(loop),
        patient_still_owes=amount_at(loop, "EAF"),
    )


def prior_payment(other: OtherPayer, at: int, lines: list[Loop]) -> PriorPayment | None:
    """Return what the payer at place `at` (from 0) decided, None where it has not.

    The day is the claim's, or where 2330B has none the latest of the lines, None where there is
    none at all. A decision without an amount is not taken, and the comparison with the wire tells.
    """
    paid = read_paid_lines(lines, other.coverage.payer.payer_id)
    days = [one.adjudicated for one in paid]
    when = other.adjudicated or (max(days) if days else None)
    if other.paid is None:
        return None
    return PriorPayment(
        coverage=at,
        paid=other.paid,
        adjudicated=when,
        lines=paid,
        adjustments=other.adjustments,
        control_number=other.control_number,
        patient_still_owes=other.patient_still_owes,
        noncovered=other.noncovered,
        remarks=other.remarks,
    )
