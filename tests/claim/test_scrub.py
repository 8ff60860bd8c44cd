"""The scrubber's report: its order, its verdicts, what it says once, and what it leaves open."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from made_claims import CLAIMS

from codinglab.claim.scrub import scrub, unsaid
from codinglab.claim.scrub_catalog import CLAIM_EDITS
from codinglab.claim.scrub_encounter import encounter_of, setting_of
from codinglab.claim.scrub_report import ScrubbedClaim
from codinglab.claim.scrub_rule import STAGES, Sent
from codinglab.claim.scrub_terms import TimelyFiling, all_terms, last_day_to_file, terms_of
from codinglab.claim.scrub_text import REJECTED, as_text
from codinglab.claim.scrub_wire import owned, text_of
from codinglab.claim.snip_catalog import WIRE_RULES
from codinglab.core.findings import Finding, Severity
from codinglab.edits.catalog import EDITS
from codinglab.x12.check import check
from codinglab.x12.rulebook import catalog

DAY = date(2026, 4, 1)
VISIT = CLAIMS["office visit"]
SECOND = CLAIMS["secondary"]
OF_NO_RULE = {"x12.npi", "x12.state", "x12.claim_twice", "x12.period_reversed", "x12.nine_digits"}


def judged(**fields: object) -> ScrubbedClaim:
    (one,) = scrub(replace(VISIT, **fields), DAY).claims
    return one


def ids(one: ScrubbedClaim) -> list[str]:
    return [each.finding.id for each in one.findings]


def with_faults() -> ScrubbedClaim:
    """One fault for each station: payer, NPI, diagnosis, filing limit."""
    late = tuple(replace(one, first=date(2025, 3, 3)) for one in VISIT.lines)
    return judged(
        billing=replace(VISIT.billing, npi="1234567890"),
        coverages=(replace(VISIT.coverages[0], member_id="1EGOTE5MK73"),),
        lines=late,
    )


def test_rejections_come_first_and_within_them_registration_before_providers() -> None:
    found = [(each.rejects, each.stage, each.finding.id) for each in with_faults().findings]
    assert found[:3] == [
        (True, "registration", "member.medicare"),
        (True, "provider", "provider.npi"),
        (False, "money", "filing.late"),
    ]


def test_each_finding_says_who_mends_it() -> None:
    fixers = {each.finding.id: each.fixer for each in with_faults().findings}
    assert fixers["member.medicare"] == "front desk"
    assert fixers["provider.npi"] == "provider enrolment"
    assert fixers["filing.late"] == "biller"


def test_what_the_wire_and_the_claim_both_say_is_said_once() -> None:
    assert ids(judged(billing=replace(VISIT.billing, npi="1234567890"))).count("provider.npi") == 1
    assert "x12.npi" not in ids(judged(billing=replace(VISIT.billing, npi="1234567890")))


def test_what_an_edit_on_lines_and_a_rule_on_claims_both_say_is_said_once() -> None:
    lines = (replace(VISIT.lines[0], pointers=()), *VISIT.lines[1:])
    found = ids(judged(lines=lines))
    assert found.count("pointer.none") == 1


def test_a_decision_told_of_no_line_is_a_warning_on_a_professional_claim() -> None:
    whole = replace(
        SECOND.prior[0], lines=(), adjustments=SECOND.prior[0].lines[0].adjustments
    )  # 150.00 = 70.56 + 60.00 + 1.44 + 18.00
    (one,) = scrub(replace(SECOND, prior=(whole,)), date(2026, 4, 1)).claims
    found = {each.finding.id: each.finding.severity for each in one.findings}

    assert found["cob.balance"] is Severity.WARNING
    assert one.is_clean


def test_an_edit_on_lines_is_asked_too() -> None:
    lines = (*VISIT.lines, replace(VISIT.lines[0], code="99213"))
    assert "visit.two-levels" in ids(judged(lines=lines))


def test_a_claim_without_an_error_is_clean_though_a_note_remains() -> None:
    one = judged()
    assert one.is_clean
    assert not one.is_rejected
    assert {each.finding.severity for each in one.findings} == {Severity.NOTE}


def test_a_claim_to_nobody_is_told_so_and_nothing_else() -> None:
    assert ids(judged(coverages=())) == ["coverage.none"]


def test_a_claim_that_cannot_be_written_is_a_finding_and_not_an_error() -> None:
    one = judged(note="call *67")
    assert ids(one)[0] == "wire.cannot-write"
    assert not one.is_clean


def test_the_batch_counts_its_clean_claims() -> None:
    bad = replace(VISIT, account="OV2", diagnoses=())
    report = scrub([VISIT, bad], DAY)
    assert report.clean_rate == (1, 2)
    assert not report.is_clean


def test_what_cannot_be_judged_for_want_of_a_code_set_is_listed() -> None:
    old = tuple(replace(one, first=date(2019, 3, 4)) for one in VISIT.lines)
    one = judged(lines=old)
    open_questions = {each.id: each.why for each in one.not_judged}
    assert "place_of_service: nothing in force on 2019-03-04" in open_questions["line.place"]


def test_a_payer_without_a_companion_file_is_listed_as_not_judged() -> None:
    payer = replace(VISIT.coverages[0].payer, payer_id="TRN99")
    one = judged(coverages=(replace(VISIT.coverages[0], payer=payer),))
    assert [each.why for each in one.not_judged if each.id == "payer's own terms"] == [
        "no companion file of payer TRN99"
    ]
    assert one.last_day is None


def test_the_text_tells_verdict_fixer_and_that_rejected_is_not_denied() -> None:
    bad = replace(VISIT, diagnoses=())
    said = as_text(scrub(bad, DAY))
    assert said.startswith("Claim OV1001: not clean, ")
    assert "Registration" not in said
    assert "  Coding (the front end rejects it)\n" in said
    assert (
        "      A diagnosis is missing.\n      Do (coder): Code the reason for the visit.\n" in said
    )
    assert said.endswith(f"0 of 1 claims are clean.\n{REJECTED}")


def test_the_json_has_stable_keys() -> None:
    (one,) = scrub(replace(VISIT, diagnoses=()), DAY).as_json()["claims"]
    first = one["findings"][0]
    assert sorted(one) == [
        "account",
        "clean",
        "findings",
        "last_day_to_file",
        "not_judged",
        "rejected",
    ]
    assert sorted(first) == [
        *("answer", "at", "cite", "fixer", "id", "message", "origin", "place"),
        *("rejects", "remedy", "severity", "snip", "stage"),
    ]
    assert one["last_day_to_file"] == "2027-03-03"


def test_medicare_takes_a_claim_for_a_calendar_year() -> None:
    assert last_day_to_file(VISIT) == date(2027, 3, 3)


def test_a_leap_day_ends_its_year_on_the_28th() -> None:
    limit = TimelyFiling(years=1, source="42 CFR 424.44")
    assert limit.until(date(2024, 2, 29)) == date(2025, 2, 28)


def test_ninety_days_are_counted_from_the_last_day_of_service() -> None:
    child = CLAIMS["patient not subscriber"]
    assert terms_of(child) is all_terms()["TRN02"]
    assert last_day_to_file(child) == date(2026, 3, 3) + timedelta(days=90)


def test_a_limit_says_either_days_or_years() -> None:
    with pytest.raises(ValueError, match="either days or years"):
        TimelyFiling(days=90, years=1, source="both")


def test_every_companion_file_states_where_its_limit_comes_from() -> None:
    assert {"TRN01", "TRN02", "TRN08", "TRNMB", "TRNSP"} <= all_terms().keys()
    assert all(one.timely_filing.source and one.source for one in all_terms().values())


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("office visit", "professional"),
        ("inpatient", "inpatient"),
        ("outpatient hospital", "outpatient"),
    ],
)
def test_the_setting_follows_the_kind_and_the_type_of_bill(name: str, setting: str) -> None:
    assert setting_of(CLAIMS[name]) == setting


def test_the_coded_encounter_of_a_claim_tells_what_the_claim_does() -> None:
    found = encounter_of(CLAIMS["anesthesia"])
    assert [one.code for one in found.diagnoses] == ["S52.531A", "W01.0XXA"]
    assert found.lines[0].units == 1  # minutes are no units
    assert found.lines[0].place_of_service == "24"
    assert found.circumstances.payer == "Northfield Mutual"
    assert encounter_of(VISIT).circumstances.payer == "Medicare"


def test_rules_stand_in_the_order_of_work() -> None:
    stages = [STAGES.index(one.stage) for one in CLAIM_EDITS]
    assert stages == sorted(stages)


def test_every_edit_that_a_rule_stands_for_exists() -> None:
    known = {one.id for one in EDITS}
    assert {name for one in CLAIM_EDITS for name in one.instead} <= known


def test_a_rule_is_not_asked_of_another_kind_of_claim() -> None:
    rule = next(one for one in CLAIM_EDITS if one.id == "bill.revenue-code")
    assert rule(Sent(VISIT), DAY) == ()


def test_a_charge_in_parts_of_a_cent_is_found_and_a_whole_one_with_zeros_is_not() -> None:
    def charged(text: str) -> list[str]:
        line = replace(VISIT.lines[0], charge=Decimal(text))
        return ids(judged(lines=(line, *VISIT.lines[1:])))

    assert "charge.none" in charged("210.001")
    assert "charge.none" not in charged("210.000")


def test_every_rule_on_the_wire_has_a_rule_on_claims_that_says_the_same() -> None:
    assert {one.id for one in WIRE_RULES} <= {name for one in CLAIM_EDITS for name in one.wire}


def test_every_finding_on_the_wire_that_a_rule_stands_for_exists() -> None:
    known = {one.id for one in (*WIRE_RULES, *catalog())} | OF_NO_RULE
    assert {name for one in CLAIM_EDITS for name in one.wire} <= known


def test_the_code_editor_is_asked_of_a_medicare_stay() -> None:
    stay = CLAIMS["inpatient"]
    first = (replace(stay.diagnoses[0], code="Z76.89"), *stay.diagnoses[1:])
    (one,) = scrub(replace(stay, diagnoses=first), DAY).claims
    assert "mce.unacceptable-principal" in ids(one)


def test_the_code_editor_is_not_asked_of_other_payers() -> None:
    stay = CLAIMS["inpatient"]
    plan = CLAIMS["replacement"].coverages
    first = (replace(stay.diagnoses[0], code="Z76.89"), *stay.diagnoses[1:])
    (one,) = scrub(replace(stay, coverages=plan, diagnoses=first), DAY).claims
    assert [name for name in ids(one) if name.startswith("mce.")] == []


def test_the_frame_has_a_row_a_finding() -> None:
    frame = scrub(replace(VISIT, diagnoses=()), DAY).frame()
    first = frame.iloc[0]
    assert (first["account"], first["id"], first["answer"]) == (
        "OV1001",
        "diagnosis.none",
        "A6 254",
    )
    assert first["rejects"]
    assert frame["severity"].tolist().count("error") == 1


def test_what_was_found_while_building_is_not_said_again() -> None:
    coverage = replace(VISIT.coverages[0], member_id="")
    report = scrub(replace(VISIT, coverages=(coverage,)), DAY)
    built = (
        Finding("claim.member-id", "item 1a, 2010BA NM109", "No member number.", "Copy it."),
        Finding("claim.split", "the claim file", "Split in two.", "Nothing."),
    )
    assert [one.id for one in unsaid(built, report)] == ["claim.split"]


def test_a_finding_of_the_building_is_known_by_its_id_where_a_rule_says_the_same() -> None:
    report = scrub(replace(VISIT, billing=replace(VISIT.billing, npi="1234567890")), DAY)
    built = (
        Finding("claim.npi", "item 33a, 2010AA NM109", "The NPI cannot be right.", "Copy it."),
        Finding("claim.facility", "item 32, 2310C NM103", "No facility.", "State it."),
    )
    assert [one.id for one in unsaid(built, report)] == ["claim.facility"]


def test_what_the_guide_finds_above_a_claim_belongs_to_the_claim_below_it() -> None:
    text = text_of([VISIT, replace(CLAIMS["secondary"], account="SC2")], DAY)
    bad = text.replace("N3*3 Canal Street~\n", "", 1)
    found = [one for one in owned(bad, check(bad)) if one.id != "x12.segment_count"]
    assert {one.claim for one in found} == {"SC2"}
