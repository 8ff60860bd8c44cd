"""ICD-10-PCS: titles, axes, validity by day and the values that may stand next."""

from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codinglab.codes.icd10pcs import Icd10pcs, open_pcs
from codinglab.codes.icd10pcs_compile import list_lines
from codinglab.codes.icd10pcs_table import boxes
from codinglab.codes.icd10pcs_values import Value
from codinglab.codes.release import NotInTable, releases
from codinglab.core.dates import NotInForce

LIST_DAY = date(2023, 10, 1)  # first day of the list that brings the titles
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SECTIONS = {
    "0": 68058,
    "1": 304,
    "2": 861,
    "3": 1271,
    "4": 422,
    "5": 54,
    "6": 46,
    "7": 100,
    "8": 88,
    "9": 90,
    "B": 2978,
    "C": 463,
    "D": 2056,
    "F": 1380,
    "G": 30,
    "H": 59,
    "X": 343,
}


@pytest.fixture(scope="module")
def pcs(cache: Path) -> Icd10pcs:
    assert cache.is_dir()
    return open_pcs(LIST_DAY)


@pytest.fixture(scope="module")
def now(cache: Path) -> Icd10pcs:
    assert cache.is_dir()
    return open_pcs(date(2026, 3, 2))


@pytest.fixture(scope="module")
def listed(pcs: Icd10pcs) -> dict[str, str | None]:
    return dict(pcs.codes())


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("0FT44ZZ", "Resection of Gallbladder, Percutaneous Endoscopic Approach"),
        (
            "02703DZ",
            (
                "Dilation of Coronary Artery, One Artery with Intraluminal Device, "
                "Percutaneous Approach"
            ),
        ),
        (
            "0SR9019",
            (
                "Replacement of Right Hip Joint with Metal Synthetic Substitute, Cemented, "
                "Open Approach"
            ),
        ),
        ("0DTJ4ZZ", "Resection of Appendix, Percutaneous Endoscopic Approach"),
    ],
)
def test_known_codes_have_their_titles(pcs: Icd10pcs, code: str, title: str) -> None:
    assert pcs.code(code).title == title
    assert pcs.verdict(code).valid


def test_the_seven_axes_are_named() -> None:
    found = open_pcs(LIST_DAY).axes("0sr9019")
    assert [(one.position, one.axis, one.value, one.label) for one in found] == [
        (1, "Section", "0", "Medical and Surgical"),
        (2, "Body System", "S", "Lower Joints"),
        (3, "Operation", "R", "Replacement"),
        (4, "Body Part", "9", "Hip Joint, Right"),
        (5, "Approach", "0", "Open"),
        (6, "Device", "1", "Synthetic Substitute, Metal"),
        (7, "Qualifier", "9", "Cemented"),
    ]
    assert found[2].meaning == "material takes the place of all or a portion of a body part"


def test_axes_of_other_sections_have_their_own_names(pcs: Icd10pcs) -> None:
    scan = pcs.axes("B0201ZZ")
    assert [(one.axis, one.label) for one in scan[2:6]] == [
        ("Type", "Computerized Tomography (CT Scan)"),
        ("Body Part", "Brain"),
        ("Contrast", "Low Osmolar Contrast"),
        ("Qualifier", "None"),
    ]
    given_ = pcs.axes("30233N1")
    assert [one.label for one in given_[2:]] == [
        *("Transfusion", "Peripheral Vein", "Percutaneous", "Red Blood Cells", "Nonautologous"),
    ]


def test_a_value_without_a_certain_name_has_none(now: Icd10pcs) -> None:
    found = {one.position: one.label for one in now.axes("XW033E6")}
    assert found == {
        1: "New Technology",
        2: "Anatomical Regions",
        3: "Introduction",
        4: "Peripheral Vein",
        5: "Percutaneous",
        6: None,
        7: "New Technology Group 6",
    }


def test_an_impossible_character_is_named_with_what_is_legal(pcs: Icd10pcs) -> None:
    said = pcs.verdict("0FT43ZZ")
    assert (said.valid, said.position) == (False, 5)
    assert said.legal == (Value("0", "Open", 1), Value("4", "Percutaneous Endoscopic", 1))
    assert said.message == (
        "3 is not possible as character 5 (approach) after 0FT4 on 2023-10-01. "
        "Legal there: 0 Open, 4 Percutaneous Endoscopic."
    )


def test_the_letters_i_and_o_are_explained(pcs: Icd10pcs) -> None:
    assert "The letter O is never used, since it looks like 0." in pcs.verdict("OFT44ZZ").message
    assert "The letter I is never used, since it looks like 1." in pcs.verdict("0FTI4ZZ").message
    assert (pcs.verdict("OFT44ZZ").position, pcs.verdict("0FTI4ZZ").position) == (1, 4)


def test_length_case_and_blanks(pcs: Icd10pcs) -> None:
    assert pcs.verdict(" 0ft4 4zz ").valid
    short, long_ = pcs.verdict("0FT44Z"), pcs.verdict("0FT44ZZZ")
    assert (short.position, short.message) == (7, "0FT44Z is no whole code: 6 of 7 characters.")
    assert short.legal == (Value("Z", "No Qualifier", 1),)
    assert (long_.position, long_.message) == (8, "0FT44ZZZ has 8 characters; a code has 7.")
    assert (pcs.verdict("").position, len(pcs.verdict("").legal)) == (1, 17)


def test_the_sections_sum_to_the_list(pcs: Icd10pcs) -> None:
    found = {one.value: one.codes for one in pcs.next_values()}
    assert found == SECTIONS
    assert (sum(found.values()), pcs.count()) == (78603, 78603)


def test_the_codes_of_the_lists_day_are_the_list(listed: dict[str, str | None]) -> None:
    assert listed == dict(list_lines(releases("icd10pcs").rows[0][1]))


@pytest.mark.parametrize(
    ("day", "count", "untitled"),
    [
        (date(2015, 10, 1), 71974, 1184),
        (date(2023, 10, 1), 78603, 0),
        (date(2024, 4, 1), 78638, 0),
        (date(2025, 4, 1), 78986, 134),
        (date(2026, 3, 2), 79115, 290),
        (date(2026, 10, 1), 79256, 471),
    ],
)
def test_so_many_codes_are_valid_on_a_day(
    cache: Path, day: date, count: int, untitled: int
) -> None:
    assert cache.is_dir()
    opened = open_pcs(day)
    assert (opened.count(), opened.untitled) == (count, untitled)


def test_a_code_of_other_days_says_which(pcs: Icd10pcs, now: Icd10pcs) -> None:
    late, gone = now.code("00H005Z"), pcs.verdict("00H005Z")
    assert late.spans[0].start == date(2024, 4, 1)
    assert late.text == "2025-04"
    assert (gone.valid, gone.position) == (False, None)
    assert gone.message == "00H005Z is valid only from 2024-04-01 on, not on 2023-10-01."


def test_a_code_that_ended_names_its_successor(now: Icd10pcs) -> None:
    said = now.verdict("X2A5312")
    assert (said.valid, said.position) == (False, None)
    assert said.message == (
        "X2A5312 was valid from 2016-10-01 until before 2025-10-01; use 5A05A6N."
    )
    assert now.is_valid("5A05A6N")


def test_the_caveat_says_what_is_missing(pcs: Icd10pcs, now: Icd10pcs) -> None:
    assert pcs.caveat == ""
    assert open_pcs(date(2024, 10, 1)).caveat.startswith("Which codes are valid on 2024-10-01")
    assert now.caveat == (
        "Which codes are valid on 2026-03-02 is known. Titles are those of FY2024; 290 codes valid "
        "on that day have no title here: import the CMS order file of FY2026 "
        "(codinglab codes import icd10pcs_order)."
    )


@pytest.mark.parametrize("day", [date(2015, 9, 30), date(2027, 4, 1)])
def test_a_day_that_is_not_known_is_refused(day: date) -> None:
    with pytest.raises(NotInForce, match=r"known: from 2015-10-01 until before 2027-04-01"):
        open_pcs(day)


def test_an_invalid_code_is_not_handed_out(pcs: Icd10pcs) -> None:
    with pytest.raises(NotInTable, match="3 is not possible as character 5"):
        pcs.code("0FT43ZZ")


def letters(cell: tuple[Value, ...]) -> str:
    return "".join(one.value for one in cell)


def test_a_table_has_the_rows_of_the_book(pcs: Icd10pcs) -> None:
    table = pcs.table("0ft")
    assert table.axes == ("Body Part", "Approach", "Device", "Qualifier")
    assert [tuple(map(letters, row)) for row in table.rows] == [
        ("0124G", "04", "Z", "Z"),
        ("56789CDF", "0478", "Z", "Z"),
    ]
    assert table.codes == 5 * 2 + 8 * 4
    assert [one.label for one in table.head][1:] == [
        *("Hepatobiliary System and Pancreas", "Resection"),
    ]
    with pytest.raises(NotInTable, match="X is not possible as character 3"):
        pcs.table("0FX")


def test_the_rows_of_every_table_make_its_codes_once(listed: dict[str, str | None]) -> None:
    tails: dict[str, list[str]] = {}
    for code in listed:
        tails.setdefault(code[:3], []).append(code[3:])
    assert len(tails) == 905
    for below in tails.values():
        made = Counter("".join(one) for box in boxes(below) for one in product(*box))
        assert made == Counter(below)


def test_boxes_share_what_is_the_same() -> None:
    assert boxes(["0A", "0B", "1A", "1B", "1C"]) == [("0", "AB"), ("1", "ABC")]
    assert boxes(["0A", "1A", "0B", "1B"]) == [("01", "AB")]


@pytest.fixture(scope="module")
def beginnings(listed: dict[str, str | None]) -> set[str]:
    return {code[:length] for code in listed for length in range(8)}


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, 78602))
def test_every_code_is_reached_by_the_next_values(
    pcs: Icd10pcs, listed: dict[str, str | None], at: int
) -> None:
    code = list(listed)[at]
    assert all(code[n] in {v.value for v in pcs.next_values(code[:n])} for n in range(7))
    assert pcs.next_values(code) == ()


@settings(max_examples=300, deadline=None)
@given(text=st.text(CHARACTERS + "IO", min_size=7, max_size=7), start=st.integers(0, 78602))
def test_nothing_else_is_valid(
    pcs: Icd10pcs, listed: dict[str, str | None], beginnings: set[str], text: str, start: int
) -> None:
    near = list(listed)[start][:5] + text[5:]
    for each in (text, near):
        said = pcs.verdict(each)
        assert said.valid == (each in listed)
        if said.position:
            prefix, wrong = each[: said.position - 1], each[said.position - 1]
            assert prefix in beginnings
            assert prefix + wrong not in beginnings
