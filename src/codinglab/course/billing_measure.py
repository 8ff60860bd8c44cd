"""Amounts of a billing case by name, added and taken away: `total of eob - PLB-WO of eob`.

`charge`, `paid`, `allowed`, a group (`PR`) or a group with its reason (`CO-45`) are of all that is
told, of an account (`paid OV1001`) or of a line (`paid OV1001.1`). `total` is what a payment comes
to, or a deposit slip, or a line of it by its trace (`total 204 of slip`); `PLB` and `PLB-WO` are
what is set off against a payment, above 0 where it lowers it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from codinglab.claim.adjudicated import Adjustment
from codinglab.core.tables import BadData
from codinglab.course.billing_made import Made, Payment
from codinglab.remit.model import RemitClaim, RemitLine

_TERM = re.compile(
    r"(?P<what>[A-Za-z]+(?:-[A-Z]?\d{1,3}|-[A-Z0-9]{2})?)"
    r"(?: (?P<where>[A-Z0-9][A-Z0-9-]*(?:\.\d{1,2})?))?(?: of (?P<of>[a-z][a-z0-9_]*))?"
)
_GROUPS = ("CO", "PR", "OA", "PI", "CR")
_LINE = ("charge", "paid", "allowed", *_GROUPS)
_WORDS = "charge, paid, allowed, total, PLB, PLB-WO, PR or CO-45"
_ZERO = Decimal(0)


def worked_sum(text: str, made: Made) -> Decimal:
    """Return what the terms of `text` come to, in dollars; raises BadData."""
    total, sign = _ZERO, 1
    for piece in re.split(r" ([+-]) ", text):
        if piece in {"+", "-"}:
            sign = 1 if piece == "+" else -1
        else:
            total += sign * _term(piece.strip(), made)
    return total


def _term(text: str, made: Made) -> Decimal:
    found = _TERM.fullmatch(text)
    if found is None:
        raise BadData(f"{text!r} is no amount; write {_WORDS}, an account, and of NAME")
    what, where, of = found["what"], found["where"] or "", found["of"] or ""
    if what == "total":
        return _total(where, of, made)
    payments = made.named(of)
    if what.split("-")[0] == "PLB":
        told = (each for one in payments for each in one.remittance.provider_adjustments)
        reason = what.partition("-")[2]
        return sum((one.amount for one in told if reason in {"", one.reason}), _ZERO)
    if what.split("-")[0] not in _LINE:
        raise BadData(f"{what!r} is no amount; write {_WORDS}")
    account, _, line = where.partition(".")
    claims = [one for one in _claims(payments) if account in {"", one.account}]
    if not claims:
        raise BadData(f"{text!r}: no payment tells of {account}")
    if line:
        lines = [one.lines[int(line) - 1] for one in claims if int(line) <= len(one.lines)]
        return sum((_of_line(what, one) for one in lines), _ZERO)
    return sum((_of_claim(what, one) for one in claims), _ZERO)


def _claims(payments: tuple[Payment, ...]) -> Iterator[RemitClaim]:
    return (claim for one in payments for claim in one.remittance.claims)


def _total(where: str, of: str, made: Made) -> Decimal:
    if of in made.deposits:
        lines = [one for one in made.deposits[of][1] if where in {"", one.trace}]
        if not lines:
            raise BadData(f"deposit {of} has no line {where}")
        return sum((one.amount for one in lines), _ZERO)
    if where:
        raise BadData(f"total {where}: only a deposit slip has totals of its lines, by their trace")
    return sum((one.remittance.total for one in made.named(of)), _ZERO)


def _of_claim(what: str, claim: RemitClaim) -> Decimal:
    if what == "paid":
        return claim.paid
    lines = sum((_of_line(what, one) for one in claim.lines), _ZERO)
    return lines + _adjusted(what, claim.adjustments)


def _of_line(what: str, line: RemitLine) -> Decimal:
    if what == "charge":
        return line.charge
    if what == "paid":
        return line.paid
    if what == "allowed":
        if line.allowed is None:
            raise BadData(f"line {line.code} says no allowed amount; write allowed in the payment")
        return line.allowed
    return _adjusted(what, line.adjustments)


def _adjusted(what: str, adjustments: tuple[Adjustment, ...]) -> Decimal:
    group, _, carc = what.partition("-")
    return sum(
        (one.amount for one in adjustments if one.group == group and carc in {"", one.carc}), _ZERO
    )
