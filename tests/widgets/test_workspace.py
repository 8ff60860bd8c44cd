"""The Python side of the workspace: what it answers, and that it holds no answer itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from codinglab.widgets.view import MARKED_LATER, CaseView
from codinglab.widgets.workspace import CodeSearch, IndexBooks, Workspace, script

CASE = CaseView(
    slug="dm-kidney",
    variant="4",
    title="A visit",
    setting="Professional, office",
    service_date="2026-05-04",
    instructions="Code it & say why.",
    documents=(("Note", "<b>fine</b>"),),
    hints=("Read.",),
    minutes=12,
    cell_line="%%worksheet dm-kidney variant 4",
    text="dx I10",
    procedures=(("99213", "Office visit, low"),),
    grammar=("dx CODE",),
)


class Page:
    """A workspace whose messages to the page are kept instead of sent."""

    def __init__(self, **changes: Any) -> None:
        self.sent: list[tuple[Any, Any]] = []
        self.events: list[dict[str, Any]] = []
        given = {
            "search": CodeSearch(
                lambda text: {"hits": [], "mended": [("pian", text)]},
                lambda: b"gzip",
                lambda: {"sob": "dyspnea#r0602"},
            ),
            "details": lambda code: {"code": code},
            "check": lambda text: [{"place": "line 1", "message": text}],
            "journal": self.events.append,
            "practice": lambda _text: {"score": 1, "rows": [], "methods": []},
        }
        self.workspace = Workspace(**{"case": CASE, **given, **changes})
        self.workspace.send = lambda content, buffers=None: self.sent.append((content, buffers))

    def say(self, **message: Any) -> list[tuple[Any, Any]]:
        self.workspace._receive(None, message, [])
        return self.sent


def test_opening_sends_the_case_with_escaped_documents() -> None:
    ((message, buffers),) = Page().say(kind="open")
    assert message["kind"] == "case"
    assert message["view"] == {
        "slug": "dm-kidney",
        "variant": "4",
        "title": "A visit",
        "setting": "Professional, office",
        "service_date": "2026-05-04",
        "instructions": "<p>Code it &amp; say why.</p>",
        "documents": [["Note", "<p>&lt;b&gt;fine&lt;/b&gt;</p>"]],
        "hints": ["Read."],
        "minutes": 12,
        "cell_line": "%%worksheet dm-kidney variant 4",
        "text": "dx I10",
        "procedures": [["99213", "Office visit, low"]],
        "grammar": ["dx CODE"],
        "who_marks": MARKED_LATER,
        "books": [],
        "book_only": False,
        "starters": [["dx ", "Add diagnosis"], ["line ", "Add service line"]],
        "example": "dx E11.9\nline 99213 x1 dx A",
        "day_is": "Date of service",
        "finds_codes": True,
        "practice": True,
    }
    assert buffers is None


def test_a_graded_case_does_not_even_answer_a_request_to_mark() -> None:
    page = Page(practice=None)
    assert page.say(kind="practice", about="dx I10", ask="1") == []
    assert page.say(kind="open")[0][0]["view"]["practice"] is False


def test_the_table_travels_as_a_buffer_and_never_as_a_synced_trait() -> None:
    page = Page()
    assert page.say(kind="table", ask="7") == [
        ({"kind": "answer", "ask": "7", "answer": None}, [b"gzip"])
    ]
    state = page.workspace.get_state()
    assert not [name for name, value in state.items() if "dm-kidney" in str(value)]
    assert b"gzip" not in state.values()


@pytest.mark.parametrize(
    ("kind", "about", "answer"),
    [
        ("details", "E11.22", {"code": "E11.22"}),
        ("check", "dx", [{"place": "line 1", "message": "dx"}]),
        ("practice", "dx", {"score": 1, "rows": [], "methods": []}),
        ("synonyms", "", {"sob": "dyspnea#r0602"}),
        ("search", "pain", {"hits": [], "mended": [("pian", "pain")]}),
    ],
)
def test_each_question_gets_its_own_answer(kind: str, about: str, answer: object) -> None:
    sent = Page().say(kind=kind, about=about, ask="42")
    assert sent == [({"kind": "answer", "ask": "42", "answer": answer}, None)]


def test_a_failing_callable_is_said_on_the_page_and_does_not_stop_the_work() -> None:
    def broken(_code: str) -> dict[str, Any]:
        raise KeyError("E99.99: no such code")

    sent = Page(details=broken).say(kind="details", about="E99.99", ask="3")
    assert sent == [
        (
            {
                "kind": "failed",
                "ask": "3",
                "message": "The lab could not do that: KeyError: 'E99.99: no such code'. "
                "Your text is safe; show this line to your instructor.",
            },
            None,
        )
    ]


def test_the_journal_gets_time_case_and_event() -> None:
    page = Page()
    page.say(kind="journal", event="hint", number=2)
    (event,) = page.events
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", event.pop("at"))
    assert event == {"slug": "dm-kidney", "variant": "4", "event": "hint", "number": 2}


def test_a_journal_that_cannot_be_written_is_said_on_the_page() -> None:
    def full(_event: dict[str, Any]) -> None:
        raise OSError("No space left on device")

    assert Page(journal=full).say(kind="journal", event="opened") == [
        (
            {"kind": "notice", "message": "The journal was not written: No space left on device"},
            None,
        )
    ]


def test_the_index_answers_for_its_main_terms_and_for_a_term() -> None:
    index = IndexBooks(lambda about: {"terms": about}, lambda about: {"way": about})
    page = Page(index=index)
    page.say(kind="terms", about="Neoplasms\tbreast", ask="1")
    page.say(kind="term", about="Neoplasms\tbreast > nipple", ask="2")
    assert [message["answer"] for message, _ in page.sent] == [
        {"terms": "Neoplasms\tbreast"},
        {"way": "Neoplasms\tbreast > nipple"},
    ]


def test_a_case_that_is_book_only_does_not_even_answer_a_search() -> None:
    page = Page(case=replace(CASE, book_only=True, books=("Neoplasms",)))
    assert page.say(kind="search", about="diabetes", ask="1") == []


def test_a_case_without_codes_does_not_even_answer_a_search() -> None:
    page = Page(case=replace(CASE, finds_codes=False))
    assert page.say(kind="search", about="diabetes", ask="1") == []


def test_a_case_that_is_book_only_must_have_an_index() -> None:
    with pytest.raises(ValueError, match="'dm-kidney' is book only, but has no index to walk"):
        replace(CASE, book_only=True)


def test_the_first_line_of_the_answer_cell_must_be_one_line() -> None:
    with pytest.raises(ValueError, match="must be one line of text"):
        CaseView("a", None, "", "", "", "", (), (), 1, "%%worksheet a\ndx", "")


def test_the_program_is_one_module_small_enough_to_be_stored_with_a_notebook() -> None:
    text = script()
    assert text.count("export default") == 1
    assert "\nimport " not in text
    assert len(text.encode()) < 48_000


def test_no_two_functions_of_the_joined_parts_share_a_name() -> None:
    names = re.findall(r"^(?:export )?(?:async )?function\*? (\w+)", script(), re.MULTILINE)
    assert len(names) == len(set(names))
    assert "search" in names
