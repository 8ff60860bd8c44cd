"""Values as the publishers write them, in the form of our tables."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_MANY = 50_000  # large files say the same codes and days over and over
_YEAR_AND_DAY = 7
_PROCEDURE = re.compile(r"[0-9A-V]\d{3}[0-9A-Z]")
_DIAGNOSIS = re.compile(r"[A-Z][0-9A-Z][0-9A-Z](\.?[0-9A-Z]{1,4})?")


def text(value: str) -> str:
    """Return `value` with single blanks only."""
    return " ".join(value.split())


@lru_cache(maxsize=_MANY)
def procedure_code(value: str) -> str:
    """Return a CPT or HCPCS code; raises ValueError for another shape."""
    code = value.strip().upper()
    if not _PROCEDURE.fullmatch(code):
        raise ValueError(f"{value.strip()!r:.40} is not a procedure code")
    return code


def diagnosis_code(value: str) -> str:
    """Return an ICD-10-CM code with its point; raises ValueError for another shape."""
    code = value.strip().upper()
    if not _DIAGNOSIS.fullmatch(code):
        raise ValueError(f"{value.strip()!r:.40} is not an ICD-10-CM code")
    plain = code.replace(".", "")
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 else plain  # noqa: PLR2004  the point's place


def number(value: str) -> str:
    """Return a number without currency sign and thousands; blank and "." stay blank."""
    plain = value.strip().replace("$", "").replace(",", "")
    if plain in {"", ".", "N/A"}:
        return ""
    try:
        Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"{value.strip()!r:.40} is not a number") from None
    return plain


@lru_cache(maxsize=_MANY)
def day(value: str) -> str:
    """Return the day YYYYMMDD or YYYYDDD in ISO form; blank, "*" and zeros (no date) are blank."""
    plain = value.strip()
    if not plain.strip("*0"):
        return ""
    try:
        if len(plain) == _YEAR_AND_DAY:
            first = date(int(plain[:4]), 1, 1)
            return (first + timedelta(days=int(plain[4:]) - 1)).isoformat()
        return date.fromisoformat(plain).isoformat()
    except ValueError:
        raise ValueError(f"{plain!r:.40} is not a date YYYYMMDD") from None


@lru_cache(maxsize=_MANY)
def day_after(value: str) -> str:
    """Return the day after a last day YYYYMMDD, as our spans do not include their end."""
    last = day(value)
    return (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else ""
