"""Clinical notes of a FHIR file: DocumentReference, Composition and the forms of reports."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from html import unescape

from codinglab.encounter.chart import Document
from codinglab.encounter.fhir_bundle import Bundle
from codinglab.encounter.fhir_lines import concept
from codinglab.encounter.fhir_node import LeftOut, Node
from codinglab.encounter.fhir_people import who
from codinglab.encounter.fhir_words import listed

_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
_UNSEEN = frozenset({"script", "style", "title"})
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")


def of_html(page: str) -> str:
    """Return the text of an HTML page or of a FHIR narrative, one block a line.

    Each character is looked at once or twice, whatever tags a hostile page leaves open.
    """
    parts: list[str] = []
    unseen, at = "", 0
    plain = _without_comments(page)
    for tag in _TAG.finditer(plain):
        name = tag[2].lower()
        if not unseen:
            parts += [unescape(plain[at : tag.start()]), _gap(name)]
        if name in _UNSEEN and unseen in {"", name}:
            unseen = "" if tag[1] else name
        at = tag.end()
    parts += [] if unseen else [unescape(plain[at:])]
    lines = (" ".join(line.split()) for line in "".join(parts).splitlines())
    return "\n".join(line for line in lines if line)


def _gap(name: str) -> str:
    return "\n" if name in _BLOCKS else " " if name in {"td", "th"} else ""


def _without_comments(page: str) -> str:
    """Return the page without comments; one that is never closed runs to the end."""
    parts = []
    at = 0
    while (start := page.find("<!--", at)) >= 0:
        parts.append(page[at:start])
        end = page.find("-->", start)
        if end < 0:
            return "".join(parts)
        at = end + len("-->")
    return "".join([*parts, page[at:]])


def document(title: str, text: str) -> Document:
    """Return a document whose text holds no marks of evidence, whatever the sender wrote."""
    return Document(title, text.replace("[[", "[ [").replace("]]", "] ]").strip())


def of_reference(bundle: Bundle, one: Node) -> Iterator[Document]:
    """Yield a document for each readable form of a DocumentReference."""
    title = one.text("description") or concept(one, "type") or "Note"
    signed = [who(bundle, one, each) for each in one.many("author")]
    states = (one.text("docStatus"), one.text("status"))
    odd = [state for state in states if state not in {"", "final", "current"}]
    head = listed(one.when("date"), *signed, *odd)
    for each in one.many("content"):
        if text := attachment(bundle, one, each.one("attachment")):
            yield document(title, f"{head}\n\n{text}" if head else text)


def of_report(bundle: Bundle, one: Node) -> Iterator[Document]:
    """Yield a document for each readable form of a DiagnosticReport."""
    for each in one.many("presentedForm"):
        if text := attachment(bundle, one, each):
            yield document(concept(one, "code") or "Report", text)


def of_composition(bundle: Bundle, one: Node) -> Iterator[Document]:
    """Yield a document for a Composition: its sections in order, subsections after their own."""
    title = one.text("title") or concept(one, "type") or "Document"
    head = listed(one.when("date"), *(who(bundle, one, each) for each in one.many("author")))
    parts, waiting = [head], list(reversed(one.many("section")))
    while waiting:
        section = waiting.pop()
        name = section.text("title") or concept(section, "code")
        section.raw("code"), section.one("text").raw("status")
        text = of_html(section.one("text").text("div"))
        parts.append(f"## {name}\n\n{text}" if name else text)
        waiting += reversed(section.many("section"))
    yield document(title, "\n\n".join(part for part in parts if part))


def attachment(bundle: Bundle, owner: Node, found: Node) -> str:
    """Return the text of an attachment; one that has none is listed as left."""
    kind = found.text("contentType").partition(";")
    data, url = found.text("data"), found.text("url")
    found.raw("title"), found.raw("creation"), found.raw("size"), found.raw("hash")
    if not data and url and (held := bundle.index.get("/".join(url.split("/")[-2:]))):
        bundle.use(held)
        data, kind = held.text("data"), held.text("contentType").partition(";")
        url = ""
    if kind[0] not in {"text/plain", "text/html", "text/markdown", "application/xhtml+xml"}:
        _leave(owner, found, f"{kind[0] or 'a form of no stated type'} holds no text for a chart")
        return ""
    if not data:
        _leave(owner, found, f"its text lies elsewhere ({url})" if url else "it is empty")
        return ""
    try:
        charset = kind[2].partition("charset=")[2].strip() or "utf-8"
        text = base64.b64decode(data, validate=False).decode(charset)
    except (binascii.Error, UnicodeDecodeError, LookupError) as error:
        _leave(owner, found, f"its text cannot be read: {error}")
        return ""
    return of_html(text) if "html" in kind[0] else text


def _leave(owner: Node, found: Node, why: str) -> None:
    path = found.place.removeprefix(f"{owner.place}.")
    owner.notes.left.append(LeftOut(owner.type, owner.id, why, path))
