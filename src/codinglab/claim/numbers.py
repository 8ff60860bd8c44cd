"""Numbers that carry their own check, or at least a shape: NPI, tax, member, drug and ZIP.

Each function returns "" for a number that may be right, else what is wrong with it in one clause.
A right shape says nothing of whether the number was ever given out.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from codinglab.claim.rules import member_id_shape
from codinglab.x12.npi import LENGTH, is_npi

_SSN = re.compile(r"(?!000|666|9\d\d)\d{3}(?!00)\d{2}(?!0000)\d{4}")
_EIN = re.compile(r"(?!00)\d{9}")
_ZIP = re.compile(r"\d{5}(\d{4})?")
_FIVE = 5
_NDC_DIGITS = 11
_NDC = {(5, 4, 2), (4, 4, 2), (5, 3, 2), (5, 4, 1)}
_NDC_PARTS = (5, 4, 2)


def why_not_npi(text: str) -> str:
    """Say what is wrong with a National Provider Identifier.

    Source: 45 CFR 162.406 and CMS's rule of its check digit (Luhn with the prefix 80840).
    """
    if is_npi(text):
        return ""
    if len(text) != LENGTH or not (text.isascii() and text.isdecimal()):
        return f"{text!r} has not ten digits"
    if text[0] not in "12":
        return f"{text} begins with {text[0]}; an NPI begins with 1 or 2"
    return f"the last digit of {text} does not fit the nine before it: a digit is mistyped"


def why_not_tax_id(text: str, kind: Literal["EI", "SY"]) -> str:
    """Say what is wrong with an employer's number (EI) or a social security number (SY).

    Source: 26 CFR 301.6109-1 (nine digits); 20 CFR 422.103 and the Social Security
    Administration's numbers never given out: area 000, 666, 900 to 999, group 00, serial 0000.
    """
    digits = text.replace("-", "")
    if not re.fullmatch(r"[0-9]{9}", digits):
        return f"{text!r} has not nine digits"
    if kind == "SY":
        return "" if _SSN.fullmatch(digits) else f"{text} is a social security number never given"
    return "" if _EIN.fullmatch(digits) else f"{text} begins with 00, as no employer's number does"


def why_not_member_id(text: str, filing: str, day: date) -> str:
    """Say what is wrong with a member number under a claim `filing` indicator, by our list."""
    row = member_id_shape(filing, day)
    if row is None or re.fullmatch(row.shape, text):
        return ""
    return f"{text!r} is not {row.label} (like {row.example})"


def why_not_zip(text: str, *, nine: bool) -> str:
    """Say what is wrong with a ZIP code; `nine` asks for the four digits after the first five."""
    digits = text.replace("-", "")
    if not (digits.isascii() and _ZIP.fullmatch(digits)):
        return f"{text!r} is no ZIP code of five or nine digits"
    return (
        f"{text} has five digits, and nine are asked for" if nine and len(digits) == _FIVE else ""
    )


def ndc11(text: str) -> str | None:
    """Return a National Drug Code as the eleven digits that a claim carries, 5-4-2; None for none.

    The FDA's ten digits are written 4-4-2, 5-3-2 or 5-4-1, and a zero fills up the short part.
    Ten digits without hyphens may be any of the three, so they are None.

    Source: 21 CFR 207.33; Medicare Claims Processing Manual, chapter 26, section 10.4, item 24.
    """
    parts = text.strip().split("-")
    if not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    if len(parts) == 1:
        return parts[0] if len(parts[0]) == _NDC_DIGITS else None
    if tuple(map(len, parts)) not in _NDC:
        return None
    return "".join(part.zfill(width) for part, width in zip(parts, _NDC_PARTS, strict=True))
