"""Answers to what was received: a 999 for each group, a TA1 for the interchange.

A 999 says of each transaction whether it keeps X12 and its guide (SNIP 1 and 2): accepted (A),
accepted with errors (E, where all that was found are warnings) or rejected (R). It says nothing
of whether a claim is good; that is the 277CA's part. A TA1 answers the envelope alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from codinglab.core.findings import Severity
from codinglab.x12.check import Checker
from codinglab.x12.envelope import Envelope, Transaction, wrap
from codinglab.x12.finding import WireFinding
from codinglab.x12.guide import NoGuide, guide, guides
from codinglab.x12.loops import Interchange
from codinglab.x12.names import number_at
from codinglab.x12.reading import Source
from codinglab.x12.syntax import Delimiters, Segment
from codinglab.x12.tree import chosen

GUIDE = "005010X231A1"
LEVELS = frozenset({1, 2})
_ELEMENT_ERROR, _SEGMENT_ERRORS = "8", "5"
_LONGEST_CONTEXT = 35
_LONGEST_LOOP, _LONGEST_VALUE, _MOST_CODES, _MOST_SEGMENTS = 4, 99, 5, 500
_OF_TRANSACTION = {
    "x12.segment_count",
    "x12.transaction_number",
    "x12.transaction_twice",
    "x12.no_guide",
}
_NO_TRAILER = "2"
_FINE = "000"
_OTHER_GROUPS = {"BE", "HB", "HI", "HR", "HS", "RA"}
_SHORTEST_ID = 2  # GS02 and GS03 have at least as many characters


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
    def kind(self) -> str:
        """Return what AK101 can say: GS01 where it is one of X12's, else that of the guide."""
        if self.gs(1) in {one.group for one in guides()} | _OTHER_GROUPS:
            return self.gs(1)
        return next((one.group for one in guides() if one.guide == self.gs(8)), "")


@dataclass(slots=True)
class InterchangeAnswer:
    """What was found in one interchange and in each of its groups."""

    isa: tuple[str, ...]
    delimiters: Delimiters
    groups: list[GroupAnswer] = field(default_factory=list)
    found: list[WireFinding] = field(default_factory=list)

    @property
    def note(self) -> str:
        """Return the code of TA105: 000, or that of the first fault of the envelope."""
        codes = (one.error for one in self.found if one.severity is Severity.ERROR)
        return next((code for code in codes if len(code) == len(_FINE)), _FINE)

    @property
    def ta1(self) -> Segment:
        """Return the TA1 segment: accepted (A), or rejected (R) with its note."""
        date, time, control = self.isa[9], self.isa[10], self.isa[13]
        return ("TA1", control, date, time, "A" if self.note == _FINE else "R", self.note)


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
        if now.isa and not (self.answers and self.answers[-1].isa is now.isa):
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


def _codes(found: Sequence[WireFinding], *, broken: bool) -> list[str]:
    """Return the codes of IK502 to IK506."""
    codes = [_SEGMENT_ERRORS] if broken else []
    for one in found:
        if one.id in _OF_TRANSACTION and one.error:
            codes.append(one.error)
        elif one.id == "x12.segment_missing" and one.segment == "SE":
            codes.append(_NO_TRAILER)
    return list(dict.fromkeys(codes))[:_MOST_CODES]


def _of_segments(found: Sequence[WireFinding]) -> list[WireFinding]:
    return [
        one
        for one in found
        if one.id not in _OF_TRANSACTION
        and one.segment
        and not (one.id == "x12.segment_missing" and one.segment == "SE")
    ]


def _value(text: str, marks: Delimiters) -> str:
    """Return a bad value as IK404 can carry it, blank where it cannot."""
    taken = {marks.element, marks.component, marks.repetition, marks.segment}
    fit = text.isascii() and text.isprintable() and text == text.strip() and not taken & set(text)
    return text[:_LONGEST_VALUE].rstrip() if fit else ""


def _element(one: WireFinding, version: str, kind: str, marks: Delimiters) -> Segment:
    """Return the IK4 of a fault in an element."""
    place = one.element[len(one.segment) :]
    number, _, component = place.partition("-")
    at = str(int(number))
    try:
        table = guide(version, kind)
        known = number_at(table, one.loop, one.segment, place)
    except NoGuide:
        known = ""
    position = (at, component) if component else at
    told = known if known.isdecimal() else ""
    return ("IK4", position, told, one.error, _value(one.value, marks))


def _errors(answer: TransactionAnswer, marks: Delimiters) -> Iterator[Segment]:
    """Yield IK3, CTX and IK4 for everything found in a transaction, segment by segment."""
    groups: dict[tuple[int, str, str, str], list[WireFinding]] = {}
    for one in _of_segments(answer.found)[:_MOST_SEGMENTS]:
        code = _ELEMENT_ERROR if one.element else one.error
        groups.setdefault((one.position, one.segment, one.loop, code), []).append(one)
    for (position, name, loop, code), found in groups.items():
        told = loop if len(loop) <= _LONGEST_LOOP and loop != "ST" else ""
        segment = name if name.isalnum() and len(name) <= 3 else ""  # noqa: PLR2004  a name's length
        if not segment or not code:
            continue
        yield ("IK3", segment, str(position), told, code)
        if account := _value(found[0].claim, marks):
            yield ("CTX", ("CLM01", account[:_LONGEST_CONTEXT]))
        for one in found:
            if one.element:
                yield _element(one, answer.version, answer.kind, marks)


def transaction(group: GroupAnswer, control: str, marks: Delimiters) -> Transaction:
    """Return the 999 that answers `group`, numbered `control` and to be written with `marks`."""
    body: list[Segment] = [("AK1", group.kind, group.gs(6), group.gs(8))]
    for one in group.transactions:
        body.append(("AK2", one.kind, one.number, one.guide))
        errors = list(_errors(one, marks))
        body += errors
        body.append(("IK5", one.verdict, *_codes(one.found, broken=bool(errors))))
    body.append(_verdict(group))
    return Transaction("999", GUIDE, control, body)


def _verdict(group: GroupAnswer) -> Segment:
    """Return the AK9 of a group: its verdict, its counts, and its own faults."""
    received = len(group.transactions)
    verdicts = [one.verdict for one in group.transactions]
    accepted = sum(one != "R" for one in verdicts)
    faults = [one for one in group.found if one.severity is Severity.ERROR]
    if faults or (received and not accepted):
        verdict, accepted = "R", 0
    elif accepted < received:
        verdict = "P"
    else:
        verdict = "E" if "E" in verdicts or group.found else "A"
    codes = list(dict.fromkeys(one.error for one in faults if one.error))[:_MOST_CODES]
    return ("AK9", verdict, str(received), str(received), str(accepted), *codes)


def _id(text: str) -> str:
    """Return an identifier as ISA and GS can both carry it."""
    return text.strip().ljust(_SHORTEST_ID, "0")


def acknowledge(source: Source, name: str = "", *, when: datetime, control: int) -> str:
    """Return the answer to `source` as X12: an interchange for each one received.

    Each has a TA1 where the sender asked for one (ISA14) or the envelope is at fault, and a 999
    for each group but those of acknowledgments. `when` and `control` are the time and the first
    control number of the answers. Raises NotX12 when the source is not X12 at all.
    """
    said = []
    for at, one in enumerate(answers(source, name)):
        marks = Delimiters()
        groups = [group for group in one.groups if group.kind not in {"", "FA"} and group.gs(6)]
        envelope = Envelope(
            sender=_id(one.isa[8]),
            receiver=_id(one.isa[6]),
            when=when,
            control=control + at,
            usage="P" if one.isa[15] == "P" else "T",
            sender_qualifier=one.isa[7] or "ZZ",
            receiver_qualifier=one.isa[5] or "ZZ",
            delimiters=marks,
        )
        wanted = one.isa[14] == "1" or one.note != _FINE
        transactions = [
            transaction(group, f"{number:04}", marks) for number, group in enumerate(groups, 1)
        ]
        said.append(wrap(envelope, transactions, [one.ta1] if wanted else []))
    return "".join(said)
