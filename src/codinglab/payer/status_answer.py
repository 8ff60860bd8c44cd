"""The payer's answer to a 276: a 277 (guide 005010X212) made from its table of claims."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from codinglab.core.findings import Finding
from codinglab.payer.members import SimulatedPayer
from codinglab.payer.questions import questions
from codinglab.payer.status_lookup import AskedClaim, days, stc
from codinglab.payer.written import STATUS, Written, head, name_of, sent
from codinglab.x12 import syntax
from codinglab.x12.envelope import Envelope
from codinglab.x12.loops import Loop, TransactionTree
from codinglab.x12.npi import is_npi
from codinglab.x12.syntax import Segment
from codinglab.x12.values import day_of

UNKNOWN_PAYER = ("E0", "153", "PR")
WRONG_PROVIDER = ("E0", "562", "1P")
NO_MEMBER = ("D0", "33")
NO_DAY = ("E0", "187")
NO_CLAIM = ("A4", "35")
"""What is said of a question that fails: status category, code, and whom the code is about."""


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
        name = name_of(source, "2100A")
        payer = payers.get(name.get(9))
        level = self._level("", "20", below=True)
        self.body.append(name.elements)
        for receiver in source.loops_of("2000B"):
            inner = self._level(level, "21", below=payer is not None)
            self.body.append(name_of(receiver, "2100B").elements)
            if payer is None:
                self.body.append(("TRN", "2", self.number))
                self._status(UNKNOWN_PAYER)
                continue
            for provider in receiver.loops_of("2000C"):
                self._provider(provider, inner, payer)

    def _provider(self, provider: Loop, parent: str, payer: SimulatedPayer) -> None:
        name = name_of(provider, "2100C")
        wrong = name.get(8) == "XX" and not is_npi(name.get(9))
        level = self._level(parent, "19", below=not wrong)
        self.body.append(name.elements)
        if wrong:
            self.body.append(("TRN", "1", self.number))
            self._status(WRONG_PROVIDER)
            return
        for subscriber in provider.loops_of("2000D"):
            self._subscriber(subscriber, level, payer)

    def _subscriber(self, loop: Loop, parent: str, payer: SimulatedPayer) -> None:
        name, dependents = name_of(loop, "2100D"), loop.loops_of("2000E")
        level = self._level(parent, "22", below=bool(dependents))
        self.body.append(name.elements)
        self._claims(loop, name.get(9), payer)
        for one in dependents:
            self.levels += 1
            self.body.append(("HL", str(self.levels), level, "23"))
            self.body.append(name_of(one, "2100E").elements)
            self._claims(one, name.get(9), payer)

    def _claims(self, loop: Loop, member_id: str, payer: SimulatedPayer) -> None:
        facts = loop.first("DMG")
        born = day_of(facts.get(2)) if facts else None
        for claim in (one for one in loop.loops if one.id[:4] == "2200"):
            asked = AskedClaim(claim, member_id, born)
            self._answered(asked, payer)

    def _answered(self, asked: AskedClaim, payer: SimulatedPayer) -> None:
        found = [one for one in payer.claims if asked.means(one) and one.on(self.today)]
        for one in found:
            status = one.on(self.today)
            assert status is not None
            self.body += [*asked.trace, stc(one, status), ("REF", "1K", one.number)]
            self.body += [*asked.kept, ("REF", "EJ", one.account), days(one)]
        if not found:
            self.body += asked.trace
            self._status(self._why_not(asked, payer))
            self.body += asked.references

    def _why_not(self, asked: AskedClaim, payer: SimulatedPayer) -> tuple[str, ...]:
        if payer.member(asked.member_id) is None:
            return NO_MEMBER
        return NO_CLAIM if asked.days or asked.number else NO_DAY
