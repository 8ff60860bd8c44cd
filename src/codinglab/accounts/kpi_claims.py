"""What came of the first sending of each claim, and how long payment took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from codinglab.accounts.kpi_books import Period
from codinglab.accounts.kpi_history import Decided, History, Sent


@dataclass(frozen=True, slots=True)
class First:
    """The first sending of a claim; `lines` is what its remittance told, nothing while it waits."""

    sent: Sent
    lines: tuple[Decided, ...]

    @property
    def known(self) -> date | None:
        """Return the day on which the answer was known: of the refusal, or of the payment."""
        if self.sent.outcome == "refused":
            return self.sent.day
        return self.lines[0].known if self.lines else None

    @property
    def is_denied(self) -> bool:
        """Say whether a line was denied."""
        return any(one.denied for one in self.lines)

    @property
    def settled(self) -> bool:
        """Say whether the claim was decided with no line denied."""
        return bool(self.lines) and not self.is_denied


def by_attempt(history: History) -> Mapping[tuple[str, int], tuple[Decided, ...]]:
    """Return the decided lines of each sending."""
    found: dict[tuple[str, int], list[Decided]] = {}
    for one in history.decided:
        found.setdefault((one.account, one.attempt), []).append(one)
    return {key: tuple(lines) for key, lines in found.items()}


def first_sendings(history: History) -> tuple[First, ...]:
    """Return the first sending of every claim, in order."""
    lines = by_attempt(history)
    return tuple(
        First(one, lines.get((one.account, 1), ())) for one in history.sent if one.attempt == 1
    )


def lag_of_payments(history: History, period: Period) -> Iterator[int]:
    """Yield the days from first sending to first payment, of claims first paid in `period`."""
    sent = {one.account: one.day for one in history.sent if one.attempt == 1}
    paid: dict[str, date] = {}
    for one in history.decided:
        if one.paid > 0:
            paid[one.account] = min(one.known, paid.get(one.account, one.known))
    for account, day in paid.items():
        if day in period and account in sent:
            yield (day - sent[account]).days
