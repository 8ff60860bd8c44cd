"""From a key and a variant's facts to what the grading core expects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from codinglab.core.tables import BadData
from codinglab.course import answers
from codinglab.course.billing_said import said
from codinglab.course.key import ItemFile, KeyFile, VisitFile, resolve
from codinglab.course.sources import cite
from codinglab.course.variants import Variant
from codinglab.encounter import em
from codinglab.grading.items import (
    Expected,
    ExpectedItem,
    ExpectedPart,
    ExpectedReferences,
    Near,
    Status,
)
from codinglab.grading.rubric import Rubric

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Key:
    """A key under one variant: the facts, the values in force, and the rubric's weights."""

    variant: Variant
    file: KeyFile
    rubric: Rubric
    values: dict[str, str]

    def weight(self, name: str) -> Fraction:
        return self.rubric.weight(name)


def visit_level(visit: VisitFile, facts: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return how the level of `visit` is reached under `facts`: the method, and its elements."""
    if visit.minutes is not None:
        return answers.TIME, {"minutes": resolve(visit.minutes, facts) or ""}
    values = {name: resolve(getattr(visit, name), facts) or "" for name in em.ELEMENTS}
    return answers.DECISION, values


def visit_code(visit: VisitFile, variant: Variant) -> str | None:
    """Return the visit code that the elements or the minutes lead to; None where no visit is."""
    family = resolve(visit.family, variant.fact)
    if family is None:
        return None
    method, values = visit_level(visit, variant.fact)
    if method == answers.TIME:
        return em.code_by_time(family, int(values["minutes"]), variant.case.day)
    return em.code_by_level(family, em.decision_making(**values), variant.case.day)


def _value(item: ItemFile, variant: Variant) -> str | None:
    if item.visit is not None:
        return visit_code(item.visit, variant)
    value = next(one for one in (item.dx, item.line, item.say, item.worked) if one is not None)
    return resolve(value, variant.fact)


def expected(variant: Variant, file: KeyFile, rubric: Rubric) -> Expected:
    """Return what `file` expects of an answer to `variant`, weighted by `rubric`.

    Raises BadData naming the case, the variant and the item when the key is at odds with itself.
    """
    here = f"key of {variant.case.slug}, variant {variant.number}"
    try:
        found = {name: _value(item, variant) for name, item in file.items.items()}
        values = {name: value for name, value in found.items() if value is not None}
        key = _Key(variant, file, rubric, values)
        wanted = [
            one
            for name in values
            for one in (
                said(variant, file.items[name], name, values, rubric)
                if file.items[name].is_said
                else [_item(key, name)]
            )
        ]
        grids = [_grid(key, name) for name in values if file.items[name].grid]
        return Expected(tuple(wanted + grids))
    except (ValueError, LookupError) as error:
        raise BadData(f"{here}: {error}") from error


def _item(key: _Key, name: str) -> ExpectedItem:
    item, facts = key.file.items[name], key.variant.fact
    reason = item.why if item.forbidden_because is None else item.forbidden_because
    status = Status.FORBIDDEN if item.forbidden_because is not None else Status(item.status)
    wanted = status is not Status.FORBIDDEN
    return ExpectedItem(
        id=name,
        kind=answers.LINE if item.is_line else answers.DIAGNOSIS,
        value=key.values[name],
        points=_points(key, item),
        status=status,
        parts=_parts(key, item) if item.is_line and wanted else (),
        references=_pointers(key, item) if item.is_line and wanted else (),
        accepted=tuple(one for value in item.accepted if (one := resolve(value, facts))),
        near=_near(key, name),
        first=item.first,
        before=tuple(one for one in item.before if one in key.values),
        evidence=_evidence(item, facts),
        why=" ".join([resolve(reason, facts) or "", *_meat(key, item)]),
        cites=tuple(cite(one) for one in item.cites),
        critical=item.critical,
        error_class=item.error,
    )


def _evidence(item: ItemFile, facts: dict[str, str]) -> tuple[str, ...]:
    """Return the spans that the key names, those of MEAT among them, each once."""
    meat = item.meat.at(facts) if item.meat else {}
    named = (*item.evidence, *(span for spans in meat.values() for span in spans))
    return tuple(dict.fromkeys(named))


def _meat(key: _Key, item: ItemFile) -> Iterator[str]:
    """Yield, for each element of MEAT, what the record says: 'Treated: "Inhaler refilled".'."""
    if item.meat is None:
        return
    chart = key.variant.chart
    for element, spans in item.meat.at(key.variant.fact).items():
        said = "; ".join(f'"{text}"' for span in spans for _, text in chart.evidence(span) if text)
        yield f"{element.capitalize()}: {said}."


def _points(key: _Key, item: ItemFile) -> Fraction:
    if item.is_line:
        return key.weight("visit" if item.visit else "procedure")
    return key.weight("first-listed" if item.first else "diagnosis")


def _near(key: _Key, name: str) -> tuple[Near, ...]:
    item, facts, own = key.file.items[name], key.variant.fact, key.values[name]
    listed = [
        Near(code, near.credit, near.error, near.why)
        for near in item.near
        if (code := resolve(near.code, facts)) is not None and code != own
    ]
    if item.visit is not None:
        family = resolve(item.visit.family, facts) or ""
        codes = {near.value for near in listed}
        steps = em.neighbours(family, own, key.variant.case.day)
        listed += [_level_near(key, code, step) for code, step in steps if code not in codes]
    return tuple(listed)


def _level_near(key: _Key, code: str, step: int) -> Near:
    """Return the near miss of a level `step` off: too high earns less, two off earn nothing."""
    side = "over" if step > 0 else "under"
    credit = key.weight(f"visit one level {side}") if abs(step) == 1 else NOTHING
    direction = "higher" if step > 0 else "lower"
    return Near(
        code,
        credit,
        f"visit level {side}-coded",
        f"{code} is {direction} than the record supports.",
    )


def _parts(key: _Key, item: ItemFile) -> tuple[ExpectedPart, ...]:
    facts = key.variant.fact
    modifiers = frozenset(one for value in item.modifiers if (one := resolve(value, facts)))
    units = resolve(item.units, facts) if item.units is not None else None
    return (
        ExpectedPart(
            answers.MODIFIERS,
            modifiers,
            key.weight("modifier") * len(modifiers),
            optional=frozenset(item.may_have),
        ),
        ExpectedPart(answers.UNITS, frozenset({units or "1"}), key.weight("units")),
        ExpectedPart(
            answers.PLACE,
            frozenset(),
            NOTHING,
            optional=frozenset({key.variant.case.file.place_of_service}),
        ),
    )


def _pointers(key: _Key, item: ItemFile) -> tuple[ExpectedReferences, ...]:
    here = frozenset(key.values)
    required = frozenset(item.points_to) & here
    allowed = frozenset(item.may_point_to) & here
    primary = frozenset(item.primary) & here
    points = key.weight("pointer") if required | primary else NOTHING
    return (ExpectedReferences(answers.POINTERS, required, points, allowed | primary, primary),)


def _grid(key: _Key, name: str) -> ExpectedItem:
    item = key.file.items[name]
    assert item.visit is not None
    method, values = visit_level(item.visit, key.variant.fact)
    return ExpectedItem(
        id=f"{name} level",
        kind=answers.VISIT_LEVEL,
        value=method,
        points=NOTHING,
        status=Status(item.grid),
        parts=tuple(
            ExpectedPart(part, frozenset({value}), key.weight("visit element"))
            for part, value in values.items()
        ),
        evidence=item.evidence,
        why=resolve(item.why, key.variant.fact) or "",
        cites=tuple(cite(one) for one in item.cites),
    )
