"""The worked level of a visit, as a review shows it: a table of cells, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from codinglab.encounter.em_grid import Cell, WorkedTime
from codinglab.encounter.em_worked import WorkedCode, WorkedVisit

CAPTION = "Level of the visit, worked"
HEADS = ("Element", "Level", "Why", "Counted", "Not counted", "Contested")


def rows(one: WorkedVisit) -> tuple[tuple[str, ...], ...]:
    """Return the table: a row an element, one for what two of three reach, one for the time."""
    found = [_row(cell) for cell in (one.grid.cells if one.grid else ())]
    if one.grid:
        found.append(("two of three", one.grid.level, "the middle one of the three", "", "", ""))
    if one.time:
        found.append(_time(one.time))
    return (*found, *map(_code, one.codes))


def _row(cell: Cell) -> tuple[str, ...]:
    texts = (cell.counted, cell.not_counted, cell.contested)
    return (cell.element, cell.level, cell.reason, *("; ".join(text) for text in texts))


def _time(time: WorkedTime) -> tuple[str, ...]:
    why = "the practitioner's own minutes on the date of the visit"
    counted, left = "; ".join(time.counted), "; ".join(time.not_counted)
    return ("time", f"{time.minutes} minutes", why, counted, left, "")


def _code(one: WorkedCode) -> tuple[str, ...]:
    ways = {"decision making": one.by_decision, "time": one.by_time}
    why = ", ".join(f"{code} by {way}" for way, code in ways.items() if code) or "nothing reached"
    return (f"{one.place}, billed {one.code}", one.right or "no code", why, "", "", "")


def lines(one: WorkedVisit) -> Iterator[str]:
    """Yield the table as lines of text, what counted and what did not below each element."""
    yield CAPTION
    for first, level, why, *more in rows(one):
        yield f"  {first:<14} {level:<16} {why}"
        for name, text in zip(HEADS[3:], more, strict=True):
            if text:
                yield f"    {name.lower()}: {text}"


def as_json(one: WorkedVisit) -> Mapping[str, object]:
    """Return the worked level with stable keys; None where one way was not told."""
    return {
        "elements": [_cell_json(cell) for cell in one.grid.cells] if one.grid else None,
        "decision_making": one.grid.level if one.grid else None,
        "time": _time_json(one.time) if one.time else None,
        "codes": [
            {
                "place": each.place,
                "billed": each.code,
                "family": each.family,
                "by_decision_making": each.by_decision or None,
                "by_time": each.by_time or None,
                "reached": each.right or None,
                "steps_above": each.steps,
            }
            for each in one.codes
        ],
    }


def _cell_json(cell: Cell) -> dict[str, object]:
    return {
        "element": cell.element,
        "level": cell.level,
        "reason": cell.reason,
        "counted": list(cell.counted),
        "not_counted": list(cell.not_counted),
        "contested": list(cell.contested),
    }


def _time_json(time: WorkedTime) -> dict[str, object]:
    return {
        "minutes": time.minutes,
        "counted": list(time.counted),
        "not_counted": list(time.not_counted),
    }
