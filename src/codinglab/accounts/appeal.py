"""An appeal on its way: what was asked and decided so far, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from codinglab.accounts.appeal_amount import is_enough
from codinglab.accounts.appeal_deadline import Deadline, deadline
from codinglab.accounts.appeal_path import (
    AppealPath,
    Level,
    LevelTerms,
    amount_in_controversy,
)
from codinglab.core.tables import BadData

Outcome = Literal["pending", "overturned", "partly overturned", "upheld", "dismissed", "remanded"]


@dataclass(frozen=True, slots=True)
class Round:
    """One level that was walked: the day of the request, and the decision where there is one.

    `filed` is None at a level to which the case came by itself: forwarded, or sent back. `notice`
    is the day of the decision, `received` the day on which it came, where it can be shown, and
    `number` what the reviewer numbered it, blank where that is not told.
    """

    level: int
    filed: date | None
    outcome: Outcome = "pending"
    notice: date | None = None
    received: date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """What is disputed: the first notice, its receipt where shown, dollars at stake, the cause.

    `filing` is the claim filing indicator of the payer, blank where nobody tells it.
    """

    notice: date
    at_stake: Decimal
    cause: str
    carc: str = ""
    remarks: tuple[str, ...] = ()
    received: date | None = None
    filing: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an appeal stands on a day.

    `level` may be asked next until `deadline`; without a level it is
    that of a review of a dismissal. `waits_until` is the day by which a pending
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

    Raises BadData for rounds out of order and for a day before the notice that is disputed, and
    NotInForce for a day without terms or amounts.
    """
    _in_order(path, dispute, rounds)
    told = next((one.notice for one in reversed(rounds) if one.notice), dispute.notice)
    if day < told:
        raise BadData(f"on {day} the notice of {told} had not come: there is nothing to ask yet")
    if refused := path.refuses(dispute.carc, dispute.remarks, dispute.filing):
        said = f"no appeal: {refused.why}; {refused.instead}"
        return Standing(said, over=True, source=refused.source)
    if not rounds:
        return _next(path, dispute, 1, dispute.notice, dispute.received, day)
    return _after_rounds(path, dispute, rounds[-1], day)


def _after_rounds(path: AppealPath, dispute: Dispute, last: Round, day: date) -> Standing:
    """Return what the last round leaves."""
    if last.outcome == "overturned":
        return Standing(f"won at level {last.level}: wait for the new remittance", over=True)
    if last.outcome == "dismissed":
        return _dismissed(path.level(last.level), last, day)
    if last.outcome == "remanded":
        back = path.level(_after(path, last))
        said = f"level {last.level} sent it back: {back.who} decides again, without a request"
        return Standing(said, back)
    if last.outcome == "pending" or last.notice is None:
        return _waiting(path.level(last.level), dispute, last, day)
    return _next(path, dispute, last.level + 1, last.notice, last.received, day)


def _in_order(path: AppealPath, dispute: Dispute, rounds: Sequence[Round]) -> None:
    expected, told = 1, dispute.notice
    for at, one in enumerate(rounds, 1):
        _known(path, one)
        if one.level != expected:
            raise BadData(f"round {at} is at level {one.level}: each level waits for the one below")
        if one.filed and one.filed < told:
            raise BadData(
                f"level {one.level} was asked on {one.filed}, before the notice of {told}"
            )
        if one.notice and one.notice < (one.filed or told):
            raise BadData(f"level {one.level} decided on {one.notice}, before it was asked")
        if at < len(rounds) and (one.outcome == "pending" or one.notice is None):
            raise BadData(f"level {one.level} is not decided, so level {one.level + 1} cannot be")
        expected, told = _after(path, one), one.notice or told


def _known(path: AppealPath, one: Round) -> None:
    """Raise BadData for a level that the path has not, and for a first one that nobody asked."""
    try:
        level = path.level(one.level)
    except LookupError as error:
        raise BadData(str(error)) from None
    if one.filed is None and level.number == 1 and not level.automatic:
        raise BadData(f"level 1 ({level.name}) is reached by a request: say when it was asked")


def _after(path: AppealPath, one: Round) -> int:
    """Return the number of the level that comes after a round; raises BadData."""
    if one.outcome != "remanded":
        return one.level + 1
    back = path.level(one.level).remands_to
    if back is None:
        raise BadData(f"level {one.level} of {path.name} sends nothing back")
    return back


def _dismissed(level: Level, last: Round, day: date) -> Standing:
    """Return what is left of a request that was dismissed: it was not decided."""
    said = f"dismissed at level {level.number}: it was not decided, so there is no next level"
    left = level.dismissed
    if left is None or last.notice is None:
        return Standing(f"{said}; ask whether a dismissal can be reviewed", over=True)
    if not left.days:
        return Standing(f"{said}; {left.vacate}", over=True, source=left.source)
    terms = LevelTerms(
        effective_from=last.notice,
        days=left.days,
        counted="receipt",
        presumed=left.presumed,
        source=left.source,
    )
    due = deadline(terms, last.notice, last.received)
    said = f"{said}; {left.who} reviews the dismissal alone, asked by {due.last}; {left.vacate}"
    return Standing(said, deadline=due, over=due.left(day) < 0, source=left.source)


def _waiting(level: Level, dispute: Dispute, last: Round, day: date) -> Standing:
    terms = level.on(dispute.notice)
    due = None
    if last.filed and terms.decided_days is not None:
        due = last.filed + timedelta(days=terms.decided_days)
    if due and day > due and level.late:
        said = f"{level.who} should have decided by {due}: {level.late.says}"
        return Standing(said, level, waits_until=due, source=level.late.source)
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
        said = f"level {number} ({level.name}) was due on {due.last}; {path.good_cause_of(level)}"
        return Standing(said, level, due, over=True, source=terms.source)
    said = f"ask {level.who} by {due.last}"
    if level.amount and not is_enough(level, dispute.at_stake, day):
        needed = amount_in_controversy(level.amount, day)
        said += f"; {dispute.at_stake} dollars alone are under {needed}: only together with others"
        return Standing(said, level, due, needed=needed, source=terms.source)
    return Standing(said, level, due, source=terms.source)
