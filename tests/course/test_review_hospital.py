"""Stays and outpatient claims reviewed: groups, payments and the money at risk."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made_encounters import STAY, at_risk, file, reviewed, stay, wrong

from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity
from codinglab.core.tables import BadData
from codinglab.course.encounter_file import read_encounter
from codinglab.course.review_inpatient import by_stay, inpatient, unsaid, value
from codinglab.course.review_money import AtRisk
from codinglab.course.review_terms import PricesRow
from codinglab.course.review_text import as_text
from codinglab.encounter.coded import CodedEncounter
from codinglab.grouping.mce import MANUAL

# Stays


def test_a_stay_is_grouped_and_priced_with_its_arithmetic() -> None:
    found = stay()
    assert found.stay is not None
    assert found.stay.grouped is not None
    assert found.stay.grouped.drg == "194"
    # operating (4186.62 x 0.9312 + 2565.99) x 0.8059 = 5209.80, capital 499.20 x 0.8059 = 402.31
    assert found.valued.total == Decimal("5612.10")
    assert "MS-DRG 194 Simple Pneumonia and Pleurisy with CC" in as_text(found)


def test_a_stay_says_what_would_make_another_group_of_it_and_for_how_much() -> None:
    # 194 pays 5612.10; 195, weight 0.6285, 4376.73; 193, weight 1.3144, 9153.18
    text = as_text(stay())
    assert (
        "What if, one at a time (what a code is worth, never whether it is right)\n"
        "  as coded: MS-DRG 194, weight 0.8059, $5,612.10\n"
        "  without J44.1: MS-DRG 195, weight 0.6285 (-0.1774), $1,235.37 less\n"
        "  L89.153 with POA Y: MS-DRG 193, weight 1.3144 (+0.5085), $3,541.08 more\n"
    ) in text
    told = stay().as_json()["stay"]
    assert isinstance(told, dict)
    assert [one["drg"] for one in told["what_if"]] == ["194", "195", "193"]


def test_a_stay_that_no_other_code_changes_says_so() -> None:
    text = as_text(stay("pdx J18.9 poa Y\ndx I10 poa Y\ndispo 01"))
    assert "  no other code or indicator, left out or turned, changes the group\n" in text


def test_a_stay_without_a_needed_indicator_is_not_priced_and_says_why() -> None:
    found = stay(STAY.replace("L89.153 poa N", "L89.153"))
    assert found.valued.why == (
        "not grouped: a condition that can be acquired in hospital has no present on admission "
        "indicator"
    )


def test_an_unknown_hospital_names_the_table_and_those_that_are_known() -> None:
    found = stay(prices={"hospital": "general", "reports_poa": "yes"})
    assert found.valued.lines[0].why == (
        "general is not in this lab's table (teaching_hospitals 2026) on 2026-05-10; "
        "it has lakeside, metro, riverbend"
    )
    assert "  without J44.1: MS-DRG 195, weight 0.6285 (-0.1774)\n" in as_text(found)


def test_a_condition_code_has_two_characters() -> None:
    with pytest.raises(BadData, match=r"condition_codes\.0: String should match pattern"):
        stay(prices={"hospital": "lakeside", "reports_poa": "yes", "condition_codes": ["43x"]})


def stake_of(worksheet: str = STAY) -> Any:
    """Return how findings on the stay put money at risk."""
    prices = PricesRow(hospital="lakeside", reports_poa=True)
    about = {
        "on": "2026-05-10",
        "setting": "inpatient",
        "admitted": "2026-05-06",
        "patient": {"born": "1948-01-02", "sex": "M"},
    }
    read = read_encounter(file(worksheet, **about))
    one = inpatient(read.coded, date(2026, 5, 10), prices)
    return by_stay(one, value(one, prices), prices, {"poa.x": "present on admission"})


def test_a_finding_on_a_secondary_diagnosis_puts_the_difference_of_the_groups_at_risk() -> None:
    # 194 pays 5612.10, 195 pays 4376.73: 1235.37
    assert stake_of()(wrong("line 2")) == AtRisk(
        Decimal("1235.37"), "MS-DRG 195, not 194 (without J44.1)"
    )


def test_a_code_that_moves_no_group_puts_nothing_at_risk() -> None:
    assert stake_of()(wrong("line 3")) == AtRisk(
        Decimal("0.00"), "MS-DRG 194 all the same (without L89.153)"
    )


def test_an_indicator_is_priced_by_turning_it() -> None:
    # 193 pays 9153.18: 3541.08 more than 194
    assert stake_of()(wrong("line 3", Severity.NOTE, "poa.x")) == AtRisk(
        None, "none: MS-DRG 193, not 194 (L89.153 with POA Y) pays $3,541.08 more"
    )


def test_the_principal_diagnosis_and_the_claim_put_the_whole_stay_at_risk() -> None:
    whole = AtRisk(Decimal("5612.10"), "what the stay pays")
    assert stake_of()(wrong("line 1")) == whole
    assert stake_of()(wrong("the claim")) == whole
    assert stake_of()(wrong("line 1", Severity.NOTE)).amount is None


def test_what_the_code_editor_finds_is_said_once_and_puts_the_whole_stay_at_risk() -> None:
    found = stay(STAY.replace("dispo", "dx Z38.00\ndispo"))
    said = [one.finding.id for one in found.findings if one.finding.place == "line 4"]
    assert "patient.newborn" in said
    assert "mce.age-conflict" not in said
    assert at_risk(found, "patient.newborn").amount == Decimal("5612.10")


def test_what_only_the_code_editor_finds_is_added() -> None:
    cite = Cite(MANUAL, "v43.1", "age conflict")
    ours = Finding("patient.newborn", "line 4", "Too old.", "Look.", cite=cite)
    same = Finding(
        "mce.age-conflict", "line 4", "Too old.", "Look.", cite=Cite(MANUAL, "v", "age-conflict")
    )
    other = Finding("mce.other", "line 4", "No.", "Look.", cite=Cite(MANUAL, "v", "other"))
    assert unsaid([same, other], [ours]) == (other,)


def test_a_stay_that_cannot_be_grouped_says_why() -> None:
    found = stay(prices={"hospital": "lakeside"})
    assert found.valued.why == "not grouped: the file does not say prices: reports_poa"
    found = stay(patient={"born": "1948-01-02"})
    assert found.valued.why.startswith("not grouped: the patient's sex is not known")
    assert "Not grouped: the patient's sex is not known" in as_text(found)


def test_a_stay_without_a_hospital_is_grouped_and_not_priced() -> None:
    found = stay(prices={"reports_poa": "yes"})
    assert found.valued.why == "the file does not say prices: hospital"
    assert found.as_json()["stay"]["drg"]["drg"] == "194"  # type: ignore[index]


# Outpatient claims

EMERGENCY = "dx S61.411A\ndx W26.0XXA\nline 99283 x1 dx A\nline 12001 x1 dx A\n"


def test_an_outpatient_claim_is_grouped_and_priced_line_by_line() -> None:
    found = reviewed(EMERGENCY, setting="outpatient", prices={"hospital": "lakeside"})
    paid = [(one.place, one.price and one.price.amount, one.why) for one in found.valued.lines]
    # 278.89 x (0.60 x 0.9312 + 0.40) = 278.89 x 0.95872 = 267.3774
    assert paid == [
        ("line 3", Decimal("267.38"), ""),
        ("line 4", Decimal("0.00"), "packaged into line 3"),
    ]
    assert found.as_json()["outpatient"]["apc"]["lines"][0]["apc"] == "5023"  # type: ignore[index]


def test_an_outpatient_claim_that_cannot_be_grouped_or_priced_says_why() -> None:
    found = reviewed(EMERGENCY.replace("12001 x1", "12001"), setting="outpatient", prices={})
    assert found.valued.why.startswith("not grouped: line 4: 12001 has no units")
    found = reviewed(EMERGENCY, setting="outpatient", prices={})
    assert found.valued.why == "the file does not say prices: hospital"


def test_a_claim_without_lines_has_no_price() -> None:
    assert reviewed("dx I10\n").valued.why == "there is no service line"
    assert reviewed("dx I10\n", setting="outpatient").outpatient is not None
    assert isinstance(reviewed("dx I10\n").coded, CodedEncounter)
