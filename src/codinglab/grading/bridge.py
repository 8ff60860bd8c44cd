"""From exact marks to the number a gradebook stores.

nbgrader gives FULL marks for a grade cell whose value is anything but a builtin number, a
Fraction, a Decimal or nan among them; so this is the one place where a mark becomes a float.
"""

from __future__ import annotations

import math
from fractions import Fraction

from codinglab.grading.marking import Marking

_HUNDREDTHS = 100


def points(marking: Marking, maximum: float) -> float:
    """Return the points earned out of `maximum`: a finite builtin float, 0.0 <= it <= maximum.

    `maximum` is the worth of the cell in points, in whole hundredths at most; halves of a
    hundredth round to even. Raises ValueError for a maximum that is not such a number.
    """
    most = _checked(maximum)
    return float(round(marking.score * most, 2))


def _checked(maximum: float) -> Fraction:
    number = isinstance(maximum, (int, float, Fraction)) and not isinstance(maximum, bool)
    if not number or not math.isfinite(maximum) or maximum < 0:
        msg = f"a cell is worth 0 or more points, not {maximum!r}; correct its maximum"
        raise ValueError(msg)
    most = Fraction(str(maximum))
    if (most * _HUNDREDTHS).denominator != 1:
        msg = f"a cell is worth whole hundredths of a point, not {maximum!r}; round its maximum"
        raise ValueError(msg)
    return most
