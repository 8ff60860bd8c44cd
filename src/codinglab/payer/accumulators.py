"""What the insured have used of deductibles, maxima and visits, by person and year.

An `Accumulators` is never changed: `after` returns another one. What is used is kept, never what is
left, so that a plan's amounts stay in one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from codinglab.claim.parties import Person
from codinglab.payer.members import Benefit, Member
from codinglab.payer.shards import Shards

_ZERO = Decimal(0)
FAMILY, FOR_LIFE = "FAM", "32"
LIFETIME = 0
"""The year under which is kept what no year ends."""


@dataclass(frozen=True, slots=True)
class Used:
    """An amount used (dollars, or visits) of one benefit.

    `member_id`, `person` (blank for a family's), `plan` and `year` say whose; `benefit` is that of
    `name_of`.
    """

    member_id: str
    person: str
    plan: str
    year: int
    benefit: str
    amount: Decimal


_Key = tuple[str, str, str, int, str]


def name_of(benefit: Benefit) -> str:
    """Return by which name the use of a benefit is kept: kind, service, level, network."""
    return _name(benefit.kind, benefit.service, benefit.level, benefit.network)


@lru_cache(maxsize=1024)
def _name(*parts: str) -> str:
    return " ".join(one or "-" for one in parts)


def person_of(person: Person) -> str:
    """Return by which name a person is kept: first name and day of birth."""
    return f"{person.name.first} {person.born}".strip()


@dataclass(frozen=True, slots=True)
class Accumulators:
    """What was used, by member, person, plan, year and benefit."""

    held: Shards[_Key, Decimal] = field(default_factory=Shards)

    @classmethod
    def opening(cls, members: Iterable[Member], year: int) -> Accumulators:
        """Return what `members` have used in `year` by what their files say is left."""
        found = cls()
        for member in members:
            for left in member.left:
                found = found.after(_opening(member, left, year))
        return found

    def used(self, member: Member, person: str, year: int, benefit: Benefit) -> Decimal:
        """Return what `person` (or the family) has used of `benefit` in `year`.

        `person` is that of `person_of`; a benefit of the level FAM is the family's.
        """
        who = "" if benefit.level == FAMILY else person
        key = (member.member_id, who, member.plan.name, year, name_of(benefit))
        return self.held.get(key) or _ZERO

    def left(self, member: Member, person: str, year: int, benefit: Benefit) -> Decimal:
        """Return what is left of `benefit` (dollars or visits), never below 0."""
        whole = benefit.amount if benefit.amount is not None else Decimal(benefit.visits or 0)
        return max(whole - self.used(member, person, year, benefit), _ZERO)

    def after(self, uses: Iterable[Used]) -> Accumulators:
        """Return the accumulators after these uses; a negative amount gives back."""
        held = self.held
        for one in uses:
            if one.amount:
                key = (one.member_id, one.person, one.plan, one.year, one.benefit)
                held = held.put(key, (held.get(key) or _ZERO) + one.amount)
        return Accumulators(held)


def use(member: Member, person: str, year: int, benefit: Benefit, amount: Decimal) -> Used:
    """Return the use of `amount` of `benefit`."""
    who = "" if benefit.level == FAMILY else person
    return Used(member.member_id, who, member.plan.name, year, name_of(benefit), amount)


def _opening(member: Member, left: Benefit, year: int) -> tuple[Used, ...]:
    """Return what was used when the member's file says that `left` is left."""
    same = [one for one in member.plan.benefits if name_of(one) == name_of(left)]
    if not same:
        return ()
    (whole, *_) = same
    if whole.amount is not None and left.amount is not None:
        used = whole.amount - left.amount
    elif whole.visits is not None and left.visits is not None:
        used = Decimal(whole.visits - left.visits)
    else:
        return ()
    when = LIFETIME if whole.period == FOR_LIFE else year
    return (use(member, person_of(member.person), when, whole, used),)
