from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import claim
from made_files import FOLDER, built, found, only, values

from codinglab.claim.claim_file import ClaimFile, LineRow
from codinglab.claim.model import Accident, Attachment, Claim, Diagnosis, Line
from codinglab.claim.parties import Address
from codinglab.claim.told import as_text
from codinglab.core.findings import Severity

NAMES = sorted(path.stem.replace("-", " ") for path in Path(FOLDER).glob("*.yml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_practice_file_makes_its_sample_claim_and_nothing_is_found(name: str) -> None:
    made = built(values(name))
    assert made.findings == ()
    assert made.claim == claim(name)


@pytest.mark.parametrize(
    ("field", "finding", "place"),
    [
        ("patient", "claim.patient", "item 2, 2010BA or 2010CA NM103"),
        ("coverages", "claim.coverages", "item 1, 2000B SBR"),
        ("billing", "claim.billing", "item 33, 2010AA NM103"),
        ("account", "claim.account", "item 26, 2300 CLM01"),
        ("frequency", "claim.frequency", "item 22, 2300 CLM05-3"),
        ("accepts", "claim.accepts", "item 27, 2300 CLM07"),
        ("signature_on_file", "claim.signature", "item 31, 2300 CLM06"),
    ],
)
def test_without_what_a_claim_needs_there_is_none_and_the_box_is_named(
    field: str, finding: str, place: str
) -> None:
    file = values("office visit")
    del file[field]
    made = built(file)
    assert made.claim is None
    assert (finding, place) in [(one.id, one.place) for one in made.findings]


def test_nothing_at_all_is_told_whole_in_the_order_of_the_form() -> None:
    made = built({"setting": "professional", "on": "2026-03-03", "worksheet": "# nothing yet"})
    assert made.claim is None
    assert [one.id.removeprefix("claim.") for one in made.findings] == [
        *("account", "frequency", "accepts", "signature", "patient", "coverages", "billing"),
        *("diagnoses", "lines"),
    ]


def test_a_day_before_the_lists_is_a_finding() -> None:
    one = only(values("office visit") | {"on": "2019-12-31"})
    assert one.id == "claim.day"
    assert "claim_rules: nothing in force on 2019-12-31" in one.message


@pytest.mark.parametrize(
    ("path", "value", "finding", "place"),
    [
        (("patient", "born"), None, "claim.born", "item 3, 2010BA or 2010CA DMG02"),
        (("patient", "sex"), None, "claim.sex", "item 3, 2010BA or 2010CA DMG03"),
        (("patient", "address"), None, "claim.address", "item 5, 2010BA or 2010CA N301"),
        (("billing", "npi"), "1234567890", "claim.npi", "item 33a, 2010AA NM109"),
        (("billing", "npi"), "", "claim.npi", "item 33a, 2010AA NM109"),
        (("billing", "tax_id"), "00-1234567", "claim.tax-id", "item 25, 2010AA REF02"),
        (("billing", "taxonomy"), "", "claim.taxonomy", "item 33b, 2000A PRV03"),
        (("billing", "address"), None, "claim.billing-address", "item 33, 2010AA N301"),
        (
            ("billing", "address", "line_1"),
            "P.O. Box 12",
            "claim.billing-address",
            "item 33, 2010AA N301",
        ),
        (("billing", "address", "zip_code"), "43015", "claim.billing-zip", "item 33, 2010AA N403"),
        (("providers", "rendering", "npi"), "", "claim.npi", "item 24J, 2310B or 2420A NM109"),
        (("coverages", 0, "member_id"), "", "claim.member-id", "item 1a, 2010BA NM109"),
        (("coverages", 0, "member_id"), "1EG4TE5MK7S", "claim.member-id", "item 1a, 2010BA NM109"),
        (
            ("coverages", 0, "payer", "payer_id"),
            "",
            "claim.payer-id",
            "carrier block, 2010BB NM109",
        ),
        (("coverages", 0, "msp_type"), "12", "claim.msp", "2000B SBR05"),
        (("place_of_service",), "22", "claim.facility", "item 32, 2310C NM103"),
        (("supervised",), "yes", "claim.supervising", "item 17, 2310D NM103"),
        (("account",), "A" * 21, "claim.account", "item 26, 2300 CLM01"),
        (
            ("original_reference",),
            "TRN1",
            "claim.original-reference",
            "item 22, 2300 REF F8",
        ),
        (("frequency",), "7", "claim.original-reference", "item 22, 2300 REF F8"),
        (("frequency",), "8", "claim.original-reference", "item 22, 2300 REF F8"),
    ],
)
def test_one_fault_is_one_finding_with_its_box(
    path: tuple[str | int, ...], value: str | None, finding: str, place: str
) -> None:
    file: Any = values("office visit")
    at = file
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    one = only(file)
    assert (one.id, one.place) == (finding, place)


@pytest.mark.parametrize("field", ["relationship", "assigned", "release"])
def test_an_answer_about_the_policy_has_no_default(field: str) -> None:
    file = values("office visit")
    del file["coverages"][0][field]
    assert built(file).claim is None
    assert only(file).id == f"claim.{field}"


def test_the_insured_is_asked_for_where_the_patient_is_another() -> None:
    file = values("patient not subscriber")
    del file["coverages"][0]["insured"]
    assert (only(file).id, only(file).place) == ("claim.insured", "item 4, 2010BA NM103")


def test_the_insured_is_not_named_where_it_is_the_patient() -> None:
    file = values("patient not subscriber")
    file["coverages"][0]["relationship"] = "18"
    assert only(file).message == (
        "Relationship 18 says that the patient is the insured of the primary policy."
    )


def test_medicare_insures_nobody_through_another() -> None:
    file = values("patient not subscriber")
    file["coverages"][0] |= {"filing": "MB", "member_id": "1EG4TE5MK73"}
    assert (only(file).id, only(file).place) == (
        "claim.medicare-self",
        "item 6, 2000B SBR02 or 2000C PAT01",
    )


def test_medicare_as_second_payer_says_why() -> None:
    file = values("medicare second")
    del file["coverages"][1]["msp_type"]
    assert (only(file).id, only(file).place) == ("claim.msp", "2000B SBR05")


def test_whom_the_claim_goes_to_is_never_guessed_among_several() -> None:
    file = values("secondary")
    del file["to"]
    assert built(file).claim is None
    assert ("claim.to", "carrier block, 2010BB") in found(file)


def test_the_claim_cannot_go_to_a_policy_that_is_not_there() -> None:
    file = values("office visit") | {"to": "secondary"}
    assert built(file).claim is None
    assert ("claim.to", "carrier block, 2010BB") in found(file)


def test_the_number_of_the_event_is_asked_for_by_an_auto_insurer() -> None:
    file = values("auto accident")
    del file["coverages"][0]["claim_number"]
    one = only(file)
    assert (one.id, one.severity) == ("claim.event-number", Severity.WARNING)


# Lines.


def with_line(name: str, old: str, new: str) -> dict[str, Any]:
    file = values(name)
    assert old in file["worksheet"]
    file["worksheet"] = file["worksheet"].replace(old, new)
    return file


def test_the_charge_is_the_fee_times_the_units() -> None:
    file = with_line("office visit", "36415 x1", "36415 x3")
    made = built(file).claim
    assert made is not None
    assert made.lines[2].charge == Decimal("27.00")  # 3 x 9.00
    assert made.total == Decimal("265.50")  # 210.00 + 28.50 + 27.00


def test_a_fee_for_the_code_with_its_modifiers_goes_first() -> None:
    file = values("office visit")
    file["charges"]["83036-QW"] = "31.00"
    made = built(file).claim
    assert made is not None
    assert made.lines[1].charge == Decimal("31.00")


def test_a_charge_of_the_line_goes_before_the_fee_list() -> None:
    file = values("office visit") | {"lines": [{"line": 1, "charge": "199.99"}]}
    made = built(file).claim
    assert made is not None
    assert made.lines[0].charge == Decimal("199.99")


def test_a_service_without_a_fee_leaves_no_claim() -> None:
    file = values("office visit")
    del file["charges"]["36415"]
    assert built(file).claim is None
    one = only(file)
    assert (one.id, one.place) == ("claim.charge", "line 3, item 24F, 2400 SV102")
    assert one.remedy == "Add 36415 to charges."


def test_units_are_never_guessed() -> None:
    file = with_line("office visit", "36415 x1", "36415")
    assert built(file).claim is None
    assert (only(file).id, only(file).place) == ("claim.units", "line 3, item 24G, 2400 SV104")


def test_anesthesia_needs_its_minutes() -> None:
    file = values("anesthesia")
    del file["lines"]
    assert built(file).claim is None
    assert (only(file).id, only(file).place) == (
        "claim.minutes",
        "line 1, item 24G, 2400 SV103 MJ",
    )


def test_a_fee_a_unit_cannot_charge_minutes() -> None:
    file = values("anesthesia") | {"charges": {"01820": "12.00"}}
    del file["lines"][0]["charge"]
    assert built(file).claim is None
    assert only(file).id == "claim.charge"


def test_minutes_without_a_role_in_anesthesia_are_a_warning() -> None:
    file = values("office visit") | {"lines": [{"line": 1, "minutes": 40, "charge": "210.00"}]}
    one = only(file)
    assert (one.id, one.severity) == ("claim.minutes", Severity.WARNING)


@pytest.mark.parametrize(
    ("dx", "finding"),
    [
        ("", "claim.pointer"),
        (" dx A,E", "claim.pointer"),
        (" dx A,B,C,D,A", ""),
    ],
)
def test_pointers_lead_to_diagnoses_that_are_there(dx: str, finding: str) -> None:
    file = with_line("office visit", "99214 x1 dx A,B,C", f"99214 x1{dx}")
    assert [one for one, _ in found(file)] == ([finding] if finding else [])


def test_more_than_four_pointers_find_no_room() -> None:
    file = with_line("14 diagnoses", "99215-25 x1 dx A,B,C,D", "99215-25 x1 dx A,B,C,D,E")
    assert only(file).message == "99215 points to 5 diagnoses; 4 find room."


def test_the_notice_modifiers_are_kept_as_written() -> None:
    for modifier in ("GA", "GX", "GY", "GZ"):
        made = built(with_line("notice of noncoverage", "80061-GA", f"80061-{modifier}")).claim
        assert made is not None
        assert made.lines[1].modifiers == (modifier,)


def test_a_drug_code_is_written_with_eleven_digits() -> None:
    file = values("drug in the office")
    file["lines"][0]["drug"]["ndc"] = "0409-3795-01"
    made = built(file).claim
    assert made is not None
    assert made.lines[2].drug is not None
    assert made.lines[2].drug.ndc == "00409379501"


@pytest.mark.parametrize(
    ("field", "value", "finding"),
    [("ndc", "0409379501", "claim.ndc"), ("unit", "MG", "claim.drug-unit")],
)
def test_a_drug_has_a_code_and_a_unit(field: str, value: str, finding: str) -> None:
    file = values("drug in the office")
    file["lines"][0]["drug"][field] = value
    assert only(file).id == finding


@pytest.mark.parametrize(
    ("name", "line"),
    [("office visit", 2), ("rental", 1)],
)
def test_medicare_asks_who_ordered_laboratory_work_and_equipment(name: str, line: int) -> None:
    file = values(name)
    del file["providers"]["ordering"]
    first = built(file).findings[0]
    assert (first.id, first.place) == (
        "claim.ordering",
        f"line {line}, item 17, 2420E NM103",
    )
    assert "42 CFR 424.507(a)" in str(first)


def test_a_referring_provider_answers_who_ordered() -> None:
    file = values("office visit")
    file["providers"]["referring"] = file["providers"].pop("ordering")
    assert found(file) == []


def test_taking_the_specimen_is_not_what_was_ordered() -> None:
    file = values("office visit")
    file["worksheet"] = "dx I10\nline 36415 x1 dx A\n"
    del file["providers"]["ordering"]
    assert found(file) == []


def test_therapy_names_who_certified_its_plan() -> None:
    file = values("office visit")
    file["worksheet"] = "dx M54.50\nline 99213-GP x1 dx A\n"
    file["charges"]["99213"] = "60.00"
    one = only(file)
    assert (one.id, one.place) == ("claim.referring", "line 1, item 17, 2310A or 2420F NM103")
    file["providers"]["referring"] = file["providers"]["ordering"]
    assert found(file) == []


def test_who_ordered_stands_on_every_line_where_none_is_of_a_kind_that_is_ordered() -> None:
    file = values("telehealth")
    file["providers"]["ordering"] = {"last": "Marsh", "first": "Helen", "npi": "1905880880"}
    made = built(file).claim
    assert made is not None
    assert [role for role, _ in made.lines[0].providers] == ["ordering"]
    assert [role for role, _ in made.providers] == ["rendering"]


def test_another_payer_does_not_ask_who_ordered() -> None:
    assert found(values("replacement")) == []  # 87880 without an ordering provider


def test_the_billing_individual_is_not_named_again_as_rendering() -> None:
    file = values("replacement")
    file["providers"] = {"rendering": {"last": "Whitfield", "first": "June", "npi": "1728331327"}}
    made = built(file)
    assert [(one.id, one.severity) for one in made.findings] == [("claim.rendering", Severity.NOTE)]
    assert made.claim == claim("replacement")


def test_a_group_names_who_rendered_the_service() -> None:
    file = values("telehealth")
    del file["providers"]
    assert (only(file).id, only(file).place) == ("claim.rendering", "item 24J, 2310B NM103")


def test_a_line_may_stand_only_once_under_lines_and_must_be_there() -> None:
    for rows in ([{"line": 4}], [{"line": 1}, {"line": 1}], [{"line": 0}]):
        file = values("office visit") | {"lines": rows}
        assert only(file).id == "claim.line-number"
        assert built(file).claim is None


def test_the_place_of_a_line_is_kept_where_it_is_another() -> None:
    file = with_line("office visit", "36415 x1", "36415 x1 pos 12")
    made = built(file).claim
    assert made is not None
    assert [one.place_of_service for one in made.lines] == ["", "", "12"]


def test_without_any_place_every_line_asks_for_one() -> None:
    file = values("office visit")
    del file["place_of_service"]
    assert found(file) == [
        (
            "claim.place",
            f"line {number}, item 24B, 2300 CLM05-1 or 2400 SV105",
        )
        for number in (1, 2, 3)
    ]


def test_every_field_of_claim_and_line_can_be_told() -> None:
    file = values("office visit") | {
        "attachments": [{"kind": "OZ", "how": "EL", "control": "A1"}],
        "fixed_notes": ["STATE DATA"],
        "signed_for_patient": "yes",
        "pay_to": {"line_1": "PO Box 7", "city": "Millbrook", "state": "oh", "zip_code": "43015"},
        "lines": [
            {
                "line": 1,
                "patients": "2",
                "note": "n",
                "authorization": "A2",
                "control_number": "C1",
                "description": "d",
                "epsdt": "yes",
                "family_planning": "yes",
                "noncovered": "1.00",
                "last": "2026-03-04",
                "attachments": [{"kind": "B4", "how": "FX"}],
            }
        ],
    }
    made = built(file).claim
    plain = claim("office visit")
    assert made == replace(
        plain,
        attachments=(Attachment("OZ", "EL", "A1"),),
        fixed_notes=("STATE DATA",),
        signed_for_patient=True,
        pay_to=Address("PO Box 7", "Millbrook", "OH", "43015"),
        lines=(
            replace(
                plain.lines[0],
                patients=2,
                note="n",
                authorization="A2",
                control_number="C1",
                description="d",
                epsdt=True,
                family_planning=True,
                noncovered=Decimal("1.00"),
                last=date(2026, 3, 4),
                attachments=(Attachment("B4", "FX"),),
            ),
            *plain.lines[1:],
        ),
    )


def test_the_file_knows_every_field_of_the_model_or_its_source() -> None:
    elsewhere = {"kind", "diagnoses"}  # from setting and worksheet
    assert {one.name for one in fields(Claim)} - elsewhere <= set(ClaimFile.model_fields)
    of_line = {"code", "units", "first", "modifiers", "unit_kind", "place_of_service"}
    assert {one.name for one in fields(Line)} - of_line <= set(LineRow.model_fields)


# Events.


def test_an_accident_is_asked_for_by_the_codes_and_never_invented() -> None:
    file = values("anesthesia")
    del file["accident"]
    made = built(file)
    assert (only(file).severity, only(file).place) == (Severity.ERROR, "item 10, 2300 CLM11")
    assert only(file).message.startswith("W01.0XXA tells how an accident happened")
    assert made.claim is not None
    assert made.claim.accident == Accident()


def test_an_answer_that_there_was_none_is_only_doubted() -> None:
    file = values("anesthesia") | {"accident": {}}
    assert (only(file).id, only(file).severity) == ("claim.accident", Severity.WARNING)


def test_the_day_of_an_accident_and_the_state_of_an_auto_one_are_asked_for() -> None:
    file = values("auto accident") | {"accident": {"auto": "yes"}}
    assert found(file) == [
        ("claim.accident-day", "item 15, 2300 DTP 439"),
        ("claim.accident-state", "item 10b, 2300 CLM11-4"),
    ]


def test_an_accident_after_the_service_cannot_be() -> None:
    file = values("auto accident")
    file["accident"]["day"] = "2026-03-04"
    assert (
        only(file).message == "The accident of 2026-03-04 is later than the service of 2026-03-03."
    )


def test_the_status_at_work_asks_whether_it_happened_there() -> None:
    file = with_line("anesthesia", "dx W01.0XXA", "dx W01.0XXA\ndx Y99.0")
    one = only(file)
    assert (one.id, one.severity) == ("claim.accident-work", Severity.WARNING)


def test_an_ambulance_place_asks_for_the_trip() -> None:
    file = values("ambulance")
    del file["ambulance"]
    assert (only(file).id, only(file).place) == ("claim.ambulance", "2300 CR1 and CRC")


def test_an_inpatient_place_asks_for_the_admission() -> None:
    file = values("emergency room") | {"place_of_service": "21"}
    assert (only(file).id, only(file).place) == ("claim.admitted", "item 18, 2300 DTP 435")


# Earlier payments.


def test_the_first_payer_is_asked_before_the_second() -> None:
    file = values("secondary")
    del file["prior"]
    assert only(file).message == (
        "This claim goes to the secondary payer, and what the primary one decided is not told."
    )


def test_a_payer_that_is_not_asked_before_has_decided_nothing() -> None:
    file = values("secondary")
    file["prior"][0]["payer"] = "secondary"
    assert [one for one, _ in found(file)] == ["claim.prior", "claim.prior"]


def test_a_line_that_does_not_add_up_says_what_is_left_over() -> None:
    file = values("secondary")
    file["prior"][0]["lines"][0]["adjustments"][0]["amount"] = "59.00"
    left = (
        "Training Medicare Part B: the charge of 150.00 is not the 70.56 paid and the 78.44 "
        "adjusted; 1.00 is left over."  # 150.00 - 70.56 - (59.00 + 1.44 + 18.00)
    )
    assert [(one.id, one.message) for one in built(file).findings] == [
        ("claim.cob-line", left),
        ("claim.cob-claim", left),
    ]


# Bills of a hospital.


def test_a_diagnosis_of_a_stay_says_whether_it_was_present_unless_exempt() -> None:
    file = with_line("inpatient", "dx E11.9 poa Y", "dx E11.9")
    one = only(file)
    assert (one.id, one.place) == ("claim.poa", "FL 67, 2300 HI01-9")
    assert one.message.startswith("E11.9 does not say whether it was present on admission.")


def test_an_exempt_code_carries_no_indicator() -> None:
    file = with_line("inpatient", "dx Z79.84", "dx Z79.84 poa Y")
    made = built(file)
    assert [one.severity for one in made.findings] == [Severity.NOTE]
    assert made.claim == claim("inpatient")


def test_present_on_admission_is_left_out_of_a_professional_claim() -> None:
    file = with_line("telehealth", "dx F41.1", "dx F41.1 poa Y")
    assert only(file).message == (
        "F41.1: present on admission Y is left out, since only a stay reports it."
    )
    made = built(file).claim
    assert made is not None
    assert made.diagnoses == (Diagnosis("F41.1"),)


@pytest.mark.parametrize(
    ("field", "finding", "place"),
    [
        ("admitted", "claim.admission", "FL 12, 2300 DTP 435"),
        ("admission_hour", "claim.admission", "FL 13, 2300 DTP 435"),
        ("discharge_hour", "claim.admission", "FL 16, 2300 DTP 096"),
        ("admitting_diagnosis", "claim.admission", "FL 69, 2300 HI ABJ"),
        ("priority", "claim.priority", "FL 14, 2300 CL101"),
        ("origin", "claim.origin", "FL 15, 2300 CL102"),
    ],
)
def test_a_stay_tells_of_its_admission(field: str, finding: str, place: str) -> None:
    file = values("inpatient")
    del file["bill"][field]
    assert (only(file).id, only(file).place) == (finding, place)


def test_a_patient_who_is_still_there_has_no_hour_of_discharge() -> None:
    file = with_line("inpatient", "dispo 01", "dispo 30") | {"frequency": "2"}
    del file["bill"]["discharge_hour"]
    assert found(file) == []


def test_a_critical_access_hospital_reports_no_present_on_admission() -> None:
    file = with_line("inpatient", "dx E11.9 poa Y", "dx E11.9")
    file["billing"]["taxonomy"] = "282NC0060X"
    assert found(file) == []


def test_a_hospital_tells_by_a_value_code_why_medicare_pays_second() -> None:
    file = values("inpatient second")
    file["coverages"].reverse()
    assert [one for one in found(file) if one[0] == "claim.msp"] == [
        ("claim.msp", "FL 39, 2300 HI BE")
    ]
    file["bill"]["values"].append({"code": "12", "amount": "6400.00"})
    assert found(file) == []
    file["coverages"][1]["msp_type"] = "12"
    assert only(file).message == (
        "msp_type 12 says why Medicare pays second, and a hospital tells it by a value code."
    )


def test_a_bill_says_where_the_patient_went() -> None:
    file = with_line("inpatient", "dispo 01", "")
    assert (only(file).id, only(file).place) == ("claim.status", "FL 17, 2300 CL103")


@pytest.mark.parametrize("field", ["statement_from", "type"])
def test_a_bill_without_days_or_type_is_no_claim(field: str) -> None:
    file = values("outpatient hospital")
    del file["bill"][field]
    assert built(file).claim is None


def test_a_type_of_bill_fits_the_setting() -> None:
    file = values("outpatient hospital")
    file["bill"]["type"] = "011"
    assert "claim.bill-type" in [one for one, _ in found(file)]


def test_an_unscheduled_visit_says_why_the_patient_came() -> None:
    file = values("outpatient hospital")
    del file["bill"]["reasons"]
    assert (only(file).id, only(file).place) == ("claim.reason", "FL 70, 2300 HI APR")
    file["bill"]["priority"] = "3"  # an elective visit needs none
    assert found(file) == []


def test_a_fall_asks_for_the_occurrence_of_its_day() -> None:
    file = values("outpatient hospital")
    del file["bill"]["occurrences"]
    assert (only(file).id, only(file).place) == ("claim.accident", "FL 31, 2300 HI BH")


def test_an_external_cause_is_never_principal() -> None:
    file = values("outpatient hospital")
    file["worksheet"] = (
        file["worksheet"]
        .replace("dx S52.532A\n", "")
        .replace("dx W18.30XA\n", "dx W18.30XA\ndx S52.532A\n")
    )
    assert only(file).id == "claim.principal"


@pytest.mark.parametrize("role", ["attending", "operating"])
def test_a_stay_with_surgery_names_attending_and_operating(role: str) -> None:
    file = values("inpatient")
    del file["providers"][role]
    assert only(file).id == f"claim.{role}"


def test_a_procedure_of_a_stay_has_its_day() -> None:
    file = with_line("inpatient", "proc 0DTJ4ZZ on 2026-03-03", "proc 0DTJ4ZZ")
    assert built(file).claim is None
    assert only(file).id == "claim.procedure-day"


def test_an_outpatient_has_no_pcs_procedure() -> None:
    file = with_line("outpatient hospital", "dispo 01", "dispo 01\nproc 0DTJ4ZZ on 2026-03-03")
    assert {one for one, _ in found(file)} == {"claim.pcs", "claim.operating"}


def test_a_hospital_service_has_a_revenue_code() -> None:
    file = values("outpatient hospital")
    file["lines"] = file["lines"][1:]
    assert ("claim.revenue", "line 1, FL 42, 2400 SV201") in found(file)


def test_lines_of_a_bill_stand_in_the_order_of_their_revenue_codes() -> None:
    file = values("inpatient")
    file["revenue"].reverse()
    made = built(file).claim
    assert made is not None
    assert made == replace(claim("inpatient"))
    assert made.lines[0].first == date(2026, 3, 3)


_PLACES = st.sampled_from(
    [
        *[(key,) for key in values("office visit")],
        *[("patient", key) for key in values("office visit")["patient"]],
        *[("billing", key) for key in values("office visit")["billing"]],
        *[("coverages", 0, key) for key in values("office visit")["coverages"][0]],
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PLACES, max_size=6, unique=True))
def test_whatever_is_left_out_is_a_finding_and_never_an_exception(
    paths: list[tuple[str | int, ...]],
) -> None:
    file: Any = values("office visit")
    structural = {
        "setting",
        "on",
        "worksheet",
        "last",
        "organization",
        "payer",
        "tax_id_kind",
        "tax_id",
    }
    for path in sorted(paths, key=len, reverse=True):
        at = file
        for step in path[:-1]:
            at = at[step]
        if path[-1] not in structural:
            at.pop(path[-1])
    made = built(file)
    failed = [one for one in made.findings if one.severity is Severity.ERROR]
    assert made.claim is not None or failed
    assert all(one.place and one.remedy for one in made.findings)


@pytest.mark.parametrize(
    ("name", "ids", "claims"),
    [
        (
            "office-visit",
            ["accepts", "member-id", "npi", "billing-zip", "pointer", "units", "ordering"],
            0,
        ),
        (
            "inpatient",
            ["original-reference", "poa", "status", "origin", "admission", "operating"],
            1,
        ),
    ],
)
def test_a_file_to_be_mended_has_the_faults_that_it_says(
    name: str, ids: list[str], claims: int
) -> None:
    made = built(values(f"faulty/{name}"))
    assert [one.id.removeprefix("claim.") for one in made.findings] == ids
    assert (made.claim is not None) == bool(claims)


def test_an_insured_organization_needs_a_number_on_a_professional_claim_alone() -> None:
    employer = {"organization": "Millbrook Lumber LLC"}
    said = {}
    for name in ("office visit", "outpatient hospital"):
        file = values(name)
        file["coverages"][0] |= {
            "member_id": "",
            "filing": "WC",
            "relationship": "20",
            "insured": employer,
            "claim_number": "26-104477",
        }
        said[name] = [one.id for one in built(file).findings if one.id == "claim.member-id"]

    assert said == {"office visit": ["claim.member-id"], "outpatient hospital": []}


def test_a_statement_before_the_lists_is_a_finding() -> None:
    file = values("inpatient")
    file["bill"]["statement_from"] = "1900-01-01"
    made = built(file)

    assert made.claim is None
    assert [(one.id, one.place) for one in made.findings] == [("claim.day", "bill.statement_from")]


def test_what_belongs_to_the_other_kind_of_claim_is_told_and_not_dropped() -> None:
    row = {"revenue_code": "0250", "charge": "10.00", "units": "1", "unit_kind": "UN"}
    visit = values("office visit") | {"revenue": [row], "bill": {"type": "011"}}
    stay = values("inpatient") | {"conditions": ["09"], "place_of_service": "21"}

    assert [one.message.partition(" is no")[0] for one in built(visit).findings] == [
        "bill",
        "revenue",
    ]
    assert found(stay) == [
        ("claim.misplaced", "FL 18, 2300 HI BG"),
        ("claim.misplaced", "item 24B, 2300 CLM05-1 or 2400 SV105"),
    ]


def test_a_pointer_that_counts_from_behind_is_shown_as_it_was_written() -> None:
    made = built(values("office visit") | {"lines": [{"line": "1", "pointers": ["-1"]}]})
    assert made.claim is not None

    assert "  dx -1  " in as_text([made.claim], made.findings)


@pytest.mark.parametrize("hour", ["24", "7", "fourteen", "2:00"])
def test_an_hour_is_two_digits_of_the_day(hour: str) -> None:
    file = values("inpatient")
    file["bill"]["discharge_hour"] = hour

    assert only(file).id == "claim.hour"
    assert only(file).place == "FL 16, 2300 DTP 096"


@pytest.mark.parametrize("hour", ["00", "23", "99"])
def test_midnight_and_an_hour_that_is_not_known_are_hours(hour: str) -> None:
    file = values("inpatient")
    file["bill"]["admission_hour"] = hour

    assert built(file).findings == ()
