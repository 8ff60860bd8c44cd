"""What a decision uses of the authorizations and referrals that its claim names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from codinglab.claim.model import Claim
from codinglab.payer.authorization import Authorizations
from codinglab.payer.decision import Decision

_STAY = "011"
_ONE = Decimal(1)


def after(register: Authorizations, decision: Decision) -> Authorizations:
    """Return the register with the units that `decision` paid for used."""
    for number, code, units in _uses(register, decision):
        register = register.using(number, code, units)
    return register


def given_back(register: Authorizations, decision: Decision) -> Authorizations:
    """Return the register as if `decision`, which is taken back, had not been made."""
    for number, code, units in tuple(_uses(register, decision)):
        register = register.using(number, code, -units)
    return register


def is_stay(claim: Claim) -> bool:
    """Say whether the claim is of a stay, which uses one unit of a blank code."""
    return claim.bill is not None and claim.bill.bill_type == _STAY


def _uses(register: Authorizations, decision: Decision) -> Iterator[tuple[str, str, Decimal]]:
    """Yield number, code and units: lines, one a stay, and a referral's visits, one a day."""
    claim = decision.claim
    paid = [one for one in decision.lines if one.units > 0]
    if not paid or decision.status == "4":
        return
    if is_stay(claim):
        if _takes(register, claim.authorization, ""):
            yield claim.authorization, "", _ONE
        return
    for one in paid:
        number = claim.lines[one.line - 1].authorization or claim.authorization
        if _takes(register, number, one.code):
            yield number, one.code, one.units
    if _takes(register, claim.referral, ""):
        for _ in {claim.lines[one.line - 1].first for one in paid}:
            yield claim.referral, "", _ONE


def _takes(register: Authorizations, number: str, code: str) -> bool:
    found = register.numbered(number) if number else None
    return found is not None and found.of(code) is not None
