"""Charges are entered, claims sent, and payers decide on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from codinglab.accounts.charge import charge
from codinglab.accounts.kpi_history import Sent, Visit
from codinglab.accounts.practice_case import Case, mended
from codinglab.accounts.practice_chance import Chance
from codinglab.accounts.practice_year import Task, Year
from codinglab.claim.model import Claim
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.decision import Refusal


def enter(year: Year, cases: Sequence[Case], day: date) -> None:
    """Enter the charges of `cases` on `day`, and have their claims sent."""
    practice = year.office.practice
    charge(year.store, [mended(one, practice) for one in cases], day)
    for one in cases:
        year.cases[one.account] = one
        year.visits.append(
            Visit(
                one.account,
                f"P{one.patient.at:05}",
                one.patient.payer,
                one.day,
                day,
                one.provider,
                one.coder,
                one.registrar,
                one.template,
                one.claim.total,
                one.level,
                one.documented,
            )
        )
        wait = one.sending + (one.mending if one.stops else 0)
        year.plan(day + timedelta(days=wait), _sending(year, one, day + timedelta(days=wait)))


def _sending(year: Year, one: Case, day: date) -> Task:
    return lambda: send(year, one, one.claim, day)


def send(year: Year, one: Case, claim: Claim, day: date) -> None:
    """Send a claim of the visit: the payer refuses it at the door, or decides."""
    one.attempt += 1
    payer = one.patient.payer
    member = year.members.get(claim.coverage.member_id)
    found, year.states[payer] = adjudicate(
        claim, year.loaded[payer], member, year.states[payer], day
    )
    stops = one.stops if one.attempt == 1 else 0
    told = (one.account, one.attempt, day, payer)
    if isinstance(found, Refusal):
        year.sent.append(Sent(*told, "refused", claim.frequency, stops, found.why))
        _mend(year, one, day)
        return
    year.sent.append(Sent(*told, "decided", claim.frequency, stops, decided=found.decided))
    one.numbers[found.number] = one.attempt
    one.last = found
    for each in year.states[payer].made:
        year.pays(each, payer)


def _mend(year: Year, one: Case, day: date) -> None:
    """Have a refused claim sent again as it should have been, if somebody gets to it."""
    practice = year.office.practice
    chance = Chance(year.office.seed, "mend", one.account, one.attempt)
    rule = practice.work.get("registration", practice.work["otherwise"])
    later = day + timedelta(days=year.office.working.pick(chance))
    claim = mended(one, practice)
    if chance.happens(rule.found) and claim != one.claim:
        year.plan(later, lambda: send(year, one, claim, later))
