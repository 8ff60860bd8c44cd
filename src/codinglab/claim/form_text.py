"""How a form writes names, days, money and codes, and how it is read back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from codinglab.claim.form_page import typed
from codinglab.claim.parties import Address, Name, Provider

SIGNED = "SIGNATURE ON FILE"
SIGNED_WORDS = {SIGNED, "SOF"}
_APOSTROPHES = re.compile(r"['\u2019]")
_NOT_TYPED = re.compile(r"[.,#]")
_DIGITS = re.compile(r"\d+")
_CENTURY = 100
_ICD_POINT = 3
_PHONE = 10


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


def read_icd(text: str) -> str:
    """Return a diagnosis with its point: "E1122" is E11.22."""
    code = text.replace(".", "").replace(" ", "").upper()
    return f"{code[:_ICD_POINT]}.{code[_ICD_POINT:]}" if len(code) > _ICD_POINT else code


def read_day(text: str, century_after: date | None = None) -> date | None:
    """Return the day of six or eight digits (month, day, year); None where it is none.

    Two digits of the year mean the year within a century that ends at most one year after
    `century_after` (a birth day or a service lies before the day the claim is read for);
    without it they mean 20YY.
    """
    digits = re.sub(r"[\s/-]", "", text)
    if not digits.isdecimal() or not digits.isascii() or len(digits) not in {6, 8}:
        return None
    year = int(digits[4:])
    if len(digits) == 6:  # noqa: PLR2004  MMDDYY
        last = century_after.year + 1 if century_after else 2099
        year += last - last % _CENTURY
        year -= _CENTURY if year > last else 0
    try:
        return date(year, int(digits[:2]), int(digits[2:4]))
    except ValueError:
        return None


def read_money(text: str) -> Decimal | None:
    """Return dollars and cents: "210 00", "210.00" and "210" are 210 dollars; None for none."""
    found = re.fullmatch(r"(\d{1,3}(?:,?\d{3})*|\d*)(?:[ .](\d{2}))?", text.strip().lstrip("$ "))
    if not found or not (found[1] or found[2]):
        return None
    dollars = (found[1] or "0").replace(",", "")
    return Decimal(f"{dollars}.{found[2] or '00'}")


def read_count(text: str) -> Decimal | None:
    """Return a count; None where the text is none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_last_first(text: str) -> Name:
    """Return the name of "LAST, FIRST, MIDDLE"; without a comma it is an organization's."""
    last, _, rest = text.partition(",")
    first, _, middle = rest.partition(",")
    return Name(last.strip(), first.strip(), middle.strip())


def read_first_last(text: str) -> Name:
    """Return the name of "FIRST [MIDDLE] LAST"; one word is a last name."""
    words = text.split()
    if len(words) < 2:  # noqa: PLR2004  no first name
        return Name(text.strip())
    return Name(words[-1], words[0], " ".join(words[1:-1]))


def read_town(text: str) -> tuple[str, str, str]:
    """Return city, state and ZIP code of one line; blanks for what is not found."""
    found = re.fullmatch(r"(.*?)[ ,]*\b([A-Za-z]{2})[ ,]+(\d{5}(?:-?\d{4})?)", text.strip())
    if not found:
        return (text.strip(), "", "")
    return (found[1].strip(), found[2].upper(), found[3].replace("-", ""))


def read_phone(text: str) -> str:
    """Return the ten digits of a telephone, blank where there are not ten."""
    digits = "".join(_DIGITS.findall(text))
    return digits if len(digits) == _PHONE else ""
