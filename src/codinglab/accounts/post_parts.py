"""A claim of a remittance cut into the parts that are posted: one for each line of the account.

A claim that was paid as a whole (a stay by its DRG, or one without lines) has a part that belongs
to no line; the adjustments of its lines are parts of their own, without payment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from codinglab.accounts.post_match import ChargeDiffers, matched
from codinglab.accounts.post_state import State
from codinglab.accounts.record import Account
from codinglab.claim.adjudicated import Adjustment
from codinglab.remit.model import RemitClaim


@dataclass(frozen=True, slots=True)
class Part:
    """What was said of one line (`line` None: of the claim as a whole), and what is open there.

    `open` is what the payer owed before, in dollars; None where it is not judged by itself.
    """

    line: int | None
    charge: Decimal
    paid: Decimal
    adjustments: tuple[Adjustment, ...]
    open: Decimal | None


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of a claim; `whole` says that the claim was paid as a whole."""

    parts: tuple[Part, ...]
    whole: bool


def parts_of(claim: RemitClaim, account: Account, payer: str, state: State) -> Parts:
    """Return the parts; raises NoSuchLine and ChargeDiffers where claim and account disagree."""
    lines = tuple(_lines(claim, account, payer, state))
    whole = bool(claim.adjustments or not claim.lines or state.open(account.number, payer, None))
    if not whole:
        return Parts(lines, whole=False)
    if abs(claim.charge) != account.charge and not claim.lines:
        raise ChargeDiffers(
            f"account {account.number} was billed with {account.charge:.2f}, the remittance says "
            f"{claim.charge:.2f}"
        )
    open_in_all = Decimal(state.open_in_all(account.number, payer)).scaleb(-2)
    head = Part(None, claim.charge, claim.paid, claim.adjustments, open_in_all)
    beside = (
        Part(one.line, one.charge, Decimal(0), one.adjustments, None)
        for one in lines
        if one.adjustments
    )
    return Parts((head, *beside), whole=True)


def _lines(claim: RemitClaim, account: Account, payer: str, state: State) -> Iterator[Part]:
    """Yield a part for each line of the account; a payer may have divided one line in several.

    What comes for a line that a corrected claim has withdrawn is a credit until it is taken back.
    """
    found: dict[int, Part] = {}
    for own, told in matched(claim, account):
        before = found.get(own.line)
        cents = state.open(account.number, payer, own.line)
        found[own.line] = Part(
            own.line,
            told.charge + (before.charge if before else 0),
            told.paid + (before.paid if before else 0),
            (*(before.adjustments if before else ()), *told.adjustments),
            None if own.withdrawn else Decimal(cents).scaleb(-2),
        )
    yield from found.values()
