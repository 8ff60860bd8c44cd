"""What went wrong: the cause of a denial by its reason code (CARC) and remarks (RARC).

The tables lie in code_sets/denial_causes; the day of the remittance chooses the release.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from codinglab.codes.billing import CARC
from codinglab.codes.code_set import CodeSet
from codinglab.codes.release import CodeRow, NotInTable

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
    reason = {one.code: one for one in _REASONS.all_on(day)}.get(CARC.key(carc))
    if reason is None:
        found = CARC.find(carc, day).denial_class
        classes = {one.code: one.cause for one in _CLASSES.all_on(day)}
        return cause(classes[found], day)
    if reason.open:
        by_remark = {one.code: one.cause for one in _REMARKS.all_on(day)}
        told = next((by_remark[one] for one in remarks if one in by_remark), None)
        if told:
            return cause(told, day)
    return cause(reason.when_paid if is_paid and reason.when_paid else reason.cause, day)


def cause_of_rejection(entities: Sequence[str], day: date) -> Cause:
    """Return why a front end refused a claim, by the parties that its statuses name.

    Raises NotInForce for a day without tables.
    """
    by_entity = {one.code: one.cause for one in _ENTITIES.all_on(day)}
    told = next((by_entity[one] for one in entities if one in by_entity), DATA)
    return cause(told, day)
