"""What a payer wants beyond the standard (SNIP 7): its companion file, and its filing limit.

The files lie in curriculum/payers/companion, one for each simulated payer.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from re import fullmatch
from typing import Literal

from pydantic import Field, model_validator

from codinglab.claim.model import Claim
from codinglab.claim.scrub_facts import last_day
from codinglab.core.federal_days import next_workday
from codinglab.core.places import data_folder
from codinglab.core.tables import Row, read_yaml


class TimelyFiling(Row):
    """Until when a claim must arrive: so many `years` or `days` after its day of service.

    That is the last day of the claim, or `runs_from` the first day of each line. Where a payer
    counts like the federal government (`to_workday`), a limit that ends on a Saturday, Sunday or
    federal holiday ends on the next working day.
    """

    source: str
    days: int = Field(default=0, ge=0)
    years: int = Field(default=0, ge=0)
    runs_from: Literal["last day of the claim", "first day of the line"] = "last day of the claim"
    to_workday: bool = False

    @model_validator(mode="after")
    def _one_of_two(self) -> TimelyFiling:
        if bool(self.days) == bool(self.years):
            raise ValueError("say either days or years")
        return self

    def until(self, day: date) -> date:
        """Return the last day on which a claim for services up to `day` can be filed.

        A year ends on the same date of the later year; from 29 February on the 28th.
        """
        until = self._until(day)
        return next_workday(until) if self.to_workday else until

    @property
    def by_line(self) -> bool:
        """Say whether each line has a limit of its own, from its first day."""
        return self.runs_from == "first day of the line"

    def _until(self, day: date) -> date:
        if self.days:
            return day + min(timedelta(days=self.days), date.max - day)
        year = min(day.year + self.years, date.max.year)
        try:
            return day.replace(year=year)
        except ValueError:
            return day.replace(year=year, day=28)

    def __str__(self) -> str:
        """Return the limit in words."""
        years = "1 calendar year" if self.years == 1 else f"{self.years} calendar years"
        return f"{self.days} days" if self.days else years


class Terms(Row):
    """The fields of a companion file.

    `payer_id` and `name` say whose it is, and `filing` under which claim filing indicators it is
    billed. `member_id` is the regular expression of its member numbers, told in plain words by
    `member_id_says`. The payer may want the billing provider's `taxonomy`, and the `ndc` of every
    drug. `source` says where it comes from.
    """

    payer_id: str
    name: str
    filing: tuple[str, ...]
    member_id: str
    member_id_says: str
    timely_filing: TimelyFiling
    taxonomy: bool
    ndc: bool
    source: str

    def knows(self, member: str) -> bool:
        """Say whether `member` has the shape of this payer's member numbers."""
        return fullmatch(self.member_id, member) is not None


@lru_cache(maxsize=1)
def all_terms() -> dict[str, Terms]:
    """Return every companion file by payer id; raises BadData naming file and field."""
    folder = data_folder("curriculum") / "payers" / "companion"
    found = (read_yaml(path, Terms) for path in sorted(folder.glob("*.yml")))
    return {one.payer_id: one for one in found}


def terms_of(claim: Claim) -> Terms | None:
    """Return the terms of the payer that the claim is sent to, None where the lab has none."""
    return all_terms().get(claim.coverage.payer.payer_id)


def last_day_to_file(claim: Claim) -> date | None:
    """Return the last day on which the payer takes the whole claim, None where it is not known.

    The limit runs from the last day of service or the end of the statement, or of a payer that
    counts by line from the first line's first day.
    """
    terms, day = terms_of(claim), last_day(claim)
    if terms and terms.timely_filing.by_line:
        day = min((one.first for one in claim.lines), default=None)
    return terms.timely_filing.until(day) if terms and day else None
