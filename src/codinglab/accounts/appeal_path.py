"""Paths of appeal: the levels of each kind of payer, with their limits, as dated data.

One file a path in curriculum/appeals/paths; amounts in controversy in curriculum/appeals.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pydantic import Field

from codinglab.core.dates import Dated, Span
from codinglab.core.places import data_folder
from codinglab.core.tables import Row, read_yaml

AmountKind = Literal["hearing", "court"]


class LevelTerms(Row):
    """The limits of a level for notices of some days.

    The request is due `days` or `months` after the notice or its receipt (`counted`); where the
    rule presumes the receipt, `presumed` days after the notice. `next_workday` says that a last
    day on a weekend or federal holiday moves on. The decision is due `decided_days` after the
    request. `invented` marks what no law says.
    """

    effective_from: date
    effective_to: date | None = None
    days: int = Field(default=0, ge=0)
    months: int = Field(default=0, ge=0)
    counted: Literal["", "notice", "receipt"] = ""
    presumed: int | None = None
    next_workday: bool = False
    decided_days: int | None = None
    invented: bool = False
    source: str


class Dismissed(Row):
    """What is left of a request that was dismissed: `who` reviews it, in which days.

    Without days the dismissal is final, unless who dismissed it takes that back (`vacate`).
    """

    who: str = ""
    days: int = Field(default=0, ge=0)
    presumed: int = Field(default=0, ge=0)
    vacate: str
    source: str


class Late(Row):
    """What is left where a level does not decide in time: the request goes `to` another level."""

    to: int
    says: str
    source: str


class Level(Row):
    """One level of a path.

    `amount` names the amount in controversy that it asks for. An `automatic` level is reached
    without a request. Only denials of `only_causes` may go there (all, where none is named). It
    may need the patient's `consent`. `from_first` counts from the first notice. `good_cause` says
    when a late request is heard. A level may send a case back (`remands_to`). A letter goes
    to `office`, to the payer where none is named; `complaint` says how a level is asked that takes
    no letter.
    """

    number: int
    name: str
    who: str
    terms: tuple[LevelTerms, ...]
    amount: AmountKind | None = None
    automatic: bool = False
    only_causes: tuple[str, ...] = ()
    consent: bool = False
    from_first: bool = False
    note: str = ""
    good_cause: str = ""
    dismissed: Dismissed | None = None
    late: Late | None = None
    remands_to: int | None = None
    office: str = ""
    complaint: str = ""

    def on(self, notice: date) -> LevelTerms:
        """Return the terms for a notice of that day; raises NotInForce where there are none."""
        rows = ((Span(one.effective_from, one.effective_to), one) for one in self.terms)
        return Dated.of(f"level {self.number}, {self.name}", rows).at(notice)


class NotAppealable(Row):
    """Denials that this path does not take: by reason codes or remarks, or `every` one.

    A row of `filing` speaks of payers billed under it alone.
    """

    every: bool = False
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    filing: tuple[str, ...] = ()
    why: str
    instead: str
    source: str


class AppealPath(Row):
    """A path: for payers billed under `filing`, its levels in order, and who may walk it."""

    slug: str
    name: str
    filing: tuple[str, ...]
    source: str
    good_cause: str
    who_may: str = ""
    not_appealable: tuple[NotAppealable, ...]
    levels: tuple[Level, ...]

    def good_cause_of(self, level: Level) -> str:
        """Return when a late request to `level` is heard all the same."""
        return level.good_cause or self.good_cause

    def level(self, number: int) -> Level:
        """Return the level `number`; raises LookupError naming those that there are."""
        for one in self.levels:
            if one.number == number:
                return one
        known = ", ".join(f"{one.number} ({one.name})" for one in self.levels)
        raise LookupError(f"{self.name} has no level {number}; its levels are {known}")

    def refuses(self, carc: str, remarks: tuple[str, ...], filing: str) -> NotAppealable | None:
        """Return why a denial by a payer billed under `filing` has no appeal, None where it has."""
        for one in self.not_appealable:
            if one.filing and filing not in one.filing:
                continue
            if one.every or carc in one.reasons or set(remarks) & set(one.remarks):
                return one
        return None


class AmountRow(Row):
    """What must be at stake in requests filed on the days of the row, in dollars."""

    effective_from: date
    effective_to: date
    hearing: Decimal
    court: Decimal
    source: str


class AmountFile(Row):
    """curriculum/appeals/amounts.yml."""

    source: str
    aggregation: dict[AmountKind, str]
    amounts: tuple[AmountRow, ...]


@lru_cache(maxsize=1)
def paths() -> dict[str, AppealPath]:
    """Return every path by its slug; raises BadData naming file and field."""
    folder = data_folder("curriculum") / "appeals" / "paths"
    found = (read_yaml(file, AppealPath) for file in sorted(folder.glob("*.yml")))
    return {one.slug: one for one in found}


def path_of(filing: str) -> AppealPath | None:
    """Return the path of the payers billed under `filing`, None where the lab has none."""
    return next((one for one in paths().values() if filing in one.filing), None)


@lru_cache(maxsize=1)
def amount_file() -> AmountFile:
    """Return the amounts in controversy; raises BadData naming file and field."""
    return read_yaml(data_folder("curriculum") / "appeals" / "amounts.yml", AmountFile)


def amount_in_controversy(kind: AmountKind, filed: date) -> Decimal:
    """Return the dollars that must be at stake in a request of the day `filed`.

    Raises NotInForce for a year that the lab's table lacks.
    """
    rows = ((Span(one.effective_from, one.effective_to), one) for one in amount_file().amounts)
    row = Dated.of("amounts in controversy", rows).at(filed)
    return row.hearing if kind == "hearing" else row.court
