"""Remittances as an 835 (005010X221A1): one transaction for each payment.

`x835_reader` reads the text back to the same remittances, byte for byte when written again.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from codinglab.claim.parties import Address, Provider
from codinglab.core.collecting import rarely_collected
from codinglab.remit.model import BankAccount, Contact, ProviderAdjustment, Remittance
from codinglab.remit.recoup import year_end
from codinglab.remit.x835_claim import claim_segments, contacts, references
from codinglab.x12.envelope import Envelope, Transaction, wrap
from codinglab.x12.syntax import CannotWrite, Element, Segment, amount, day, texts

GUIDE = "005010X221A1"
ADJUSTMENTS_A_SEGMENT = 6


def _account(account: BankAccount | None) -> tuple[str, str, str, str]:
    if account is None:
        return ("", "", "", "")
    return (account.routing_kind, account.routing, account.kind, account.account)


def head(remittance: Remittance) -> list[Segment]:
    """Return BPR, TRN and what else stands before the payer."""
    way = remittance.transfer
    form, company, supplement = (way.form, way.company, way.supplement) if way else ("", "", "")
    payment: Segment = (
        *("BPR", remittance.handling, amount(remittance.total), "C", remittance.method, form),
        *(*_account(way.payer if way else None), company, supplement),
        *(*_account(way.payee if way else None), day(remittance.paid_on)),
    )
    trace = (remittance.trace, remittance.origin, remittance.origin_supplement)
    told: list[Segment] = [payment, ("TRN", "1", *trace)]
    for kind, text in (("EV", remittance.receiver), ("F2", remittance.version)):
        if text:
            told.append(("REF", kind, text))
    return [*told, ("DTM", "405", day(remittance.made))]


def _address(address: Address | None) -> list[Segment]:
    if address is None:
        return []
    place = ("N4", address.city, address.state, address.zip_code)
    return [("N3", address.line_1, address.line_2), place]


def payer_part(remittance: Remittance) -> list[Segment]:
    """Return loop 1000A; whom to ask about the file (PER BL) is always in it."""
    payer, plan = remittance.payer, remittance.plan_id
    found: list[Segment] = [("N1", "PR", payer.name, "XV" if plan else "", plan)]
    found += _address(payer.address)
    if payer.payer_id and payer.payer_id != plan:
        found.append(("REF", "2U", payer.payer_id))
    found += references(remittance.payer_ids)
    told = remittance.contacts
    if not any(one.kind == "BL" for one in told):
        told = (*told, Contact("BL"))
    return found + contacts(told)


def payee_part(payee: Provider) -> list[Segment]:
    """Return loop 1000B; raises CannotWrite for a payee without NPI and tax number."""
    if not payee.npi and not payee.tax_id:
        raise CannotWrite(f"payee {payee.name.last} has neither an NPI nor a tax number; add one")
    kind, number = ("XX", payee.npi) if payee.npi else ("FI", payee.tax_id)
    name = " ".join(one for one in (payee.name.first, payee.name.middle, payee.name.last) if one)
    found: list[Segment] = [("N1", "PE", name, kind, number), *_address(payee.address)]
    if payee.npi and payee.tax_id:
        found.append(("REF", "TJ", payee.tax_id))
    return found + references(payee.other_ids)


def provider_part(remittance: Remittance) -> list[Segment]:
    """Return PLB: six adjustments in each, of one provider."""
    payee, ends = remittance.payee, day(remittance.fiscal_end or year_end(remittance.paid_on))
    own = payee.npi or payee.tax_id
    found: list[Segment] = []

    def of(one: ProviderAdjustment) -> str:
        return one.provider or own

    for provider, same in groupby(remittance.provider_adjustments, of):
        told = list(same)
        for at in range(0, len(told), ADJUSTMENTS_A_SEGMENT):
            said: list[Element] = ["PLB", provider, ends]
            for one in told[at : at + ADJUSTMENTS_A_SEGMENT]:
                said += ((one.reason, one.reference), amount(one.amount))
            found.append(said)
    return found


def transaction(remittance: Remittance) -> Transaction:
    """Return one remittance as a transaction.

    Raises CannotWrite for a payee without a number and for too many remarks of a claim.
    """
    body = [*head(remittance), *payer_part(remittance), *payee_part(remittance.payee)]
    if remittance.claims:
        body.append(("LX", "1"))
    for one in remittance.claims:
        body += claim_segments(one)
    body += provider_part(remittance)
    return Transaction("835", GUIDE, remittance.control, body)


def write(envelope: Envelope, remittances: Iterable[Remittance]) -> str:
    """Return an interchange with one transaction for each remittance.

    Time and control numbers are those of `envelope` and the remittances, so the same input gives
    the same text; two remittances must not have one `control`. Raises CannotWrite as
    `transaction` does, and, naming the claim, when a value holds a delimiter or a character that
    cannot be printed.
    """
    told = list(remittances)
    try:
        with rarely_collected():
            return wrap(envelope, [transaction(one) for one in told])
    except CannotWrite:
        for one in told:
            _try(one, envelope)
        raise


def _try(remittance: Remittance, envelope: Envelope) -> None:
    for claim in remittance.claims:
        try:
            texts(claim_segments(claim), envelope.delimiters)
        except CannotWrite as error:
            said = str(error)
            if said.startswith("claim "):
                raise
            raise CannotWrite(f"claim {claim.account}: {said}") from None
