"""Benefit periods: from the first hospital day until so many days in a row outside (Medicare: 60).

Source: 42 CFR 409.60 (benefit period), 409.61, 409.82 and 409.83 (deductible and coinsurance days);
Medicare Benefit Policy Manual, chapter 3, section 10.4: the day of discharge is the first outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from codinglab.claim.model import Claim
from codinglab.claim.scrub_facts import is_stay
from codinglab.payer.accumulators import name_of
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.members import Benefit
from codinglab.payer.price_stay import days_of
from codinglab.payer.state import Filed


def spell_of(work: Work, benefit: Benefit) -> int:
    """Return under which number the stay's benefit period is kept: an ordinal of its first day.

    That is the number under which a stay of the period has used `benefit`, whichever of them was
    decided first: a period has one deductible (42 CFR 409.82), in whatever order its bills come.
    """
    name = name_of(benefit)
    used = (one.year for filed in _of_spell(work) for one in filed.uses if one.benefit == name)
    return next(used, _admitted(work.claim).toordinal())


def used_up(work: Work) -> str:
    """Return why no day of the benefit period is left to the stay, blank where one is.

    A stay that begins with a day left is paid to its end: the rate of its group stands for all of
    it (42 CFR 409.61(a); 42 CFR 412.2(b)).
    """
    rows, before = work.terms.sharing.days, _days_before(work)
    last = max((one.last for one in rows), default=0)
    if not rows or before < last:
        return ""
    return f"All {last} days of the benefit period were used before: {before} days."


def days_owed(work: Work, most: Decimal) -> Iterator[tuple[str, Decimal, str]]:
    """Yield what the patient owes for the later days of a benefit period: why, dollars, source.

    In all no more than `most`, what the stay is worth beyond the deductible.
    """
    before = _days_before(work)
    days = days_of(work.claim)
    for row in work.terms.sharing.days:
        count = min(before + days, row.last) - max(before + 1, row.first) + 1
        amount = min(row.amount * count, most) if count > 0 else Decimal(0)
        if amount > 0:
            most -= amount
            why = f"days {row.first} to {row.last} of the benefit period: {count} x {row.amount}"
            yield why, amount, row.source


def _days_before(work: Work) -> int:
    return sum(days_of(one.decision.claim) for one in _of_spell(work))


def _admitted(claim: Claim) -> date:
    assert claim.bill is not None
    return claim.bill.admitted or claim.bill.statement_from


def _discharged(claim: Claim) -> date:
    assert claim.bill is not None
    return claim.bill.statement_to


def _of_spell(work: Work) -> list[Filed]:
    """Return the stays of the same benefit period that the payer paid, in the order decided.

    They may lie before the stay or after it: bills come in any order.
    """
    assert work.member is not None
    others = [
        one
        for one in work.state.standing(work.member.member_id, work.person)
        if one.decision.drg and is_stay(one.decision.claim)
    ]
    outside = timedelta(days=work.terms.sharing.period_ends_after or 0)
    first, last, found = _admitted(work.claim), _discharged(work.claim), set[str]()
    while near := [
        one
        for one in others
        if one.decision.number not in found
        and _admitted(one.decision.claim) < last + outside
        and first < _discharged(one.decision.claim) + outside
    ]:
        found |= {one.decision.number for one in near}
        first = min(first, *(_admitted(one.decision.claim) for one in near))
        last = max(last, *(_discharged(one.decision.claim) for one in near))
    return [one for one in others if one.decision.number in found]
