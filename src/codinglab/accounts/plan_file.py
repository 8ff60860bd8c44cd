"""A plan as a file, and the entries that a plan needs in the books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import Field

from codinglab.accounts.by_hand import Hand, Money, NotAllowed, patient_payment
from codinglab.accounts.journal import Entry, Posting
from codinglab.accounts.plan import Plan, agree, payments, standing
from codinglab.accounts.record import Batch, Note
from codinglab.accounts.store import Store
from codinglab.core.tables import Row, read_yaml


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
    """Enter an instalment as a patient payment; raises NotAllowed for more than is left."""
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

    Raises NotAllowed where the plan has none.
    """
    if not plan.finance_charge:
        raise NotAllowed(f"account {plan.account}: the plan has no finance charge")
    entry = Entry(
        *(hand.number, hand.day, "interest", "by hand"),
        (
            Posting("patient receivable", plan.finance_charge, plan.account),
            Posting("interest income", -plan.finance_charge, plan.account),
        ),
        f"finance charge of a plan: {hand.why}",
        hand.authority,
    )
    note = Note(
        *(hand.day, "by hand", plan.account, "finance charge", hand.why, hand.number),
        who=hand.authority,
        amount=plan.finance_charge,
    )
    store.write(Batch(entries=(entry,), notes=(note,)))
    return entry
