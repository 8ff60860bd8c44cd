"""The payer's answer to a 276: a 277 (guide 005010X212) made from its table of claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from codinglab.core.findings import Finding
from codinglab.payer.members import KnownClaim, SimulatedPayer, Status
from codinglab.payer.questions import questions
from codinglab.payer.written import STATUS, Written, head, sent
from codinglab.x12 import syntax
from codinglab.x12.envelope import Envelope
from codinglab.x12.loops import Loop, TransactionTree, WireSegment
from codinglab.x12.npi import is_npi
from codinglab.x12.syntax import Segment, amount
from codinglab.x12.values import day_of, decimal_of, period_of

_FINAL = "F"  # categories that begin so are decided; the others have no payment yet
_UNKNOWN_PAYER = ("E0", "153", "PR")
_WRONG_PROVIDER = ("E0", "562", "1P")
_NO_MEMBER = ("D0", "33")
_NO_DAY = ("E0", "187")
_NO_CLAIM = ("A4", "35")


def status_answer(
    question: str | bytes | Path, envelope: Envelope, payers: Mapping[str, SimulatedPayer]
) -> Written:
    """Return the 277s that the simulated payers give to the 276s in `question`.

    The day of `envelope.when` is today, and chooses what a payer says of a claim. A transaction
    with errors gets no 277 but a finding. Raises NotX12 when the question is not X12 at all.
    """
    found: list[Finding] = []
    bodies = []
    for tree in questions(question, "276", found):
        said = _Answer(tree, envelope, payers)
        bodies.append((f"transaction {tree.control}", said.body))
    return sent("277", STATUS, bodies, envelope, found)


class _Answer:
    """Writes the answer to one transaction; `levels` counts its HL segments."""

    def __init__(
        self, tree: TransactionTree, envelope: Envelope, payers: Mapping[str, SimulatedPayer]
    ) -> None:
        """Answer `tree`."""
        opening = tree.first("BHT")
        self.number = opening.get(3) if opening else ""
        self.today = envelope.when.date()
        self.levels = 0
        self.body: list[Segment] = [head("0010", "08", self.number, envelope, "DG")]
        for source in tree.loops_of("2000A"):
            self._source(source, payers)

    def _level(self, parent: str, code: str, *, below: bool) -> str:
        self.levels += 1
        self.body.append(("HL", str(self.levels), parent, code, "1" if below else "0"))
        return str(self.levels)

    def _status(self, said: tuple[str, ...]) -> None:
        self.body.append(("STC", said, syntax.day(self.today)))

    def _source(self, source: Loop, payers: Mapping[str, SimulatedPayer]) -> None:
        name = _name(source, "2100A")
        payer = payers.get(name.get(9))
        level = self._level("", "20", below=True)
        self.body.append(name.elements)
        for receiver in source.loops_of("2000B"):
            inner = self._level(level, "21", below=payer is not None)
            self.body.append(_name(receiver, "2100B").elements)
            if payer is None:
                self.body.append(("TRN", "2", self.number))
                self._status(_UNKNOWN_PAYER)
                continue
            for provider in receiver.loops_of("2000C"):
                self._provider(provider, inner, payer)

    def _provider(self, provider: Loop, parent: str, payer: SimulatedPayer) -> None:
        name = _name(provider, "2100C")
        wrong = name.get(8) == "XX" and not is_npi(name.get(9))
        level = self._level(parent, "19", below=not wrong)
        self.body.append(name.elements)
        if wrong:
            self.body.append(("TRN", "1", self.number))
            self._status(_WRONG_PROVIDER)
            return
        for subscriber in provider.loops_of("2000D"):
            self._subscriber(subscriber, level, payer)

    def _subscriber(self, loop: Loop, parent: str, payer: SimulatedPayer) -> None:
        name, dependents = _name(loop, "2100D"), loop.loops_of("2000E")
        level = self._level(parent, "22", below=bool(dependents))
        self.body.append(name.elements)
        self._claims(loop, name.get(9), payer)
        for one in dependents:
            self.levels += 1
            self.body.append(("HL", str(self.levels), level, "23"))
            self.body.append(_name(one, "2100E").elements)
            self._claims(one, name.get(9), payer)

    def _claims(self, loop: Loop, member_id: str, payer: SimulatedPayer) -> None:
        facts = loop.first("DMG")
        born = day_of(facts.get(2)) if facts else None
        for claim in (one for one in loop.loops if one.id[:4] == "2200"):
            asked = _Asked(claim, member_id, born)
            self._answered(asked, payer)

    def _answered(self, asked: _Asked, payer: SimulatedPayer) -> None:
        found = [one for one in payer.claims if asked.means(one) and one.on(self.today)]
        for one in found:
            status = one.on(self.today)
            assert status is not None
            self.body += [*asked.trace, _stc(one, status), ("REF", "1K", one.number)]
            self.body += [*asked.kept, ("REF", "EJ", one.account), _days(one)]
        if not found:
            self.body += asked.trace
            self._status(self._why_not(asked, payer))
            self.body += asked.references

    def _why_not(self, asked: _Asked, payer: SimulatedPayer) -> tuple[str, ...]:
        if payer.member(asked.member_id) is None:
            return _NO_MEMBER
        return _NO_CLAIM if asked.days or asked.number else _NO_DAY


class _Asked:
    """What a 276 says of one claim: the loop 2200 of a subscriber or a dependent."""

    def __init__(self, loop: Loop, member_id: str, born: date | None) -> None:
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


def _stc(claim: KnownClaim, status: Status) -> Segment:
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


def _days(claim: KnownClaim) -> Segment:
    if claim.first == claim.last:
        return ("DTP", "472", "D8", syntax.day(claim.first))
    return ("DTP", "472", "RD8", syntax.days(claim.first, claim.last))


def _name(loop: Loop, inner: str) -> WireSegment:
    """Return the NM1 of the loop `inner`, which the checked question has."""
    found = loop.loop(inner)
    name = found.first("NM1") if found else None
    assert name is not None
    return name
