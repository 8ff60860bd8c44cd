"""Decisions, claims and remittances for every test of the room, and strategies that make more."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.model import Claim, Diagnosis, InstitutionalBill, Line
from codinglab.claim.parties import Address, Coverage, Name, OtherId, Payer, Person, Provider
from codinglab.payer.decision import Decision, LineDecision, Reason
from codinglab.remit.from_decisions import settled
from codinglab.remit.model import (
    BankAccount,
    Contact,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    Remittance,
    Transfer,
)
from codinglab.x12.envelope import Envelope

PAYER = Payer(
    "Training Medicare Part B", "TRNMB", Address("1 Mutual Way", "Columbus", "OH", "43215")
)
PAYEE = Provider(
    Name("Harbor Family Practice"),
    npi="1234567893",
    tax_id="311234567",
    address=Address("9 Pier Road", "Columbus", "OH", "43215"),
)
DAY, PAID_ON = date(2026, 3, 3), date(2026, 3, 20)
ENVELOPE = Envelope("TRNMB", "HARBOR", datetime(2026, 3, 20, 9, 0), 1)  # noqa: DTZ001  no zone
DOE = Person(Name("Doe", "Jane"), date(1950, 1, 2), "F")
MEDICARE = Coverage(PAYER, "1EG4TE5MK73", "MB")


def d(text: str) -> Decimal:
    return Decimal(text)


def reason(group: str, carc: str, amount: str, *remarks: str) -> Reason:
    return Reason(group, carc, Decimal(amount), "pricing", "because", remarks=remarks)  # type: ignore[arg-type]


def claim_of(*charges: str, account: str = "A1", **more: object) -> Claim:
    lines = tuple(
        Line("99213", Decimal(one), Decimal(1), DAY, control_number=f"L{at}")
        for at, one in enumerate(charges, 1)
    )
    told = {"coverages": (MEDICARE,), "place_of_service": "11", **more}
    return Claim(
        kind="professional",
        account=account,
        patient=DOE,
        billing=PAYEE,
        diagnoses=(Diagnosis("I10"),),
        lines=lines,
        **told,  # type: ignore[arg-type]
    )


def decided(claim: Claim, *lines: tuple[Reason, ...], **more: object) -> Decision:
    told = {"number": f"26071-{claim.account}", "status": "1", **more}
    made = tuple(
        LineDecision(at, one.code, one.charge, one.units, one.modifiers, reasons=reasons)
        for at, (one, reasons) in enumerate(zip(claim.lines, lines, strict=True), 1)
    )
    return Decision(
        claim=claim,
        received=date(2026, 3, 5),
        decided=PAID_ON,
        lines=made,
        **told,  # type: ignore[arg-type]
    )


def stay(charge: str) -> Claim:
    bill = InstitutionalBill("011", date(2026, 3, 1), date(2026, 3, 4), "01")
    line = Line("", Decimal(charge), Decimal(3), date(2026, 3, 1), revenue_code="0120")
    return Claim(
        "institutional",
        "H1",
        DOE,
        (replace(MEDICARE, filing="MA"),),
        PAYEE,
        (Diagnosis("I50.9"),),
        (line,),
        bill=bill,
    )


BANK = Transfer(
    BankAccount("071000013", "123"), BankAccount("041000014", "456"), "CCP", "1311234567"
)
VISIT = decided(
    claim_of("150"),
    (reason("CO", "45", "57.62"), reason("PR", "2", "18.48"), reason("CO", "253", "1.48")),
)
"""150.00 charged, 92.38 allowed: the patient owes 18.48, 2 % of 73.90 is 1.48, 72.42 is paid."""


def paid(*claims: RemitClaim, trace: str = "T1", **more: object) -> Remittance:
    told = {"origin": "1311234567", "paid_on": PAID_ON, "method": "ACH", "transfer": BANK, **more}
    return settled(claims, PAYER, PAYEE, trace, **told)  # type: ignore[arg-type]


cents = st.integers(-500_000, 500_000).map(lambda one: Decimal(one).scaleb(-2))
_positive = st.integers(1, 500_000).map(lambda one: Decimal(one).scaleb(-2))
_texts = st.text("ABCDEFGHKLMNPRST0123456789-. ", min_size=1, max_size=12).map(
    lambda one: one.strip() or "X"
)
_codes = st.sampled_from(["99213", "99214", "36415", "J1100", "A0428", "0120"])
_days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
_adjustment = st.builds(
    Adjustment,
    st.sampled_from(["CO", "PR", "OA", "PI"]),
    st.sampled_from(["1", "2", "3", "45", "50", "97", "16", "253", "23", "A1"]),
    cents.filter(bool),
    st.none() | st.integers(1, 9).map(Decimal),
)


def _grouped(found: list[Adjustment]) -> tuple[Adjustment, ...]:
    """Return adjustments as an 835 holds them: those of a group together."""
    groups = list(dict.fromkeys(one.group for one in found))
    return tuple(sorted(found, key=lambda one: groups.index(one.group)))


_adjustments = st.lists(_adjustment, max_size=4).map(_grouped)


@st.composite
def lines(draw: st.DrawFn) -> RemitLine:
    charge, adjustments = draw(_positive), draw(_adjustments)
    first = draw(_days)
    return RemitLine(
        code=draw(_codes),
        charge=charge,
        paid=charge - sum((one.amount for one in adjustments), Decimal(0)),
        units=draw(st.integers(0, 30).map(Decimal)),
        day=first,
        last_day=draw(st.none() | st.just(first)),
        modifiers=tuple(draw(st.lists(st.sampled_from(["25", "59", "LT"]), max_size=4))),
        revenue_code=draw(st.sampled_from(["", "0450"])),
        billed_code=draw(st.sampled_from(["", "99215"])),
        billed_units=draw(st.none() | st.integers(1, 9).map(Decimal)),
        adjustments=adjustments,
        remarks=tuple(draw(st.lists(st.sampled_from(["N115", "M15", "MA130"]), max_size=3))),
        control_number=draw(st.just("") | _texts),
        allowed=draw(st.none() | cents),
        references=tuple(draw(st.lists(st.just(OtherId("LU", "1")), max_size=1))),
        amounts=tuple(draw(st.lists(st.tuples(st.just("KH"), cents), max_size=1))),
    )


@st.composite
def remit_claims(draw: st.DrawFn) -> RemitClaim:
    below, own = tuple(draw(st.lists(lines(), max_size=2))), draw(_adjustments)
    charge = sum((one.charge for one in below), Decimal(0)) if below else draw(_positive)
    everything = [*own, *(each for one in below for each in one.adjustments)]
    taken = sum((one.amount for one in everything), Decimal(0))
    share = sum((one.amount for one in everything if one.group == "PR"), Decimal(0))
    return RemitClaim(
        account=draw(_texts),
        status=draw(st.sampled_from(["1", "2", "4", "19"])),
        charge=charge,
        paid=charge - taken,
        patient_share=share,
        number=draw(_texts),
        filing=draw(st.sampled_from(["MB", "12", "HM", "ZZ"])),
        patient=Name("Doe", draw(st.sampled_from(["", "Jane"]))),
        member_id=draw(st.sampled_from(["", "1EG4TE5MK73"])),
        lines=below,
        adjustments=own,
        remarks=tuple(draw(st.lists(st.sampled_from(["MA01", "MA18", "N1"]), max_size=5))),
        first=draw(st.none() | _days),
        last=draw(st.none() | _days),
        received=draw(st.none() | _days),
        bill_type=draw(st.sampled_from(["11", "13", "22"])),
        frequency=draw(st.sampled_from(["1", "7"])),
        rendering_npi=draw(st.sampled_from(["", "1234567893"])),
        passed_to=draw(st.none() | st.just(Payer("Evergreen Supplement", "TRN04"))),
        interest=draw(st.sampled_from([Decimal(0), Decimal("1.07")])),
        insured=draw(st.none() | st.just(Name("Doe", "John"))),
        corrected=draw(st.none() | st.just(Name("Dow", "Jane"))),
        amounts=tuple(draw(st.lists(st.tuples(st.just("AU"), cents), max_size=1))),
        quantities=tuple(draw(st.lists(st.just(("CA", Decimal(3))), max_size=1))),
    )


_plb = st.builds(
    ProviderAdjustment,
    st.sampled_from(["WO", "CS", "72", "J1"]),
    _texts,
    cents.filter(bool),
    st.sampled_from(["", "1730187395"]),
)


@st.composite
def remittances(draw: st.DrawFn) -> Remittance:
    return paid(
        *draw(st.lists(remit_claims(), max_size=2)),
        trace=draw(_texts),
        method=draw(st.sampled_from(["ACH", "CHK"])),
        made=draw(_days),
        adjustments=draw(st.lists(_plb, max_size=8)),
        transfer=draw(st.none() | st.just(BANK)),
        contacts=draw(
            st.just(())
            | st.just((Contact("CX", "", (("TE", "6145550100"),)), Contact("BL", "Ann")))
        ),
    )
