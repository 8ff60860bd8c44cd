"""A key: what a case's right answer is, as plain tables over its facts.

A value is a text, or a table `{by: [facts], values: {...}}` whose rows name each fact's value in
that order ("3a, yes"), with `|` between values that share a row. `none` means: not in this
variant. Nothing is evaluated.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from codinglab.core.places import key_file
from codinglab.core.tables import BadData, Row, read_yaml
from codinglab.course.case import load
from codinglab.course.risk_terms import MEAT

NONE = "none"


class Table(Row):
    """A value that depends on facts."""

    by: tuple[str, ...] = Field(min_length=1)
    values: dict[str, str] = Field(min_length=1)

    def at(self, facts: dict[str, str]) -> str:
        """Return the one value whose row fits `facts`.

        Raises BadData when a fact is unknown, or not exactly one row fits.
        """
        if missing := [name for name in self.by if name not in facts]:
            raise BadData(f"by: {missing} is no fact of this case; its facts: {sorted(facts)}")
        asked = [facts[name] for name in self.by]
        found = [value for row, value in self.values.items() if self._fits(row, asked)]
        if len(found) != 1:
            raise BadData(
                f"{len(found)} rows fit {dict(zip(self.by, asked, strict=True))}; write one"
            )
        return found[0]

    def _fits(self, row: str, asked: list[str]) -> bool:
        cells = [cell.strip().split("|") for cell in row.split(",")]
        if len(cells) != len(self.by):
            raise BadData(f"row {row!r} has {len(cells)} cells; 'by' names {len(self.by)} facts")
        return all(value in cell for value, cell in zip(asked, cells, strict=True))


Value = str | Table


def resolve(value: Value, facts: dict[str, str]) -> str | None:
    """Return what `value` is under `facts`; None where it says `none`."""
    text = value if isinstance(value, str) else value.at(facts)
    return None if text == NONE else text


class NearFile(Row):
    """A near miss the key lists: its code, share of the points, error class and reason."""

    code: Value
    credit: Fraction = Field(ge=0, lt=1)
    error: str
    why: str


class VisitFile(Row):
    """An evaluation and management visit, whose code follows from its elements or its minutes."""

    family: Value
    problems: Value | None = None
    data: Value | None = None
    risk: Value | None = None
    minutes: Value | None = None

    @model_validator(mode="after")
    def _one_method(self) -> VisitFile:
        elements = [self.problems, self.data, self.risk]
        if (self.minutes is None) == (None in elements):
            raise ValueError("give problems, data and risk, or minutes, not both and not a part")
        return self


class MeatFile(Row):
    """The spans of the record that monitor, evaluate, assess or treat a diagnosis (MEAT)."""

    monitored: tuple[Value, ...] = ()
    evaluated: tuple[Value, ...] = ()
    assessed: tuple[Value, ...] = ()
    treated: tuple[Value, ...] = ()

    def at(self, facts: dict[str, str]) -> dict[str, tuple[str, ...]]:
        """Return the names of the spans under `facts`, by each element that has any."""
        named = {
            element: tuple(
                one for value in getattr(self, element) if (one := resolve(value, facts))
            )
            for element in MEAT
        }
        return {element: spans for element, spans in named.items() if spans}


class ItemFile(Row):
    """One entry of a key; see docs/cases.md for each field."""

    dx: Value | None = None
    line: Value | None = None
    visit: VisitFile | None = None
    say: Value | None = None
    worked: Value | None = None
    status: Literal["required", "optional"] = "required"
    forbidden_because: Value | None = None
    error: str = ""
    grid: Literal["required", "optional"] | None = None
    first: bool = False
    before: tuple[str, ...] = ()
    modifiers: tuple[Value, ...] = ()
    may_have: tuple[str, ...] = ()
    units: Value | None = None
    points_to: tuple[str, ...] = ()
    may_point_to: tuple[str, ...] = ()
    primary: tuple[str, ...] = ()
    accepted: tuple[Value, ...] = ()
    near: tuple[NearFile, ...] = ()
    critical: bool = False
    evidence: tuple[str, ...] = ()
    meat: MeatFile | None = None
    why: Value = ""
    cites: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> ItemFile:
        kinds = [self.dx, self.line, self.visit, self.say, self.worked]
        if sum(one is not None for one in kinds) != 1:
            raise ValueError("give exactly one of dx, line, visit, say and worked")
        if self.forbidden_because is None and not self.why:
            raise ValueError("say why")
        if not self.cites:
            raise ValueError("give at least one cite")
        if self.meat and (self.dx is None or self.forbidden_because is not None):
            raise ValueError("meat belongs to a diagnosis that the record supports, and only there")
        if (self.visit is None) != (self.grid is None):
            raise ValueError("grid (required or optional) goes with visit, and only there")
        needs_units = self.is_line and self.forbidden_because is None
        if needs_units != (self.units is not None):
            raise ValueError("units belong to every line and visit, and only there")
        return self

    @property
    def is_line(self) -> bool:
        """Say whether this is a service line (a procedure or a visit)."""
        return self.line is not None or self.visit is not None

    @property
    def is_said(self) -> bool:
        """Say whether this is a biller's statement."""
        return self.say is not None or self.worked is not None


class KeyFile(Row):
    """The fields of a key: its case, revision, who coded it a second time, and its items.

    `trips` names the edits that find something in the right answer, each with the reason why it
    stands all the same; `none` says "not in this variant".
    """

    case: str
    revision: int = Field(ge=1)
    second_coding: str = Field(min_length=20)
    trips: dict[str, Value] = Field(default_factory=dict)
    items: dict[str, ItemFile] = Field(min_length=1)

    @field_validator("items")
    @classmethod
    def _known(cls, items: dict[str, ItemFile]) -> dict[str, ItemFile]:
        for name, item in items.items():
            named = (*item.before, *item.points_to, *item.may_point_to, *item.primary)
            if stray := [one for one in named if one not in items]:
                raise ValueError(f"{name} refers to {stray}, which the key does not have")
        return items


class KeyWithheld(LookupError):
    """A graded case's key is not held by this installation."""


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> KeyFile:
    return read_yaml(path, KeyFile)


def load_key(slug: str) -> KeyFile:
    """Return the key of the case `slug`.

    Raises KeyWithheld where graded keys are not to be had, BadData when the file is wrong.
    """
    use = load(slug).file.use
    path = key_file(slug, use)
    if path is None and use == "graded":
        raise KeyWithheld(f"the key of {slug} is with your instructor, who marks this work")
    if path is None:
        raise BadData(f"case {slug} has no key; write graders/keys/practice/{slug}.yml")
    key = _read(path, path.stat().st_mtime_ns)
    if key.case != slug:
        raise BadData(f"{path}: case is {key.case!r}; it must be {slug!r}, as the file's name")
    return key
