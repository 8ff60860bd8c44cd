"""A simulated payer answers an appeal by rule: dismissed, upheld or overturned, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from codinglab.accounts.appeal import Dispute, Outcome, Round, standing
from codinglab.accounts.appeal_amount import is_enough
from codinglab.accounts.appeal_evidence import Evidence
from codinglab.accounts.appeal_path import AppealPath, Level
from codinglab.accounts.appeal_rules import AnswerRule, Check, answer_file
from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_action import filing_limit
from codinglab.codes.pair_table import NEVER, PairSetting, pair_table
from codinglab.core.dates import NotInForce


@dataclass(frozen=True, slots=True)
class Request:
    """An appeal as it comes in.

    `filed` is the day on which the payer has it, `rounds` what was decided at the levels below.
    `beside` are the other codes of the day that the payer paid (for bundling), `setting` the kind
    of bill. `good_cause` says that lateness was excused, `together` that other claims go with it,
    so that the amount in controversy is reached.
    """

    denial: Denial
    path: AppealPath
    level: int
    filed: date
    dispute: Dispute
    evidence: tuple[Evidence, ...] = ()
    rounds: tuple[Round, ...] = ()
    beside: tuple[str, ...] = ()
    setting: PairSetting = "practitioner"
    good_cause: bool = False
    together: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided, by which rule, on which day."""

    outcome: Outcome
    rule: str
    why: str
    notice: date
    source: str
    invented: bool = False

    def as_round(self, request: Request) -> Round:
        """Return the round that this answer ends."""
        return Round(request.level, request.filed, self.outcome, self.notice)


def answer(request: Request) -> Answer:
    """Return the payer's answer.

    The decision comes on the last day that the level's rule allows. Raises BadData for rounds out
    of order, LookupError for a level that the path has not, NotInForce for a day without terms.
    """
    level = request.path.level(request.level)
    days = level.on(request.dispute.notice).decided_days
    notice = request.filed + timedelta(days=answer_file().court_days if days is None else days)
    if refused := _dismissed(request, level):
        return Answer("dismissed", "appeal.dismissed", refused, notice, request.path.source)
    for rule in answer_file().rules:
        if _fits(rule, request):
            return Answer(
                rule.outcome, rule.id, rule.why, notice, rule.source, invented=rule.invented
            )
    why = "nothing in the appeal answers the reason of the denial"
    return Answer("upheld", "appeal.nothing", why, notice, answer_file().source, invented=True)


def _dismissed(request: Request, level: Level) -> str:
    """Return why the request is not decided at all, blank where it is."""
    found = standing(request.path, request.dispute, request.rounds, request.filed)
    if found.over and not (request.good_cause and found.deadline):
        return found.why
    if found.level is None or found.level.number != level.number:
        told = f"{found.level.number} ({found.level.name})" if found.level else "none"
        return f"level {level.number} was asked, and the next one is {told}"
    at_stake = request.dispute.at_stake
    if not request.together and not is_enough(level, at_stake, request.filed):
        return f"{at_stake} dollars alone are less than this level asks for"
    return ""


def _fits(rule: AnswerRule, request: Request) -> bool:
    denial = request.denial
    held = {one.kind for one in request.evidence}
    return (
        rule.holds(request.filed)
        and denial.cause.code in rule.causes
        and (not rule.paths or request.path.slug in rule.paths)
        and (not rule.levels or request.level in rule.levels)
        and (not rule.remarks or bool(set(denial.remarks) & set(rule.remarks)))
        and all(held & set(group) for group in rule.needs)
        and all(_CHECKS[one](request) for one in rule.checks)
    )


def _days(evidence: Sequence[Evidence], kind: str) -> list[date]:
    return [one.day for one in evidence if one.kind == kind and one.day]


def _received_in_time(request: Request) -> bool:
    limit, _ = filing_limit(request.denial)
    days = _days(request.evidence, "receipt")
    return limit is not None and bool(days) and min(days) <= limit


def _authorized_before(request: Request) -> bool:
    first = request.denial.first
    return first is not None and any(
        one.kind == "authorization" and one.number and one.day and one.day <= first
        for one in request.evidence
    )


def _has(request: Request, modifiers: Sequence[str]) -> bool:
    return bool(set(request.denial.modifiers) & set(modifiers))


def _modifier(request: Request) -> bool:
    return _has(request, answer_file().modifiers.separate)


def _repeat(request: Request) -> bool:
    return _has(request, answer_file().modifiers.repeat)


def _pair_never_opens(request: Request) -> bool:
    """Say whether the service stands in a pair that no modifier opens, below one of the others.

    Where the lab has no pairs for the day, none is known.
    """
    day = request.denial.first
    if day is None or not request.denial.code:
        return False
    try:
        table = pair_table(day, request.setting)
    except NotInForce:
        return False
    pairs = (table.directed(other, request.denial.code) for other in request.beside)
    return any(one is not None and one.modifier == NEVER for one in pairs)


_CHECKS: Mapping[Check, Callable[[Request], bool]] = MappingProxyType(
    {
        "received in time": _received_in_time,
        "authorized before": _authorized_before,
        "modifier on the line": _modifier,
        "repeat modifier on the line": _repeat,
        "pair never opens": _pair_never_opens,
    }
)
