"""The global package is counted in days, and each modifier that opens it says why."""

from datetime import date, timedelta

import pytest
from services_made_up import earlier, findings, said, says

from codinglab.core.findings import Severity

WRIST = [earlier("25605", "2026-02-02")]
ABSCESS = [earlier("10061", "2026-03-02")]


@pytest.mark.parametrize(
    ("code", "surgery", "last"),
    [
        # 2 February + 90: 26 days to the end of February, 31 March, 30 April = 87, and 3 of May.
        ("25605", date(2026, 2, 2), date(2026, 5, 3)),
        # 2 March + 10 = 12 March.
        ("10061", date(2026, 3, 2), date(2026, 3, 12)),
    ],
)
def test_a_follow_up_is_within_the_period_on_its_last_day_and_not_on_the_next(
    code: str, surgery: date, last: date
) -> None:
    before = [earlier(code, surgery.isoformat())]
    for after, count in ((0, 1), (1, 0)):
        on = (last + timedelta(days=after)).isoformat()
        assert len(said("global.follow-up", "line 99213", on, earlier=before)) == count


def test_the_finding_counts_the_days_and_names_the_last_one() -> None:
    (message,) = said("global.follow-up", "line 99213", "2026-03-09", earlier=WRIST)
    assert message == (
        "99213 is a follow-up: 25605 of 2026-02-02 has a global period of 90 days, until "
        "2026-05-03; this is day 35."
    )


def test_the_day_of_surgery_itself_is_not_a_follow_up() -> None:
    assert said("global.follow-up", "line 99213", "2026-03-02", earlier=ABSCESS) == []


@pytest.mark.parametrize("modifier", ["54", "78", "80", "AS"])
def test_who_keeps_no_care_after_surgery_has_no_period(modifier: str) -> None:
    before = [earlier("25605", "2026-02-02", "same practitioner", modifier)]
    assert said("global.follow-up", "line 99213", "2026-03-09", earlier=before) == []


@pytest.mark.parametrize(
    ("by", "count"), [("same practitioner", 1), ("same group and specialty", 1), ("another", 0)]
)
def test_a_colleague_of_group_and_specialty_counts_as_the_surgeon(by: str, count: int) -> None:
    before = [earlier("25605", "2026-02-02", by)]
    assert len(said("global.follow-up", "line 99213", "2026-03-09", earlier=before)) == count


@pytest.mark.parametrize("modifier", ["24", "57", "FT"])
def test_a_visit_that_says_it_is_no_follow_up_passes(modifier: str) -> None:
    assert said("global.follow-up", f"line 99213-{modifier}", "2026-03-09", earlier=WRIST) == []


def test_a_surgery_of_a_year_whose_codes_are_not_here_is_a_note_and_never_a_guess() -> None:
    before = [earlier("25605", "2025-12-20")]
    (one,) = findings("global.follow-up", "line 99213", "2026-01-05", earlier=before)
    assert one.severity is Severity.NOTE
    assert one.message == "The global period of 25605 of 2025-12-20 is not known here."


@pytest.mark.parametrize("reason", ["staged", "return to operating room", "unrelated"])
def test_a_procedure_in_the_period_is_told_which_modifier_the_record_supports(reason: str) -> None:
    (one,) = findings(
        "global.procedure",
        "line 10061",
        "2026-03-09",
        earlier=WRIST,
        record=[says(reason, "10061", "25605")],
    )
    right = {"staged": "58", "return to operating room": "78", "unrelated": "79"}[reason]
    assert one.remedy == f"By the record it is {right}."


@pytest.mark.parametrize("modifier", ["58", "78", "79"])
def test_a_modifier_against_the_record_is_told_the_right_one(modifier: str) -> None:
    reasons = {"58": "staged", "78": "return to operating room", "79": "unrelated"}
    for other, reason in reasons.items():
        found = findings(
            f"modifier.{modifier}",
            f"line 10061-{modifier}",
            "2026-03-09",
            earlier=WRIST,
            record=[says(reason, "10061", "25605")],
        )
        wanted = [] if other == modifier else [f"Use {other}."]
        assert [one.remedy for one in found] == wanted


def test_the_day_before_major_surgery_is_in_its_period_and_the_day_before_that_is_not() -> None:
    tomorrow = [earlier("25605", "2026-03-03")]
    assert len(said("modifier.57", "line 99204", "2026-03-02", earlier=tomorrow)) == 1
    assert said("modifier.57", "line 99204", "2026-03-01", earlier=tomorrow) == []


def test_without_57_it_is_an_error_only_where_the_record_tells_of_the_decision() -> None:
    sheet = "line 99204; line 25605-RT"
    (warning,) = findings("modifier.57", sheet)
    (error,) = findings("modifier.57", sheet, record=[says("decision for surgery", "25605")])
    assert (warning.severity, error.severity) == (Severity.WARNING, Severity.ERROR)
