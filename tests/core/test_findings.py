"""Findings are values: collected in the rules' order, told in one line, stable as JSON."""

from collections.abc import Iterator
from datetime import date

from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity, errors, run

DAY = date(2026, 2, 11)
CITE = Cite("Guidelines", "FY2026", "I.B.2")
WRONG = Finding("dx.header", "line 3", "E11 is a header.", "Go on below it.", cite=CITE)
MAYBE = Finding("dx.odd", "line 1", "Odd.", "Look again.", Severity.WARNING)


def test_a_finding_is_one_line_of_place_message_remedy_and_source() -> None:
    assert str(WRONG) == "line 3: E11 is a header. Go on below it. [Guidelines FY2026, I.B.2]"
    assert str(MAYBE) == "line 1: Odd. Look again."


def test_the_json_of_a_finding_has_the_same_six_keys_with_and_without_a_cite() -> None:
    assert WRONG.as_json() == {
        "id": "dx.header",
        "place": "line 3",
        "message": "E11 is a header.",
        "remedy": "Go on below it.",
        "severity": "error",
        "cite": "Guidelines FY2026, I.B.2",
    }
    assert MAYBE.as_json() == {
        "id": "dx.odd",
        "place": "line 1",
        "message": "Odd.",
        "remedy": "Look again.",
        "severity": "warning",
        "cite": None,
    }


def test_all_rules_run_on_the_same_value_and_day_in_their_order() -> None:
    def first(value: str, day: date) -> Iterator[Finding]:
        yield Finding("first", value, str(day), "")

    def second(value: str, day: date) -> Iterator[Finding]:
        yield from (Finding("second", value, str(day), ""),) * 2

    found = run([second, first], "sheet", DAY)
    assert [one.id for one in found] == ["second", "second", "first"]
    assert {(one.place, one.message) for one in found} == {("sheet", "2026-02-11")}


def test_only_errors_are_errors() -> None:
    note = Finding("n", "line 2", "", "", Severity.NOTE)
    assert errors([MAYBE, WRONG, note]) == (WRONG,)
