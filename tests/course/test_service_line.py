"""A service line: code-modifiers, units, place, date and pointers, in any order after the code."""

from datetime import date

import pytest

from codinglab.course.service_line import read_line
from codinglab.encounter.coded import ServiceLine


def read(text: str) -> ServiceLine:
    """Return the line read from `text`, which must leave nothing unread."""
    line, findings = read_line(text, "line 1")
    assert findings == ()
    assert line is not None
    return line


def said(text: str) -> list[str]:
    return [one.id.removeprefix("worksheet.") for one in read_line(text, "line 1")[1]]


FULL = ServiceLine("99214", "line 1", ("25", "GT"), 1, "11", date(2026, 2, 11), (1, 2))


@pytest.mark.parametrize(
    "text",
    [
        "99214-25-GT x1 pos 11 on 2026-02-11 dx A,B",
        "99214-25-gt X1 POS 11 ON 2026-02-11 DX a,b",
        "99214 - 25 - GT x 1 pos 11 on 2026-02-11 dx A, B",
        "99214-25-GT dx A,B pos 11 x1 on 20260211",
        "99214-25-GT dx AB on 2026-02-11 pos 11 x1",
        "99214-25-GT x1 dx A B pos 11 on 2026-02-11",
        "99214-25-GT x1 dx 1,2 pos 11 on 2026 - 02 - 11",
    ],
)
def test_the_clauses_may_stand_in_any_order_case_and_spacing(text: str) -> None:
    assert read(text) == FULL


def test_a_bare_code_leaves_all_else_open() -> None:
    assert read("99214") == ServiceLine("99214", "line 1")


@pytest.mark.parametrize("code", ["00100", "99214", "0001F", "J1100", "G0008"])
def test_a_code_of_five_characters_stays_text_with_its_zeros(code: str) -> None:
    assert read(code).code == code


@pytest.mark.parametrize("text", ["", "9921", "992144", "NO", "1e5", "E11.22", "x1 99214"])
def test_what_does_not_begin_with_a_code_is_no_line(text: str) -> None:
    line, (finding,) = read_line(text, "line 1")
    assert line is None
    assert (finding.id, finding.remedy) == (
        "worksheet.line-code",
        "Write it as: line 99213-25 x1 dx A",
    )


def test_the_order_of_modifiers_is_kept() -> None:
    assert read("20610-RT-59").modifiers == ("RT", "59")


def test_a_malformed_modifier_is_named_and_the_others_are_kept() -> None:
    line, (finding,) = read_line("99214-25-259", "line 1")
    assert line == ServiceLine("99214", "line 1", ("25",))
    assert finding.message == "'259' is not shaped like a modifier."


def test_units_have_one_to_three_digits() -> None:
    assert read("96372 x12").units == 12
    assert read("96372 x999").units == 999
    assert said("96372 x1000") == ["line-rest"]


def test_no_units_and_zero_units_are_told_apart() -> None:
    assert read("96372").units is None
    assert read("96372 x0").units == 0


@pytest.mark.parametrize(
    ("clause", "pointers"),
    [
        ("dx A", (1,)),
        ("dx L", (12,)),
        ("dx 12", (12,)),
        ("dx BA", (2, 1)),
        ("dx A,A,B", (1, 2)),
        ("dx A,2", (1, 2)),
    ],
)
def test_pointers_are_letters_or_digits_the_primary_one_first(
    clause: str, pointers: tuple[int, ...]
) -> None:
    assert read(f"99214 {clause}").pointers == pointers


@pytest.mark.parametrize("mark", ["M", "0", "13", "\u00b2", "A1", "E11.22"])
def test_a_pointer_to_no_diagnosis_is_named_and_the_others_are_kept(mark: str) -> None:
    line, (finding,) = read_line(f"99214 dx A,{mark}", "line 1")
    assert line == ServiceLine("99214", "line 1", pointers=(1,))
    assert finding.message == f"{mark!r} points to no diagnosis."


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("pos 1", "pos"),
        ("pos office", "pos"),
        ("pos", "line-rest"),
        ("on 2026-02-30", "day"),
        ("on 11.2.2026", "day"),
        ("on", "line-rest"),
        ("dx", "line-rest"),
        ("25", "line-rest"),
        ("units", "line-rest"),
    ],
)
def test_a_clause_that_cannot_be_read_is_named_and_the_line_still_counts(
    clause: str, name: str
) -> None:
    line, findings = read_line(f"99214 x1 {clause}", "line 1")
    assert [one.id for one in findings] == [f"worksheet.{name}"]
    assert line == ServiceLine("99214", "line 1", units=1)


def test_a_clause_said_twice_is_named_and_the_first_one_counts() -> None:
    line, findings = read_line("99213 x1 dx A x2 dx B", "line 3")
    assert line is not None
    assert (line.units, line.pointers) == (1, (1,))
    assert [str(one) for one in findings] == [
        "line 3: 'X2' says the units of this line again. The first one counts.",
        "line 3: 'DX B' says the dx of this line again. The first one counts.",
    ]
