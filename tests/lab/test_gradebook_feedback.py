"""What trainees may read of their marking: all of it for practice, no key for graded work."""

import json
import re
from html.parser import HTMLParser

import pytest
from gradebook_class import CASE, DIAGNOSES, RIGHT, UNIT, VARIANT, stock

from codinglab.course.key import load_key
from codinglab.course.mark import reference
from codinglab.lab.feedback import write_feedback
from codinglab.lab.feedback_rows import Shown, _tells_nothing
from codinglab.lab.grading import grade_assignment

# Each kind of error: missing, near, too much, wrong order, wrong units, too low, over-coded.
ANSWERS = {
    "empty": "",
    "one": "dx E11.22\n",
    "near": "dx E11.9\ndx N18.30\ndx I10\ndx Z79.899\n",
    "over": RIGHT.replace("99214", "99215") + "dx R73.03\ndx N17.9\n",
    "order": "dx N18.32\ndx E11.22\nline 99213 x2 dx A\nem time 90\n",
    "odd": "E11.22\nline 99214-25 x1 dx 9\nem mdm low/low/low\n",
}


def graded(course, answers):
    """Hand in, grade and write feedback; return the marking."""
    for student, text in answers.items():
        course.hand_in(student, course.notebook(text))
    marking = grade_assignment(course.folder, UNIT)
    write_feedback(course.folder, marking)
    return marking


def everything(course, student):
    """Return all that a trainee could come to read: page, comment, autograded notebook."""
    notebook = json.dumps(course.autograded(student))
    return "\n".join([course.page(student), course.comments()[student], notebook])


def secrets(written):
    """Return each value of the key, and each reason, that `written` does not already hold."""
    values, reasons = set(), set()
    for item in reference(CASE, VARIANT).items:
        values |= {item.value, *item.accepted, *(near.value for near in item.near)}
        reasons |= {item.why, *(near.reason for near in item.near)}
    codes = {one for one in values if re.fullmatch(r"[A-Z0-9.]{3,8}", one)}
    assert len(codes) > 10
    return {one for one in codes if one not in written} | (reasons - {""})


@pytest.mark.parametrize("student", ANSWERS)
def test_graded_feedback_names_no_value_of_the_key_that_was_not_written(course, student):
    course.seal()
    graded(course, {student: ANSWERS[student]})
    said = everything(course, student)
    assert [one for one in secrets(ANSWERS[student]) if one in said] == []


def test_graded_feedback_shows_no_evidence_but_the_class_of_each_error_and_its_guideline(course):
    course.seal()
    graded(course, {"one": ANSWERS["one"]})
    page = course.page("one")
    assert "<q>" not in page
    assert "The record supports something that is not coded." in page
    assert "FY2026, I.C.14.a.1" in page
    assert "1.94 of 10 points" in page


def test_practice_feedback_shows_the_reason_the_citation_and_the_evidence(course):
    graded(course, {"half": DIAGNOSES})
    page = course.page("half")
    assert "5.81 of 10 points" in page
    assert load_key(CASE).items["kidney-stage"].why in page
    assert "<cite>ICD-10-CM Tabular April 2026, N18</cite>" in page
    assert "<q>CKD stage 3b</q> (Progress note)" in page


def test_an_empty_answer_gets_no_rows_which_would_only_give_the_key_away(course):
    graded(course, {"empty": ANSWERS["empty"]})
    assert "Nothing is coded in this worksheet." in course.page("empty")
    assert [one for one in secrets("") if one in everything(course, "empty")] == []


class Page(HTMLParser):
    """Collects the tags of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href"}]


def test_the_page_is_whole_plain_html_that_fetches_nothing_and_escapes_everything(course):
    graded(course, {"<b>&": "<script>alert('x')</script>\ndx E11.22 & \"more\"\n"})
    text = course.page("<b>&")
    page = Page(text)
    assert page.links == []
    assert {"script", "link", "img", "b"} & set(page.tags) == set()
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in text
    assert "<title>Feedback: 10-one-case, &lt;b&gt;&amp;</title>" in text
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("caption") == 1
    assert text.count('<th scope="col">') == page.tags.count("th") == 5


def test_a_humans_points_and_comment_stand_on_the_page(course):
    graded(course, {"ada": "dx E11.22\n"})
    course.query("UPDATE grade SET manual_score = 8.0")
    course.query("UPDATE comment SET manual_comment = 'See <me>.'")
    graded(course, {})
    page = course.page("ada")
    assert "<strong>8 of 10 points</strong>" in page
    assert "An instructor set these; the marking gave 1.94." in page
    assert "Your instructor says</h3><p>See &lt;me&gt;.</p>" in page


def test_who_was_not_marked_or_marked_otherwise_gets_no_page_and_is_reported(course):
    course.hand_in("ada", "{")
    course.hand_in("bob", course.notebook(RIGHT))
    marking = grade_assignment(course.folder, UNIT)
    course.query("UPDATE grade SET auto_score = 3.0")
    found = write_feedback(course.folder, marking).as_json()
    assert [
        (one["id"], one["path"], one["problems"][0]["message"]) for one in found["trainees"]
    ] == [
        ("ada", None, "this submission is not marked."),
        ("bob", None, "the gradebook holds other marks than these."),
    ]
    assert not (course.folder / "feedback").exists()


def test_what_release_feedback_needs_lies_beside_the_page(course):
    course.hand_in("ada", course.notebook(RIGHT))
    secret = course.path("submitted", "ada").with_name("submission_secret.txt")
    secret.write_text("s3cret", encoding="utf-8")
    graded(course, {})
    beside = course.path("feedback", "ada").parent
    assert sorted(one.name for one in beside.iterdir()) == [
        f"{UNIT}.html",
        "submission_secret.txt",
        "timestamp.txt",
    ]


def test_what_was_odd_is_on_the_page_but_notes_for_the_instructor_are_not(course):
    notebook = course.notebook(RIGHT)
    notebook["cells"].append({**notebook["cells"][0], "id": "x", "source": "print(1)"})
    notebook["cells"][-1]["metadata"] = {}
    notebook["cells"][0]["source"] = "changed"
    course.hand_in("ada", notebook)
    graded(course, {})
    assert "the text of a locked cell was changed." in course.page("ada")
    assert "code was added" not in course.page("ada")


def test_nbgraders_own_feedback_of_graded_work_gives_nothing_away_either(course):
    course.seal()
    graded(course, {"one": ANSWERS["one"]})
    assert stock(course.folder, "feedback", UNIT, "one") == {"one": True}
    page = course.page("one")
    assert "Score: 1.94 / 10.0" in page
    assert [one for one in secrets(ANSWERS["one"]) if one in page] == []


def test_a_citation_is_kept_where_each_code_in_it_was_written():
    written = frozenset({"N18.9", "99213"})
    assert _tells_nothing("Guidelines FY2026, I.C.4.a.3 (insulin)", written)
    assert _tells_nothing("Tabular List April 2026, N18", written)
    assert not _tells_nothing("Tabular List April 2026, N18.32", written)
    assert not _tells_nothing("Tabular List April 2026, E11.22 use additional", written)
    assert not _tells_nothing("CPT, 99214", written)


def test_a_row_without_evidence_is_still_a_row():
    assert Shown("", "E11.9", "right", "1 of 1", "Because.", ()).evidence == ()
