"""One claim (or one payment) of a transaction as rules with code sets look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codinglab.codes.icd10cm_compile import dotted
from codinglab.x12.loops import Loop, TransactionTree, WireSegment
from codinglab.x12.values import day_of

SERVICE = "472"
_HCPCS = "HC"
_PROCEDURE_AT = {"SV1": 1, "SV2": 2}
_HEADS = {"2300": "CLM", "2100": "CLP"}


@dataclass(frozen=True, slots=True)
class WireCode:
    """A coded value of a composite: qualifier, code, where it stands, and all components."""

    qualifier: str
    code: str
    segment: WireSegment
    at: int
    parts: tuple[str, ...]

    def element(self, component: int) -> str:
        """Return the name of a component: "HI01-2"."""
        return f"{self.segment.name}{self.at:02}-{component}"


class WireLine:
    """A service line: its loop, its service segment and its first day (None where not dated).

    `procedure_at` is the place of the procedure in the service segment, `procedure` its components
    (qualifier, code, modifiers, description), `code` the one by HCPCS or CPT, blank where there is
    none, and `modifiers` those that are not blank.
    """

    __slots__ = ("code", "day", "loop", "modifiers", "procedure", "procedure_at", "service")

    def __init__(self, loop: Loop, service: WireSegment, day: date | None) -> None:
        """Split the procedure of the service segment."""
        self.loop, self.service, self.day = loop, service, day
        self.procedure_at = _PROCEDURE_AT[service.name]
        self.procedure = service.parts(self.procedure_at)
        coded = len(self.procedure) > 1 and self.procedure[0] == _HCPCS
        self.code = self.procedure[1] if coded else ""
        self.modifiers = tuple(one for one in self.procedure[2:6] if one)


class WireClaim:
    """One claim of an 837 or one payment of an 835, with the transaction above it.

    `first_day` and `last_day` are those of the statement, else of the lines.
    """

    __slots__ = (
        *("_codes", "_named", "first_day", "head", "insurance", "last_day", "lines", "loop"),
        *("payer", "tree"),
    )

    def __init__(self, tree: TransactionTree, loop: Loop, head: WireSegment) -> None:
        """Gather what rules ask for in one pass."""
        self.tree, self.loop, self.head = tree, loop, head
        self._named: dict[str, list[tuple[Loop, WireSegment]]] = {}
        for where, one in tree.root.walk():
            self._named.setdefault(one.elements[0], []).append((where, one))
        self.lines = tuple(_lines(loop))
        self._codes = tuple(_codes(loop))
        days = [one.day for one in self.lines if one.day]
        first, last = _period(loop.first("DTP", "434"))
        self.first_day = first or min(days, default=None)
        self.last_day = last or max(days, default=None)
        self.payer = self.beside("NM1", "2010BB")
        self.insurance = self.beside("SBR", "2000B")

    @classmethod
    def of(cls, tree: TransactionTree) -> WireClaim | None:
        """Return the one claim in `tree`, None where it has none."""
        name = "2100" if tree.kind == "835" else "2300"
        loop = tree.loop(name)
        head = loop.first(_HEADS[name]) if loop else None
        return None if loop is None or head is None else cls(tree, loop, head)

    @property
    def account(self) -> str:
        """Return the patient control number."""
        return self.head.get(1)

    @property
    def filing(self) -> str:
        """Return the claim filing indicator, blank where there is none."""
        return self.insurance.get(9) if self.insurance else ""

    @property
    def place(self) -> str:
        """Return CLM05-1: place of service, or the first digits of the type of bill."""
        return self.head.part(5, 1)

    def every(self, *names: str) -> Iterator[tuple[Loop, WireSegment]]:
        """Yield all segments with one of the `names`, each with its loop, those above included."""
        for name in names:
            yield from self._named.get(name, ())

    def beside(self, name: str, loop: str) -> WireSegment | None:
        """Return the first segment `name` in a loop called `loop`, None where there is none."""
        return next((one for where, one in self.every(name) if where.id == loop), None)

    def coded(self, *qualifiers: str) -> Iterator[WireCode]:
        """Yield the values of the HI segments under one of the `qualifiers`, in order."""
        for one in self._codes:
            if one.qualifier in qualifiers:
                yield one


def _codes(loop: Loop) -> Iterator[WireCode]:
    for segment in loop.all("HI"):
        for at in range(1, len(segment.elements)):
            parts = segment.parts(at)
            if len(parts) > 1:
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
