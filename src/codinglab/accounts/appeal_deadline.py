"""The last day to ask for another decision, with its arithmetic told step by step."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from codinglab.accounts.appeal_path import LevelTerms
from codinglab.core.federal_days import next_workday
from codinglab.core.tables import BadData

_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day: when the request must be there, the `steps` that lead to it, and the rule.

    `sure` is False where the rule counts from the receipt, presumes none, and none is known: the
    day is then counted from the notice itself, which is never too late.
    """

    last: date
    steps: tuple[str, ...]
    source: str
    sure: bool = True

    def left(self, day: date) -> int:
        """Return how many days are left on `day`; negative once it is past."""
        return (self.last - day).days


def deadline(terms: LevelTerms, notice: date, received: date | None = None) -> Deadline:
    """Return the last day for a request about a notice dated `notice`.

    `received` is the day of receipt where it can be shown; it overrules the presumption. Raises
    BadData for a receipt before the notice, and ValueError for terms under which nobody files.
    """
    if not (terms.days or terms.months):
        raise ValueError(f"nobody files here: {terms.source}")
    if received and received < notice:
        raise BadData(f"received on {received}, before the notice of {notice}; correct one")
    start, steps, sure = _start(terms, notice, received)
    if terms.days:
        last = start + timedelta(days=terms.days)
        steps.append(f"{start} + {terms.days} days = {last}")
    else:
        last = plus_months(start, terms.months)
        steps.append(f"{start} + {terms.months} months = {last}")
    if terms.next_workday and next_workday(last) != last:
        steps.append(f"{last} is no working day; the next one is {next_workday(last)}")
        last = next_workday(last)
    return Deadline(last, tuple(steps), terms.source, sure)


def _start(terms: LevelTerms, notice: date, received: date | None) -> tuple[date, list[str], bool]:
    if terms.counted == "notice":
        return notice, [f"counted from the notice, {notice}"], True
    if received:
        return received, [f"received on {received}, which can be shown"], True
    if terms.presumed is not None:
        start = notice + timedelta(days=terms.presumed)
        told = f"notice {notice} + {terms.presumed} days = {start}, when receipt is presumed"
        return start, [told], True
    told = (
        f"counted from the notice, {notice}: the rule counts from the receipt, presumes none, and "
        "none is known"
    )
    return notice, [told], False


def plus_months(day: date, months: int) -> date:
    """Return the same date `months` later; where there is none, the first day of the month after.

    45 CFR 147.136(d)(2)(i): four months from 30 October end on 1 March.
    """
    count = day.year * _YEAR_MONTHS + day.month - 1 + months
    year, month = divmod(count, _YEAR_MONTHS)
    if day.day <= calendar.monthrange(year, month + 1)[1]:
        return date(year, month + 1, day.day)
    year, month = divmod(count + 1, _YEAR_MONTHS)
    return date(year, month + 1, 1)
