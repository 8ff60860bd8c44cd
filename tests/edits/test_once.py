"""An answer is worked out once for an encounter and a day, and anew for any other."""

from collections.abc import Iterator
from datetime import date

from codinglab.edits.once import once
from codinglab.encounter.coded import CodedEncounter, Diagnosis

DAY = date(2026, 3, 2)


def test_the_last_answer_is_kept_and_no_other() -> None:
    asked: list[tuple[str, date]] = []

    @once
    def codes(encounter: CodedEncounter, day: date) -> Iterator[str]:
        asked.append((encounter.diagnoses[0].code, day))
        yield encounter.diagnoses[0].code

    first = CodedEncounter((Diagnosis("I10", "line 1"),))
    second = CodedEncounter((Diagnosis("E11.9", "line 1"),))
    assert [codes(first, DAY), codes(first, DAY), codes(second, DAY)] == [
        ("I10",),
        ("I10",),
        ("E11.9",),
    ]
    assert codes(first, DAY) == ("I10",)
    assert codes(first, date(2026, 3, 3)) == ("I10",)
    assert asked == [
        ("I10", DAY),
        ("E11.9", DAY),
        ("I10", DAY),
        ("I10", date(2026, 3, 3)),
    ]
