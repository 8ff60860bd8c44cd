"""Several procedures in one session: which pays whole, and how much of each other one is left.

Source: Medicare Claims Processing Manual, chapter 12, section 40.6 (surgery and endoscopy), and the
laws that the factors name (imaging, therapy, heart and eye tests). The indicator of a code in the
fee schedule says which rule applies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from codinglab.pricing.physician_lines import ASSISTANTS, Item
from codinglab.pricing.physician_schedule import Schedule
from codinglab.pricing.physician_sides import Sides

SURGERY, ENDOSCOPY, IMAGING, THERAPY, HEART, EYE = "2", "3", "4", "5", "6", "7"
RANKED = frozenset({SURGERY, ENDOSCOPY, IMAGING, THERAPY, HEART, EYE})
ANOTHER_SESSION = ("59", "XE")


@dataclass(frozen=True, slots=True)
class Portion:
    """What one service of the line `item` pays after the ranking.

    `what`, `how` and `source` describe the step, blank where nothing was ranked. `by_report` says
    that the schedule does not price it.
    """

    item: int
    amount: Decimal
    what: str = ""
    how: str = ""
    source: str = ""
    by_report: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the line `item`, alone worth `amount`."""

    item: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Session:
    """The lines of one day by one practitioner in one role, and how each counts."""

    items: Sequence[Item]
    sides: Sequence[Sides]
    members: tuple[int, ...]
    schedule: Schedule

    def services(self, *indicators: str) -> tuple[Service, ...]:
        """Return each service of the lines with one of `indicators`, both sides counted first."""
        return tuple(
            Service(at, self.items[at].amount * self.sides[at].share)
            for at in self.members
            if self.items[at].row.multiple in indicators
            for _ in range(self.sides[at].count)
        )


def session_key(item: Item) -> tuple[object, ...]:
    """Return what lines must share to be ranked together: the day, and whether as an assistant.

    Images of another session of the day, told by 59 or XE, are ranked by themselves (CMS MLN
    MM7442); operations and therapy are ranked by the day.
    """
    apart = item.row.multiple == IMAGING and item.has(*ANOTHER_SESSION)
    return (item.day, item.has(*ASSISTANTS), apart)


def has_no_rank(item: Item) -> bool:
    """Say whether the line takes part in no ranking.

    That is care after surgery alone (55), and what a return to the operating room was for (78):
    its price is that of the operation itself, and the multiple surgery rules do not also apply
    (chapter 12, section 40.4).
    """
    surgery = item.row.multiple in {SURGERY, ENDOSCOPY} and item.has("55", "78")
    return item.row.multiple not in RANKED or surgery


def unreduced(session: Session) -> list[Portion]:
    """Return the services that take part in no ranking."""
    found = []
    for at in session.members:
        item, side = session.items[at], session.sides[at]
        if has_no_rank(item):
            found += [Portion(at, item.amount * side.share) for _ in range(side.count)]
    return found


def ranked(services: Sequence[Service]) -> list[Service]:
    """Return the services from the highest amount to the lowest, equal ones in their order."""
    return sorted(services, key=lambda one: -one.amount)
