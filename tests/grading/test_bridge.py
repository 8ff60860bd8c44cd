"""nbgrader gives full marks for anything but a builtin number, so the bridge gives nothing else."""

import math
from fractions import Fraction

import pytest
from grading_keys import POLICY, dx, key, want_dx

from codinglab.grading.bridge import points
from codinglab.grading.compare import compare

THIRDS = key(want_dx("a", "A"), want_dx("b", "B"), want_dx("c", "C"))


def marking(*values):
    return compare(tuple(dx(n, value) for n, value in enumerate(values, 1)), THIRDS, POLICY)


@pytest.mark.parametrize(
    ("values", "maximum", "earned"),
    [
        ((), 10, 0.0),
        (("A",), 10, 3.33),  # 1/3 of 10 = 3.333...
        (("A", "B"), 10, 6.67),  # 2/3 of 10 = 6.666...
        (("A", "B", "C"), 10, 10.0),
        (("A", "B", "C"), 2.5, 2.5),
        (("A", "B", "C"), 0.1, 0.1),
        (("A", "B", "C"), 0, 0.0),
        (("X", "Y"), 10, 0.0),  # -1/2 -1/2 is below 0 and is clipped
        (("A", "B", "C", "X"), 10, 8.33),  # (3 - 1/2) / 3 of 10
        (("A",), Fraction(1, 2), 0.17),  # 1/6
    ],
)
def test_points_are_the_share_of_the_maximum_in_hundredths(values, maximum, earned):
    found = points(marking(*values), maximum)
    assert found == earned
    assert type(found) is float
    assert math.isfinite(found)
    assert 0.0 <= found <= maximum


@pytest.mark.parametrize(
    "maximum", [math.nan, math.inf, -1, -0.01, 2.999, True, "10", None, Fraction(1, 3)]
)
def test_a_maximum_that_is_no_number_of_points_is_refused_whatever_the_answer(maximum):
    for answer in (("A", "B", "C"), ()):
        with pytest.raises(ValueError, match="a cell is worth"):
            points(marking(*answer), maximum)
