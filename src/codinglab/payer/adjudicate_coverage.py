"""Whether it was filed in time, and is a benefit that is not used up.

Source: 42 CFR 424.44 (Medicare's filing limit); the contract's and the plan's terms.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from codinglab.claim.scrub_facts import last_day
from codinglab.claim.scrub_terms import TimelyFiling, last_day_to_file
from codinglab.payer.accumulators import name_of, use
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.contract_parts import Denial, Limit
from codinglab.payer.members import Benefit
from codinglab.payer.quirks import FROM_FIRST_PAYER
from codinglab.payer.service import WHOLE_PLAN, Service

TIMELY, COVERAGE = "timely filing", "coverage"
NOT_A_BENEFIT, LIMIT = "I", "F"
_MONTHS = 12
_MEDICARE = "Medicare"


def timely_filing(work: Work) -> Work:
    """Deny a claim that came after the payer's filing limit (its companion file says which)."""
    limit = told = last_day_to_file(work.claim)
    start = last_day(work.claim)
    quirk = work.terms.quirk(FROM_FIRST_PAYER)
    days = [one.adjudicated for one in work.claim.prior if one.adjudicated]
    if quirk and days:
        start = max(days)
        limit = work.contract.companion.timely_filing.until(start)
    if limit is None:
        return work.says(TIMELY, "No filing limit is known of this payer.")
    rule = work.contract.companion.timely_filing
    if rule.by_line:
        return _by_line(work, rule, told)
    if work.received > limit:
        why = f"Received on {work.received}; the last day was {limit} ({rule} from {start})."
        return work.deny_all(TIMELY, _late(work), why, rule.source)
    return work.says(TIMELY, f"In time: the last day is {limit}.", None, rule.source)


def _late(work: Work) -> Denial:
    """Return how a late claim is told: to Medicare's it is no determination, so without appeal."""
    return work.denial("late-medicare" if work.contract.kind == _MEDICARE else "late")


def _by_line(work: Work, rule: TimelyFiling, last: date | None) -> Work:
    """Deny the lines that came after the year from their own first day."""
    for service, _ in tuple(work.open_lines()):
        limit = rule.until(service.day)
        if work.received > limit:
            why = f"Received on {work.received}; the last day was {limit} ({rule} from its first)."
            work = work.deny(service.line, TIMELY, _late(work), why, rule.source)
    return work.says(TIMELY, f"The last day for the whole claim is {last}.", None, rule.source)


def coverage(work: Work) -> Work:
    """Deny what the contract or the plan does not pay for, and what is used up."""
    for service, _ in tuple(work.open_lines()):
        work = _excluded(work, service)
        if service.line not in work.denied:
            work = _limited(work, service)
        if work.whole and not work.is_open:
            return work
    work = _visits(work)
    return work.says(COVERAGE, "Compared with the benefits, exclusions and limits.")


def _excluded(work: Work, service: Service) -> Work:
    for rule in work.terms.exclusions:
        if rule.on.takes(service):
            return _deny(work, service, rule.denial, rule.why, rule.source)
    for one in work.benefits:
        if one.kind != NOT_A_BENEFIT or one.service not in {service.type, WHOLE_PLAN}:
            continue
        if one.service == WHOLE_PLAN and one.network:
            why = "The plan pays nothing outside its network."
            return _deny(work, service, work.denial("outside-network"), why)
        why = "The plan says that this kind of service is no benefit."
        return _deny(work, service, work.denial("not-in-plan"), why)
    return work


def _deny(work: Work, service: Service, told: Denial, why: str, source: str = "") -> Work:
    if work.whole:
        return work.deny_all(COVERAGE, told, why, source)
    return work.deny(service.line, COVERAGE, told, why, source)


def _limited(work: Work, service: Service) -> Work:
    """Deny a service that was paid too often within the months of a limit."""
    for limit in work.terms.limits:
        if not limit.on.takes(service):
            continue
        earlier = _earlier(work, limit, service)
        if earlier >= limit.count:
            why = f"{limit.name}: {earlier} within {limit.months} months before {service.day}."
            return _deny(work, service, limit.denial, why, limit.source)
    return work


def _earlier(work: Work, limit: Limit, service: Service) -> int:
    """Return how many such services were allowed within the months of the limit."""
    if work.member is None:
        return 0
    since = _back(service.day, limit.months)
    found = 0
    for filed in work.state.standing(work.member.member_id, work.person):
        for line in filed.decision.lines:
            day = filed.decision.claim.lines[line.line - 1].first
            if line.code in limit.on.codes and line.allowed and since < day <= service.day:
                found += int(line.units)
    return found


def _back(day: date, months: int) -> date:
    """Return the day so many calendar months earlier, the last of the month where it has none."""
    count = day.year * _MONTHS + day.month - 1 - months
    year, month = divmod(count, _MONTHS)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def _visits(work: Work) -> Work:
    """Deny visits beyond the number of the plan, and count the others."""
    member = work.member
    if member is None:
        return work
    for benefit in work.benefits:
        if benefit.kind != LIMIT or benefit.visits is None:
            continue
        days: dict[date, bool] = {}
        for service, _ in tuple(work.open_lines()):
            if service.type != benefit.service:
                continue
            if service.day not in days:
                days[service.day], work = _one_visit(work, benefit, service.day)
            if not days[service.day]:
                why = f"The {benefit.visits} visits of the year are used up."
                work = work.deny(service.line, COVERAGE, work.denial("visits-used"), why)
    return work


def _one_visit(work: Work, benefit: Benefit, day: date) -> tuple[bool, Work]:
    """Return whether a visit is left, and the claim with that visit used."""
    member = work.member
    assert member is not None
    mine = sum(int(one.amount) for one in work.uses if one.benefit == name_of(benefit))
    if work.state.accumulators.left(member, work.person, day.year, benefit) <= mine:
        return False, work
    used = use(member, work.person, day.year, benefit, Decimal(1))
    return True, work.changed(uses=(*work.uses, used))
