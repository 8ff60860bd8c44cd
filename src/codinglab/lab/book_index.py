"""The indexes of the code book as the workspace walks them: terms, subterms, cross references."""

from __future__ import annotations

from datetime import date
from typing import Any

from codinglab.codes.alphabetic_index import AlphabeticIndex, IndexTable, Lead, Term, open_book
from codinglab.core.tables import BadData

BOOKS = {
    "Diseases and injuries": "diseases",
    "External causes": "external causes",
    "Neoplasms": "neoplasms",
    "Drugs and chemicals": "drugs",
}
_MAIN_TERMS = 40


def _asked(day: date, about: str) -> tuple[AlphabeticIndex, str]:
    """Return the index and the text of a question "name of the book TAB text"."""
    name, _, text = about.partition("\t")
    if name not in BOOKS:
        raise BadData(f"there is no index {name!r}; choose one of {', '.join(BOOKS)}")
    return open_book(day, BOOKS[name]), text.strip()


def terms(day: date, about: str) -> dict[str, Any]:
    """Return the main terms that begin with a text, as `widgets.view.Terms`.

    Raises BadData for an unknown book, NotInForce where no index covers `day`.
    """
    index, beginning = _asked(day, about)
    found = index.main_terms(beginning, _MAIN_TERMS + 1) if beginning else ()
    rows = [_row(index, one) for one in found[:_MAIN_TERMS]]
    return {"terms": rows, "more": len(found) > _MAIN_TERMS, "source": index.source}


def term_page(day: date, about: str) -> dict[str, Any]:
    """Return the term at a path ("Diabetes > type 2"), as `widgets.view.TermPage`.

    Raises BadData for an unknown book or path, NotInForce where no index covers `day`.
    """
    index, path = _asked(day, about)
    term = index.find(path)
    if term is None:
        raise BadData(f"{index.source} has no term {path!r}; type the beginning of a main term")
    return {
        "way": list(term.path),
        "term": _row(index, term),
        "see": [_see(one) for one in index.targets(term)],
        "below": [_row(index, one) for one in index.below(term)],
        "source": index.source,
    }


def _row(index: AlphabeticIndex, term: Term) -> dict[str, Any]:
    cells = index.codes(term) if isinstance(index, IndexTable) else {}
    return {
        "path": term.written,
        "label": term.label,
        "nonessential": term.nonessential,
        "code": term.code,
        "manifestation": term.manifestation,
        "cells": [[name.replace("_", " "), code] for name, code in cells.items()],
        "see": [said for said in (term.see, term.see_also) if said],
        "below": term.below,
    }


def _see(lead: Lead) -> dict[str, Any]:
    """Return a cross reference; `rest` is a rule ("by site") that the reader follows alone."""
    return {
        "words": f"{lead.term.written}, {lead.rest}" if lead.term and lead.rest else lead.text,
        "also": lead.also,
        "path": lead.term.written if lead.term else "",
        "found": lead.term is not None,
    }
