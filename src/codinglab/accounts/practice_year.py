"""A simulated year while it runs: what each payer remembers, what is due when, what happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from codinglab.accounts.journal import Entry
from codinglab.accounts.kpi_history import Cost, Decided, History, Sent, Visit, Worked
from codinglab.accounts.practice_case import Case, Office
from codinglab.accounts.practice_planted import Planted
from codinglab.accounts.store import Store
from codinglab.core.dates import Dated, Span
from codinglab.payer.contract import Contract, ContractTerms
from codinglab.payer.decision import Decision
from codinglab.payer.members import Member
from codinglab.payer.state import PayerState
from codinglab.remit.model import Remittance

Task = Callable[[], None]


@dataclass(slots=True)
class Year:
    """The year: `loaded` are the contracts as payers pay by them, `checked` those in question.

    `agenda` holds what is to be done on each day, in order; `due` the decisions that each payer
    tells on its next day of payment, `remitted` what it told last. Nothing is done after `last`.
    """

    office: Office
    store: Store
    last: date
    members: dict[str, Member]
    loaded: dict[str, Contract]
    checked: frozenset[str]
    states: dict[str, PayerState]
    cases: dict[str, Case] = field(default_factory=dict)
    agenda: dict[date, list[Task]] = field(default_factory=lambda: defaultdict(list))
    due: dict[tuple[date, str], list[Decision]] = field(default_factory=lambda: defaultdict(list))
    remitted: dict[str, Remittance] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    worked: list[Worked] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    owed: dict[str, Decimal] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def plan(self, day: date, task: Task) -> None:
        """Have `task` done on `day`, after what is planned there already."""
        if day <= self.last:
            self.agenda[day].append(task)

    def payday(self, decided: date) -> date:
        """Return the first day of payment on or after `decided`."""
        wanted = self.office.practice.remits.weekday
        return decided + timedelta(days=(wanted - decided.weekday()) % 7)

    def pays(self, decision: Decision, payer: str) -> None:
        """Have the payer tell a decision on its next day of payment."""
        self.due[self.payday(decision.decided), payer].append(decision)

    def history(self) -> History:
        """Return what happened."""
        return History(
            tuple(self.visits),
            tuple(self.sent),
            tuple(self.decided),
            tuple(self.worked),
            tuple(self.costs),
        )


def underpaying(contract: Contract, problems: tuple[Planted, ...]) -> Contract:
    """Return the contract as a payer pays by it that was planted to pay less than it says."""
    for one in problems:
        contract = _less(contract, one)
    return contract


def _less(contract: Contract, problem: Planted) -> Contract:
    rows: list[tuple[Span, ContractTerms]] = []
    for span, terms in contract.terms.rows:
        cuts = [one for one in _edges(problem) if span.start < one and _before(one, span.end)]
        starts, ends = [span.start, *cuts], [*cuts, span.end]
        for start, end in zip(starts, ends, strict=True):
            told = _lower(terms, problem) if problem.in_force(start) else terms
            rows.append((Span(start, end), told))
    return replace(contract, terms=Dated.of(contract.terms.subject, rows))


def _edges(problem: Planted) -> tuple[date, ...]:
    """Return the days on which a problem begins and is over."""
    after = () if problem.until is None else (problem.until + timedelta(days=1),)
    return (problem.since, *after)


def _before(day: date, end: date | None) -> bool:
    return end is None or day < end


def _lower(terms: ContractTerms, problem: Planted) -> ContractTerms:
    prices = tuple(
        replace(
            one,
            share=None if one.share is None else one.share * problem.rate,
            fees={
                code: (fee * problem.rate).quantize(Decimal("0.01"))
                for code, fee in one.fees.items()
            },
        )
        if one.name in problem.rules
        else one
        for one in terms.prices
    )
    return replace(terms, prices=prices)
