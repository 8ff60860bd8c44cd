"""The default rubric reads, and a wrong one says what is wrong."""

from fractions import Fraction

import pytest

from codinglab.core.places import data_folder
from codinglab.core.tables import BadData
from codinglab.grading.rubric import read, rubric

F = Fraction


def test_the_default_weights_are_the_fields():
    weights = rubric().weights
    assert {name: weights[name] for name in ("first-listed", "diagnosis", "procedure")} == {
        "first-listed": 3,
        "diagnosis": 1,
        "procedure": 2,
    }
    assert {name: weights[name] for name in ("visit", "modifier", "payment modifier", "units")} == {
        "visit": 2,
        "modifier": 1,
        "payment modifier": 2,
        "units": 1,
    }
    assert weights["pointer"] == weights["present on admission"] == F(1, 2)
    assert weights["visit element"] == 1
    assert weights["visit one level over"] < weights["visit one level under"]


def test_the_policy_takes_its_costs_from_the_file():
    policy = rubric().policy()
    assert policy.extra_item * policy.points_of("line") == 1
    assert policy.extra_item * policy.points_of("diagnosis") == F(1, 2)
    assert policy.forbidden_item == 1
    # A first-listed code in a secondary place is left with the worth of a secondary one.
    own = rubric()
    assert own.weight("first-listed") - policy.first_points == own.weight("diagnosis")
    assert (policy.before_points, policy.extra_part, policy.extra_part_points) == (
        1,
        F(1, 2),
        F(1, 2),
    )
    assert policy.kin("diagnosis", "A", "B") is None


def test_an_unknown_weight_is_an_error_that_names_the_known_ones():
    with pytest.raises(LookupError, match="rubric weighted has no weight 'lucky'; known: adjust"):
        rubric().weight("lucky")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('points: "3"', "points: three", "weights.first-listed.points: .*write points as a dec"),
        ('points: "3"', 'points: "-3"', "points must be 0 or more"),
        ('points: "3"', 'points: "1/0"', "write points as a decimal or a fraction"),
        ("  line: procedure", "  line: lucky", r"kinds name the weights \['lucky'\]"),
        ("  before:", "  behind:", "costs.before: Field required"),
    ],
)
def test_a_wrong_rubric_names_file_and_field(tmp_path, old, new, message):
    text = (data_folder("graders") / "rubrics" / "weighted.yml").read_text()
    assert old in text
    file = tmp_path / "own.yml"
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(BadData, match=f"(?s)own.yml.*{message}"):
        read(file)
