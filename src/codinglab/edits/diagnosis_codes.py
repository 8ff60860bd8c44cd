"""What several rules on diagnoses ask of codes: which are known, their sides, 7th characters."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from codinglab.codes.icd10cm import Code, Icd10cm, key_of, open_table
from codinglab.codes.icd10cm_compile import dotted
from codinglab.codes.icd10cm_kin import similarity
from codinglab.core.cite import Cite
from codinglab.encounter.coded import CodedEncounter, Diagnosis

Known = tuple[tuple[Diagnosis, Code], ...]
INJURIES, CAUSES = "Chapter 19", "Chapter 20"  # of the tabular list
PREGNANCY, PERINATAL = "Chapter 15", "Chapter 16"
CATEGORY = 3  # characters of a category
FULL = 7  # characters of a code with a 7th one, without the dot
_SIDE = re.compile(r"\b(right|left|bilateral)\b")
_HEART = re.compile(r"\b(?:heart|ventric\w+|atri\w+|bundle|coronary|hand-dominant|dominant)\b")
_VAGUE = re.compile(r"\bunspecified\b")


def known(encounter: CodedEncounter, day: date) -> Known:
    """Return the diagnoses that can be reported on `day`, each with its entry.

    Unknown codes and headers are left to the rules on them: nothing else about them is sure.
    """
    return _known(open_table(day), encounter.diagnoses)


@lru_cache(maxsize=64)  # a dozen rules ask for the same encounter one after the other
def _known(table: Icd10cm, diagnoses: tuple[Diagnosis, ...]) -> Known:
    found = ((one, entry(table, one.code)) for one in diagnoses)
    return tuple((one, code) for one, code in found if code is not None and code.billable)


@lru_cache(maxsize=32768)
def entry(table: Icd10cm, code: str) -> Code | None:
    """Return the entry of `code` in the tabular list, None where it has none."""
    return table.find(code)


@lru_cache(maxsize=8192)
def chapter(table: Icd10cm, code: str) -> str:
    """Return the chapter of `code`, written "Chapter 15"."""
    above = table.ancestors(code)
    return above[-1].code if above else code


@lru_cache(maxsize=32768)
def sequence_character(code: str) -> str:
    """Return the 7th character of `code`, "" where it has fewer."""
    key = key_of(code)
    return key[FULL - 1] if len(key) == FULL else ""


def lacks_seventh(table: Icd10cm, found: Code) -> bool:
    """Say whether `found` is complete but for its 7th character (and placeholders before it)."""
    if found.billable or found.kind in {"chapter", "block"}:
        return False
    stem = dotted(key_of(found.code).ljust(FULL - 1, "X"))
    below = table.billable_below(found.code)
    if not below or any(one.code[:-1] != stem for one in below):
        return False
    return bool(table.seventh_characters(below[0].code))  # Z86.010 has codes below, no 7th


def with_placeholder(table: Icd10cm, code: str) -> Code | None:
    """Return the code that `code` becomes with X before its last character, None if none does."""
    key = key_of(code)
    if not CATEGORY < len(key) < FULL:
        return None
    found = table.find(key[:-1].ljust(FULL - 1, "X") + key[-1])
    return found if found and found.billable else None


@lru_cache(maxsize=32768)
def side_of(title: str) -> str:
    """Return the side that a code's `title` names: left, right or both; "" where it names none.

    Right and left in the heart name chambers, and a dominant side is no side of the disease.
    """
    sides = set(_SIDE.findall(title.lower()))
    if len(sides) != 1 or _HEART.search(title.lower()):
        return ""
    (side,) = sides
    return "both" if side == "bilateral" else side


@lru_cache(maxsize=4096)
def other_sides(table: Icd10cm, code: str) -> tuple[tuple[str, Code], ...]:
    """Return (side, code) of the codes of its category that differ from `code` only in the side.

    Empty where a code has no sides.
    """
    node = table.node(code)
    if not node.billable or not (side_of(node.title) or _VAGUE.search(node.title.lower())):
        return ()
    return tuple(
        (side, one)
        for one in table.billable_below(node.code[:CATEGORY])
        if sequence_character(one.code) == sequence_character(code)
        and (side := side_of(one.title))
        and similarity(code, one.code, table) == "laterality"
    )


def guideline(place: str, day: date) -> Cite:
    """Return the citation of `place` ("I.C.19.a") in the guidelines of the fiscal year of `day`."""
    year = day.year + (day.month >= 10)  # noqa: PLR2004  a fiscal year begins in October
    return Cite("ICD-10-CM guidelines", f"FY{year}", place)
