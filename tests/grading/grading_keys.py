"""Short forms in which the tests write answers, keys and the policy."""

from fractions import Fraction

from codinglab.core.cite import Cite
from codinglab.grading.items import (
    Expected,
    ExpectedItem,
    ExpectedPart,
    ExpectedReferences,
    Item,
    Near,
    Part,
    Policy,
    References,
)

F = Fraction
CITE = Cite("ICD-10-CM guidelines", "FY2026", "I.C.4.a")
POLICY = Policy(
    kind_points={"diagnosis": F(1), "line": F(2)},
    extra_item=F(1, 2),
    forbidden_item=F(1),
    first_points=F(2),
    before_points=F(1),
    extra_part=F(1, 2),
    extra_part_points=F(1, 2),
)


def dx(rank, value, name=None):
    """A written diagnosis in place `rank`."""
    return Item(name or f"d{rank}", "diagnosis", value, rank=rank, place=f"line {rank}")


def line(number, value, modifiers=(), units="1", pointers=()):
    """A written service line."""
    parts = (Part("modifiers", frozenset(modifiers)), Part("units", frozenset({units})))
    return Item(
        f"l{number}",
        "line",
        value,
        parts,
        (References("pointers", tuple(pointers)),),
        place=f"line {number}",
    )


def want_dx(name, value, points=1, **more):
    """An expected diagnosis."""
    return ExpectedItem(name, "diagnosis", value, F(points), **more)


def want_line(  # noqa: PLR0913  a line has as many fields
    name, value, *, modifiers=(), units="1", to=(), primary=(), **more
):
    """An expected line: 2 points, 1 for each modifier, 1 for units, 1/2 for pointers."""
    required = frozenset(to)
    parts = (
        ExpectedPart("modifiers", frozenset(modifiers), F(len(modifiers))),
        ExpectedPart("units", frozenset({units}), F(1)),
    )
    pointers = ExpectedReferences(
        "pointers", required, F(1, 2) if required else F(0), required, frozenset(primary)
    )
    return ExpectedItem(name, "line", value, F(2), parts=parts, references=(pointers,), **more)


def key(*items):
    """A key."""
    return Expected(tuple(items))


def near(value, credit="1/2", error_class="specificity"):
    """A near miss worth `credit`."""
    return Near(value, F(credit), error_class, f"{value} is less specific than the record.")


def by_value(marking):
    """The marks by the value they are about: the answered one, else the expected one."""
    return {(mark.answer or mark.expected).value: mark for mark in marking.marked}
