"""A service line on its way through the steps of the outpatient system, and the claim of lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from codinglab.encounter.coded import ServiceLine
from codinglab.grouping.apc_tables import Apc, Service, Tables

Outcome = Literal["open", "paid", "packaged", "other schedule", "cost", "not paid", "denied"]
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class GroupedLine:
    """A line with its status and APC, and what becomes of it.

    `published` is the status indicator of the code, `status` the one that the claim gives it,
    `times` how many rates are paid (1.5 for a procedure on both sides), `into` the place of the
    line that packages this one, and `why` the reasons in the order of the steps. `outcome` is
    "open" only between the steps.
    """

    line: ServiceLine
    day: date
    units: int
    service: Service
    status: str
    apc: Apc | None = None
    outcome: Outcome = "open"
    times: Decimal = Decimal(0)
    into: str = ""
    why: tuple[str, ...] = ()

    @property
    def published(self) -> str:
        """Return the status indicator that the code has in the table."""
        return self.service.status

    @property
    def fraction(self) -> Decimal:
        """Return the part of units x rate that is paid: 0.5 of a lesser procedure."""
        return self.times / self.units

    @property
    def rate(self) -> Decimal:
        """Return the payment rate of the line's APC in dollars, 0 without one."""
        return self.apc.rate if self.apc else Decimal(0)

    @property
    def multiple(self) -> str:
        """Return `times` as text, without idle zeros."""
        return f"{self.times.normalize():f}"

    def is_open(self) -> bool:
        """Say whether no step has decided on the line yet."""
        return self.outcome == "open"

    def paid(self, apc: Apc, status: str, units: int, why: str) -> GroupedLine:
        """Return the line as paid by `apc`, as many rates as `units`."""
        times = _ONE * units
        return replace(
            self,
            status=status,
            apc=apc,
            outcome="paid",
            times=times,
            why=(*self.why, why),
        )

    def packaged(self, into: str, why: str) -> GroupedLine:
        """Return the line as packaged into the line at the place `into`."""
        return replace(
            self, status="N", apc=None, outcome="packaged", into=into, why=(*self.why, why)
        )

    def as_is(self, outcome: Outcome, why: str) -> GroupedLine:
        """Return the line with an `outcome` that pays nothing here."""
        return replace(self, outcome=outcome, why=(*self.why, why))

    def says(self, why: str) -> GroupedLine:
        """Return the line with one reason more."""
        return replace(self, why=(*self.why, why))

    def carries(self, modifiers: frozenset[str]) -> bool:
        """Say whether the line has one of the `modifiers`."""
        return not modifiers.isdisjoint(self.line.modifiers)


@dataclass(frozen=True, slots=True)
class Claim:
    """The lines of a claim in their order, and `open`: what could not be judged, in words."""

    lines: tuple[GroupedLine, ...]
    open: tuple[str, ...] = ()

    def each(self, change: Callable[[GroupedLine], GroupedLine]) -> Claim:
        """Return the claim with `change` made to every line."""
        return Claim(tuple(change(one) for one in self.lines), self.open)

    def each_open(self, change: Callable[[GroupedLine], GroupedLine]) -> Claim:
        """Return the claim with `change` made to the lines that no step has decided on."""
        lines = tuple(change(one) if one.outcome == "open" else one for one in self.lines)
        return Claim(lines, self.open)

    def asks(self, question: str) -> Claim:
        """Return the claim with one more thing that could not be judged."""
        return Claim(self.lines, (*self.open, question))

    def waiting(self, *statuses: str) -> tuple[GroupedLine, ...]:
        """Return the open lines that have one of the `statuses`."""
        return tuple(one for one in self.lines if one.is_open() and one.status in statuses)

    def paying(self, *statuses: str) -> tuple[GroupedLine, ...]:
        """Return the paid lines that have one of the `statuses`."""
        return tuple(one for one in self.lines if one.outcome == "paid" and one.status in statuses)


Step = Callable[[Claim, Tables], Claim]


def own_apc(line: GroupedLine, tables: Tables) -> Apc:
    """Return the APC of the line's code on its day; raises NotInTable where there is no rate."""
    return tables.at(line.day).apc(line.service.apc)


def dearest(lines: tuple[GroupedLine, ...], tables: Tables) -> GroupedLine:
    """Return the line whose APC has the highest rate, the first of equals."""
    return max(lines, key=lambda one: own_apc(one, tables).rate)
