"""Visits: the worked grid, the minutes, new patients to the day, prolonged visits by arithmetic."""

import itertools

import pytest
from services_made_up import earlier, findings, said

from codinglab.core.findings import Severity

ELEMENTS = ("straightforward", "low", "moderate", "high")
ESTABLISHED = dict(zip(ELEMENTS, ("99212", "99213", "99214", "99215"), strict=True))
EMERGENCY = dict(zip(ELEMENTS, ("99282", "99283", "99284", "99285"), strict=True))


def test_the_finding_shows_the_grid_and_the_code_that_it_gives() -> None:
    (one,) = findings("visit.level", "line 99215; em mdm moderate/low/moderate")
    assert one.message == (
        "99215 is above what was shown. problems moderate (reaches it), data low, risk moderate "
        "(reaches it): two of three reach moderate."
    )
    assert (one.remedy, one.severity) == ("Code 99214.", Severity.ERROR)


def test_too_low_a_level_is_a_warning() -> None:
    (one,) = findings("visit.level", "line 99213; em mdm high/high/low")
    assert (one.remedy, one.severity) == ("Code 99215.", Severity.WARNING)


@pytest.mark.parametrize("family", [ESTABLISHED, EMERGENCY])
def test_of_all_64_grids_two_of_three_decide_and_the_right_code_passes(
    family: dict[str, str],
) -> None:
    for grid in itertools.product(ELEMENTS, repeat=3):
        reached = max((level for level in ELEMENTS if _count(grid, level) > 1), key=ELEMENTS.index)
        sheet = f"line {{}}; em mdm {'/'.join(grid)}"
        assert said("visit.level", sheet.format(family[reached])) == []
        wrong = next(code for level, code in family.items() if level != reached)
        assert len(said("visit.level", sheet.format(wrong))) == 1


def _count(grid: tuple[str, ...], level: str) -> int:
    """Return how many of the three elements reach `level`."""
    return sum(ELEMENTS.index(one) >= ELEMENTS.index(level) for one in grid)


@pytest.mark.parametrize(
    ("code", "minutes"),
    [
        *(("99202", 15), ("99203", 30), ("99204", 45), ("99205", 60)),
        *(("99212", 10), ("99213", 20), ("99214", 30), ("99215", 40)),
    ],
)
def test_the_minutes_are_met_and_a_minute_less_is_too_few(code: str, minutes: int) -> None:
    assert said("visit.level", f"line {code}; em time {minutes}") == []
    (one,) = findings("visit.level", f"line {code}; em time {minutes - 1}")
    assert one.severity is Severity.ERROR


def test_time_says_which_minutes_were_met() -> None:
    assert said("visit.level", "line 99215; em time 39") == [
        "99215 is above what was shown. 39 minutes meet the 30 of 99214 and no more."
    ]


def test_time_is_no_reason_for_an_emergency_visit_and_only_one_rule_says_so() -> None:
    sheet = "line 99284; em time 45"
    assert said("visit.time-emergency", sheet) == [
        "99284 has no minutes, and time is given as its reason."
    ]
    assert said("visit.level", sheet) == []


@pytest.mark.parametrize(
    ("beside", "minutes", "units"),
    [
        # (minutes - 69) // 15 + 1 beside 99215: 83 - 69 = 14, 0 + 1; 84 - 69 = 15, 1 + 1.
        *(("99215", 69, 1), ("99215", 83, 1), ("99215", 84, 2), ("99215", 99, 3)),
        # from 89 beside 99205: 103 - 89 = 14, 0 + 1; 104 - 89 = 15, 1 + 1.
        *(("99205", 89, 1), ("99205", 103, 1), ("99205", 104, 2)),
    ],
)
def test_prolonged_units_are_counted_from_the_end_of_the_highest_level(
    beside: str, minutes: int, units: int
) -> None:
    sheet = f"line {beside}; line G2212 x{{}}; em time {minutes}"
    assert said("visit.prolonged", sheet.format(units)) == []
    assert len(said("visit.prolonged", sheet.format(units + 1))) == 1


def test_too_few_minutes_for_a_prolonged_visit_show_the_working() -> None:
    assert said("visit.prolonged", "line 99215; line G2212 x1; em time 68") == [
        "68 minutes beside 99215 are 0 units, from 69 minutes on one for each 15; 1 are billed."
    ]


@pytest.mark.parametrize(
    ("seen", "on", "grade"),
    [
        ("2023-03-03", "2026-03-02", Severity.ERROR),
        ("2023-03-03", "2026-03-03", Severity.WARNING),  # three years to the day
        ("2023-03-03", "2026-03-04", None),
    ],
)
def test_a_patient_is_new_after_three_years(seen: str, on: str, grade: Severity | None) -> None:
    found = findings("visit.new-patient", "line 99203", on, earlier=[earlier("99213", seen)])
    assert [one.severity for one in found] == ([grade] if grade else [])


@pytest.mark.parametrize(
    ("code", "count"), [("99213", 1), ("20611", 1), ("73560", 0), ("80053", 0), ("J3301", 0)]
)
def test_only_what_was_done_face_to_face_makes_a_patient_established(code: str, count: int) -> None:
    before = [earlier(code, "2025-06-10")]
    assert len(said("visit.new-patient", "line 99203", earlier=before)) == count


def test_the_latest_visit_is_the_one_that_counts() -> None:
    before = [earlier("99213", "2020-01-01"), earlier("99213", "2025-06-10")]
    assert said("visit.new-patient", "line 99203", earlier=before) == [
        "99203 is for a new patient; the last visit was on 2025-06-10."
    ]
    assert said("visit.established", "line 99213", earlier=before) == []


@pytest.mark.parametrize(
    ("last", "on", "count"),
    [
        # The month of the last visit does not count, then 11 full months.
        *(("2025-03-01", "2026-02-28", 1), ("2025-03-31", "2026-03-01", 0)),
        *(("2025-01-31", "2026-01-01", 0), ("2025-12-01", "2026-11-30", 1)),
    ],
)
def test_a_wellness_visit_is_due_on_the_first_of_the_same_month_a_year_later(
    last: str, on: str, count: int
) -> None:
    before = [earlier("G0439", last, "another")]
    assert len(said("visit.wellness-interval", "line G0439", on, earlier=before)) == count


def test_the_finding_says_from_when_on_a_wellness_visit_is_due() -> None:
    before = [earlier("G0439", "2025-09-17", "another")]
    (one,) = findings("visit.wellness-interval", "line G0439", earlier=before)
    assert one.remedy == "It is due from 2026-09-01 on."


@pytest.mark.parametrize(
    ("born", "right"),
    [
        *(("2025-03-03", "99391"), ("2025-03-02", "99392"), ("2021-03-02", "99393")),
        *(("2014-03-02", "99394"), ("2008-03-02", "99395"), ("1986-03-02", "99396")),
        ("1961-03-02", "99397"),
    ],
)
def test_the_birthday_opens_the_next_band(born: str, right: str) -> None:
    codes = ("99391", "99392", "99393", "99394", "99395", "99396", "99397")
    patient = {"born": born}
    passed = [
        one for one in codes if not said("visit.preventive-age", f"line {one}", patient=patient)
    ]
    assert passed == [right]


@pytest.mark.parametrize(
    ("beside", "count"),
    [("line G0008", 0), ("line G0439", 0), ("line 20611-RT", 1), ("line 80053", 1)],
)
def test_complexity_beside_25_needs_a_preventive_service(beside: str, count: int) -> None:
    sheet = f"line 99214-25; line G2211; {beside}"
    assert len(said("visit.g2211", sheet)) == count


def test_a_visit_that_this_lab_does_not_know_may_take_complexity() -> None:
    (one,) = findings("visit.g2211", "line G0466; line G9999; line G2211")
    assert one.severity is Severity.NOTE
    assert one.message == "G9999 is not known here; it may be a visit that takes G2211."
