"""The check digit of a National Provider Identifier.

CMS: "Requirements for National Provider Identifier (NPI) and NPI Check Digit": the Luhn formula
(ISO 7812) over the ten digits with the constant prefix 80840; the first digit is 1 or 2 (45 CFR
162.406).
"""

from __future__ import annotations

from functools import lru_cache

from codinglab.core.cite import Cite

CITE = Cite("CMS, NPI check digit", "2004", "Luhn formula with prefix 80840")
LENGTH = 10
_PREFIX_SUM = 24  # what 80840 adds: 8+0+8+4+0 with every second digit doubled from the right
_FIRST = ("1", "2")


def check_digit(nine: str) -> str:
    """Return the tenth digit of the NPI that begins with the digits `nine`."""
    total = _PREFIX_SUM
    for at, digit in enumerate(reversed(nine)):
        value = int(digit) * (1 if at % 2 else 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004  the digits of a two-digit sum
    return str(-total % 10)


@lru_cache(maxsize=1 << 14)
def is_npi(text: str) -> bool:
    """Say whether `text` is ten digits, begins with 1 or 2, and ends with its check digit."""
    return (
        len(text) == LENGTH
        and text.isascii()
        and text.isdecimal()
        and text[0] in _FIRST
        and check_digit(text[:-1]) == text[-1]
    )
