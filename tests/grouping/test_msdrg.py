"""The DRG of known stays, and what each of their codes did."""

from datetime import date

import pytest
from made_stays import stay

from codinglab.core.dates import NotInForce
from codinglab.grouping.msdrg import group
from codinglab.grouping.stay import BLANK, Stay

HIP, KNEE, STENT = "0SRC0J9", "0SRD0J9", "027034Z"
VENTILATOR_LONG, CESAREAN, DELIVERY = "5A1955Z", "10D00Z1", "10E0XZZ"
GALLBLADDER = "0FT44ZZ"

# Each group follows from the titles of the MS-DRG Definitions Manual v43.1 and the CC/MCC tables.
KNOWN = {
    "knee replacement, no CC or MCC": ("470", stay("M17.11", "I10", procedures=(HIP,))),
    "knee replacement, MCC": ("469", stay("M17.11", "J96.01", procedures=(HIP,))),
    "hip replacement for fracture": ("522", stay("S72.001A", procedures=("0SR9019",))),
    "hip replacement for fracture, MCC": (
        "521",
        stay("S72.001A", "I50.21", procedures=("0SR9019",)),
    ),
    "heart failure, MCC": ("291", stay("I50.21", "J96.01")),
    "heart failure, CC": ("292", stay("I50.21", "N18.4")),
    "heart failure alone": ("293", stay("I50.21", "I10")),
    "hypertensive heart disease with acute heart failure": ("291", stay("I11.0", "I50.21")),
    "sepsis, MCC": ("871", stay("A41.9", "J96.01")),
    "sepsis, no MCC": ("872", stay("A41.9", "N39.0")),
    "sepsis, ventilated over 96 hours": (
        "870",
        stay("A41.9", "J96.01", procedures=(VENTILATOR_LONG,), days=9),
    ),
    "pneumonia, MCC": ("193", stay("J18.9", "J96.01")),
    "pneumonia, CC": ("194", stay("J18.9", "J44.1")),
    "pneumonia alone": ("195", stay("J18.9", "I10")),
    "obstructive lung disease, CC": ("191", stay("J44.1", "N39.0")),
    "stroke, MCC": ("064", stay("I63.412", "J69.0")),
    "infarction, alive, MCC": ("280", stay("I21.4", "J96.01")),
    "infarction, died, MCC": ("283", stay("I21.4", "J96.01", status="20")),
    "infarction, stent": ("322", stay("I21.4", procedures=(STENT,))),
    "vaginal delivery": ("807", stay("O80", "Z37.0", procedures=(DELIVERY,), age=28)),
    "cesarean": ("788", stay("O82", "Z37.0", procedures=(CESAREAN,), age=30)),
    "newborn": ("795", stay("Z38.00", age=0, sex="M")),
    "preterm newborn": ("792", stay("P07.39", age=0, sex="M")),
    "chemotherapy, CC": ("847", stay("Z51.11", "C34.11")),
    "respiratory failure, long ventilation, tracheostomy": (
        "004",
        stay("J96.01", procedures=("0B113F4", VENTILATOR_LONG), days=20),
    ),
    "depression": ("885", stay("F32.2")),
    "HIV with pneumocystis": ("976", stay("B20", "B59")),
    "laparoscopic gallbladder, no CC": ("419", stay("K80.10", procedures=(GALLBLADDER,))),
    "appendix, no CC": ("399", stay("K35.80", procedures=("0DTJ4ZZ",))),
    "kidney failure": ("684", stay("N17.9", "I10")),
    "operation unrelated to the principal diagnosis": (
        "989",
        stay("J18.9", procedures=(GALLBLADDER,)),
    ),
    "heart transplant": ("002", stay("I42.0", procedures=("02YA0Z0",))),
}


@pytest.mark.parametrize(("drg", "made"), KNOWN.values(), ids=KNOWN)
def test_a_known_stay_has_its_drg(drg: str, made: Stay) -> None:
    assert group(made).drg == drg


@pytest.mark.parametrize(
    ("discharged", "version"),
    [
        (date(2025, 9, 30), "42.1"),
        (date(2025, 10, 1), "43.0"),
        (date(2026, 3, 31), "43.0"),
        (date(2026, 4, 1), "43.1"),
        (date(2026, 10, 1), "44.0"),
    ],
)
def test_the_day_of_discharge_chooses_the_version(discharged: date, version: str) -> None:
    assert group(stay("I50.21", discharged=discharged)).version == version


@pytest.mark.parametrize("discharged", [date(2022, 9, 30), date(2027, 4, 1)])
def test_a_day_without_a_version_is_refused(discharged: date) -> None:
    with pytest.raises(NotInForce, match="from 2022-10-01 until before 2027-04-01"):
        group(stay("I50.21", discharged=discharged))


def why(made: Stay) -> dict[str, tuple[str, str]]:
    grouped = group(made)
    return {one.code: (one.role, one.why) for one in (*grouped.diagnoses, *grouped.procedures)}


def test_one_mcc_is_enough_and_outweighs_a_cc() -> None:
    assert why(stay("A41.9", "J96.01", "R65.21", "N17.9", "I10")) == {
        "A41.9": ("principal", "principal diagnosis, of MDC 18"),
        "J96.01": ("counts", "the MCC that counts"),
        "R65.21": ("outweighed", "MCC, but another MCC counts already and one is enough"),
        "N17.9": ("outweighed", "CC, but this DRG asks only for an MCC"),  # 871 or 872
        "I10": ("nothing", "neither CC nor MCC"),
    }


def test_a_cc_too_close_to_the_principal_diagnosis_is_excluded() -> None:
    found = group(stay("I50.21", "I50.31"))
    assert found.drg == "293"
    assert [one.code for one in found.not_counted] == ["I50.31"]
    assert found.not_counted[0].why == (
        "MCC in the tables, but too close to the principal diagnosis I50.21 to count beside it "
        "(CC exclusion list)"
    )


def test_a_condition_acquired_in_the_hospital_does_not_count() -> None:
    found = group(stay("J18.9", "J44.1", "L89.153:N"))
    assert (found.before_hospital_acquired, found.drg) == ("193", "194")
    assert [one.code for one in found.counted] == ["J44.1"]
    assert found.not_counted[0].why == (
        "MCC in the tables, but with POA N it counts as acquired in the hospital "
        "(HAC 04, Stage III and IV Pressure Ulcers)"
    )


def test_the_same_condition_counts_at_a_hospital_that_is_not_paid_by_drg() -> None:
    assert group(stay("J18.9", "J44.1", "L89.153:N", reports_poa=False)).drg == "193"


def test_a_condition_that_can_be_acquired_needs_an_indicator() -> None:
    found = group(stay("J18.9", f"L89.153:{BLANK}"))
    assert found.drg == "999"
    assert found.why_not == (
        "a condition that can be acquired in hospital has no present on admission indicator"
    )


def test_some_mcc_count_only_in_those_who_live() -> None:
    assert group(stay("I21.4", "R57.0")).drg == "280"
    died = group(stay("I21.4", "R57.0", status="20"))
    assert died.drg == "285"
    assert died.not_counted[0].why == "MCC only in a patient who leaves the hospital alive"


def test_a_cc_changes_nothing_where_the_drg_is_split_by_mcc_alone() -> None:
    assert why(stay("M17.11", "I50.20", procedures=(HIP,)))["I50.20"] == (
        "outweighed",
        "CC, but this DRG is not split by it",
    )


def test_the_procedure_that_decides_is_named_and_the_other_is_not() -> None:
    found = why(stay("K35.80", procedures=("0DTJ4ZZ", HIP)))
    assert found["0DTJ4ZZ"] == ("defines", "the procedure that decides this DRG")
    assert found[HIP] == ("nothing", "does not decide this DRG")


def test_injuries_of_several_sites_make_multiple_trauma() -> None:
    found = group(stay("S06.5X0A", "S27.0XXA", "S36.113A", "S72.001A"))
    assert (found.drg, found.mdc) == ("965", "24")
    assert found.diagnoses[0].why == (
        "an injury; with injuries of other sites it makes MDC 24, multiple significant trauma"
    )
    assert found.diagnoses[3].why == (
        "MCC in the tables, but part of what defines the MDC of multiple trauma"
    )


def test_a_diagnosis_that_the_drg_asks_for_is_no_cc() -> None:
    assert why(stay("B20", "B59"))["B59"] == (
        "defines",
        "a secondary diagnosis that this DRG asks for",
    )


@pytest.mark.parametrize(
    ("principal", "reason"),
    [
        ("V00.01XA", "the principal diagnosis may not stand first, such as an external cause"),
        ("I63.4", "the principal diagnosis is not a code of this version"),
    ],
)
def test_what_cannot_be_grouped_says_why(principal: str, reason: str) -> None:
    found = group(stay(principal, "N17.9"))
    assert (found.drg, found.why_not) == ("999", reason)
    assert found.diagnoses[1].why == "CC, but the stay was not grouped"


def test_a_code_that_does_not_exist_is_named() -> None:
    assert why(stay("J18.9", "T84.041A"))["T84.041A"] == (
        "unknown",
        "not a code of this version",
    )


def test_codes_keep_their_order_though_the_grouper_sorts_them() -> None:
    codes = ["J18.9", "I10", "J96.01", "J18.9", "E78.5"]
    assert [one.code for one in group(stay(*codes)).diagnoses] == codes


def test_a_group_reads_as_text_and_as_json() -> None:
    found = group(stay("J18.9", "J44.1"))
    assert found.as_text() == (
        "MS-DRG 194 Simple Pneumonia and Pleurisy with CC (version 43.1)\n"
        "  Category: MDC 04, Diseases and Disorders of the Respiratory System, by the principal "
        "diagnosis J18.9.\n"
        "  Class: medical; there is no procedure.\n"
        "  Severity: CC, by J44.1.\n"
        "  line 1, J18.9: principal diagnosis, of MDC 04.\n"
        "  line 2, J44.1: the CC that counts."
    )
    assert str(found.cite) == "MS-DRG Definitions Manual v43.1, MS-DRG 194"
    told = found.as_json()
    assert (told["drg"], told["kind"], told["level"], told["why_not"]) == (
        "194",
        "medical",
        "CC",
        None,
    )


def test_a_refused_group_says_so_as_text() -> None:
    assert (
        group(stay("I63.4"))
        .as_text()
        .startswith("Not grouped (MS-DRG 999, version 43.1): the principal diagnosis is not a code")
    )
