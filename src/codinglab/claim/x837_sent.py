"""A claim as the wire holds it: what the model may say in two ways is said in the guide's one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from codinglab.claim.adjudicated import PriorPayment
from codinglab.claim.model import Claim, InstitutionalBill, Line
from codinglab.claim.parties import Provider, Role
from codinglab.claim.x837_parties import is_dependent
from codinglab.codes.billing import FACILITIES
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce

_LINE_ONLY: tuple[Role, ...] = ("ordering", "purchased service")
"""Roles for which the 837P has a loop at the line alone (2420E, 2420B)."""

_TO_OUTPATIENT_BENEFIT = "2"
"""Third character of a type of bill: inpatient services billed to the outpatient benefit."""

_Providers = tuple[tuple[Role, Provider], ...]


@lru_cache(maxsize=64)
def _is_inpatient(bill_type: str, day: date) -> bool:
    try:
        return FACILITIES.find(bill_type, day).setting == "inpatient"
    except (NotACode, NotInTable, NotInForce):
        return False


def is_stay(bill: InstitutionalBill) -> bool:
    """Say whether the bill is for a stay, whose lines need no dates of their own.

    Source: Medicare Claims Processing Manual, chapter 25, sections 75.1 (type of bill) and 75.4
    (FL 45, service date, is asked for of outpatient lines).
    """
    return (
        bill.admitted is not None
        and bill.bill_type[2:3] != _TO_OUTPATIENT_BENEFIT
        and _is_inpatient(bill.bill_type, bill.statement_from)
    )


def without_date(line: Line, bill: InstitutionalBill) -> bool:
    """Say whether the line has no date but the stay's, so that none is written."""
    return (
        line.first == bill.statement_from
        and line.last in {None, line.first, bill.statement_to}
        and is_stay(bill)
    )


def _own(line: Line, claim: Claim, passed_on: _Providers) -> _Providers:
    """Return the line's providers: those who differ from the claim's, and those passed on."""
    if not line.providers:
        return passed_on
    own = line.providers
    if any(one in claim.providers and one[0] not in _LINE_ONLY for one in own):
        own = tuple(one for one in own if one not in claim.providers or one[0] in _LINE_ONLY)
    if not passed_on:
        return own
    given = {role for role, _ in line.providers}
    return (*own, *(one for one in passed_on if one[0] not in given))


def _line(line: Line, claim: Claim, place: str, passed_on: _Providers) -> Line:
    last = line.last
    if last is None and not line.place_of_service and not line.providers and not passed_on:
        return line
    if last == line.first or (claim.bill is not None and without_date(line, claim.bill)):
        last = None
    at = "" if line.place_of_service == place else line.place_of_service
    providers = _own(line, claim, passed_on)
    if (last, at, providers) == (line.last, line.place_of_service, line.providers):
        return line
    return replace(line, last=last, place_of_service=at, providers=providers)


def _told_by_lines(prior: PriorPayment) -> bool:
    """Say whether what the patient still owes is the sum of what its lines say.

    The guides use AMT EAF of the line (2430) or of the claim (2320), never both for one payer.
    """
    owed = [one.patient_still_owes for one in prior.lines if one.patient_still_owes is not None]
    return bool(owed) and prior.patient_still_owes == sum(owed)


def as_sent(claim: Claim) -> Claim:
    """Return the claim as the wire holds it.

    Of a professional claim: the place of service of the claim is that of its first line where it
    names none; whoever ordered or performed all of it is named on each line. Of every claim: a
    line does not repeat what the claim says, and has one day where its first is its last; what a
    patient still owes is told line by line where it can be.
    """
    professional = claim.kind == "professional"
    place = claim.place_of_service
    if professional and not place:
        place = next((one.place_of_service for one in claim.lines if one.place_of_service), "")
    passed_on: _Providers = ()
    if professional:
        passed_on = tuple([one for one in claim.providers if one[0] in _LINE_ONLY])
    changed: dict[str, Any] = {}
    if place != claim.place_of_service:
        changed["place_of_service"] = place
    if passed_on:
        changed["providers"] = tuple(one for one in claim.providers if one not in passed_on)
    if claim.coverage.insured is not None and not is_dependent(claim.coverage):
        alone = replace(claim.coverage, insured=None)
        changed["coverages"] = tuple(
            alone if at == claim.to else one for at, one in enumerate(claim.coverages)
        )
    if any(_told_by_lines(one) for one in claim.prior):
        changed["prior"] = tuple(
            replace(one, patient_still_owes=None) if _told_by_lines(one) else one
            for one in claim.prior
        )
    lines = tuple([_line(one, claim, place, passed_on) for one in claim.lines])
    if any(new is not old for new, old in zip(lines, claim.lines, strict=True)):
        changed["lines"] = lines
    return replace(claim, **changed) if changed else claim
