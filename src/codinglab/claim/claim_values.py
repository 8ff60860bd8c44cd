"""Days and numbers as a claim file writes them: what is read in one way alone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,10}(?:\.[0-9]{1,4})?")


def _day(value: Any) -> Any:
    """Refuse text that is no day written in full: 20260303 would be read as seconds of a clock."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("write the day as 2026-03-03, or leave the field out")
    return value


def _number(value: Any) -> Any:
    """Refuse text that is no plain number: 1e5 is no amount that anybody writes."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError("write the number as 1234.50, without signs of money or thousands")
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A day, written as 2026-03-03."""

Number = Annotated[Decimal, BeforeValidator(_number)]
"""Dollars, units or miles: at most ten digits before the point and four behind it."""
