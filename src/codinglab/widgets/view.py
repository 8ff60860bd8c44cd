"""What the trainee's workspace shows, as plain values: no medicine, no rules, no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from codinglab.widgets.markup import to_html

MARKED_LATER = "Your answer is marked by your instructor's copy of the lab after you submit it."

STARTERS = (("dx ", "Add diagnosis"), ("line ", "Add service line"))
EXAMPLE = "dx E11.9\nline 99213 x1 dx A"


class FindingRow(TypedDict):
    """A finding on the worksheet, as `codinglab.core.findings.Finding.as_json` writes it."""

    place: str
    message: str
    remedy: str
    severity: str


class CodeRow(TypedDict):
    """A code and its title; `billable` says whether a claim may carry it."""

    code: str
    title: str
    billable: bool


class HitRow(TypedDict):
    """A code that the search found: whether a claim may carry it, and why it was found.

    `kind` is what the worksheet writes it as: Diagnosis, Procedure, Modifier or Procedure (PCS), or
    the name of a set that has no line of its own there.
    """

    code: str
    title: str
    kind: str
    billable: bool
    why: str


class Found(TypedDict):
    """What the search found, the best first; `mended` are (word as typed, word as it was read)."""

    hits: list[HitRow]
    mended: list[tuple[str, str]]


class NoteRow(TypedDict):
    """An instruction of the tabular list: its kind ("Excludes1"), text and the code it stands at.

    `origin` is empty for a note of the code itself and names the ancestor of an inherited one.
    """

    kind: str
    text: str
    origin: str


class Details(TypedDict):
    """A code's place in the tabular list: ancestors from the chapter down, children, notes."""

    code: str
    title: str
    billable: bool
    ancestors: list[CodeRow]
    children: list[CodeRow]
    notes: list[NoteRow]


class TermRow(TypedDict):
    """A term of the Alphabetic Index.

    `path` is its way from the main term, joined by " > "; `code` may end in "-" where the tabular
    list asks for more, `manifestation` is the second code in brackets, `cells` are (column, code)
    of a table; `below` counts subterms, and `see` holds the words of its cross references.
    """

    path: str
    label: str
    nonessential: str
    code: str
    manifestation: str
    cells: list[tuple[str, str]]
    see: list[str]
    below: int


class SeeRow(TypedDict):
    """A cross reference: its words, whether "also", the path it leads to and if that was found."""

    words: str
    also: bool
    path: str
    found: bool


class Terms(TypedDict):
    """Main terms that begin alike, whether there are more, and which index it is."""

    terms: list[TermRow]
    more: bool
    source: str


class TermPage(TypedDict):
    """A term with the way to it, its cross references and its subterms."""

    way: list[str]
    term: TermRow
    see: list[SeeRow]
    below: list[TermRow]
    source: str


class MarkRow(TypedDict):
    """One marked item: verdict (exact, accepted, partial, missing or extra) and its reason.

    `evidence` names a span of the chart, or is empty.
    """

    verdict: str
    what: str
    reason: str
    cites: list[str]
    evidence: str


class MethodRow(TypedDict):
    """The score by one of the field's methods, already written out ("3 of 4 codes, 75 %")."""

    name: str
    score: str


class Marking(TypedDict):
    """The result of marking a practice answer; `score` is a number from 0 to 1.

    `findings` are those of all edits, also of those that are kept back while somebody writes.
    """

    score: float
    rows: list[MarkRow]
    methods: list[MethodRow]
    findings: list[FindingRow]


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the workspace shows of a case.

    `documents` are (title, text) in the light markup of `markup.to_html`. `hints` are revealed one
    by one, in order. `cell_line` is the exact whole first line of the answer cell and `text` the
    worksheet under it. `procedures` are (code, our own words) of procedures and modifiers that
    the search offers besides the diagnosis table. `grammar` is the short help on the notation.
    `who_marks` tells the trainee of a graded case who marks it and when. `books` are the names of
    the indexes to walk; with `book_only` they are the only way to a code, as in an examination.
    `starters` are (beginning of a line, label) of the buttons over the worksheet, and `example` is
    what it shows while it is blank. `day_is` says what the day is that `service_date` holds.
    `finds_codes` says that codes are looked for; without it there is neither search nor index.
    """

    slug: str
    variant: str | None
    title: str
    setting: str
    service_date: str
    instructions: str
    documents: tuple[tuple[str, str], ...]
    hints: tuple[str, ...]
    minutes: int
    cell_line: str
    text: str
    procedures: tuple[tuple[str, str], ...] = ()
    grammar: tuple[str, ...] = ()
    who_marks: str = MARKED_LATER
    books: tuple[str, ...] = ()
    book_only: bool = False
    starters: tuple[tuple[str, str], ...] = STARTERS
    example: str = EXAMPLE
    day_is: str = "Date of service"
    finds_codes: bool = True

    def __post_init__(self) -> None:
        """Refuse a first line that could not be found again in the notebook."""
        if self.book_only and not self.books:
            msg = f"{self.slug!r} is book only, but has no index to walk"
            raise ValueError(msg)
        if "\n" in self.cell_line or not self.cell_line.strip():
            msg = f"cell_line of {self.slug!r} must be one line of text, not {self.cell_line!r}"
            raise ValueError(msg)

    def as_message(self, *, practice: bool) -> dict[str, object]:
        """Return the view as JSON for the page; texts become HTML whose content is escaped."""
        return {
            "slug": self.slug,
            "variant": self.variant,
            "title": self.title,
            "setting": self.setting,
            "service_date": self.service_date,
            "instructions": to_html(self.instructions),
            "documents": [[title, to_html(text)] for title, text in self.documents],
            "hints": list(self.hints),
            "minutes": self.minutes,
            "cell_line": self.cell_line,
            "text": self.text,
            "procedures": [list(row) for row in self.procedures],
            "grammar": list(self.grammar),
            "who_marks": self.who_marks,
            "books": list(self.books),
            "book_only": self.book_only,
            "starters": [list(row) for row in self.starters],
            "example": self.example,
            "day_is": self.day_is,
            "finds_codes": self.finds_codes,
            "practice": practice,
        }
