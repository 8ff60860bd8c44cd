"""Modifiers are judged by the fee schedule's indicators, and what is not known is said to be so."""

import pytest
from services_made_up import earlier, findings, said, says

from codinglab.core.findings import Severity


@pytest.mark.parametrize(
    ("rule", "line", "what"),
    [
        ("modifier.50", "G0268-50", "bilateral indicator"),
        ("modifier.26-tc", "G0399-26", "PC/TC indicator"),
        ("modifier.assistant", "G0168-80", "assistant indicator"),
        ("modifier.54-55-56", "G0168-55", "global period"),
    ],
)
def test_an_indicator_that_is_not_here_is_a_note(rule: str, line: str, what: str) -> None:
    (one,) = findings(rule, f"line {line}")
    assert one.severity is Severity.NOTE
    assert one.message == f"The {what} of {line[:5]} is not known here, so this was not judged."


@pytest.mark.parametrize(
    ("code", "count"), [("20611", 0), ("73610", 0), ("10061", 1), ("85025", 1), ("G0279", 1)]
)
def test_50_goes_with_bilateral_indicators_1_and_3_and_not_with_0_9_and_2(
    code: str, count: int
) -> None:
    assert len(said("modifier.50", f"line {code}-50")) == count


def test_the_finding_on_50_says_what_the_indicator_means_and_where_it_stands() -> None:
    (one,) = findings("modifier.50", "line G0279-50")
    assert one.message == ("G0279 has bilateral indicator 2: the code is for both sides already.")
    assert one.remedy.endswith("[CMS PPRRVU 2025 RVU25D].")


@pytest.mark.parametrize(
    ("code", "modifier", "count"),
    [
        *(("70450", "26", 0), ("70450", "TC", 0), ("93000", "26", 1), ("10061", "TC", 1)),
        *(("G0404", "TC", 1), ("G0405", "26", 1)),
    ],
)
def test_26_and_tc_split_only_what_has_two_parts(code: str, modifier: str, count: int) -> None:
    assert len(said("modifier.26-tc", f"line {code}-{modifier}")) == count


@pytest.mark.parametrize(
    ("line", "grade"), [("70450-80", Severity.WARNING), ("25605-80", Severity.ERROR)]
)
def test_an_assistant_needs_documents_by_indicator_0_and_is_not_paid_by_1(
    line: str, grade: Severity
) -> None:
    (one,) = findings("modifier.assistant", f"line {line}")
    assert one.severity is grade


@pytest.mark.parametrize(
    ("modifiers", "count"),
    [("26-RT", 0), ("RT-26", 1), ("50-59", 0), ("59-50", 1), ("RT-GA", 0), ("GA-RT", 0)],
)
def test_what_changes_the_price_stands_first(modifiers: str, count: int) -> None:
    assert len(said("modifier.order", f"line 73610-{modifiers}")) == count


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("99213-76", ["Modifier 76 is not for visits; 99213 is one."]),
        ("10061-24", ["Modifier 24 is for visits; 10061 is none."]),
        ("99213-25", []),
        ("10061-79", []),
        ("99406-25", []),
    ],
)
def test_a_modifier_on_the_wrong_kind_of_line_is_named(line: str, ids: list[str]) -> None:
    assert said("modifier.kind", f"line {line}") == ids


@pytest.mark.parametrize(
    ("sheet", "grades"),
    [
        ("line 99213; line 10061", [Severity.ERROR]),  # 010
        ("line 99213; line 20611-RT", [Severity.ERROR]),  # 000
        ("line 99213; line 90471; line 90715", [Severity.ERROR]),  # NCCI pairs 90471 with it
        ("line 99213; line 96372; line J3301", [Severity.WARNING]),  # no period, pair not known
        ("line 99213; line G0008; line 90656", []),  # not paired: Medicare's own code
        ("line 99213; line 85025; line 71046", []),  # without a period, laboratory and film
        ("line 99213; line 25605-RT", []),  # 090 is 57's
        ("line 99213-24; line 10061", [Severity.WARNING]),  # 24 is of another surgery
        ("line G0439; line 10061", []),  # a wellness visit is no visit that NCCI pairs
        ("line 99213-25", [Severity.WARNING]),  # alone
    ],
)
def test_25_by_what_stands_beside_the_visit(sheet: str, grades: list[Severity]) -> None:
    assert [one.severity for one in findings("modifier.25", sheet)] == grades


def test_25_counts_a_procedure_that_this_practitioner_billed_on_another_claim() -> None:
    same, other = earlier("10061", "2026-03-02"), earlier("10061", "2026-03-02", "another")
    assert len(said("modifier.25", "line 99213", earlier=[same])) == 1
    assert said("modifier.25", "line 99213", earlier=[other]) == []


def test_a_notice_turns_ga_from_wrong_to_right_and_gz_from_right_to_wrong() -> None:
    notice = [says("notice of noncoverage", "17000")]
    for modifier, rule, without, with_notice in (
        ("GA", "modifier.ga-gx", 1, 0),
        ("GZ", "modifier.gz", 0, 1),
    ):
        sheet = f"line 17000-{modifier}"
        assert len(said(rule, sheet, record=[])) == without
        assert len(said(rule, sheet, record=notice)) == with_notice


@pytest.mark.parametrize(
    ("pair", "count"),
    [("GA-GZ", 1), ("GA-GX", 1), ("GX-GZ", 1), ("GX-GY", 0), ("52-53", 1), ("50-51", 0)],
)
def test_modifiers_that_cannot_both_be_true(pair: str, count: int) -> None:
    assert len(said("modifier.conflict", f"line 17000-{pair}")) == count


def test_sound_alone_is_93_or_fq_and_the_record_decides() -> None:
    record = [says("telehealth", "99213", value="audio only")]
    assert said("modifier.93", "line 99213-93 pos 10", record=record) == []
    assert said("modifier.93", "line 99213-FQ pos 10", record=record) == []
    (one,) = findings("modifier.93", "line 99213-95 pos 10", record=record)
    assert one.remedy == "Put 93 in the place of 95."


def test_supervision_by_video_is_enough_for_a_visit_and_not_for_ten_days_of_package() -> None:
    staff = {"role": "nonphysician practitioner"}
    for code, count in (("99213", 0), ("20611", 0), ("17000", 1)):
        record = [says("supervised", code, value="by video")]
        found = said(
            "visit.incident-to-supervision", f"line {code}-SA", practitioner=staff, record=record
        )
        assert len(found) == count
