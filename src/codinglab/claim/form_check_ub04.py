"""What is wrong between the boxes of a UB-04."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from codinglab.claim.form_check import filled_rows
from codinglab.claim.form_choices import listed
from codinglab.claim.form_sheet import Sheet
from codinglab.claim.form_text import money
from codinglab.claim.numbers import why_not_tax_id
from codinglab.core.findings import Severity

_INPATIENT = ("12", "14", "15", "69")
_SPARED = "48"


def check_institutional(sheets: Sequence[Sheet]) -> None:
    """Add to the pages what is wrong between their boxes; the totals stand on the last page."""
    head = sheets[0]
    _bill(head)
    _stay(head)
    for sheet in sheets:
        _lines(sheet)
    _totals(sheets)


def _bill(sheet: Sheet) -> None:
    kind = sheet.text("4")
    if kind and not (len(kind) == 4 and kind[0] == "0"):  # noqa: PLR2004  a type of bill
        sheet.say(
            "bill_type", "4", f"{kind!r} is no type of bill.", "Write four digits, the first a 0."
        )
    asked = [cell for cell in ("64A", "64B", "64C") if sheet.text(cell)]
    replaces = kind[-1:] in {"7", "8"}
    if replaces != bool(asked):
        sheet.say(
            "original",
            asked[0] if asked else "64A",
            "the payer's number of an earlier claim and a type of bill that ends in 7 or 8 go "
            "together.",
            "Write both, or none of them on a first bill.",
        )
    tax = sheet.text("5").replace("-", "")
    if tax and (why := why_not_tax_id(tax, "EI")):
        sheet.say("tax_id", "5", f"{why}.", "Copy it again from the letter of the tax office.")
    version = sheet.text("66")
    if version and version != "0":
        sheet.say("indicator", "66", f"it is {version!r}.", "Write 0 for ICD-10-CM.")
    first, last = sheet.day("6.from"), sheet.day("6.through")
    if first and last and last < first:
        sheet.say("days", "6.through", f"{last} is before {first}.", "Change the two days.")


def _stay(sheet: Sheet) -> None:
    inpatient = listed("undated", sheet.text("4")[:3], sheet.on)
    for cell in _INPATIENT if inpatient else ():
        if not sheet.text(cell):
            box = sheet.layout.boxes[cell]
            sheet.say("blank", cell, f"{box.label}: nothing stands there.", box.rule)
    if inpatient and not sheet.text("13") and not listed("no_hour", sheet.text("4")[:3], sheet.on):
        rule = sheet.layout.boxes["13"].rule
        sheet.say("blank", "13", "the hour of admission is missing.", rule, Severity.WARNING)
    for cell in ("13", "16"):
        hour = sheet.text(cell)
        if hour and not (hour.isdecimal() and len(hour) == 2 and int(hour) < 24):  # noqa: PLR2004
            sheet.say("hour", cell, f"{hour!r} is no hour.", "Write 00 to 23.")
    if not inpatient and sheet.text("74.code"):
        sheet.say(
            "procedure",
            "74.code",
            "an outpatient bill tells its procedures by HCPCS codes in 44.",
            "Take the ICD-10-PCS code out, unless the payer's contract asks for it.",
        )


def _lines(sheet: Sheet) -> None:
    head = sheet.day("6.from"), sheet.day("6.through")
    for row in filled_rows(sheet):
        day = sheet.day(f"45.{row}")
        if day and head[0] and head[1] and not head[0] <= day <= head[1]:
            sheet.say(
                "outside",
                f"45.{row}",
                f"{day} is not within the billed days {head[0]} to {head[1]}.",
                "Correct the day, or the days in 6.",
            )
        spared, charge = sheet.money(f"{_SPARED}.{row}"), sheet.money(f"47.{row}")
        if spared is not None and charge is not None and spared > charge:
            sheet.say(
                "spared",
                f"{_SPARED}.{row}",
                f"{money(spared)} is more than the charge {money(charge)}.",
                "Write the part of the charge that is not covered.",
            )


def _totals(sheets: Sequence[Sheet]) -> None:
    last = sheets[-1]
    for column in ("47", _SPARED):
        amounts = [
            sheet.money(f"{column}.{row}") or Decimal(0)
            for sheet in sheets
            for row in filled_rows(sheet)
        ]
        total = last.money(f"{column}.total")
        if total is not None and total != sum(amounts):
            last.say(
                "total",
                f"{column}.total",
                f"it is {money(total)}, and the lines add up to {money(sum(amounts, Decimal(0)))}.",
                "Write the sum of the lines.",
            )
