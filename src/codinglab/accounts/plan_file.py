"""A plan as a file, and the entries that a plan needs in the books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import Field

from codinglab.accounts.by_hand import patient_payment
from codinglab.accounts.hand import Hand, Money, NotAllowed, entered, known
from codinglab.accounts.journal import Entry, still_standing
from codinglab.accounts.plan import Plan, agree, payments, standing
from codinglab.accounts.store import Store
from codinglab.core.tables import Row, read_yaml

_CHARGE = "finance charge of a plan"


class PlanFile(Row):
    """What was agreed: account, day, dollars, monthly instalments, and the day of the month."""

    account: str
    agreed: date
    amount: Decimal = Field(gt=0)
    instalments: int = Field(ge=1)
    due_day: int = Field(ge=1, le=31)
    finance_charge: Decimal | None = Field(default=None, ge=0)


def read_plan(path: Path) -> Plan:
    """Return the plan of a file; raises BadData for a wrong field, PlanRefused by the policy."""
    told = read_yaml(path, PlanFile)
    return agree(
        told.account,
        told.agreed,
        told.amount,
        told.instalments,
        told.due_day,
        finance_charge=told.finance_charge,
    )


def take(store: Store, hand: Hand, plan: Plan, amount: Decimal) -> Entry:
    """Enter an instalment as a patient payment.

    Raises NotAllowed for more than is left, and until the day of the agreement has passed: what is
    paid by then is no instalment, and the plan is made of what is left.
    """
    if hand.day <= plan.agreed:
        raise NotAllowed(
            f"account {plan.account}: the plan was agreed on {plan.agreed}, so its instalments "
            "come later; enter this as a payment, and agree on what is left"
        )
    paid = payments(store.entries(plan.account), plan, hand.day)
    left = standing(plan, paid, hand.day).left
    if amount > left:
        raise NotAllowed(
            f"account {plan.account}: {left} of the plan are left, not {amount}; enter what goes "
            "beyond the plan as a payment of its own"
        )
    return patient_payment(store, hand, Money(plan.account, amount))


def charge_finance(store: Store, hand: Hand, plan: Plan) -> Entry:
    """Enter the plan's finance charge: owed by the patient, income of interest.

    Raises NotAllowed where the plan has none, for an account that the books do not have, for a day
    before the agreement, and where it was entered before and not undone.
    """
    if not plan.finance_charge:
        raise NotAllowed(f"account {plan.account}: the plan has no finance charge")
    if hand.day < plan.agreed:
        raise NotAllowed(f"account {plan.account}: the plan was agreed on {plan.agreed}, later")
    money = Money(plan.account, plan.finance_charge)
    with store.writing() as books:
        known(books, hand, money)
        if any(_is_charge(one, plan) for one in still_standing(books.entries_of(plan.account))):
            raise NotAllowed(
                f"account {plan.account}: the plan's finance charge was entered before"
            )
        sides = (
            money.posting("patient receivable", plan.finance_charge),
            money.posting("interest income", -plan.finance_charge),
        )
        return entered(books, hand, "interest", sides, _CHARGE)


def _is_charge(entry: Entry, plan: Plan) -> bool:
    return (
        entry.kind == "interest"
        and entry.day >= plan.agreed
        and entry.reason.startswith(f"{_CHARGE}: ")
    )
