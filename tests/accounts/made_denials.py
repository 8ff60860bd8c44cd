"""Remittances with denials, for the tests of denials and appeals. Payers are those of the lab."""

from datetime import date
from decimal import Decimal

from made_claims import claim as made_claim

from codinglab.accounts.denial import Denial, denials_of
from codinglab.accounts.denial_open import rejections
from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.parties import Address, Name, Payer, Provider
from codinglab.claim.scrub_rule import StatusAnswer
from codinglab.claim.x277ca_text import Told
from codinglab.remit.model import RemitClaim, RemitLine, Remittance

SERVICE = date(2026, 3, 3)
MADE = date(2026, 4, 6)
PLACE = Address("PO Box 1200", "Columbus", "OH", "432161200")
PAYERS = {
    filing: Payer(name, payer_id, PLACE)
    for filing, name, payer_id in (
        ("MB", "Training Medicare Part B", "TRNMB"),
        ("MA", "Training Medicare Part A", "TRNMA"),
        ("CI", "Northfield Mutual", "TRN01"),
        ("HM", "Riverbend HMO", "TRN02"),
        ("MC", "Training Medicaid of Ohio", "TRNMC"),
        ("WC", "State Work Injury Fund", "TRN06"),
        ("AM", "Roadway Insurance", "TRN05"),
        ("16", "Somebody's Medicare Advantage", "OTHER"),
    )
}
PAYEE = Provider(
    Name("Harbor Family Medicine PC"),
    npi="1234567893",
    tax_id="421234567",
    address=Address("100 Pier Street", "Millbrook", "OH", "430151234"),
    contact="Billing Office",
    phone="6145550100",
)


def adjusted(text: str) -> tuple[Adjustment, ...]:
    """Return the adjustments written "CO 50 150.00, PR 2 10"."""
    parts = (one.split() for one in text.split(",") if one.strip())
    return tuple(Adjustment(group, carc, Decimal(amount)) for group, carc, amount in parts)


def remit_line(code: str, charge: str, adjustments: str = "", **more) -> RemitLine:
    told = adjusted(adjustments)
    paid = Decimal(charge) - sum((one.amount for one in told), Decimal(0))
    code, *modifiers = code.split("-")
    return RemitLine(
        code,
        Decimal(charge),
        paid,
        Decimal(1 if paid else 0),
        more.pop("day", SERVICE),
        modifiers=tuple(modifiers),
        adjustments=told,
        **more,
    )


def remit_claim(filing: str, *lines: RemitLine, **more) -> RemitClaim:
    shares = (each.amount for one in lines for each in one.adjustments if each.group == "PR")
    whole = more.get("adjustments", ())
    return RemitClaim(
        account=more.pop("account", "OV1001"),
        status=more.pop("status", "1"),
        charge=sum((one.charge for one in lines), Decimal(0)),
        paid=sum((one.paid for one in lines), Decimal(0))
        - sum((one.amount for one in whole), Decimal(0)),
        patient_share=sum(shares, Decimal(0)),
        number=more.pop("number", "2609600001"),
        filing="ZZ" if filing == "CI" else filing,
        patient=Name("Quill", "Walter", "B"),
        member_id="1EG4TE5MK73",
        lines=lines,
        **more,
    )


def remittance(
    filing: str, *claims: RemitClaim, made: date = MADE, trace: str = "T1"
) -> Remittance:
    return Remittance(
        PAYERS[filing],
        PAYEE,
        trace,
        "1123456789",
        "ACH",
        made,
        made,
        sum((one.paid for one in claims), Decimal(0)),
        claims,
    )


def denial(
    filing: str, adjustments: str, code: str = "99214", charge: str = "210.00", **more
) -> Denial:
    """Return the one denial of a claim with one line."""
    made = more.pop("made", MADE)
    line = {key: more.pop(key) for key in ("remarks", "day", "control_number") if key in more}
    claim = remit_claim(filing, remit_line(code, charge, adjustments, **line), **more)
    (found,) = denials_of(remittance(filing, claim, made=made))
    return found


REJECTED = (StatusAnswer("A7", "562", "85"),)


def rejection(statuses=REJECTED, day=date(2026, 4, 20)) -> Denial:
    claim = made_claim("office visit")
    told = Told(claim.account, "Quill, Walter", claim.total, None, statuses)
    (found,), unknown = rejections([told], {claim.account: claim}, day)
    assert unknown == ()
    return found
