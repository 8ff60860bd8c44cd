"""A claim as stable JSON, and as text that a biller reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from codinglab.claim.model import Claim, Line
from codinglab.claim.parties import Name, Provider
from codinglab.core.findings import Finding
from codinglab.encounter.coded import POINTER_LETTERS


def as_json(value: Any) -> Any:
    """Return a claim or a part of it as JSON: days as ISO text, dollars as decimal text.

    The keys are the names of the fields; a claim has its `total` besides.
    """
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [as_json(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        found = {one.name: as_json(getattr(value, one.name)) for one in fields(value)}
        return found | {"total": str(value.total)} if isinstance(value, Claim) else found
    return value


def as_text(claims: Sequence[Claim], findings: Sequence[Finding]) -> str:
    """Return the claims (none, one, or the parts of one) and the findings as text."""
    heads = [_claim(one) for one in claims] or [["There is no claim yet: see what is missing."]]
    count = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}"
    said = [f"{one.severity.value:7}  {one.id}  {one}" for one in findings]
    return "\n".join([*(line for head in heads for line in [*head, ""]), count, *said])


def _named(name: Name) -> str:
    given = " ".join(one for one in (name.first, name.middle) if one)
    return f"{name.last}, {given}" if given else name.last


def _provider(role: str, one: Provider) -> str:
    return f"{role:16}  {_named(one.name)}  NPI {one.npi or 'missing'}"


def _claim(claim: Claim) -> list[str]:
    policy = claim.coverage
    corrected = f" of {claim.original_reference}" if claim.original_reference else ""
    bill = claim.bill
    lines = [
        f"{claim.kind} claim {claim.account}, frequency {claim.frequency}{corrected}",
        f"{'to':16}  {policy.payer.name} ({policy.payer.payer_id or 'no identifier'})",
        f"{'patient':16}  {_named(claim.patient.name)}  member {policy.member_id or 'missing'}",
        _provider("billing", claim.billing),
        *(_provider(role, one) for role, one in claim.providers),
        *([_provider("facility", claim.facility)] if claim.facility else []),
        *([f"{'type of bill':16}  {bill.bill_type}{claim.frequency}"] if bill else []),
        *(_diagnosis(claim, at) for at in range(len(claim.diagnoses))),
        *(_line(claim, number, one) for number, one in enumerate(claim.lines, start=1)),
        f"{'total':16}  {claim.total}",
    ]
    return [one.rstrip() for one in lines]


def _diagnosis(claim: Claim, at: int) -> str:
    one = claim.diagnoses[at]
    mark = POINTER_LETTERS[at : at + 1] if claim.kind == "professional" else ""
    poa = f"  POA {one.poa}" if one.poa else ""
    return f"{f'diagnosis {mark or at + 1}':16}  {one.code}{poa}"


def _pointer(at: int) -> str:
    """Return the letter of a pointer, its number where it has none."""
    return POINTER_LETTERS[at - 1 : at] or str(at) if at > 0 else str(at)


def _line(claim: Claim, number: int, one: Line) -> str:
    code = "-".join((one.code, *one.modifiers)) if one.code else ""
    place = one.place_of_service or claim.place_of_service
    parts = (
        f"rev {one.revenue_code}" if one.revenue_code else "",
        code,
        str(one.first),
        f"pos {place}" if place else "",
        f"{one.units} {one.unit_kind}",
        "dx " + ",".join(_pointer(at) for at in one.pointers) if one.pointers else "",
        str(one.charge),
    )
    return f"{f'line {number}':16}  {'  '.join(part for part in parts if part)}"
