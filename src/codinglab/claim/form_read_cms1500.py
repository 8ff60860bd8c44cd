"""The boxes of a CMS-1500 read as a professional claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.claim.form_check import filled_rows
from codinglab.claim.form_choices import value_of
from codinglab.claim.form_cms1500_limits import ACCIDENT
from codinglab.claim.form_parse import read_first_last, read_icd
from codinglab.claim.form_read_numbers import billing, corrected, facility, numbers
from codinglab.claim.form_read_policies import patient, policies
from codinglab.claim.form_read_row import read_row, rendering
from codinglab.claim.form_sheet import Sheet, other_ids
from codinglab.claim.model import Accident, Claim, Diagnosis, Line, ProfessionalDates
from codinglab.claim.parties import Provider, Role
from codinglab.encounter.coded import POINTER_LETTERS

_REFERRERS: dict[str, Role] = {
    "referring": "referring",
    "ordering": "ordering",
    "supervising": "supervising",
}


def read_professional(sheets: Sequence[Sheet]) -> Claim | None:
    """Return the claim that the pages tell, None where no line of them can be read.

    All but the lines is read from the first page; findings are added to the pages.
    """
    head = sheets[0]
    letters = [one for one in POINTER_LETTERS if head.text(f"21.{one}")]
    places = {letter: at for at, letter in enumerate(letters, start=1)}
    read = [
        (line, rendering(sheet, row))
        for sheet in sheets
        for row in filled_rows(sheet)
        if (line := read_row(sheet, row, places))
    ]
    if not read:
        return None
    doers = {one for _, one in read}
    same = next(iter(doers)) if len(doers) == 1 else None
    lines = tuple(_by(line, None if same else who) for line, who in read)
    place = lines[0].place_of_service
    coverages, to = policies(head)
    return Claim(
        kind="professional",
        account=head.text("26"),
        patient=patient(head),
        coverages=coverages,
        billing=billing(head),
        diagnoses=tuple(Diagnosis(read_icd(head.text(f"21.{one}"))) for one in letters),
        lines=tuple(_away(line, place) for line in lines),
        to=to,
        frequency=corrected(head),
        original_reference=head.text("22.reference"),
        place_of_service=place,
        accepts="C" if head.text("27.no") else "A",
        signature_on_file=bool(head.text("31.signed")),
        providers=(*_referrer(sheets), *((("rendering", same),) if same else ())),
        facility=facility(head),
        dates=_dates(head),
        accident=_accident(head),
        patient_paid=head.money("29"),
        outside_laboratory=_outside(head),
        conditions=tuple(head.text("10d").split()),
        note=head.text("19"),
        **numbers(head),
    )


def _by(line: Line, who: Provider | None) -> Line:
    return replace(line, providers=(("rendering", who),)) if who else line


def _away(line: Line, place: str) -> Line:
    """Return the line without its place of service where that is the claim's."""
    return replace(line, place_of_service="") if line.place_of_service == place else line


def _referrer(sheets: Sequence[Sheet]) -> list[tuple[Role, Provider]]:
    found = []
    for sheet in sheets:
        role = _REFERRERS.get(value_of("referrer", sheet.text("17.qualifier"), sheet.on))
        if sheet.text("17") and role is None:
            sheet.say(
                "referrer",
                "17.qualifier",
                f"{sheet.text('17.qualifier')!r} does not say what {sheet.text('17')} did; the "
                "name is left out.",
                "Write DN referring, DK ordering or DQ supervising.",
            )
        elif role:
            ids = other_ids(sheet.text("17a.qualifier"), sheet.text("17a"))
            name = read_first_last(sheet.text("17"))
            found.append((role, Provider(name, npi=sheet.text("17b"), other_ids=ids)))
    return list(dict.fromkeys(found))


def _dates(sheet: Sheet) -> ProfessionalDates:
    first = sheet.text("14.qualifier")
    if sheet.text("14.date") and first not in {"431", "484"}:
        sheet.say(
            "date_kind",
            "14.qualifier",
            f"{first!r} does not say which day it is; the day is left out.",
            "Write 431 for the onset or 484 for the last menstrual period.",
        )
    return ProfessionalDates(
        onset=sheet.day("14.date") if first == "431" else None,
        last_menstrual=sheet.day("14.date") if first == "484" else None,
        **_other_day(sheet),
        unable_to_work_from=sheet.day("16.from"),
        unable_to_work_to=sheet.day("16.to"),
        admitted=sheet.day("18.from"),
        discharged=sheet.day("18.to"),
    )


def _other_day(sheet: Sheet) -> dict[str, date]:
    """Return the day of item 15 by its field of the claim's dates, unless it is an accident's."""
    qualifier, day = sheet.text("15.qualifier"), sheet.day("15.date")
    field = value_of("other_date", qualifier, sheet.on)
    if day and not field and qualifier != ACCIDENT:
        sheet.say(
            "date_kind",
            "15.qualifier",
            f"{qualifier!r} does not say which day it is; the day is left out.",
            "Write 439 for an accident, 454 for the first treatment, or another of its codes.",
        )
    return {field: day} if field and day else {}


def _accident(sheet: Sheet) -> Accident:
    return Accident(
        employment=sheet.yes("10a"),
        auto=sheet.yes("10b"),
        other=sheet.yes("10c"),
        state=sheet.text("10b.state").upper(),
        day=sheet.day("15.date") if sheet.text("15.qualifier") == ACCIDENT else None,
    )


def _outside(sheet: Sheet) -> Decimal | None:
    """Return what was paid to the outside laboratory, None where box 20 does not say yes."""
    if not sheet.yes("20"):
        return None
    paid = sheet.money("20.charge")
    if paid is None:
        sheet.say(
            "outside_charge",
            "20.charge",
            "an outside laboratory was paid, and the amount does not stand here.",
            "Write what was paid, or mark no.",
        )
    return paid
