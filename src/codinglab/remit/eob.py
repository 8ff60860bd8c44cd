"""A remittance in plain words: what was paid and why not more, and what the patient owes and why.

The reasons' words are this lab's own (code_sets/carc, rarc, remit_terms); the day of the payment
chooses the release, and for a day without one the nearest does, which is said. A code that is not
in the lab's table is shown bare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.parties import Name
from codinglab.codes.billing import CARC, GROUPS, RARC
from codinglab.codes.code_set import CodeSet, NotACode
from codinglab.codes.release import CodeRow, NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding
from codinglab.remit.balance import unbalanced
from codinglab.remit.model import RemitClaim, Remittance
from codinglab.remit.recoup import REVERSED
from codinglab.remit.terms import (
    HELD_OPEN,
    PROVIDER_ADJUSTMENTS,
    STATUSES,
    day_of_words,
    words_of_another_day,
)

UNKNOWN = "not in this lab's table"
_PATIENT = "PR"
_ZERO = Decimal(0)


@lru_cache(maxsize=4096)
def word(codes: CodeSet[CodeRow], code: str, day: date) -> str:
    """Return the lab's words for a code, and that it has none where it has none."""
    try:
        return codes.find(code, day).label
    except (NotACode, NotInTable, NotInForce):
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class EobReason:
    """One adjustment in words: its group and code, whom it falls on, what it is, and dollars."""

    group: str
    carc: str
    falls_on: str
    what: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class EobRow:
    """The money of one line, or of a claim: in columns that add up across.

    charge = contract + refused + other + patient + paid. Of what groups CO and PI take off,
    `contract` is the difference to the price (CARC of class contractual) and `refused` all else:
    a denial, which is worked before anybody writes it off. A price above the charge (CO 94 below
    zero) is within `contract`. `other` is what OA and CR take.
    `allowed` is AMT B6, None where it is not told.
    """

    day: date | None
    code: str
    units: Decimal | None
    charge: Decimal
    allowed: Decimal | None
    contract: Decimal
    refused: Decimal
    other: Decimal
    patient: Decimal
    paid: Decimal
    reasons: tuple[EobReason, ...]
    remarks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EobClaim:
    """One claim in words: `status` what happened, `owes` why the patient owes what it owes."""

    account: str
    number: str
    patient: str
    member_id: str
    status: str
    rows: tuple[EobRow, ...]
    whole: EobRow
    owes: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EobSetOff:
    """One adjustment of the provider in words; `effect` is what it does to the payment."""

    reason: str
    what: str
    reference: str
    effect: Decimal


@dataclass(frozen=True, slots=True)
class Eob:
    """A remittance in words, and what of it does not balance.

    `words` says that the words are those of another day than the payment's, where they are.
    """

    remittance: Remittance
    paid: str
    words: str
    claims: tuple[EobClaim, ...]
    set_off: tuple[EobSetOff, ...]
    findings: tuple[Finding, ...]


def dollars(value: Decimal) -> str:
    """Return dollars as people read them: $1,234.50, and -$5.00 below zero."""
    return f"{'-' if value < 0 else ''}${abs(value):,.2f}"


def full_name(name: Name) -> str:
    """Return a name as it is spoken."""
    return " ".join(one for one in (name.first, name.middle, name.last, name.suffix) if one)


_CONTRACT = frozenset({"CO", "PI"})
_WORK_IT = "refused: work it before anybody writes it off"
_RAISES = "raises the payment"
_TAKEN_BACK = "taken back with the payment"


@lru_cache(maxsize=4096)
def is_contractual(carc: str, day: date) -> bool:
    """Say whether a CARC is the difference to a price; a code that the lab lacks is not."""
    try:
        return CARC.find(carc, day).denial_class == "contractual"
    except (NotACode, NotInTable, NotInForce):
        return False


@dataclass(frozen=True, slots=True)
class _Words:
    """How a claim's adjustments are told: on which day, and whether they take a payment back."""

    day: date
    back: bool

    def raises(self, one: Adjustment) -> bool:
        """Say whether an adjustment raises the payment, or raised the one that is taken back."""
        return bool(one.amount) and (one.amount < 0) is not self.back

    def of_price(self, one: Adjustment) -> bool:
        """Say whether it is the difference to the price, which lies above some charges."""
        return self.raises(one) or is_contractual(one.carc, self.day)

    def falls_on(self, one: Adjustment) -> str:
        """Return in words whom the adjustment falls on."""
        if self.back:
            return _TAKEN_BACK
        if one.group in _CONTRACT and self.raises(one):
            return _RAISES
        if one.group in _CONTRACT and not self.of_price(one):
            return _WORK_IT
        if one.group in _CONTRACT and (later := word(HELD_OPEN, one.carc, self.day)) != UNKNOWN:
            return later
        return word(GROUPS, one.group, self.day)

    def taken(self, adjustments: Iterable[Adjustment], *, contractual: bool) -> Decimal:
        """Return what CO and PI take off: for the contract, or for another reason."""
        own = (one for one in adjustments if one.group in _CONTRACT)
        return sum((x.amount for x in own if self.of_price(x) is contractual), _ZERO)

    def reasons(self, adjustments: Iterable[Adjustment]) -> tuple[EobReason, ...]:
        """Return the adjustments in words."""
        return tuple(
            EobReason(
                one.group,
                one.carc,
                self.falls_on(one),
                word(CARC, one.carc, self.day),
                one.amount,
            )
            for one in adjustments
        )


def _of(adjustments: Iterable[Adjustment], *groups: str) -> Decimal:
    return sum((one.amount for one in adjustments if one.group in groups), _ZERO)


def _remarks(codes: Iterable[str], day: date) -> tuple[tuple[str, str], ...]:
    return tuple((one, word(RARC, one, day)) for one in codes)


def _rows(claim: RemitClaim, day: date) -> Iterator[EobRow]:
    words = _Words(day, claim.status == REVERSED)
    for one in claim.lines:
        kind = "" if one.code_kind in {"HC", ""} else f"{one.code_kind} "
        yield EobRow(
            one.day,
            kind + "-".join((one.code, *one.modifiers)),
            one.units,
            one.charge,
            one.allowed,
            words.taken(one.adjustments, contractual=True),
            words.taken(one.adjustments, contractual=False),
            _of(one.adjustments, "OA", "CR"),
            _of(one.adjustments, _PATIENT),
            one.paid,
            words.reasons(one.adjustments),
            _remarks(one.remarks, day),
        )


def _whole(claim: RemitClaim, day: date) -> EobRow:
    told = [*claim.adjustments, *(each for one in claim.lines for each in one.adjustments)]
    words = _Words(day, claim.status == REVERSED)
    allowed = [one.allowed for one in claim.lines if one.allowed is not None]
    return EobRow(
        claim.first,
        "",
        None,
        claim.charge,
        sum(allowed, _ZERO) if allowed and len(allowed) == len(claim.lines) else None,
        words.taken(told, contractual=True),
        words.taken(told, contractual=False),
        _of(told, "OA", "CR"),
        _of(told, _PATIENT),
        claim.paid,
        words.reasons(claim.adjustments),
        _remarks(claim.remarks, day),
    )


def _owes(claim: RemitClaim, day: date) -> str:
    """Say what the patient owes and for which reasons."""
    if claim.status == REVERSED:
        return "What the patient owed by the payment that is taken back is owed no longer."
    sums: dict[str, Decimal] = {}
    for one in (*claim.adjustments, *(each for line in claim.lines for each in line.adjustments)):
        if one.group == _PATIENT:
            sums[one.carc] = sums.get(one.carc, _ZERO) + one.amount
    if not any(sums.values()):
        return "The patient owes nothing."
    parts = [f"{dollars(amount)} {word(CARC, carc, day)}" for carc, amount in sums.items()]
    return f"The patient owes {dollars(sum(sums.values(), _ZERO))}: {'; '.join(parts)}."


def _notes(claim: RemitClaim) -> Iterator[str]:
    if claim.passed_to is not None:
        yield f"The payer passed the claim on to {claim.passed_to.name}; do not bill it there too."
    if claim.interest:
        yield f"Interest of {dollars(claim.interest)} is paid beside the claim."
    if claim.drg:
        yield f"The stay was paid by DRG {claim.drg}."
    if claim.corrected is not None:
        number = f", {claim.corrected_id}" if claim.corrected_id else ""
        yield f"The payer knows the patient as {full_name(claim.corrected)}{number}."


def _claim(claim: RemitClaim, day: date) -> EobClaim:
    return EobClaim(
        account=claim.account,
        number=claim.number,
        patient=full_name(claim.patient),
        member_id=claim.member_id,
        status=word(STATUSES, claim.status, day),
        rows=tuple(_rows(claim, day)),
        whole=_whole(claim, day),
        owes=_owes(claim, day),
        notes=tuple(_notes(claim)),
    )


_WAYS = {"ACH": "by deposit", "CHK": "by check", "FWT": "by wire", "BOP": "as the bank chooses"}


def _paid(remittance: Remittance) -> str:
    if remittance.method == "NON":
        return f"Nothing is paid; the notice has number {remittance.trace}."
    way = _WAYS[remittance.method]
    total, day = dollars(remittance.total), remittance.paid_on.isoformat()
    return f"{total} {way} on {day}, number {remittance.trace}."


def explained(remittance: Remittance) -> Eob:
    """Return a remittance in words; the day of the payment chooses the words' release."""
    day = day_of_words(remittance.paid_on)
    set_off = tuple(
        EobSetOff(
            one.reason, word(PROVIDER_ADJUSTMENTS, one.reason, day), one.reference, -one.amount
        )
        for one in remittance.provider_adjustments
    )
    claims = tuple(_claim(one, day) for one in remittance.claims)
    words = words_of_another_day(remittance.paid_on)
    return Eob(remittance, _paid(remittance), words, claims, set_off, unbalanced(remittance))
