"""How the texts of a form are read: names, days, money and codes; each inverse to `form_text`."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from codinglab.claim.parties import Name

SIGNED_WORDS = {"SIGNATURE ON FILE", "SOF"}
_DIGITS = re.compile(r"\d+")
_COUNT = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_CENTURY = 100
_ICD_POINT = 3
_PHONE = 10


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
    """Return a count; None where the text is none, such as "1e9"."""
    return Decimal(text.strip()) if _COUNT.fullmatch(text.strip()) else None


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
