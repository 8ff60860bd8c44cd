"""At the door: whether the claim is ours, and the patient insured.

Source: a front end's answers as in a 277CA (005010X214); 42 CFR 405.926 for what is no
determination and so cannot be appealed.
"""

from __future__ import annotations

from codinglab.claim.model import Claim
from codinglab.payer.accumulators import person_of
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.decision import LineDecision
from codinglab.payer.members import Member
from codinglab.payer.service import Service, services

INTAKE, ELIGIBILITY = "intake", "eligibility"
_DOOR = "277CA: claim status category and code"
_MEDICARE = "Medicare"
_ASSIGNMENT = "Social Security Act 1842(h)(1) (participation); 42 CFR 414.48 (limiting charge)"
_FOR_NONE, _FOR_LABORATORY = "C", "B"


def intake(work: Work) -> Work:
    """Take the claim in, or refuse it: another payer's, nobody's, or without a line.

    A refused claim is not decided: it has no appeal, and the time to file runs on.
    """
    claim, contract = work.claim, work.contract
    asked = claim.coverage.payer.payer_id
    if asked != contract.payer_id:
        why = f"The claim is for payer {asked or 'without a number'}, this is {contract.payer_id}."
        return work.refuse(why, "A3", "116", _DOOR)
    if claim.coverage.filing not in contract.companion.filing:
        kinds = " or ".join(contract.companion.filing)
        why = f"{contract.name} is billed as {kinds}; the claim says {claim.coverage.filing}."
        return work.refuse(why, "A8", "116", _DOOR)
    if not claim.lines:
        return work.refuse("The claim has no service line.", "A6", "247", _DOOR)
    member = work.member
    if member is None and work.terms.sharing.whole is None:
        why = f"{contract.name} has no member {claim.coverage.member_id or 'without a number'}."
        return work.refuse(why, "A3", "33", _DOOR)
    if member is not None and member.member_id != claim.coverage.member_id:
        raise ValueError(
            f"claim {claim.account} is for member {claim.coverage.member_id}, and the member given "
            f"is {member.member_id}; look the member up by the claim's number"
        )
    plan = member.plan.name if member else ""
    seen = services(claim, plan)
    if contract.kind == _MEDICARE and (lines_say := _not_assigned(claim, seen)):
        return work.refuse(_unassigned(contract.name, lines_say), "A8", "21", _ASSIGNMENT)
    lines = tuple(
        LineDecision(at, one.code or one.revenue_code, one.charge, one.units, one.modifiers)
        for at, one in enumerate(claim.lines, 1)
    )
    return work.changed(lines=lines, services=seen, person=person_of(claim.patient)).says(
        INTAKE,
        f"{contract.name} took the claim in on {work.received} as {work.number}: "
        f"{len(lines)} lines, {claim.total} dollars.",
    )


def _not_assigned(claim: Claim, seen: tuple[Service, ...]) -> str:
    """Return what a practitioner's claim says that leaves lines without assignment, or blank."""
    if claim.kind != "professional":
        return ""
    if claim.accepts == _FOR_NONE:
        return "does not accept assignment (CLM07 C, box 27 NO)"
    others = [one.line for one in seen if one.kind != "laboratory"]
    if claim.accepts == _FOR_LABORATORY and others:
        numbers = ", ".join(map(str, others))
        return f"accepts assignment for laboratory services alone (CLM07 B), not for line {numbers}"
    return ""


def _unassigned(name: str, says: str) -> str:
    """Return why such a claim is not decided: every practitioner here participates."""
    return (
        f"The claim {says}. {name} of this lab knows participants alone, who accept assignment for "
        "every service: send it with CLM07 A, box 27 YES. A claim of somebody who does not "
        "participate would be paid to the patient; this lab does not decide on it."
    )


def eligibility(work: Work) -> Work:
    """Deny what nobody here is insured for: another person, a day outside the coverage."""
    member = work.member
    if member is None:
        return work.says(ELIGIBILITY, "No insurance: there is nothing to be eligible for.")
    if not _is_insured(member, work):
        why = f"{_named(work)} is not among the people insured as {member.member_id}."
        return work.deny_all(ELIGIBILITY, work.denial("not-insured"), why)
    for service, _ in tuple(work.open_lines()):
        day = service.day
        if member.covered_on(day):
            continue
        before = day < member.starts
        edge = f"began on {member.starts}" if before else f"ended on {member.last_day}"
        told = work.denial("before-coverage" if before else "after-coverage")
        why = f"The service of {day} is not covered: the coverage {edge}."
        if work.whole:
            return work.deny_all(ELIGIBILITY, told, why)
        work = work.deny(service.line, ELIGIBILITY, told, why)
    return work.says(ELIGIBILITY, f"{member.plan.name}, insured from {member.starts}.")


def _is_insured(member: Member, work: Work) -> bool:
    """Say whether the patient is the member or a dependent, by day of birth and first name."""
    people = (member.person, *(one.person for one in member.dependents))
    return work.person in {person_of(one) for one in people}


def _named(work: Work) -> str:
    name = work.claim.patient.name
    return f"{name.first} {name.last}, born {work.claim.patient.born},".strip()
