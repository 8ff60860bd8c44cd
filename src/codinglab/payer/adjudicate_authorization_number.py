"""Whether the number on the claim covers the service: authorizations and referrals on file.

A payer whose state holds none on file takes a number as it stands. Source: `payer.authorization`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.claim.scrub_facts import is_stay
from codinglab.payer.adjudicate_authorization import STEP, wanted
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.authorization import Authorizations, Problem, Serviced, problem
from codinglab.payer.contract_parts import Denial
from codinglab.payer.coordination_tables import answer_on
from codinglab.payer.service import Service

_VISIT = "98"
_ONE = Decimal(1)


def authorization_number(work: Work) -> Work:
    """Deny services whose authorization or referral is not for them, or is used up."""
    register = work.state.authorizations
    if not register.held or not work.is_open:
        return work
    if is_stay(work.claim):
        return _stay(work, register)
    days: set[date] = set()
    for service, line in tuple(work.open_lines()):
        number = work.claim.lines[service.line - 1].authorization or work.claim.authorization
        if number and wanted(work, service) is not None:
            asked = _asked(work, service.code, line.units, service.day)
            found = problem(register, number, asked)
            if found is not None:
                work = _denied(work, service.line, found)
                continue
            register = register.using(number, service.code, line.units)
            left = register.numbered(number)
            assert left is not None
            what = f"{number} covers it; {left.left(service.code)} units are left."
            work = work.says(STEP, what, service.line)
        work, register = _referral(work, register, service, days)
    return work


def _stay(work: Work, register: Authorizations) -> Work:
    number, first = work.claim.authorization, work.services[0]
    if not number or wanted(work, first) is None:
        return work
    found = problem(register, number, _asked(work, "", _ONE, first.day))
    if found is None:
        return work.says(STEP, f"{number} covers the stay.")
    row = answer_on(found.code, work.decided)
    return work.deny_all(STEP, Denial(row.group, row.carc), found.why, row.source)


def _referral(
    work: Work, register: Authorizations, service: Service, days: set[date]
) -> tuple[Work, Authorizations]:
    """Use one visit of a referral for each day on which a specialist saw the patient."""
    number = work.claim.referral
    rendering = work.claim.provider("rendering") or work.claim.billing
    free = work.terms.referral_free
    if (
        free is None
        or not number
        or service.type != _VISIT
        or rendering.taxonomy.startswith(free)
        or service.day in days
    ):
        return work, register
    asked = replace(_asked(work, "", _ONE, service.day), kind="referral")
    found = problem(register, number, asked)
    if found is not None:
        return _denied(work, service.line, Problem("referral_used", found.why)), register
    days.add(service.day)
    return work, register.using(number, "", _ONE)


def _asked(work: Work, code: str, units: Decimal, day: date) -> Serviced:
    rendering = work.claim.provider("rendering") or work.claim.billing
    member = work.member.member_id if work.member else work.claim.coverage.member_id
    return Serviced(work.contract.payer_id, member, rendering.npi, code, units, day)


def _denied(work: Work, line: int, found: Problem) -> Work:
    row = answer_on(found.code, work.decided)
    return work.deny(line, STEP, Denial(row.group, row.carc), found.why, row.source)
