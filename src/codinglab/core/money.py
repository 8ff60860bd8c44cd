"""What an amount of dollars must be before it may be kept: whole cents, and not too many."""

from __future__ import annotations

from decimal import Decimal

TOO_MUCH = Decimal(10) ** 15
"""Dollars from which the books hold none: whole cents, and sums of them, must fit into 64 bits."""
_CENT = -2  # the exponent of a cent


def has_cents(value: Decimal) -> bool:
    """Say whether an amount, of any length, is a number of whole cents."""
    _, digits, exponent = value.as_tuple()  # rounding has limits, and a file may be beyond them
    if not isinstance(exponent, int):
        return False  # no number, or none that ends
    return exponent >= _CENT or not any(digits[exponent - _CENT :])
