"""What of an encounter calls an edit: one that nothing on the claim calls is not asked.

An edit declares, beside its id, what it is about: lines of a kind, codes of a list, modifiers,
facts in the record. One of them is enough to call it, and an edit that declares none is always
asked. A declared trait is wider than the rule, never narrower: the rule judges, the trait only
says that there is nothing to judge.
"""

from __future__ import annotations

from typing import Literal

from codinglab.codes.icd10cm_reference_rows import REFERENCE_KINDS
from codinglab.codes.mce_lists import MceList
from codinglab.codes.procedures import Kind
from codinglab.codes.service_lists import ListName
from codinglab.encounter.circumstances import StatementKind

Subject = Literal[
    "code",
    "modifier",
    "kind",
    "service list",
    "add-on",
    "said",
    "claim",
    "guideline list",
    "pair list",
    "editor list",
    "note",
]
Trait = tuple[Subject, str]

TWO_LINES: Trait = ("claim", "two lines")
UNITS: Trait = ("claim", "a line of several units")
MODIFIER: Trait = ("claim", "a modifier")
TWO_MODIFIERS: Trait = ("claim", "two modifiers on a line")
PLACE: Trait = ("claim", "a place of service")
EARLIER: Trait = ("claim", "an earlier service")  # or nobody said whether there is one
VISIT: Trait = ("claim", "how the visit level was reached")
TWO_DIAGNOSES: Trait = ("claim", "two diagnoses")
MANY_DIAGNOSES: Trait = ("claim", "more diagnoses than a professional claim has room for")
PROCEDURE: Trait = ("claim", "a procedure by ICD-10-PCS")
DISPOSITION: Trait = ("claim", "a discharge status")
POA: Trait = ("claim", "a diagnosis with an indicator of present on admission")
NO_PHYSICIAN: Trait = ("claim", "rendered by another than a physician")  # or nobody said by whom
NO_BIRTH_DATE: Trait = ("claim", "no date of birth")
NO_SEX: Trait = ("claim", "no sex")
MALE: Trait = ("claim", "a patient registered as male")
NO_UNITS: Trait = ("claim", "a line without units")
NO_POINTER: Trait = ("claim", "a line that points nowhere")
MANY_POINTERS: Trait = ("claim", "a line that points to more than one diagnosis")
DATED: Trait = ("claim", "a line with a day of its own")
ADD_ON: Trait = ("add-on", "a line whose code is an add-on, or may be one")
AGED: Trait = ("service list", "a line whose code is made for certain ages")
PROLONGED: Trait = ("service list", "a line of a prolonged visit")
SEVENTH: Trait = ("note", "a diagnosis of seven characters")
INCOMPLETE: Trait = ("note", "a diagnosis that cannot be reported as it stands")


def carries(*names: str) -> tuple[Trait, ...]:
    """Return: a line carries one of these modifiers."""
    return tuple(("modifier", name) for name in names)


def line_kinds(*names: Kind | Literal[""]) -> tuple[Trait, ...]:
    """Return: a line is of one of these kinds; "" is a code that this lab does not know."""
    return tuple(("kind", name) for name in names)


def codes(*names: str) -> tuple[Trait, ...]:
    """Return: a line has one of these codes."""
    return tuple(("code", name) for name in names)


def service_lists(*names: ListName) -> tuple[Trait, ...]:
    """Return: the code, a modifier or the place of a line stands on one of these lists."""
    return tuple(("service list", name) for name in names)


def guideline_lists(*names: str) -> tuple[Trait, ...]:
    """Return: a diagnosis stands on one of these lists of the guidelines."""
    return tuple(("guideline list", name) for name in names)


def pair_lists(*names: str) -> tuple[Trait, ...]:
    """Return: a diagnosis is the first of a pair on one of these lists of pairs."""
    return tuple(("pair list", name) for name in names)


def editor_lists(*names: MceList) -> tuple[Trait, ...]:
    """Return: a diagnosis stands on one of these lists of the Medicare Code Editor."""
    return tuple(("editor list", name) for name in names)


def has_notes(*names: str) -> tuple[Trait, ...]:
    """Return: a note of one of these kinds governs a diagnosis; ValueError for another kind."""
    if unknown := [name for name in names if name not in REFERENCE_KINDS]:
        raise ValueError(f"{unknown} are not among {', '.join(REFERENCE_KINDS)}")
    return tuple(("note", name) for name in names)


def record_says(*names: StatementKind) -> tuple[Trait, ...]:
    """Return: the record says something of these kinds, or nobody told the record."""
    return tuple(("said", name) for name in names)
