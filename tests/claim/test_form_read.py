"""A form as a trainee fills it, read as a claim; and every sample read back from its own form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import CLAIMS, claim

from codinglab.claim.adjudicated import PriorPayment
from codinglab.claim.form_fill import fill
from codinglab.claim.form_layout import NAMES, FormName, layout
from codinglab.claim.form_read import read
from codinglab.claim.model import Claim, Diagnosis, Drug, Line, ProfessionalDates
from codinglab.claim.parties import Address, Name
from codinglab.core.findings import errors

ON = date(2026, 4, 1)

FILLED = {
    "carrier.1": "NORTHFIELD MUTUAL",
    "carrier.2": "PO BOX 1200",
    "carrier.3": "COLUMBUS OH 43216-1200",
    "1.group": "X",
    "1a": "NF00412345",
    "2": "SANDOVAL, IRENE, M",
    "3.born": "08 24 1983",
    "3.female": "X",
    "4": "SANDOVAL, IRENE, M",
    "6.self": "X",
    "5.street": "45 BIRCH AVENUE APT 6",
    "5.city": "MILLBROOK",
    "5.state": "OH",
    "5.zip": "43015",
    "10a.no": "X",
    "10b.no": "X",
    "10c.no": "X",
    "11": "88120",
    "11d.no": "X",
    "12.signed": "SOF",
    "13": "SOF",
    "20.no": "X",
    "21.indicator": "0",
    "21.A": "M5450",
    "21.B": "I10",
    "24.note.2": "N400409379501   ML1",
    "24A.1": "03 03 26 03 03 26",
    "24B.1": "11",
    "24D.1": "99213",
    "24D.modifiers.1": "25",
    "24E.1": "AB",
    "24F.1": "150 00",
    "24G.1": "1",
    "24J.1": "1352660660",
    "24A.2": "03 03 26 03 03 26",
    "24B.2": "11",
    "24D.2": "J1885",
    "24E.2": "A",
    "24F.2": "12.00",
    "24G.2": "2",
    "24J.2": "1352660660",
    "25": "421234567",
    "25.ein": "X",
    "26": "DR1008",
    "27.yes": "X",
    "28": "162 00",  # 150.00 + 12.00
    "31.signed": "SIGNATURE ON FILE",
    "33.1": "HARBOR FAMILY MEDICINE PC",
    "33.2": "100 PIER STREET SUITE 2",
    "33.3": "MILLBROOK OH 43015-1234",
    "33a": "1234567893",
}


def reading(**changed: str) -> tuple[Claim | None, list[tuple[str, str]]]:
    """Read FILLED with some cells changed ("c24F_1" is cell 24F.1); findings but notes."""
    cells = {name[1:].replace("_", "."): text for name, text in changed.items()}
    found, findings = read("cms1500", [FILLED | cells], ON)
    return found, [(one.id, one.place) for one in findings if one.severity.value != "note"]


def test_a_form_filled_without_fault_is_a_claim_without_findings() -> None:
    one, findings = reading()
    assert findings == []
    assert one is not None
    assert one.kind == "professional"
    assert one.account == "DR1008"
    assert one.patient.name == Name("SANDOVAL", "IRENE", "M")
    assert one.patient.born == date(1983, 8, 24)
    assert one.patient.address == Address("45 BIRCH AVENUE APT 6", "MILLBROOK", "OH", "43015")
    assert one.coverage.payer.name == "NORTHFIELD MUTUAL"
    assert one.coverage.payer.address == Address("PO BOX 1200", "COLUMBUS", "OH", "432161200")
    assert (one.coverage.member_id, one.coverage.filing) == ("NF00412345", "CI")
    assert one.coverage.group_number == "88120"
    assert one.coverage.insured is None
    assert one.diagnoses == (Diagnosis("M54.50"), Diagnosis("I10"))
    assert one.lines == (
        Line(
            "99213",
            Decimal("150.00"),
            Decimal(1),
            date(2026, 3, 3),
            modifiers=("25",),
            pointers=(1, 2),
        ),
        Line(
            "J1885",
            Decimal("12.00"),
            Decimal(2),
            date(2026, 3, 3),
            pointers=(1,),
            drug=Drug("00409379501", Decimal(1), "ML"),
        ),
    )
    assert one.total == Decimal("162.00")
    assert one.place_of_service == "11"
    doctor = one.provider("rendering")
    assert doctor is not None
    assert doctor.npi == "1352660660"
    assert one.billing.name == Name("HARBOR FAMILY MEDICINE PC")
    assert one.billing.address == Address("100 PIER STREET SUITE 2", "MILLBROOK", "OH", "430151234")
    assert one.accepts == "A"
    assert (one.coverage.release, one.coverage.assigned) == ("Y", "Y")


def test_what_the_form_cannot_tell_is_said_as_a_note() -> None:
    notes = [one.id for one in read("cms1500", [FILLED], ON)[1]]
    assert notes == ["form.kind_not_told", "form.payer_number"]


FAULTS = {
    "the member number is blank": ({"c1a": ""}, "form.blank", "box 1a"),
    "two kinds of coverage": ({"c1_other": "X"}, "form.two_marks", "box 1"),
    "no answer to work": ({"c10a_no": ""}, "form.no_mark", "box 10a"),
    "a birth day that is none": ({"c3_born": "02 30 1983"}, "form.no_day", "box 3"),
    "a birth day to come": ({"c3_born": "02 03 2031"}, "form.future", "box 3"),
    "a service to come": ({"c24A_1": "04 02 26 04 02 26"}, "form.future", "box 24A, line 1"),
    "a drug with ten digits": (
        {"c24_note_2": "N40040937950   ML1"},
        "form.drug",
        "box 24A, line 2",
    ),
    "a state that is none": ({"c5_state": "ZZ"}, "form.state", "box 5"),
    "self, but another insured": ({"c4": "SANDOVAL, LUIS"}, "form.self", "box 6"),
    "a car accident without its state": (
        {
            "c10b_no": "",
            "c10b_yes": "X",
            "c15_qualifier": "439",
            "c15_date": "03 01 26",
        },
        "form.state",
        "box 10b",
    ),
    "an accident without its day": (
        {"c10c_no": "", "c10c_yes": "X"},
        "form.accident_day",
        "box 15",
    ),
    "another plan, and nobody named": (
        {"c11d_no": "", "c11d_yes": "X"},
        "form.other_plan",
        "box 11d",
    ),
    "a name in 17 without what it did": ({"c17": "ADA OKAFOR"}, "form.referrer", "box 17"),
    "an onset without its kind": ({"c14_date": "03 01 26"}, "form.date_kind", "box 14"),
    "another day without its kind": ({"c15_date": "03 01 26"}, "form.date_kind", "box 15"),
    "the old indicator": ({"c21_indicator": "9"}, "form.indicator", "box 21"),
    "a point in a diagnosis": ({"c21_A": "M54.50"}, "form.point", "box 21"),
    "a replacement without the payer's number": (
        {"c22_code": "7"},
        "form.original",
        "box 22",
    ),
    "a frequency that paper does not have": (
        {"c22_code": "1", "c22_reference": "X9"},
        "form.frequency",
        "box 22",
    ),
    "a pointer to no diagnosis": ({"c24E_2": "C"}, "form.pointer", "box 24E, line 2"),
    "a number for a pointer": ({"c24E_1": "A1"}, "form.no_pointer", "box 24E, line 1"),
    "the last day before the first": (
        {"c24A_1": "03 03 26 03 02 26"},
        "form.days",
        "box 24A, line 1",
    ),
    "no units": ({"c24G_2": "0"}, "form.units", "box 24G, line 2"),
    "a digit of an NPI": ({"c33a": "1234567894"}, "form.npi", "box 33a"),
    "a tax number too short": ({"c25": "42123456"}, "form.tax_id", "box 25"),
    "no kind of tax number": ({"c25_ein": ""}, "form.no_mark", "box 25"),
    "a total that is not the sum": ({"c28": "152 00"}, "form.total", "box 28"),
    "an amount that is none": ({"c29": "TEN"}, "form.no_amount", "box 29"),
    "more paid than charged": ({"c29": "170 00"}, "form.paid", "box 29"),
    "no signature of the patient": ({"c12_signed": ""}, "form.unsigned", "box 12"),
    "an outside laboratory without its price": (
        {"c20_no": "", "c20_yes": "X"},
        "form.outside_charge",
        "box 20",
    ),
    "an account number too long": ({"c26": "DR1008-2026-03-03"}, "form.too_long", "box 26"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_gives_one_finding_at_its_box(fault: str) -> None:
    changed, name, place = FAULTS[fault]
    assert reading(**changed)[1] == [(name, place)]


def test_medicare_needs_boxes_11_and_32_and_not_13() -> None:
    cells = {"c1_group": "", "c1_medicare": "X", "c11": "", "c11d_no": "", "c4": "", "c6_self": ""}
    assert reading(**cells)[1] == [("form.blank", "box 11"), ("form.blank", "box 32")]
    told = {"c11": "NONE", "c32_1": "HARBOR FAMILY MEDICINE PC", "c13": ""}
    assert reading(**cells | told)[1] == []


def test_the_place_that_is_the_one_that_bills_is_no_facility_of_its_own() -> None:
    same = {f"c32_{at}": FILLED[f"33.{at}"] for at in (1, 2, 3)}
    one, _ = reading(**same)
    other, _ = reading(**same | {"c32_1": "LAKESIDE SURGERY CENTER"})
    assert one is not None
    assert one.facility is None
    assert other is not None
    assert other.facility is not None
    assert other.facility.name == Name("LAKESIDE SURGERY CENTER")


def test_an_insured_who_does_not_assign_the_payment_leaves_13_blank_with_a_note_alone() -> None:
    one, findings = reading(c13="")
    assert findings == []
    assert one is not None
    assert one.coverage.assigned == "N"


def test_the_mark_of_feca_is_another_federal_program_on_the_wire() -> None:
    one, _ = reading(c1_group="", c1_feca="X")
    assert one is not None
    assert one.coverage.filing == "OF"


def test_a_line_whose_charge_cannot_be_read_is_left_out_and_said() -> None:
    one, findings = reading(c24F_2="", c28="150 00")
    assert one is not None
    assert [line.code for line in one.lines] == ["99213"]
    assert findings == [
        ("form.blank", "box 24F, line 2"),
        ("form.line_left", "box 24A, line 2"),
    ]


def test_a_cell_that_the_form_does_not_have_is_named() -> None:
    found = read("cms1500", [FILLED | {"24K.1": "X"}], ON)[1]
    assert ("form.no_such_cell", "cell 24K.1") in [(one.id, one.place) for one in found]


def test_an_empty_form_is_no_claim_and_names_what_is_needed() -> None:
    one, findings = read("cms1500", [{}], ON)
    assert one is None
    assert [each.place for each in findings if each.id == "form.blank"] == [
        f"box {box}" for box in ("1a", "2", "3", "5", "21", "25", "26", "28", "31", "33", "33a")
    ]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("03 03 26", date(2026, 3, 3)),
        ("030326", date(2026, 3, 3)),
        ("03/03/2026", date(2026, 3, 3)),
        ("02 29 24", date(2024, 2, 29)),
        ("12 31 99", date(1999, 12, 31)),  # 2099 lies more than a year after the reading
    ],
)
def test_a_day_is_read_with_two_or_four_digits_of_its_year(typed: str, day: date) -> None:
    one, _ = reading(c14_date=typed, c14_qualifier="431")
    assert one is not None
    assert one.dates.onset == day


@pytest.mark.parametrize(
    ("qualifier", "field"),
    [
        ("454", "initial_treatment"),
        ("304", "last_seen"),
        ("453", "acute_manifestation"),
        ("455", "last_x_ray"),
        ("471", "prescribed"),
        ("090", "care_assumed"),
        ("091", "care_relinquished"),
        ("444", "first_contact"),
    ],
)
def test_the_qualifier_of_box_15_says_which_day_it_is(qualifier: str, field: str) -> None:
    one, findings = reading(c15_qualifier=qualifier, c15_date="03 01 26")
    assert findings == []
    assert one is not None
    assert one.dates == replace(ProfessionalDates(), **{field: date(2026, 3, 1)})


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_read_from_its_form_fills_the_same_form(name: str) -> None:
    pages, _ = fill(claim(name))
    back, findings = read(pages[0].form, [page.texts for page in pages], ON)
    assert back is not None
    assert errors(findings) == ()
    again = fill(back)[0]
    for before, after in zip(pages, again, strict=True):
        assert before.texts == after.texts


def test_what_paper_holds_of_a_bill_comes_back_as_it_was() -> None:
    one = claim("outpatient hospital")
    pages, _ = fill(one)
    back, _ = read("ub04", [page.texts for page in pages], ON)
    assert back is not None
    assert back.bill == one.bill
    assert back.diagnoses == one.diagnoses
    assert back.lines == one.lines
    assert back.frequency == one.frequency


def test_the_lines_of_a_stay_come_back_with_rates_as_days() -> None:
    one = claim("inpatient")
    back, _ = read("ub04", [fill(one)[0][0].texts], ON)
    assert back is not None
    assert back.bill == one.bill
    assert back.lines == one.lines


BILL = fill(claim("outpatient hospital"))[0][0].texts
STAY = fill(claim("inpatient"))[0][0].texts
BILL_FAULTS = {
    "no type of bill": (BILL, {"4": "131"}, ["form.bill_type"], "box 4"),
    "a first bill with an earlier number": (BILL, {"64A": "Z1"}, ["form.original"], "box 64"),
    "a line outside the billed days": (BILL, {"45.2": "030426"}, ["form.outside"], "line 2"),
    "a total that is not the sum": (BILL, {"47.total": "2741 00"}, ["form.total"], "box 47"),
    "more not covered than charged": (
        BILL,
        {"48.1": "311 00"},
        ["form.spared"],
        "box 48, line 1",
    ),
    "an occurrence without its day": (BILL, {"31a.date": ""}, ["form.code_alone"], "box 31-34"),
    "a code that is none": (BILL, {"44.1": "7311"}, ["form.code"], "box 44, line 1"),
    "an ICD-10-PCS code on an outpatient bill": (
        BILL,
        {"74.code": "0DTJ4ZZ", "74.date": "030326"},
        ["form.procedure"],
        "box 74",
    ),
    "a wrong attending NPI": (BILL, {"76.npi": "1637221214"}, ["form.npi"], "box 76"),
    "an other provider without what it did": (
        BILL,
        {"78.npi": "1352660660", "78.last": "OKAFOR"},
        ["form.role"],
        "box 78-79",
    ),
    "a stay without its hour": (STAY, {"13": ""}, ["form.blank"], "box 13"),
    "a stay in skilled nursing without its hour": (STAY, {"4": "0211", "13": ""}, [], ""),
    "an hour that is none": (STAY, {"16": "24"}, ["form.hour"], "box 16"),
    "a POA that is none": (STAY, {"67.poa": "Z"}, ["form.poa"], "box 67"),
    "a sex that is none": (STAY, {"11": "X"}, ["form.sex"], "box 11"),
    "a birth day to come": (STAY, {"10": "02032031"}, ["form.future"], "box 10"),
    "no admitting diagnosis": (STAY, {"69": ""}, ["form.blank"], "box 69"),
    "a rate that is not the charge": (STAY, {"44.1": "1700 00"}, ["form.rate"], "line 1"),
    "no release": (STAY, {"52A": ""}, ["form.release"], "box 52"),
    "a payer in rank C alone": (
        BILL,
        {"50C": "X", "52C": "Y", "53C": "Y"},
        ["form.rank"],
        "box 50",
    ),
}


@pytest.mark.parametrize("fault", BILL_FAULTS)
def test_one_fault_of_a_bill_gives_one_finding_at_its_box(fault: str) -> None:
    texts, changed, names, place = BILL_FAULTS[fault]
    before = {(one.id, one.place) for one in read("ub04", [texts], ON)[1]}
    found = [
        one for one in read("ub04", [texts | changed], ON)[1] if (one.id, one.place) not in before
    ]
    assert [one.id for one in found] == names
    assert not found or found[0].place.endswith(place)


def test_the_payer_asked_is_the_first_that_has_not_paid() -> None:
    texts = fill(claim("inpatient second"))[0][0].texts
    back, _ = read("ub04", [texts], ON)
    assert back is not None
    assert back.coverage.payer.name == "EVERGREEN SUPPLEMENT"
    assert back.prior == (PriorPayment(0, Decimal("6400.00"), None),)


def test_lines_of_two_pages_make_one_claim() -> None:
    one = claim("telehealth")
    seven = replace(one, lines=one.lines * 7)
    pages, _ = fill(seven)
    back, findings = read("cms1500", [page.texts for page in pages], ON)
    assert back is not None
    assert len(back.lines) == 7
    assert errors(findings) == ()


def test_a_fault_on_the_second_page_names_the_page() -> None:
    one = claim("telehealth")
    pages, _ = fill(replace(one, lines=one.lines * 7))
    texts = [pages[0].texts, pages[1].texts | {"28": "10 00"}]
    found = errors(read("cms1500", texts, ON)[1])
    assert [each.place for each in found] == ["page 2, box 28"]


def test_no_page_cannot_be_read() -> None:
    with pytest.raises(ValueError, match="no page to read"):
        read("ub04", [], ON)


CELLS = {name: sorted(layout(name, ON).cells) for name in NAMES}
ODD = st.sampled_from(
    ["", " ", "X", "0", "-1", "NaN", "1e9", "13 45 99", "999999", "N4", "A,B", "٣"]
)


@given(st.sampled_from(NAMES), st.data())
def test_anything_in_any_cell_is_read_without_a_crash(name: FormName, data: st.DataObject) -> None:
    begun = FILLED if name == "cms1500" else dict(STAY)
    odd = data.draw(st.dictionaries(st.sampled_from(CELLS[name]), ODD | st.text(max_size=20)))
    back, findings = read(name, [begun | odd], ON)
    assert back is None or back.lines
    assert all(one.place and one.message and one.remedy for one in findings)


def test_the_condition_codes_of_a_bill_come_back_as_the_bills_own() -> None:
    one = claim("inpatient")
    assert one.bill is not None
    told = replace(one, bill=replace(one.bill, conditions=("09", "D0")))
    back, _ = read("ub04", [fill(told)[0][0].texts], ON)

    assert back is not None
    assert back.bill is not None
    assert (back.bill.conditions, back.conditions) == (("09", "D0"), ())


@pytest.mark.parametrize("text", ["1e9", "Infinity", "NaN", "1_0", "\u0663"])
def test_a_count_is_written_in_plain_digits(text: str) -> None:
    from codinglab.claim.form_parse import read_count

    assert read_count(text) is None
    assert read_count(" 2.5 ") == Decimal("2.5")
