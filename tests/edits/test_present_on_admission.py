"""Present on admission: where due, where exempt, and what N costs."""

from dataclasses import replace
from datetime import date

import pytest
from made_diagnoses import DAY, coded, found, patient

from codinglab.edits import present_on_admission as rules
from codinglab.encounter.circumstances import Circumstances
from codinglab.encounter.coded import CodedEncounter, Diagnosis

STAY = replace(patient(date(1950, 5, 1), setting="inpatient"), admitted=date(2026, 2, 24))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("J18.9", ["error"]),
        ("J18.9 Y", []),
        ("Z79.4", []),  # on the list
        ("S72.001D", []),  # on the list, as later encounters are
        ("S72.001A", ["error"]),
        ("Y92.009", ["warning"]),  # the lab's table does not say
    ],
)
def test_an_indicator_is_due_unless_exempt(written: str, says: list[str]) -> None:
    assert [severity for severity, _ in found(rules.missing, written, about=STAY)] == says


def test_what_is_not_known_is_said() -> None:
    (one,) = rules.missing(coded("Y92.009", about=STAY), DAY)
    assert one.message == (
        "Y92.009 has no present on admission indicator, and this lab does not know whether it is "
        "exempt."
    )


def test_an_exempt_code_has_none() -> None:
    assert found(rules.exempt, "Z79.4 Y", "Z79.4", "J18.9 Y", about=STAY) == [("warning", "line 1")]


@pytest.mark.parametrize(
    ("poa", "says"),
    [(None, []), ("Y", []), ("N", []), ("U", ["warning"]), ("W", ["note"]), ("1", ["error"])],
)
def test_u_asks_w_is_told_and_1_is_gone(poa: str | None, says: list[str]) -> None:
    encounter = CodedEncounter((Diagnosis("J18.9", "line 1", poa),), about=STAY)
    assert [one.severity.value for one in rules.indicator(encounter, DAY)] == says


def test_a_hospital_acquired_condition_takes_its_mcc_with_it() -> None:
    # J18.9 with an MCC is MS-DRG 193; the ulcer is HAC 04 and, with N, no MCC: 195.
    (one,) = rules.hospital_acquired(coded("J18.9 Y", "L89.153 N", about=STAY), DAY)
    assert one.place == "line 2"
    assert one.message.startswith("L89.153 is MCC in the tables, but with POA N it counts as ")
    assert "(HAC 04, " in one.message
    assert one.message.endswith(" The stay falls from MS-DRG 193 to 195.")


def test_another_mcc_keeps_the_group() -> None:
    codes = ("J18.9 Y", "L89.153 N", "J96.01 Y")
    (one,) = rules.hospital_acquired(coded(*codes, about=STAY), DAY)
    assert one.message.endswith(" MS-DRG 193 is the same without it.")


@pytest.mark.parametrize("poa", ["Y", "W"])
def test_what_was_present_or_cannot_be_told_counts(poa: str) -> None:
    assert found(rules.hospital_acquired, "J18.9 Y", f"L89.153 {poa}", about=STAY) == []


def test_without_a_discharge_status_the_grouper_is_not_asked() -> None:
    silent = replace(coded("J18.9 Y", "L89.153 N", about=STAY), discharge_status=None)
    assert tuple(rules.hospital_acquired(silent, DAY)) == ()


def test_only_inpatient_claims_of_medicare_are_asked_for_hospital_acquired_conditions() -> None:
    rule = rules.hospital_acquired
    assert rule.applies(coded(about=STAY))
    assert not rule.applies(coded(about=replace(STAY, payer="commercial")))
    assert rule.lacks(coded(about=Circumstances("inpatient", "Medicare"))) == (
        "patient.born",
        "patient.sex",
        "admitted",
    )
