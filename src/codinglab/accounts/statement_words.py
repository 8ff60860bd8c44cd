"""Why the patient owes a visit's part, in plain words, out of what the payer told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.patient_policy import Words
from codinglab.accounts.record import Account
from codinglab.accounts.visit_flows import Owing
from codinglab.codes.billing import CARC
from codinglab.remit.eob import dollars, word

_ON_FILE = "GA"


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: dollars, and the sentence that begins with them; `reason` is "PR-1" or blank."""

    amount: Decimal
    reason: str
    text: str

    def __str__(self) -> str:
        """Return the reason as a sentence."""
        return f"{dollars(self.amount)} {self.text}."


def reasons(account: Account, told: Iterable[Owing], words: Words, day: date) -> tuple[Why, ...]:
    """Return the reasons with their dollars, in the order in which they came; sums of 0 left out.

    `day` chooses the release of the reason codes' labels.
    """
    sums: dict[tuple[str, str], Decimal] = {}
    for one in told:
        key = _key(account, one, words, day)
        sums[key] = sums.get(key, Decimal(0)) + one.amount
    return tuple(Why(amount, *key) for key, amount in sums.items() if amount)


def _key(account: Account, one: Owing, words: Words, day: date) -> tuple[str, str]:
    if one.interest:
        return "", words.interest
    if one.alone:
        return "", words.alone
    if not one.carc:
        return "", words.moved
    reason = f"{one.group}-{one.carc}"
    text = words.reasons.get(reason)
    if text is None:
        return reason, words.otherwise.format(label=word(CARC, one.carc, day))
    signed = one.line is not None and _ON_FILE in account.lines[one.line - 1].modifiers
    return reason, text + (words.with_notice if signed and one.carc in _NOTICE_OF else "")


_NOTICE_OF = frozenset({"50"})
"""What a required notice is about: a denial as not necessary."""
