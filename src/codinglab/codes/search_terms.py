"""The terms of the alphabetic index as phrases of the codes that they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from codinglab.codes.alphabetic_index import AlphabeticIndex, Term, open_index
from codinglab.core.dates import NotInForce

Led = tuple[str, str]
"""A term with all that stands above it, and its code ("S52.50-" where it needs more)."""


def index_terms(day: date, folder: Path | None = None) -> Iterator[Led]:
    """Yield what the indexes of diseases and of external causes in force on `day` lead to."""
    with suppress(NotInForce):
        yield from led(open_index(day, folder, "diseases"))
    with suppress(NotInForce):
        yield from led(open_index(day, folder, "external causes"))


def led(index: AlphabeticIndex) -> Iterator[Led]:
    """Yield each term that leads to a code: its words, nonessential ones in brackets.

    A term without a code that says `see` leads to the code of the term it names.
    """
    above = [""]
    for term in index.terms():
        said = f"{term.label} {term.nonessential}".strip()
        above[term.level + 1 :] = [f"{above[term.level]} {said}".strip()]
        if code := term.code or _seen(index, term):
            yield above[-1], code


def _seen(index: AlphabeticIndex, term: Term) -> str:
    if not term.see:
        return ""
    leads = [one for one in index.targets(term) if not one.also]
    exact = len(leads) == 1 and leads[0].leads == "term"
    return leads[0].term.code if exact and leads[0].term else ""
