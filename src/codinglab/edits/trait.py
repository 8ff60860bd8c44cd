"""What of an encounter calls an edit: one that nothing on the claim calls is not asked.

An edit declares, beside its id, what it is about: lines of a kind, codes of a list, modifiers,
facts in the record. One of them is enough to call it, and an edit that declares none is always
asked. A declared trait is wider than the rule, never narrower: the rule judges, the trait only
says that there is nothing to judge.
"""

from __future__ import annotations

from typing import Literal

from codinglab.codes.icd10cm_reference_rows import REFERENCE_KINDS
from codinglab.codes.procedures import Kind
from codinglab.codes.service_lists import ListName
from codinglab.encounter.circumstances import StatementKind

Subject = Literal[
    "modifier", "kind", "service list", "guideline list", "pair list", "note", "said", "claim"
]
Trait = tuple[Subject, str]

LINE: Trait = ("claim", "a line")
TWO_LINES: Trait = ("claim", "two lines")
UNITS: Trait = ("claim", "a line of several units")
MODIFIER: Trait = ("claim", "a modifier")
TWO_MODIFIERS: Trait = ("claim", "two modifiers on a line")
PLACE: Trait = ("claim", "a place of service")
EARLIER: Trait = ("claim", "an earlier service")  # or nobody said whether there is one
VISIT: Trait = ("claim", "how the visit level was reached")
TWO_DIAGNOSES: Trait = ("claim", "two diagnoses")
SEVENTH: Trait = ("claim", "a diagnosis of seven characters")
PROCEDURE: Trait = ("claim", "a procedure by ICD-10-PCS")


def carries(*names: str) -> tuple[Trait, ...]:
    """Return: a line carries one of these modifiers."""
    return tuple(("modifier", name) for name in names)


def line_kinds(*names: Kind | Literal[""]) -> tuple[Trait, ...]:
    """Return: a line is of one of these kinds; "" is a code that this lab does not know."""
    return tuple(("kind", name) for name in names)


def service_lists(*names: ListName) -> tuple[Trait, ...]:
    """Return: the code, a modifier or the place of a line stands on one of these lists."""
    return tuple(("service list", name) for name in names)


def guideline_lists(*names: str) -> tuple[Trait, ...]:
    """Return: a diagnosis stands on one of these lists of the guidelines."""
    return tuple(("guideline list", name) for name in names)


def pair_lists(*names: str) -> tuple[Trait, ...]:
    """Return: a diagnosis is the first of a pair on one of these lists of pairs."""
    return tuple(("pair list", name) for name in names)


def has_notes(*names: str) -> tuple[Trait, ...]:
    """Return: a note of one of these kinds governs a diagnosis; ValueError for another kind."""
    if unknown := [name for name in names if name not in REFERENCE_KINDS]:
        raise ValueError(f"{unknown} are not among {', '.join(REFERENCE_KINDS)}")
    return tuple(("note", name) for name in names)


def record_says(*names: StatementKind) -> tuple[Trait, ...]:
    """Return: the record says something of these kinds, or nobody told the record."""
    return tuple(("said", name) for name in names)
