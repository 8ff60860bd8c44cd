"""The class report counts what a hand would count."""

from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.lab.class_report import as_text, class_report, minutes_spent
from codinglab.lab.grading_case import mark_answer
from codinglab.lab.grading_result import ClassMarking, State, TraineeMarking
from codinglab.lab.submission_answers import Answer
from codinglab.lab.submission_source import SourceCase

CASE, NUMBER = "diabetes-kidney-follow-up", 3


def marked(answer_text):
    return mark_answer(Answer(SourceCase(CASE, NUMBER, 10), answer_text, 0), sealed=False)


def trainee(name, text):
    one = marked(text)
    return TraineeMarking(name, State.MARKED, one.points, 10.0, 0.0, (one,), ())


RIGHT = worksheet(reference(CASE, NUMBER))
# variant 3: type 2 diabetes with kidney disease, high sugar, hypertension, stage 3b, an oral drug
NO_STAGE = RIGHT.replace("dx N18.32\n", "")
OLD_LIST = RIGHT.replace("line", "dx R73.03\nline")


def report(tmp_path, *texts):
    people = tuple(trainee(f"t{n}", text) for n, text in enumerate(texts, start=1))
    return class_report(tmp_path, ClassMarking("unit", False, people))


def test_a_class_without_errors_misses_nothing(tmp_path):
    found = report(tmp_path, RIGHT, RIGHT)
    assert (found.shares, found.most_missed, found.over_coded) == ((1.0, 1.0), (), ())


def test_the_most_missed_item_comes_first_with_its_reason_and_classes(tmp_path):
    found = report(tmp_path, NO_STAGE, RIGHT.replace("N18.32", "N18.9"), RIGHT)
    (first,) = found.most_missed
    assert (first.item, first.expected, first.missed, first.of) == ("kidney-stage", "N18.32", 2, 3)
    assert first.errors == (("missed code", 1), ("specificity", 1))
    assert first.why.startswith("The combination code does not tell the stage")


def test_a_code_without_support_is_counted_by_trainee(tmp_path):
    found = report(tmp_path, OLD_LIST, OLD_LIST, RIGHT)
    assert found.over_coded == (("R73.03 in diabetes-kidney-follow-up", 2),)
    assert found.most_missed == ()


def test_a_class_that_handed_in_nothing_has_an_empty_report(tmp_path):
    found = class_report(tmp_path, ClassMarking("unit", False, ()))
    assert found.as_json() == {
        "assignment": "unit",
        "marked": 0,
        "spread": None,
        "most_missed": [],
        "over_coded": [],
        "minutes": None,
    }
    assert as_text(found) == "unit: 0 marked"


def test_breaks_of_over_ten_minutes_are_not_work(tmp_path):
    # 0 to 2 min and 2 to 12 min count (2 + 10 = 12); 12 to 32 min is a break; 32 to 35 is 3 more.
    lines = [f'{{"at": "2026-02-09T10:{minute:02}:00+00:00"}}' for minute in (0, 2, 12, 32, 35)]
    (tmp_path / "journal.jsonl").write_text("\n".join([*lines[:3], "not JSON", "[]", *lines[3:]]))
    assert minutes_spent(tmp_path) == 15.0


def test_no_journal_is_no_time_rather_than_zero_minutes(tmp_path):
    assert minutes_spent(tmp_path) is None
