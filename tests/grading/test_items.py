"""A key at odds with itself is refused where it is built, and the message names the item."""

from dataclasses import replace
from fractions import Fraction

import pytest
from grading_keys import POLICY, key, near, want_dx, want_line

from codinglab.grading.items import ExpectedPart, ExpectedReferences, Near, Status

F = Fraction


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (key, "no required item carries points"),
        (lambda: key(want_dx("a", "A", status=Status.OPTIONAL)), "no required item carries points"),
        (lambda: key(want_dx("a", "A"), want_dx("a", "B")), r"\['a'\] stand twice"),
        (lambda: key(want_dx("a", "A", before=("z",))), r"a refers to \['z'\]"),
        (lambda: key(want_line("l", "L", to=("z",))), r"l refers to \['z'\]"),
        (
            lambda: key(want_dx("a", "A", before=("l",)), want_line("l", "L")),
            r"a stands before \['l'\], whose kind has a count of its own",
        ),
        (
            lambda: key(want_dx("a", "A"), want_dx("n", "A", status=Status.FORBIDDEN)),
            "A is forbidden by item n and right by item a",
        ),
        (
            lambda: key(
                want_dx("a", "A", accepted=("B",)), want_dx("n", "B", status=Status.FORBIDDEN)
            ),
            "B is forbidden by item n and right by item a",
        ),
        (lambda: want_dx("a", "A", -1), "item a: -1 points are below 0"),
        (lambda: want_dx("a", "A", near=(near("A"),)), "earns all the points and is a near miss"),
        (
            lambda: want_dx("a", "A", critical=True, status=Status.OPTIONAL),
            "an optional item cannot be critical",
        ),
        (lambda: near("N", "1"), "near miss N: credit 1 is not within 0 <= credit < 1"),
        (lambda: Near("N", F(1, 2), "", "why"), "give it a reason and an error class"),
        (lambda: ExpectedPart("units", frozenset(), F(1)), "no value is expected"),
        (lambda: ExpectedPart("units", frozenset("1"), F(-1)), "part units: -1 points"),
        (lambda: ExpectedReferences("pointers", frozenset(), F(1)), "none is expected"),
        (
            lambda: ExpectedReferences("pointers", frozenset("a"), F(1), primary=frozenset("b")),
            r"\['b'\] may come first, so allow it too",
        ),
        (lambda: replace(POLICY, extra_item=F(-1)), "policy extra_item: -1 points are below 0"),
        (lambda: replace(POLICY, kind_points={"x": F(-1)}), "policy, kind x: -1 points"),
    ],
)
def test_contradictions_are_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()
