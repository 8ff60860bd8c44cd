"""Whole encounters against a small imported table: what NCCI and MUE say, and what they do not.

The pairs and limits are made up in CMS's format, so that every indicator and every turn of dates
is there; each comment says what the published rule makes of the encounter.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes.importers.run import run
from codinglab.codes.release import forget
from codinglab.core.places import CACHE_VARIABLE, DATA_VARIABLE
from codinglab.edits.review import judge
from codinglab.encounter.circumstances import Circumstances, EarlierService, Setting, Statement
from codinglab.encounter.coded import CodedEncounter, ServiceLine

PAIRS = (
    "10061\t10060\t\t20240101\t*\t1\tMore extensive procedure\r\n"
    "10061\t99213\t\t20240101\t*\t1\tCPT Manual or CMS manual coding instruction\r\n"
    "11400\t12001\t*\t19960101\t20260131\t1\tStandards of medical/surgical practice\r\n"
    "12034\t12032\t\t20000101\t20260331\t1\tCPT Manual or CMS manual coding instruction\r\n"
    "12034\t12032\t\t20260401\t*\t0\tCPT Manual or CMS manual coding instruction\r\n"
    "17110\t17000\t\t20050101\t*\t9\tMutually exclusive procedures\r\n"
    "20611\t20610\t\t20150101\t20150101\t1\tHCPCS/CPT procedure code definition\r\n"
    "80053\t80048\t\t20000101\t*\t0\tHCPCS/CPT procedure code definition\r\n"
    "96360\t99211\t\t20200101\t*\t0\tMisuse of Column Two code with Column One code\r\n"
)
LIMITS = (
    '"HCPCS/\r\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,'
    "MUE Rationale\r\n"
    "17003,13,2 Date of Service Edit: Policy,Code Descriptor / CPT Instruction\r\n"
    "20610,1,2 Date of Service Edit: Policy,Anatomic Consideration\r\n"
    "80061,2,1 Line Edit,Nature of Analyte\r\n"
    "99051,0,2 Date of Service Edit: Policy,CMS Policy\r\n"
    "J3301,16,3 Date of Service Edit: Clinical,Prescribing Information\r\n"
)
DAY = date(2026, 3, 2)
JUDGED = ("ncci.", "mue.", "addon.alone", "modifier.25")


@pytest.fixture(autouse=True, scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("ncci")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(home / "data"))
        patch.setenv(CACHE_VARIABLE, str(home / "cache"))
        for kind, text in (("ncci_ptp_practitioner", PAIRS), ("mue_practitioner", LIMITS)):
            file: Path = home / f"{kind}.txt"
            file.write_bytes(text.encode("cp1252"))
            run(kind, file, "2026", accept_licence=True, partial=True)
        yield
    forget()


def coded(
    written: str,
    payer: str = "Medicare",
    setting: Setting = "professional",
    earlier: tuple[EarlierService, ...] = (),
    record: tuple[Statement, ...] = (),
) -> CodedEncounter:
    """Return an encounter of lines written "20611-RT x1; 20610 x1"."""
    made = []
    for number, text in enumerate(written.split("; "), 1):
        marked, units = text.split(" x")
        code, *modifiers = marked.split("-")
        made.append(ServiceLine(code, f"line {number}", tuple(modifiers), int(units), "11"))
    about = Circumstances(setting, payer, earlier=earlier, record=record)
    return CodedEncounter(lines=tuple(made), about=about)


def said(encounter: CodedEncounter, day: date = DAY) -> list[tuple[str, str, str]]:
    """Return rule, line and weight of what the rules on pairs, units and add-ons find."""
    return [
        (one.id, one.place, one.severity.value)
        for one in judge(encounter, day).findings
        if one.id.startswith(JUDGED)
    ]


APART = (Statement("distinct", ("10060", "12001", "12032", "80048"), "other site"),)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # indicator 1 and no modifier: the column 2 code is denied, on whatever line it stands
        ("10061 x1; 10060 x1", [("ncci.pair", "line 2", "error")]),
        ("10060 x1; 10061 x1", [("ncci.pair", "line 1", "error")]),
        # the modifier may stand on either column (since July 2019)
        ("10061 x1; 10060-XS x1", []),
        ("10061-XS x1; 10060 x1", []),
        # 59 where the record tells of another site: taken, and XS says it better
        ("10061 x1; 10060-59 x1", [("ncci.exact", "line 2", "note")]),
        # XE says another encounter, and the record another site
        ("10061 x1; 10060-XE x1", [("ncci.exact", "line 2", "warning")]),
        # 59 and XS on one line: the exact one alone
        ("10061 x1; 10060-59-XS x1", [("ncci.both", "line 2", "error")]),
        # 51, 22 and 76 are not associated with NCCI
        ("10061 x1; 10060-51 x1", [("ncci.pair", "line 2", "error")]),
        ("10061 x1; 10060-76 x1", [("ncci.pair", "line 2", "error")]),
        # sides: two of them set apart, the same one does not
        ("10061-RT x1; 10060-LT x1", []),
        ("10061-RT x1; 10060-RT x1", [("ncci.same-site", "line 2", "warning")]),
        # indicator 0: no modifier helps
        ("80053 x1; 80048 x1", [("ncci.never", "line 2", "error")]),
        ("80053 x1; 80048-91 x1", [("ncci.never", "line 2", "error")]),
        ("80053 x1; 80048-59 x1", [("ncci.modifier-zero", "line 2", "error")]),
        ("80053-XU x1; 80048 x1", [("ncci.modifier-zero", "line 1", "error")]),
        # indicator 9: the edit was deleted as of its first day
        ("17110 x1; 17000 x1", []),
        # effective and deleted on one day: it never applied
        ("20611-RT x1; 20610-RT x1", []),
        # a visit is set apart by 25 alone, and its rule says so once
        ("10061 x1; 99213 x1", [("modifier.25", "line 2", "error")]),
        ("10061 x1; 99213-25 x1", []),
        (
            "10061-25 x1; 99213 x1",
            [
                ("modifier.25", "line 2", "error"),
                ("modifier.25-on-procedure", "line 1", "error"),
            ],
        ),
        # the lowest visit beside fluids: indicator 0, so that 25 is not asked for
        ("96360 x1; 99211 x1", [("ncci.never", "line 2", "error")]),
        # three lines: the pair is told, and the stranger is not
        ("10061 x1; 71046 x1; 10060 x1", [("ncci.pair", "line 3", "error")]),
        # two sizes of one repair, until March a pair that a modifier opens
        ("12034 x1; 12032-XS x1", []),
    ],
)
def test_pairs(written: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(coded(written, record=APART)) == expected


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2026, 1, 31), ["ncci.pair"]),  # the deletion date is the last day in force
        (date(2026, 2, 1), []),
    ],
)
def test_a_deleted_pair_holds_to_its_last_day(day: date, rules: list[str]) -> None:
    assert [rule for rule, _, _ in said(coded("11400 x1; 12001 x1"), day)] == rules


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2026, 3, 31), []),  # indicator 1, opened by XS
        (date(2026, 4, 1), ["ncci.modifier-zero"]),  # indicator 0 from that day
    ],
)
def test_an_indicator_that_changed_is_read_by_the_day(day: date, rules: list[str]) -> None:
    encounter = coded("12034 x1; 12032-XS x1", record=APART)
    assert [rule for rule, _, _ in said(encounter, day)] == rules


def test_each_line_is_judged_by_its_own_day() -> None:
    encounter = coded("10061 x1; 10060 x1")
    later = replace(encounter.lines[1], day=date(2026, 3, 3))
    assert said(replace(encounter, lines=(encounter.lines[0], later))) == []


@pytest.mark.parametrize(
    ("by", "rules"),
    [("same practitioner", ["ncci.pair"]), ("another", [])],
)
def test_another_claim_of_the_day_counts_where_it_is_the_same_practitioners(
    by: str, rules: list[str]
) -> None:
    before = EarlierService("10061", DAY, by)  # type: ignore[arg-type]
    assert [rule for rule, _, _ in said(coded("10060 x1", earlier=(before,)))] == rules


def test_a_modifier_that_the_record_does_not_bear_out_is_an_error() -> None:
    assert said(coded("10061 x1; 10060-59 x1")) == [("ncci.undocumented", "line 2", "error")]


def test_other_payers_may_follow_the_table() -> None:
    found = said(coded("10061 x1; 10060 x1", payer="commercial PPO"))
    assert found == [("ncci.pair", "line 2", "warning")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # MAI 1, limit 2: each line by itself
        ("80061 x2", []),
        ("80061 x3", [("mue.line", "line 1", "error")]),
        ("80061 x2; 80061-91 x2", []),
        # MAI 2, limit 13: all lines of the day, no modifier helps
        ("17000 x1; 17003 x13", []),
        ("17000 x1; 17003 x7; 17003-59 x7", [("mue.day", "line 3", "error")]),
        # MAI 3, limit 16: denied first, paid on appeal with the record
        ("J3301 x16", []),
        ("J3301-RT x9; J3301-LT x8", [("mue.day", "line 2", "warning")]),
        # a limit of 0: not paid at all
        ("99051 x1", [("mue.day", "line 1", "error")]),
        # both sides: 50 is one unit, two lines are two
        ("20610-50 x1", []),
        ("20610-RT x1; 20610-LT x1", [("mue.day", "line 2", "error")]),
    ],
)
def test_units(written: str, expected: list[tuple[str, str, str]]) -> None:
    found = [one for one in said(coded(written)) if one[0].startswith("mue.")]
    assert found == expected


def test_a_limit_that_two_sides_exceed_says_how_both_are_written() -> None:
    encounter = coded("20610-RT x1; 20610-LT x1")
    (one,) = (found for found in judge(encounter, DAY).findings if found.id == "mue.day")
    assert one.remedy == (
        "Both sides are one line with 50 and one unit where the bilateral indicator is 1; else "
        "correct the units or the code: no second line helps."
    )


@pytest.mark.parametrize(
    ("written", "by", "rules"),
    [
        ("11103 x1", "same practitioner", []),  # the primary is on the morning's claim
        ("11103 x1", "another", ["addon.alone"]),
        ("11103 x1; 11102 x1", "another", []),
        ("11103 x1; 71046 x1", "another", ["addon.alone"]),
    ],
)
def test_add_on_codes(written: str, by: str, rules: list[str]) -> None:
    before = EarlierService("11102", DAY, by)  # type: ignore[arg-type]
    assert [rule for rule, _, _ in said(coded(written, earlier=(before,)))] == rules


@pytest.mark.parametrize(
    ("by", "rules"),
    [
        ("same practitioner", []),
        ("same group and specialty", []),  # the manual's exception for critical care
        ("another", ["addon.alone"]),
    ],
)
def test_further_critical_care_may_follow_a_colleagues_first_hour(
    by: str, rules: list[str]
) -> None:
    before = EarlierService("99291", DAY, by)  # type: ignore[arg-type]
    found = [rule for rule, _, _ in said(coded("99292 x1", earlier=(before,)))]
    assert found == rules


def test_an_add_on_needs_its_primary_on_the_same_day() -> None:
    before = EarlierService("11102", date(2026, 3, 1), "same practitioner")
    found = said(coded("11103 x1", earlier=(before,)))
    assert found == [("addon.alone", "line 1", "error")]
