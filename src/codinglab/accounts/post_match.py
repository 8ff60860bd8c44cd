"""Which line of the account a line of a remittance is about, and what a claim says as one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from codinglab.accounts.record import Account, AccountLine
from codinglab.claim.adjudicated import Adjustment
from codinglab.remit.model import RemitClaim, RemitLine


class NoSuchLine(LookupError):
    """A line of the remittance is none of the account's."""


class ChargeDiffers(ValueError):
    """The payer adjudicated another charge than was billed."""


def matched(claim: RemitClaim, account: Account) -> tuple[tuple[AccountLine, RemitLine], ...]:
    """Return each line of the remittance's claim with the line of `account` it is about.

    It is found by the provider's control number, else by code, modifiers and charge among those
    not yet found, else as the one line of its code, which a payer may have divided without a
    number (005010X221A1, section 1.10.2.6); lines that a corrected claim has withdrawn come last.
    Raises NoSuchLine and ChargeDiffers.
    """
    sign = -1 if claim.charge < 0 else 1
    lines = sorted(account.lines, key=lambda one: one.withdrawn)  # what is charged comes first
    free = list(lines)
    found = []
    for at, told in enumerate(claim.lines, 1):
        own = _by_number(told, lines) or _by_code(told, free, sign) or _alone(told, lines)
        if own is None:
            raise NoSuchLine(
                f"line {at} of the remittance ({_name(told)}, {told.charge:.2f}) is no line of "
                f"account {account.number}"
            )
        if own in free:
            free.remove(own)
        found.append((own, told))
    _same_charges(found, sign)
    return tuple(found)


def _by_number(told: RemitLine, lines: Iterable[AccountLine]) -> AccountLine | None:
    if not told.control_number:
        return None
    return next((one for one in lines if one.control_number == told.control_number), None)


def _by_code(told: RemitLine, lines: Sequence[AccountLine], sign: int) -> AccountLine | None:
    billed = told.billed_code or told.code
    modifiers = told.billed_modifiers if told.billed_code else told.modifiers
    same = [
        one
        for one in lines
        if billed in {one.code, "" if one.code else one.revenue_code}
        and one.charge == sign * told.charge
    ]
    exact = [one for one in same if one.modifiers == modifiers]
    return next(iter(exact or same), None)


def _alone(told: RemitLine, lines: Sequence[AccountLine]) -> AccountLine | None:
    """Return the line that was billed with the code, if the account has one such line alone."""
    billed = told.billed_code or told.code
    same = [one for one in lines if billed and billed == one.code and not one.withdrawn]
    return same[0] if len(same) == 1 else None


def _same_charges(found: Sequence[tuple[AccountLine, RemitLine]], sign: int) -> None:
    told: dict[int, Decimal] = {}
    for own, line in found:
        told[own.line] = told.get(own.line, Decimal(0)) + sign * line.charge
    for own, _ in found:
        if told[own.line] != own.charge:
            raise ChargeDiffers(
                f"line {own.line} was billed with {own.charge:.2f}, the remittance says "
                f"{told[own.line]:.2f}"
            )


def _name(line: RemitLine) -> str:
    return "-".join((line.billed_code or line.code, *line.modifiers))


def content(claim: RemitClaim, *, negated: bool = False) -> str:
    """Return what the payer said of the money as one text; `negated` with every sign turned.

    A reversal undoes exactly what it is the negation of: the same lines in any order, the same
    payments and, by group and reason, the same sums of adjustments.
    """
    sign = -1 if negated else 1
    lines = sorted(
        f"{one.code} {one.revenue_code} {_told(sign * one.charge)} {_told(sign * one.paid)} "
        f"{_adjustments(one.adjustments, sign)}"
        for one in claim.lines
    )
    whole = (
        f"{_told(sign * claim.charge)} {_told(sign * claim.paid)} "
        f"{_adjustments(claim.adjustments, sign)}"
    )
    return "\n".join((whole, *lines))


def _adjustments(every: Iterable[Adjustment], sign: int) -> str:
    sums: dict[str, Decimal] = {}
    for one in every:
        key = f"{one.group}-{one.carc}"
        sums[key] = sums.get(key, Decimal(0)) + sign * one.amount
    return ",".join(sorted(f"{key} {_told(amount)}" for key, amount in sums.items() if amount))


def _told(amount: Decimal) -> str:
    return f"{amount + 0:.2f}"  # a zero has no sign then
