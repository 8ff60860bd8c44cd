"""The work list of denials: by what is due first, then by dollars times odds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_action import NextAction, next_action
from codinglab.accounts.denial_rules import odds_file, queue_file

if TYPE_CHECKING:
    import pandas as pd

_CENT = Decimal("0.01")
CLOSED = "no right left"
"""The band of what can be neither corrected nor appealed in time; it comes last."""

COLUMNS = (
    *("account", "line", "payer", "patient", "code", "modifiers", "group", "carc", "remarks"),
    *("cause", "source", "notice", "service_day", "charge", "denied", "worth", "odds", "expected"),
    *("do", "route", "last_day", "days_left", "band", "appeal_until", "no_appeal", "why"),
)


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A denial with what to do.

    `worth` is what the payer would pay if it is won: as the caller knows it, else the denied
    amount (dollars). `odds` go from 0 to 1 and are invented for training. `days_left` counts to
    the last day of the next act, None where none is known. `band` is the part of the list.
    """

    denial: Denial
    action: NextAction
    worth: Decimal
    odds: Decimal
    days_left: int | None
    band: str

    @property
    def expected(self) -> Decimal:
        """Return dollars times odds, to the cent."""
        return (self.worth * self.odds).quantize(_CENT, ROUND_HALF_UP)


def queue(
    denials: Iterable[Denial], day: date, worth: Mapping[str, Decimal] | None = None
) -> tuple[WorkItem, ...]:
    """Return the denials in the order in which to work them on `day`.

    `worth` says by `Denial.key` what the contract would pay. Raises what `next_action` does.
    """
    bands = [one.name for one in queue_file().bands]
    items = [_item(one, day, worth or {}) for one in denials]

    def place(one: WorkItem) -> tuple[int, Decimal, date, str]:
        band = bands.index(one.band) if one.band in bands else len(bands)
        return band, -one.expected, one.action.last or date.max, one.denial.key

    return tuple(sorted(items, key=place))


def _item(denial: Denial, day: date, worth: Mapping[str, Decimal]) -> WorkItem:
    action = next_action(denial, day)
    left = (action.last - day).days if action.last else None
    return WorkItem(
        denial,
        action,
        worth.get(denial.key, denial.amount),
        odds_file().find(denial.cause.code, action.do),
        left,
        _band(action, left),
    )


def _band(action: NextAction, left: int | None) -> str:
    """Return the part of the list: what has no known last day stands in the last but one."""
    bands = queue_file().bands
    if action.do == "none_left":
        return CLOSED
    if left is None:
        return bands[-1].name
    return next((one.name for one in bands if left <= one.days), bands[-1].name)


def as_row(one: WorkItem) -> dict[str, Any]:
    """Return an item by the names of COLUMNS; money and days are values, unknown ones None."""
    denial, action = one.denial, one.action
    return dict(
        zip(
            COLUMNS,
            (
                *(denial.account, denial.line, denial.payer, _name(denial), denial.code or None),
                *(" ".join(denial.modifiers), denial.group, denial.carc or None),
                *(" ".join(denial.remarks), denial.cause.code, denial.source, denial.notice),
                *(denial.first, denial.charge, denial.amount, one.worth, one.odds, one.expected),
                *(action.do, action.route.route, action.last, one.days_left, one.band),
                *(action.appeal.last if action.appeal else None, action.no_appeal, action.why),
            ),
            strict=True,
        )
    )


def _name(denial: Denial) -> str:
    return ", ".join(part for part in (denial.patient.last, denial.patient.first) if part)


def queue_frame(items: Iterable[WorkItem]) -> pd.DataFrame:
    """Return the work list as a data frame with the columns COLUMNS, amounts as Decimal."""
    import pandas as pd

    return pd.DataFrame([as_row(one) for one in items], columns=list(COLUMNS))
