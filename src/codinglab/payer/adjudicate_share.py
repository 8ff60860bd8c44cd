"""What the patient owes of the allowed amount: copayment, deductible, coinsurance, and no more.

Source: the plan's benefits (`payer.members`); Social Security Act 1833(a)(1) and (b) for Medicare.
A service with a copayment of its own bears no deductible and no coinsurance; of a copayment for the
visit, a line of the day bears what those before it were too small for. The deductible is
taken from the lines in their order until it is met, in the middle of a line if need be. The share
is worked out as if this payer were the first; what other payers did comes after
(`payer.adjudicate_coordination`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codinglab.payer.accumulators import FOR_LIFE, LIFETIME, Used, use
from codinglab.payer.adjudicate_spell import days_owed, spell_of, used_up
from codinglab.payer.adjudicate_work import ZERO, Work
from codinglab.payer.decision import Reason, Said
from codinglab.payer.members import Benefit, Member
from codinglab.payer.service import WHOLE_PLAN
from codinglab.pricing.price import cents

STEP = "patient share"
SHARE, COPAY, DEDUCTIBLE, LIMIT, MOST = "A", "B", "C", "F", "G"
VISIT, EPISODE = "27", "26"
_REASONS = ("deductible", "coinsurance", "copayment")


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed of one amount: dollars by reason, and what that uses of accumulators."""

    parts: tuple[tuple[str, Decimal, str], ...]
    uses: tuple[Used, ...]


def share(work: Work) -> Work:
    """Take the patient's deductible, coinsurance and copayments from what is allowed."""
    sharing = work.terms.sharing
    if sharing.held_harmless or not work.is_open:
        why = "The patient owes nothing to this payer's providers."
        why = why if sharing.held_harmless else "Nothing is left that the patient could share."
        return work.says(STEP, why, None, sharing.source)
    if work.member is None:
        return _whole(work)
    return _of_stay(work, work.member) if work.whole else _of_lines(work, work.member)


def _whole(work: Work) -> Work:
    """Tell all that is allowed as the patient's: nobody else pays."""
    told = work.terms.sharing.whole
    assert told is not None
    why = "There is no insurance: the patient pays what is allowed."
    for service, line in tuple(work.open_lines()):
        reason = Reason(told.group, told.carc, line.allowed or ZERO, STEP, why)
        work = work.with_reason(service.line, reason)
    if work.stay:
        reason = Reason(told.group, told.carc, work.stay, STEP, why)
        work = work.changed(reasons=(*work.reasons, reason))
    return work.says(STEP, why)


def _of_lines(work: Work, member: Member) -> Work:
    owed_before: dict[tuple[str, date], Decimal] = {}
    for service, line in tuple(work.open_lines()):
        if not line.allowed:
            continue
        copay = _copay(work, service.type)
        visit = (service.type, service.day)
        if service.type in work.terms.sharing.free or work.patient_part.get(service.line) == 0:
            work = work.says(STEP, "Without any share of the patient.", service.line)
            continue
        if copay is not None:
            before = owed_before.get(visit, ZERO) if copay.period == VISIT else ZERO
            owed = _copayment(copay, line.allowed, before)
            owed_before[visit] = before + owed.parts[0][1]
        else:
            plain = _coinsurance(work, service.type)
            part = work.patient_part.get(service.line, plain)
            cap = work.patient_cap.get(service.line)
            owed = _deducted(work, member, service.day.year, line.allowed, (part, cap))
        work = _taken(work, member, service.day.year, owed, service.line)
    return work.says(STEP, "Copayments, deductible and coinsurance of the plan.")


def _of_stay(work: Work, member: Member) -> Work:
    """Take the patient's share of a stay that is paid as a whole."""
    if why := used_up(work):
        told = work.denial("limit-reached")
        return work.deny_all(STEP, told, why, work.terms.sharing.source)
    allowed, kind = work.stay or ZERO, work.services[0].type
    copay = _copay(work, kind)
    if copay is not None:
        owed = _copayment(copay, allowed)
    else:
        part = _coinsurance(work, kind)
        owed = _deducted(work, member, work.day.year, allowed, (part, None))
    work = _taken(work, member, work.day.year, owed, None)
    for what, amount, source in days_owed(work, allowed - _owed(work)):
        told = work.denial("coinsurance")
        reason = Reason(told.group, told.carc, amount, STEP, what, source)
        work = work.changed(reasons=(*work.reasons, reason)).says(STEP, what, None, source)
    return work.says(STEP, "Deductible and coinsurance of the stay.")


def _owed(work: Work) -> Decimal:
    return sum((one.amount for one in work.reasons if one.group == "PR"), ZERO)


def _copay(work: Work, kind: str) -> Benefit | None:
    return next((b for b in work.benefits if b.kind == COPAY and b.service == kind), None)


def _coinsurance(work: Work, kind: str) -> Decimal:
    """Return the patient's fraction for the kind of service, that of the whole plan otherwise."""
    for wanted in (kind, WHOLE_PLAN):
        for one in work.benefits:
            if one.kind == SHARE and one.service == wanted and one.share is not None:
                return one.share
    return ZERO


def _copayment(copay: Benefit, allowed: Decimal, before: Decimal = ZERO) -> Owed:
    """Return what is owed of a copayment of which earlier lines of the visit bore `before`."""
    amount = min((copay.amount or ZERO) - before, allowed)
    earlier = f", less {before} of an earlier line" if before else ""
    return Owed((("copayment", amount, f"copayment of {copay.amount}{earlier}"),), ())


def _deducted(
    work: Work,
    member: Member,
    year: int,
    allowed: Decimal,
    part: tuple[Decimal, Decimal | None],
) -> Owed:
    """Return deductible and coinsurance of `allowed`; `part` is the fraction and its cap."""
    left, found = _deductible_left(work, member, year, allowed)
    taken = min(left, allowed) if found else ZERO
    fraction, cap = part
    coinsurance = cents((allowed - taken) * fraction)
    told = f"({allowed:,.2f} - {taken:,.2f}) x {fraction}"
    if cap is not None and coinsurance > cap:
        coinsurance, told = cap, f"{told}, no more than {cap:,.2f}"
    parts = (
        ("deductible", taken, f"{taken:,.2f} of the deductible, of which {left:,.2f} was left"),
        ("coinsurance", coinsurance, told),
    )
    return Owed(parts, tuple(use(member, work.person, at, one, taken) for one, at in found))


def _deductible_left(
    work: Work, member: Member, year: int, allowed: Decimal
) -> tuple[Decimal, list[tuple[Benefit, int]]]:
    """Return the least that is left of the deductibles that count here, and those with their year.

    One of the plan's single services (a hospital stay) stands in place of the whole plan's.
    """
    kinds = {one.service for one in work.benefits if one.kind == DEDUCTIBLE}
    own = work.services[0].type if work.whole else ""
    wanted = own if own in kinds else WHOLE_PLAN
    found = [
        (one, spell_of(work, one) if one.period == EPISODE else year)
        for one in work.benefits
        if one.kind == DEDUCTIBLE and one.service == wanted
    ]
    left = [_left(work, member, at, one) for one, at in found]
    return min(left, default=allowed), found


def _left(work: Work, member: Member, year: int, benefit: Benefit) -> Decimal:
    """Return what is left of a benefit, this claim's own earlier lines counted."""
    left = work.state.accumulators.left(member, work.person, year, benefit)
    if not left or not work.uses:
        return left
    like = use(member, work.person, year, benefit, ZERO)
    same = (like.person, like.year, like.benefit)
    for one in work.uses:
        if (one.person, one.year, one.benefit) == same:
            left -= one.amount
    return max(left, ZERO)


def _taken(work: Work, member: Member, year: int, owed: Owed, line: int | None) -> Work:
    """Return the claim with what is owed taken, no more than the year's maximum."""
    room, maxima = _room(work, member, year)
    total = ZERO
    for name, amount, how in owed.parts:
        taken = cents(amount if room is None else min(amount, room - total))
        total += taken
        work = _reasoned(work, name, taken, how, line)
    uses = [use(member, work.person, year, one, total) for one in maxima]
    limited = _limit(owed, total)
    return work.changed(uses=(*work.uses, *limited, *uses)) if uses or limited else work


def _limit(owed: Owed, total: Decimal) -> tuple[Used, ...]:
    """Return the uses of the deductible, no more than was really taken."""
    return tuple(one if one.amount <= total else replace(one, amount=total) for one in owed.uses)


def _room(work: Work, member: Member, year: int) -> tuple[Decimal | None, list[Benefit]]:
    """Return what is left until the patient's yearly maximum, None without one."""
    maxima = [one for one in work.benefits if one.kind == MOST]
    left = [_left(work, member, year, one) for one in maxima]
    return min(left, default=None), maxima


def _reasoned(work: Work, name: str, amount: Decimal, how: str, line: int | None) -> Work:
    if not amount:
        return work
    told = work.denial(name)
    reason = Reason(told.group, told.carc, amount, STEP, f"{name}: {how}")
    if line is not None:
        return work.with_reason(line, reason, Said(STEP, reason.why, line))
    return work.changed(reasons=(*work.reasons, reason)).says(STEP, reason.why)


def policy_limit(work: Work) -> Work:
    """Pay no more than the dollars of a policy (no-fault, liability); the rest is the patient's."""
    member = work.member
    limits = [one for one in work.benefits if one.kind == LIMIT and one.amount is not None]
    if member is None or not limits or not work.is_open or work.whole:
        return work
    (limit, *_) = limits
    year = LIFETIME if limit.period == FOR_LIFE else work.day.year
    told = work.denial("limit-reached")
    for service, line in tuple(work.open_lines()):
        left = _left(work, member, year, limit)
        paid = work.lines[service.line - 1].paid
        if paid > left:
            why = f"The policy pays {limit.amount} in all, of which {left:,.2f} was left."
            reason = Reason(told.group, told.carc, cents(paid - left), STEP, why)
            work = work.with_reason(line.line, reason).says(STEP, why, line.line)
        used = use(member, work.person, year, limit, min(paid, left))
        work = work.changed(uses=(*work.uses, used))
    return work
