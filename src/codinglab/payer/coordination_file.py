"""Files of policies and facts, out of which `payer.coordination.order` says who pays first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml
from codinglab.payer.coordination_facts import (
    Because,
    Child,
    CoveredBy,
    Decree,
    Facts,
    Injury,
    OnMedicare,
    Parent,
    PolicyKind,
    Work,
)


class PolicyRow(Row):
    """A policy; see coordination_facts.CoveredBy."""

    name: str
    kind: PolicyKind
    holder: str = "patient"
    work: Work = ""
    employees: int | None = Field(default=None, ge=0)
    starts: date | None = None
    coordinates: bool = True
    authorized: bool | None = None


class MedicareRow(Row):
    """Why the patient has Medicare; see coordination_facts.OnMedicare."""

    because: Because
    since: date
    renal_from: date | None = None
    born: date | None = None


class ParentRow(Row):
    """A parent; see coordination_facts.Parent."""

    name: str
    born: date
    custody: bool = False
    answers: bool = False
    spouse_of: str = ""


class ChildRow(Row):
    """A child and its parents; see coordination_facts.Child."""

    parents: tuple[ParentRow, ...]
    together: bool
    decree: Decree = "none"


class OrderFile(Row):
    """The whole file; `expected` are the policies in their order, where it is an example."""

    title: str
    day: date
    policies: tuple[PolicyRow, ...] = Field(min_length=1)
    injury: Injury = ""
    medicare: MedicareRow | None = None
    child: ChildRow | None = None
    expected: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Who pays first of `policies` on `day`; `expected` and `why` are the answer of an example."""

    title: str
    day: date
    policies: tuple[CoveredBy, ...]
    facts: Facts
    expected: tuple[str, ...]
    why: str


def folder() -> Path:
    """Return the folder of the lab's examples."""
    return data_folder("curriculum") / "payers" / "order"


def read_question(path: Path) -> Question:
    """Return the question of the YAML file `path`.

    Raises BadData naming file and field, and where two policies have one name.
    """
    row = read_yaml(path, OrderFile)
    names = [one.name for one in row.policies]
    twice = sorted({one for one in names if names.count(one) > 1})
    if twice:
        raise BadData(f"{path}: policies: {', '.join(twice)} stands twice; tell them apart by name")
    medicare = OnMedicare(**row.medicare.model_dump()) if row.medicare else None
    return Question(
        row.title,
        row.day,
        tuple(CoveredBy(**one.model_dump()) for one in row.policies),
        Facts(row.injury, medicare, _child(row.child)),
        row.expected,
        row.why,
    )


def _child(row: ChildRow | None) -> Child | None:
    if row is None:
        return None
    parents = tuple(Parent(**one.model_dump()) for one in row.parents)
    return Child(parents, row.together, row.decree)
