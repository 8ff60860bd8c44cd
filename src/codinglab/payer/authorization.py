"""Authorizations asked before a visit, and referrals: what was granted, and what is left of it.

Nothing is changed in place: `Authorizations` gives back a new register for each grant and use.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

AuthorizationStatus = Literal["approved", "pending", "denied"]
AuthorizationKind = Literal["authorization", "referral"]
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Units:
    """How much of a procedure `code` is asked for, granted or used; blank means any code."""

    code: str
    units: Decimal


@dataclass(frozen=True, slots=True)
class Request:
    """What a provider asks for before the service.

    `npi` is the provider who will serve, `codes` the services and their units, `diagnoses` are
    ICD-10-CM codes in dotted form, `records` names of documents that came with it. `first` and
    `last` are the planned days.
    """

    payer_id: str
    member_id: str
    npi: str
    codes: tuple[Units, ...]
    diagnoses: tuple[str, ...]
    first: date
    last: date
    asked: date
    records: frozenset[str] = frozenset()
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Authorization:
    """A payer's answer to a request, or the referral of a primary care practitioner.

    `number` goes into REF G1 (an authorization) or REF 9F (a referral). It holds from `first` to
    `last`, both included, for the provider `npi` (blank: any) and the units `granted`; a referral
    grants visits under a blank code. `used` are units that decisions used up. `why` and `source`
    say by which rule; `wanted` are documents that a pending request lacks.
    """

    number: str
    kind: AuthorizationKind
    status: AuthorizationStatus
    payer_id: str
    member_id: str
    npi: str
    granted: tuple[Units, ...]
    first: date
    last: date
    given: date
    why: str
    source: str
    used: tuple[Units, ...] = ()
    wanted: tuple[str, ...] = ()

    def of(self, code: str) -> Decimal | None:
        """Return the units granted of `code`, None where it is not for that service."""
        return _units(self.granted, code)

    def left(self, code: str) -> Decimal:
        """Return the units of `code` that no decision has used."""
        return max((self.of(code) or _ZERO) - (_units(self.used, code) or _ZERO), _ZERO)

    def after(self, code: str, units: Decimal) -> Authorization:
        """Return the authorization with `units` of `code` used; a negative number gives back."""
        name = code if any(one.code == code for one in self.granted) else ""
        had = next((one.units for one in self.used if one.code == name), _ZERO)
        others = tuple(one for one in self.used if one.code != name)
        return replace(self, used=(*others, Units(name, had + units)))


def _units(held: tuple[Units, ...], code: str) -> Decimal | None:
    exact = next((one.units for one in held if one.code == code), None)
    return exact if exact is not None else next((o.units for o in held if not o.code), None)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a number on a claim does not help: `code` is a row of answers.csv, `why` a sentence."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Authorizations:
    """The authorizations and referrals that a payer has on file."""

    held: tuple[Authorization, ...] = ()

    def numbered(self, number: str) -> Authorization | None:
        """Return the one with that number, None where there is none."""
        return next((one for one in self.held if one.number == number), None)

    def with_one(self, one: Authorization) -> Authorizations:
        """Return the register with `one` in it, in place of another of its number."""
        others = tuple(each for each in self.held if each.number != one.number)
        return Authorizations((*others, one))

    def using(self, number: str, code: str, units: Decimal) -> Authorizations:
        """Return the register after a decision; raises KeyError for an unknown number."""
        found = self.numbered(number)
        if found is None:
            raise KeyError(number)
        return self.with_one(found.after(code, units))


@dataclass(frozen=True, slots=True)
class Serviced:
    """A service on a claim, as an authorization or a referral (`kind`) is asked about it."""

    payer_id: str
    member_id: str
    npi: str
    code: str
    units: Decimal
    day: date
    kind: AuthorizationKind = "authorization"


def problem(register: Authorizations, number: str, service: Serviced) -> Problem | None:
    """Return why the `number` on a claim does not cover `service`, None where it does.

    The first that is found is told: unknown, of the other kind, another member's, not approved,
    another service, another provider or day, given too late, used up.
    """
    found = register.numbered(number)
    if found is None or found.payer_id != service.payer_id:
        return Problem("auth_unknown", f"This payer has no {number}.")
    if found.kind != service.kind:
        return Problem("auth_unknown", f"{number} is a {found.kind}, no {service.kind}.")
    if found.member_id != service.member_id:
        return Problem("auth_unknown", f"{number} is of another member.")
    if found.status == "denied":
        return Problem("auth_denied", f"{number} was asked for and denied: {found.why}")
    if found.status == "pending":
        return Problem("auth_pending", f"{number} is not decided yet: {found.why}")
    return _covers(found, service)


def _covers(found: Authorization, service: Serviced) -> Problem | None:
    number = found.number
    if found.of(service.code) is None:
        return Problem("auth_other_service", f"{number} is not for {service.code}.")
    if found.npi and found.npi != service.npi:
        return Problem("auth_unknown", f"{number} is for the provider {found.npi}.")
    if service.day < found.given:
        what = f"{number} was given on {found.given}, after the service of {service.day}."
        return Problem("auth_late", what)
    if not found.first <= service.day <= found.last:
        what = f"{number} holds from {found.first} to {found.last}, not on {service.day}."
        return Problem("auth_unknown", what)
    left = found.left(service.code)
    if service.units > left:
        return Problem("auth_used", f"{number} has {left} units left, {service.units} are billed.")
    return None
