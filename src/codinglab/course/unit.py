"""A unit: a lesson with the cases that belong to it; one unit is one nbgrader assignment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_text, read_yaml
from codinglab.course.case import load

_MARK = re.compile(r"^<!-- (case|view): ([a-z0-9-]+) -->$", re.MULTILINE)


class UnitCase(Row):
    """A case in a unit: the family, which variant everybody gets, and the points it carries."""

    case: str
    variant: int = Field(ge=1)
    points: int = Field(ge=1, le=100)


class UnitFile(Row):
    """The fields of unit.yml; `book_only` takes the code search away, as an examination does."""

    title: str
    use: Literal["practice", "graded"]
    summary: str
    minutes: int = Field(ge=1)
    book_only: bool = False
    cases: tuple[UnitCase, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class UnitView:
    """A place in a lesson for something to look at that is no case, by its name in `lab.build`."""

    view: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its slug (the folder's name and the assignment's), unit.yml, and lesson.md."""

    slug: str
    file: UnitFile
    lesson: str

    @property
    def parts(self) -> tuple[tuple[str, UnitCase | UnitView | None], ...]:
        """Return the lesson cut at its marks: (text, the case or view that follows or None)."""
        pieces = _MARK.split(self.lesson)
        by_name = {one.case: one for one in self.file.cases}
        marks = zip(pieces[1::3], pieces[2::3], strict=True)
        follow = [by_name[name] if kind == "case" else UnitView(name) for kind, name in marks]
        return tuple(
            zip((text.strip() for text in pieces[::3]), [*follow, None], strict=True),
        )

    def case(self, slug: str) -> UnitCase:
        """Return the entry of the case `slug`; raises BadData when it is not in this unit."""
        for one in self.file.cases:
            if one.case == slug:
                return one
        raise BadData(f"case {slug!r} is not in unit {self.slug}")


def units_folder() -> Path:
    """Return the folder that holds one folder a unit."""
    return data_folder("curriculum") / "units"


def unit_slugs() -> tuple[str, ...]:
    """Return the slugs of all units, in teaching order."""
    return tuple(sorted(path.parent.name for path in units_folder().glob("*/unit.yml")))


@lru_cache(maxsize=64)
def load_unit(slug: str) -> Unit:
    """Return the unit `slug`.

    Raises BadData when there is none of that name, when lesson and unit.yml name different
    cases, or when a case's use is not the unit's.
    """
    if slug not in unit_slugs():
        raise BadData(f"there is no unit {slug!r}; the units are: {', '.join(unit_slugs())}")
    folder = units_folder() / slug
    unit = Unit(slug, read_yaml(folder / "unit.yml", UnitFile), read_text(folder / "lesson.md"))
    named = [name for kind, name in _MARK.findall(unit.lesson) if kind == "case"]
    listed = [one.case for one in unit.file.cases]
    if named != listed:
        raise BadData(f"{folder}: lesson.md places the cases {named}, unit.yml lists {listed}")
    for name in listed:
        if listed.count(name) > 1:
            raise BadData(f"{folder}: case {name} stands twice; a unit has one variant of a case")
        if load(name).file.use != unit.file.use:
            raise BadData(
                f"{folder}: case {name} is for {load(name).file.use}, not {unit.file.use}"
            )
    return unit


def first_graded() -> str:
    """Return the slug of the first graded unit; raises BadData when there is none."""
    for slug in unit_slugs():
        if load_unit(slug).file.use == "graded":
            return slug
    raise BadData("this curriculum has no graded unit")
