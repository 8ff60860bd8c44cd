"""Answers about a simulated practice: read from a file, judged in words, the key kept back."""

from datetime import date
from pathlib import Path

import pytest

from codinglab.accounts.practice_answers import Answer, in_words, read_answers, told
from codinglab.accounts.practice_planted import PlantedFile
from codinglab.core.tables import BadData

PLANTED = PlantedFile.model_validate(
    {
        "practice": "harbor",
        "problems": [
            {
                "id": "one",
                "kind": "modifier",
                "who": "Castillo",
                "from": "2026-03-10",
                "rate": "0.85",
                "what": "Modifier 25 is left off.",
                "shows": "Denied as bundled.",
                "look": ["denied lines by provider"],
            },
            {
                "id": "two",
                "kind": "held",
                "payer": "TRN02",
                "from": "2026-02-09",
                "rate": "0.8",
                "days": 105,
                "what": "Claims lay unsent.",
                "shows": "Denied for filing.",
                "look": ["days to sending"],
            },
        ],
    }
)
MARCH = date(2026, 3, 1)
RIGHT = Answer(kind="modifier", who="Castillo", since=MARCH)


def test_an_answer_is_told_in_plain_words() -> None:
    assert in_words(RIGHT.claimed) == "a modifier is left off (Castillo), since March 2026"
    assert in_words(Answer(kind="level", since=MARCH).claimed) == (
        "visit levels are higher than the notes, since March 2026"
    )


def test_what_is_right_in_part_says_what_is_not_and_the_rest_is_kept_back() -> None:
    # 2026-01-01 is 39 days before 2026-02-09, more than the 31 that an answer may be off
    part = Answer(kind="held", payer="TRN01", since=date(2026, 1, 1))
    stray = Answer(kind="level", who="Egan", since=MARCH)
    assert list(told(PLANTED, [RIGHT, part, stray])) == [
        "Found: 1 of 2 problems.",
        "right: a modifier is left off (Castillo), since March 2026",
        (
            "in part: claims lie unsent (TRN01), since January 2026; "
            "not right: the payer and since when"
        ),
        "not there: visit levels are higher than the notes (Egan), since March 2026",
    ]
    assert list(told(PLANTED, [])) == ["Found: 0 of 2 problems."]


def test_the_key_tells_each_problem_and_where_it_shows() -> None:
    assert list(told(PLANTED, [RIGHT], key=True))[2:] == [
        "found: a modifier is left off (Castillo), since March 2026",
        "    Modifier 25 is left off.",
        "    Where it shows: Denied as bundled.",
        "    Look at: denied lines by provider",
        "missed: claims lie unsent (TRN02), since February 2026",
        "    Claims lay unsent.",
        "    Where it shows: Denied for filing.",
        "    Look at: days to sending",
    ]


def test_a_file_of_answers_is_read_and_its_faults_are_named(tmp_path: Path) -> None:
    file = tmp_path / "answers.yml"
    text = 'practice: harbor\nanswers:\n  - {kind: modifier, who: Castillo, since: "2026-03-01"}\n'
    file.write_text(text, encoding="utf-8")
    assert read_answers(file, "harbor").answers == (RIGHT,)
    with pytest.raises(BadData, match="practice: 'harbor', and the problems are of 'quay'"):
        read_answers(file, "quay")
    file.write_text(text.replace("modifier", "modifiers"), encoding="utf-8")
    with pytest.raises(BadData, match=r"answers\.0\.kind"):
        read_answers(file, "harbor")
