"""How a payer finds a claim that is asked about, and how it says what it knows of it."""

from __future__ import annotations

from datetime import date

from codinglab.payer.members import KnownClaim, Status
from codinglab.x12 import syntax
from codinglab.x12.loops import Loop
from codinglab.x12.syntax import Segment, amount
from codinglab.x12.values import decimal_of, period_of

_FINAL = "F"  # categories that begin so are decided; the others have no payment yet


class AskedClaim:
    """What a 276 says of one claim: the loop 2200 of a subscriber or a dependent."""

    def __init__(self, loop: Loop, member_id: str, born: date | None) -> None:
        """Read the loop of one claim of the member with that number and birth date."""
        numbers = {one.get(1): one for one in loop.all("REF")}
        trace, total, when = loop.first("TRN"), loop.first("AMT"), loop.first("DTP", "472")
        self.member_id, self.born = member_id, born
        self.number = numbers["1K"].get(2) if "1K" in numbers else ""
        self.charge = decimal_of(total.get(2)) if total else None
        self.days = period_of(when.get(3)) if when else None
        self.trace: list[Segment] = [("TRN", "2", trace.get(2))] if trace else []
        self.kept: list[Segment] = [one.elements for code, one in numbers.items() if code == "BLT"]
        own: list[Segment] = [one.elements for code, one in numbers.items() if code == "EJ"]
        self.references = [*self.kept, *own, *([when.elements] if when else [])]

    def means(self, claim: KnownClaim) -> bool:
        """Say whether the payer takes `claim` for the one that is asked about."""
        return (
            claim.member_id == self.member_id
            and (self.days is not None or bool(self.number))
            and self.number in {"", claim.number}
            and self.charge in {None, claim.charge}
            and self.born in {None, claim.born}
            and (self.days is None or (self.days[0] <= claim.last and claim.first <= self.days[1]))
        )


def stc(claim: KnownClaim, status: Status) -> Segment:
    """Return what the payer says of `claim` as an STC segment."""
    said = (status.category, status.code, *([status.entity] if status.entity else []))
    final = status.category[0] == _FINAL
    return (
        "STC",
        said,
        syntax.day(status.day),
        "",
        amount(claim.charge),
        "" if status.paid is None else amount(status.paid),
        syntax.day(status.day) if final else "",
        "",
        syntax.day(status.check_day) if status.check_day else "",
        status.check,
    )


def days(claim: KnownClaim) -> Segment:
    """Return the days of service of `claim`."""
    if claim.first == claim.last:
        return ("DTP", "472", "D8", syntax.day(claim.first))
    return ("DTP", "472", "RD8", syntax.days(claim.first, claim.last))
