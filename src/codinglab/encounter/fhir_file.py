"""A file of FHIR JSON to its resources: one resource, a Bundle, or one resource a line (NDJSON)."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from codinglab.core.findings import Severity
from codinglab.encounter.fhir_node import Notes

_UNREADABLE = "fhir.unreadable"
_GZIP = b"\x1f\x8b"
_AGAIN = "Export the record again as FHIR R4 JSON."


class NotFhir(ValueError):
    """The file cannot be read as FHIR at all; the message says what it is and what to do."""


def read_text(source: str | bytes | Path) -> str:
    """Return the text of `source`: a path, bytes, or the text itself.

    Raises NotFhir where it is not UTF-8, FileNotFoundError where the path names no file.
    """
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    found = source.read_bytes() if isinstance(source, Path) else source
    if found.startswith(_GZIP):
        raise NotFhir("the file is compressed by gzip; unpack it first (gunzip).")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"byte {error.start} is not UTF-8, and FHIR JSON always is. {_AGAIN}"
        raise NotFhir(msg) from None


def read_json(text: str, notes: Notes) -> list[Any]:
    """Return the JSON values in `text`: one, or one a line. Raises NotFhir where there are none.

    Numbers stay as written (Decimal), and an object that names an element twice is a finding.
    """
    start = text.lstrip()[:1]
    if not start:
        msg = f"the file is empty. {_AGAIN}"
        raise NotFhir(msg)
    if start == "<":
        msg = "the file is XML; this lab reads FHIR as JSON. Export it as JSON (format=json)."
        raise NotFhir(msg)
    try:
        return [_load(text, notes)]
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and (lines := _lines(text, notes)):
            return lines
        place = f"line {error.lineno}, column {error.colno}"
        msg = f"{place}: not readable as JSON: {error.msg}. {_AGAIN}"
        raise NotFhir(msg) from None
    except RecursionError:
        msg = f"objects lie within each other deeper than any FHIR resource. {_AGAIN}"
        raise NotFhir(msg) from None
    except ValueError as error:
        msg = f"not readable as JSON: {error}. {_AGAIN}"
        raise NotFhir(msg) from None


def _lines(text: str, notes: Notes) -> list[Any]:
    try:
        return [_load(line, notes) for line in text.splitlines() if line.strip()]
    except ValueError:
        return []


def _load(text: str, notes: Notes) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) != len(found):
            _say_twice([key for key, _ in found], notes)
        return made

    return json.loads(
        text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=pairs
    )


def _no_constant(name: str) -> None:
    msg = f"{name} is no number in JSON"
    raise ValueError(msg)


def _say_twice(keys: list[str], notes: Notes) -> None:
    twice = sorted(key for key, times in Counter(keys).items() if times > 1)
    notes.say(
        "fhir.twice",
        "the file",
        f"An object names {', '.join(twice)} twice; only the last was read.",
        "Ask the sender for valid FHIR JSON, in which each element stands once.",
        Severity.WARNING,
    )
