"""Read the ICD-10-CM tabular XML into nodes in tabular order.

The file nests chapters, blocks (`section`) and codes (`diag`), but lays wider blocks (C00-C96)
flat beside the narrower ones they span, and states 7th characters once for many codes. Here both
become plain tree nodes. A block of one category ("B20") is named as the range "B20-B20", so that
no two nodes share a name. The table of visual impairment under H54.8 is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Element = Any  # lxml comes without types
NOTE_KINDS = {
    "includes": "includes",
    "inclusionTerm": "inclusion term",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code first",
    "useAdditionalCode": "use additional code",
    "codeAlso": "code also",
    "notes": "note",
    "sevenChrNote": "seventh character",
}
_LISTING = {"code first", "use additional code", "code also"}
_HEAD = re.compile(r"(?::|\bsuch as ?:?)$")


@dataclass(slots=True)
class Node:
    """One chapter, block, category, subcategory or code; `parent` is its parent's key.

    A note is (kind, text, head): the `head` is the text of the list it stands in ("underlying
    disease, such as:"), "" where it stands in none. The XML ends a list of an instruction with
    its element; in Excludes the end of such a list is not marked, so none is read there.
    """

    key: str
    title: str
    kind: str
    parent: str
    billable: bool = False
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    seventh: list[tuple[str, str]] = field(default_factory=list)


def _text(element: Element) -> str:
    return " ".join((element.text or "").split())


def _notes(element: Element) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for child in element:
        if kind := NOTE_KINDS.get(child.tag):
            head = ""
            for text in map(_text, child.findall("note")):
                is_head = kind in _LISTING and _HEAD.search(text)
                found.append((kind, text, "" if is_head else head))
                head = text if is_head else head
    return found


def _seventh(element: Element) -> list[tuple[str, str]]:
    return [(one.get("char"), _text(one)) for one in element.findall("sevenChrDef/extension")]


class _Reader:
    """Walks the XML; `listed` holds every code that exists, without dots."""

    def __init__(self, listed: frozenset[str]) -> None:
        self.listed = listed

    def chapter(self, element: Element) -> Iterator[Node]:
        key = f"CHAPTER {element.findtext('name')}"
        yield Node(key, element.findtext("desc"), "chapter", "", notes=_notes(element))
        wider: list[tuple[str, str]] = []
        for section in element.findall("section"):
            first, _, last = section.get("id").partition("-")
            span = (first, last or first)
            while wider and not (wider[-1][0] <= span[0] and span[1] <= wider[-1][1]):
                wider.pop()
            parent = "-".join(wider[-1]) if wider else key
            wider.append(span)
            yield from self.block(section, "-".join(span), parent)

    def block(self, section: Element, key: str, parent: str) -> Iterator[Node]:
        yield Node(key, section.findtext("desc"), "block", parent, notes=_notes(section))
        for diag in section.findall("diag"):
            yield from self.code(diag, key, [])

    def code(self, diag: Element, parent: str, seventh: list[tuple[str, str]]) -> Iterator[Node]:
        key = diag.findtext("name").replace(".", "")
        own = _seventh(diag)
        seventh = own or seventh
        below = diag.findall("diag")
        title, short = _text(diag.find("desc")), len(key) == 3  # noqa: PLR2004  a category
        billable = not below and not seventh
        kind = "category" if short else "code" if billable else "subcategory"
        yield Node(key, title, kind, parent, billable, _notes(diag), own)
        for child in below:
            yield from self.code(child, key, seventh)
        if not below:
            yield from self.extended(key, title, seventh)

    def extended(self, stem: str, title: str, seventh: list[tuple[str, str]]) -> Iterator[Node]:
        for character, meaning in seventh:
            key = stem.ljust(6, "X") + character
            if key in self.listed:
                yield Node(key, f"{title}, {meaning}", "code", stem, billable=True)


def nodes(xml: bytes, code_list: str) -> Iterator[Node]:
    """Yield every node of the tabular list in tabular order.

    `xml` is the published tabular file; `code_list` has one code a line and decides which 7th
    character codes exist (S06.1X7 takes only A, although S06 defines A, D and S).
    """
    from lxml import etree

    reader = _Reader(frozenset(line.strip().replace(".", "") for line in code_list.splitlines()))
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for chapter in root.findall("chapter"):
        yield from reader.chapter(chapter)
