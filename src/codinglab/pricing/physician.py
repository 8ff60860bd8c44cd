"""What Medicare allows for the lines of a practitioner's bill, each with its arithmetic.

Source: Social Security Act 1848; 42 CFR 414 subpart B; Medicare Claims Processing Manual, chapter
12. Not handled: charges below the schedule (Medicare allows no more than the charge), adjustments
by quality program, and bonuses for shortage areas. Ambulances, laboratories and equipment have
schedules of their own (`pricing.schedules`), anesthesia too (`pricing.physician_anesthesia`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from codinglab.encounter.circumstances import Circumstances
from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.physician_lines import Item, NotPriced, Outcome, look_up, name_of
from codinglab.pricing.physician_ranking import Left, rank
from codinglab.pricing.physician_roles import BilledBy, Refused, Share, shares
from codinglab.pricing.physician_schedule import MissingFact, Schedule, schedule_on
from codinglab.pricing.physician_terms import LinePrice, Terms
from codinglab.pricing.price import Price, Step, cents

_ZERO = Decimal(0)
_ALONE = "T"  # status: paid only where nothing else of the day is


def price(
    lines: Iterable[ServiceLine],
    about: Circumstances,
    terms: Terms,
    day: date,
    folder: Path | None = None,
) -> tuple[LinePrice, ...]:
    """Return what Medicare allows for each of `lines`, in their order.

    The lines are those of one practitioner's bill; `day` is that of the lines that state none.
    Each amount is the allowed amount, rounded once, before deductible, coinsurance and
    sequestration (`pricing.physician_payment`). A line whose code, units or place cannot be looked
    up has no price and says why; so does a line whose rank it may change. `folder` holds the code
    sets. Raises NotInForce for a day without values, NotInTable for an unknown locality, and
    MissingFact where the setting, the biller or the payment model is not known.
    """
    billed_by = _billed_by(about, terms)
    dated = [(line, line.day or day) for line in lines]
    schedules = {
        on: schedule_on(on, terms.locality, terms.qualifying_apm, terms.schedule, folder)
        for on in sorted({on for _, on in dated})
    }
    looked = [
        look_up(line, on, schedules[on], terms.place_of_service, folder) for line, on in dated
    ]
    told = [
        shares(one, schedules[one.day], billed_by) if isinstance(one, Item) else _refusal(one)
        for one in looked
    ]
    left = iter(_left(looked, told, schedules))
    found = []
    for one, share in zip(looked, told, strict=True):
        schedule = schedules[one.day]
        line = _blank(one, schedule, about)
        if not isinstance(one, Item) or not _is_ranked(one, share):
            assert isinstance(share, Refused)
            found.append(_ended(line, share.outcome, share.why))
        else:
            found.append(_priced(line, one, next(left), share, _reduction(schedule, terms)))
    return _alone(found, looked)


def _billed_by(about: Circumstances, terms: Terms) -> BilledBy:
    if about.setting != "professional":
        raise MissingFact(
            f"this is a bill of a hospital ({about.setting}); price it by its own payment system"
        )
    if terms.billed_by is not None:
        return terms.billed_by
    role = about.practitioner.role
    if role is None or role == "clinical staff":
        who = f"the services were rendered by {role}" if role else "nobody says who rendered them"
        raise MissingFact(f"{who}; say who bills, a physician or a nonphysician practitioner")
    return role


Told = tuple[Share, ...] | Refused


def _refusal(one: NotPriced) -> Refused:
    return Refused(one.outcome, one.why)


def _is_ranked(one: Item | NotPriced, told: Told) -> bool:
    """Say whether the line takes part in the rankings; what pays nothing does not."""
    return isinstance(one, Item) and not (isinstance(told, Refused) and told.outcome == "nothing")


def _left(
    looked: Sequence[Item | NotPriced], told: Sequence[Told], schedules: Mapping[date, Schedule]
) -> tuple[Left, ...]:
    items = [
        one
        for one, share in zip(looked, told, strict=True)
        if isinstance(one, Item) and _is_ranked(one, share)
    ]
    return rank(items, schedules, [one for one in looked if isinstance(one, NotPriced)])


def _reduction(schedule: Schedule, terms: Terms) -> tuple[Share, ...]:
    """Return the reduction of a practitioner who does not participate, if any."""
    if terms.participating:
        return ()
    row = schedule.factor("nonparticipating")
    return (Share("practitioner who does not participate", row.value, row.source),)


def _blank(one: Item | NotPriced, schedule: Schedule, about: Circumstances) -> LinePrice:
    payer = () if _is_medicare(about) else (f"Medicare's schedule; the payer is {about.payer}",)
    notes = (*schedule.notes, *payer, *(one.notes if isinstance(one, Item) else ()))
    return LinePrice(one.line.place, name_of(one.line), None, notes=notes, used=schedule.used)


def _is_medicare(about: Circumstances) -> bool:
    return about.payer.strip().lower() == "medicare"


def _ended(line: LinePrice, outcome: Outcome, said: str) -> LinePrice:
    """Return the line without a price, or with one of nothing, and the reason."""
    paid = Price(cents(_ZERO), ()) if outcome == "nothing" else None
    return LinePrice(line.place, line.code, paid, outcome, said, line.notes, line.used)


def _priced(
    line: LinePrice, item: Item, left: Left, told: Told, reduction: tuple[Share, ...]
) -> LinePrice:
    if isinstance(told, Refused):
        return _ended(line, told.outcome, told.why)
    if left.why:
        return _ended(line, "unknown", left.why)
    if any(one.by_report for one in left.portions):
        why = "from the sixth procedure of a session on, the contractor prices by the record"
        return _ended(line, "by report", why)
    steps = [*item.steps, *_counted(item, left)]
    amount = sum((one.amount for one in left.portions), _ZERO)
    for one in (*told, *reduction):
        how = f"{amount:,.4f} x {one.value}"
        amount *= one.value
        steps.append(Step(one.what, how, amount, one.source))
    notes = (*line.notes, *(one.note for one in told if one.note))
    paid = Price(cents(amount), tuple(steps))
    return LinePrice(line.place, line.code, paid, notes=notes, used=line.used)


def _counted(item: Item, left: Left) -> list[Step]:
    """Return the steps of both sides, the rankings and the units."""
    steps, side = [], left.sides
    if side.how:
        how = f"{item.amount:,.4f} x {side.share}"
        steps.append(Step(side.how, how, item.amount * side.share, side.source))
    steps += [Step(one.what, one.how, one.amount, one.source) for one in left.portions if one.what]
    if len(left.portions) > 1:
        amounts = [one.amount for one in left.portions]
        how = " + ".join(f"{one:,.4f}" for one in amounts)
        if len(set(amounts)) == 1:
            how = f"{amounts[0]:,.4f} x {len(amounts)}"
        steps.append(Step("units", how, sum(amounts, _ZERO), "the units of the line"))
    return steps


def _alone(found: Sequence[LinePrice], looked: Sequence[Item | NotPriced]) -> tuple[LinePrice, ...]:
    """Return the lines, those of status T paid only where nothing else of their day is."""
    others = {
        one.day
        for one, line in zip(looked, found, strict=True)
        if isinstance(one, Item) and one.row.status != _ALONE and line.price and line.price.amount
    }
    return tuple(
        _ended(line, "nothing", f"{one.row.code} is paid only where nothing else of the day is")
        if isinstance(one, Item) and one.row.status == _ALONE and one.day in others
        else line
        for one, line in zip(looked, found, strict=True)
    )


def total(lines: Iterable[LinePrice]) -> Decimal:
    """Return the sum of the prices that are known, in dollars."""
    return sum((line.price.amount for line in lines if line.price), cents(_ZERO))


def unpriced(lines: Iterable[LinePrice]) -> Mapping[str, str]:
    """Return the lines that have no price, by place, each with the reason."""
    return {line.place: line.said for line in lines if line.price is None}
