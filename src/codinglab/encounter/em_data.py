"""The data of a visit, counted: each test, note and account once, in its category, or not at all.

Source: CPT evaluation and management guidelines of 2021 as corrected on 2021-03-09 and revised in
2023, in our own words: what counts as ordered, reviewed, analysed and independently read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from codinglab.codes import procedures
from codinglab.codes.procedures import NotAProcedureCode
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.encounter.em_elements import Datum, Reports

_RESULT_ONLY = (
    "a result without a reading of its own, billed by the same practice, counts as a test by the "
    "guidelines; some payers do not count it"
)
_BOTH = (
    "a test that was ordered and read by the same practitioner counts as both; some auditors "
    "count one of them"
)
_READING_BILLED = "its reading is billed by the same practitioner"
_NAMES = {
    "test": "test",
    "note": "outside note",
    "historian": "account by another person",
    "interpretation": "own reading",
    "discussion": "discussion",
}


@dataclass(frozen=True, slots=True)
class DataCount:
    """How much data counted: `items` are tests and outside notes; the others by their category."""

    items: int
    historian: int
    readings: int
    discussions: int
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]
    contested: tuple[str, ...]


def count(found: Sequence[Datum], reported: Mapping[str, Reports], day: date) -> DataCount:
    """Return what counts of the data `found`, each piece once, and why the others do not.

    `reported` says of each test that the practitioner bills beside the visit, by its code, whether
    the claim holds the reading of it or a result only.
    """
    kept: dict[tuple[str, str], Datum] = {}
    left = []
    for one in found:
        why = _not_counted(one, _reports(one, reported), day)
        if not why and _place(one) in kept:
            why = "already counted"
        if why:
            left.append(f"{_name(one)}: {why}")
        else:
            kept[_place(one)] = one
    kinds = [one.kind for one in kept.values()]
    return DataCount(
        kinds.count("test") + kinds.count("note"),
        min(1, kinds.count("historian")),
        kinds.count("interpretation"),
        kinds.count("discussion"),
        tuple(map(_name, kept.values())),
        tuple(left),
        tuple(dict.fromkeys(_contested(kept, reported))),
    )


def _reports(one: Datum, reported: Mapping[str, Reports]) -> Reports | None:
    """Return what the practitioner reports of the test, on this claim or another."""
    return one.reports or reported.get(one.key)


def _place(one: Datum) -> tuple[str, str]:
    """Return what makes `one` the same as another; an account by another counts once in all."""
    return (one.kind, "" if one.kind == "historian" else one.key)


def _name(one: Datum) -> str:
    panel = f", of the panel {one.panel}" if one.panel else ""
    return f"{_NAMES[one.kind]} {one.what}{panel}"


def _not_counted(one: Datum, reports: Reports | None, day: date) -> str:
    """Return why `one` does not count, blank where it does."""
    if one.kind in {"test", "interpretation"} and reports == "reading":
        return _READING_BILLED
    if one.kind == "interpretation" and (reports or _is_laboratory(one.key, day)):
        return "a result that nobody reads on its own cannot be read independently"
    if one.kind == "test" and one.ordered == "earlier visit":
        return "its review was counted with the order, at the earlier visit"
    if one.kind in {"note", "discussion"} and one.same_group:
        return "of one's own group and specialty, so not from outside"
    return ""


def _is_laboratory(code: str, day: date) -> bool:
    """Say whether `code` is a laboratory test that this lab knows."""
    try:
        return procedures.find(code, day).kind == "laboratory"
    except (NotAProcedureCode, NotInTable, NotInForce):
        return False


def _contested(
    kept: Mapping[tuple[str, str], Datum], reported: Mapping[str, Reports]
) -> Sequence[str]:
    tests = [one for one in kept.values() if one.kind == "test"]
    results = [one.what for one in tests if _reports(one, reported) == "result only"]
    both = [key for kind, key in kept if kind == "interpretation" and ("test", key) in kept]
    return (*(f"{one}: {_RESULT_ONLY}" for one in results), *(f"{one}: {_BOTH}" for one in both))
