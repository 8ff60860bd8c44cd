"""An appeal on its way: what was asked and decided so far, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from codinglab.accounts.appeal_amount import is_enough
from codinglab.accounts.appeal_deadline import Deadline, deadline
from codinglab.accounts.appeal_path import AppealPath, Level, amount_in_controversy
from codinglab.core.tables import BadData

Outcome = Literal["pending", "overturned", "partly overturned", "upheld", "dismissed"]


@dataclass(frozen=True, slots=True)
class Round:
    """One level that was walked: the day of the request, and the decision where there is one.

    `filed` is None at a level that the one below forwards to. `notice` is the day of the decision,
    `received` the day on which it came, where it can be shown.
    """

    level: int
    filed: date | None
    outcome: Outcome = "pending"
    notice: date | None = None
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """What is disputed: the first notice, its receipt where shown, dollars at stake, the cause."""

    notice: date
    at_stake: Decimal
    cause: str
    carc: str = ""
    remarks: tuple[str, ...] = ()
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an appeal stands on a day.

    `level` may be asked next until `deadline`. `waits_until` is the day by which a pending
    decision is due. `over` says that no level is left: the rights are used up, or the appeal is
    won. `needed` is the amount in controversy that is not reached alone (dollars).
    """

    why: str
    level: Level | None = None
    deadline: Deadline | None = None
    waits_until: date | None = None
    needed: Decimal | None = None
    over: bool = False
    source: str = ""


def standing(path: AppealPath, dispute: Dispute, rounds: Sequence[Round], day: date) -> Standing:
    """Return what can be done on `day`.

    Raises BadData for rounds out of order, and NotInForce for a day without terms or amounts.
    """
    _in_order(path, rounds)
    if refused := path.refuses(dispute.carc, dispute.remarks):
        said = f"no appeal: {refused.why}; {refused.instead}"
        return Standing(said, over=True, source=refused.source)
    if not rounds:
        return _next(path, dispute, 1, dispute.notice, dispute.received, day)
    last = rounds[-1]
    if last.outcome == "overturned":
        return Standing(f"won at level {last.level}: wait for the new remittance", over=True)
    if last.outcome == "dismissed":
        said = f"dismissed at level {last.level}: it was not decided, so there is no next level"
        return Standing(f"{said}; a dismissal itself can be reviewed or vacated", over=True)
    if last.outcome == "pending" or last.notice is None:
        return _waiting(path.level(last.level), dispute, last)
    return _next(path, dispute, last.level + 1, last.notice, last.received, day)


def _in_order(path: AppealPath, rounds: Sequence[Round]) -> None:
    for at, one in enumerate(rounds, 1):
        path.level(one.level)
        if one.level != at:
            raise BadData(f"round {at} is at level {one.level}: each level waits for the one below")
        if at < len(rounds) and (one.outcome == "pending" or one.notice is None):
            raise BadData(f"level {one.level} is not decided, so level {one.level + 1} cannot be")


def _waiting(level: Level, dispute: Dispute, last: Round) -> Standing:
    terms = level.on(dispute.notice)
    due = None
    if last.filed and terms.decided_days is not None:
        due = last.filed + timedelta(days=terms.decided_days)
    return Standing(f"{level.who} decides", level, waits_until=due, source=terms.source)


def _next(  # noqa: PLR0913, PLR0917  what a level is judged by
    path: AppealPath,
    dispute: Dispute,
    number: int,
    notice: date,
    received: date | None,
    day: date,
) -> Standing:
    if number > len(path.levels):
        return Standing("every level has decided", over=True, source=path.source)
    level = path.level(number)
    if level.only_causes and dispute.cause not in level.only_causes:
        said = f"{level.name} is not open to a denial for {dispute.cause}"
        return Standing(said, over=True, source=level.on(notice).source)
    if level.automatic:
        said = f"{level.who} gets it without a request"
        return Standing(said, level, source=level.on(notice).source)
    if level.from_first:
        notice, received = dispute.notice, dispute.received
    terms = level.on(notice)
    due = deadline(terms, notice, received)
    if due.left(day) < 0:
        said = f"level {number} ({level.name}) was due on {due.last}; {path.good_cause}"
        return Standing(said, level, due, over=True, source=terms.source)
    said = f"ask {level.who} by {due.last}"
    if level.amount and not is_enough(level, dispute.at_stake, day):
        needed = amount_in_controversy(level.amount, day)
        said += f"; {dispute.at_stake} dollars alone are under {needed}: only together with others"
        return Standing(said, level, due, needed=needed, source=terms.source)
    return Standing(said, level, due, source=terms.source)
