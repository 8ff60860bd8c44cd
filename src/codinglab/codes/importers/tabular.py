"""The tabular lists as XML: ICD-10-CM (CDC/NCHS), and the tables of ICD-10-PCS (CMS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from codinglab.codes.importers.kind import Bad, Found, Good, Kind, Numbered
from codinglab.codes.importers.values import diagnosis_code
from codinglab.codes.importers.xml_lines import elements, words
from codinglab.codes.release import CodeRow

NoteKind = Literal[
    "includes",
    "inclusionTerm",
    "excludes1",
    "excludes2",
    "codeFirst",
    "useAdditionalCode",
    "codeAlso",
    "notes",
    "sevenChrNote",
]
_NOTES = NoteKind.__args__  # type: ignore[attr-defined]


class HeadingRow(CodeRow):
    """A category or code; `label` is its title, `parent` the code or block above it."""

    parent: str
    last: bool


class NoteRow(CodeRow):
    """A note at a chapter, block, category or code (`code`); `label` is its text."""

    kind: NoteKind
    number: int


class SeventhRow(CodeRow):
    """A seventh character that codes below `code` take; `label` says what it means."""

    character: str


def _notes(element: Any, code: str) -> Iterator[Found]:
    for kind in _NOTES:
        texts = [words(note) for part in element.findall(kind) for note in part]
        for number, text in enumerate(texts, 1):
            values = {"code": code, "label": text, "kind": kind, "number": str(number)}
            yield Good(element.sourceline, "notes.csv", values)
    for extension in element.findall("sevenChrDef/extension"):
        values = {"code": code, "label": words(extension), "character": extension.get("char", "")}
        yield Good(element.sourceline, "seventh.csv", values)


def _codes(element: Any, parent: str) -> Iterator[Found]:
    line = element.sourceline
    try:
        code = diagnosis_code(words(element.find("name")))
    except ValueError as error:
        yield Bad(line, str(error))
        return
    inner = element.findall("diag")
    values = {"code": code, "label": words(element.find("desc")), "parent": parent}
    yield Good(line, "codes.csv", values | {"last": "0" if inner else "1"})
    yield from _notes(element, code)
    for child in inner:
        yield from _codes(child, code)


def _diagnoses(lines: Numbered) -> Iterator[Found]:
    """Yield the codes, notes and seventh characters, chapter by chapter."""
    for _, chapter in elements(lines, "chapter"):
        yield from _notes(chapter, f"chapter {words(chapter.find('name'))}")
        for block in chapter.findall("section"):
            # B20 is a block and a category: the word tells them apart.
            name = f"block {block.get('id')}"
            yield from _notes(block, name)
            for element in block.findall("diag"):
                yield from _codes(element, name)


class ValueRow(CodeRow):
    """A value that a row of a table allows at a position; `code` is the table's three values.

    `row` counts the rows of the table, and is 0 for its own three values. Any choice of one value
    for each position within one row is a code.
    """

    row: int
    position: int
    axis: str
    value: str


def _axis(element: Any, table: str, row: int) -> Iterator[Found]:
    position, axis = element.get("pos", ""), words(element.find("title"))
    for label in element.findall("label"):
        values = {
            "code": table,
            "label": words(label),
            "row": str(row),
            "position": position,
            "axis": axis,
            "value": label.get("code", ""),
        }
        yield Good(label.sourceline, "values.csv", values)


def _procedures(lines: Numbered) -> Iterator[Found]:
    """Yield the values of every table, row by row."""
    for line, element in elements(lines, "pcsTable"):
        heads = element.findall("axis")
        table = "".join(label.get("code", "") for head in heads for label in head.findall("label"))
        if not re.fullmatch(r"[0-9A-HJ-NP-Z]{3}", table):
            yield Bad(line, f"is a table of {table!r}, and a table has three values")
            continue
        for head in heads:
            yield from _axis(head, table, 0)
        for row, inner in enumerate(element.findall("pcsRow"), 1):
            for axis in inner.findall("axis"):
                yield from _axis(axis, table, row)


ICD10CM = Kind(
    name="icd10cm_tabular",
    title="ICD-10-CM tabular list (CDC/NCHS)",
    recognise=lambda head: any("<ICD10CM.tabular" in said for said in head),
    layout="XML that begins with ICD10CM.tabular",
    read=_diagnoses,
    tables={"codes.csv": HeadingRow, "notes.csv": NoteRow, "seventh.csv": SeventhRow},
    keys={"notes.csv": ("code", "kind", "number"), "seventh.csv": ("code", "character")},
    year="fiscal",
    year_in=r"<version>(20\d\d)",
    fewest=40_000,
)
ICD10PCS = Kind(
    name="icd10pcs_tables",
    title="ICD-10-PCS tables (CMS)",
    recognise=lambda head: any("<ICD10PCS.tabular" in said for said in head),
    layout="XML that begins with ICD10PCS.tabular",
    read=_procedures,
    tables={"values.csv": ValueRow},
    keys={"values.csv": ("code", "row", "position", "value")},
    clock="discharge",
    year="fiscal",
    year_in=r"<version>(20\d\d)",
    fewest=20_000,
)
KINDS = (ICD10CM, ICD10PCS)
