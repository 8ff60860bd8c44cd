"""Files broken at random: no crash, no endless loop, and an answer that is X12 itself."""

import random
from collections.abc import Iterator
from datetime import datetime

import pytest
from mutants import END, GOLDEN

from codinglab.x12.ack import acknowledge
from codinglab.x12.check import check
from codinglab.x12.guide import NoGuide
from codinglab.x12.reading import NotX12
from codinglab.x12.show import lines
from codinglab.x12.tree import trees

WHEN = datetime(2026, 3, 16, 8, 0)  # noqa: DTZ001  the wire knows no zone
FILES = [path.read_text("utf-8") for path in sorted(GOLDEN.glob("*.edi"))]
VALUES = [
    *("", "X", "-", ".", "-.", "1e5", "\u00b2", "\u0663", "9" * 30, "A:B:C", ":", "^", "\n", "\0"),
    *("D8", "RD8", "20260101-", "-20260101", "99999999", "00000000", " "),
]
NAMES = ["ISA", "IEA", "GS", "GE", "ST", "SE", "HL", "CLM", "NM1", "LX", "SV1", "CAS", "BPR", "PLB"]


def broken(chance: random.Random) -> str:
    """Return a valid file with a few segments dropped, doubled, moved, cut or changed."""
    segments = chance.choice(FILES).split(END)
    for _ in range(chance.randint(1, 4)):
        at, other = chance.randrange(len(segments)), chance.randrange(len(segments))
        parts = segments[at].split("*")
        change = chance.randrange(6)
        if change == 0:
            del segments[at]
        elif change == 1:
            segments.insert(at, segments[other])
        elif change == 2:
            segments[at], segments[other] = segments[other], segments[at]
        elif change == 3:
            parts[chance.randrange(len(parts))] = chance.choice(VALUES)
            segments[at] = "*".join(parts)
        elif change == 4:
            segments[at] = segments[at][: chance.randrange(len(segments[at]) + 1)]
        else:
            segments[at] = chance.choice(NAMES) + chance.choice(["", "*", "*1*2", "*" * 30])
    return END.join(segments)


def files(seed: int, count: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311  no secret
    for _ in range(count):
        yield broken(chance) + (broken(chance) if chance.random() < 0.2 else "")


@pytest.mark.parametrize("seed", range(4))
def test_no_broken_file_breaks_us_and_each_answer_is_valid(seed: int) -> None:
    for text in files(seed, 40):
        try:
            found = list(check(text))
        except NotX12:
            continue
        assert all(one.message and one.remedy for one in found)
        assert list(lines(text))
        answer = acknowledge(text, when=WHEN, control=7)
        if answer:
            assert list(check(answer)) == []
        try:
            list(trees(text))
        except NoGuide:
            continue
