"""What a decision uses of the authorizations and referrals that its claim names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from codinglab.claim.model import Claim
from codinglab.claim.scrub_facts import is_stay
from codinglab.payer.authorization import Authorizations
from codinglab.payer.decision import Decision
from codinglab.payer.service import services

_VISIT = "98"
_ONE = Decimal(1)


def after(register: Authorizations, decision: Decision) -> Authorizations:
    """Return the register with the units that `decision` paid for used."""
    if not register.held:
        return register
    for number, code, units in _uses(register, decision):
        register = register.using(number, code, units)
    return register


def given_back(register: Authorizations, decision: Decision) -> Authorizations:
    """Return the register as if `decision`, which is taken back, had not been made."""
    for number, code, units in tuple(_uses(register, decision)):
        register = register.using(number, code, -units)
    return register


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
    for _ in _referred_days(register, claim, {one.line for one in paid}):
        yield claim.referral, "", _ONE


def _referred_days(register: Authorizations, claim: Claim, paid: set[int]) -> set[date]:
    """Return the days of paid visits with whom the referral is to; other services use none."""
    found = register.numbered(claim.referral) if claim.referral else None
    if found is None or found.kind != "referral":
        return set()
    rendering = claim.provider("rendering") or claim.billing
    if found.npi not in {"", rendering.npi}:
        return set()
    seen = services(claim, "")
    return {one.day for one in seen if one.type == _VISIT and one.line in paid}


def _takes(register: Authorizations, number: str, code: str) -> bool:
    found = register.numbered(number) if number else None
    if found is None or found.kind != "authorization":
        return False
    return found.of(code) is not None
