"""The reference answer of a variant, written as the worksheet a trainee would write."""

from __future__ import annotations

from codinglab.core.tables import BadData
from codinglab.course import answers
from codinglab.course.billing_key import written
from codinglab.course.billing_statement import KINDS, PAYER
from codinglab.encounter.coded import POINTER_LETTERS
from codinglab.grading.items import Expected, ExpectedItem, ExpectedReferences, Status

_POINTERS = 4  # CMS-1500 item 24E


def worksheet(wanted: Expected, instead: dict[str, str] | None = None) -> str:
    """Return the worksheet that gives every required item of `wanted`, one statement a line.

    `instead` names other values for some items, by their id: the near misses that `check` tries.
    Raises BadData when no order of the diagnoses keeps every `before` of the key.
    """
    changed = instead or {}
    required = [one for one in wanted.items if one.status is Status.REQUIRED]
    diagnoses = _in_sequence([one for one in required if one.kind == answers.DIAGNOSIS])
    letters = {
        one.id: POINTER_LETTERS[n] for n, one in enumerate(diagnoses[: len(POINTER_LETTERS)])
    }
    lines = [f"dx {changed.get(one.id, one.value)}" for one in diagnoses]
    for one in required:
        if one.kind == answers.LINE:
            lines.append(_line(one, changed.get(one.id, one.value), letters))
        elif one.kind == answers.VISIT_LEVEL:
            lines.append(_visit_level(one))
    lines += [written(one) for one in required if one.kind in KINDS and one.kind != PAYER]
    lines += map(written, _in_sequence([one for one in required if one.kind == PAYER]))
    return "".join(f"{line}\n" for line in lines)


def _in_sequence(items: list[ExpectedItem]) -> list[ExpectedItem]:
    """Return the diagnoses with a first-listed one first and every `before` kept."""
    waiting, placed = list(items), list[ExpectedItem]()
    firsts = [one for one in items if one.first]
    while waiting:
        free = [one for one in waiting if not any(one.id in other.before for other in waiting)]
        if not free:
            names = ", ".join(one.id for one in waiting)
            raise BadData(f"'before' runs in a circle among {names}; take one of them out")
        wished = [one for one in free if one in firsts] if not placed else []
        chosen = (wished or free)[0]
        placed.append(chosen)
        waiting.remove(chosen)
    return placed


def _values(one: ExpectedItem, name: str) -> list[str]:
    return sorted(value for part in one.parts if part.name == name for value in part.values)


def _line(one: ExpectedItem, code: str, letters: dict[str, str]) -> str:
    joined = "-".join([code, *_values(one, answers.MODIFIERS)])
    units = "".join(f" x{value}" for value in _values(one, answers.UNITS))
    return f"line {joined}{units}{_targets(one.references, letters)}"


def _targets(references: tuple[ExpectedReferences, ...], letters: dict[str, str]) -> str:
    """Return the pointers, one that may stand first in front, within four."""
    for one in references:
        here = one.required & letters.keys()
        first = sorted(
            (here & one.primary) or (one.primary & letters.keys()), key=letters.__getitem__
        )[:1]
        wanted = [*first, *sorted(here - set(first), key=letters.__getitem__)]
        if wanted:
            return " dx " + ",".join(letters[name] for name in wanted[:_POINTERS])
    return ""


def _visit_level(one: ExpectedItem) -> str:
    values = {part.name: value for part in one.parts for value in part.values}
    if one.value == answers.TIME:
        return f"em time {values['minutes']}"
    return f"em mdm {values['problems']}/{values['data']}/{values['risk']}"
