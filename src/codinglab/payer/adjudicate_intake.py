"""At the door: whether the claim is ours, and the patient insured.

Source: a front end's answers as in a 277CA (005010X214); 42 CFR 405.926 for what is no
determination and so cannot be appealed.
"""

from __future__ import annotations

from codinglab.payer.accumulators import person_of
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.decision import LineDecision
from codinglab.payer.members import Member
from codinglab.payer.service import services

INTAKE, ELIGIBILITY = "intake", "eligibility"
_DOOR = "277CA: claim status category and code"


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
    lines = tuple(
        LineDecision(at, one.code or one.revenue_code, one.charge, one.units, one.modifiers)
        for at, one in enumerate(claim.lines, 1)
    )
    seen, person = services(claim, plan), person_of(claim.patient)
    return work.changed(lines=lines, services=seen, person=person).says(
        INTAKE,
        f"{contract.name} took the claim in on {work.received} as {work.number}: "
        f"{len(lines)} lines, {claim.total} dollars.",
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
