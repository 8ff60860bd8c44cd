"""One claim (or one payment) of a transaction as rules with code sets look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codinglab.codes.icd10cm_compile import dotted
from codinglab.x12.loops import Loop, TransactionTree, WireSegment
from codinglab.x12.values import day_of

SERVICE = "472"
_PROCEDURE_AT = {"SV1": 1, "SV2": 2}
_HEADS = {"2300": "CLM", "2100": "CLP"}


@dataclass(frozen=True, slots=True)
class WireCode:
    """A coded value of a composite: its qualifier, itself, where it stands, its later components."""

    qualifier: str
    code: str
    segment: WireSegment
    at: int
    parts: tuple[str, ...]

    def element(self, component: int) -> str:
        """Return the name of a component: "HI01-2"."""
        return f"{self.segment.name}{self.at:02}-{component}"


@dataclass(frozen=True, slots=True)
class WireLine:
    """A service line: its loop, its service segment and its first day (None where not dated)."""

    loop: Loop
    service: WireSegment
    day: date | None

    @property
    def procedure_at(self) -> int:
        """Return the place of the procedure in the service segment."""
        return _PROCEDURE_AT[self.service.name]

    @property
    def procedure(self) -> list[str]:
        """Return the components of the procedure: qualifier, code, modifiers, description."""
        return self.service.parts(self.procedure_at)

    @property
    def code(self) -> str:
        """Return the procedure code by HCPCS (or CPT), blank where there is none."""
        parts = self.procedure
        return parts[1] if len(parts) > 1 and parts[0] == "HC" else ""

    @property
    def modifiers(self) -> tuple[str, ...]:
        """Return the modifiers that are not blank."""
        return tuple(one for one in self.procedure[2:6] if one)


@dataclass(frozen=True, slots=True)
class WireClaim:
    """One claim of an 837 or one payment of an 835, with the transaction above it."""

    tree: TransactionTree
    loop: Loop
    head: WireSegment
    lines: tuple[WireLine, ...]

    @classmethod
    def of(cls, tree: TransactionTree) -> WireClaim | None:
        """Return the one claim in `tree`, None where it has none."""
        name = "2100" if tree.kind == "835" else "2300"
        loop = tree.loop(name)
        head = loop.first(_HEADS[name]) if loop else None
        if loop is None or head is None:
            return None
        return cls(tree, loop, head, tuple(_lines(loop)))

    @property
    def account(self) -> str:
        """Return the patient control number."""
        return self.head.get(1)

    @property
    def statement(self) -> tuple[date | None, date | None]:
        """Return first and last day of the statement (DTP 434), None where there is none."""
        return _period(self.loop.first("DTP", "434"))

    @property
    def first_day(self) -> date | None:
        """Return the first day of the claim: of its statement, else of its lines."""
        days = [one.day for one in self.lines if one.day]
        return self.statement[0] or min(days, default=None)

    @property
    def last_day(self) -> date | None:
        """Return the last day of the statement, else the last first day of a line."""
        days = [one.day for one in self.lines if one.day]
        return self.statement[1] or max(days, default=None)

    @property
    def payer(self) -> WireSegment | None:
        """Return NM1 of the payer to whom the claim goes (2010BB)."""
        loop = self.tree.loop("2010BB")
        return loop.first("NM1") if loop else None

    @property
    def insurance(self) -> WireSegment | None:
        """Return SBR of the subscriber (2000B)."""
        loop = self.tree.loop("2000B")
        return loop.first("SBR") if loop else None

    @property
    def filing(self) -> str:
        """Return the claim filing indicator, blank where there is none."""
        found = self.insurance
        return found.get(9) if found else ""

    @property
    def place(self) -> str:
        """Return CLM05-1: place of service, or the first digits of the type of bill."""
        return self.head.part(5, 1)

    def coded(self, *qualifiers: str) -> Iterator[WireCode]:
        """Yield the values of the HI segments under one of the `qualifiers`, in order."""
        for segment in self.loop.all("HI"):
            for at in range(1, len(segment.elements)):
                parts = segment.parts(at)
                if len(parts) > 1 and parts[0] in qualifiers:
                    yield WireCode(parts[0], parts[1], segment, at, tuple(parts))


def _period(segment: WireSegment | None) -> tuple[date | None, date | None]:
    if segment is None:
        return None, None
    first, _, last = segment.get(3).partition("-")
    return day_of(first), day_of(last or first)


def _lines(claim: Loop) -> Iterator[WireLine]:
    for loop in claim.loops_of("2400"):
        service = loop.first("SV1") or loop.first("SV2")
        if service:
            yield WireLine(loop, service, _period(loop.first("DTP", SERVICE))[0])


def written(code: str) -> str:
    """Return a diagnosis code of the wire with its dot."""
    return dotted(code)
