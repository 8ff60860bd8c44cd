"""The indexes of ICD-10-CM (CDC/NCHS): Alphabetic, External Causes, Neoplasms, Drugs.

They are published as XML. The Alphabetic Index is also taken as a table with the columns Level,
Term, See, SeeAlso, NonEssModif and Code, which is how others have turned it into CSV.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from codinglab.codes.importers.headed import Column, has_header, reader
from codinglab.codes.importers.kind import Bad, Found, Good, Kind, Numbered
from codinglab.codes.importers.values import text
from codinglab.codes.importers.xml_lines import elements, words
from codinglab.codes.index_rows import (
    SEPARATOR,
    TABLE,
    DrugRow,
    NeoplasmRow,
    TermRow,
    cell_names,
)

_FIRST_CELL = 2


def _cells(model: type[TermRow], element: Any) -> dict[str, str]:
    """Return the codes in the cells of a term; dashes alone say that there is none."""
    names = cell_names(model)
    found = {}
    for cell in element.findall("cell"):
        place, code = int(cell.get("col")) - _FIRST_CELL, words(cell)
        if 0 <= place < len(names):
            found[names[place]] = code if code.strip("-") else ""
    return found


def _walk(
    element: Any, above: tuple[str, ...], model: type[TermRow]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield a term and its subterms, with their lines."""
    title = element.find("title")
    label = words(title, leave_out="nemod")
    path = (*above, label)
    see = [words(element.find(tag)) for tag in ("see", "seecat", "subcat")]
    yield (
        element.sourceline,
        {
            "code": words(element.find("code")),
            "label": label,
            "level": str(len(above)),
            "path": SEPARATOR.join(path),
            "nonessential": text(" ".join(map(words, title.findall("nemod"))))
            if title is not None
            else "",
            "see": "; ".join(filter(None, see)),
            "see_also": words(element.find("seeAlso")),
            "manifestation": words(element.find("manif")),
        }
        | _cells(model, element),
    )
    for inner in element.findall("term"):
        yield from _walk(inner, path, model)


def _read_xml(model: type[TermRow]) -> Callable[[Numbered], Iterator[Found]]:
    def read(lines: Numbered) -> Iterator[Found]:
        number = 0
        for _, main in elements(lines, "mainTerm"):
            for line, values in _walk(main, (), model):
                number += 1
                if values["label"]:
                    yield Good(line, TABLE, values | {"number": str(number)})
                else:
                    yield Bad(line, "is a term without a title")

    return read


_COLUMNS = (
    Column("level", r"^level$"),
    Column("label", r"^term$"),
    Column("see", r"^see$"),
    Column("see_also", r"^seealso$"),
    Column("nonessential", r"^noness"),
    Column("code", r"^code$"),
)


def _read_table(lines: Numbered) -> Iterator[Found]:
    """Yield the rows of the index as a table, each with its path by the levels."""
    path: list[str] = []
    for number, found in enumerate(reader(TABLE, _COLUMNS)(lines), 1):
        if not isinstance(found, Good):
            yield found
            continue
        values = dict(found.values)
        level = values["level"]
        if not level.isdecimal() or int(level) > len(path):
            yield Bad(found.line, f"is at level {level!r}, which does not follow the line above")
            continue
        path[int(level) :] = [values["label"]]
        more = {"number": str(number), "path": SEPARATOR.join(path)}
        yield Good(found.line, TABLE, values | more)


def _read_either(lines: Numbered) -> Iterator[Found]:
    rest = iter(lines)
    first = next(rest, (1, ""))
    read = _read_xml(TermRow) if first[1].lstrip().startswith("<") else _read_table
    yield from read(chain((first,), rest))


def _says(title: str) -> Callable[[tuple[str, ...]], bool]:
    def recognise(head: tuple[str, ...]) -> bool:
        whole = "\n".join(head)
        return "<ICD10CM.index" in whole and bool(re.search(title, whole, re.IGNORECASE))

    return recognise


def _is_alphabetic(head: tuple[str, ...]) -> bool:
    whole = "\n".join(head)
    others = r"external cause|<head col|indexHeading"
    if "<ICD10CM.index" in whole:
        return not re.search(others, whole, re.IGNORECASE)
    return has_header(_COLUMNS)(head)


def _kind(
    name: str,
    title: str,
    recognise: Callable[[tuple[str, ...]], bool],
    model: type[TermRow],
    fewest: int,
) -> Kind:
    return Kind(
        name=name,
        title=f"ICD-10-CM {title} (CDC/NCHS)",
        recognise=recognise,
        layout=f"XML that begins with ICD10CM.index and is the {title}",
        read=_read_either if model is TermRow else _read_xml(model),
        tables={TABLE: model},
        keys={TABLE: ("number",)},
        year="fiscal",
        year_in=r"<version>(20\d\d)|(?:index|neoplasm|drug)_(20\d\d)",
        encoding="latin-1",
        fewest=fewest,
    )


KINDS = (
    _kind("icd10cm_index", "Alphabetic Index", _is_alphabetic, TermRow, 40_000),
    _kind(
        "icd10cm_external_index",
        "External Cause of Injuries Index",
        _says("external cause"),
        TermRow,
        5_000,
    ),
    _kind(
        "icd10cm_neoplasms", "Table of Neoplasms", _says(r'col="1">neoplasm'), NeoplasmRow, 1_000
    ),
    _kind(
        "icd10cm_drugs", "Table of Drugs and Chemicals", _says(r'col="1">substance'), DrugRow, 4_000
    ),
)
