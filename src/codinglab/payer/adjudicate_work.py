"""A claim on its way through the steps of adjudication, and what every step does with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Self

from codinglab.claim.model import Claim
from codinglab.encounter.coded import CodedEncounter
from codinglab.payer.accumulators import Used
from codinglab.payer.contract import Contract, ContractTerms
from codinglab.payer.contract_parts import Denial
from codinglab.payer.decision import LineDecision, Reason, Refusal, Said
from codinglab.payer.members import Benefit, Member
from codinglab.payer.reason_tables import reason
from codinglab.payer.service import Service
from codinglab.payer.state import Filed, PayerState

ZERO = Decimal(0)


@dataclass(frozen=True)  # without slots: a copy of its dictionary is what makes a step cheap
class Work:
    """A claim in adjudication.

    `day` is the day whose terms hold. `person` names the patient (`accumulators.person_of`).
    `services` and `encounter` are the lines as plans and as edits see them. `denied` are the
    numbers of lines that are decided: nothing is paid for them. A stay that is paid as a whole
    has its amounts in `reasons`, and `stay` is its allowed amount. `uses` are what is used of
    accumulators. `replaces` is the decision that this claim takes back. `patient_part` is the
    patient's share (fraction) of lines whose schedule has one of its own, `patient_cap` the most.
    `waived` are denials that an appeal overturned, by step and line: they are not made again.
    """

    claim: Claim
    contract: Contract
    terms: ContractTerms
    member: Member | None
    state: PayerState
    received: date
    decided: date
    day: date
    number: str
    encounter: CodedEncounter
    lines: tuple[LineDecision, ...] = ()
    services: tuple[Service, ...] = ()
    person: str = ""
    reasons: tuple[Reason, ...] = ()
    remarks: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    denied: frozenset[int] = frozenset()
    uses: tuple[Used, ...] = ()
    stay: Decimal | None = None
    drg: str = ""
    interest: Decimal = ZERO
    passed_to: str = ""
    refusal: Refusal | None = None
    replaces: Filed | None = None
    patient_part: Mapping[int, Decimal] = field(default_factory=dict)
    patient_cap: Mapping[int, Decimal] = field(default_factory=dict)
    waived: frozenset[tuple[str, int]] = frozenset()

    @property
    def whole(self) -> bool:
        """Say whether the claim is decided as a whole: a stay."""
        return bool(self.services) and self.services[0].setting == "inpatient"

    @property
    def is_open(self) -> bool:
        """Say whether anything is left to be decided."""
        return self.refusal is None and len(self.denied) < len(self.lines)

    @cached_property
    def network(self) -> str:
        """Return Y where the billing provider is in the network, else N."""
        return "N" if self.claim.billing.npi in self.terms.outside else "Y"

    @cached_property
    def benefits(self) -> tuple[Benefit, ...]:
        """Return the plan's benefits that hold where the provider is, in or out of the network."""
        if self.member is None:
            return ()
        return tuple(one for one in self.member.plan.benefits if one.network in {"", self.network})

    def changed(self, **fields: object) -> Self:
        """Return the claim with those fields changed, as dataclasses.replace does, and faster."""
        made, held = object.__new__(type(self)), self.__dict__.copy()
        held.update(fields)
        object.__setattr__(made, "__dict__", held)
        return made

    def open_lines(self) -> Iterator[tuple[Service, LineDecision]]:
        """Yield the lines that no step has denied."""
        for service, line in zip(self.services, self.lines, strict=True):
            if line.line not in self.denied:
                yield service, line

    def says(self, step: str, what: str, line: int | None = None, source: str = "") -> Work:
        """Return the claim with one more sentence."""
        return self.changed(said=(*self.said, Said(step, what, line, source)))

    def with_line(self, line: LineDecision, *said: Said) -> Work:
        """Return the claim with that line in place of the one of its number, and more said."""
        at = line.line - 1
        lines = (*self.lines[:at], line, *self.lines[at + 1 :])
        return self.changed(lines=lines, said=(*self.said, *said))

    def with_reason(self, number: int, one: Reason, *said: Said) -> Work:
        """Return the claim with one more adjustment of the line `number`; none of nothing."""
        if not one.amount:
            return self
        line = self.lines[number - 1]
        return self.with_line(decided_line(line, line.allowed, (*line.reasons, one)), *said)

    def deny(self, number: int, step: str, told: Denial, why: str, source: str = "") -> Work:
        """Return the claim with the line `number` denied: its whole charge is adjusted."""
        if (step, number) in self.waived:
            return self.says(step, f"Overturned on appeal, so not denied: {why}", number, source)
        line, told = self.lines[number - 1], self._harmless(told)
        one = Reason(told.group, told.carc, line.charge, step, why, source, told.remarks)
        reasons = (one,) if line.charge else ()
        line = LineDecision(
            line.line, line.code, line.charge, ZERO, line.modifiers, line.allowed, reasons
        )
        work = self.with_line(line, Said(step, why, number, source))
        return work.changed(denied=self.denied | {number})

    def deny_all(self, step: str, told: Denial, why: str, source: str = "") -> Work:
        """Return the claim with every open line denied; a stay is denied as a whole."""
        if not self.whole:
            work = self
            for service, _ in tuple(self.open_lines()):
                work = work.deny(service.line, step, told, why, source)
            return work
        if any((step, line.line) in self.waived for line in self.lines):
            return self.says(step, f"Overturned on appeal, so not denied: {why}", None, source)
        told = self._harmless(told)
        one = Reason(told.group, told.carc, self.claim.total, step, why, source, told.remarks)
        lines = tuple(replace(line, reasons=()) for line in self.lines)
        every = frozenset(line.line for line in lines)
        work = self.changed(reasons=(one,), lines=lines, denied=every)
        return work.says(step, why, None, source)

    def _harmless(self, told: Denial) -> Denial:
        """Return the denial as it is told where nothing is ever the patient's."""
        if told.group == "PR" and self.terms.sharing.held_harmless:
            return replace(told, group="OA")
        return told

    def denial(self, name: str) -> Denial:
        """Return how the reason `name` of code_sets/adjudication is told."""
        return reason(name, self.day).denial

    def refuse(self, why: str, category: str, code: str, source: str) -> Work:
        """Return the claim as refused at the door: rejected, not denied."""
        no = Refusal(self.claim, self.received, why, category, code, source)
        return self.changed(refusal=no)


def decided_line(
    line: LineDecision, allowed: Decimal | None, reasons: tuple[Reason, ...]
) -> LineDecision:
    """Return the line with what is allowed and why less is paid: faster than replace."""
    return LineDecision(
        line.line, line.code, line.charge, line.units, line.modifiers, allowed, reasons
    )


Step = Callable[[Work], Work]
