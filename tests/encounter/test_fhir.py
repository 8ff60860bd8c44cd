"""One encounter of a FHIR record is a chart, and all else is listed."""

import base64
from collections import Counter
from datetime import date

import pytest
from made_record import (
    BRONCHITIS,
    COVERAGE,
    DIABETES,
    DOCUMENT,
    DRUG,
    NEW_VISIT,
    OLD_VISIT,
    PATIENT,
    PRESSURE,
    RECORD,
    SHOT,
    SPRAIN,
    STATUS,
    SURE,
    XRAY,
    bundle,
    changed,
    concept,
    of_visit,
    record,
    state,
)

from codinglab.encounter.fhir import FhirChart, Seen, read_chart
from codinglab.encounter.fhir_people import Demographics, Place, Policy


def text(found: FhirChart, title: str) -> str:
    assert found.chart is not None
    return next((one.text for one in found.chart.documents if one.title == title), "")


def why(found: FhirChart, id_: str, field: str = "") -> str:
    return next(one.why for one in found.left if (one.id, one.field) == (id_, field))


def ids(found: FhirChart) -> list[str]:
    return [one.id for one in found.findings]


def test_the_documents_stand_in_the_order_of_a_chart() -> None:
    chart = read_chart(record(), "v2").chart
    assert chart is not None
    assert [one.title for one in chart.documents] == [
        "Registration",
        "Encounter",
        "Progress note",
        "Problem list",
        "Vital signs",
        "Procedures",
        "Immunizations",
        "Conditions",
        "Medications ordered",
    ]


def test_the_patient_and_the_policy_are_read() -> None:
    found = read_chart(record(), "v2")
    assert found.patient == Demographics(
        "p1",
        "Quill",
        "Walter",
        "B",
        "",
        date(1948, 5, 17),
        "M",
        Place("12 Orchard Lane", "", "Millbrook", "OH", "430151234"),
        "6145550171",
        "MR-77",
    )
    assert found.policies == (Policy("c1", "Training Medicare Part B", "1EG4TE5MK73"),)


def test_the_days_are_those_of_the_senders_clock() -> None:
    late = changed(
        NEW_VISIT,
        period={"start": "2026-03-03T23:50:00-05:00", "end": "2026-03-04T00:20:00-05:00"},
    )
    found = read_chart(record(late), "v2")
    assert (found.first, found.last) == (date(2026, 3, 3), date(2026, 3, 4))


def test_a_line_says_how_sure_and_how_current_a_condition_is() -> None:
    found = read_chart(record(), "v2")
    assert text(found, "Conditions") == (
        "- Acute bronchitis; provisional; active; recorded 2026-03-03"
    )
    assert text(found, "Problem list") == "- Type 2 diabetes; active; recorded 2025-09-01"


@pytest.mark.parametrize(
    ("code", "shown"),
    [("refuted", "Acute bronchitis; refuted;"), ("differential", "; differential;")],
)
def test_a_refuted_or_possible_condition_says_so(code: str, shown: str) -> None:
    other = changed(BRONCHITIS, verificationStatus=state(SURE, code))
    assert shown in text(read_chart(record(other), "v2"), "Conditions")


def test_what_was_entered_in_error_is_left() -> None:
    wrong = changed(BRONCHITIS, verificationStatus=state(SURE, "entered-in-error"))
    found = read_chart(record(wrong, changed(XRAY, status="entered-in-error")), "v2")
    assert why(found, "k1") == "was entered in error"
    assert why(found, "x1") == "was entered in error"


def test_a_condition_that_had_ended_or_came_later_is_left() -> None:
    later = changed(DIABETES, recordedDate="2026-04-01")
    found = read_chart(record(later), "v2")
    assert why(found, "k3") == "had ended before this encounter"
    assert why(found, "k2") == "was recorded after this encounter"


def test_a_chart_does_not_know_what_happened_after_the_visit() -> None:
    # the sprain of 2025-09-01 ended on 2026-03-20, after the visit of 2026-03-03
    healed = changed(SPRAIN, abatementDateTime="2026-03-20")
    found = read_chart(record(healed), "v2")
    assert "- Sprain of ankle; recorded 2025-09-01" in text(found, "Problem list").splitlines()
    assert why(found, "k3", "abatementDateTime") == "became known only after this encounter"
    assert why(found, "k3", "clinicalStatus") == "became known only after this encounter"


def test_parts_of_an_observation_stand_in_one_line() -> None:
    assert text(read_chart(record(), "v2"), "Vital signs") == (
        "- Blood pressure: Systolic 138 mmHg, Diastolic 84 mmHg; 2026-03-03 09:12"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"valueQuantity": {"value": 166.82501702858627, "unit": "cm"}}, "166.825 cm"),
        ({"valueQuantity": {"value": 5, "comparator": "<", "code": "mg/dL"}}, "<5 mg/dL"),
        ({"valueString": "clear"}, "clear"),
        ({"valueBoolean": False}, "no"),
        ({"valueInteger": 3}, "3"),
        ({"valueDateTime": "2026-02"}, "2026-02"),
        ({"valueCodeableConcept": {"text": "positive"}}, "positive"),
        ({"valueRange": {"low": {"value": 2}, "high": {"value": 4}}}, "2 to 4"),
        ({"valuePeriod": {"start": "2026-03-01", "end": "2026-03-02"}}, "2026-03-01 to 2026-03-02"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 64}}}, "1 per 64"),
        ({"dataAbsentReason": {"text": "not asked"}}, "no value: not asked"),
    ],
)
def test_every_form_of_a_value_has_words(value: dict[str, object], shown: str) -> None:
    plain = changed(PRESSURE, component=None, category=None, code=concept("Finding"), **value)
    found = read_chart(record(plain), "v2")
    assert text(found, "Observations") == f"- Finding: {shown}; 2026-03-03 09:12"


def test_a_value_of_a_form_without_words_is_listed() -> None:
    odd = changed(PRESSURE, component=None, valueSampledData={"period": 1})
    found = read_chart(record(odd), "v2")
    assert why(found, "b1", "valueSampledData") == "this element has no place in the chart"


def test_a_shot_that_was_declined_is_not_one_that_was_given() -> None:
    assert text(read_chart(record(), "v2"), "Immunizations") == (
        "- Influenza vaccine; 2026-03-03; not-done; patient declined"
    )


def test_an_order_says_how_the_drug_is_taken_and_not_what_became_of_it() -> None:
    found = read_chart(record(), "v2")
    assert text(found, "Medications ordered") == (
        "- Benzonatate 100 MG; 1 capsule three times a day as needed; 2026-03-03"
    )
    assert why(found, "m1", "status") == "this element has no place in the chart"


def test_a_drug_of_before_is_told_only_while_it_is_taken() -> None:
    before = changed(DRUG, encounter={"reference": "Encounter/v1"}, authoredOn="2025-09-01")
    taken = read_chart(record(changed(before, status="active")), "v2")
    ended = read_chart(record(changed(before, status="stopped")), "v2")
    assert text(taken, "Medications before").startswith("- Benzonatate 100 MG")
    assert why(ended, "m1") == "has ended since, on a day that is not told"


def test_the_notes_text_is_as_written_and_a_picture_is_listed() -> None:
    found = read_chart(record(), "v2")
    assert text(found, "Progress note") == (
        "2026-03-03 09:38, Ada Okafor\n\nCC: cough x 3 d.\nLungs clear. Suspect bronchitis."
    )
    assert why(found, "n1", "content[1].attachment") == (
        "application/pdf holds no text for a chart"
    )


def note(kind: str, data: bytes) -> dict[str, object]:
    attachment = {"contentType": kind, "data": base64.b64encode(data).decode()}
    return changed(DOCUMENT, content=[{"attachment": attachment}], author=None, date=None)


@pytest.mark.parametrize(
    ("kind", "data", "shown"),
    [
        (
            "text/html",
            b"<html><head><title>x</title></head><p>Cough &amp; <b>fever</b></p><br>Well",
            "Cough & fever\nWell",
        ),
        (
            "text/html",
            b"BP 120<130 <!-- <p>hidden --> <script>if (a < b) {}</script>&lt; 140<td>x",
            "BP 120<130 < 140 x",
        ),
        ("text/plain; charset=latin-1", b"caf\xe9", "caf\u00e9"),
        ("text/plain", b"see [[name|text]]", "see [ [name|text] ]"),
    ],
)
def test_a_note_is_read_in_each_of_its_forms(kind: str, data: bytes, shown: str) -> None:
    assert text(read_chart(record(note(kind, data)), "v2"), "Progress note") == shown


def test_a_note_that_lies_in_a_binary_of_the_file_is_read() -> None:
    held = {
        "resourceType": "Binary",
        "id": "z1",
        "contentType": "text/plain",
        "data": base64.b64encode(b"Seen and examined.").decode(),
    }
    pointing = changed(note("text/plain", b""), content=[{"attachment": {"url": "Binary/z1"}}])
    assert "Seen and examined." in text(read_chart(record(pointing, held), "v2"), "Progress note")


def test_a_composition_is_one_document_with_its_sections() -> None:
    div = "<div><p>Well.</p></div>"
    inner = {"title": "Lungs", "text": {"status": "additional", "div": div}}
    one = of_visit(
        "Composition",
        "t1",
        status="final",
        title="Summary",
        date="2026-03-03",
        section=[{"title": "Exam", "section": [inner]}],
    )
    assert text(read_chart(record(one), "v2"), "Summary") == (
        "2026-03-03\n\n## Exam\n\n\n\n## Lungs\n\nWell."
    )


def test_a_chart_shows_no_codes_but_the_reading_keeps_them() -> None:
    found = read_chart(record(), "v2")
    assert found.chart is not None
    assert not any(one.code in found.chart.text for one in found.codings if len(one.code) > 3)
    assert [(one.label, one.code) for one in found.codings] == [
        ("Condition/k1", "10509002"),
        ("Condition/k2", "44054006"),
        ("Observation/b1", "85354-9"),
        ("Immunization/i1", "140"),
        ("Procedure/x1", "399208008"),
    ]


def test_a_code_without_words_is_a_finding() -> None:
    bare = changed(
        XRAY, code={"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "71046"}]}
    )
    found = read_chart(record(bare), "v2")
    assert ids(found).count("fhir.words") == 1
    assert "71046" not in text(found, "Procedures")


def test_every_resource_is_in_the_chart_or_listed_once() -> None:
    found = read_chart(record(), "v2")
    listed = [one.id for one in found.left if not one.field]
    assert sorted(listed) == ["cl1", "d9", "k3", "v1"]
    assert found.read + len(listed) == len(RECORD)  # 13 + 4 = 17
    assert why(found, "cl1") == "is a bill, which `codinglab fhir claim` reads"
    assert why(found, "d9") == "is not named by this encounter"


def test_an_element_without_a_place_is_listed_with_its_path() -> None:
    found = read_chart(record(), "v2")
    fields = [(one.resource, one.field) for one in found.left if one.field]
    assert Counter(fields) == Counter(
        [
            ("DocumentReference", "content[1].attachment"),
            ("Patient", "maritalStatus"),
            ("MedicationRequest", "status"),
        ]
    )


def test_a_resource_with_a_modifier_extension_is_left() -> None:
    odd = changed(XRAY, modifierExtension=[{"url": "http://example.org/not", "valueBoolean": True}])
    assert why(read_chart(record(odd), "v2"), "x1").startswith("has a modifier extension")


def test_a_resource_about_another_patient_is_left_whatever_encounter_it_names() -> None:
    other = changed(PATIENT, id="p2")
    mixed = changed(SHOT, patient={"reference": "Patient/p2"})
    found = read_chart(record(other, mixed), "v2")
    assert why(found, "i1") == "is about another patient (Patient/p2)"
    assert why(found, "p2") == "is another patient's"


def test_an_observation_that_names_no_encounter_is_left_but_not_one_of_a_report() -> None:
    loose = changed(PRESSURE, encounter=None)
    report = of_visit(
        "DiagnosticReport",
        "r1",
        status="final",
        code={"text": "Vitals"},
        result=[{"reference": "Observation/b1"}],
    )
    assert why(read_chart(record(loose), "v2"), "b1") == "names no encounter"
    named = read_chart(record(loose, report), "v2")
    assert text(named, "Reports") == "- Vitals; results: Blood pressure"
    assert text(named, "Vital signs").startswith("- Blood pressure")


def test_without_a_choice_the_encounters_are_listed() -> None:
    found = read_chart(record())
    assert found.chart is None
    assert found.encounters == (
        Seen("v1", "2025-09-01 10:00", "ambulatory, Old visit"),
        Seen("v2", "2026-03-03 09:10 to 2026-03-03 09:40", "ambulatory, Office visit"),
    )
    assert ids(found) == ["fhir.encounter"]
    assert found.findings[0].message == "The file holds 2 encounters."
    assert len(found.left) == len(RECORD)


def test_the_only_encounter_needs_no_choice_and_a_wrong_id_is_a_finding() -> None:
    assert read_chart(bundle(PATIENT, NEW_VISIT)).encounter == "v2"
    wrong = read_chart(record(), "v7")
    assert wrong.findings[0].message == "The file holds no encounter with the id v7."


def test_what_the_encounter_says_of_a_stay_is_told() -> None:
    stay = changed(
        OLD_VISIT,
        **{"class": {"code": "IMP", "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode"}},
        hospitalization={
            "admitSource": {"text": "emergency department"},
            "dischargeDisposition": {"text": "home"},
        },
        diagnosis=[
            {"condition": {"reference": "Condition/k1"}, "use": {"text": "admission"}, "rank": 1}
        ],
    )
    shown = text(read_chart(record(stay), "v1"), "Encounter").splitlines()
    assert shown[0] == "Kind: inpatient, Old visit"
    assert shown[-3:] == [
        "Diagnosis: Acute bronchitis; admission, rank 1",
        "Admitted from: emergency department",
        "Discharged to: home",
    ]


def test_a_policy_that_is_cancelled_says_so() -> None:
    found = read_chart(record(changed(COVERAGE, status="cancelled")), "v2")
    assert found.policies[0].valid == "cancelled"


def test_a_problem_without_a_date_is_left_since_nobody_knows_when_it_began() -> None:
    undated = changed(DIABETES, recordedDate=None)
    assert why(read_chart(record(undated), "v2"), "k2") == (
        "names not this encounter, and without dates nobody can say if it held then"
    )


def test_an_allergy_of_before_that_still_holds_is_told() -> None:
    one = {
        "resourceType": "AllergyIntolerance",
        "id": "a1",
        "clinicalStatus": state(STATUS, "active"),
        "verificationStatus": state(SURE, "confirmed"),
        "category": ["medication"],
        "criticality": "high",
        "code": {"text": "Penicillin"},
        "patient": {"reference": "Patient/p1"},
        "recordedDate": "2020-02-01",
        "reaction": [{"manifestation": [{"text": "hives"}]}],
    }
    assert text(read_chart(record(one), "v2"), "Allergies") == (
        "- Penicillin; medication; criticality high; shows as hives; active; recorded 2020-02-01"
    )
    gone = changed(one, clinicalStatus=state(STATUS, "resolved"))
    assert why(read_chart(record(gone), "v2"), "a1") == "no longer holds"


def test_a_name_in_one_piece_is_told() -> None:
    found = read_chart(record(changed(PATIENT, name=[{"text": "Walter Quill"}])), "v2")
    assert found.patient is not None
    assert (found.patient.last, found.patient.first) == ("Walter Quill", "")
    (one,) = [each for each in found.findings if each.id == "fhir.missing"]
    assert one.place == "Bundle.entry[0].resource.name.given"


def test_plan_order_study_and_goal_have_their_lines() -> None:
    goal = {
        "resourceType": "Goal",
        "id": "g1",
        "lifecycleStatus": "active",
        "achievementStatus": state(
            "http://terminology.hl7.org/CodeSystem/goal-achievement", "improving"
        ),
        "description": {"text": "Walk daily"},
        "subject": {"reference": "Patient/p1"},
    }
    plan = of_visit(
        "CarePlan",
        "pl1",
        status="active",
        intent="plan",
        title="Cough plan",
        activity=[{"detail": {"code": {"text": "Fluids"}, "status": "in-progress"}}],
        goal=[{"reference": "Goal/g1"}],
    )
    order = of_visit(
        "ServiceRequest",
        "s1",
        status="active",
        intent="order",
        code={"text": "Spirometry"},
        authoredOn="2026-03-03",
        reasonCode=[{"text": "cough"}],
    )
    study = of_visit(
        "ImagingStudy",
        "im1",
        status="available",
        started="2026-03-03",
        series=[{"modality": {"display": "Digital Radiography"}, "bodySite": {"display": "Chest"}}],
    )
    found = read_chart(record(goal, plan, order, study), "v2")
    assert text(found, "Plan of care") == (
        "- Cough plan; activities: Fluids (in-progress); goals: Walk daily (improving)"
    )
    assert text(found, "Orders") == "- Spirometry; for cough; 2026-03-03"
    assert text(found, "Imaging") == (
        "- Imaging study; 2026-03-03; available; Digital Radiography, Chest"
    )


def found(chart: FhirChart, name: str) -> list[str]:
    return [str(one) for one in chart.findings if one.id == name]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("entered-in-error", "was entered in error"),
        ("cancelled", "was cancelled"),
        ("planned", "is only planned"),
    ],
)
def test_an_encounter_that_was_not_held_says_so(status: str, said: str) -> None:
    (told,) = found(
        read_chart(record(changed(NEW_VISIT, status=status)), "v2"), "fhir.encounter_status"
    )
    assert f"The encounter {said}, so nothing of it may be coded or billed as done." in told


def test_an_encounter_that_ends_before_it_starts_says_so() -> None:
    odd = changed(NEW_VISIT, period={"start": "2026-03-03", "end": "2026-03-01"})
    (told,) = found(read_chart(record(odd), "v2"), "fhir.period")
    assert "The encounter ends on 2026-03-01, before it starts on 2026-03-03." in told


@pytest.mark.parametrize("period", [None, {"end": "2026-03-03"}])
def test_an_encounter_without_its_first_day_says_so(period: dict[str, str] | None) -> None:
    chart = read_chart(record(changed(NEW_VISIT, period=period)), "v2")
    assert len(found(chart, "fhir.no_day")) == 1
    assert chart.first is None


def test_the_usual_encounter_raises_no_doubt() -> None:
    chart = read_chart(record(), "v2")
    assert [
        found(chart, one) for one in ("fhir.encounter_status", "fhir.period", "fhir.no_day")
    ] == [
        [],
        [],
        [],
    ]
