"""What is wrong with a cell by itself, whichever form it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.claim.form_layout import Cell
from codinglab.claim.form_page import Page, fitting
from codinglab.claim.form_sheet import Sheet
from codinglab.claim.numbers import why_not_npi
from codinglab.core.findings import Severity
from codinglab.x12.codes import states

_PAST = frozenset({"3.born", "11a.born", "10", "6.through"})
"""Days that lie before the day on which a form is read: nothing is billed before it was done."""
_POA = frozenset("YNUW")
_SEXES = frozenset("MFU")


def check(sheet: Sheet) -> None:
    """Add to `sheet` what is wrong with each of its cells, in the form's order."""
    cells = sheet.layout.cells
    page = Page(sheet.form, sheet.on, dict(sheet.texts))
    sheet.findings += fitting(page)
    rows = filled_rows(sheet)
    for name, cell in cells.items():
        text = sheet.text(name)
        if text:
            _say(sheet, cell, text)
        elif cell.needed and (not cell.row or cell.row in rows) and _due(sheet, cell):
            label = sheet.layout.boxes[cell.box].label
            sheet.say(
                "blank",
                name,
                f"{label}: nothing stands there.",
                sheet.layout.boxes[cell.box].rule,
            )


def _due(sheet: Sheet, cell: Cell) -> bool:
    """Say whether the cell is due on this page: the line of totals is, on the last one only."""
    return not cell.id.endswith(".total") or sheet.text("43.page") == sheet.text("43.pages")


def filled_rows(sheet: Sheet) -> list[int]:
    """Return the numbers of the service lines on which anything stands."""
    cells = sheet.layout.cells.values()
    return sorted({cell.row for cell in cells if cell.row and sheet.text(cell.id)})


def _say(sheet: Sheet, cell: Cell, text: str) -> None:
    for name, message, remedy, how in _faults(sheet, cell, text):
        sheet.say(name, cell.id, message, remedy, how)


def _faults(sheet: Sheet, cell: Cell, text: str) -> Iterator[tuple[str, str, str, Severity]]:
    error = Severity.ERROR
    if cell.holds == "day" and sheet.day(cell.id) is None:
        yield (
            "no_day",
            f"{text!r} is no day of the calendar.",
            "Write month, day and year with two digits each (a birth day's year with four).",
            error,
        )
    elif cell.id in _PAST and (day := sheet.day(cell.id)) and day > sheet.on:
        said = f"{day} is after {sheet.on}, the day on which the form is read."
        yield "future", said, "Correct the year, or read the form on a later day.", error
    elif cell.id.endswith(".poa") and text.upper() not in _POA:
        said = f"{text!r} does not say whether the diagnosis was present on admission."
        yield "poa", said, "Write Y, N, U or W; leave it blank where the code is exempt.", error
    elif cell.id == "11" and sheet.form == "ub04" and text.upper() not in _SEXES:
        yield "sex", f"{text!r} is no sex of the form.", "Write M, F or U.", error
    elif cell.holds == "money" and sheet.money(cell.id) is None:
        yield (
            "no_amount",
            f"{text!r} is no amount.",
            'Write dollars, a blank where the line stands, and cents: "210 00".',
            error,
        )
    elif cell.holds == "npi" and (why := why_not_npi(text)):
        yield "npi", f"{why}.", "Copy it again from the registry of NPIs.", error
    elif cell.holds == "state" and text.upper() not in states():
        yield "state", f"{text!r} is no state.", "Write its two letters.", error
    elif cell.holds == "diagnosis" and "." in text:
        yield (
            "point",
            f"{text!r} has a point; the form wants the code without it.",
            f"Write {text.replace('.', '')}.",
            Severity.WARNING,
        )


def choose_one(sheet: Sheet, cells: tuple[str, ...], *, needed: bool = True) -> None:
    """Add a finding where not exactly one of the marks is set (or more than one, if not needed)."""
    found = sheet.marked(cells)
    if len(found) > 1:
        names = " and ".join(sheet.layout.cells[cell].caption or cell for cell in found)
        sheet.say("two_marks", found[0], f"{names} are both marked.", "Leave one of the marks.")
    elif not found and needed:
        box = sheet.layout.boxes[sheet.layout.cells[cells[0]].box]
        sheet.say("no_mark", cells[0], f"{box.label}: nothing is marked.", box.rule)
