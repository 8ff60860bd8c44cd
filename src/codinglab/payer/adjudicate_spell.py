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
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.price_stay import days_of


def spell_of(work: Work) -> int:
    """Return the benefit period of the stay, by the ordinal of its first day."""
    return min((_admitted(one) for one in _of_spell(work)), default=_start(work)).toordinal()


def days_owed(work: Work, most: Decimal) -> Iterator[tuple[str, Decimal, str]]:
    """Yield what the patient owes for the later days of a benefit period: why, dollars, source.

    In all no more than `most`, what the stay is worth beyond the deductible.
    """
    before = sum(days_of(one) for one in _of_spell(work))
    days = days_of(work.claim)
    for row in work.terms.sharing.days:
        count = min(before + days, row.last) - max(before + 1, row.first) + 1
        amount = min(row.amount * count, most) if count > 0 else Decimal(0)
        if amount > 0:
            most -= amount
            why = f"days {row.first} to {row.last} of the benefit period: {count} x {row.amount}"
            yield why, amount, row.source


def _start(work: Work) -> date:
    return _admitted(work.claim)


def _admitted(claim: Claim) -> date:
    assert claim.bill is not None
    return claim.bill.admitted or claim.bill.statement_from


def _of_spell(work: Work) -> list[Claim]:
    """Return the earlier stays of the same benefit period that the payer paid."""
    assert work.member is not None
    earlier = [
        one.decision.claim
        for one in work.state.standing(work.member.member_id, work.person)
        if one.decision.drg and is_stay(one.decision.claim)
    ]
    outside = timedelta(days=work.terms.sharing.period_ends_after or 0)
    first, found = _start(work), []
    for one in sorted(earlier, key=_admitted, reverse=True):
        assert one.bill is not None
        if _admitted(one) <= first < one.bill.statement_to + outside:
            found.append(one)
            first = _admitted(one)
    return found
