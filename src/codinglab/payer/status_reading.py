"""A 277 as values: every status of a claim, of a line, or of the question itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from codinglab.payer.eligibility_reading import period, who
from codinglab.x12.loops import Loop, TransactionTree, WireSegment
from codinglab.x12.values import decimal_of

_STATUSES = (1, 10, 11)  # the elements of STC that hold a status


_PERSONS = {"2000D": "2100D", "2000E": "2100E"}


@dataclass(frozen=True, slots=True)
class ToldStatus:
    """One status: what it is about, its category, code and entity, and its amounts.

    `of` is the loop (2200B question, 2200C provider, 2200D and 2200E claim, 2220D and 2220E
    line). `references` are numbers by qualifier (1K the payer's, EJ the account). Amounts are in
    dollars, None where the payer is silent.
    """

    of: str
    patient: str
    category: str
    code: str
    entity: str
    day: str
    charge: Decimal | None
    paid: Decimal | None
    decided: str
    check_day: str
    check: str
    service: str
    references: tuple[tuple[str, str], ...]
    procedure: str
    message: str


def statuses(tree: TransactionTree) -> Iterator[ToldStatus]:
    """Yield every status of the 277 in `tree`, those of a line after those of its claim."""
    yield from _below(tree.root, "")


def _below(loop: Loop, patient: str) -> Iterator[ToldStatus]:
    for one in loop.loops:
        inner = _PERSONS.get(one.id)
        name = who(one.loop(inner)) if inner else patient
        for stc in one.all("STC"):
            for at in _STATUSES:
                if stc.parts(at):
                    yield _told(one, stc, at, name)
        yield from _below(one, name)


def _told(loop: Loop, stc: WireSegment, at: int, patient: str) -> ToldStatus:
    service, line = loop.first("DTP", "472"), loop.first("SVC")
    charge = decimal_of(stc.get(4)) if stc.get(4) or line is None else decimal_of(line.get(2))
    paid = decimal_of(stc.get(5)) if stc.get(5) or line is None else decimal_of(line.get(3))
    return ToldStatus(
        loop.id,
        patient,
        stc.part(at, 1),
        stc.part(at, 2),
        stc.part(at, 3),
        period(stc.get(2)),
        charge,
        paid,
        period(stc.get(6)),
        period(stc.get(8)),
        stc.get(9),
        period(service.get(3)) if service else "",
        tuple((one.get(1), one.get(2)) for one in loop.all("REF")),
        line.part(1, 2) if line else "",
        stc.get(12),
    )
