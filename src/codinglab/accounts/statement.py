"""A patient's statement: what was charged, who paid it, what is left to the patient, and why.

Everything comes from the journal. Reasons are told in the words of
curriculum/accounts/patient/words.yml; a reason without words there by its label in code_sets/carc.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from codinglab.accounts.aging import aged
from codinglab.accounts.balances import INSURANCE, PATIENT
from codinglab.accounts.journal import Entry, Posting
from codinglab.accounts.notice_liability import not_to_be_billed, without_notice
from codinglab.accounts.patient_policy import (
    Collections,
    Practice,
    Site,
    Words,
    rules_on,
)
from codinglab.accounts.policy import policy_on
from codinglab.accounts.record import Account, AccountLine
from codinglab.accounts.statement_words import Why, reasons
from codinglab.accounts.store import Store
from codinglab.accounts.visit_flows import flows, owings
from codinglab.codes.procedures import NotAProcedureCode, find
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce

TRAINING = "TRAINING COPY - NOT A BILL, NOTHING IS OWED"
_ZERO = Decimal(0)
PAID = ("insurance paid", "reduced", "patient paid", "forgiven", "written off", "with the agency")
"""What lowers a visit's charges, in the order in which a statement names it."""
ADDED = ("given back", "finance charge", "other")


class NoSuchPatient(LookupError):
    """The books have no visit of this patient, or no such visit."""


@dataclass(frozen=True, slots=True)
class Service:
    """One line: the day, the code, what it is in plain words (blank where unknown), dollars."""

    day: date
    code: str
    what: str
    charge: Decimal


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: `sums` are dollars by what happened, `why` the reasons of the patient's part.

    `unbillable` are the dollars of what the patient owes by the books that he may not be asked for:
    no notice of noncoverage was signed.
    """

    account: str
    services: tuple[Service, ...]
    sums: Mapping[str, Decimal]
    insurance_owes: Decimal
    patient_owes: Decimal
    why: tuple[Why, ...]
    unbillable: Decimal = _ZERO

    @property
    def asked(self) -> Decimal:
        """Return what the patient is asked for, below 0 where he has paid too much."""
        return self.patient_owes - self.unbillable

    @property
    def charged(self) -> Decimal:
        """Return the charges, in dollars."""
        return self.sums.get("charged", _ZERO)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is sent on the day `made`: bill number `notice`, to be paid by `pay_by`.

    `aging` are dollars by the buckets whose upper ends in days are `edges`; credits are apart.
    """

    patient: str
    made: date
    pay_by: date
    notice: int
    message: str
    practice: Practice
    visits: tuple[Visit, ...]
    edges: tuple[int, ...]
    aging: tuple[Decimal, ...]

    @property
    def owed(self) -> Decimal:
        """Return what the patient is asked to pay: visits with a credit do not lower it."""
        return sum((max(one.asked, _ZERO) for one in self.visits), _ZERO)

    @property
    def credit(self) -> Decimal:
        """Return what the patient has paid too much on other visits."""
        return -sum((min(one.patient_owes, _ZERO) for one in self.visits), _ZERO)

    @property
    def waiting(self) -> Decimal:
        """Return what insurance has not decided or paid yet."""
        return sum((max(one.insurance_owes, _ZERO) for one in self.visits), _ZERO)


def statement(
    store: Store, patient: str, day: date, *, notice: int = 1, site: Site = "practice"
) -> Statement:
    """Return the statement of all open visits of `patient` at the end of `day`.

    `patient` is named as the books name him ("Doe, Jan 1970-01-01"); `notice` counts the bills
    from 1. Raises NoSuchPatient, NotInForce for a day without rules, ValueError for a notice that
    the policy has not.
    """
    accounts = store.visits_of(patient)
    if not accounts:
        raise NoSuchPatient(f"the books have no visit of {patient!r}; name the patient as they do")
    rules = rules_on("collections", Collections, day, site)
    if not 1 <= notice <= len(rules.notices):
        raise ValueError(f"notice {notice}: a {site} sends bills 1 to {len(rules.notices)}")
    entries = {
        number: tuple(one for one in store.entries(number) if one.day <= day) for number in accounts
    }
    words = rules_on("words", Words, day)
    visits = [_visit(accounts[one], entries[one], words, day) for one in sorted(accounts)]
    edges = policy_on(day).aging
    return Statement(
        patient,
        day,
        day + timedelta(rules.cycle_days),
        notice,
        rules.notices[notice - 1],
        rules_on("practice", Practice, day),
        tuple(one for one in visits if one.patient_owes or one.insurance_owes),
        edges,
        _aging(
            {one: _asked(entries[one], accounts[one]) for one in accounts}, accounts, day, edges
        ),
    )


def _asked(entries: Sequence[Entry], account: Account) -> Sequence[Entry]:
    """Return the entries as if what the patient may not be asked for were taken off at once."""
    owing = tuple(owings(entries, account.number))
    left = not_to_be_billed(account, owing, _stands(entries, account.number, PATIENT))
    found = tuple(without_notice(account, owing))
    if not left:
        return entries
    sides = (
        Posting("patient receivable", -left, account.number),
        Posting("denied", left, account.number),
    )
    return (*entries, Entry("unasked", found[-1].day, "adjustment", "not in the books", sides))


def _aging(
    entries: Mapping[str, Sequence[Entry]],
    accounts: Mapping[str, Account],
    day: date,
    edges: Sequence[int],
) -> tuple[Decimal, ...]:
    sums = [_ZERO] * (len(edges) + 1)
    for number, own in entries.items():
        for row in aged(own, accounts, day, edges):
            if not row.payer and row.account == number:
                sums = [total + more for total, more in zip(sums, row.buckets, strict=True)]
    return tuple(sums)


def _visit(account: Account, entries: Sequence[Entry], words: Words, day: date) -> Visit:
    sums: dict[str, Decimal] = {}
    for one in flows(entries, account.number):
        sums[one.what] = sums.get(one.what, _ZERO) + one.amount
    owing = tuple(owings(entries, account.number))
    unasked = tuple(without_notice(account, owing))
    owed = _stands(entries, account.number, PATIENT)
    return Visit(
        account.number,
        tuple(map(_service, account.charged)),
        sums,
        _stands(entries, account.number, INSURANCE),
        owed,
        reasons(account, (one for one in owing if one not in unasked), words, day),
        not_to_be_billed(account, owing, owed),
    )


def _stands(entries: Iterable[Entry], account: str, ledger: str) -> Decimal:
    sides = (side for entry in entries for side in entry.postings)
    return sum(
        (one.amount for one in sides if (one.ledger, one.account) == (ledger, account)), _ZERO
    )


def _service(line: AccountLine) -> Service:
    return Service(
        line.day, "-".join((line.code, *line.modifiers)), _label(line.code, line.day), line.charge
    )


def _label(code: str, day: date) -> str:
    try:
        return find(code, day).label
    except (NotInTable, NotInForce, NotAProcedureCode):
        return ""
