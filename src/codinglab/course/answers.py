"""A coded encounter, or a biller's statements, as items that the grading core can compare."""

from __future__ import annotations

from collections.abc import Iterable

from codinglab.course.billing_statement import PAYER, Statement
from codinglab.encounter.coded import CodedEncounter, DecisionMaking, ServiceLine, VisitTime
from codinglab.grading.items import Item, Items, Part, References

DIAGNOSIS, LINE, VISIT_LEVEL = "diagnosis", "line", "visit level"
MODIFIERS, UNITS, PLACE, POINTERS = "modifiers", "units", "place of service", "pointers"
DECISION, TIME = "decision making", "time"


def items(coded: CodedEncounter) -> Items:
    """Return every diagnosis, service line and visit level of `coded` as one answered item."""
    diagnoses = tuple(
        Item(f"d{rank}", DIAGNOSIS, one.code, rank=rank, place=one.place)
        for rank, one in enumerate(coded.diagnoses, start=1)
    )
    lines = tuple(
        _line(f"l{number}", one, len(diagnoses)) for number, one in enumerate(coded.lines, start=1)
    )
    visit = (_visit_level(coded.visit),) if coded.visit else ()
    return diagnoses + lines + visit


def statements(said: Iterable[Statement]) -> Items:
    """Return every statement of a biller as one answered item; payers have their order."""
    found: list[Item] = []
    for number, one in enumerate(said, start=1):
        rank = 1 + sum(each.kind == PAYER for each in found) if one.kind == PAYER else 0
        parts = tuple(Part(name, values) for name, values in one.parts)
        found.append(Item(f"b{number}", one.kind, one.value, parts, (), rank, one.place))
    return tuple(found)


def _line(name: str, line: ServiceLine, diagnoses: int) -> Item:
    parts = [Part(MODIFIERS, frozenset(line.modifiers))]
    if line.units is not None:
        parts.append(Part(UNITS, frozenset({str(line.units)})))
    if line.place_of_service is not None:
        parts.append(Part(PLACE, frozenset({line.place_of_service})))
    pointers = tuple(f"d{n}" for n in line.pointers if n <= diagnoses)
    references = (References(POINTERS, pointers),)
    return Item(name, LINE, line.code, tuple(parts), references, place=line.place)


def _visit_level(visit: DecisionMaking | VisitTime) -> Item:
    if isinstance(visit, VisitTime):
        minutes = (Part("minutes", frozenset({str(visit.minutes)})),)
        return Item("v1", VISIT_LEVEL, TIME, minutes, place=visit.place)
    parts = tuple(
        Part(name, frozenset({getattr(visit, name)})) for name in ("problems", "data", "risk")
    )
    return Item("v1", VISIT_LEVEL, DECISION, parts, place=visit.place)
