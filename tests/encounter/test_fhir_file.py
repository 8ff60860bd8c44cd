"""A file that is not what it should be is a finding with its path and a remedy, never a crash."""

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from made_record import (
    BRONCHITIS,
    CLAIM,
    NEW_VISIT,
    OLD_VISIT,
    PATIENT,
    PRESSURE,
    SHOT,
    XRAY,
    bundle,
    changed,
    of_visit,
    record,
)

from codinglab.core.findings import Finding, Severity
from codinglab.encounter.fhir import FhirChart, read_chart
from codinglab.encounter.fhir_file import NotFhir
from codinglab.encounter.fhir_notes import of_html


def the(found: FhirChart, name: str) -> Finding:
    (one,) = [each for each in found.findings if each.id == name]
    return one


AGAIN = "Export the record again as FHIR R4 JSON."
CHOOSE = "Choose a file that holds a Bundle or a resource of FHIR R4."
NO_RESOURCE = "the file is a JSON object without resourceType, so it is no FHIR resource."


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", f"the file is empty. {AGAIN}"),
        (
            "<Bundle xmlns='http://hl7.org/fhir'/>",
            "the file is XML; this lab reads FHIR as JSON. Export it as JSON (format=json).",
        ),
        ('{"a": 1}', f"{NO_RESOURCE} {CHOOSE}"),
        ("[1]", f"the file is no JSON object, so it is no FHIR resource. {CHOOSE}"),
        ('{"x": NaN}', f"not readable as JSON: NaN is no number in JSON. {AGAIN}"),
        (b"\xff\xfe{\x00", f"byte 0 is not UTF-8, and FHIR JSON always is. {AGAIN}"),
        (b"\x1f\x8b\x08", "the file is compressed by gzip; unpack it first (gunzip)."),
        ("[" * 200_000, f"objects lie within each other deeper than any FHIR resource. {AGAIN}"),
    ],
)
def test_what_is_not_fhir_json_is_refused_in_one_sentence(
    source: str | bytes, message: str
) -> None:
    with pytest.raises(NotFhir) as told:
        read_chart(source)
    assert str(told.value) == message


def test_json_that_breaks_off_is_refused_with_line_and_column() -> None:
    with pytest.raises(NotFhir, match=r"^line 2, column 1: not readable as JSON: Expecting value"):
        read_chart('{"resourceType":\n')


def test_a_byte_order_mark_is_no_fault_and_a_path_is_read(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_bytes(b"\xef\xbb\xbf" + record().encode())
    assert read_chart(file, "v2").encounter == "v2"


def test_one_resource_a_line_is_read_too() -> None:
    lines = "\n".join(json.dumps(one) for one in (PATIENT, NEW_VISIT, BRONCHITIS))
    found = read_chart(lines)
    assert (found.encounter, found.read) == ("v2", 3)


def test_an_element_named_twice_is_a_finding() -> None:
    one = '{"resourceType": "Bundle", "entry": [], "entry": []}'
    assert the(read_chart(one), "fhir.twice").message == (
        "An object names entry twice; only the last was read."
    )


@pytest.mark.parametrize(
    ("other", "version", "element"),
    [
        (changed(NEW_VISIT, **{"class": [{"text": "x"}]}), "R5", "class"),
        (changed(NEW_VISIT, actualPeriod={}), "R5", "actualPeriod"),
        (changed(NEW_VISIT, reason=[{"text": "cough"}]), "STU3", "reason"),
        (changed(NEW_VISIT, **{"class": "outpatient"}), "DSTU2", "class"),
        (changed(BRONCHITIS, clinicalStatus="active"), "STU3", "clinicalStatus"),
        (changed(XRAY, context={"reference": "Encounter/v2"}), "STU3", "context"),
        (changed(XRAY, occurrenceDateTime="2026-03-03"), "R5", "occurrenceDateTime"),
        (changed(SHOT, notGiven=False), "STU3", "notGiven"),
        (changed(PRESSURE, triggeredBy=[]), "R5", "triggeredBy"),
        (changed(CLAIM, information=[]), "STU3", "information"),
    ],
)
def test_a_resource_of_another_version_is_named_and_left(
    other: dict[str, Any], version: str, element: str
) -> None:
    found = read_chart(record(other), "v2")
    one = the(found, "fhir.version")
    kind = other["resourceType"]
    assert one.place.endswith(f".resource.{element}")
    assert one.message == f"This {kind} is of FHIR {version}; this lab reads R4 (4.0.1)."
    assert one.remedy.endswith("fhirVersion=4.0.")
    whys = [left.why for left in found.left if left.id == other["id"] and not left.field]
    assert whys == [f"is of FHIR {version}, told by its element {element}"]


def test_a_reference_to_what_the_file_lacks_is_told_with_its_path() -> None:
    lost = changed(NEW_VISIT, serviceProvider={"reference": "Organization/o7", "display": "Clinic"})
    found = read_chart(record(lost), "v2")
    one = the(found, "fhir.reference")
    assert one.place == "Bundle.entry[7].resource.serviceProvider.reference"
    assert one.message == "Encounter/v2 refers to Organization/o7, which the file does not hold."
    assert one.severity is Severity.WARNING
    assert found.chart is not None
    assert "Provider: Clinic" in found.chart.text


def test_a_visit_whose_patient_the_file_lacks_is_still_a_chart() -> None:
    found = read_chart(bundle(NEW_VISIT, BRONCHITIS), "v2")
    assert found.patient is None
    assert found.chart is not None
    assert [one.title for one in found.chart.documents] == ["Encounter", "Conditions"]


@pytest.mark.parametrize(
    "reference",
    [
        "Practitioner/d1",
        "Practitioner/d1/_history/3",
        "urn:uuid:d1",
        "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1352660660",
    ],
)
def test_a_reference_is_followed_in_each_of_its_forms(reference: str) -> None:
    doctor = {
        "resourceType": "Practitioner",
        "id": "d1",
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1352660660"}],
        "name": [{"text": "Dr. Okafor"}],
    }
    visit = changed(NEW_VISIT, participant=[{"individual": {"reference": reference}}])
    found = read_chart(record(visit, doctor), "v2")
    assert found.chart is not None
    assert "Practitioner: Dr. Okafor" in found.chart.text


def test_a_reference_by_full_url_or_to_a_contained_resource_is_followed() -> None:
    inner = {"resourceType": "Practitioner", "id": "in", "name": [{"text": "Dr. Inner"}]}
    visit = changed(
        NEW_VISIT,
        subject={"reference": "urn:uuid:5f1c"},
        contained=[inner],
        participant=[{"individual": {"reference": "#in"}}],
    )
    entries = [
        {"fullUrl": "urn:uuid:5f1c", "resource": changed(PATIENT, id=None)},
        {"fullUrl": "urn:uuid:9aa0", "resource": visit},
    ]
    found = read_chart(json.dumps({"resourceType": "Bundle", "entry": entries}))
    assert found.patient is not None
    assert found.patient.last == "Quill"
    assert found.chart is not None
    assert "Practitioner: Dr. Inner" in found.chart.text


def test_another_server_may_use_the_same_id_for_somebody_else() -> None:
    entries = [
        {"fullUrl": "http://a.example/Patient/p1", "resource": PATIENT},
        {
            "fullUrl": "http://a.example/Encounter/v2",
            "resource": changed(NEW_VISIT, subject={"reference": "http://b.example/Patient/p1"}),
        },
    ]
    found = read_chart(json.dumps({"resourceType": "Bundle", "entry": entries}))
    assert found.patient is None


def test_parts_that_lead_back_to_themselves_are_a_finding_and_read_once() -> None:
    first = changed(NEW_VISIT, partOf={"reference": "Encounter/v1"})
    second = changed(OLD_VISIT, partOf={"reference": "Encounter/v2"})
    panel = changed(PRESSURE, hasMember=[{"reference": "Observation/b2"}])
    member = of_visit(
        "Observation",
        "b2",
        status="final",
        code={"text": "Member"},
        hasMember=[{"reference": "Observation/b1"}],
    )
    found = read_chart(record(first, second, panel, member), "v2")
    told = [one.message for one in found.findings if one.id == "fhir.cycle"]
    assert told == [
        "The references of Encounter/v1 lead back to itself.",
        "The references of Observation/b1 lead back to itself.",
    ]
    assert found.chart is not None
    assert found.chart.text.count("Member; of Blood pressure") == 1


def test_a_date_of_the_year_alone_gives_no_day() -> None:
    found = read_chart(record(changed(PATIENT, birthDate="1948")), "v2")
    assert found.patient is not None
    assert found.patient.born is None
    assert str(the(found, "fhir.date")) == (
        "Bundle.entry[0].resource.birthDate: 1948 names no day, so no age, order or release of "
        "code sets follows from it. Ask for the whole date; until then it is treated as not known."
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2026-02-30", "2026-02-30 is not in the calendar"),
        ("03/03/2026", "'03/03/2026' is no FHIR date."),
    ],
)
def test_a_date_that_cannot_be_is_a_finding(written: str, message: str) -> None:
    found = read_chart(record(changed(PATIENT, birthDate=written)), "v2")
    assert the(found, "fhir.date").message.startswith(message)


@pytest.mark.parametrize(
    ("system", "called"), [("http://example.org/codes", "http://example.org/codes"), ("", "no")]
)
def test_an_unknown_code_system_is_told_once_a_file(system: str, called: str) -> None:
    code = {"coding": [{"system": system, "code": "77", "display": "Chest film"}]}
    other = changed(XRAY, code=code)
    again = changed(XRAY, id="x2", code=code)
    found = read_chart(record(other, again), "v2")
    one = the(found, "fhir.system")
    assert one.place == "Bundle.entry[14].resource.code.coding[0].system"
    assert one.message.startswith(f"Code '77' is of {called}")


@pytest.mark.parametrize(
    ("element", "value", "message"),
    [
        ("status", 1, "FHIR R4 has a text here, the file a number."),
        ("note", {"text": "x"}, "FHIR R4 has a list of objects here, the file an object."),
        ("code", "x-ray", "FHIR R4 has one object here, the file a text."),
        (
            "bodySite",
            [1],
            "FHIR R4 has a list of objects here, the file a list that holds something else.",
        ),
    ],
)
def test_an_element_of_the_wrong_shape_is_told_with_its_path(
    element: str, value: object, message: str
) -> None:
    found = read_chart(record(changed(XRAY, **{element: value})), "v2")
    told = {(one.place, one.message) for one in found.findings if one.id == "fhir.shape"}
    assert told == {(f"Bundle.entry[14].resource.{element}", message)}


def test_a_number_that_would_fill_the_memory_is_refused() -> None:
    huge = record().replace("138", "1e999999999")
    found = read_chart(huge, "v2")
    assert the(found, "fhir.shape").message == (
        "FHIR R4 has a number of up to 30 digits here, the file a number."
    )


def test_a_resource_that_stands_twice_is_read_once() -> None:
    found = read_chart(bundle(PATIENT, NEW_VISIT, changed(NEW_VISIT, status="planned")))
    assert the(found, "fhir.repeated").message == "Encounter/v2 stands in the file more than once."
    assert [one.why for one in found.left if one.id == "v2" and not one.field] == [
        "repeats Encounter/v2, of which the first was read"
    ]


def test_entries_without_a_resource_and_further_pages_are_told() -> None:
    text = json.dumps(
        {
            "resourceType": "Bundle",
            "link": [{"relation": "next", "url": "http://example.org/2"}],
            "entry": [{"request": {"method": "DELETE"}}, {"resource": NEW_VISIT}],
        }
    )
    found = read_chart(text)
    assert the(found, "fhir.page").place == "Bundle.link"
    assert the(found, "fhir.resource").place == "Bundle.entry[0]"


def test_a_gender_that_fhir_does_not_know_is_not_guessed() -> None:
    found = read_chart(record(changed(PATIENT, gender="M")), "v2")
    assert found.patient is not None
    assert found.patient.sex is None
    assert the(found, "fhir.code").place == "Bundle.entry[0].resource.gender"


def test_roles_that_lead_to_roles_do_not_go_on_for_ever() -> None:
    role = {
        "resourceType": "PractitionerRole",
        "id": "r1",
        "practitioner": {"reference": "PractitionerRole/r1"},
    }
    visit = changed(NEW_VISIT, participant=[{"individual": {"reference": "PractitionerRole/r1"}}])
    assert read_chart(record(visit, role), "v2").encounter == "v2"


_JUNK: list[Any] = [None, True, 0, -1, 1.5, "", "x", "#x", "2019", "Patient/p1", [], {}, [1], [{}]]


def _slots(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one))
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys if isinstance(one[key], (dict, list))]
    return found


@pytest.mark.parametrize("seed", range(150))
def test_a_record_with_odd_values_anywhere_is_read_without_a_crash(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  the same faults in every run
    value = json.loads(record())
    for _ in range(chance.choice((1, 3, 12))):
        holder, key = chance.choice(_slots(value["entry"]))
        holder[key] = chance.choice(_JUNK)
    found = read_chart(json.dumps(value), "v2")
    assert all(one.message and one.remedy and one.place for one in found.findings)


@pytest.mark.parametrize("piece", ["<!--", "<!", "<", "<a ", "</", "&#", "<script>"])
def test_a_page_of_tags_that_stay_open_is_read_in_no_time(piece: str) -> None:
    began = time.process_time()
    of_html(piece * 300_000)
    assert time.process_time() - began < 2.0
