"""The names a notebook uses: `case(...)`, the `%%worksheet` cell, `mark(...)` and `review(...)`.

Nothing here writes to standard error, and `mark` returns a builtin float or nothing at all:
nbgrader takes points away for the one and gives full points for any other value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from codinglab.codes.preparing import show_with
from codinglab.core.findings import Finding
from codinglab.core.tables import BadData
from codinglab.course.key import KeyWithheld
from codinglab.course.mark import findings
from codinglab.course.worksheet import parse
from codinglab.lab.desk import Desk
from codinglab.lab.feedback_rows import as_table
from codinglab.lab.grading_case import CaseMarking, mark_answer
from codinglab.lab.show import method_rows, nothing_coded, workspace
from codinglab.lab.submission_answers import Answer
from codinglab.lab.submission_source import SourceCase

if TYPE_CHECKING:
    from codinglab.lab.review_view import ReviewView


def _counted(cell: str, *, billing: bool) -> str:
    """Say how much of a worksheet was read: codes of a coder, statements of a biller."""
    read = parse(cell)
    if billing:
        count = len(read.billing)
        return f"{count} statement{'' if count == 1 else 's'}"
    return f"{len(read.coded.diagnoses)} diagnoses, {len(read.coded.lines)} service lines"


def _said(found: tuple[Finding, ...]) -> str:
    return "\n".join(f"  {one}" for one in found)


class Names:
    """The functions that a notebook calls, over one desk."""

    def __init__(self, desk: Desk, show: Callable[[str], None]) -> None:
        """Keep the desk on which this session works, and how it shows a page of HTML."""
        self._desk = desk
        self._show = show

    def case(self, slug: str, *, variant: int, book_only: bool = False) -> Any:
        """Return the workspace of a case, which shows its chart and edits its answer cell.

        With `book_only` codes are found through the Alphabetic Index alone.
        """
        opened = self._desk.open(slug, variant)
        return workspace(opened, self._desk, book_only=book_only)

    def worksheet(self, line: str, cell: str) -> None:
        """Read a worksheet cell and say what was understood and what was not."""
        try:
            opened = self._desk.write(line, cell)
        except BadData as error:
            print(f"Not read: {error}.")  # noqa: T201  the cell's output
            return
        counted = _counted(cell, billing=opened.case.file.setting == "billing")
        found = findings(opened, cell, sealed=True)
        print(f"Read: {counted}." + (f"\n{_said(found)}" if found else ""))  # noqa: T201  same

    def review(self, what: str | Path, **said: Any) -> ReviewView:
        """Return the review of an encounter: of the open case named `what`, or of a file or text.

        `said` is what `lab.review_view.review` takes: `on`, `setting`, `payer` and `prices`.
        """
        from codinglab.lab.review_view import review  # what no answer cell needs

        if isinstance(what, str) and what in self._desk.variants:
            text = self._desk.worksheets.get(what, "")
            return review(text, case=self._desk.opened(what), **said)
        return review(what, **said)

    def mark(self, slug: str, *, points: int) -> float | None:
        """Mark the worksheet of a case: show why, and return the points.

        Where the key of graded work is with the instructor, say so and return nothing.
        """
        opened = self._desk.opened(slug)
        text = self._desk.worksheets.get(slug, "")
        case = SourceCase(slug, opened.number, points)
        answer = Answer(case, text, 0)
        try:
            marked = mark_answer(answer, sealed=opened.case.file.use == "graded")
        except KeyWithheld as error:
            billing = opened.case.file.setting == "billing"
            said = _readable(findings(opened, text), text, str(error), billing=billing)
            print(said)  # noqa: T201  same
            return None
        self._show(_page(marked))
        return marked.points


def _page(marked: CaseMarking) -> str:
    """Return the report of a marked case: points, item by item, and every method's score."""
    said = f"<p><strong>{marked.points:g} of {marked.case.points} points</strong></p>"
    scores = ", ".join(f"{one['name']} {one['score']}" for one in method_rows(marked.marking))
    methods = f"<p>By the field's methods: {scores}</p>" if marked.coded and scores else ""
    return said + as_table(marked, evidence=not marked.sealed) + methods


def _readable(found: tuple[Finding, ...], text: str, who: str, *, billing: bool) -> str:
    """Say whether graded work can be marked, and that it is not marked here."""
    if nothing_coded(text):
        return f"Nothing is {'written' if billing else 'coded'} yet. When it is: {who}."
    right = "Readable, as far as it goes." if billing else "Readable, and every code is valid."
    state = f"To look at again:\n{_said(found)}" if found else right
    return f"{state}\nNot marked here: {who}."


def plain(page: str) -> str:
    """Return a page of HTML as lines of text, for where HTML is not shown."""
    spaced = re.sub(r"</(?:tr|p|thead|caption)>", "\n", re.sub(r"</t[dh]>", " | ", page))
    return unescape(re.sub(r"<[^>]+>", "", spaced)).strip()


def _in_one_line(
    shell: Any, kind: type[Exception], error: Exception, _trace: object, **_options: object
) -> None:
    """Show a user's error without a traceback; it stays an error, so that it never earns points."""
    shell._showtraceback(kind, error, [f"codinglab: {error}"])  # noqa: SLF001  IPython has no other door


def _progress(line: str) -> None:
    """Show how far the first preparing is, in the cell's output: standard error costs points."""
    print(f"\r{line:<72}", end="" if line else "\r", flush=True)  # noqa: T201  the cell's output


_AT_WORK: WeakKeyDictionary[Any, Names] = WeakKeyDictionary()


def load(shell: Any) -> Names:
    """Give the notebook of `shell` its names, once: `%load_ext codinglab` calls this."""
    if shell in _AT_WORK:
        return _AT_WORK[shell]
    from IPython.display import publish_display_data

    def show(page: str) -> None:
        publish_display_data({"text/html": page, "text/plain": plain(page)})  # type: ignore[no-untyped-call]

    names = Names(Desk(Path.cwd()), show)
    shell.register_magic_function(names.worksheet, magic_kind="cell", magic_name="worksheet")
    shell.set_custom_exc((BadData,), _in_one_line)
    show_with(_progress)
    given: dict[str, object] = {"case": names.case, "mark": names.mark, "review": names.review}
    shell.push(given)
    _AT_WORK[shell] = names
    return names


def case(slug: str, *, variant: int, book_only: bool = False) -> Any:
    """Return the workspace of a case in the notebook at hand, whichever cell is run first.

    With `book_only` codes are found through the Alphabetic Index alone. Raises BadData when there
    is no such case or variant.
    """
    from IPython import get_ipython

    return load(get_ipython()).case(slug, variant=variant, book_only=book_only)
