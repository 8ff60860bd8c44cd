"""What the rules on pairs, units and add-on codes say, beyond their examples."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes.importers.run import run
from codinglab.codes.release import forget
from codinglab.core.findings import Finding, Severity
from codinglab.core.places import CACHE_VARIABLE, DATA_VARIABLE
from codinglab.edits import modifier_visit, ncci_add_on, ncci_modifiers, ncci_pairs, ncci_units
from codinglab.edits.review import judge
from codinglab.edits.rule import Edit
from codinglab.encounter.circumstances import (
    By,
    Circumstances,
    EarlierService,
    Setting,
    Statement,
)
from codinglab.encounter.coded import CodedEncounter, ServiceLine

DAY = date(2026, 3, 2)
PAIRS = (
    "20611\tJ3301\t\t20260101\t*\t1\tStandards of medical/surgical practice\n"
    "20611\t99213\t\t20260101\t20260331\t1\tCPT Manual or CMS manual coding instruction\n"
)
LIMITS = (
    "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n"
    "J3301,16,3 Date of Service Edit: Clinical,Prescribing Information\n"
    "80061,2,1 Line Edit,Nature of Analyte\n"
)


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    for kind, text in (("ncci_ptp_practitioner", PAIRS), ("mue_practitioner", LIMITS)):
        file = tmp_path / f"{kind}.txt"
        file.write_text(text, encoding="cp1252")
        run(kind, file, "2026-Q1", accept_licence=True, partial=True)
    yield
    monkeypatch.undo()
    forget()


def coded(
    *lines: str, payer: str = "Medicare", setting: Setting = "professional"
) -> CodedEncounter:
    """Return an encounter of lines like "20611-RT x1"."""
    made = []
    for number, text in enumerate(lines, 1):
        marked, units = text.split(" x")
        code, *modifiers = marked.split("-")
        made.append(ServiceLine(code, f"line {number}", tuple(modifiers), int(units)))
    about = Circumstances(setting, payer, earlier=(), record=())
    return CodedEncounter(lines=tuple(made), about=about)


def found(rule: Edit, encounter: CodedEncounter, day: date = DAY) -> list[tuple[str, Severity]]:
    return [(one.place, one.severity) for one in rule(encounter, day)]


def only(rule: Edit, encounter: CodedEncounter) -> Finding:
    (one,) = rule(encounter, DAY)
    return one


def test_the_finding_names_both_codes_the_remedy_and_where_the_pair_stands() -> None:
    one = only(ncci_pairs.pair, coded("94060 x1", "99213 x1"))
    assert one.message == (
        "99213 is paired with 94060 on line 1 and is not paid beside it without a modifier."
    )
    assert one.remedy == (
        "If the record shows a significant visit of its own, put modifier 25 on it; "
        "else take the visit out."
    )
    assert one.cite is not None
    assert one.cite.place == "column 1 94060, column 2 99213"


def test_the_table_binds_medicare_and_others_may_follow_it() -> None:
    lines = ("85025 x1", "85027 x1")
    assert found(ncci_pairs.pair, coded(*lines)) == [("line 2", Severity.ERROR)]
    assert found(ncci_pairs.pair, coded(*lines, payer="Commercial")) == [
        ("line 2", Severity.WARNING)
    ]


@pytest.mark.parametrize("modifiers", ["XS", "59", "LT", "F5"])
@pytest.mark.parametrize("on_column_1", [True, False])
def test_a_modifier_on_either_line_opens_a_pair_of_procedures(
    modifiers: str, on_column_1: bool
) -> None:
    one, other = ("20611", f"20610-{modifiers}")
    if on_column_1:
        one, other = (f"20611-{modifiers}", "20610")
    assert found(ncci_pairs.pair, coded(f"{one} x1", f"{other} x1")) == []


@pytest.mark.parametrize("modifier", ["22", "51", "76", "26", "GA"])
def test_a_modifier_outside_the_list_opens_nothing(modifier: str) -> None:
    assert found(ncci_pairs.pair, coded("20611 x1", f"20610-{modifier} x1")) == [
        ("line 2", Severity.ERROR)
    ]


@pytest.mark.parametrize("modifier", ["24", "25", "57"])
def test_a_visit_is_set_apart_by_a_modifier_of_its_own(modifier: str) -> None:
    assert found(ncci_pairs.pair, coded("94060 x1", f"99213-{modifier} x1")) == []
    assert found(ncci_pairs.pair, coded(f"94060-{modifier} x1", "99213 x1")) == [
        ("line 2", Severity.ERROR)
    ]


def test_lines_of_two_days_are_no_pair() -> None:
    encounter = coded("85025 x1", "85027 x1")
    later = replace(encounter.lines[1], day=date(2026, 3, 3))
    assert found(ncci_pairs.pair, replace(encounter, lines=(encounter.lines[0], later))) == []


def test_of_three_lines_every_pair_is_named() -> None:
    found_lines = found(ncci_pairs.pair, coded("93000 x1", "93005 x1", "93010 x1"))
    assert found_lines == [("line 2", Severity.ERROR), ("line 3", Severity.ERROR)]


def test_inpatient_stays_are_not_judged_by_pairs() -> None:
    encounter = coded("85025 x1", "85027 x1", setting="inpatient")
    ids = {one.id for one in judge(encounter, DAY, frozenset({"pairs", "units"})).findings}
    assert ids == set()


def said_of(encounter: CodedEncounter, *, beside: frozenset[str] = frozenset()) -> list[str]:
    """Return the ids of what all edits find, without those that are about something else."""
    return [one.id for one in judge(encounter, DAY).findings if one.id not in beside]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (("20611-RT x1", "99213 x1"), "modifier.25"),
        (("99213 x1", "10061 x1"), "modifier.25"),
        (("90471 x1", "99213 x1"), "modifier.25"),
        (("94060 x1", "99213 x1"), "ncci.pair"),
        (("36415 x1", "99211 x1"), "ncci.pair"),
        (("G0439 x1", "99213 x1"), "visit.preventive-with-problem"),
        (("99205 x1", "99204 x1"), "visit.two-levels"),
        (("90471 x1", "90473 x1"), "vaccine.two-first"),
    ],
)
def test_a_missing_25_and_its_pair_are_one_finding(lines: tuple[str, ...], rule: str) -> None:
    other = frozenset({"pointer.none", "visit.established", "vaccine.given-alone"})
    assert said_of(coded(*lines), beside=other) == [rule]


def test_the_finding_on_25_names_the_pair_and_weighs_as_it_does() -> None:
    (one,) = modifier_visit.separate_visit(coded("90471 x1", "99213 x1"), DAY)
    assert one.severity is Severity.ERROR
    assert one.cite is not None
    assert one.cite.place == "column 1 90471, column 2 99213"
    (one,) = modifier_visit.separate_visit(coded("90471 x1", "99213 x1", payer="PPO"), DAY)
    assert one.severity is Severity.WARNING


def with_earlier(encounter: CodedEncounter, *earlier: EarlierService) -> CodedEncounter:
    return replace(encounter, about=replace(encounter.circumstances, earlier=earlier))


def test_a_service_of_the_same_practitioner_on_another_claim_of_the_day_is_paired() -> None:
    before = EarlierService("85025", DAY, "same practitioner")
    one = only(ncci_pairs.pair, with_earlier(coded("85027 x1"), before))
    assert one.place == "line 1"
    assert one.message == (
        "85027 is paired with 85025 on another claim of the day and is not paid beside it "
        "without a modifier."
    )
    # the part was billed first: the finding stands on the line of this claim
    part = EarlierService("85027", DAY, "same practitioner")
    assert found(ncci_pairs.pair, with_earlier(coded("85025 x1"), part)) == [
        ("line 1", Severity.ERROR)
    ]
    opened = replace(before, modifiers=("XE",))
    assert found(ncci_pairs.pair, with_earlier(coded("85027 x1"), opened)) == []


@pytest.mark.parametrize("by", ["another", "same group and specialty"])
def test_what_others_did_that_day_is_no_pair(by: By) -> None:
    before = EarlierService("85025", DAY, by)
    assert found(ncci_pairs.pair, with_earlier(coded("85027 x1"), before)) == []


def test_two_services_of_other_claims_are_not_this_claims_matter() -> None:
    both = [EarlierService(code, DAY, "same practitioner") for code in ("85025", "85027")]
    assert found(ncci_pairs.pair, with_earlier(coded("71046 x1"), *both)) == []


def test_one_problem_is_one_finding() -> None:
    encounter = coded("80053 x1", "80048-59 x1")
    families = frozenset({"pairs"})
    assert [one.id for one in judge(encounter, DAY, families).findings] == ["ncci.modifier-zero"]


def test_a_starter_table_only_notes_a_modifier_that_seems_to_lack_a_pair() -> None:
    assert found(ncci_modifiers.without_need, coded("20611-RT x1", "J3301-59 x4")) == [
        ("line 2", Severity.NOTE)
    ]


@pytest.mark.usefixtures("imported")
def test_a_whole_table_warns_of_it() -> None:
    assert found(ncci_modifiers.without_need, coded("20611-59 x1", "80061 x1")) == [
        ("line 1", Severity.WARNING)
    ]
    assert found(ncci_modifiers.without_need, coded("20611 x1", "J3301-59 x4")) == []


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize(
    ("day", "source"),
    [
        (date(2026, 3, 31), "ncci_ptp_practitioner 2026-Q1"),
        (date(2026, 4, 1), "CMS NCCI PTP practitioner table 2024-07-01"),
    ],
)
def test_after_the_imported_quarter_the_starter_pairs_answer_again(day: date, source: str) -> None:
    (one,) = modifier_visit.separate_visit(coded("20611 x1", "99213 x1"), day)
    assert one.cite is not None
    assert one.cite.release == source


@pytest.mark.usefixtures("imported")
def test_a_clinical_limit_for_the_day_is_a_warning_and_may_be_appealed() -> None:
    one = only(ncci_units.by_day, coded("J3301-RT x10", "J3301-LT x7"))
    # 10 + 7 = 17 units, one more than 16
    assert one.message == "J3301 has 17 units on the day; Medicare takes 16."
    assert one.severity is Severity.WARNING
    assert (
        one.remedy == "Count again; if the record shows them all, bill them and appeal the denial."
    )
    assert found(ncci_units.by_day, coded("J3301-RT x10", "J3301-LT x6")) == []


@pytest.mark.usefixtures("imported")
def test_a_limit_by_line_lets_a_second_line_pass() -> None:
    assert found(ncci_units.by_line, coded("80061 x3")) == [("line 1", Severity.ERROR)]
    assert found(ncci_units.by_line, coded("80061 x2", "80061-91 x2")) == []
    assert found(ncci_units.by_day, coded("80061 x2", "80061-91 x2")) == []


def test_a_policy_limit_for_the_day_counts_all_lines() -> None:
    one = only(ncci_units.by_day, coded("17000 x1", "17003 x10", "17003-59 x4"))
    # 10 + 4 = 14 units, one more than 13
    assert (one.place, one.message) == (
        "line 3",
        "17003 has 14 units on the day; Medicare takes 13.",
    )
    assert one.severity is Severity.ERROR


def test_two_lines_over_the_limit_are_one_finding() -> None:
    assert found(ncci_units.by_day, coded("17003 x14", "17003-59 x14")) == [
        ("line 1", Severity.ERROR)
    ]


def test_an_add_on_beside_a_code_outside_the_tables_is_only_noted() -> None:
    assert found(ncci_add_on.alone, coded("11105 x1", "99499 x1")) == [("line 1", Severity.NOTE)]
    assert found(ncci_add_on.alone, coded("11105 x1", "20611 x1")) == [("line 1", Severity.ERROR)]


def test_an_add_on_whose_primaries_are_not_known_here_is_not_judged_beside_another_code() -> None:
    assert found(ncci_add_on.alone, coded("G0279 x1", "99213 x1")) == []
    assert found(ncci_add_on.alone, coded("90472 x1", "90471 x1")) == []
    assert found(ncci_add_on.alone, coded("90472 x1", "99213 x1")) == [("line 1", Severity.ERROR)]


def test_the_record_may_speak_of_either_code() -> None:
    encounter = coded("17110 x1", "17000-XS x1")
    about = replace(
        encounter.circumstances, record=(Statement("distinct", ("17110",), "other site"),)
    )
    assert found(ncci_modifiers.undocumented, replace(encounter, about=about)) == []
    assert found(ncci_modifiers.undocumented, encounter) == [("line 2", Severity.ERROR)]
