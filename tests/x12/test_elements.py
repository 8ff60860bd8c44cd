import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from mutants import GOLDEN

from codinglab.x12.elements import Judge
from codinglab.x12.facts import SegmentNode
from codinglab.x12.guide import guide, guides
from codinglab.x12.patterns import compiled
from codinglab.x12.syntax import Delimiters

MARKS = Delimiters()
NODES = [node for one in guides() for node in guide(one.guide, one.transaction).nodes]
SEGMENTS = sorted(
    {
        segment
        for path in GOLDEN.glob("*.edi")
        for segment in path.read_text("utf-8").split("~\n")
        if segment and segment[:3] not in {"ISA", "IEA"} and segment[:2] not in {"GS", "GE"}
    }
)
VALUES = some.one_of(
    some.sampled_from(
        [
            *(
                "",
                "1",
                "18",
                "XX",
                "1234567893",
                "20260302",
                "20260230",
                "20240229",
                "D8",
                "RD8",
                "TM",
            ),
            *(
                "20260302-20260303",
                "0930",
                "2460",
                "1.5",
                "-3.",
                ".5",
                "1,5",
                "A B",
                "A ",
                " ",
                "OH",
            ),
            *("ZZ", "HC:99213", "HC:99213:25", "ABK:E119", "A:", ":A", "A^B", "43215", "432150001"),
            *(
                "999999999999999999999",
                "85",
                "IL",
                "U",
                "Y",
                "\u00c9",
                "\n",
                "a:b:c:d:e:f:g:h:i:j:k:l",
            ),
        ]
    ),
    some.text(alphabet="AZ09 .-:^\u00e9\t", max_size=8),
)


def node(name: str, loop: str, qualifier: str = "", kind: str = "005010X222A1") -> SegmentNode:
    return next(
        one
        for one in guide(kind).nodes
        if one.name == name
        and one.loop.id == loop
        and (not qualifier or qualifier in one.qualifiers)
    )


def faults(where: SegmentNode, text: str) -> list[tuple[str, str, str]]:
    return [(one.id, one.at, one.error) for one in Judge(where, text.split("*"), MARKS).faults()]


@settings(max_examples=600, deadline=None)
@given(some.data())
def test_what_the_pattern_of_a_segment_accepts_has_no_fault_of_its_own(
    data: some.DataObject,
) -> None:
    where = data.draw(some.sampled_from(NODES))
    count = data.draw(some.integers(0, len(where.shape.places) + 1))
    values = []
    for at in range(count):
        place = where.shape.places[at] if at < len(where.shape.places) else None
        codes = sorted(place.codes)[:3] if place else []
        values.append(data.draw(some.one_of(some.sampled_from(codes), VALUES) if codes else VALUES))
    text = "*".join([where.name, *values])
    if compiled(where.shape, MARKS).fullmatch(text):
        related = {"x12.condition", "x12.exclusive", "x12.npi", "x12.address_part"}  # asked apart
        assert [one for one in faults(where, text) if one[0] not in related] == []


@settings(max_examples=300, deadline=None)
@given(some.data())
def test_a_valid_segment_with_one_element_changed_is_judged_alike(data: some.DataObject) -> None:
    parts = data.draw(some.sampled_from(SEGMENTS)).split("*")
    at = data.draw(some.integers(1, max(1, len(parts) - 1)))
    parts[at : at + 1] = [data.draw(VALUES)]
    text = "*".join(parts)
    for where in [one for one in NODES if one.name == parts[0]]:
        if compiled(where.shape, MARKS).fullmatch(text):
            related = {"x12.condition", "x12.exclusive", "x12.npi", "x12.address_part"}
            assert [one for one in faults(where, text) if one[0] not in related] == []


def test_nearly_every_segment_of_a_valid_file_is_accepted_by_its_pattern_at_once() -> None:
    refused = [
        text
        for text in SEGMENTS
        if not any(
            compiled(one.shape, MARKS).fullmatch(text)
            for one in NODES
            if one.name == text.split("*")[0]
        )
    ]
    assert refused == []


def test_a_pattern_is_written_for_the_delimiters_of_the_file() -> None:
    other = Delimiters("|", ">", "!", "'")
    where = node("SV1", "2400")
    assert compiled(where.shape, other).fullmatch("SV1|HC>99213>25|150|UN|1|||1>2")
    assert not compiled(where.shape, other).fullmatch("SV1*HC:99213:25*150*UN*1***1:2")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("DMG*D8*20240229*F", []),
        ("DMG*D8*20230229*F", [("x12.date", "02", "8")]),
        ("DMG*D8*17990101*F", [("x12.date", "02", "8")]),
        ("DMG*D8*1985041*F", [("x12.date", "02", "8")]),
        ("DMG*D8**F", [("x12.element_missing", "02", "1")]),
        ("DMG*RD8*20240229*F", [("x12.code", "01", "7"), ("x12.date", "02", "8")]),
        ("DMG*D8*19850412", [("x12.element_missing", "03", "1")]),
    ],
)
def test_dates_are_those_of_the_calendar(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert faults(node("DMG", "2010BA"), text) == wanted


@pytest.mark.parametrize(
    ("amount", "wanted"),
    [
        *(("150", []), ("150.25", []), ("0", []), ("-3", []), (".5", []), ("1.234", [])),
        *(("1e3", [("x12.number", "02", "6")]), ("$5", [("x12.number", "02", "6")])),
        ("1.2.3", [("x12.number", "02", "6")]),
        ("1" * 19, [("x12.too_long", "02", "5")]),
        ("-" + "1" * 16 + ".25", []),
    ],
)
def test_numbers_are_digits_with_at_most_one_point(
    amount: str, wanted: list[tuple[str, str, str]]
) -> None:
    assert faults(node("SV1", "2400"), f"SV1*HC:99213*{amount}*UN*1***1") == wanted


def test_a_state_abroad_is_not_looked_up() -> None:
    where = node("N4", "2010BA")
    assert faults(where, "N4*LONDON*LDN*EC1A*GB") == [("x12.too_long", "02", "5")]
    assert faults(where, "N4*PARIS*ZZ*75001*FR") == []
    assert faults(where, "N4*PARIS*ZZ*75001") == [("x12.state", "02", "7")]


def test_nine_digits_are_asked_of_a_biller_at_home_alone() -> None:
    where = node("N4", "2010AA", kind="005010X223A2")
    assert faults(where, "N4*COLUMBUS*OH*432150001") == []
    assert faults(where, "N4*COLUMBUS*OH*43215") == [("x12.nine_digits", "03", "7")]
    assert faults(where, "N4*TORONTO*ON*M5V2T6*CA") == [("x12.nine_digits", "03", "7")]
    assert faults(where, "N4*PARIS**75001*FR") == []


def test_every_component_is_judged_by_its_own_facts() -> None:
    where = node("SV1", "2400")
    wanted = [("x12.code", "01-1", "7"), ("x12.too_long", "01-3", "5")]
    assert faults(where, "SV1*QQ:99213:255*1*UN*1***1") == wanted


def test_patterns_hold_no_text_that_a_delimiter_could_break() -> None:
    odd = Delimiters("]", "\\", "[", "-")
    where = node("N3", "2010AA")
    assert re.compile(compiled(where.shape, odd).pattern)
    assert compiled(where.shape, odd).fullmatch("N3]100 MAIN ST")
    assert not compiled(where.shape, odd).fullmatch("N3]100 MAIN [ST")
