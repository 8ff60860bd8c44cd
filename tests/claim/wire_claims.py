"""Claims of every shape for the 837: a head to send them under, two that say all, and strategies.

The strategies draw what a claim may hold and not what is right: a wire must carry both.
"""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from claim_people import FAMILY_DOCTOR, HOSPITAL, PRACTICE, SURGEON
from hypothesis import strategies as st
from made_bills import INPATIENT
from made_claims import SECONDARY

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.model import (
    Accident,
    Ambulance,
    Attachment,
    Claim,
    CodedDay,
    Diagnosis,
    Drug,
    Equipment,
    InstitutionalBill,
    Line,
    ProfessionalDates,
    StayProcedure,
    ValueCode,
)
from codinglab.claim.parties import Address, Coverage, Name, OtherId, Payer, Person, Provider
from codinglab.claim.x837 import write
from codinglab.claim.x837_batch import Batch
from codinglab.x12.envelope import Envelope

WHEN = datetime(2026, 3, 10, 9, 30)  # noqa: DTZ001  no zone on the wire
HEAD = Batch(
    Name("Harbor Billing"),
    *("HB001", "Training Clearinghouse", "TRNCH", "B0001", WHEN, "Ann Lee", "6145550199"),
)
ENVELOPE = Envelope("HB001", "TRNCH", WHEN, 7)


def sent(*claims: Claim) -> str:
    return write(ENVELOPE, [(HEAD, claims)])


def body(text: str) -> list[str]:
    """Return the segments between BHT and SE, without their terminators."""
    lines = [one.rstrip("~") for one in text.splitlines()]
    return lines[4:-3]


BARE_DOCTOR = replace(FAMILY_DOCTOR, taxonomy="", other_ids=(OtherId("G2", "PX77"),))
PLACE = replace(HOSPITAL, tax_id="", taxonomy="", other_ids=(OtherId("LU", "L9"),))
ROAD = Address("Route 9", "Millbrook", "OH", "43015")
FULL_LINE = Line(
    code="E0601",
    charge=Decimal("95.50"),
    units=Decimal("1.5"),
    first=date(2026, 3, 3),
    last=date(2026, 3, 5),
    modifiers=("RR", "KH", "KX", "GA"),
    pointers=(1, 2),
    place_of_service="12",
    description="Breathing machine",
    emergency=True,
    epsdt=True,
    family_planning=True,
    drug=Drug("00409379501", Decimal("2.5"), "ML", "RX100"),
    equipment=Equipment("E0601", 13, Decimal(95), Decimal(950), "4", 390, "I"),
    providers=(
        ("rendering", SURGEON),
        ("purchased service", Provider(Name(""), npi="1669500336")),
        ("supervising", BARE_DOCTOR),
        ("ordering", replace(BARE_DOCTOR, address=ROAD, contact="Ada", phone="6145550001")),
        ("referring", replace(BARE_DOCTOR, npi=SURGEON.npi)),
    ),
    authorization="AUTH9",
    control_number="L-1",
    note="Replaced a broken one",
    attachments=(Attachment("B4", "FX"),),
    patients=2,
    prescribed=date(2026, 3, 1),
)
FULL_PROFESSIONAL = replace(
    SECONDARY,
    billing=replace(PRACTICE, other_ids=(OtherId("0B", "S1"), OtherId("G2", "P1"))),
    pay_to=Address("PO Box 9", "Millbrook", "OH", "43015"),
    coverages=(
        replace(
            SECONDARY.coverages[0],
            group_number="G1",
            group_name="Plan",
            assigned="W",
            signed_for_patient=True,
        ),
        replace(SECONDARY.coverages[1], msp_type="12", claim_number="EV-1", release="I"),
    ),
    patient=replace(SECONDARY.patient, phone="6145550002"),
    lines=(
        FULL_LINE,
        Line("99213", Decimal(150), Decimal(1), date(2026, 3, 3), pointers=(1,)),
    ),
    frequency="7",
    original_reference="ICN1",
    accepts="C",
    signature_on_file=False,
    signed_for_patient=True,
    providers=(("referring", BARE_DOCTOR), ("rendering", FAMILY_DOCTOR)),
    facility=PLACE,
    dates=ProfessionalDates(
        *(date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 4)),
        *(date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7), date(2026, 1, 8)),
        *(date(2026, 1, 10), date(2026, 1, 11), date(2026, 1, 12), date(2026, 1, 13)),
        *(date(2026, 1, 14), date(2026, 1, 15)),
    ),
    accident=Accident(employment=True, auto=True, state="OH", day=date(2026, 1, 9)),
    ambulance=Ambulance(
        "A",
        Decimal("8.5"),
        ("01", "04", "05", "06", "07", "08"),
        ROAD,
        ROAD,
        Decimal(170),
        not_met=("09",),
    ),
    authorization="AUTH1",
    referral="REF1",
    clia="36D0912345",
    patient_paid=Decimal("20.00"),
    outside_laboratory=Decimal("12.34"),
    delay_reason="7",
    anesthesia_procedure="25605",
    conditions=("AJ", "AG"),
    note="Second try",
    attachments=(Attachment("OZ", "EL", "ACN1"),),
    fixed_notes=("STATE DATA",),
    prior=(
        PriorPayment(
            0,
            Decimal("70.56"),
            date(2026, 3, 21),
            (
                PaidLine(
                    2,
                    Decimal("70.56"),
                    Decimal(1),
                    "99213",
                    date(2026, 3, 20),
                    ("25",),
                    # 150.00 = 70.56 + 7 * 10.00 + 9.44
                    (
                        *(Adjustment("CO", str(at), Decimal(10), Decimal(1)) for at in range(1, 8)),
                        Adjustment("CO", "45", Decimal("9.44")),
                    ),
                    Decimal("18.00"),
                ),
            ),
            (Adjustment("PR", "1", Decimal("95.50")),),  # 245.50 = 150.00 + 95.50
            "PRIOR1",
            Decimal("18.00"),
            Decimal("1.00"),
            ("N130", "MA01"),
        ),
    ),
)
assert INPATIENT.bill is not None
FULL_BILL = replace(
    INPATIENT.bill,
    reasons=("R10.31", "R11.2"),
    external_causes=(Diagnosis("W18.30XA", "N"),),
    procedures=(
        *INPATIENT.bill.procedures,
        StayProcedure("0WQF0ZZ", date(2026, 3, 4)),
    ),
    conditions=("09", "A6"),
    spans=(CodedDay("74", date(2026, 3, 3), date(2026, 3, 4)),),
)
FULL_INSTITUTIONAL = replace(
    INPATIENT,
    frequency="7",
    original_reference="ICN2",
    pay_to=Address("PO Box 9", "Millbrook", "OH", "43015"),
    facility=replace(PLACE, contact="", phone=""),
    patient=replace(INPATIENT.patient, phone=""),
    providers=(
        ("attending", FAMILY_DOCTOR),
        ("operating", BARE_DOCTOR),
        ("other operating", BARE_DOCTOR),
        ("rendering", BARE_DOCTOR),
        ("referring", BARE_DOCTOR),
    ),
    accident=Accident(state="OH"),
    authorization="AUTH1",
    referral="REF1",
    note="Second try",
    delay_reason="7",
    attachments=(Attachment("OZ", "EL", "ACN1"),),
    bill=FULL_BILL,
    lines=(
        Line(
            "J1885",
            Decimal("12.00"),
            Decimal(2),
            date(2026, 3, 4),
            modifiers=("JZ",),
            revenue_code="0636",
            noncovered=Decimal("2.00"),
            description="A drug",
            drug=Drug("00409379501", Decimal(1), "ML", "RX1"),
            providers=(("operating", replace(BARE_DOCTOR, npi=SURGEON.npi)),),
            control_number="L-2",
            attachments=(Attachment("OZ", "EL", "ACN2"),),
        ),
        *INPATIENT.lines,
    ),
)

_text = st.text("ABCXYZabc 0189.-&'#/é", max_size=12)
_word = st.text("ABCXYZ0189", min_size=1, max_size=9)
_maybe_word = st.just("") | _word
_digits = st.text("0123456789", min_size=9, max_size=10)
_money = st.decimals("0", "99999.99", places=2)
_number = st.decimals("0", "999", places=1)
_day = st.dates(date(1900, 1, 1), date(2099, 12, 31))
_code = st.from_regex(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?", fullmatch=True)
_code_pair = st.from_regex(r"[0-9A-Z]{2}", fullmatch=True)
_poa = st.sampled_from(["", "Y", "N", "U", "W"])


def _some(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most).map(tuple)


def _optional(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


names = st.builds(Name, _word, _text, _text, _maybe_word)
addresses = st.builds(Address, _word, _text, _maybe_word, _maybe_word, _text)
ids = st.builds(OtherId, st.sampled_from(["0B", "1G", "G2", "LU"]), _word)
providers = st.builds(
    Provider,
    names,
    st.just("") | _digits,
    _maybe_word,
    st.just("") | _digits,
    st.sampled_from(["EI", "SY"]),
    _optional(addresses),
    _text,
    st.just("") | _digits,
    _some(ids, 2),
)
people = st.builds(
    Person,
    names,
    _optional(_day),
    _optional(st.sampled_from(["F", "M", "U"])),
    _optional(addresses),
    st.just("") | _digits,
)


@st.composite
def coverages(draw: st.DrawFn) -> tuple[Coverage, ...]:
    numbers = draw(st.lists(_word, min_size=1, max_size=4, unique=True))
    one = st.tuples(
        _word,
        _maybe_word,
        st.sampled_from(["MB", "CI", "WC", "AM", "MC"]),
        st.sampled_from(["18", "01", "19", "G8"]),
        _optional(people),
        *([_maybe_word] * 4),
        st.sampled_from(["Y", "N", "W"]),
        st.sampled_from(["Y", "I"]),
        st.booleans(),
    )
    drawn = [draw(one) for _ in numbers]
    return tuple(
        Coverage(Payer(name, number, draw(_optional(addresses))), *rest)
        for number, (name, *rest) in zip(numbers, drawn, strict=True)
    )


adjustments = st.builds(
    Adjustment,
    st.sampled_from(["CO", "PR", "OA", "PI", "CR"]),
    st.sampled_from(["1", "2", "45", "253"]),
    st.decimals("-500", "500", places=2),
    _optional(_number),
)


def _paid_lines(lines: int) -> st.SearchStrategy:
    return st.builds(
        PaidLine,
        st.integers(1, lines),
        _money,
        _number,
        _maybe_word,
        _day,
        st.just(()),
        _some(adjustments, 9),
        _optional(_money),
    )


@st.composite
def priors(draw: st.DrawFn, payers: int, to: int, lines: int) -> tuple[PriorPayment, ...]:
    places = [at for at in range(payers) if at != to]
    if not places:
        return ()
    chosen = draw(st.lists(st.sampled_from(places), unique=True))
    one = st.tuples(
        _money,
        _day,
        _some(_paid_lines(lines)),
        _some(adjustments, 9),
        _maybe_word,
        _optional(_money),
        _optional(_money),
        _some(_word, 6),
    )
    return tuple(PriorPayment(at, *draw(one)) for at in chosen)


drugs = st.builds(Drug, _word, _number, st.sampled_from(["UN", "ML", "GR"]), _maybe_word)
attachments = st.builds(Attachment, st.sampled_from(["OZ", "B4"]), _code_pair, _maybe_word)
equipment = st.builds(
    Equipment,
    _word,
    st.integers(0, 99),
    _optional(_money),
    _optional(_money),
    st.sampled_from(["1", "4", "6"]),
    _optional(st.integers(1, 999)),
    st.sampled_from(["", "I", "R", "S"]),
)
_ROLES = {
    "professional": ["referring", "rendering", "supervising", "ordering"],
    "institutional": ["attending", "operating", "other operating", "rendering", "referring"],
}


@st.composite
def lines(draw: st.DrawFn, kind: str) -> Line:
    roles = st.tuples(st.sampled_from(_ROLES[kind]), providers)
    first = draw(_day)
    return Line(
        code=draw(_maybe_word),
        charge=draw(_money),
        units=draw(_number),
        first=first,
        last=draw(_optional(st.dates(first, date(2099, 12, 31)))),
        modifiers=draw(_some(_code_pair, 4)),
        unit_kind=draw(st.sampled_from(["UN", "MJ", "DA"])),
        pointers=draw(_some(st.integers(1, 12), 4)),
        place_of_service=draw(st.sampled_from(["", "11", "22"])),
        revenue_code=draw(st.sampled_from(["0450", "0120", "0023"])),
        noncovered=draw(_optional(_money)),
        description=draw(_text),
        emergency=draw(st.booleans()),
        epsdt=draw(st.booleans()),
        family_planning=draw(st.booleans()),
        drug=draw(_optional(drugs)),
        equipment=draw(_optional(equipment)),
        providers=draw(_some(roles, 2)),
        authorization=draw(_maybe_word),
        control_number=draw(_maybe_word),
        note=draw(_text),
        attachments=draw(_some(attachments, 2)),
        patients=draw(_optional(st.integers(1, 9))),
        prescribed=draw(_optional(_day)),
    )


_accidents = st.builds(
    Accident, st.booleans(), st.booleans(), st.booleans(), _maybe_word, _optional(_day)
)
_dates = st.builds(ProfessionalDates, *([_optional(_day)] * 14))
_trips = st.builds(
    Ambulance,
    st.sampled_from("ABCDE"),
    _number,
    _some(_code_pair, 7),
    addresses,
    addresses,
    _optional(_number),
    _text,
    _text,
    _some(_code_pair),
)
_hours = st.sampled_from(["", "00", "14", "23", "99"])
_coded_days = st.builds(CodedDay, _code_pair, _day, _optional(_day))
_bills = st.builds(
    InstitutionalBill,
    st.sampled_from(["011", "012", "013", "021", "081", "099"]),
    _day,
    _day,
    _maybe_word,
    _maybe_word,
    _maybe_word,
    _optional(_day),
    _hours,
    _hours,
    st.just("") | _code,
    _some(_code),
    _some(st.builds(Diagnosis, _code, _poa)),
    _some(st.builds(StayProcedure, _word, _day)),
    _some(_code_pair),
    _some(_coded_days),
    _some(_coded_days),
    _some(st.builds(ValueCode, _code_pair, _money)),
    _maybe_word,
    _maybe_word,
)
_two_billing = [replace(PRACTICE, address=ROAD), HOSPITAL]


@st.composite
def claims(draw: st.DrawFn, kind: str) -> Claim:
    policies = draw(coverages())
    to = draw(st.integers(0, len(policies) - 1))
    billed = draw(st.lists(lines(kind), min_size=1, max_size=3).map(tuple))
    role = st.tuples(st.sampled_from(_ROLES[kind]), providers)
    return Claim(
        kind=kind,
        account=draw(_word),
        patient=draw(people),
        coverages=policies,
        billing=draw(st.sampled_from(_two_billing) | providers),
        diagnoses=draw(_some(st.builds(Diagnosis, _code, _poa), 13)),
        lines=billed,
        to=to,
        frequency=draw(st.sampled_from(["1", "2", "3", "4", "7", "8"])),
        original_reference=draw(_maybe_word),
        place_of_service=draw(st.sampled_from(["", "11", "41"])),
        accepts=draw(st.sampled_from(["A", "B", "C"])),
        signature_on_file=draw(st.booleans()),
        pay_to=draw(_optional(addresses)),
        providers=draw(_some(role)),
        facility=draw(_optional(providers)),
        bill=draw(_bills) if kind == "institutional" else None,
        dates=draw(_dates),
        accident=draw(_accidents),
        ambulance=draw(_optional(_trips)),
        authorization=draw(_maybe_word),
        referral=draw(_maybe_word),
        clia=draw(_maybe_word),
        patient_paid=draw(_optional(_money)),
        outside_laboratory=draw(_optional(_money)),
        delay_reason=draw(st.sampled_from(["", "7"])),
        anesthesia_procedure=draw(_maybe_word),
        conditions=draw(_some(_code_pair)),
        note=draw(_text),
        prior=draw(priors(len(policies), to, len(billed))),
        attachments=draw(_some(attachments, 2)),
        fixed_notes=draw(_some(_word, 2)),
        signed_for_patient=draw(st.booleans()),
    )
