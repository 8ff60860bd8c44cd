"""A review: findings in the coder's order, groups, expected payments, and the money at risk."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from codinglab.core.cite import Cite
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.core.tables import BadData, check
from codinglab.course.edit_examples import edit_file_names, examples
from codinglab.course.encounter_file import EncounterFile, read_encounter
from codinglab.course.review import TELL, EncounterReview, review
from codinglab.course.review_inpatient import by_stay, inpatient, unsaid, value
from codinglab.course.review_money import AtRisk, Paid, Valuation, by_line
from codinglab.course.review_terms import PricesRow
from codinglab.course.review_text import as_text, written
from codinglab.encounter.circumstances import NEEDS
from codinglab.encounter.coded import CodedEncounter
from codinglab.grouping.mce import MANUAL
from codinglab.pricing.price import Price

MANHATTAN = {
    "locality": "13202-01",
    "participating": "yes",
    "qualifying_apm": "no",
    "schedule": "teaching",
    "place_of_service": "11",
}
VISIT = """dx M17.11
dx I10
line 20610-RT x1 dx A
line 99213 x1 dx A,B
"""
STAY = """pdx J18.9 poa Y
dx J44.1 poa Y
dx L89.153 poa N
dispo 01
"""


def file(worksheet: str, **fields: Any) -> EncounterFile:
    said = {
        "on": "2026-03-02",
        "setting": "professional",
        "payer": "Medicare",
        "patient": {"born": "1951-04-18", "sex": "F"},
        "practitioner": {"role": "physician"},
        "earlier": [{"code": "99213", "day": "2025-11-03", "by": "same practitioner"}],
        "record": [],
        "prices": MANHATTAN,
    }
    return check(EncounterFile, said | fields | {"worksheet": worksheet}, "a test")


def reviewed(worksheet: str, **fields: Any) -> EncounterReview:
    return review(read_encounter(file(worksheet, **fields)))


def stay(worksheet: str = STAY, **fields: Any) -> EncounterReview:
    said = {
        "on": "2026-05-10",
        "setting": "inpatient",
        "admitted": "2026-05-06",
        "patient": {"born": "1948-01-02", "sex": "M"},
        "prices": {"hospital": "lakeside", "reports_poa": "yes"},
    }
    return reviewed(worksheet, **(said | fields))


def at_risk(one: EncounterReview, name: str) -> AtRisk:
    (found,) = [each.at_risk for each in one.findings if each.finding.id == name]
    return found


def wrong(place: str, severity: Severity = Severity.ERROR, name: str = "made.up") -> Finding:
    return Finding(name, place, "It is wrong.", "Mend it.", severity)


# Order


def test_findings_stand_in_the_order_of_the_worksheet_and_the_unreadable_among_them() -> None:
    found = reviewed("lin 1\ndx E11.9\ndx E10.9\nline 20610-RT x1 dx A\nline 99213 x1 dx A\nfoo\n")
    places = [one.finding.place for one in found.findings]
    assert places == sorted(places)
    assert places[0] == "line 1"
    assert places[-1] == "line 6"


def test_what_stands_on_no_line_comes_first_and_quotes_none() -> None:
    # The claim says how the patient left, which only an inpatient claim does.
    found = reviewed("dispo 01\ndx M17.11\nline 20610-RT x1 dx A\n")
    assert found.findings[0].finding.place == "the claim"
    assert written(found, "the claim") == ""
    assert written(found, "line 3") == "line 20610-RT x1 dx A"


def test_each_finding_names_the_place_of_its_rule_else_the_source_of_the_rule() -> None:
    found = reviewed("dx E11.9\ndx E10.9\nline 20610-RT x1 dx A\nline 99213 x1 dx A\n")
    sources = {one.finding.id: one.source for one in found.findings}
    assert sources["modifier.25"].startswith("NCCI policy manual ch. I.D")
    assert sources["dx.excludes1"] == "ICD-10-CM tabular list 2026-04, E11, Excludes1"


def test_counts_and_errors_are_told_apart() -> None:
    found = reviewed(VISIT)
    assert found.counts == {"error": 1, "warning": 0, "note": 0}
    assert found.has_errors
    assert not reviewed(VISIT.replace("99213", "99213-25")).has_errors


def test_every_need_of_an_edit_has_words_that_tell_what_to_say() -> None:
    assert set(TELL) == set(NEEDS)


def test_edits_that_are_not_told_enough_are_listed_by_what_to_say() -> None:
    found = reviewed(VISIT, patient={"born": "1951-04-18"})
    assert found.untold == {
        ("the patient's sex, F or M (patient: sex)",): ("patient.sex", "patient.pregnancy-sex")
    }
    assert {one["id"] for one in found.as_json()["not_judged"]} == {  # type: ignore[attr-defined]
        "patient.sex",
        "patient.pregnancy-sex",
    }


def test_a_day_without_code_sets_is_refused() -> None:
    with pytest.raises(NotInForce):
        reviewed(VISIT, on="2015-03-02")


# Money of a practitioner's claim


def test_a_finding_on_a_service_puts_the_payment_of_its_line_at_risk() -> None:
    # (1.30 x 1.065 + 1.35 x 1.166 + 0.10 x 1.656) x 33.4009 = 3.1242 x 33.4009 = 104.3511
    assert at_risk(reviewed(VISIT), "modifier.25") == AtRisk(
        Decimal("104.35"), "what the line pays"
    )


SHEET = read_encounter(file("dx A\ndx M17.11\ndx I10\nline 20610 x1 dx B\nline 99213 x1 dx B,C\n"))
PAID = Valuation(
    "a system",
    (
        Paid("line 4", "20610", Price(Decimal("75.80"), ())),
        Paid("line 5", "99213", Price(Decimal("104.35"), ())),
    ),
)


def test_a_finding_on_a_diagnosis_puts_the_lines_that_point_to_it_at_risk() -> None:
    stake = by_line(SHEET.coded, PAID)
    # 75.80 + 104.35 = 180.15
    assert stake(wrong("line 2")) == AtRisk(Decimal("180.15"), "what lines 4 and 5 pay for it")
    assert stake(wrong("line 3")) == AtRisk(Decimal("104.35"), "what line 5 pays for it")
    assert stake(wrong("line 1")) == AtRisk(None, "none: no priced line points to it")


def test_a_finding_on_the_claim_puts_all_of_it_at_risk_and_a_note_nothing() -> None:
    stake = by_line(SHEET.coded, PAID)
    assert stake(wrong("the claim")) == AtRisk(Decimal("180.15"), "what the claim pays")
    assert stake(wrong("line 5", Severity.NOTE)).amount is None


def test_a_line_without_a_price_is_said_and_never_counted_as_nothing() -> None:
    lines = (PAID.lines[0], Paid("line 5", "99213", None, "no units"))
    stake = by_line(SHEET.coded, Valuation("a system", lines))
    assert stake(wrong("line 5")) == AtRisk(None, "not priced: no units")
    said = "what lines 4 and 5 pay for it (line 5 not priced)"
    assert stake(wrong("line 2")) == AtRisk(Decimal("75.80"), said)
    assert stake(wrong("line 9")).why == "not priced: no service was read from the line"


def test_a_valuation_sums_what_is_known_and_knows_nothing_of_nothing() -> None:
    assert PAID.total == Decimal("180.15")
    assert Valuation("a system", why="why not").total is None


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"prices": {}}, "the file does not say prices: locality"),
        ({"prices": {"locality": "13202-01"}}, "the file does not say prices: participating"),
        (
            {"payer": "Aetna"},
            "Aetna pays by its own contract (prices: as_medicare takes Medicare's)",
        ),
    ],
    ids=["locality", "participating", "payer"],
)
def test_what_a_price_lacks_is_named(fields: dict[str, Any], why: str) -> None:
    found = reviewed(VISIT, **fields)
    assert (found.valued.why, found.valued.lines) == (why, ())
    assert at_risk(found, "modifier.25") == AtRisk(None, f"not priced: {why}")


def test_a_year_without_values_and_an_unknown_locality_are_named() -> None:
    official = {name: said for name, said in MANHATTAN.items() if name != "schedule"}
    assert "nothing in force on 2026-03-02" in reviewed(VISIT, prices=official).valued.why
    elsewhere = reviewed(VISIT, prices=MANHATTAN | {"locality": "00000-00"})
    assert "00000-00" in elsewhere.valued.why


def test_medicares_amounts_are_given_for_another_payer_where_they_are_asked_for() -> None:
    found = reviewed(VISIT, payer="Aetna", prices=MANHATTAN | {"as_medicare": "yes"})
    assert found.valued.total == Decimal("180.15")  # 75.80 + 104.35


# Stays


def test_a_stay_is_grouped_and_priced_with_its_arithmetic() -> None:
    found = stay()
    assert found.stay is not None
    assert found.stay.grouped is not None
    assert found.stay.grouped.drg == "194"
    # operating (4186.62 x 0.9312 + 2565.99) x 0.8059 = 5209.80, capital 499.20 x 0.8059 = 402.31
    assert found.valued.total == Decimal("5612.10")
    assert "MS-DRG 194 Simple Pneumonia and Pleurisy with CC" in as_text(found)


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


# Risk adjustment

RISK: dict[str, Any] = {
    "payment_year": "2026",
    "model": "V28",
    "plan": "MA",
    "dual_status": "00",
    "original_entitlement": "0",
    "kidney_failure": "no",
    "new_enrollee": "no",
    "institutional": "no",
    "special_needs": "no",
    "low_income": "no",
    "base_rate": "1000",
    "visit": {"setting": "office", "clinician": "physician", "signed": "yes"},
    "supports": [
        {"code": "E11.22", "treated": ["empagliflozin"]},
        {"code": "N18.31", "monitored": ["eGFR"]},
    ],
}


def at_risk_score(**fields: Any) -> EncounterReview:
    said = {"on": "2025-11-10", "patient": {"born": "1950-04-01", "sex": "F"}, "risk": RISK}
    return reviewed("dx E11.22\ndx N18.31\ndx I50.22\n", **(said | fields))


def test_a_diagnosis_without_support_puts_what_a_month_pays_at_risk() -> None:
    found = at_risk_score()
    assert found.risk is not None
    assert found.risk.score is not None
    # 0.465 + 0.166 + 0.360 + 0.127 + 0.112 + 0.176 = 1.406
    # 1.406 / 1.067 = 1.318, x (1 - 0.059) = 1.240
    assert found.risk.score.payment == Decimal("1.240")
    assert found.risk.month == "1240.00"
    # Without heart failure 0.465 + 0.166 + 0.127 = 0.758: / 1.067 = 0.710, x 0.941 = 0.668
    assert at_risk(found, "risk.unsupported") == AtRisk(
        Decimal("572.00"), "a month; the score is 0.668, not 1.240, without I50.22"
    )
    assert "A month pays 1240.00 dollars" in as_text(found)


def test_support_that_nobody_stated_is_not_judged() -> None:
    bare = {name: said for name, said in RISK.items() if name not in {"visit", "supports"}}
    found = at_risk_score(risk=bare)
    assert "risk.unsupported" not in {one.finding.id for one in found.findings}
    assert "Not judged: whether the record supports the diagnoses" in as_text(found)


def test_without_a_base_rate_the_score_is_said_and_not_the_money() -> None:
    bare = {name: said for name, said in RISK.items() if name != "base_rate"}
    assert at_risk(at_risk_score(risk=bare), "risk.unsupported").why == (
        "not priced: the score is 0.668, not 1.240, without I50.22; "
        "the file does not say risk: base_rate"
    )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (
            {"risk": RISK | {"payment_year": "2025"}},
            "diagnoses of 2025 are paid in 2026, not in 2025",
        ),
        ({"patient": {"born": "1950-04-01"}}, "the file does not say patient: sex"),
        (
            {"patient": {"born": "1980-04-01", "sex": "F"}},
            (
                "45 years old and entitled by age: below 65 Medicare begins by disability (1) or "
                "kidney failure (2, 3)"
            ),
        ),
    ],
    ids=["year", "sex", "entitlement"],
)
def test_a_score_that_cannot_be_says_why(fields: dict[str, Any], why: str) -> None:
    found = at_risk_score(**fields)
    assert found.as_json()["risk"] == {"hcc": None, "month": None, "open": "", "why": why}
    assert f"No risk score: {why}" in as_text(found)


def test_nothing_of_who_is_risk_adjusted_is_guessed() -> None:
    bare = {name: said for name, said in RISK.items() if name != "dual_status"}
    with pytest.raises(BadData, match=r"risk\.dual_status: Field required"):
        at_risk_score(risk=bare)
    with pytest.raises(BadData, match="give visit and supports together"):
        at_risk_score(risk={name: said for name, said in RISK.items() if name != "visit"})


# Days


def test_an_edit_whose_table_does_not_reach_the_day_is_not_judged_and_the_others_are() -> None:
    # Unit limits of the lab begin with 2026, the tabular list with 2025-10-01.
    found = reviewed("dx E11.9\ndx E10.9\nline 99213 x1 dx A\n", on="2025-11-10")
    assert {"dx.excludes1"} <= {one.finding.id for one in found.findings}
    told = {
        ids for tell, ids in found.untold.items() if tell[0].startswith("mue: nothing in force")
    }
    assert told == {("mue.line", "mue.day")}


# All

EVERYTHING = PricesRow(
    locality="13202-01",
    participating=True,
    qualifying_apm=False,
    billed_by="physician",
    place_of_service="11",
    schedule="teaching",
    hospital="lakeside",
    reports_poa=True,
    charges=Decimal(50000),
    as_medicare=True,
)


def test_every_example_of_every_edit_is_reviewed_or_refused_for_its_day() -> None:
    for name in edit_file_names():
        for one in examples(name):
            read = replace(read_encounter(one.encounter), prices=EVERYTHING)
            try:
                found = review(read)
            except NotInForce:
                continue
            assert found.valued.why or found.valued.lines, one
            assert as_text(found).startswith(f"{read.day}, ")
            for judged in found.findings:
                assert judged.source, one
                assert judged.at_risk.why, one
