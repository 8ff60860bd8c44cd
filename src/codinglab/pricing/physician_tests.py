"""Several images, therapy units, or heart or eye tests of one day: only a part is reduced.

Source: the laws that the factors name. The technical part (imaging, heart, eye), the professional
part (imaging) or the practice expense (therapy) of all but the highest service is cut.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from codinglab.pricing.physician_multiple import (
    EYE,
    HEART,
    IMAGING,
    THERAPY,
    Portion,
    Service,
    Session,
    ranked,
)

_ONE = Decimal(1)
# Which factor reduces the technical and the professional part, by indicator.
_PARTS = {
    IMAGING: ("imaging_technical", "imaging_professional"),
    HEART: ("cardiovascular_technical", None),
    EYE: ("eye_technical", None),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """A service by its parts, technical with its cap, and professional; None: it has none."""

    technical: Decimal | None
    cap: Decimal | None
    professional: Decimal | None


class NoParts(LookupError):
    """The technical part of a whole test is not in the table, so that it cannot be ranked."""


def tests(session: Session) -> list[Portion]:
    """Return what is left of each image, heart and eye test of the session.

    Raises NotInTable or NoParts when the parts of a whole test are not known.
    """
    found = []
    for indicator, (technical, professional) in _PARTS.items():
        services = session.services(indicator)
        if len(services) == 1:
            found.append(Portion(services[0].item, services[0].amount))
        elif services:
            found += _reduced(session, services, technical, professional)
    return found


def _reduced(
    session: Session, services: tuple[Service, ...], technical: str, professional: str | None
) -> list[Portion]:
    parts = [_parts(session, one.item) for one in services]
    cut = _factors(session, parts, lambda one: one.technical, technical)
    read = _factors(session, parts, lambda one: one.professional, professional)
    found = []
    for one, part, tech, prof in zip(services, parts, cut, read, strict=True):
        amount, said = Decimal(0), []
        if part.technical is not None:
            left = part.technical * tech
            amount += left if part.cap is None else min(left, part.cap)
            said.append(f"technical part {part.technical:,.4f} x {tech}")
        if part.professional is not None:
            amount += part.professional * prof
            said.append(f"professional part {part.professional:,.4f} x {prof}")
        rules = [session.schedule.factor(name).source for name in (technical, professional) if name]
        source = "; ".join(rules)
        what = f"one of {len(services)} tests of the day"
        found.append(Portion(one.item, amount, what, " + ".join(said), source))
    return found


def _parts(session: Session, at: int) -> Parts:
    item, schedule = session.items[at], session.schedule
    row, rate = item.row, item.rate
    if row.modifier == "26" or row.pctc == "2":
        return Parts(None, None, schedule.amount(row, rate))
    if row.modifier == "TC" or row.pctc == "3":
        return Parts(schedule.amount(row, rate), schedule.cap(row, rate), None)
    if row.pctc != "1":
        raise NoParts(
            f"the technical part of {row.code} is not in the table ({schedule.values}); bill its "
            "technical and professional codes apart to have them ranked"
        )
    technical = schedule.row(row.code, "TC")
    return Parts(
        schedule.amount(technical, rate),
        schedule.cap(technical, rate),
        schedule.amount(schedule.row(row.code, "26"), rate),
    )


def _factors(
    session: Session,
    parts: list[Parts],
    amount: Callable[[Parts], Decimal | None],
    name: str | None,
) -> list[Decimal]:
    """Return 1 for the part with the highest amount, and the factor `name` for each other."""
    if name is None:
        return [_ONE] * len(parts)
    worth = [(found if (found := amount(one)) is not None else Decimal(-1)) for one in parts]
    best = worth.index(max(worth))
    factor = session.schedule.factor(name).value
    return [_ONE if at == best else factor for at in range(len(parts))]


def therapy(session: Session) -> list[Portion]:
    """Return what is left of each unit of therapy: half the practice expense of all but the first.

    The unit with the highest practice expense pays it whole.
    """
    services = ranked(
        [Service(one.item, _expense(session, one.item)) for one in session.services(THERAPY)]
    )
    factor = session.schedule.factor("therapy_practice_expense")
    found = []
    for rank, one in enumerate(services):
        item = session.items[one.item]
        cut = one.amount * (_ONE - factor.value) if rank else Decimal(0)
        what = f"unit {rank + 1} of {len(services)} of therapy" if rank else ""
        how = f"{item.amount:,.4f} - {_ONE - factor.value} x practice expense {one.amount:,.4f}"
        found.append(Portion(one.item, item.amount - cut, what, how, factor.source))
    return found


def _expense(session: Session, at: int) -> Decimal:
    item = session.items[at]
    return session.schedule.expense_amount(item.row, item.rate)
