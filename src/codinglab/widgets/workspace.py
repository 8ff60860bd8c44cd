"""The trainee's workspace: chart, code search and worksheet, as one widget.

The widget edits the answer cell; it never holds the answer itself. Everything medical comes
through the callables, and nothing large is a synced trait, so a saved notebook stays small.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import anywidget

from codinglab.widgets.view import CaseView

# Joined in this order into one module: anywidget takes exactly one, and we ship no build step.
PARTS = (
    *("page.js", "search.js", "cell.js", "chart.js"),
    *("asking.js", "finder.js", "book.js", "terms.js", "sheet.js", "marking.js", "workspace.js"),
)
_FOLDER = Path(__file__).parent
_REMARK = re.compile(r"(?<=[;,{}]) // .*")
_NO_ANSWER = (
    "The lab could not do that: {error}. Your text is safe; show this line to your instructor."
)

Message = dict[str, Any]


def script() -> str:
    """Return the page's program: the parts as one module, without indents and comment lines.

    It is stored with each saved widget, so a quarter less of it is worth these lines.
    """
    lines = "\n".join((_FOLDER / part).read_text("utf-8") for part in PARTS).splitlines()
    bare = (_REMARK.sub("", line.strip()) for line in lines)
    return "\n".join(
        line for line in bare if line and not line.startswith(("//", "/*", "* ", "*/"))
    )


class IndexBooks(NamedTuple):
    """What answers for the Alphabetic Index; both are asked with "name of the book TAB text".

    `terms` returns a `view.Terms` of the main terms that begin with the text, `term` a
    `view.TermPage` of the term at a path.
    """

    terms: Callable[[str], Mapping[str, Any]]
    term: Callable[[str], Mapping[str, Any]]


class CodeSearch(NamedTuple):
    """What answers for the code search.

    `find` returns a `view.Found` for what somebody typed. `table` returns the gzip of
    `code TAB title` lines of all billable diagnosis codes and `synonyms` maps what people say to
    "wording|wording#code": with these the page itself searches while the kernel is busy.
    """

    find: Callable[[str], Mapping[str, Any]]
    table: Callable[[], bytes]
    synonyms: Callable[[], Mapping[str, str]] = dict


class Workspace(anywidget.AnyWidget):
    """A case on the left, the code search and the worksheet on the right.

    `search` answers for the code search; it is off where the case is book only or asks for no
    codes. `details` returns
    a `view.Details` of a code, `check` the findings on a worksheet text as `view.FindingRow`s,
    `practice` a `view.Marking`; without `practice` the case is graded elsewhere and the page offers
    no mark. `index` answers for the Alphabetic Index, which the case's `books` name. `journal`
    receives what the trainee did, with the time: opened, edited, hint, looked-up, index-opened,
    index, checked, practice-mark. It never receives the graded value.
    """

    _esm = script()
    _css = (_FOLDER / "workspace.css").read_text("utf-8")

    def __init__(  # noqa: PLR0913, PLR0917 - one callable for each thing the page may ask
        self,
        case: CaseView,
        search: CodeSearch,
        details: Callable[[str], Mapping[str, Any]],
        check: Callable[[str], Sequence[Mapping[str, Any]]],
        journal: Callable[[dict[str, Any]], None],
        practice: Callable[[str], Mapping[str, Any]] | None = None,
        index: IndexBooks | None = None,
    ) -> None:
        """Build the widget; display it as the last line of a cell."""
        super().__init__()
        self._case = case
        self._table = search.table
        self._journal = journal
        self._practice = practice
        self._questions: dict[str, Callable[[str], object]] = {
            "details": details,
            "check": check,
            "synonyms": lambda _about: search.synonyms(),
        }
        if case.finds_codes and not case.book_only:
            self._questions["search"] = search.find
        if practice is not None:
            self._questions["practice"] = practice
        if index is not None:
            self._questions |= {"terms": index.terms, "term": index.term}
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Return what is printed where no widget can be shown, such as in a grading page."""
        return f"Workspace of case {self._case.slug}: run this cell again to bring it back."

    def _receive(self, _widget: object, message: Message, _buffers: object) -> None:
        kind = message.get("kind")
        if kind == "open":
            self._open()
        elif kind == "table":
            self._answer_table(message)
        elif kind == "journal":
            self._note(message)
        elif kind in self._questions:
            self._answer(message, self._questions[kind])

    def _open(self) -> None:
        view = self._case.as_message(practice=self._practice is not None)
        self.send({"kind": "case", "view": view})

    def _answer_table(self, message: Message) -> None:
        try:
            blob = self._table()
        except Exception as error:  # noqa: BLE001 - the page must say what is wrong, not hang
            self._fail(message, error)
        else:
            self.send({"kind": "answer", "ask": message["ask"], "answer": None}, [blob])

    def _answer(self, message: Message, ask: Callable[[str], object]) -> None:
        try:
            answer = ask(str(message["about"]))
        except Exception as error:  # noqa: BLE001 - the page must say what is wrong, not hang
            self._fail(message, error)
        else:
            self.send({"kind": "answer", "ask": message["ask"], "answer": answer})

    def _fail(self, message: Message, error: Exception) -> None:
        said = _NO_ANSWER.format(error=f"{type(error).__name__}: {error}")
        self.send({"kind": "failed", "ask": message["ask"], "message": said})

    def _note(self, message: Message) -> None:
        said = {key: value for key, value in message.items() if key != "kind"}
        case = {"slug": self._case.slug, "variant": self._case.variant}
        event = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **case, **said}
        try:
            self._journal(event)
        except Exception as error:  # noqa: BLE001 - a full disk must not stop the work, but be seen
            self.send({"kind": "notice", "message": f"The journal was not written: {error}"})
