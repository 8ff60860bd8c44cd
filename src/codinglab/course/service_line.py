"""The `line` statement of a worksheet: code-modifiers, units, place, date, diagnosis pointers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from codinglab.core.findings import Finding
from codinglab.encounter.coded import POINTER_LETTERS, ServiceLine

_PROCEDURE = re.compile(r"\d{4}[0-9A-Z]|[A-Z]\d{4}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_UNITS = re.compile(r"X(\d{1,3})")
_SHAPE = (
    "After the code write x1 (units), pos 11, on 2026-02-11, dx A,B; "
    "modifiers are joined with a hyphen: 99213-25."
)

Read = tuple[ServiceLine, tuple[Finding, ...]]


def _finding(name: str, place: str, message: str, remedy: str) -> Finding:
    return Finding(f"worksheet.{name}", place, message, remedy)


def read_line(text: str, place: str) -> tuple[ServiceLine | None, tuple[Finding, ...]]:
    """Return the service line written in `text` (what follows the word `line`) and findings.

    What can be read is kept: a clause that cannot is a finding, and the line still counts.
    """
    closed = re.sub(r"\s*([-,])\s*", r"\1", text.upper())
    words = re.sub(r"\bX (?=\d)", "X", closed).split()
    code, *modifiers = words[0].split("-") if words else [""]
    if not _PROCEDURE.fullmatch(code):
        shown = words[0] if words else "an empty line"
        return None, (
            _finding(
                "line-code",
                place,
                f"{shown!r} does not begin with a five-character CPT or HCPCS code.",
                "Write it as: line 99213-25 x1 dx A",
            ),
        )
    good = tuple(one for one in modifiers if _MODIFIER.fullmatch(one))
    findings = [
        _finding(
            "modifier", place, f"{bad!r} is not shaped like a modifier.", "Use two characters: -25"
        )
        for bad in modifiers
        if bad not in good
    ]
    line = ServiceLine(code, place, good)
    rest, said = words[1:], set[str]()
    while rest:
        clause, rest = rest[: _length(rest)], rest[_length(rest) :]
        name = "units" if _is_units(clause[0]) else clause[0]
        if name in said:
            message = f"{' '.join(clause)!r} says the {name.lower()} of this line again."
            findings.append(_finding("line-again", place, message, "The first one counts."))
            continue
        said.add(name)
        line, problems = _clause(line, clause)
        findings.extend(problems)
    return line, tuple(findings)


def _length(words: list[str]) -> int:
    """Return how many of `words` the first clause takes."""
    if words[0] != "DX":
        return 2 if words[0] in {"POS", "ON"} and len(words) > 1 else 1
    count = 1
    while count < len(words) and words[count] not in {"POS", "ON"} and not _is_units(words[count]):
        count += 1
    return count


def _is_units(word: str) -> bool:
    return _UNITS.fullmatch(word) is not None


def _clause(line: ServiceLine, words: list[str]) -> Read:
    match words:
        case [word] if units := _UNITS.fullmatch(word):
            return replace(line, units=int(units[1])), ()
        case ["POS", place]:
            return _with_place(line, place)
        case ["ON", day]:
            return _with_day(line, day)
        case ["DX", *targets] if targets:
            return _with_pointers(line, targets)
        case _:
            message = f"{' '.join(words)!r} is not understood."
            return line, (_finding("line-rest", line.place, message, _SHAPE),)


def _with_place(line: ServiceLine, place: str) -> Read:
    if re.fullmatch(r"\d\d", place):
        return replace(line, place_of_service=place), ()
    message = f"Place of service {place!r} is not two digits."
    return line, (_finding("pos", line.place, message, "Write it as: pos 11"),)


def _with_day(line: ServiceLine, text: str) -> Read:
    try:
        return replace(line, day=date.fromisoformat(text)), ()
    except ValueError:
        message = f"{text!r} is not a date."
        return line, (_finding("day", line.place, message, "Write it as: on 2026-02-11"),)


def _with_pointers(line: ServiceLine, words: list[str]) -> Read:
    """Read letters as on the CMS-1500 ("A,B", "AB") or digits ("1,2")."""
    found: list[int] = []
    findings = []
    parts = [part for word in words for part in word.split(",") if part]
    for mark in (m for part in parts for m in (part if part.isalpha() else [part])):
        number = int(mark) if mark.isdecimal() else POINTER_LETTERS.find(mark) + 1
        if not 1 <= number <= len(POINTER_LETTERS):
            message = f"{mark!r} points to no diagnosis."
            remedy = "Use A to L, or 1 to 12, as in: dx A,B"
            findings.append(_finding("pointer", line.place, message, remedy))
        elif number not in found:
            found.append(number)
    return replace(line, pointers=tuple(found)), tuple(findings)
