"""What a payer remembers: the decisions it made, and what the insured have used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from codinglab.payer import authorization_use
from codinglab.payer.accumulators import Accumulators, Used
from codinglab.payer.authorization import Authorizations
from codinglab.payer.decision import Decision
from codinglab.payer.members import Member
from codinglab.payer.shards import Shards


@dataclass(frozen=True, slots=True)
class Filed:
    """A decision as the payer filed it, with what it used of accumulators.

    `undone` if reversed, on the day `undone_on`.
    """

    decision: Decision
    member_id: str
    person: str
    uses: tuple[Used, ...] = ()
    undone: bool = False
    undone_on: date | None = None


@dataclass(frozen=True, slots=True)
class PayerState:
    """Accumulators and earlier decisions of one payer; never changed, each claim makes another.

    `count` is how many claims it has numbered. `made` are the decisions of the last claim in their
    order: a replacement (frequency 7) makes two, the reversal of the old one and the new one.
    `authorizations` are those on file; a payer with none takes a number on a claim as it stands.
    """

    accumulators: Accumulators = field(default_factory=Accumulators)
    count: int = 0
    made: tuple[Decision, ...] = ()
    by_number: Shards[str, Filed] = field(default_factory=Shards)
    by_member: Shards[str, tuple[str, ...]] = field(default_factory=Shards)
    authorizations: Authorizations = field(default_factory=Authorizations)

    @classmethod
    def opening(cls, members: Iterable[Member], year: int) -> PayerState:
        """Return the state before the first claim: what members have used in `year` already."""
        return cls(Accumulators.opening(members, year))

    def numbered(self, number: str) -> Filed | None:
        """Return the decision that the payer numbered so, None where there is none."""
        return self.by_number.get(number)

    def of_member(self, member_id: str) -> tuple[Filed, ...]:
        """Return what was filed for the member, oldest first; reversed decisions included."""
        found = (self.by_number.get(one) for one in self.by_member.get(member_id) or ())
        return tuple(one for one in found if one is not None)

    def standing(self, member_id: str, person: str) -> tuple[Filed, ...]:
        """Return what was filed for the person and was not reversed since."""
        return tuple(
            one for one in self.of_member(member_id) if not one.undone and one.person == person
        )

    def decisions(self) -> tuple[Decision, ...]:
        """Return every decision, reversals left out, in the order of their numbers."""
        found = sorted(self.by_number.items(), key=lambda pair: pair[0])
        return tuple(filed.decision for _, filed in found)

    def filed(self, one: Filed, made: tuple[Decision, ...]) -> PayerState:
        """Return the state after one more claim: a new decision filed, and what it used used.

        `made` are all decisions that the claim led to.
        """
        number, member = one.decision.number, one.member_id
        return PayerState(
            accumulators=self.accumulators.after(one.uses),
            count=self.count + 1,
            made=made,
            by_number=self.by_number.put(number, one),
            by_member=self.by_member.put(member, (*(self.by_member.get(member) or ()), number)),
            authorizations=authorization_use.after(self.authorizations, one.decision),
        )

    def undone(self, one: Filed, on: date) -> PayerState:
        """Return the state with the decision reversed on a day, and what it used given back."""
        back = tuple(replace(use, amount=-use.amount) for use in one.uses)
        return replace(
            self,
            accumulators=self.accumulators.after(back),
            by_number=self.by_number.put(
                one.decision.number, replace(one, undone=True, undone_on=on)
            ),
            authorizations=authorization_use.given_back(self.authorizations, one.decision),
        )
