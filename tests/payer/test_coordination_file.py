"""Files of policies and facts: the lab's examples, and what is wrong with a file."""

from pathlib import Path

import pytest

from codinglab.core.tables import BadData
from codinglab.payer.coordination import order
from codinglab.payer.coordination_file import folder, read_question

EXAMPLES = sorted(folder().glob("*.yml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_each_example_comes_out_in_the_order_that_it_expects(file: Path) -> None:
    question = read_question(file)
    found = order(question.policies, question.facts, question.day)
    assert tuple(one.policy.name for one in found.ranked) == question.expected
    assert question.why


def test_there_are_eight_examples() -> None:
    assert len(EXAMPLES) == 8


def test_two_policies_of_one_name_are_a_fault(tmp_path: Path) -> None:
    text = (folder() / "small-employer.yml").read_text("utf-8")
    file = tmp_path / "twice.yml"
    file.write_text(text.replace("Shop Plan", "Medicare"), encoding="utf-8")
    with pytest.raises(BadData, match=r"policies: Medicare stands twice"):
        read_question(file)


def test_an_unknown_kind_is_named_with_its_place(tmp_path: Path) -> None:
    text = (folder() / "small-employer.yml").read_text("utf-8")
    file = tmp_path / "wrong.yml"
    file.write_text(text.replace("kind: group", "kind: hmo"), encoding="utf-8")
    with pytest.raises(BadData, match=r"policies\.1\.kind: Input should be 'group'"):
        read_question(file)
