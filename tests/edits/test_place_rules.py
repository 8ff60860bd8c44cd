"""Places, telehealth, incident-to services and vaccines: who bills what, where, and how often."""

import pytest
from services_made_up import findings, said, says

from codinglab.core.findings import Severity
from codinglab.edits.catalog import find_edit


@pytest.mark.parametrize(
    ("place", "count"),
    [("11", 0), ("20", 0), ("24", 0), ("19", 1), ("21", 1), ("22", 1), ("23", 1)],
)
def test_the_technical_part_belongs_to_the_hospital_in_four_places(place: str, count: int) -> None:
    assert len(said("place.technical-part", f"line 70450 pos {place}")) == count
    assert said("place.technical-part", f"line 70450-26 pos {place}") == []


@pytest.mark.parametrize(
    ("line", "remedy"),
    [("70450", "Add 26."), ("70450-TC", "Take it out."), ("G0404", "Take it out.")],
)
def test_the_remedy_depends_on_which_part_was_billed(line: str, remedy: str) -> None:
    (one,) = findings("place.technical-part", f"line {line} pos 22")
    assert one.remedy == remedy


@pytest.mark.parametrize("code", ["J2405", "90656", "96360"])
def test_drugs_vaccines_and_staff_s_fluids_are_the_hospital_s(code: str) -> None:
    assert len(said("place.hospital-supplies", f"line {code} pos 23")) == 1
    assert said("place.hospital-supplies", f"line {code} pos 11") == []


@pytest.mark.parametrize(
    ("values", "place", "remedies"),
    [
        (("home",), "10", []),
        (("home",), "02", ["Use 10."]),
        (("elsewhere",), "10", ["Use 02."]),
        (("audio only", "home"), "11", ["Use 10."]),
        (("audio only",), "11", ["Use 02 or 10."]),
        ((), "10", ["Correct the place."]),
        ((), "11", []),
    ],
)
def test_the_place_follows_the_record_of_telehealth(
    values: tuple[str, ...], place: str, remedies: list[str]
) -> None:
    record = [says("telehealth", "99213", value=value) for value in values]
    found = findings("place.telehealth-record", f"line 99213 pos {place}", record=record)
    assert [one.remedy for one in found] == remedies


@pytest.mark.parametrize(
    ("role", "line", "count"),
    [
        ("clinical staff", "99211 pos 22", 1),
        ("nonphysician practitioner", "99213-SA pos 22", 1),
        ("nonphysician practitioner", "99213 pos 22", 0),
        ("physician", "99213 pos 22", 0),
        ("clinical staff", "99211 pos 11", 0),
    ],
)
def test_nothing_is_incident_to_in_a_hospital(role: str, line: str, count: int) -> None:
    found = said("visit.incident-to-place", f"line {line}", practitioner={"role": role})
    assert len(found) == count


def test_the_contested_rule_is_a_warning_and_says_that_it_is_contested() -> None:
    record = [says("supervised", "99213"), says("new problem", "99213")]
    staff = {"role": "nonphysician practitioner"}
    (one,) = findings(
        "visit.incident-to-new-problem", "line 99213", practitioner=staff, record=record
    )
    assert one.severity is Severity.WARNING
    assert "42 CFR 410.26(b)(2)" in find_edit("visit.incident-to-new-problem").contested


@pytest.mark.parametrize(
    ("product", "given"),
    [("90662", "G0008"), ("Q2038", "G0008"), ("90677", "G0009"), ("90746", "G0010")],
)
def test_medicare_has_its_own_code_for_giving_three_kinds_of_vaccine(
    product: str, given: str
) -> None:
    assert said("vaccine.medicare", f"line {product}; line {given}") == []
    (one,) = findings("vaccine.medicare", f"line {product}; line 90471")
    assert one.remedy == f"Use {given}."


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ("line 90471 x1; line 90472 x2", 0),  # 1 + 2 = 3 products
        ("line 90471 x1; line 90472 x1", 1),  # 1 + 1 = 2
        ("line 90460 x3; line 90461 x4", 0),  # 3; further components do not count
        ("line 90471 x1; line 90472 x1; line 90474 x1", 0),  # 1 + 1 + 1
    ],
)
def test_three_products_are_given_three_times(given: str, count: int) -> None:
    sheet = f"line 90707 x1; line 90716 x1; line 90715 x1; {given}"
    assert len(said("vaccine.count", sheet)) == count


def test_vaccines_are_counted_day_by_day() -> None:
    days = ("on 2026-03-02", "on 2026-03-03")
    sheet = "; ".join(f"line 90656 x1 {day}; line 90471 x1 {day}" for day in days)
    assert said("vaccine.count", sheet) == []
    assert said("vaccine.two-first", sheet) == []
