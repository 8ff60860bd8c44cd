"""How a form writes names, days, money and codes; `form_parse` reads them back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from codinglab.claim.form_page import typed
from codinglab.claim.parties import Address, Name, Provider

SIGNED = "SIGNATURE ON FILE"
_APOSTROPHES = re.compile(r"['\u2019]")
_NOT_TYPED = re.compile(r"[.,#]")
_DIGITS = re.compile(r"\d+")


def plain(text: str) -> str:
    """Return `text` as typed, without the punctuation that a scanner takes for dirt."""
    return typed(_NOT_TYPED.sub(" ", _APOSTROPHES.sub("", text)))


def person_last_first(name: Name) -> str:
    """Return a name as items 2, 4 and 9 have it: last name and suffix, first, middle; commas."""
    last = " ".join(plain(one) for one in (name.last, name.suffix) if one)
    return ", ".join(one for one in (last, plain(name.first), plain(name.middle)) if one)


def person_first_last(name: Name) -> str:
    """Return a name as items 17 and 33 have it: first, middle, last, suffix."""
    return " ".join(plain(one) for one in (name.first, name.middle, name.last, name.suffix) if one)


def street(address: Address) -> str:
    """Return both lines of the street as one."""
    return " ".join(plain(one) for one in (address.line_1, address.line_2) if one)


def zip_code(text: str) -> str:
    """Return a ZIP code, with its hyphen where it has nine digits."""
    digits = text.replace("-", "")
    return f"{digits[:5]}-{digits[5:]}" if len(digits) > 5 else digits  # noqa: PLR2004  ZIP + 4


def town(address: Address) -> str:
    """Return city, state and ZIP code as one line."""
    return f"{plain(address.city)} {address.state} {zip_code(address.zip_code)}"


def party(provider: Provider) -> tuple[str, str, str]:
    """Return name, street and town of a provider, blank where there is no address."""
    where = provider.address
    name = person_first_last(provider.name)
    return (name, street(where), town(where)) if where else (name, "", "")


def phone(text: str) -> str:
    """Return a telephone as area and number: "614 5550100"."""
    digits = "".join(_DIGITS.findall(text))
    return f"{digits[:3]} {digits[3:]}" if digits else ""


def day_short(day: date | None) -> str:
    """Return "MM DD YY", blank for no day."""
    return f"{day:%m %d %y}" if day else ""


def day_long(day: date | None) -> str:
    """Return "MM DD YYYY", blank for no day."""
    return f"{day:%m %d %Y}" if day else ""


def day_run(day: date | None) -> str:
    """Return "MMDDYY", as the UB-04 has it."""
    return f"{day:%m%d%y}" if day else ""


def money(amount: Decimal | None) -> str:
    """Return dollars and cents with a blank where the line stands: "210 00"; blank for None."""
    if amount is None:
        return ""
    dollars, _, cents = f"{amount:.2f}".partition(".")
    return f"{dollars} {cents}"


def count(number: Decimal) -> str:
    """Return a count without needless zeros: "2", "1.5"."""
    text = f"{number.normalize():f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def icd(code: str) -> str:
    """Return a diagnosis without its point."""
    return code.replace(".", "").upper()
