"""`codinglab codes index`: code like a coder, from a main term to a code that is verified."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.codes_index_text import main_terms_text, paths_text, term_text
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.codes.alphabetic_index import AlphabeticIndex, Lead, Term
    from codinglab.codes.index_verify import Verified

_Asked = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TERM]", help='The beginning of a main term, or a path: "Diabetes > type 2".'
    ),
]
_On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day; the newest release's first if none."),
]
_Book = Annotated[str, typer.Option(help="diseases, external, neoplasms or drugs.")]
_Code = Annotated[str | None, typer.Option("--code", help="Show which terms lead to this code.")]
_BOOKS = {
    "diseases": "diseases",
    "external": "external causes",
    "external causes": "external causes",
    "neoplasms": "neoplasms",
    "drugs": "drugs",
}


def index(
    term: _Asked = None,
    code: _Code = None,
    on: _On = None,
    book: _Book = "diseases",
    as_json: AsJson = False,
) -> None:
    """Walk the Alphabetic Index: main term, subterms, code; each code verified in the tabular list.

    A step of a path may be the number of a subterm: "Diabetes > 2". JSON: {"on", "book", "source",
    "term": {"path": [labels], "label", "nonessential", "code", "manifestation", "codes": {column:
    code}, "see", "below"} or null, "as_far_as": [labels] or null, "see": [{"text", "also",
    "leads", "path", "rest"}], "subterms": [the same as term], "main_terms": [the same] (where TERM
    begins several), "verified": [{"code", "title", "billable", "missing": [{"place", "stem",
    "choices": [[character, meaning]]}], "notes": [{"kind", "text", "from_code"}], "remark",
    "release"}]}; with --code {"on", "code", "paths": [{"book", "source", "path", "code",
    "manifestation"}], "verified"}. Leaves with 1 where nothing is found.
    """
    if (code is None) == (not term):
        raise typer.BadParameter("give either a term or --code")
    if book not in _BOOKS:
        raise typer.BadParameter(f"{book!r} is no book; choose one of {', '.join(_BOOKS)}")
    day = on.date() if on else _newest()
    if code is not None:
        _show_paths(code, day, as_json=as_json)
    _show_term(" ".join(term or ()), day, _BOOKS[book], as_json=as_json)


def _newest() -> date:
    from codinglab.codes.index_compile import OURS
    from codinglab.codes.release import releases

    return max(span.start for span, _ in releases(OURS).rows)


def _codes(index: AlphabeticIndex, term: Term) -> dict[str, str]:
    from codinglab.codes.alphabetic_index import IndexTable

    return index.codes(term) if isinstance(index, IndexTable) else {}


def _told(index: AlphabeticIndex, term: Term) -> dict[str, Any]:
    return {
        "path": list(term.path),
        "label": term.label,
        "nonessential": term.nonessential,
        "code": term.code,
        "manifestation": term.manifestation,
        "codes": _codes(index, term),
        "see": "; ".join(filter(None, (term.see, term.see_also))),
        "below": term.below,
    }


def _lead(lead: Lead) -> dict[str, Any]:
    path = list(lead.term.path) if lead.term else None
    return {
        "text": lead.text,
        "also": lead.also,
        "leads": lead.leads,
        "path": path,
        "rest": lead.rest,
    }


def _verified(one: Verified) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "billable": one.billable,
        "missing": [
            {"place": each.place, "stem": each.stem, "choices": [list(two) for two in each.choices]}
            for each in one.missing
        ],
        "notes": [
            {"kind": each.kind, "text": each.text, "from_code": each.from_code}
            for each in one.notes
        ],
        "remark": one.remark,
        "release": one.release,
    }


def _verify(codes: list[str], day: date) -> list[dict[str, Any]]:
    from codinglab.codes.index_verify import verify

    # The parts of a cell such as "E11.22" stand alone; equal codes are verified once.
    single = dict.fromkeys(part for code in codes for part in code.split())
    return [_verified(verify(one, day)) for one in single]


def _walked(index: AlphabeticIndex, text: str) -> tuple[Term | None, Term | None]:
    """Return the term at `text`, whose steps may be numbers, and the last one on the way to it."""
    found: Term | None = None
    if (whole := index.find(text)) is not None:
        return whole, whole
    for step in (one.strip() for one in text.split(">")):
        named = index.find(f"{found.written} > {step}" if found else step)
        if named is None and found and step.isdecimal():
            named = dict(enumerate(index.below(found), 1)).get(int(step))
        if named is None:
            return None, found
        found = named
    return found, found


def _several(index: AlphabeticIndex, text: str) -> bool:
    """Say whether `text` is the name of several main terms, as "Fracture" is, and of none alone."""
    from codinglab.codes.index_rows import fold, names

    bearing = [one for one in index.main_terms(text) if fold(text) in names(one.label)]
    return len(bearing) > 1 and all(fold(one.label) != fold(text) for one in bearing)


def _show_term(text: str, day: date, book: str, *, as_json: bool) -> None:
    from codinglab.codes.alphabetic_index import open_book

    index = open_book(day, book)
    term, last = _walked(index, text)
    if term and _several(index, text):
        term = last = None
    mains = index.main_terms(text) if term is None and ">" not in text else ()
    codes = [term.code, term.manifestation, *_codes(index, term).values()] if term else []
    said = {
        "on": day.isoformat(),
        "book": book,
        "source": index.source,
        "term": _told(index, term) if term else None,
        "as_far_as": list(last.path) if last else None,
        "see": [_lead(one) for one in index.targets(term)] if term else [],
        "subterms": [_told(index, one) for one in index.below(term)] if term else [],
        "main_terms": [_told(index, one) for one in mains],
        "verified": _verify(codes, day),
    }
    finish(
        said,
        as_json=as_json,
        text=lambda: term_text(said) if term else main_terms_text(said, text),
        findings=not (term or mains),
    )


def _show_paths(code: str, day: date, *, as_json: bool) -> None:
    from codinglab.codes.alphabetic_index import all_books

    paths = [
        {
            "book": index.book,
            "source": index.source,
            "path": list(one.path),
            "code": _leading(index, one, code),
            "manifestation": one.manifestation,
        }
        for index in all_books(day)
        for one in index.leading_to(code)
    ]
    said = {
        "on": day.isoformat(),
        "code": code,
        "paths": paths,
        "verified": _verify([code], day),
    }
    finish(said, as_json=as_json, text=lambda: paths_text(said), findings=not paths)


def _leading(index: AlphabeticIndex, term: Term, code: str) -> str:
    """Return the code of `term` that leads to `code`; in a table that of the fitting column."""
    key = code.replace(".", "").upper()
    for one in _codes(index, term).values():
        if key.startswith(one.replace(".", "").rstrip("-")):
            return one
    return term.code
