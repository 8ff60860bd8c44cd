"""Read a rubric: what each element of an answer is worth, and what errors cost.

A rubric is a file that a course may replace; no weight stands in the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml
from codinglab.grading.items import ZERO, Kin, Policy, no_kin

DEFAULT = "weighted"


def _points(value: object) -> Fraction:
    try:
        number = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        msg = 'write points as a decimal or a fraction, such as "0.5" or "1/2"'
        raise ValueError(msg) from None
    if number < ZERO:
        msg = "points must be 0 or more"
        raise ValueError(msg)
    return number


class _Weight(Row):
    points: Annotated[Fraction, BeforeValidator(_points)]
    because: str = Field(min_length=1)


class _Costs(Row):
    extra_item: _Weight = Field(alias="extra item")
    forbidden_item: _Weight = Field(alias="forbidden item")
    first: _Weight
    before: _Weight
    extra_part: _Weight = Field(alias="extra part")
    unneeded_part: _Weight = Field(alias="unneeded part")


class _RubricFile(Row):
    name: str
    title: str
    about: str
    weights: dict[str, _Weight]
    kinds: dict[str, str]
    costs: _Costs


@dataclass(frozen=True, slots=True)
class Rubric:
    """A checked rubric: named weights, the weight of each kind, and the costs of errors."""

    name: str
    title: str
    about: str
    weights: Mapping[str, Fraction]
    kind_points: Mapping[str, Fraction]
    costs: Mapping[str, Fraction]

    def weight(self, name: str) -> Fraction:
        """Return the points of the element `name`; raises LookupError, naming what is known."""
        if name in self.weights:
            return self.weights[name]
        known = ", ".join(sorted(self.weights))
        msg = f"rubric {self.name} has no weight {name!r}; known: {known}; add it to the file"
        raise LookupError(msg)

    def policy(self, kin: Kin = no_kin) -> Policy:
        """Return the policy that compares by this rubric, with `kin` to know near misses."""
        return Policy(
            kind_points=self.kind_points,
            extra_item=self.costs["extra_item"],
            forbidden_item=self.costs["forbidden_item"],
            first_points=self.costs["first"],
            before_points=self.costs["before"],
            extra_part=self.costs["extra_part"],
            extra_part_points=self.costs["unneeded_part"],
            kin=kin,
        )


def read(path: Path) -> Rubric:
    """Return the rubric in the YAML file `path`; raises BadData naming file and field."""
    file = read_yaml(path, _RubricFile)
    weights = {name: weight.points for name, weight in file.weights.items()}
    if unknown := sorted(set(file.kinds.values()) - set(weights)):
        msg = f"{path}: kinds name the weights {unknown}, which the file does not have; add them"
        raise BadData(msg)
    return Rubric(
        name=file.name,
        title=file.title,
        about=file.about,
        weights=weights,
        kind_points={kind: weights[name] for kind, name in file.kinds.items()},
        costs={name: getattr(file.costs, name).points for name in _Costs.model_fields},
    )


def rubric(name: str = DEFAULT) -> Rubric:
    """Return the rubric `name` that comes with the product; raises BadData when there is none."""
    return read(data_folder("graders") / "rubrics" / f"{name}.yml")
