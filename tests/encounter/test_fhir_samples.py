"""Published records (Synthea, CMS, Da Vinci) are read without loss: in the chart, or listed.

They lie beside the checkout and are no part of it; without them these tests are skipped.
"""

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest

from codinglab.core.findings import errors
from codinglab.encounter.fhir import read_chart

SHARED = Path(__file__).resolve().parents[3] / "shared/data/fhir"
SECONDS = 1.0


def published(start: str) -> bytes:
    """Return the content of the one published file whose name begins so, or skip the test."""
    found = sorted(SHARED.glob(f"{start}*"))
    if not found:
        pytest.skip(f"no published {start} beside the checkout")
    data = found[0].read_bytes()
    return gzip.decompress(data) if found[0].suffix == ".gz" else data


PATIENTS = ("synthea_r4__Addie", "synthea_r4__Adolfo", "synthea_r4__Adolph")


def resources(data: bytes) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in json.loads(data)["entry"]]


@pytest.mark.parametrize("name", PATIENTS)
def test_in_every_encounter_each_resource_is_read_or_left_once(name: str) -> None:
    data = published(name)
    held = resources(data)
    for one in (each for each in held if each["resourceType"] == "Encounter"):
        found = read_chart(data, one["id"])
        left = [(each.resource, each.id) for each in found.left if not each.field]
        assert len(set(left)) == len(left)
        assert found.read + len(left) == len(held)
        assert found.findings == ()


@pytest.mark.parametrize("name", PATIENTS)
def test_a_record_of_a_megabyte_and_more_is_read_in_well_under_a_second(name: str) -> None:
    data = published(name)
    one = next(each for each in resources(data) if each["resourceType"] == "Encounter")
    began = time.process_time()
    read_chart(data, one["id"])
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", PATIENTS)
def test_every_observation_of_the_record_is_in_the_chart_of_its_encounter(name: str) -> None:
    data = published(name)
    held = resources(data)
    whose: dict[str, int] = {}
    for one in (each for each in held if each["resourceType"] == "Observation"):
        visit = one["encounter"]["reference"].removeprefix("urn:uuid:")
        whose[visit] = whose.get(visit, 0) + 1
    for visit, count in whose.items():
        codings = read_chart(data, visit).codings
        seen = {one.label for one in codings if one.label.startswith("Observation/")}
        assert len(seen) == count


def test_the_statements_of_stu3_are_named_and_left() -> None:
    found = read_chart(published("cms_eob__sample_eob_200"))
    assert len(found.left) == 200
    assert {one.why for one in found.left} == {"is of FHIR STU3, told by its element information"}


def test_conditions_and_policies_of_stu3_in_a_bundle_are_named() -> None:
    found = read_chart(published("davinci_pas__bundle-dtr"))
    told = [one.id for one in errors(found.findings)]
    assert told == ["fhir.version", "fhir.version", "fhir.encounter"]
    assert [one.why for one in found.left if one.resource == "Coverage"] == [
        "is of FHIR STU3, told by its element grouping",
        "is of FHIR STU3, told by its element grouping",
    ]


@pytest.mark.parametrize("name", PATIENTS)
def test_over_all_encounters_nothing_but_the_bills_is_never_read(name: str) -> None:
    data = published(name)
    held = resources(data)
    never = {(one["resourceType"], one["id"]) for one in held}
    for one in (each for each in held if each["resourceType"] == "Encounter"):
        left = read_chart(data, one["id"]).left
        never &= {(each.resource, each.id) for each in left if not each.field}
    assert {kind for kind, _ in never} == {"Claim", "ExplanationOfBenefit"}
