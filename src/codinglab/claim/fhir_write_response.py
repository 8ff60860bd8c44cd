"""What an earlier payer decided of a claim, as a ClaimResponse of FHIR R4."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.fhir_systems import (
    ABSENT_URL,
    ADJUDICATION,
    C4BB_ADJUDICATION,
    CARC,
    CLAIM_TYPE,
    GROUP,
    RARC,
    concept,
    filled,
    modifier_system,
    money,
    own,
    service_system,
)

PAID = (ADJUDICATION, "benefit")
OWED = (C4BB_ADJUDICATION, "memberliability")
NONCOVERED = (C4BB_ADJUDICATION, "noncovered")
UNITS = (own("adjudication"), "units")
REMARK = (own("adjudication"), "remark")


def _created(day: date | None) -> dict[str, Any]:
    """Return the day of a response, or that it is not known: FHIR R4 asks for one of both."""
    if day is not None:
        return {"created": day.isoformat()}
    return {"_created": {"extension": [{"url": ABSENT_URL, "valueCode": "unknown"}]}}


def response(one: PriorPayment, kind: str) -> dict[str, Any]:
    """Return the ClaimResponse of a payer's adjudication of a claim of the kind."""
    totals = [(PAID, one.paid), (OWED, one.patient_still_owes), (NONCOVERED, one.noncovered)]
    return filled(
        resourceType="ClaimResponse",
        id=f"response-{one.coverage + 1}",
        identifier=[{"value": one.control_number}] if one.control_number else [],
        status="active",
        type=concept((CLAIM_TYPE, kind)),
        use="claim",
        patient={"reference": "#patient"},
        **_created(one.adjudicated),
        insurer={"reference": f"#payer-{one.coverage + 1}"},
        outcome="complete",
        item=[_item(line) for line in one.lines],
        adjudication=[
            *(_adjustment(each) for each in one.adjustments),
            *(
                {"category": concept(REMARK), "reason": concept((RARC, code))}
                for code in one.remarks
            ),
        ],
        total=[
            {"category": concept(kind), "amount": money(amount)}
            for kind, amount in totals
            if amount is not None
        ],
    )


def _item(one: PaidLine) -> dict[str, Any]:
    return {
        "extension": _paid_by(one),
        "itemSequence": one.line,
        "adjudication": [
            _amount(PAID, one.paid),
            {"category": concept(UNITS), "value": one.units},
            *(_adjustment(each) for each in one.adjustments),
            *([] if one.patient_still_owes is None else [_amount(OWED, one.patient_still_owes)]),
        ],
    }


def _paid_by(one: PaidLine) -> list[dict[str, Any]]:
    """Return the day, code and modifiers of a line, which ClaimResponse.item cannot hold."""
    code = (service_system(one.code), one.code)
    told = [{"url": own("adjudicated"), "valueDate": one.adjudicated.isoformat()}]
    named: list[dict[str, Any]] = (
        [{"url": own("paid-code"), "valueCodeableConcept": concept(code)}] if one.code else []
    )
    named += [
        {
            "url": own("paid-modifier"),
            "valueCodeableConcept": concept((modifier_system(each), each)),
        }
        for each in one.modifiers
    ]
    return [*told, *named]


def _amount(category: tuple[str, str], amount: Decimal) -> dict[str, Any]:
    return {"category": concept(category), "amount": money(amount)}


def _adjustment(one: Adjustment) -> dict[str, Any]:
    return filled(
        category=concept((GROUP, one.group)),
        reason=concept((CARC, one.carc)),
        amount=money(one.amount),
        value=one.quantity,
    )
