"""Items 1 to 11d of a CMS-1500 read: the patient, and the policies that they tell."""

from __future__ import annotations

from codinglab.claim.form_choices import listed
from codinglab.claim.form_cms1500_people import NO_EARLIER_PAYER
from codinglab.claim.form_parse import read_last_first, read_phone, read_town
from codinglab.claim.form_sheet import Sheet
from codinglab.claim.parties import Address, Coverage, Payer, Person


def patient(sheet: Sheet) -> Person:
    """Return the patient of items 2, 3 and 5."""
    person = sheet.person(sheet.text("2"), sheet.text("3.born"), sheet.chosen("sex", "3"), None)
    there = sheet.address("5.street", "5.city", "5.state", "5.zip")
    return Person(person.name, person.born, person.sex, there, read_phone(sheet.text("5.phone")))


def policies(sheet: Sheet) -> tuple[tuple[Coverage, ...], int]:
    """Return the policies from the first payer on, and the place of the one that is asked.

    With Medicare boxes 4 to 11c tell who pays before it; with others they tell the policy asked
    itself, and box 9 another, which is taken to pay after it.
    """
    filing = sheet.chosen("coverage")
    if listed("medicare", filing, sheet.on):
        asked = _policy(sheet, _payer(sheet), filing)
        group = sheet.text("11")
        if not group or group.upper() == NO_EARLIER_PAYER:
            return (asked,), 0
        return (_before_medicare(sheet, group), asked), 1
    if filing:
        sheet.note(
            "kind_not_told",
            "1a",
            f"box 1 does not tell every kind of payer that the wire knows: {filing} is taken.",
            "Compare the claim filing indicator (2000B SBR09) with the payer.",
        )
    return _with_other(sheet, filing), 0


def _with_other(sheet: Sheet, filing: str) -> tuple[Coverage, ...]:
    asked = Coverage(
        _payer(sheet),
        sheet.text("1a"),
        filing,
        sheet.chosen("relationship") or "18",
        _insured(sheet),
        group_number=sheet.text("11"),
        group_name=_plan(sheet),
        claim_number=sheet.text("11b"),
        assigned="Y" if sheet.text("13") else "N",
        release="Y" if sheet.text("12.signed") else "I",
    )
    if not (sheet.yes("11d") and sheet.text("9")):
        return (asked,)
    sheet.note(
        "order_not_told",
        "9",
        "the form does not tell which plan pays first; the one of box 1a is taken.",
        "Settle the order by the rules of the two plans before the claim is sent.",
    )
    name = sheet.text("9")
    person = None if name == sheet.text("2") else Person(read_last_first(name))
    other = Coverage(
        Payer(sheet.text("9d"), ""), "", "", "18", person, group_number=sheet.text("9a")
    )
    return (asked, other)


def _policy(sheet: Sheet, payer: Payer, filing: str) -> Coverage:
    return Coverage(
        payer,
        sheet.text("1a"),
        filing,
        claim_number=sheet.text("11b"),
        assigned="Y" if sheet.text("13") else "N",
        release="Y" if sheet.text("12.signed") else "I",
    )


def _before_medicare(sheet: Sheet, group: str) -> Coverage:
    sheet.note(
        "first_payer",
        "11",
        "the form tells group and plan of the payer before Medicare, not its kind, the member "
        "number, or why it pays first.",
        "Add them (2320 SBR05, SBR09; 2330A NM109) before the claim goes on the wire.",
    )
    return Coverage(
        Payer(sheet.text("11c"), ""),
        "",
        "",
        sheet.chosen("relationship") or "18",
        _insured(sheet),
        group_number=group,
    )


def _plan(sheet: Sheet) -> str:
    """Return the name in 11c, blank where it is just the payer's own."""
    plan = sheet.text("11c")
    return "" if plan == sheet.text("carrier.1") else plan


def _payer(sheet: Sheet) -> Payer:
    name, street, town = (sheet.text(f"carrier.{at}") for at in (1, 2, 3))
    city, state, zip_code = read_town(town)
    there = Address(street, city, state, zip_code) if street or town else None
    sheet.note(
        "payer_number",
        "carrier.1",
        "the form does not tell the number by which the clearinghouse knows the payer.",
        "Look it up in the list of payers (2010BB NM109).",
    )
    return Payer(name, "", there)


def _insured(sheet: Sheet) -> Person | None:
    """Return the insured of item 4, None where that is the patient or nobody is named."""
    name = sheet.text("4")
    if not name or sheet.text("6.self") or name == sheet.text("2"):
        return None
    there = sheet.address("7.street", "7.city", "7.state", "7.zip")
    person = sheet.person(name, sheet.text("11a.born"), sheet.chosen("sex", "11a"), there)
    return Person(person.name, person.born, person.sex, there, read_phone(sheet.text("7.phone")))
