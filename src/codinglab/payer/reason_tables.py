"""How a payer tells what it decided: tables of group, CARC and RARC, by day."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache

from codinglab.claim.adjudicated import Group
from codinglab.codes.release import CodeRow, in_force, rows_on
from codinglab.payer.contract_parts import Denial
from codinglab.payer.service import RULES


class ReasonRow(CodeRow):
    """A reason by its name in this lab; `remarks` are RARCs with blanks between.

    With `errors_only` a warning of the edit denies nothing.
    """

    group: Group
    carc: str
    remarks: str = ""
    source: str
    edits: str = ""
    schedule: str = ""
    errors_only: bool = False

    @cached_property
    def denial(self) -> Denial:
        """Return how it is told."""
        return Denial(self.group, self.carc, tuple(self.remarks.split()))


def reason(name: str, day: date) -> ReasonRow:
    """Return the reason `name` of reasons.csv; raises KeyError where the table lacks it."""
    return _table("reasons.csv", day)[name]


def edit_reason(edit: str, day: date) -> ReasonRow | None:
    """Return how a finding of the edit with that id is told, None where payers do not deny it."""
    return _table("edit_reasons.csv", day).get(edit)


def schedule_reason(status: str, day: date) -> ReasonRow | None:
    """Return how a status of a fee schedule that pays nothing is told, None for the others."""
    return _table("schedule_reasons.csv", day).get(status)


@lru_cache(maxsize=4096)
def _table(name: str, day: date) -> dict[str, ReasonRow]:
    return {row.code: row for row in rows_on(in_force(RULES, day), name, ReasonRow, day)}


@lru_cache(maxsize=4096)
def nonphysicians(day: date) -> tuple[str, ...]:
    """Return the beginnings of the taxonomies of practitioners paid as nonphysicians."""
    return tuple(row.code for row in rows_on(in_force(RULES, day), "roles.csv", RoleRow, day))


class RoleRow(CodeRow):
    """The beginning of a taxonomy, `code`."""

    source: str
