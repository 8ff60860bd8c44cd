"""Visits and remittances made short: amounts as text, adjustments as "CO-45 50.00"."""

from datetime import date
from decimal import Decimal

from codinglab.accounts.charge import charges
from codinglab.accounts.record import Account, AccountLine, Batch
from codinglab.accounts.store import Store
from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.parties import Name, Payer, Provider
from codinglab.remit.model import ProviderAdjustment, RemitClaim, RemitLine, Remittance

CHARGED = date(2026, 3, 3)
PAID = date(2026, 3, 20)
ENTERED = date(2026, 3, 23)
FIRST, SECOND, THIRD = "TRN01", "TRN02", "TRNMC"


def visit(number="OV1", *charges_told, payers=(FIRST,), filings=("CI", "CI", "MC")) -> Account:
    told = charges_told or ("99213 150.00",)
    lines = []
    for at, each in enumerate(told, 1):
        code, charge = each.split()
        code, *modifiers = code.split("-")
        number_of_line = f"{number}L{at}"
        lines.append(
            AccountLine(at, code, Decimal(charge), CHARGED, tuple(modifiers), "", number_of_line)
        )
    return Account(number, CHARGED, f"Doe, {number}", tuple(lines), payers, filings[: len(payers)])


def books(*accounts, url="sqlite://") -> Store:
    store = Store(url)
    entries = tuple(entry for one in accounts for entry in charges(one))
    store.write(Batch(entries=entries, accounts=tuple(accounts)))
    return store


def adjustments(*told) -> tuple[Adjustment, ...]:
    found = []
    for each in told:
        code, amount = each.split()
        group, carc = code.split("-")
        found.append(Adjustment(group, carc, Decimal(amount)))
    return tuple(found)


def line(told, paid, *adjusted, number="") -> RemitLine:
    code, charge = told.split()
    code, *modifiers = code.split("-")
    return RemitLine(
        code,
        Decimal(charge),
        Decimal(paid),
        Decimal(1),
        modifiers=tuple(modifiers),
        adjustments=adjustments(*adjusted),
        control_number=number,
    )


def claim(  # noqa: PLR0913  as terse as the tests need it
    account, *lines, status="1", number="", whole=(), charge="", paid=""
) -> RemitClaim:
    of_lines = sum((one.charge for one in lines), Decimal(0))
    adjusted = adjustments(*whole)
    every = [*adjusted, *(each for one in lines for each in one.adjustments)]
    left = sum((one.paid for one in lines), Decimal(0)) - sum(
        (one.amount for one in adjusted), Decimal(0)
    )
    return RemitClaim(
        account,
        status,
        Decimal(charge) if charge else of_lines,
        Decimal(paid) if paid else left,
        sum((one.amount for one in every if one.group == "PR"), Decimal(0)),
        number or f"ICN-{account}",
        "12",
        Name("Doe", "Jan"),
        lines=tuple(lines),
        adjustments=adjusted,
    )


def remittance(*claims, trace="T1", payer=FIRST, total="", beside=(), made=PAID) -> Remittance:
    """Return a remittance whose payment adds up where no `total` is named.

    `beside` are provider adjustments: "WO 30.00 ICN-OV1".
    """
    set_off = []
    for each in beside:
        reason, amount, *reference = each.split()
        set_off.append(ProviderAdjustment(reason, " ".join(reference), Decimal(amount)))
    left = sum((one.paid for one in claims), Decimal(0)) - sum(
        (one.amount for one in set_off), Decimal(0)
    )
    return Remittance(
        Payer("Northfield", payer),
        Provider(Name("Harbor"), "1234567893"),
        trace,
        f"1{payer}",
        "ACH",
        made,
        made,
        Decimal(total) if total else left,
        tuple(claims),
        tuple(set_off),
    )
