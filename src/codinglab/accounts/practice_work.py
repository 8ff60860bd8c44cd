"""Denials of the simulated practice are worked: corrected, appealed, or given up by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from codinglab.accounts.appeal_outcome import NotOverturned, decide_again
from codinglab.accounts.by_hand import Hand, Money, NotAllowed, write_off
from codinglab.accounts.denial import Denial
from codinglab.accounts.kpi_history import Worked
from codinglab.accounts.practice_case import Case, mended
from codinglab.accounts.practice_chance import Chance
from codinglab.accounts.practice_file import WorkRow
from codinglab.accounts.practice_send import send
from codinglab.accounts.practice_year import Year
from codinglab.remit.model import RemitClaim

_ZERO = Decimal(0)
_TIMELY, _NEW_CLAIM = "timely", frozenset({"registration", "data", "duplicate"})
_TRIES = 2


def to_work(year: Year, case: Case, denied: Sequence[Denial], day: date) -> None:
    """Put the denials of a claim on somebody's desk, unless nobody gets to them."""
    if case.attempt > _TRIES or case.pending is not None:
        return
    chance = Chance(year.office.seed, "work", case.account, case.attempt)
    rule = _rule(year, case, denied)
    later = day + timedelta(days=year.office.working.pick(chance))
    if chance.happens(rule.found):
        year.plan(later, lambda: _work(year, case, denied, rule, chance, later))


def _rule(year: Year, case: Case, denied: Sequence[Denial]) -> WorkRow:
    """Return what is done about the dearest denial; what cannot be corrected is appealed."""
    work = year.office.practice.work
    rule = work.get(_dearest(denied).cause.code, work["otherwise"])
    sent = case.last.claim if case.last else case.claim
    nothing = replace(mended(case, year.office.practice)) == replace(sent, frequency="1")
    return work["otherwise"] if rule.action == "correct" and nothing else rule


def _dearest(denied: Sequence[Denial]) -> Denial:
    return max(denied, key=lambda one: one.amount)


def _work(  # noqa: PLR0913, PLR0917  what is worked, how, when
    year: Year,
    case: Case,
    denied: Sequence[Denial],
    rule: WorkRow,
    chance: Chance,
    day: date,
) -> None:
    main, whole = _dearest(denied), sum((one.amount for one in denied), _ZERO)
    won = chance.happens(rule.won)
    action = rule.action if rule.action != "correct" or won else "give up"
    case.pending = len(year.worked)
    year.worked.append(
        Worked(
            case.account,
            main.line or 0,
            case.patient.payer,
            main.carc,
            main.cause.code,
            whole,
            day,
            action,
        )
    )
    if action == "correct":
        _correct(year, case, main, day)
    elif action == "appeal":
        later = day + timedelta(days=year.office.answering.pick(chance))
        year.plan(later, lambda: _appealed(year, case, denied, won, later))
    else:
        case.pending = None
        _give_up(year, case, denied, day)


def _correct(year: Year, case: Case, main: Denial, day: date) -> None:
    claim = mended(case, year.office.practice)
    if main.cause.code not in _NEW_CLAIM:
        claim = replace(claim, frequency="7", original_reference=main.number)
    send(year, case, claim, day)


def _appealed(year: Year, case: Case, denied: Sequence[Denial], won: bool, day: date) -> None:
    """Let the payer answer an appeal: it decides again, or it does not."""
    payer = case.patient.payer
    lines = sorted({one.line for one in denied if one.line})
    if won and case.last is not None and lines:
        try:
            again = decide_again(
                case.last,
                lines,
                year.loaded[payer],
                case.patient.member,
                year.states[payer],
                day,
                "the appeal was won",
            )
        except NotOverturned:
            won = False
        else:
            year.states[payer] = again.state
            case.attempt += 1
            case.numbers[again.decision.number] = case.attempt
            case.last = again.decision
            for each in (again.reversal, again.decision):
                year.pays(each, payer)
            return
    assert case.pending is not None
    one = year.worked[case.pending]
    year.worked[case.pending] = replace(one, answered=day, result="upheld")
    case.pending = None
    _give_up(year, case, denied, day)


def answered(
    year: Year, case: Case, claim: RemitClaim, denied: Sequence[Denial], day: date
) -> None:
    """Write down the answer to a denial that was worked, when the new decision is told."""
    if case.pending is None or case.numbers.get(claim.number) != case.attempt:
        return
    one, left = year.worked[case.pending], sum((each.amount for each in denied), _ZERO)
    won = left < one.amount
    year.worked[case.pending] = replace(
        one,
        answered=day,
        result="overturned" if won else "upheld",
        recovered=one.amount - left if won else _ZERO,
    )
    case.pending = None


def _give_up(year: Year, case: Case, denied: Sequence[Denial], day: date) -> None:
    """Write the denials off, each with reason and authority; what is no longer open stays."""
    who = year.office.practice.give_up
    for one in denied:
        if not one.line or one.group == "PR":
            continue
        hand = Hand(f"give up {one.key} {day:%y%m%d}", day, who.who, who.role, who.why)
        money = Money(case.account, one.amount, case.patient.payer, one.line)
        reason = "filing limit missed" if one.cause.code == _TIMELY else "denial given up"
        try:
            write_off(year.store, hand, money, reason, rights="every right is used up")
        except NotAllowed:
            continue
