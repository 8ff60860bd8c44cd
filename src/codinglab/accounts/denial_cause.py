"""What went wrong: the cause of a denial by its reason code (CARC) and remarks (RARC).

The tables lie in code_sets/denial_causes; the day of the remittance chooses the release.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from codinglab.codes.billing import CARC
from codinglab.codes.code_set import CodeSet
from codinglab.codes.release import CodeRow, NotInTable, Release, in_force, rows_on

UNSTATED, DATA = "unstated", "data"
"""The causes of a denial without a code that says why, and of a rejection that names no party."""

_SET = "denial_causes"
_REMARK = r"(?:M|MA|N)\d{1,3}"


class _Cause(CodeRow):
    worked: bool


class _Given(CodeRow):
    cause: str


class _Reason(_Given):
    open: bool
    when_paid: str = ""
    final: bool


_CAUSES = CodeSet(_SET, _Cause, r"[A-Z]+", "CODING", "causes.csv")
_CLASSES = CodeSet(_SET, _Given, r"[A-Z]+", "CODING", "classes.csv")
_REASONS = CodeSet(_SET, _Reason, CARC.shape, CARC.example, "reasons.csv")
_REMARKS = CodeSet(_SET, _Given, _REMARK, "MA130", "remarks.csv")
_ENTITIES = CodeSet(_SET, _Given, r"[A-Z0-9]{2}", "85", "entities.csv")


@dataclass(frozen=True, slots=True)
class Cause:
    """A root cause: its `code`, its `label`, and whether it is a denial that is `worked`."""

    code: str
    label: str
    worked: bool


def causes(day: date) -> tuple[Cause, ...]:
    """Return every cause of `day`, in the order of the table; raises NotInForce."""
    return tuple(Cause(one.code, one.label, one.worked) for one in _CAUSES.all_on(day))


def cause(code: str, day: date) -> Cause:
    """Return the cause `code` of `day`; raises NotInTable and NotInForce."""
    for one in causes(day):
        if one.code == code:
            return one
    raise NotInTable(f"{code} is no cause of a denial in {_SET} on {day}")


def cause_of(carc: str, remarks: Sequence[str], day: date, *, is_paid: bool = False) -> Cause:
    """Return why `carc` with its `remarks` stands in a remittance of `day`.

    A reason that says only "a remark says why" (16, 96, A1) is decided by the first remark that
    names a cause. `is_paid` says that part of the line was paid: a reduction by the rule of
    multiple procedures (59) is no denial then. Raises NotInTable for a reason that the lab's table
    lacks, NotACode for one of another shape and NotInForce for a day without tables.
    """
    tables = _tables_on(day)
    code = CARC.key(carc)
    reason = tables.reasons.get(code)
    if reason is None:
        kind = tables.kinds.get(code) or CARC.find(code, day).denial_class
        return tables.cause(tables.classes[kind])
    if reason.open:
        told = next((tables.remarks[one] for one in remarks if one in tables.remarks), None)
        if told:
            return tables.cause(told)
    return tables.cause(reason.when_paid if is_paid and reason.when_paid else reason.cause)


def is_final(carc: str, day: date) -> bool:
    """Say whether `carc` is no denial even where the posting leaves its money owed (a withhold)."""
    reason = _tables_on(day).reasons.get(carc)
    return reason is not None and reason.final


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables of one day, read once: a remittance asks them for every adjustment."""

    causes: dict[str, Cause]
    reasons: dict[str, _Reason]
    classes: dict[str, str]
    remarks: dict[str, str]
    kinds: dict[str, str]

    def cause(self, code: str) -> Cause:
        return self.causes[code]


def _tables_on(day: date) -> _Tables:
    return _tables(in_force(_SET, day), in_force(CARC.name, day), day)


@lru_cache(maxsize=16)
def _tables(own: Release, carc: Release, day: date) -> _Tables:
    def given(table: CodeSet[_Given]) -> dict[str, str]:
        return {one.code: one.cause for one in rows_on(own, table.table, table.model, day)}

    return _Tables(
        {one.code: one for one in causes(day)},
        {one.code: one for one in rows_on(own, _REASONS.table, _Reason, day)},
        given(_CLASSES),
        given(_REMARKS),
        {one.code: one.denial_class for one in rows_on(carc, CARC.table, CARC.model, day)},
    )


def cause_of_rejection(entities: Sequence[str], day: date) -> Cause:
    """Return why a front end refused a claim, by the parties that its statuses name.

    Raises NotInForce for a day without tables.
    """
    by_entity = {one.code: one.cause for one in _ENTITIES.all_on(day)}
    told = next((by_entity[one] for one in entities if one in by_entity), DATA)
    return cause(told, day)
