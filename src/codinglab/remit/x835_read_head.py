"""What an 835 says of the payment itself: bank, payer, payee, and what was set off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import get_args

from codinglab.claim.parties import Address, Name, Payer, Provider
from codinglab.claim.x837_fields import Unreadable
from codinglab.remit import x835_fields as fields
from codinglab.remit.model import (
    BankAccount,
    Handling,
    Method,
    ProviderAdjustment,
    RemitClaim,
    Remittance,
    Transfer,
)
from codinglab.remit.x835_parts import Parts
from codinglab.x12.loops import WireSegment
from codinglab.x12.values import day_of

_METHODS: tuple[Method, ...] = get_args(Method)
_HANDLINGS: tuple[Handling, ...] = get_args(Handling)
_PAYER_BANK, _PAYEE_BANK = 6, 12
_ADJUSTMENTS = range(3, 14, 2)
_GROUP_DAY = 4
_PAID_ON = 16


def _account(one: WireSegment, at: int) -> BankAccount | None:
    kind, routing, sort, account = (one.get(place) for place in range(at, at + 4))
    return BankAccount(routing, account, sort, kind) if routing or account else None


def _transfer(one: WireSegment) -> Transfer | None:
    payer = _account(one, _PAYER_BANK)
    if payer is None:
        return None
    return Transfer(payer, _account(one, _PAYEE_BANK), one.get(5), one.get(10), one.get(11))


def _address(part: Sequence[WireSegment]) -> Address | None:
    street, place = fields.first(part, "N3"), fields.first(part, "N4")
    if street is None or place is None:
        return None
    return Address(street.get(1), place.get(1), place.get(2), place.get(3), street.get(2))


def _payee(part: Sequence[WireSegment]) -> Provider:
    head = fields.first(part, "N1")
    name, kind, number = ("", "", "") if head is None else (head.get(2), head.get(3), head.get(4))
    npi = number if kind == "XX" else ""
    own = number if kind == "FI" else ""
    return Provider(
        name=Name(name),
        npi=npi,
        tax_id=own or (fields.text_of(part, "REF", "TJ") if npi else ""),
        address=_address(part),
        other_ids=fields.references(part, ("TJ",) if npi else ()),
    )


def _adjustments(parts: Parts, payee: Provider) -> tuple[ProviderAdjustment, ...]:
    own = payee.npi or payee.tax_id
    found = []
    for one in parts.provider:
        provider = "" if one.get(1) == own else one.get(1)
        for at in _ADJUSTMENTS:
            if not one.get(at) and not one.get(at + 1):
                continue
            amount = fields.needed_number("ST", one, at + 1)
            reason, reference = one.part(at, 1), one.part(at, 2)
            found.append(ProviderAdjustment(reason, reference, amount, provider))
    return tuple(found)


def _filed(parts: Parts) -> date | None:
    """Return the day of the file: DTM 405, else that of its group."""
    group = parts.interchange.gs
    told = group[_GROUP_DAY] if len(group) > _GROUP_DAY else ""
    return fields.day_at(parts.head, "405") or day_of(told)


def read_remittance(parts: Parts, claims: tuple[RemitClaim, ...]) -> Remittance:
    """Return the remittance for the `claims` that were read.

    The day of the payment is that of the file where the file does not tell it. Raises Unreadable
    where there is no payment to post: no amount, day, way or trace number.
    """
    payment, trace = fields.first(parts.head, "BPR"), fields.first(parts.head, "TRN")
    if payment is None or trace is None or not trace.get(2):
        missing = "BPR" if payment is None else "TRN"
        raise Unreadable(f"{missing} is missing or blank", "ST", 1, missing)
    paid_on = day_of(payment.get(_PAID_ON)) or _filed(parts)
    if paid_on is None:
        paid_on = fields.needed_day("ST", payment, _PAID_ON)
    payee = _payee(parts.payee)
    named = fields.first(parts.payer, "N1")
    plan = "" if named is None else named.get(4)
    ends = day_of(parts.provider[0].get(2)) if parts.provider else None
    return Remittance(
        payer=Payer(
            "" if named is None else named.get(2),
            fields.text_of(parts.payer, "REF", "2U") or plan,
            _address(parts.payer),
        ),
        payee=payee,
        trace=trace.get(2),
        origin=trace.get(3),
        method=fields.needed_code("ST", payment, 4, _METHODS),
        paid_on=paid_on,
        made=_filed(parts) or paid_on,
        total=fields.needed_number("ST", payment, 2),
        claims=claims,
        provider_adjustments=_adjustments(parts, payee),
        fiscal_end=ends,
        control=parts.control,
        handling=fields.needed_code("ST", payment, 1, _HANDLINGS),
        transfer=_transfer(payment),
        contacts=fields.contacts(parts.payer),
        origin_supplement=trace.get(4),
        plan_id=plan,
        payer_ids=fields.references(parts.payer, ("2U",)),
        receiver=fields.text_of(parts.head, "REF", "EV"),
        version=fields.text_of(parts.head, "REF", "F2"),
    )
