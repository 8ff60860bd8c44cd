"""Each rule on service lines passes what is right and finds what is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pytest

from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.edits import service
from codinglab.edits.review import AT_WORK, judge
from codinglab.encounter.circumstances import Circumstances
from codinglab.encounter.coded import CodedEncounter, Diagnosis, ServiceLine

DAY = date(2026, 2, 11)
VISIT = ServiceLine("99214", "line 2", units=1, pointers=(1,))
OFFICE = Circumstances("professional", "Medicare")
HEALTHY = CodedEncounter((Diagnosis("I10", "line 1"),), (VISIT,), about=OFFICE)
Rule = Callable[[CodedEncounter, date], Iterable[Finding]]


def found(rule: Rule, **changes: object) -> list[tuple[str, str]]:
    """Return (id, message) of what `rule` finds where the visit has `changes`."""
    changed = replace(HEALTHY, lines=(replace(VISIT, **changes),))
    return [(one.id, one.message) for one in rule(changed, DAY)]


def test_a_right_encounter_passes_every_rule() -> None:
    assert judge(HEALTHY, DAY, AT_WORK).findings == ()


@pytest.mark.parametrize("code", ["99214", "J1100", "87811"])
def test_a_code_of_the_starter_sets_is_known(code: str) -> None:
    assert found(service.known_procedure, code=code) == []


@pytest.mark.parametrize("code", ["99499", "00100", "0001F"])
def test_a_cpt_code_outside_the_starter_set_is_not_in_the_table_and_never_invalid(
    code: str,
) -> None:
    ((name, message),) = found(service.known_procedure, code=code)
    assert name == "line.unknown"
    assert message == f"{code} is not in this lab's table (cpt 2026) on 2026-02-11."
    assert "invalid" not in message


def test_a_dental_code_is_of_a_system_this_lab_does_not_hold() -> None:
    assert found(service.known_procedure, code="D0120") == [
        ("line.unknown", "D0120 is not in this lab's table: it holds no CDT codes.")
    ]


def test_a_code_of_no_procedure_shape_is_named() -> None:
    ((name, message),) = found(service.known_procedure, code="9921X")
    assert name == "line.unknown"
    assert message.startswith("'9921X' is not a procedure code; write five digits, ")


def test_a_procedure_on_a_day_without_its_table_is_not_judged() -> None:
    said = "cpt: nothing in force on 2025-12-31; known: from 2026-01-01 until before 2027-01-01"
    with pytest.raises(NotInForce, match=said):
        list(service.known_procedure(HEALTHY, date(2025, 12, 31)))


def test_modifiers_of_the_table_are_known() -> None:
    assert found(service.known_modifier, modifiers=("25", "LT")) == []


def test_a_modifier_outside_the_table_is_named() -> None:
    assert found(service.known_modifier, modifiers=("25", "ZZ")) == [
        ("modifier.unknown", "ZZ is not in this lab's table (modifiers 2026) on 2026-02-11.")
    ]


def test_a_modifier_stands_once_on_a_line() -> None:
    assert found(service.modifier_twice, modifiers=("25", "25", "25")) == [
        ("modifier.twice", "Modifier 25 stands twice on the line."),
    ]


def test_a_place_of_service_is_one_that_is_published() -> None:
    assert found(service.known_place) == []
    assert found(service.known_place, place_of_service="11") == []
    ((name, message),) = found(service.known_place, place_of_service="00")
    assert name == "place.unknown"
    assert message.startswith("00 is not in this lab's table (place_of_service ")


@pytest.mark.parametrize("units", [None, 0])
def test_a_line_without_units_is_warned_of(units: int | None) -> None:
    assert found(service.units_given, units=units) == [("units.none", "99214 has no units.")]


def test_one_unit_is_enough() -> None:
    assert found(service.units_given, units=1) == []


def test_a_line_that_points_nowhere_is_warned_of() -> None:
    (one,) = service.points_somewhere(replace(HEALTHY, lines=(replace(VISIT, pointers=()),)), DAY)
    assert (one.id, one.severity) == ("pointer.none", Severity.WARNING)


def test_a_pointer_beyond_the_last_diagnosis_is_named_by_its_letter() -> None:
    assert found(service.points_to_a_diagnosis, pointers=(1, 2)) == [
        ("pointer.lost", "Pointer B has no diagnosis; 1 are given.")
    ]


def test_a_line_points_to_four_diagnoses_and_not_to_five() -> None:
    five = tuple(Diagnosis(code, "line 1") for code in ("I10", "E78.5", "K21.9", "R05.9", "L30.9"))

    def named(*pointers: int) -> list[str]:
        line = replace(VISIT, pointers=pointers)
        return [one.id for one in service.points_to_four(CodedEncounter(five, (line,)), DAY)]

    assert named(1, 2, 3, 4) == []
    assert named(1, 2, 3, 4, 5) == ["pointer.many"]


def test_a_line_has_the_date_of_the_visit_or_none() -> None:
    assert found(service.day_of_service, day=None) == []
    assert found(service.day_of_service, day=DAY) == []
    assert found(service.day_of_service, day=date(2026, 2, 12)) == [
        ("line.day", "99214 is dated 2026-02-12; the visit was on 2026-02-11.")
    ]


def test_every_finding_names_the_line_and_what_to_do() -> None:
    wrong = ServiceLine("99499", "line 7", ("ZZ",), 0, "00", date(2026, 1, 1), (3,))
    found = judge(CodedEncounter((), (wrong,), about=OFFICE), DAY, AT_WORK).findings
    assert [one.id for one in found] == [
        "line.unknown",
        "modifier.unknown",
        "place.unknown",
        "units.none",
        "pointer.lost",
        "line.day",
    ]
    assert {one.place for one in found} == {"line 7"}
    assert [one.id for one in found if not one.remedy.endswith((".", "A"))] == []
