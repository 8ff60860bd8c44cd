"""What holds of every bill: prices are not negative, parts add up, more never pays less."""

import sys
import tempfile
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from toy_schedule import amounts, code, lines, prices, toy

VALUES = {"A0001": "3.17", "A0002": "8.05", "A0003": "0.01", "A0004": "12.4"}
BASE, FAMILY = "A0100", {"A0101": "5.2", "A0102": "2.9"}
IMAGES = {"A0201": ("7.31", "1.07"), "A0202": ("2.50", "3.33")}
MODIFIERS = ("", "-50", "-LT", "-RT", "-51", "-54", "-55", "-62", "-78", "-80", "-AS", "-59")
# Equal amounts rank in their order, so that other shares may fall to another of equal lines.
SIDE_ONLY = (*VALUES, *FAMILY, *IMAGES, BASE, "-50", "-LT", "-RT", "-51", "-59")
WRITTEN = st.lists(
    st.builds(
        "{}{}".format,
        st.sampled_from([*VALUES, BASE, *FAMILY, *IMAGES]),
        st.sampled_from(MODIFIERS),
    ),
    min_size=1,
    max_size=8,
)


@lru_cache(maxsize=1)
def home() -> Path:
    rows = [code(name, work, multiple="2", bilateral="1") for name, work in VALUES.items()]
    rows.append(code(BASE, "3.1", multiple="2"))
    rows += [code(one, work, multiple="3", endoscopic_base=BASE) for one, work in FAMILY.items()]
    said = {"multiple": "4", "pctc": "1", "global_days": "XXX"}
    for name, (technical, professional) in IMAGES.items():
        rows += [
            code(name, professional, nonfacility_pe_rvu=technical, **said),
            code(name, "0", modifier="TC", nonfacility_pe_rvu=technical, **said),
            code(name, professional, modifier="26", **said),
        ]
    return toy(Path(tempfile.mkdtemp()), *rows)


@settings(max_examples=300, deadline=None)
@given(WRITTEN)
def test_no_price_is_negative_and_every_line_has_a_price_or_a_reason(written: list[str]) -> None:
    for one in prices(home(), *written):
        assert (one.price is not None) or one.said
        assert one.price is None or one.price.amount >= 0


@settings(max_examples=200, deadline=None)
@given(WRITTEN)
def test_no_line_of_a_session_pays_more_than_alone(written: list[str]) -> None:
    for one, text in zip(amounts(home(), *written), written, strict=True):
        (alone,) = amounts(home(), text)
        assert one is None or alone is None or one <= alone


SIDES = WRITTEN.map(lambda bill: [one for one in bill if one.endswith(SIDE_ONLY)])


@settings(max_examples=200, deadline=None)
@given(SIDES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_change_the_sum(written: list[str], chance) -> None:
    other = list(written)
    chance.shuffle(other)
    sums = []
    for bill in (written, other):
        found = amounts(home(), *bill)
        sums.append((sum(one for one in found if one is not None), found.count(None)))
    # one rounding a line: equal lines may change places by a cent each
    assert abs(sums[0][0] - sums[1][0]) <= Decimal("0.01") * len(written)
    assert sums[0][1] == sums[1][1]


@pytest.mark.parametrize("name", IMAGES)
def test_professional_and_technical_part_add_up_to_the_whole(name: str) -> None:
    whole, professional, technical = (
        prices(home(), f"{name}{part}")[0].price for part in ("", "-26", "-TC")
    )
    assert whole is not None
    assert professional is not None
    assert technical is not None
    exact = [one.steps[-1].amount for one in (professional, technical)]
    assert sum(exact) == whole.steps[-1].amount


def test_written_lines_are_read_as_meant() -> None:
    (line,) = lines("A0001-50-62 x3")
    assert (line.code, line.modifiers, line.units) == ("A0001", ("50", "62"), 3)
