"""A practice's year, simulated: visits, claims, decisions, 835s, postings, denials, payments.

The same practice, planted problems, seed and months give the same books, byte by byte. Payers
decide by the lab's contracts and every cent goes through the journal, so that whatever a figure
says can be followed to a line of a remittance.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from codinglab.accounts.kpi_books import Period
from codinglab.accounts.kpi_history import Cost
from codinglab.accounts.practice_case import Case, Office, Wheels, case
from codinglab.accounts.practice_chance import Chance, Wheel
from codinglab.accounts.practice_file import PracticeFile
from codinglab.accounts.practice_panel import Patient, panel
from codinglab.accounts.practice_planted import PlantedFile
from codinglab.accounts.practice_remit import pay
from codinglab.accounts.practice_send import enter
from codinglab.accounts.practice_store import Simulated
from codinglab.accounts.practice_year import Year, underpaying
from codinglab.accounts.record import Batch
from codinglab.accounts.store import Store
from codinglab.core.collecting import rarely_collected
from codinglab.core.federal_days import is_workday
from codinglab.core.tables import BadData
from codinglab.payer.contract_file import contracts
from codinglab.payer.state import PayerState

MONTHS = 12


def simulate(  # noqa: PLR0913  what a year depends on
    store: Store,
    practice: PracticeFile,
    planted: PlantedFile,
    seed: int,
    *,
    months: int = MONTHS,
    progress: Callable[[date], None] | None = None,
) -> Simulated:
    """Write `months` of the practice into the empty books `store`.

    `progress` is called with each day when it is over. Raises BadData for a number of months that
    is not 1 to 12.
    """
    if not 1 <= months <= MONTHS:
        raise BadData(f"{months} months: a simulation covers 1 to {MONTHS} months")
    period = Period(practice.first, _end(practice.first, months))
    year, patients = _open(store, practice, planted, seed, period)
    entries: dict[date, list[Case]] = defaultdict(list)
    seen = [one.known for one in patients]
    with rarely_collected():
        for day in _days(period):
            for one in _visits(year, patients, seen, day):
                entries[day + timedelta(days=one.entry)].append(one)
            if entries[day]:
                enter(year, entries.pop(day), day)
            _work_off(year, day)
            if progress:
                progress(day)
    return Simulated(period, year.history())


def _end(first: date, months: int) -> date:
    at = first.year * 12 + first.month - 1 + months
    return date(at // 12, at % 12 + 1, 1) - timedelta(days=1)


def _days(period: Period) -> Iterator[date]:
    day = period.first
    while day <= period.last:
        yield day
        day += timedelta(days=1)


def _open(
    store: Store, practice: PracticeFile, planted: PlantedFile, seed: int, period: Period
) -> tuple[Year, tuple[Patient, ...]]:
    known = contracts()
    agreed = {one: known[one] for one in practice.payers}
    short = {
        payer: tuple(
            one for one in planted.problems if one.kind == "underpaid" and one.payer == payer
        )
        for payer in agreed
    }
    office = Office(
        practice,
        planted,
        Wheels.of(practice),
        agreed,
        practice.billing.provider(),
        tuple(one.provider() for one in practice.providers),
        seed,
        Wheel.of(practice.lags.working),
        Wheel.of(practice.lags.answering),
    )
    patients = panel(practice, seed)
    year = Year(
        office,
        store,
        period.last,
        {one.member.member_id: one.member for one in patients},
        {one: underpaying(contract, short[one]) for one, contract in agreed.items()},
        frozenset(one for one, problems in short.items() if problems),
        {one: PayerState() for one in agreed},
    )
    return year, patients


def _visits(
    year: Year, patients: tuple[Patient, ...], seen: list[bool], day: date
) -> Iterator[Case]:
    """Yield the visits of a day; nobody comes twice, and nobody on a day off."""
    if not is_workday(day):
        return
    office, practice = year.office, year.office.practice
    chance = Chance(office.seed, "day", day)
    factor = float(practice.months[day.month - 1]) * (0.9 + 0.2 * chance.number())
    here: set[int] = set()
    for at in range(round(practice.visits_a_day * factor)):
        who = chance.below(len(patients))
        while who in here:
            who = (who + 1) % len(patients)
        here.add(who)
        new, seen[who] = not seen[who], True
        yield case(office, patients[who], day, f"H{day:%y%m%d}{at + 1:03}", new=new)


def _work_off(year: Year, day: date) -> None:
    """Do what is due on `day`: payments of payers first, then the agenda, then the month's cost."""
    for payer in year.office.contracts:
        decisions = year.due.pop((day, payer), None)
        if decisions:
            pay(year, payer, decisions, day)
    tasks = year.agenda[day]
    while tasks:
        tasks.pop(0)()
    del year.agenda[day]
    if year.entries:
        year.store.write(Batch(entries=tuple(year.entries)))
        year.entries.clear()
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        for what, amount in year.office.practice.costs.items():
            year.costs.append(Cost(day.replace(day=1), what, Decimal(amount)))
