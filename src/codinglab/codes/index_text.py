"""Read an index written as indented text: one line a term, two blanks a level.

    Diabetes, diabetic (mellitus) | E11.9
      type 1 | E10.9
        with
          neuropathy | E10.40
    Sugar diabetes | see Diabetes

After ` | ` stand, where they apply, the code (with a trailing dash where more characters must be
taken from the tabular list, and a manifestation code in brackets), `see TARGET` and `see also
TARGET`. Parentheses hold the words that need not be said. A line that begins with # is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from codinglab.codes.index_rows import SEPARATOR, TermRow, fold
from codinglab.core.tables import BadData, read_text

_CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4}|\.)?-?"
_CODES = re.compile(rf"({_CODE})(?:\s+\[({_CODE})\])?")
_PARENTHESES = re.compile(r"\([^()]*\)")
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Line:
    """A term and the line of the file on which it stands."""

    line: int
    row: TermRow


def _part(part: str) -> dict[str, str]:
    """Return what one part after the term says; raises ValueError, with the remedy."""
    if found := _CODES.fullmatch(part):
        return {"code": found[1], "manifestation": found[2] or ""}
    for word, name in (("see also ", "see_also"), ("see ", "see")):
        if part.startswith(word) and part[len(word) :].strip():
            return {name: part[len(word) :].strip()}
    raise ValueError(
        f"{part!r} is neither a code (E11.22, S52.50-, E85.4 [I43]) nor `see TARGET` nor "
        "`see also TARGET`; correct it"
    )


def _said(text: str) -> dict[str, str]:
    """Return label, nonessential words, codes and targets of a line without its indent."""
    term, *parts = (one.strip() for one in text.split("|"))
    label = " ".join(_PARENTHESES.sub(" ", term).split())
    if not fold(label) or "(" in label or ")" in label or ">" in label:
        raise ValueError(
            f"{term!r} is no term; write words, perhaps with (nonessential words) in closed "
            "parentheses, and no >"
        )
    values = {"label": label, "nonessential": " ".join(_PARENTHESES.findall(term))}
    for part in parts:
        found = _part(part)
        if twice := values.keys() & found.keys():
            raise ValueError(f"{', '.join(sorted(twice))} stands twice; a term has one")
        values |= found
    return values


def _level(raw: str, depth: int) -> int:
    indent = len(raw) - len(raw.lstrip())
    level, rest = divmod(indent, len(_INDENT))
    if rest or "\t" in raw[:indent]:
        raise ValueError("indent each level by two blanks, without tabs")
    if level > depth:
        raise ValueError(
            f"stands {level - depth} level(s) too deep below the line above; indent it less, or "
            "write the missing term"
        )
    return level


def parse(lines: Iterable[str], place: str, first: int = 1) -> Iterator[Line | BadData]:
    """Yield each term of `lines`, numbered from `first`, or the error of a line that has none.

    `place` is the file as errors name it.
    """
    path: list[str] = []
    number = first
    for at, raw in enumerate(lines, 1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        try:
            level = _level(raw.rstrip(), len(path))
            values = _said(raw.strip())
        except ValueError as error:
            yield BadData(f"{place}, line {at}: {error}")
            continue
        path[level:] = [values["label"]]
        row = TermRow(number=number, level=level, path=SEPARATOR.join(path), **values)
        yield Line(at, row)
        number += 1


def read_terms(path: Path, first: int = 1) -> tuple[Line, ...]:
    """Return the terms of the text file `path`, numbered from `first`.

    Raises BadData, naming file, line and remedy for each line that is no term.
    """
    found = tuple(parse(read_text(path).splitlines(), str(path), first))
    if wrong := [str(one) for one in found if isinstance(one, BadData)]:
        raise BadData("\n".join(wrong))
    return tuple(one for one in found if isinstance(one, Line))
