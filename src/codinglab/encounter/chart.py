"""The record of a visit: documents, with the spans that carry evidence.

A chart is written as Markdown: each first-level heading opens a document, and `[[name|text]]`
marks a span that evidence names may point to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPAN = re.compile(r"\[\[([a-z0-9-]+)\|(.+?)\]\]", re.DOTALL)
OPEN, CLOSE, END = "\u27e6", "\u27e7", "\u27e6/\u27e7"


class BadChart(ValueError):
    """The chart's text cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a chart: its title and its text, spans still marked as written."""

    title: str
    source: str

    @property
    def text(self) -> str:
        """Return the text without span marks, as a trainee reads it."""
        return _SPAN.sub(r"\2", self.source)

    @property
    def marked(self) -> str:
        """Return the text with each span between private marks, for a view that highlights."""
        return _SPAN.sub(rf"{OPEN}\1{CLOSE}\2{END}", self.source)

    @property
    def spans(self) -> tuple[tuple[str, str], ...]:
        """Return (name, text) of each span in order."""
        return tuple((name, " ".join(text.split())) for name, text in _SPAN.findall(self.source))


@dataclass(frozen=True, slots=True)
class Chart:
    """The documents of one visit, in reading order."""

    documents: tuple[Document, ...]

    @property
    def text(self) -> str:
        """Return the whole record as a trainee reads it."""
        return "\n\n".join(f"# {one.title}\n\n{one.text}" for one in self.documents)

    def evidence(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return (document title, sentence) of each span called `name`; empty if there is none."""
        return tuple(
            (one.title, text) for one in self.documents for span, text in one.spans if span == name
        )

    @property
    def evidence_names(self) -> frozenset[str]:
        """Return the names of all spans."""
        return frozenset(name for one in self.documents for name, _ in one.spans)


def parse(text: str, place: str) -> Chart:
    """Return the chart written in `text`; raises BadChart naming `place` when it is malformed."""
    parts = re.split(r"^# +(.+)$", text, flags=re.MULTILINE)
    if parts[0].strip() or len(parts) == 1:
        msg = f"{place}: a chart must begin with a document heading such as '# Progress note'"
        raise BadChart(msg)
    documents = tuple(
        Document(title.strip(), body.strip())
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    )
    for one in documents:
        if "[[" in one.text or "]]" in one.text:
            msg = f"{place}: document {one.title!r} has an evidence mark that is not [[name|text]]"
            raise BadChart(msg)
    return Chart(documents)
