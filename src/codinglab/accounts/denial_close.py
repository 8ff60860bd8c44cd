"""The end of a denial: given up by somebody who may, for a reason, with no right left.

Nothing in the lab gives a denial up by itself.
"""

from __future__ import annotations

from dataclasses import replace

from codinglab.accounts.by_hand import Hand, Money, write_off
from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_action import NextAction
from codinglab.accounts.journal import Entry
from codinglab.accounts.store import Store

REASON = "denial given up"
"""The reason of curriculum/accounts/policy.yml under which denials are written off."""


class NotYet(ValueError):
    """The denial may not be written off; the message says what is missing."""


def give_up(
    store: Store, hand: Hand, denial: Denial, action: NextAction, waiver: str = ""
) -> Entry:
    """Write the denied amount off in the books of `store`.

    `hand` says who does it, in which role, and why. `waiver` says why rights that are left are
    given up; blank where every right is used up. Raises NotYet without a reason, while a right is
    left that nobody waives, and for an amount that the payer says is the patient's; NotAllowed
    beyond the role's limit or what is open.
    """
    where = f"{denial.account}, {denial.place}"
    if not hand.why.strip():
        raise NotYet(f"{where}: say why it is written off")
    if denial.group == "PR":
        raise NotYet(f"{where}: the payer says that the patient owes it; bill the patient")
    if action.do != "none_left" and not waiver.strip():
        until = f" until {action.last}" if action.last else ""
        raise NotYet(f"{where}: {action.do} is possible{until}; do it, or say why it is waived")
    rights = f"rights waived: {waiver}" if waiver.strip() else "every right is used up"
    why = f"{denial.cause.label} ({denial.key}): {hand.why}"
    money = Money(denial.account, denial.amount, denial.payer_id, denial.line)
    return write_off(store, replace(hand, why=why), money, REASON, rights)
