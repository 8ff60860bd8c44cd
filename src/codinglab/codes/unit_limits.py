"""How many units of a code one patient may have on a day: medically unlikely edits (MUE), by day.

Medicare's tables come from the user (imported); a few limits are known here singly, each with its
source. A code without a limit here may still have one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from codinglab.codes.release import (
    CodeRow,
    NotInTable,
    Release,
    in_force,
    kept,
    releases,
    row_on,
    rows_on,
)
from codinglab.core.cite import Cite

LimitSetting = Literal["practitioner", "hospital", "dme"]
SET, TABLE = "mue", "limits.csv"
BY_LINE, BY_DAY_POLICY, BY_DAY_CLINICAL = "1", "2", "3"
MEDICARE = "Medicare"


class LimitRow(CodeRow):
    """One limit, looked up singly: `units` of `code`, judged as `adjudication` says."""

    units: int
    adjudication: Literal["1", "2", "3"]
    payer: str
    setting: LimitSetting
    source: str


@dataclass(frozen=True, slots=True)
class UnitLimit:
    """The most units of `code` that `payer` takes, and how it counts them.

    `adjudication` is 1 (each claim line), 2 (all of the day, by policy: never more) or 3 (all of
    the day, by clinical experience: more only on appeal).
    """

    code: str
    units: int
    adjudication: Literal["1", "2", "3"]
    payer: str
    source: str

    @property
    def cite(self) -> Cite:
        """Return where the limit stands."""
        return Cite("Medically unlikely edits", self.source, f"code {self.code}")


@dataclass(frozen=True, slots=True)
class LimitTable:
    """The limits of one payer and setting on a day; of a table that is not `whole`, a few."""

    release: Release
    whole: bool
    day: date
    setting: LimitSetting
    payer: str

    def find(self, code: str) -> UnitLimit | None:
        """Return the limit of `code`, None where none is known here."""
        if not self.whole:
            return _starter(self.release, self.day).get((code, self.setting, self.payer))
        from codinglab.codes.importers.ncci import UnitLimitRow

        try:
            row = row_on(self.release, TABLE, UnitLimitRow, code, self.day)
        except NotInTable:
            return None
        return UnitLimit(code, row.units, row.adjudication, self.payer, str(self.release))


@kept(1024)
def limit_table(
    day: date, setting: LimitSetting, payer: str, folder: Path | None = None
) -> LimitTable:
    """Return the limits of `payer` in force on `day`.

    Imported tables are Medicare's, and stand in the place of the starter limits of their setting.
    `folder` holds the code sets. Raises NotInForce when neither covers the day.
    """
    imported = releases(f"mue_{setting}", folder).rows if payer == MEDICARE else ()
    for span, release in imported:
        if day in span:
            return LimitTable(release, True, day, setting, payer)
    return LimitTable(in_force(SET, day, folder), False, day, setting, payer)


def unit_limit(
    code: str, day: date, setting: LimitSetting, payer: str, folder: Path | None = None
) -> UnitLimit | None:
    """Return the limit of `code` by the table of `payer` on `day`, as `limit_table` does."""
    return limit_table(day, setting, payer, folder).find(code)


@lru_cache(maxsize=64)
def _starter(release: Release, day: date) -> dict[tuple[str, str, str], UnitLimit]:
    return {
        (one.code, one.setting, one.payer): UnitLimit(
            one.code, one.units, one.adjudication, one.payer, one.source
        )
        for one in rows_on(release, TABLE, LimitRow, day)
    }
