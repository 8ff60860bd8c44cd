"""What was sent again or asked for again: the office's own list, a CSV file that only grows.

A remittance tells nothing of a correction on its way. By this list a denial that was answered
waits for the payer, and is neither worked nor counted twice.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_correct import Correction
from codinglab.accounts.denial_rules import RouteName
from codinglab.core.tables import BadData, Row, read_csv, read_text

_COLUMNS = ("key", "notice", "sent", "route", "number", "changes")


class SentAgain(Row):
    """One denial that was answered: its `key` and `notice`, the day and way, what changed.

    `number` is the payer's of the denied claim, blank where it gave none.
    """

    key: str
    notice: date
    sent: date
    route: RouteName
    number: str = ""
    changes: str = ""


def read_again(path: Path) -> tuple[SentAgain, ...]:
    """Return the list; raises BadData naming file, line and column."""
    if not read_text(path).strip():
        return ()
    _check_columns(path)
    return tuple(read_csv(path, SentAgain))


def _check_columns(path: Path) -> None:
    told = read_text(path).splitlines()[0]
    if told != ",".join(_COLUMNS):
        raise BadData(f"{path}: its first line is {told!r}; that of such a list is {_COLUMNS}")


def waiting(denial: Denial, noted: Iterable[SentAgain], day: date) -> SentAgain | None:
    """Return the last answer that was sent by `day` to this decision, None where none was.

    A later decision on the same service is another denial: its notice has another day.
    """
    mine = [
        one
        for one in noted
        if one.key == denial.key and one.notice == denial.notice and one.sent <= day
    ]
    return max(mine, key=lambda one: one.sent, default=None)


def note(path: Path, denials: Sequence[Denial], made: Correction, day: date) -> None:
    """Add `denials`, answered by `made` on `day`, to the list at `path`, which may be new.

    Raises BadData for a file that is another one.
    """
    is_new = not path.exists() or not read_text(path).strip()
    if not is_new:
        _check_columns(path)
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        if is_new:
            writer.writerow(_COLUMNS)
        for one in denials:
            told = (made.sending.route.route, one.number, "; ".join(made.changes))
            writer.writerow((one.key, one.notice, day, *told))
