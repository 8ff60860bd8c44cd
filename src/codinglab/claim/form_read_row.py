"""One service line of a CMS-1500 read: days, pointers, the shaded line, the line itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.claim.form_choices import values_of
from codinglab.claim.form_cms1500_row import GAP
from codinglab.claim.form_parse import read_count, read_day
from codinglab.claim.form_sheet import Sheet, other_ids, unnamed
from codinglab.claim.model import Drug, Line
from codinglab.claim.parties import Provider
from codinglab.encounter.coded import POINTER_LETTERS

_QUANTITY = re.compile(r"(UN|ML|GR|F2|ME)(\d+(?:\.\d+)?)")
_NDC = re.compile(r"N4(\d{11})")


def days(sheet: Sheet, row: int) -> tuple[date | None, date | None]:
    """Return the first and last day of 24A; the last is None where one day stands alone."""
    digits = re.sub(r"\D", "", sheet.text(f"24A.{row}"))
    half = len(digits) // 2
    if len(digits) in {12, 16}:
        return read_day(digits[:half], sheet.on), read_day(digits[half:], sheet.on)
    return read_day(digits, sheet.on), None


def pointers(text: str) -> tuple[list[str], str]:
    """Return the letters of 24E, and what in it is none."""
    told = text.upper().replace(",", "").replace(" ", "")
    return [one for one in told if one in POINTER_LETTERS], "".join(
        one for one in told if one not in POINTER_LETTERS
    )


def shaded(text: str) -> tuple[Drug | None, str, str]:
    """Return drug, description and note of the shaded line, where each piece is three blanks off.

    A drug without a readable unit and quantity stays in the note.
    """
    drug, description, rest = None, "", []
    pieces = [one.strip() for one in text.split(GAP) if one.strip()]
    joined = iter(pieces)
    for piece in joined:
        if found := _NDC.match(piece):
            # A reader of PDF may have joined the pieces that three blanks part.
            told = piece[found.end() :].strip() or next(joined, "")
            amount = _QUANTITY.fullmatch(told)
            if amount:
                drug = Drug(found[1], Decimal(amount[2]), amount[1])
            else:
                rest.append(f"{piece} {told}".strip())
        elif piece.startswith("ZZ"):
            description = piece.removeprefix("ZZ")
        else:
            rest.append(piece)
    return drug, description, " ".join(rest)


def rendering(sheet: Sheet, row: int) -> Provider | None:
    """Return who did line `row`, of whom the form tells numbers alone; None where it is blank."""
    npi = sheet.text(f"24J.{row}")
    ids = other_ids(sheet.text(f"24I.{row}"), sheet.text(f"24J.other.{row}"))
    return unnamed(npi, ids) if npi or ids else None


def read_row(sheet: Sheet, row: int, places: dict[str, int]) -> Line | None:
    """Return service line `row`, None where its day, charge or units cannot be read.

    `places` counts the diagnoses from 1 by letter.
    """
    first, last = days(sheet, row)
    charge, units = sheet.money(f"24F.{row}"), read_count(sheet.text(f"24G.{row}"))
    if first is None or charge is None or units is None:
        sheet.say(
            "line_left",
            f"24A.{row}",
            "the line is left out, since its day, charge or units cannot be read.",
            "Fill 24A, 24F and 24G.",
        )
        return None
    code = sheet.text(f"24D.{row}").upper()
    minutes = any(re.fullmatch(one, code) for one in values_of("minutes", sheet.on))
    letters, _ = pointers(sheet.text(f"24E.{row}"))
    drug, description, note = shaded(sheet.texts.get(f"24.note.{row}", ""))
    line = Line(
        code,
        charge,
        units,
        first,
        last if last != first else None,
        tuple(sheet.text(f"24D.modifiers.{row}").upper().split()),
        "MJ" if minutes else "UN",
        tuple(places[one] for one in letters if one in places),
        sheet.text(f"24B.{row}"),
    )
    return replace(
        line,
        description=description,
        emergency=sheet.text(f"24C.{row}").upper() == "Y",
        epsdt=bool(sheet.text(f"24H.epsdt.{row}")),
        family_planning=sheet.text(f"24H.family.{row}").upper() == "Y",
        drug=drug,
        note=note,
    )
