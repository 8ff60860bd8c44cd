"""SNIP 3 and 4 on answers: counts of a 999, totals of a 277CA, further parties of a 271."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from codinglab.core.cite import Cite
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.rules import Hit, Rules
from codinglab.x12.values import money

_ACKNOWLEDGMENT = Cite("ASC X12C implementation acknowledgment", "005010X231A1", "AK9")
_CLAIMS = Cite("ASC X12N claim acknowledgment", "005010X214", "loops 2200B and 2200C")
_BENEFITS = Cite("ASC X12N eligibility response", "005010X279A1", "loops 2110C and 2110D, LS, LE")
_ACCEPTED = {"A", "E"}


@dataclass(frozen=True, slots=True)
class GroupView:
    """A 999 that is complete: its AK9, and the verdicts (IK501) on transactions it names."""

    verdict: WireSegment
    transactions: tuple[str, ...]

    @classmethod
    def of(cls, loop: Loop) -> GroupView | None:
        """Return the view of a whole 999, None where an AK9 or IK5 is missing."""
        verdict = loop.first("AK9")
        found = [one.first("IK5") for one in loop.loops]
        if verdict is None or None in found:
            return None
        return cls(verdict, tuple(one.get(1) for one in found if one))


answer: Rules[GroupView] = Rules(("999",), _ACKNOWLEDGMENT)
totals: Rules[Loop] = Rules(("277CA",), _CLAIMS)
benefit: Rules[Loop] = Rules(("271",), _BENEFITS)


@answer(
    "x12.accepted_count",
    3,
    "Count the transactions again: AK903 received, AK904 accepted (IK5 A or E).",
    error="7",
)
def accepted_count(view: GroupView) -> Iterator[Hit]:
    """Those accepted (AK904) are at least all that IK5 accepts, and none that it rejects.

    Where the group as a whole is rejected (AK901 R), it is for other reasons than IK5's.
    """
    received, accepted = view.verdict.get(3), view.verdict.get(4)
    if not (received.isdecimal() and accepted.isdecimal()):
        return
    rejected = sum(one not in _ACCEPTED for one in view.transactions)
    most = int(received[:10]) - rejected
    said = int(accepted[:10])
    least = len(view.transactions) - rejected
    if said > most or (said < least and view.verdict.get(1) != "R"):
        message = f"AK904 says that {accepted} were accepted of {received}, but IK5 rejects "
        yield Hit("ST", view.verdict, "AK904", f"{message}{rejected}.")


@totals(
    "x12.answered_total",
    3,
    "Correct STC04, or the accepted (AMT YU) or rejected (AMT YY) charges.",
)
def answered_total(loop: Loop) -> Iterator[Hit]:
    """Of each charge in STC04 it is told whether it was accepted (AMT YU) or rejected (AMT YY)."""
    head, parts = loop.first("STC"), [one.get(2) for one in loop.all("AMT")]
    if head is None or not parts:
        return
    told = sum(map(money, parts), Decimal(0))
    if money(head.get(4)) != told and head.get(4):
        message = f"STC04 is {head.get(4)}, but the amounts accepted and rejected make {told}."
        yield Hit(loop.id, head, "STC04", message)


@benefit(
    "x12.loop_frame",
    4,
    "Begin the loops of further parties with LS 2120, and end them with LE 2120.",
    error="I9",
)
def loop_frame(loop: Loop) -> Iterator[Hit]:
    """Further parties to a benefit (loops 2120C, 2120D) stand between LS and LE."""
    begin, end = loop.first("LS"), loop.first("LE")
    inner = [one for one in loop.loops if one.id.startswith("2120")]
    absent = [
        what
        for what, there in (("LS", begin), (f"loop 2120{loop.id[-1]}", inner), ("LE", end))
        if not there
    ]
    if 0 < len(absent) < 3:  # noqa: PLR2004  all three may be left out
        where = begin or end or inner[0].segments[0]
        message = f"LS, loop 2120{loop.id[-1]} and LE stand together; {' and '.join(absent)} "
        yield Hit(loop.id, where, "", f"{message}{'is' if len(absent) == 1 else 'are'} missing.")
