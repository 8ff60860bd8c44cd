"""A practice of four visits, whose figures are worked out in test_kpi.py."""

from datetime import date
from decimal import Decimal

from codinglab.accounts.charge import charges
from codinglab.accounts.journal import Entry, Posting
from codinglab.accounts.kpi import kpis
from codinglab.accounts.kpi_books import Period
from codinglab.accounts.kpi_history import Cost, Decided, History, Sent, Visit, Worked
from codinglab.accounts.record import Account, AccountLine, Batch
from codinglab.accounts.store import Store

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))
INSURANCE, PATIENT = "insurance receivable", "patient receivable"


def _day(day: int) -> date:
    return date(2026, 1, day)


def _account(number: str, charge: str, *payers: str) -> Account:
    line = AccountLine(1, "99213", Decimal(charge), _day(5))
    return Account(number, _day(6), f"Doe, {number}", (line,), payers, ("CI",) * len(payers))


def _entry(number: str, day: int, kind: str, *sides: str) -> Entry:
    """Return an entry; a side reads "ledger / account / payer / amount"."""
    made = []
    for side in sides:
        ledger, account, payer, amount = (part.strip() for part in side.split("/"))
        made.append(Posting(ledger, Decimal(amount), account, 1, payer))
    return Entry(number, _day(day), kind, "835 made", tuple(made))


def store_of_four() -> Store:
    accounts = (
        _account("A", "100.00", "TRN01"),
        _account("B", "200.00", "TRN01"),
        _account("C", "300.00", "TRN01"),
        _account("D", "50.00"),
    )
    moved = (
        _entry("a1", 20, "payment", "cash/A/TRN01/80", f"{INSURANCE}/A/TRN01/-80"),
        _entry(
            "a2", 20, "adjustment", "contractual adjustment/A/TRN01/20", f"{INSURANCE}/A/TRN01/-20"
        ),
        _entry("b1", 27, "payment", "cash/B/TRN01/90", f"{INSURANCE}/B/TRN01/-90"),
        _entry(
            "b2", 27, "adjustment", "contractual adjustment/B/TRN01/50", f"{INSURANCE}/B/TRN01/-50"
        ),
        _entry("b3", 27, "transfer", f"{PATIENT}/B//60", f"{INSURANCE}/B/TRN01/-60"),
        _entry("b4", 29, "patient payment", "cash/B//20", f"{PATIENT}/B//-20"),
        _entry("d1", 6, "patient payment", "cash/D//65", f"{PATIENT}/D//-65"),
        _entry("i1", 27, "interest", "cash//TRN01/1.25", "interest income//TRN01/-1.25"),
    )
    store = Store("sqlite://")
    entries = (*(entry for one in accounts for entry in charges(one)), *moved)
    store.write(Batch(entries=entries, accounts=accounts))
    return store


def _visit(number: str, payer: str, entered: int, charge: str) -> Visit:
    who = ("Okafor", "Kim", "Lee", "visit")
    return Visit(number, f"Doe, {number}", payer, _day(5), _day(entered), *who, Decimal(charge))


def _decided(number: str, attempt: int, known: int, charge: str, paid: str, **more) -> Decided:
    amounts = (Decimal(charge), Decimal(paid), Decimal(0))
    told = {name: Decimal(one) if name != "cause" else one for name, one in more.items()}
    return Decided(number, attempt, 1, "TRN01", "99213", "", *amounts, _day(known), **told)


def _worked(day: int, answered: int | None, result: str) -> Worked:
    when = _day(answered) if answered else None
    about = ("C", 1, "TRN01", "197", "authorization", Decimal(300))
    return Worked(*about, _day(day), "appeal", when, result)


HISTORY = History(
    visits=(
        _visit("A", "TRN01", 6, "100.00"),
        _visit("B", "TRN01", 5, "200.00"),
        _visit("C", "TRN01", 11, "300.00"),
        _visit("D", "", 6, "50.00"),
    ),
    sent=(
        Sent("A", 1, _day(6), "TRN01", "decided", stops=1, decided=_day(19)),
        Sent("B", 1, _day(7), "TRN01", "decided", decided=_day(26)),
        Sent("C", 1, _day(12), "TRN01", "refused", why="no such member"),
        Sent("C", 2, _day(14), "TRN01", "decided", decided=_day(28)),
    ),
    decided=(
        _decided("A", 1, 20, "100", "80", allowed="80", expected="80"),
        _decided("B", 1, 27, "200", "90", allowed="150", expected="160"),
        _decided("C", 2, 29, "300", "0", denied="300", cause="authorization", expected="250"),
    ),
    worked=(_worked(29, 30, "overturned"), _worked(29, 31, "upheld"), _worked(30, None, "")),
    costs=(Cost(_day(1), "pay", Decimal("20.00")), Cost(_day(1), "software", Decimal("5.50"))),
)


def figures(facts) -> dict:
    return {one.definition.id: one.value for one in kpis(facts)}
