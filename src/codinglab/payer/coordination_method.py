"""By which method a payer pays after others: its contract says, or the kind of payer it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from codinglab.payer.adjudicate_work import Work
from codinglab.payer.coordination_prior import Earlier
from codinglab.payer.coordination_tables import supplement_on
from codinglab.payer.decision import Reason
from codinglab.payer.msp_payment import Bill, Secondary, fee_schedule, other_basis
from codinglab.payer.quirks import CARVE_OUT, EXCLUSION, SUPPLEMENT
from codinglab.payer.secondary import Method, Own, secondary, supplement
from codinglab.pricing.price import Price, Step

STEP = "coordination of benefits"
MEDICARE = frozenset({"Medicare", "Medicare Advantage"})
_QUIRKS: tuple[tuple[str, Method], ...] = ((CARVE_OUT, "carve-out"), (EXCLUSION, "exclusion"))


def decide(work: Work, own: tuple[Reason, ...], allowed: Decimal, earlier: Earlier) -> Secondary:
    """Return what this payer pays after others, by the method of its contract.

    Medicare: 42 CFR 411.33, paragraph (a) for a practitioner's bill, (e) for a facility's.
    Medicaid: the lesser of share and rate. A supplement: Medicare's shares. Any other plan: what
    its contract says, else the NAIC's model.
    """
    found = _decide(work, own, allowed, earlier)
    sharing = work.terms.sharing
    if not sharing.held_harmless or not found.owes.amount:
        return found
    none = Step("owed by the patient", "nothing, by the terms", Decimal(0), sharing.source)
    return replace(found, owes=Price(Decimal(0), (none,)))


def _decide(work: Work, own: tuple[Reason, ...], allowed: Decimal, earlier: Earlier) -> Secondary:
    mine = Own(allowed, _share(own, "1"), _share(own, "2"), _share(own, "3"))
    letter = work.terms.quirk(SUPPLEMENT)
    if letter is not None:
        (plan,) = letter.codes
        row = supplement_on(plan, work.day)
        return supplement(row, earlier, hospital_stay=work.whole)
    if work.contract.kind in MEDICARE:
        return _medicare(work, mine, earlier)
    return secondary(_method(work), mine, earlier)


def _method(work: Work) -> Method:
    if work.contract.kind == "Medicaid":
        return "lesser of"
    return next((method for name, method in _QUIRKS if work.terms.quirk(name)), "standard")


def _medicare(work: Work, own: Own, earlier: Earlier) -> Secondary:
    bill = Bill(
        charge=earlier.charge,
        allowed=own.allowed,
        deductible=own.deductible,
        coinsurance=own.coinsurance + own.copayment,
        paid=earlier.paid,
        primary_allowed=earlier.allowed,
        obliged=earlier.obliged if earlier.bound else None,
    )
    return fee_schedule(bill) if work.claim.kind == "professional" else other_basis(bill)


def _share(reasons: Iterable[Reason], carc: str) -> Decimal:
    found = (one.amount for one in reasons if one.group == "PR" and one.carc == carc)
    return sum(found, Decimal(0))
