"""The grid of medical decision making, worked from its pieces: what counted, what not, and why.

Source: CPT evaluation and management guidelines of 2021 and 2023, in our own words. The level of
each kind of problem and risk, and how much data a level needs, stand in code_sets/visit_levels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from codinglab.codes import visit_grid
from codinglab.encounter.em import LEVELS, decision_making
from codinglab.encounter.em_data import DataCount, count
from codinglab.encounter.em_elements import Decision, Problem, Reports, RiskDecision, Spent

_NOT_OWN = {
    "staff": "staff's time",
    "separate service": "billed as a service of its own",
    "another day": "not on the date of the visit",
    "teaching": "teaching that is not about this patient",
    "travel": "travel",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One element of the grid, worked: its level, the `reason`, and what counted and did not.

    `contested` says what others count otherwise.
    """

    element: str
    level: str
    reason: str
    counted: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Three cells and the level that two of them reach."""

    problems: Cell
    data: Cell
    risk: Cell

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        """Return the three cells in their usual order."""
        return (self.problems, self.data, self.risk)

    @property
    def level(self) -> str:
        """Return the level that at least two of the three elements reach."""
        return decision_making(self.problems.level, self.data.level, self.risk.level)


@dataclass(frozen=True, slots=True)
class WorkedTime:
    """The minutes of the practitioner on the date of the visit, and what was left out and why."""

    minutes: int
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]


def highest(levels: Sequence[str]) -> str:
    """Return the highest of the levels, straightforward where there are none."""
    return max(levels, key=LEVELS.index, default=LEVELS[0])


def problems(found: Sequence[Problem], day: date) -> Cell:
    """Return the level of the problems addressed: the highest that one, or several alike, reach."""
    addressed = [one for one in found if not one.not_addressed]
    left = tuple(f"{one.what}: {one.not_addressed}" for one in found if one.not_addressed)
    reached = list(_of_problems(addressed, day))
    level = highest([one for one, _ in reached])
    reason = next((why for one, why in reached if one == level), "no problem was addressed")
    counted = tuple(f"{one.what} ({one.kind})" for one in addressed)
    return Cell("problems", level, reason, counted, left)


def _of_problems(addressed: Sequence[Problem], day: date) -> Iterator[tuple[str, str]]:
    for kind in dict.fromkeys(one.kind for one in addressed):
        row = visit_grid.problem(kind, day)
        alike = {one.what.strip().casefold() for one in addressed if one.kind == kind}
        if row.several and len(alike) > 1:
            yield row.several, f"{len(alike)} of the kind: {row.label}"
        else:
            yield row.level, row.label


def risk(found: Sequence[RiskDecision], day: date) -> Cell:
    """Return the level of the risk: the highest among the decisions that were made."""
    rows = [(one, visit_grid.risk(one.kind, day)) for one in found]
    level = highest([row.level for _, row in rows])
    highest_ones = [row for _, row in rows if row.level == level]
    reason = highest_ones[0].label if highest_ones else "no decision with a risk of its own"
    counted = tuple(f"{one.what} ({one.kind})" for one, row in rows if row.level == level)
    lower = tuple(f"{one.what}: {row.level}, lower" for one, row in rows if row.level != level)
    contested = tuple(dict.fromkeys(row.contested for row in highest_ones if row.contested))
    return Cell("risk", level, reason, counted, lower, contested)


def data(found: DataCount, day: date) -> Cell:
    """Return the level of the data: the highest for which enough categories are met."""
    level, reason = LEVELS[0], "less than low needs: " + _of_category_1(found.items, None)
    for row in visit_grid.data(day):
        met = list(_categories(found, row))
        if len(met) >= row.categories:
            level, reason = row.code, " and ".join(met)
    return Cell("data", level, reason, found.counted, found.not_counted, found.contested)


def _categories(found: DataCount, row: visit_grid.DataRow) -> Iterator[str]:
    """Yield the categories that the data meet for the level of `row`."""
    apart = row.historian == "apart"
    items = found.items + (0 if apart else found.historian)
    if items >= row.items:
        yield _of_category_1(items, row.items)
    if apart and found.historian:
        yield "category 2: an account by another person"
    if not apart and found.readings:
        yield "category 2: own reading of a test"
    if not apart and found.discussions:
        yield "category 3: discussion with an outside professional"


def _of_category_1(items: int, needed: int | None) -> str:
    of = "" if needed is None else f" of {needed} needed"
    return f"category 1: {items} {'piece' if items == 1 else 'pieces'}{of}"


def grid(made: Decision, reported: Mapping[str, Reports], day: date) -> Grid:
    """Return the grid of a visit's decision making on `day`.

    `reported` says what the same practitioner bills of each test beside the visit, by its code; a
    test whose reading is billed is not data of the visit. Raises NotInForce for a day without
    visit levels.
    """
    return Grid(
        problems(made.problems, day),
        data(count(made.data, reported, day), day),
        risk(made.risk, day),
    )


def worked_time(spent: Sequence[Spent]) -> WorkedTime:
    """Return the minutes that count: the practitioner's own, on the date of the visit."""
    own = [one for one in spent if one.of == "practitioner"]
    left = [one for one in spent if one.of != "practitioner"]
    return WorkedTime(
        sum(one.minutes for one in own),
        tuple(f"{one.what}: {one.minutes}" for one in own),
        tuple(f"{one.what}: {one.minutes}, {_NOT_OWN[one.of]}" for one in left),
    )
