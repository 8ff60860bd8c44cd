"""Broken questions and answers: each is told or refused, and no answer is invalid."""

import random

import pytest
from made_inquiries import ANSWERED, DAY, PAYERS, everything

from codinglab.payer.eligibility_answer import answer
from codinglab.payer.says import says
from codinglab.payer.status_answer import status_answer
from codinglab.x12.check import check
from codinglab.x12.reading import NotX12

TEXTS = sorted(everything().items())
VALUES = ["", "X", "30", "-1", "20261399", "^", "9" * 20, "~", "*", "D8", "é", "2120", "A1:20", "."]


def broken(chance: random.Random) -> str:
    """Return one of the texts with one to four faults."""
    lines = chance.choice(TEXTS)[1].splitlines()
    for _ in range(chance.choice((1, 1, 2, 4))):
        at, other = chance.randrange(1, len(lines)), chance.randrange(1, len(lines))
        match chance.randrange(5):
            case 0 if len(lines) > 2:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                parts = lines[at].rstrip("~").split("*")
                parts[chance.randrange(len(parts))] = chance.choice(VALUES)
                lines[at] = "*".join(parts) + "~"
            case 3:
                lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
            case _:
                lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(4))
def test_broken_texts_are_told_or_refused(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    for _ in range(150):
        text = broken(chance)
        told = says(text, DAY)
        assert all(isinstance(one, str) and one for one in told)
        for answered in (answer(text, ANSWERED, PAYERS), status_answer(text, ANSWERED, PAYERS)):
            if answered.text:
                assert [one for one in check(answered.text) if one.id != "x12.npi"] == []


def test_an_interchange_cut_off_is_told_as_far_as_it_goes() -> None:
    text = dict(TEXTS)["271 covered"]
    whole = says(text, DAY)
    cut = says(text[: text.index("EB*C*FAM")], DAY)
    assert cut[:5] == whole[:5]


def test_nothing_at_all_is_not_x12() -> None:
    with pytest.raises(NotX12):
        says("", DAY)
