"""How a payer finds a member: the steps, each of which may find a fault (AAA).

Every fault is told, and not the first alone, as the CAQH CORE rule 259 asks for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from codinglab.claim.parties import Person
from codinglab.payer.eligibility_problems import last_day_of_month, months_before
from codinglab.payer.members import Dependent, Member, SimulatedPayer
from codinglab.payer.refusal import Refusal
from codinglab.x12.loops import Loop
from codinglab.x12.values import day_of, period_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a 270 says of one person: `loop` is 2000C or 2000D, blank texts where it is silent."""

    loop: Loop
    last: str
    first: str
    member_id: str
    born: str
    day: date
    services: tuple[str, ...]

    @classmethod
    def of(cls, loop: Loop, today: date) -> Asked:
        """Read a subscriber's or a dependent's level; without a date it asks about `today`."""
        person = loop.loop("2100" + loop.id[-1])
        name = person.first("NM1") if person else None
        facts = person.first("DMG") if person else None
        when = person.first("DTP", "291") if person else None
        period = period_of(when.get(3)) if when else None
        inner = person.loops if person else []
        asked = [one.first("EQ") for one in inner if one.id[:4] == "2110"]
        return cls(
            loop,
            name.get(3) if name else "",
            name.get(4) if name else "",
            name.get(9) if name else "",
            facts.get(2) if facts else "",
            period[0] if period else today,
            tuple(code for one in asked if one for code in one.repeats(1)),
        )


def same(left: str, right: str) -> bool:
    """Say whether two names are the same, marks, accents and case aside (CAQH CORE rule 258)."""
    return _letters(left) == _letters(right)


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.upper())
    return "".join(one for one in plain if one.isalpha() and one.isascii())


Step = Callable[[Asked, SimulatedPayer, date], Refusal | None]


def _day(asked: Asked, payer: SimulatedPayer, today: date) -> Refusal | None:
    if asked.day > last_day_of_month(today):
        return Refusal("Y", "63", "C")
    if asked.day < months_before(today, payer.months_back):
        return Refusal("Y", "62", "N")
    return None


def _number(asked: Asked, payer: SimulatedPayer, today: date) -> Refusal | None:  # noqa: ARG001  a step
    return None if asked.member_id else Refusal("N", "72", "C")


def _name(asked: Asked, payer: SimulatedPayer, today: date) -> Refusal | None:  # noqa: ARG001  a step
    return None if asked.last else Refusal("N", "73", "C")


def _known(asked: Asked, payer: SimulatedPayer, today: date) -> Refusal | None:  # noqa: ARG001  a step
    found = not asked.member_id or payer.member(asked.member_id)
    return None if found else Refusal("N", "75", "C")


def _named(asked: Asked, payer: SimulatedPayer, today: date) -> Refusal | None:  # noqa: ARG001  a step
    member = payer.member(asked.member_id)
    if member is None or not asked.last or same(member.person.name.last, asked.last):
        return None
    return Refusal("N", "73", "C")


def _born(asked: Asked, payer: SimulatedPayer, today: date) -> Refusal | None:  # noqa: ARG001  a step
    member = payer.member(asked.member_id)
    return _age(asked, member.person if member else None)


OF_SUBSCRIBER: tuple[Step, ...] = (_number, _name, _known, _named)
"""What is looked at before anybody is found, in this order."""

OF_PATIENT: tuple[Step, ...] = (*OF_SUBSCRIBER, _born, _day)
"""The same where the subscriber is the patient."""


def _age(asked: Asked, person: Person | None) -> Refusal | None:
    born = day_of(asked.born)
    if born is None:
        return Refusal("N", "58", "C")
    if person is None or born == person.born:
        return None
    return Refusal("N", "71", "C")


def dependent(
    asked: Asked, member: Member, payer: SimulatedPayer, today: date
) -> tuple[Dependent | None, tuple[Refusal, ...]]:
    """Return the dependent that is asked about, None where there is none, and every fault."""
    named = (one for one in member.dependents if same(one.person.name.first, asked.first))
    found = next(named, None) if asked.first else None
    unnamed = None if asked.first else Refusal("N", "65", "C")
    unknown = None if found or not asked.first else Refusal("N", "77", "C")
    faults = (
        *(unnamed, unknown),
        _age(asked, found.person if found else None),
        _day(asked, payer, today),
    )
    return found, tuple(one for one in faults if one)


def refused(
    steps: tuple[Step, ...], asked: Asked, payer: SimulatedPayer, today: date
) -> tuple[Refusal, ...]:
    """Return what each of the steps finds at fault, nothing where all let it pass."""
    return tuple(said for step in steps if (said := step(asked, payer, today)))
