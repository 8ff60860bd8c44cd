"""`codinglab accounts enter`: what a person enters, with who, in which role, and why."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.accounts_books import BooksAt, opened
from codinglab.cli.accounts_journal import entry_text, told_entry
from codinglab.cli.days import On, day_of
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.journal import Entry
    from codinglab.accounts.store import Store


class Deed(StrEnum):
    """What is entered."""

    WRITE_OFF = "write-off"
    TRANSFER = "transfer"
    PATIENT_PAYMENT = "patient-payment"
    UNAPPLIED = "unapplied"
    APPLY = "apply"
    REFUND_OWED = "refund-owed"
    REFUND_PAID = "refund-paid"
    RECOVERY = "recovery"
    GIVE_BACK = "give-back"
    UNDO = "undo"


def enter(  # noqa: PLR0913, PLR0917  one a flag
    books: BooksAt,
    deed: Annotated[Deed, typer.Argument(help="What is entered.")],
    number: Annotated[str, typer.Option(help="A number that no entry has yet.")],
    who: Annotated[str, typer.Option(help="The person.")],
    role: Annotated[str, typer.Option(help="The role, by which the policy limits amounts.")],
    why: Annotated[str, typer.Option(help="Why.")],
    account: Annotated[str, typer.Option(help="The account.")] = "",
    amount: Annotated[str, typer.Option(help="Dollars.")] = "",
    payer: Annotated[str, typer.Option(help="Whose money; the patient's if left out.")] = "",
    line: Annotated[int | None, typer.Option(min=1, help="One line alone.")] = None,
    to: Annotated[str, typer.Option(help="Transfer: the payer; the patient if left out.")] = "",
    reason: Annotated[str, typer.Option(help="Write-off: a reason of the policy.")] = "",
    rights: Annotated[
        str, typer.Option(help="A denial: that the right to appeal is used up, or why waived.")
    ] = "",
    waiting_for: Annotated[
        str | None, typer.Option(help="Apply: the payer under whom it waits, if another; or blank.")
    ] = None,
    entry: Annotated[str, typer.Option(help="Undo: the number of the entry.")] = "",
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Enter a write-off, transfer, payment or refund by hand, or undo an entry by its negation.

    Leaves with 2 where the policy or the books do not allow it. JSON: an entry as of `accounts
    entries`.
    """
    from codinglab.accounts import by_hand, recovery
    from codinglab.accounts.by_hand import Hand, Money

    hand = Hand(number, day_of(on), who, role, why)
    dollars = Decimal(0) if deed is Deed.UNDO else _dollars(amount)
    money = Money(account, dollars, payer, line)
    deeds: dict[Deed, Callable[[Store], Entry]] = {
        Deed.WRITE_OFF: lambda store: by_hand.write_off(store, hand, money, reason, rights),
        Deed.TRANSFER: lambda store: by_hand.transfer(store, hand, money, to),
        Deed.PATIENT_PAYMENT: lambda store: by_hand.patient_payment(store, hand, money),
        Deed.UNAPPLIED: lambda store: by_hand.unapplied(store, hand, dollars, payer),
        Deed.APPLY: lambda store: by_hand.apply(store, hand, money, waiting_for),
        Deed.REFUND_OWED: lambda store: by_hand.owe_refund(store, hand, money),
        Deed.REFUND_PAID: lambda store: by_hand.pay_refund(store, hand, money),
        Deed.RECOVERY: lambda store: recovery.recover(store, hand, money),
        Deed.GIVE_BACK: lambda store: recovery.give_back(store, hand, dollars, payer),
        Deed.UNDO: lambda store: by_hand.undo(store, hand, entry),
    }
    with opened(books) as store:
        made = deeds[deed](store)
    finish(told_entry(made), as_json=as_json, text=lambda: entry_text(made))


def _dollars(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise typer.BadParameter(f"{text!r} is no amount in dollars; write it like --amount 8.50")
    return found
