"""A patient's visits in the books, and how a PDF of a letter is read back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2 as pdfium
from made_books import ENTERED, books, claim, line, remittance, visit

from codinglab.accounts.by_hand import Hand
from codinglab.accounts.post import post
from codinglab.accounts.record import Account
from codinglab.accounts.statement import ADDED, PAID, Visit
from codinglab.accounts.store import Store

JAN = "Doe, Jan 1970-01-01"
DAY = date(2026, 4, 20)


def money(text: str) -> Decimal:
    return Decimal(text)


def hand(number: str = "h1", day: date = date(2026, 4, 2), role: str = "owner") -> Hand:
    return Hand(number, day, "Ann", role, "as told")


def of_jan(number: str, *charges: str, alone: bool = False, **more: object) -> Account:
    told = {"payers": (), "filings": ()} if alone else more
    return replace(visit(number, *charges, **told), patient=JAN)


def office_visit(*accounts: Account) -> Store:
    """The books of one visit, of which 48.60 became Jan's on 2026-03-23.

    150 + 40 = 190 charged; 54.40 + 12.00 paid; 47.00 + 28.00 contractual; 30.00 + 18.60 Jan's.
    """
    store = books(of_jan("OV1", "99213 150.00", "85025 40.00"), *accounts)
    told = claim(
        "OV1",
        line("99213 150.00", "54.40", "CO-45 47.00", "PR-1 30.00", "PR-2 18.60"),
        line("85025 40.00", "12.00", "CO-45 28.00"),
    )
    assert not post(store, remittance(told), ENTERED).refused
    return store


def adds_up(one: Visit) -> bool:
    """Say whether charges, what came off and what was added make what is still owed."""
    off = sum((one.sums.get(name, Decimal(0)) for name in PAID), Decimal(0))
    added = sum((one.sums.get(name, Decimal(0)) for name in ADDED if name != "other"), Decimal(0))
    return one.charged - off + added == one.insurance_owes + one.patient_owes


def pages(pdf: bytes) -> list[str]:
    """The text of each page, blanks at the ends of lines left out."""
    document = pdfium.PdfDocument(pdf)
    try:
        found = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return ["\n".join(row.rstrip() for row in one.splitlines()) for one in found]
