"""One service line of a UB-04 read."""

from __future__ import annotations

import re
from decimal import Decimal

from codinglab.claim.form_choices import listed
from codinglab.claim.form_parse import read_count, read_money
from codinglab.claim.form_sheet import Sheet
from codinglab.claim.form_text import money
from codinglab.claim.model import Drug, InstitutionalBill, Line

_RATE = re.compile(r"\d+[ .]\d{2}")
_CODE = re.compile(r"([0-9A-Z]{5})((?:[0-9A-Z]{2}){0,4})")
_DRUG = re.compile(r"N4(\d{11})(UN|ML|GR|F2|ME)(\d+(?:\.\d+)?)")


def read_row(sheet: Sheet, row: int, stay: InstitutionalBill) -> Line | None:
    """Return service line `row`, None where its day, charge or units cannot be read.

    A line of an inpatient bill needs no day; it takes the first billed day.
    """
    day = sheet.day(f"45.{row}")
    if not sheet.text(f"45.{row}") and listed("undated", stay.bill_type, sheet.on):
        day = stay.statement_from
    charge, units = sheet.money(f"47.{row}"), read_count(sheet.text(f"46.{row}"))
    if day is None or charge is None or units is None:
        sheet.say(
            "line_left",
            f"45.{row}" if day is None else f"47.{row}",
            "the line is left out, since its day, charge or units cannot be read.",
            "Fill 46 and 47, and 45 on an outpatient bill.",
        )
        return None
    code, modifiers, daily = _coded(sheet, row)
    if daily is not None and daily * units != charge:
        sheet.say(
            "rate",
            f"44.{row}",
            f"{money(daily)} a day for {units} days is {money(daily * units)}, not "
            f"{money(charge)}.",
            "Correct the rate, the days or the charge.",
        )
    drug, words = _what(sheet.text(f"43.{row}"))
    return Line(
        code,
        charge,
        units,
        day,
        modifiers=modifiers,
        unit_kind="DA" if daily is not None else "UN",
        revenue_code=sheet.text(f"42.{row}"),
        noncovered=sheet.money(f"48.{row}"),
        description=words,
        drug=drug,
    )


def _coded(sheet: Sheet, row: int) -> tuple[str, tuple[str, ...], Decimal | None]:
    """Return the code with its modifiers, or the rate a day, of FL 44."""
    text = sheet.text(f"44.{row}").upper()
    if not text:
        return "", (), None
    if _RATE.fullmatch(text):
        return "", (), read_money(text)
    found = _CODE.fullmatch(text.replace(" ", "").replace("-", ""))
    if not found:
        sheet.say(
            "code",
            f"44.{row}",
            f"{text!r} is neither a code of five characters with modifiers of two nor a rate.",
            'Write "9928425" for 99284 with modifier 25, or "1800.00" for a rate a day.',
        )
        return "", (), None
    pairs = found[2]
    return found[1], tuple(pairs[at : at + 2] for at in range(0, len(pairs), 2)), None


def _what(text: str) -> tuple[Drug | None, str]:
    found = _DRUG.fullmatch(text.replace(" ", ""))
    return (Drug(found[1], Decimal(found[3]), found[2]), "") if found else (None, text)
