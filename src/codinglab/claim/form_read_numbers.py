"""Items 22, 23, 25, 32 and 33 of a CMS-1500 read: numbers, who bills, and where it was done."""

from __future__ import annotations

import re
from typing import TypedDict

from codinglab.claim.form_choices import values_of
from codinglab.claim.form_parse import read_first_last, read_phone
from codinglab.claim.form_sheet import Sheet
from codinglab.claim.model import Frequency
from codinglab.claim.parties import Name, OtherId, Provider

_TAXONOMY = "ZZ"
_QUALIFIER = 2


class Numbers(TypedDict, total=False):
    """What item 23 may hold, by the field of the claim."""

    authorization: str
    clia: str


def numbers(sheet: Sheet) -> Numbers:
    """Return the number of item 23: a CLIA number by its shape, else an authorization."""
    text = sheet.text("23")
    if not text:
        return {}
    if any(re.fullmatch(one, text) for one in values_of("clia", sheet.on)):
        return {"clia": text}
    sheet.note(
        "number_kind",
        "23",
        f"the form does not tell what number {text} is: an authorization is taken.",
        "On the wire a referral (9F), an authorization (G1) and a ZIP code of a pick-up differ.",
    )
    return {"authorization": text}


def corrected(sheet: Sheet) -> Frequency:
    """Return the frequency: 7, 8, or 1 for a first claim."""
    code = sheet.text("22.code")
    return "7" if code == "7" else "8" if code == "8" else "1"


def billing(sheet: Sheet) -> Provider:
    """Return who bills: a person where box 25 marks a social security number."""
    name, there = sheet.party("33")
    person = bool(sheet.text("25.ssn"))
    other = sheet.text("33b")
    taxonomy = other.removeprefix(_TAXONOMY) if other.startswith(_TAXONOMY) else ""
    return Provider(
        _person(sheet, name) if person else Name(name),
        npi=sheet.text("33a"),
        taxonomy=taxonomy,
        tax_id=sheet.text("25").replace("-", ""),
        tax_id_kind="SY" if person else "EI",
        address=there,
        phone=read_phone(sheet.text("33.phone")),
        other_ids=() if taxonomy else _other_ids(other),
    )


def _person(sheet: Sheet, text: str) -> Name:
    """Return a person's name, whose last word may be a suffix or a degree."""
    words = text.split()
    suffix = words[-1] if words and words[-1] in values_of("suffix", sheet.on) else ""
    name = read_first_last(" ".join(words[:-1] if suffix else words))
    return Name(name.last, name.first, name.middle, suffix)


def _other_ids(text: str) -> tuple[OtherId, ...]:
    return (OtherId(text[:_QUALIFIER], text[_QUALIFIER:]),) if text else ()


def facility(sheet: Sheet) -> Provider | None:
    """Return the place of item 32, None where it is blank or who bills in item 33."""
    name, there = sheet.party("32")
    npi = sheet.text("32a")
    if not (name or npi) or (name, there) == sheet.party("33"):
        return None
    return Provider(Name(name), npi=npi, address=there, other_ids=_other_ids(sheet.text("32b")))
