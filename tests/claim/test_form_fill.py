"""What stands in each box of a claim's form, worked by hand from the samples."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_claims import CLAIMS, claim

from codinglab.claim.form_fill import fill
from codinglab.claim.form_page import Page
from codinglab.claim.model import Diagnosis, Drug
from codinglab.claim.parties import OtherId


def first(name: str) -> dict[str, str]:
    return fill(claim(name))[0][0].texts


def ids(name: str) -> list[str]:
    return [one.id for one in fill(claim(name))[1]]


def test_an_office_visit_to_medicare_fills_the_boxes_that_its_manual_asks_for() -> None:
    assert first("office visit") == {
        "carrier.1": "TRAINING MEDICARE PART B",
        "1.medicare": "X",
        "1a": "1EG4TE5MK73",
        "2": "QUILL, WALTER, B",
        "3.born": "05 17 1948",
        "3.male": "X",
        "5.street": "12 ORCHARD LANE",
        "5.city": "MILLBROOK",
        "5.state": "OH",
        "5.zip": "43015",
        "5.phone": "614 5550171",
        "11": "NONE",  # nobody pays before Medicare
        "10a.no": "X",
        "10b.no": "X",
        "10c.no": "X",
        "12.signed": "SIGNATURE ON FILE",
        "13": "SIGNATURE ON FILE",
        "17.qualifier": "DK",
        "17": "ADA N OKAFOR",
        "17b": "1352660660",
        "20.no": "X",
        "21.indicator": "0",
        "21.A": "E1122",
        "21.B": "I129",
        "21.C": "N1831",
        "21.D": "Z7984",
        "23": "36D0912345",
        "24A.1": "03 03 26 03 03 26",
        "24B.1": "11",
        "24D.1": "99214",
        "24E.1": "A",
        "24F.1": "210 00",
        "24G.1": "1",
        "24J.1": "1352660660",
        "24A.2": "03 03 26 03 03 26",
        "24B.2": "11",
        "24D.2": "83036",
        "24D.modifiers.2": "QW",
        "24E.2": "A",
        "24F.2": "28 50",
        "24G.2": "1",
        "24J.2": "1352660660",
        "24A.3": "03 03 26 03 03 26",
        "24B.3": "11",
        "24D.3": "36415",
        "24E.3": "A",
        "24F.3": "9 00",
        "24G.3": "1",
        "24J.3": "1352660660",
        "25": "421234567",
        "25.ein": "X",
        "26": "OV1001",
        "27.yes": "X",
        "28": "247 50",  # 210.00 + 28.50 + 9.00
        "31.signed": "SIGNATURE ON FILE",
        "32.1": "HARBOR FAMILY MEDICINE PC",  # Medicare wants the place, also where it is 33
        "32.2": "100 PIER STREET SUITE 2",
        "32.3": "MILLBROOK OH 43015-1234",
        "32a": "1234567893",
        "33.phone": "614 5550100",
        "33.1": "HARBOR FAMILY MEDICINE PC",
        "33.2": "100 PIER STREET SUITE 2",
        "33.3": "MILLBROOK OH 43015-1234",
        "33a": "1234567893",
        "33b": "ZZ193400000X",
    }
    assert ids("office visit") == ["form.one_pointer"]


def test_the_payer_before_medicare_stands_in_boxes_4_to_11c_and_11d_stays_blank() -> None:
    texts = first("medicare second")
    assert texts["1a"] == "1EG4TE5MK73"
    assert texts["4"] == "QUILL, WALTER, B"
    assert texts["6.self"] == "X"
    assert texts["11"] == "NF00498765"  # that policy has no group number: the member's own
    assert texts["11c"] == "TOOL WORKS PLAN"
    assert not {"11d.yes", "11d.no", "9"} & texts.keys()


def test_a_child_is_told_as_the_child_of_the_insured_with_both_addresses() -> None:
    texts = first("patient not subscriber")
    told = {name: texts[name] for name in ("2", "4", "3.born", "11a.born", "11", "29", "28")}
    assert told == {
        "2": "SANDOVAL, MATEO",
        "4": "SANDOVAL, IRENE, M",
        "3.born": "01 10 2024",
        "11a.born": "08 24 1983",
        "11": "RB55",
        "29": "20 00",
        "28": "317 00",  # 160 + 95 + 30 + 32
    }
    assert texts["1.other"] == texts["6.child"] == "X"
    assert texts["7.street"] == "45 BIRCH AVENUE APT 6"
    assert texts["11d.no"] == "X"


def test_the_second_payer_is_told_of_the_first_in_box_9() -> None:
    texts = first("secondary")
    assert texts["11d.yes"] == "X"
    assert texts["9"] == "FERRIS, MABEL"
    assert texts["9a"] == "2AC4DE5FG67"
    assert texts["9d"] == "TRAINING MEDICARE PART B"
    assert texts["24E.1"] == "AB"


def test_minutes_stand_in_24g_and_the_surgery_centre_in_32() -> None:
    texts = first("anesthesia")
    assert texts["24G.1"] == "45"
    assert texts["24D.modifiers.1"] == "AA P2"
    assert texts["32.1"] == "LAKESIDE SURGERY CENTER"
    assert texts["32a"] == "1203550557"
    assert texts["15.qualifier"] == "439"
    assert texts["15.date"] == "03 02 26"
    assert texts["10c.yes"] == "X"


def test_an_ambulance_tells_medicare_the_zip_code_of_the_pick_up_in_box_23() -> None:
    assert first("ambulance")["23"] == "43015"
    assert first("ambulance")["24G.2"] == "8"


def test_box_32_stays_blank_at_home_in_an_ambulance_and_for_other_payers() -> None:
    for name in ("rental", "ambulance", "telehealth", "replacement"):
        assert "32.1" not in first(name)


def test_a_drug_stands_in_the_shaded_half_with_three_blanks_before_its_quantity() -> None:
    texts = first("drug in the office")
    assert texts["24.note.3"] == "N400409379501   ML1"
    assert "24.note.1" not in texts
    assert texts["24D.3"] == "J1885"


def test_a_car_accident_tells_its_state_its_onset_and_the_number_of_the_event() -> None:
    texts = first("auto accident")
    told = ("10b.yes", "10b.state", "14.qualifier", "14.date", "11b.qualifier", "11b")
    assert [texts[name] for name in told] == ["X", "OH", "431", "03 01 26", "Y4", "AU-55210"]


def test_a_work_injury_tells_the_days_unable_to_work_and_the_employer_as_insured() -> None:
    texts = first("work injury")
    assert texts["10a.yes"] == "X"
    assert (texts["16.from"], texts["16.to"]) == ("03 03 26", "03 09 26")
    assert texts["4"] == "MILLBROOK LUMBER LLC"
    assert texts["6.other"] == "X"


def test_a_replacement_tells_7_and_the_payers_number_and_a_person_bills_by_ssn() -> None:
    texts = first("replacement")
    assert (texts["22.code"], texts["22.reference"]) == ("7", "NF26052200417")
    assert texts["25.ssn"] == "X"
    assert texts["33.1"] == "JUNE WHITFIELD MD"
    assert texts["19"] == "MODIFIER 25 ADDED TO THE VISIT"


def test_sixty_lines_are_ten_pages_and_each_page_has_its_own_total() -> None:
    pages, _ = fill(claim("60 lines"))
    assert [(page.number, page.of) for page in pages] == [(at, 10) for at in range(1, 11)]
    # Visits for 120.00 and treatments for 25.00 in turn: 3 x 120 + 3 x 25 a page.
    assert [page.texts["28"] for page in pages] == ["435 00"] * 10
    assert pages[9].texts["24A.6"] == "04 01 26 04 01 26"  # 29 days after 3 March


def test_what_the_patient_paid_stands_on_the_first_page_only() -> None:
    pages, _ = fill(replace(claim("60 lines"), patient_paid=Decimal("30.00")))
    assert [page.texts.get("29", "") for page in pages] == ["30 00"] + [""] * 9


def test_fourteen_diagnoses_do_not_fit_and_a_finding_says_so() -> None:
    pages, findings = fill(claim("14 diagnoses"))
    assert pages[0].texts["21.L"] == "H9190"
    assert [one.place for one in findings if one.id == "form.too_many_diagnoses"] == ["box 21"]


def test_two_numbers_for_box_23_leave_one_out_and_a_finding_says_which() -> None:
    both = replace(claim("office visit"), authorization="A7")
    pages, findings = fill(both)
    assert pages[0].texts["23"] == "A7"
    found = next(one for one in findings if one.id == "form.one_authorization")
    assert found.message == (
        "box 23 holds one number: the prior authorization stands there, the CLIA number is left "
        "out."
    )


def test_one_day_of_two_stands_in_box_15_and_a_finding_says_which_is_left_out() -> None:
    one = claim("auto accident")
    dates = replace(one.dates, first_contact=date(2026, 3, 2))
    pages, findings = fill(replace(one, dates=dates))
    assert pages[0].texts["15.qualifier"] == "439"
    found = next(each for each in findings if each.id == "form.one_day")
    assert found.message == (
        "box 15 holds one day: 2026-03-01 (439) stands there, 2026-03-02 (444) is left out."
    )


def test_a_text_longer_than_its_box_is_told_with_what_the_paper_shows() -> None:
    one = claim("telehealth")
    long = replace(one.patient.name, last="Featherstonehaugh-Cholmondeley")
    findings = fill(replace(one, patient=replace(one.patient, name=long)))[1]
    found = next(each for each in findings if each.id == "form.too_long")
    assert found.place == "box 2"
    assert found.message == (
        "'FEATHERSTONEHAUGH-CHOLMONDELEY, KEN' has 35 characters; the box holds 28, and the paper "
        "ends after 'FEATHERSTONEHAUGH-CHOLMONDEL'."
    )


def test_points_and_apostrophes_are_not_typed_and_hyphens_are() -> None:
    one = claim("telehealth")
    name = replace(one.patient.name, last="O'Neil-Ray", suffix="Jr.", middle="Q.")
    texts = fill(replace(one, patient=replace(one.patient, name=name)))[0][0].texts
    assert texts["2"] == "ONEIL-RAY JR, KEN, Q"


def test_letters_that_no_pdf_font_has_are_told() -> None:
    one = claim("telehealth")
    name = replace(one.patient.name, last="Zoë Łuk")
    findings = fill(replace(one, patient=replace(one.patient, name=name)))[1]
    found = [each.message for each in findings if each.id == "form.letters" and "2" in each.place]
    assert found == ["'ZOË ŁUK, KEN' has letters that cannot be typed: Ł."]


def test_other_numbers_stand_shaded_with_their_qualifier() -> None:
    one = claim("telehealth")
    doctor = replace(one.provider("rendering"), other_ids=(OtherId("0B", "OH3355"),))
    texts = fill(replace(one, providers=(("rendering", doctor),)))[0][0].texts
    assert (texts["24I.1"], texts["24J.other.1"]) == ("0B", "OH3355")


INPATIENT = {
    "1.1": "MILLBROOK GENERAL HOSPITAL",
    "1.2": "1 HOSPITAL DRIVE",
    "1.3": "MILLBROOK OH 43015-1200",
    "1.4": "614 5550110",
    "3a": "IP2001",
    "3b": "MR55081",
    "4": "0111",
    "5": "421234568",
    "6.from": "030326",
    "6.through": "030526",
    "8b": "QUILL, WALTER, B",
    "9a": "12 ORCHARD LANE",
    "9b": "MILLBROOK",
    "9c": "OH",
    "9d": "43015",
    "10": "05171948",
    "11": "M",
    "12": "030326",
    "13": "14",
    "14": "1",
    "15": "1",
    "16": "11",
    "17": "01",
    "31a.code": "11",
    "31a.date": "030226",
    "39a.code": "80",
    "39a.amount": "2 00",
    "40a.code": "01",
    "40a.amount": "1800 00",
    "42.1": "0120",
    "44.1": "1800.00",  # 3600.00 for 2 days
    "46.1": "2",
    "47.1": "3600 00",
    "42.2": "0250",
    "46.2": "31",
    "47.2": "640 25",
    "42.3": "0300",
    "46.3": "6",
    "47.3": "410 00",
    "42.4": "0360",
    "46.4": "1",
    "47.4": "8200 00",
    "42.5": "0370",
    "46.5": "1",
    "47.5": "1900 00",
    "42.6": "0710",
    "46.6": "1",
    "47.6": "950 00",
    "42.total": "0001",
    "43.page": "1",
    "43.pages": "1",
    "45.created": "040126",
    "47.total": "15700 25",
    "50A": "TRAINING MEDICARE PART A",
    "51A": "TRNMA",
    "52A": "Y",
    "53A": "Y",
    "56": "1497002018",
    "58A": "QUILL, WALTER, B",
    "59A": "18",
    "60A": "1EG4TE5MK73",
    "66": "0",
    "67": "K3580",
    "67.poa": "Y",
    "67A": "E119",
    "67A.poa": "Y",
    "67B": "Z7984",
    "69": "R1031",
    "71": "399",
    "74.code": "0DTJ4ZZ",
    "74.date": "030326",
    "76.npi": "1573111105",
    "76.last": "ADEYEMI",
    "76.first": "TOLA",
    "77.npi": "1905880880",
    "77.last": "MARSH",
    "77.first": "HELEN T",
    "81a.qualifier": "B3",
    "81a.code": "282N00000X",
}


def test_an_inpatient_bill_fills_the_boxes_of_the_stay_and_no_days_of_lines() -> None:
    assert fill(claim("inpatient"), date(2026, 4, 1))[0][0].texts == INPATIENT


def test_an_outpatient_bill_dates_its_lines_and_tells_reason_and_external_cause() -> None:
    texts = first("outpatient hospital")
    assert texts["4"] == "0131"
    assert [texts[f"44.{row}"] for row in (1, 2, 3)] == ["73110LT", "9928425", "25605LT"]
    assert texts["45.1"] == "030326"
    assert texts["70a"] == "M25532"
    assert texts["72a"] == "W1830XA"
    assert "12" not in texts
    assert texts["47.total"] == "2740 00"  # 310 + 1450 + 980


def test_a_replaced_bill_ends_in_7_and_names_the_payers_number_in_its_rank() -> None:
    texts = first("replaced bill")
    assert texts["4"] == "0137"
    assert texts["64A"] == "NF26066600981"


def test_the_first_payers_payment_stands_in_its_rank_on_the_bill_to_the_second() -> None:
    texts = first("inpatient second")
    assert (texts["50A"], texts["50B"]) == ("TRAINING MEDICARE PART A", "EVERGREEN SUPPLEMENT")
    assert texts["54A"] == "6400 00"
    assert "54B" not in texts


def test_a_long_bill_has_22_lines_a_page_and_its_total_on_the_last() -> None:
    one = claim("outpatient hospital")
    pages, _ = fill(replace(one, lines=one.lines * 15))  # 45 lines: 22 + 22 + 1
    assert [(p.texts["43.page"], p.texts["43.pages"]) for p in pages] == [
        ("1", "3"),
        ("2", "3"),
        ("3", "3"),
    ]
    assert [page.texts.get("47.total", "") for page in pages] == ["", "", "41100 00"]  # 15 x 2740
    assert "42.22" in pages[1].texts
    assert "42.2" not in pages[2].texts


def test_a_drug_of_a_hospital_stands_in_43_without_blanks() -> None:
    one = claim("outpatient hospital")
    drug = replace(one.lines[0], drug=Drug("00409379501", Decimal("2.5"), "ML"))
    texts = fill(replace(one, lines=(drug,)))[0][0].texts
    assert texts["43.1"] == "N400409379501ML2.5"


def test_nineteen_diagnoses_of_a_bill_are_one_too_many() -> None:
    one = replace(claim("inpatient"), diagnoses=(Diagnosis("E11.9", "Y"),) * 19)
    found = [each for each in fill(one)[1] if each.id == "form.too_many"]
    assert [each.message for each in found] == [
        "the bill has 19 diagnoses and the form has room for 18."
    ]


@pytest.mark.parametrize("name", CLAIMS)
def test_a_page_names_only_cells_of_its_form(name: str) -> None:
    for page in fill(claim(name))[0]:
        assert isinstance(page, Page)
        assert set(page.texts) <= set(page.layout.cells)


def test_a_claim_without_lines_has_no_day_and_so_no_form() -> None:
    with pytest.raises(ValueError, match="has no line"):
        fill(replace(claim("office visit"), lines=()))


def test_the_condition_codes_of_a_bill_stand_in_18_to_28() -> None:
    one = claim("inpatient")
    assert one.bill is not None
    texts = fill(replace(one, bill=replace(one.bill, conditions=("09", "D0"))))[0][0].texts

    assert (texts["18"], texts["19"]) == ("09", "D0")
    assert "20" not in texts
