"""What is wrong between the boxes of a CMS-1500."""

from __future__ import annotations

import re
from decimal import Decimal

from codinglab.claim.form_check import choose_one, filled_rows
from codinglab.claim.form_choices import cells_of, listed
from codinglab.claim.form_cms1500_limits import ACCIDENT
from codinglab.claim.form_parse import SIGNED_WORDS, read_count
from codinglab.claim.form_read_row import days, pointers, shaded
from codinglab.claim.form_sheet import Sheet
from codinglab.claim.form_text import money
from codinglab.claim.numbers import why_not_tax_id
from codinglab.core.findings import Severity
from codinglab.encounter.coded import POINTER_LETTERS

_NDC = re.compile(r"N4\s*[0-9]")


def check_professional(sheet: Sheet) -> None:
    """Add to `sheet` what is wrong between its boxes, from the top of the form down."""
    _marks(sheet)
    _insured(sheet)
    _accident(sheet)
    _numbers(sheet)
    _place(sheet)
    _lines(sheet)
    _totals(sheet)


def _marks(sheet: Sheet) -> None:
    choose_one(sheet, cells_of("coverage", sheet.on))
    choose_one(sheet, ("3.male", "3.female"), needed=False)
    choose_one(sheet, cells_of("relationship", sheet.on), needed=bool(sheet.text("4")))
    for box in ("10a", "10b", "10c", "27"):
        choose_one(sheet, (f"{box}.yes", f"{box}.no"))
    for box in ("11d", "20"):
        choose_one(sheet, (f"{box}.yes", f"{box}.no"), needed=False)
    choose_one(sheet, ("25.ssn", "25.ein"), needed=bool(sheet.text("25")))


def _insured(sheet: Sheet) -> None:
    insured, patient = sheet.text("4"), sheet.text("2")
    if sheet.text("6.self") and insured and insured != patient:
        sheet.say(
            "self",
            "6.self",
            f"the patient is the insured, but box 4 names {insured} and box 2 {patient}.",
            "Mark what the patient is to the insured, or name the same person in both boxes.",
        )
    medicare = bool(sheet.text("1.medicare"))
    if medicare and not sheet.text("11"):
        rule = sheet.layout.boxes["11"]
        sheet.say("blank", "11", "Medicare needs it: nothing stands there.", rule.rule)
    if sheet.yes("11d") != bool(sheet.text("9")) and not medicare:
        said = "yes" if sheet.yes("11d") else "no"
        there = "names an insured" if sheet.text("9") else "is blank"
        sheet.say(
            "other_plan",
            "11d.yes",
            f"another health plan: {said}; but box 9 {there}.",
            "Fill boxes 9, 9a and 9d where there is another plan, and none of them otherwise.",
        )
    _signed(sheet, medicare=medicare)


def _signed(sheet: Sheet, *, medicare: bool) -> None:
    """Say which agreement is not told; who does not assign the payment leaves 13 blank rightly."""
    asked = [("12.signed", "that the record is told", Severity.WARNING)]
    asked += [] if medicare else [("13", "that the provider is paid", Severity.NOTE)]
    for cell, label, how in asked:
        if sheet.text(cell).upper() not in SIGNED_WORDS:
            sheet.say(
                "unsigned",
                cell,
                f"nothing says that there is an agreement {label}.",
                "Write SIGNATURE ON FILE where there is a signature.",
                how,
            )


def _accident(sheet: Sheet) -> None:
    if sheet.yes("10b") and not sheet.text("10b.state"):
        sheet.say("state", "10b.state", "a car accident without its state.", "Write two letters.")
    happened = any(sheet.yes(box) for box in ("10a", "10b", "10c"))
    if happened and sheet.text("15.qualifier") != ACCIDENT:
        sheet.say(
            "accident_day",
            "15.date",
            "box 10 says that an accident is the reason, and its day (439) does not stand here.",
            "Write 439 and the day of the accident.",
        )


def _numbers(sheet: Sheet) -> None:
    tax = sheet.text("25").replace("-", "")
    if tax and (why := why_not_tax_id(tax, "SY" if sheet.text("25.ssn") else "EI")):
        sheet.say("tax_id", "25", f"{why}.", "Copy it again from the letter of the tax office.")
    if (indicator := sheet.text("21.indicator")) and indicator != "0":
        sheet.say("indicator", "21.indicator", f"it is {indicator!r}.", "Write 0 for ICD-10-CM.")
    code, reference = sheet.text("22.code"), sheet.text("22.reference")
    if code not in {"", "7", "8"}:
        sheet.say("frequency", "22.code", f"{code!r} is neither 7 nor 8.", "Write one, or none.")
    if bool(code) != bool(reference):
        sheet.say(
            "original",
            "22.reference",
            "a code to replace or void, and the payer's number of the claim, go together.",
            "Write both, or none of them on a first claim.",
        )


def _place(sheet: Sheet) -> None:
    """Say that Medicare is not told where it was done, which it asks of all but home and trips."""
    places = {sheet.text(f"24B.{row}") for row in filled_rows(sheet)} - {""}
    elsewhere = any(not listed("no_address", one, sheet.on) for one in places)
    if sheet.text("1.medicare") and elsewhere and not sheet.text("32.1"):
        rule = sheet.layout.boxes["32"].rule
        sheet.say("blank", "32.1", "Medicare needs it: nothing stands there.", rule)


def _lines(sheet: Sheet) -> None:
    known = {one for one in POINTER_LETTERS if sheet.text(f"21.{one}")}
    for row in filled_rows(sheet):
        first, last = days(sheet, row)
        if sheet.text(f"24A.{row}") and first is None:
            sheet.say(
                "no_day",
                f"24A.{row}",
                f"{sheet.text(f'24A.{row}')!r} is not two days.",
                'Write "MM DD YY MM DD YY", the same day twice for one day.',
            )
        elif first and last and last < first:
            sheet.say(
                "days", f"24A.{row}", f"the last day {last} is before {first}.", "Change them."
            )
        _done(sheet, row)
        letters, unread = pointers(sheet.text(f"24E.{row}"))
        if unread:
            sheet.say(
                "no_pointer", f"24E.{row}", f"{unread!r} is none of A to L.", "Write letters alone."
            )
        for letter in letters:
            if letter not in known:
                sheet.say(
                    "pointer",
                    f"24E.{row}",
                    f"points to {letter}, and box 21 has no diagnosis {letter}.",
                    "Point to a diagnosis that is there, or write it in box 21.",
                )
        units = read_count(sheet.text(f"24G.{row}"))
        if sheet.text(f"24G.{row}") and (units is None or units <= 0):
            sheet.say("units", f"24G.{row}", "it is no count above zero.", "Write the units.")


def _done(sheet: Sheet, row: int) -> None:
    """Say where a service is of a day to come, and where a drug cannot be told from its line."""
    first, _ = days(sheet, row)
    if first and first > sheet.on:
        said = f"{first} is after {sheet.on}, the day on which the form is read."
        sheet.say("future", f"24A.{row}", said, "Correct the year; bill what was done.")
    note = sheet.texts.get(f"24.note.{row}", "")
    if _NDC.match(note.strip()) and shaded(note)[0] is None:
        sheet.say(
            "drug",
            f"24.note.{row}",
            f"{note.strip()!r} has no NDC of 11 digits with unit and quantity, so it is a note.",
            'Write N4, the 11 digits, three blanks, unit and quantity: "N400409379501   ML1".',
        )


def _totals(sheet: Sheet) -> None:
    amounts = [sheet.money(f"24F.{row}") for row in filled_rows(sheet)]
    total = sheet.money("28")
    told = sum((one for one in amounts if one is not None), Decimal(0))
    if total is not None and total != told:
        sheet.say(
            "total",
            "28",
            f"it is {money(total)}, and the lines of this page add up to {money(told)}.",
            "Write the sum of 24F of this page.",
        )
    paid = sheet.money("29")
    if paid is not None and sheet.page == 1 and total is not None and paid > total:
        sheet.say(
            "paid",
            "29",
            f"the patient paid {money(paid)}, more than the charge {money(total)} of the page.",
            "Compare it with the receipt.",
            Severity.WARNING,
        )
