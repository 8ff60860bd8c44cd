"""What was found in each transaction, group and interchange of a source, and the verdicts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from codinglab.core.findings import Severity
from codinglab.x12.check import Checker
from codinglab.x12.finding import WireFinding
from codinglab.x12.guide import guide, guides
from codinglab.x12.loops import Interchange
from codinglab.x12.reading import Source
from codinglab.x12.syntax import Delimiters, Segment
from codinglab.x12.tree import chosen
from codinglab.x12.values import day_of, is_time

LEVELS = frozenset({1, 2})
"""The SNIP types that a 999 judges."""

FINE = "000"
_CLOCK = 4
_NUMBER = re.compile("[0-9A-Za-z]{4,9}")
_GUIDE = re.compile("[0-9A-Z]{1,12}")
_CONTROL = re.compile("[0-9]{9}")
_OTHER_GROUPS = {"BE", "HB", "HI", "HR", "HS", "RA"}


@lru_cache(maxsize=1)
def _kinds() -> frozenset[str]:
    """Return the kinds of transactions that AK201 can name."""
    nodes = guide("005010X231A1", "999").nodes
    return next(one.shape.places[0].codes for one in nodes if one.name == "AK2")


@dataclass(slots=True)
class TransactionAnswer:
    """What was found in one transaction; `header` is its ST."""

    header: tuple[str, ...]
    version: str
    found: list[WireFinding] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Return ST01, blank where it is missing."""
        return self.header[1] if len(self.header) > 1 else ""

    @property
    def number(self) -> str:
        """Return ST02, blank where it is missing."""
        return self.header[2] if len(self.header) > 2 else ""  # noqa: PLR2004  it may lack

    @property
    def guide(self) -> str:
        """Return ST03, blank where it is missing."""
        return self.header[3] if len(self.header) > 3 else ""  # noqa: PLR2004  it may lack

    @property
    def can_be_named(self) -> bool:
        """Say whether ST names the transaction in a way that AK2 can repeat."""
        said = self.kind in _kinds() and _NUMBER.fullmatch(self.number)
        return bool(said) and (not self.guide or bool(_GUIDE.fullmatch(self.guide)))

    @property
    def verdict(self) -> str:
        """Return A accepted, E accepted with errors, or R rejected."""
        if not self.found:
            return "A"
        return "R" if any(one.severity is Severity.ERROR for one in self.found) else "E"


@dataclass(slots=True)
class GroupAnswer:
    """What was found in one group and in each of its transactions."""

    header: tuple[str, ...]
    transactions: list[TransactionAnswer] = field(default_factory=list)
    found: list[WireFinding] = field(default_factory=list)

    def gs(self, at: int) -> str:
        """Return an element of GS, blank where it has none."""
        return self.header[at] if at < len(self.header) else ""

    @property
    def can_be_named(self) -> bool:
        """Say whether GS names the group in a way that AK1 can repeat."""
        number = self.gs(6).isascii() and self.gs(6).isdecimal() and len(self.gs(6)) < 10  # noqa: PLR2004
        return bool(self.kind and number and _GUIDE.fullmatch(self.gs(8)))

    @property
    def kind(self) -> str:
        """Return what AK101 can say: GS01 where it is one of X12's, else that of the guide."""
        if self.gs(1) in {one.group for one in guides()} | _OTHER_GROUPS:
            return self.gs(1)
        return next((one.group for one in guides() if one.guide == self.gs(8)), "")


@dataclass(slots=True)
class InterchangeAnswer:
    """What was found in one interchange and in each of its groups."""

    header: tuple[str, ...]
    delimiters: Delimiters
    groups: list[GroupAnswer] = field(default_factory=list)
    found: list[WireFinding] = field(default_factory=list)

    def isa(self, at: int) -> str:
        """Return an element of ISA, blank where it has none."""
        return self.header[at] if at < len(self.header) else ""

    @property
    def note(self) -> str:
        """Return the code of TA105: 000, or that of the first fault of the envelope."""
        codes = (one.error for one in self.found if one.severity is Severity.ERROR)
        return next((code for code in codes if len(code) == len(FINE)), FINE)

    @property
    def ta1(self) -> Segment | None:
        """Return the TA1 segment: accepted (A), or rejected (R) with its note.

        None where the sender asked for none and all is well, and where the number or the time of
        the interchange cannot be repeated.
        """
        date, time, control = self.isa(9), self.isa(10), self.isa(13)
        clock = len(time) == _CLOCK and is_time(time)  # TA103 takes HHMM alone
        asked = self.isa(14) == "1" or self.note != FINE
        if not (asked and day_of(date) and clock and _CONTROL.fullmatch(control)):
            return None
        return ("TA1", control, date, time, "A" if self.note == FINE else "R", self.note)


class _Recorder(Checker):
    """A checker that keeps its findings by interchange, group and transaction."""

    answers: list[InterchangeAnswer]

    def gather(self) -> list[InterchangeAnswer]:
        """Read the whole source and return what was found, in order."""
        self.answers = []
        for one in self:
            if one.snip in LEVELS:
                self._keep(one)
        self._interchange(self.control.now)
        return self.answers

    def begun(self, now: Interchange, header: tuple[str, ...]) -> None:
        """Add an answer for the transaction that begins."""
        version = chosen(now.version, list(header))
        self._group(now).transactions.append(TransactionAnswer(header, version))

    def _interchange(self, now: Interchange) -> InterchangeAnswer:
        if now.isa and not (self.answers and self.answers[-1].header is now.isa):
            self.answers.append(InterchangeAnswer(now.isa, now.delimiters))
        return self.answers[-1]

    def _group(self, now: Interchange) -> GroupAnswer:
        groups = self._interchange(now).groups
        if now.gs and not (groups and groups[-1].header is now.gs):
            groups.append(GroupAnswer(now.gs))
        if not groups:
            groups.append(GroupAnswer(()))
        return groups[-1]

    def _keep(self, one: WireFinding) -> None:
        now = self.control.now
        if one.transaction or one.loop:
            group = self._group(now)
            if group.transactions:
                group.transactions[-1].found.append(one)
                return
        if one.segment in {"GS", "GE"} and now.gs:
            self._group(now).found.append(one)
        elif now.isa or self.answers:
            self._interchange(now).found.append(one)


def answers(source: Source, name: str = "") -> list[InterchangeAnswer]:
    """Return what is to be answered to each interchange of `source`.

    Raises NotX12 when it is not X12 at all.
    """
    return _Recorder(source, name).gather()
