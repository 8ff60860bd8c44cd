"""The payer's answer to a 270: a 271 made from its table of members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from codinglab.claim.parties import Name
from codinglab.claim.x837_names import entity, named
from codinglab.core.findings import Finding
from codinglab.payer.eligibility_benefits import benefits
from codinglab.payer.eligibility_lookup import (
    OF_PATIENT,
    OF_SUBSCRIBER,
    Asked,
    dependent,
    refused,
)
from codinglab.payer.members import Dependent, Member, SimulatedPayer
from codinglab.payer.questions import questions
from codinglab.payer.refusal import Refusal
from codinglab.payer.written import ELIGIBILITY, Written, head, name_of, sent, trace
from codinglab.x12 import syntax
from codinglab.x12.envelope import Envelope
from codinglab.x12.loops import Loop, TransactionTree
from codinglab.x12.npi import is_npi
from codinglab.x12.syntax import Segment


def answer(
    question: str | bytes | Path, envelope: Envelope, payers: Mapping[str, SimulatedPayer]
) -> Written:
    """Return the 271s that the simulated payers give to the 270s in `question`.

    The day of `envelope.when` is today. A transaction with errors gets no 271 but a finding: a
    payer returns a 999 for it. Raises NotX12 when the question is not X12 at all.
    """
    found: list[Finding] = []
    bodies = []
    for at, tree in enumerate(questions(question, "270", found), 1):
        said = _Answer(tree, envelope, payers, trace(envelope, at))
        bodies.append((f"transaction {tree.control}", said.body))
    return sent("271", ELIGIBILITY, bodies, envelope, found)


class _Answer:
    """Writes the answer to one transaction; `levels` counts its HL segments."""

    def __init__(
        self,
        tree: TransactionTree,
        envelope: Envelope,
        payers: Mapping[str, SimulatedPayer],
        own: str,
    ) -> None:
        """Answer `tree`; `own` begins the trace numbers that the payer gives."""
        opening = tree.first("BHT")
        number = opening.get(3) if opening else ""
        self.today = envelope.when.date()
        self.own = own
        self.levels = self.traces = 0
        self.body: list[Segment] = [head("0022", "11", number, envelope)]
        for source in tree.loops_of("2000A"):
            self._source(source, payers)

    def _level(self, parent: str, code: str, *, below: bool) -> str:
        self.levels += 1
        self.body.append(("HL", str(self.levels), parent, code, "1" if below else "0"))
        return str(self.levels)

    def _source(self, source: Loop, payers: Mapping[str, SimulatedPayer]) -> None:
        name = name_of(source, "2100A")
        payer = payers.get(name.get(9))
        receivers = source.loops_of("2000B") if payer else []
        level = self._level("", "20", below=bool(receivers))
        self.body.append(name.elements)
        if payer is None:
            self.body.append(Refusal("N", "79", "C").segment)
            return
        for receiver in receivers:
            self._receiver(receiver, level, payer)

    def _receiver(self, receiver: Loop, parent: str, payer: SimulatedPayer) -> None:
        name = name_of(receiver, "2100B")
        wrong = name.get(8) == "XX" and not is_npi(name.get(9))
        level = self._level(parent, "21", below=not wrong)
        self.body.append(name.elements)
        if wrong:
            self.body.append(Refusal("N", "43", "C").segment)
            return
        for subscriber in receiver.loops_of("2000C"):
            self._subscriber(subscriber, level, payer)

    def _subscriber(self, loop: Loop, parent: str, payer: SimulatedPayer) -> None:
        asked = Asked.of(loop, self.today)
        dependents = loop.loops_of("2000D")
        steps = OF_SUBSCRIBER if dependents else OF_PATIENT
        faults = refused(steps, asked, payer, self.today)
        member = payer.member(asked.member_id)
        if faults or member is None:
            self._level(parent, "22", below=False)
            self._traces([loop, *dependents], payer)
            self.body += [name_of(loop, "2100C").elements, *(one.segment for one in faults)]
            return
        level = self._level(parent, "22", below=bool(dependents))
        if not dependents:
            self._traces([loop], payer)
        self._insured(member)
        if not dependents:
            self.body += [*_facts(member), *_days(member)]
            self.body += benefits(member, asked.day, asked.services)
        for one in dependents:
            self._dependent(one, level, member, payer)

    def _insured(self, member: Member) -> None:
        name = member.person.name
        self.body.append(named("IL", name, entity(name), "MI", member.member_id))
        if member.group_number:
            self.body.append(("REF", "6P", member.group_number))

    def _dependent(self, loop: Loop, parent: str, member: Member, payer: SimulatedPayer) -> None:
        asked = Asked.of(loop, self.today)
        found, faults = dependent(asked, member, payer, self.today)
        self._level(parent, "23", below=False)
        self._traces([loop], payer)
        if faults or found is None:
            name = Name(asked.last, asked.first)
            self.body += [named("03", name, "1"), *(one.segment for one in faults)]
            return
        name = found.person.name
        self.body += [named("03", name, "1"), *_facts(member, found), *_days(member)]
        own = member if found.left is None else replace(member, left=found.left)
        self.body += benefits(own, asked.day, asked.services)

    def _traces(self, loops: list[Loop], payer: SimulatedPayer) -> None:
        """Give back the trace numbers of the question, and one of the payer's own."""
        for number in (one for loop in loops for one in loop.all("TRN")):
            self.body.append(("TRN", "2", *number.elements[2:]))
        self.traces += 1
        self.body.append(("TRN", "1", f"{self.own}{self.traces:02}", payer.trace_id))


def _facts(member: Member, patient: Dependent | None = None) -> Iterator[Segment]:
    """Yield birth date, sex and relationship as the payer has them."""
    person = patient.person if patient else member.person
    if person.born is not None:
        yield ("DMG", "D8", syntax.day(person.born), person.sex or "")
    if patient is None:
        yield ("INS", "Y", "18")
    else:
        yield ("INS", "N", patient.relationship)


def _days(member: Member) -> Iterator[Segment]:
    yield ("DTP", "346", "D8", syntax.day(member.starts))
    last: date | None = member.last_day
    if last is not None:
        yield ("DTP", "347", "D8", syntax.day(last))
