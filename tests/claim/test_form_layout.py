"""The tables of the forms: every box is there, lies where it is drawn, and exists in the 837."""

from datetime import date
from itertools import combinations

import pytest

from codinglab.claim.form_layout import NAMES, PAGE, layout
from codinglab.core.dates import NotInForce
from codinglab.x12.guide import guide

DAY = date(2026, 3, 3)
GUIDES = {"cms1500": "005010X222A1", "ub04": "005010X223A2"}

# The numbers that are printed on the two forms.
CMS1500 = (
    "carrier 1 1a 2 3 4 5 6 7 8 9 9a 9b 9c 9d 10a 10b 10c 10d 11 11a 11b 11c 11d 12 13 14 15 16 17 "
    "17a 17b 18 19 20 21 22 23 24A 24B 24C 24D 24E 24F 24G 24H 24I 24J 25 26 27 28 29 30 31 32 32a "
    "32b 33 33a 33b"
)
UB04 = (
    "1 2 3a 3b 4 5 6 7 8a 8b 9a 9b 9c 9d 9e 10 11 12 13 14 15 16 17 18-28 29 30 31-34 35-36 37 38 "
    "39-41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 67A-Q 68 "
    "69 70 71 72 73 74 74a-e 75 76 77 78-79 80 81"
)


def test_every_box_of_both_forms_is_there_in_its_order() -> None:
    assert " ".join(layout("cms1500", DAY).boxes) == CMS1500
    assert " ".join(layout("ub04", DAY).boxes) == UB04


@pytest.mark.parametrize("name", NAMES)
def test_every_box_has_a_rule_a_reason_to_reject_a_row_of_the_crosswalk_and_an_area(name) -> None:
    frame = layout(name, DAY)
    drawn = {one.box for one in frame.areas}
    for box, row in frame.boxes.items():
        assert all((row.label, row.rule, row.rejected)), box
        assert frame.maps[box], box
        assert box in drawn, box


def test_the_boxes_that_no_element_carries_are_those_reserved_or_for_the_mail() -> None:
    def lacking(name):
        frame = layout(name, DAY)
        return {box for box, rows in frame.maps.items() if not any(one.loop for one in rows)}

    assert lacking("cms1500") == {"8", "9b", "9c", "30"}
    assert lacking("ub04") == {*("7", "30", "37", "49", "68", "73", "75"), "38", "65"}


def _split(element: str, names: set[str]) -> tuple[str, str]:
    segment = next(one for one in sorted(names, key=len, reverse=True) if element.startswith(one))
    return segment, element[len(segment) :]


@pytest.mark.parametrize("name", NAMES)
def test_every_place_of_the_crosswalk_is_used_in_its_guide_with_that_qualifier(name) -> None:
    nodes = guide(GUIDES[name]).nodes
    names = {one.name for one in nodes}
    for rows in layout(name, DAY).maps.values():
        for row in rows:
            if not row.loop:
                continue
            segment, at = _split(row.element, names)
            shapes = [
                {part.at: part for place in one.shape.places for part in (place, *place.parts)}
                for one in nodes
                if one.loop.id == row.loop and one.name == segment
            ]
            fitting = [one for one in shapes if at in one and one[at].usage != "N"]
            if row.when:
                place, _, code = row.when.partition("=")
                where = place[len(segment) :]
                fitting = [
                    one
                    for one in fitting
                    if where in one and (not one[where].codes or code in one[where].codes)
                ]
            assert fitting, f"{name} box {row.box}: {row.place}"


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_begins_within_an_area_of_its_box(name) -> None:
    frame = layout(name, DAY)
    for cell in frame.cells.values():
        if cell.id.startswith("24.note"):  # the shaded line runs from 24A to 24G
            continue
        assert any(
            one.box == cell.box
            and one.left - 0.5 <= cell.column + 0.5 < one.right
            and one.top <= cell.line < one.bottom
            for one in frame.areas
        ), cell.id


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_reaches_into_another_or_beyond_the_paper(name) -> None:
    frame = layout(name, DAY)
    cells = list(frame.cells.values())
    for cell in cells:
        assert frame.x(cell.column) >= 0
        assert frame.x(cell.column + cell.characters) <= PAGE[0]
        assert frame.y(cell.line + 1) >= 0
    for one, other in combinations(cells, 2):
        if one.line == other.line:
            first, second = sorted((one, other), key=lambda cell: cell.column)
            assert first.column + first.characters <= second.column + 0.01, (first.id, second.id)


def test_a_professional_page_has_six_lines_and_a_facility_page_twenty_two() -> None:
    assert layout("cms1500", DAY).rows == 6
    assert layout("ub04", DAY).rows == 22


def test_the_service_lines_stand_two_lines_apart_with_the_shaded_half_above() -> None:
    cells = layout("cms1500", DAY).cells
    assert [cells[f"24A.{row}"].line for row in range(1, 7)] == [44, 46, 48, 50, 52, 54]
    assert [cells[f"24.note.{row}"].line for row in range(1, 7)] == [43, 45, 47, 49, 51, 53]
    assert cells["24.note.1"].characters == 61


def test_no_form_is_in_force_before_icd_10() -> None:
    with pytest.raises(NotInForce, match="claim_forms"):
        layout("cms1500", date(2015, 9, 30))


def test_no_text_of_the_ub04_that_fills_its_cell_reaches_the_line_at_its_right() -> None:
    # A character of Courier 10 is 6 points wide in its column of 7.2, and a line is drawn 2 points
    # before its column: a text must end 0.8 points or more before the column of the line.
    frame = layout("ub04", DAY)
    for name in ("1.1", "1.2", "1.3", "1.4", "2.1", "2.4", "3a", "3b", "8a", "8b", "9d", "50A"):
        cell = frame.cells[name]
        inked = frame.x(cell.column + cell.characters) - 1.2
        lines = [
            frame.x(one.right) - 2
            for one in frame.areas
            if one.box == cell.box and one.look == "box"
        ]
        assert any(inked < line for line in lines), name


def test_who_referred_supervised_or_ordered_has_the_npi_of_each_in_the_crosswalk() -> None:
    rows = layout("cms1500", DAY).maps["17b"]
    assert [one.place for one in rows] == [
        "2310A NM109 (NM108=XX)",
        "2310D NM109 (NM108=XX)",
        "2420E NM109 (NM108=XX)",
    ]


def test_the_tables_of_the_forms_are_read_when_a_form_is_filled_and_not_before() -> None:
    import subprocess
    import sys

    said = "import sys, codinglab.claim.form_fill; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
