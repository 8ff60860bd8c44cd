"""What the families of billing cases come to, by hand."""

from __future__ import annotations

import re

import pytest

from codinglab.course.mark import reference
from codinglab.course.variants import Variant, all_variants
from codinglab.x12.check import check


def _the(slug: str, **facts: str) -> Variant:
    (found,) = (one for one in all_variants(slug) if dict(one.facts) == facts)
    return found


def _sums(one: Variant) -> dict[str, str]:
    items = reference(one.case.slug, one.number).items
    return {each.value: min(each.parts[0].values) for each in items if each.kind == "sum"}


@pytest.mark.parametrize(
    ("northfield", "medicare", "visit", "wanted"),
    [
        # Open: 112 - 41.60. Alone: 86.12 less 20 percent (17.22). Covered by the 41.60.
        (
            "part of the deductible",
            "met",
            "99213",
            {"open": "70.40", "alone": "68.90", "second": "68.90", "patient": "0.00"},
        ),
        # Alone: (86.12 - 61.25) x 0.8 = 24.87 - 4.97. Of 61.25 + 4.97 the plan's 41.60 is paid.
        (
            "part of the deductible",
            "partly met",
            "99213",
            {"open": "70.40", "alone": "19.90", "second": "19.90", "patient": "24.62"},
        ),
        # The deductible takes all of 121.31, and the plan's 78.40 counts towards it.
        (
            "part of the deductible",
            "untouched",
            "99214",
            {"open": "79.60", "alone": "0.00", "second": "0.00", "patient": "42.91"},
        ),
        # Open: 158 - 123, less than (121.31 - 61.25) x 0.8 = 60.06 - 12.01.
        (
            "copayment",
            "partly met",
            "99214",
            {"open": "35.00", "alone": "48.05", "second": "35.00", "patient": "0.00"},
        ),
    ],
)
def test_medicare_second_pays_the_lowest_and_the_patient_what_is_left_open(
    northfield: str, medicare: str, visit: str, wanted: dict[str, str]
) -> None:
    """42 CFR 411.33(a) and 411.35, for a line that Medicare approves at 86.12 or 121.31."""
    one = _the("medicare-second-payment", northfield=northfield, medicare=medicare, visit=visit)
    assert _sums(one) == wanted


def test_a_worker_owes_nothing_of_what_the_fund_takes_off() -> None:
    """12001: 190.00 less 120.40 is 69.60; vaccine 60.00 less 46.50; giving it 28.00 less 26.95."""
    one = _the(
        "work-injury-claim",
        hurt="the day before",
        wound="12001",
        card="Riverbend",
        vaccine="given",
    )
    assert _sums(one) == {"written-off": "84.15", "patient": "0.00"}


@pytest.mark.parametrize("slug", ["notice-patient-balance", "posting-medicare-payment"])
def test_every_835_of_a_case_is_valid_for_the_guide(slug: str) -> None:
    for one in all_variants(slug):
        wire = re.search(r"ISA\*.*?IEA\*[^~]*~", one.chart.text, re.DOTALL)
        assert wire is not None
        assert list(check(wire.group().replace("\n", ""))) == []
