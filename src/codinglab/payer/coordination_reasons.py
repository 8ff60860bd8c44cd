"""Adjustments of a payer that comes second or third: charge = paid + adjustments.

OA 23 is what earlier payers paid and wrote off, since the provider has posted it already; it may
be less where this payer's decision leaves less room. PR is what the patient still owes in all. The
rest is what nobody pays: this payer's own adjustments as far as they reach, then CO 45.

Source: 005010X221A1 section 1.10.2.13; X12 requests for interpretation 1696, 2143, 2535.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.payer.coordination_method import STEP
from codinglab.payer.coordination_prior import Earlier
from codinglab.payer.coordination_tables import answer_on
from codinglab.payer.decision import Reason
from codinglab.payer.msp_payment import Secondary

_ZERO = Decimal(0)


def coordinated(
    own: tuple[Reason, ...], earlier: Earlier, found: Secondary, day: date
) -> tuple[Reason, ...]:
    """Return the adjustments of a line that is paid as `found` says.

    `own` are those as if this payer were first; `day` is the day of the decision.
    """
    pays, owes = found.pays.amount, found.owes.amount
    room = max(earlier.charge - pays - owes, _ZERO)
    impact = min(earlier.posted, room)
    rest = earlier.charge - pays - owes - impact
    written_off = [one for one in own if one.group != "PR" and one.amount > 0]
    return tuple(
        one
        for one in (
            _named("earlier_impact", impact, day),
            *_up_to(written_off, rest),
            _rest(rest - _sum(_up_to(written_off, rest)), day),
            *_owed(own, earlier, owes, day),
        )
        if one.amount
    )


def _rest(amount: Decimal, day: date) -> Reason:
    """Return what nobody pays; what is paid above the charge raises the payment instead."""
    return _named("nobody_pays" if amount >= 0 else "above_charge", amount, day)


def denied_after(own: tuple[Reason, ...], earlier: Earlier, day: date) -> tuple[Reason, ...]:
    """Return the adjustments of a denied line: the denial holds for what is not posted already."""
    impact = min(earlier.posted, earlier.charge)
    if not impact:
        return own
    kept = _up_to(own, earlier.charge - impact)
    return (_named("earlier_impact", impact, day), *kept)


def _owed(
    own: tuple[Reason, ...], earlier: Earlier, owes: Decimal, day: date
) -> tuple[Reason, ...]:
    """Return the patient's adjustments: this payer's own first, then those left by the earlier."""
    kept = _up_to([one for one in own if one.group == "PR"], owes)
    rest = owes - _sum(kept)
    left = [
        Reason("PR", one.carc, one.amount, STEP, "left to the patient by the payer before")
        for one in earlier.left
    ]
    more = _up_to(left, rest)
    last = _named("coinsurance", rest - _sum(more), day)
    return _joined((*kept, *more, *([last] if last.amount else [])))


def _joined(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons with the amounts of one CARC in one."""
    found: dict[str, Reason] = {}
    for one in reasons:
        had = found.get(one.carc)
        found[one.carc] = replace(had, amount=had.amount + one.amount) if had else one
    return tuple(found.values())


def _up_to(reasons: Iterable[Reason], most: Decimal) -> tuple[Reason, ...]:
    """Return `reasons` in their order as far as `most` dollars reach."""
    found = []
    for one in reasons:
        amount = min(one.amount, most)
        if amount > 0:
            found.append(replace(one, amount=amount))
            most -= amount
    return tuple(found)


def _named(code: str, amount: Decimal, day: date) -> Reason:
    row = answer_on(code, day)
    return Reason(row.group, row.carc, amount, STEP, f"{row.label}", row.source)


def _sum(reasons: Iterable[Reason]) -> Decimal:
    return sum((one.amount for one in reasons), _ZERO)
