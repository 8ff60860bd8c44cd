"""Code pairs as sorted arrays in one file: two bytes a pair for the code, looked up where it lies.

The pairs of a column 1 code stand side by side, sorted by column 2 (compressed sparse rows), so
that a look-up is one dictionary access and a binary search. A file is mapped, not read: only the
pages that are asked for are loaded, and processes share them. What differs little from pair to
pair (days, modifier indicator, rationale) is kept once in a table of terms.
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from codinglab.core.tables import BadData

FOREVER = 2**31 - 1
_MAGIC = b"codinglab pairs 1 " + sys.byteorder.encode() + b"\n"
_CODE = 5  # characters of a CPT or HCPCS code
_MOST = 2**16
_LAYOUT = ("start", "second", "term", "first_day", "end_day", "modifier", "note")


class Terms(NamedTuple):
    """What a pair says: indicator, first day and day of its end (ordinals), and why."""

    modifier: int
    start: int
    end: int
    note: str


Row = tuple[str, str, Terms]
"""Column 1, column 2 and the terms of one pair."""


def _narrow(highest: int) -> str:
    return "H" if highest < _MOST else "I"


def pack(rows: Iterable[Row]) -> bytes:
    """Return the file of `rows`, in any order; a pair may have several rows with other days.

    Raises BadData for a code that has not five characters, or more codes than two bytes count.
    """
    codes: dict[str, int] = {}
    terms: dict[Terms, int] = {}
    entries = array("Q")
    for first, second, said in rows:
        one = codes.setdefault(first, len(codes))
        other = codes.setdefault(second, len(codes))
        entries.append(one << 48 | other << 32 | terms.setdefault(said, len(terms)))
    _check(codes)
    notes = list(dict.fromkeys(one.note for one in terms))
    place = {note: at for at, note in enumerate(notes)}
    parts = (
        *_rows(entries, len(codes), len(terms)),
        array("i", [one.start for one in terms]),
        array("i", [one.end for one in terms]),
        array("B", [one.modifier for one in terms]),
        array("H", [place[one.note] for one in terms]),
    )
    return _joined("".join(codes), notes, parts)


def _check(codes: dict[str, int]) -> None:
    if wrong := [code for code in codes if len(code) != _CODE or not code.isascii()]:
        raise BadData(f"{wrong[0]!r} is no procedure code; correct the table of pairs")
    if len(codes) > _MOST:
        raise BadData(f"{len(codes)} codes are more than a table of pairs can hold ({_MOST})")


def _rows(entries: array[int], codes: int, terms: int) -> tuple[array[int], ...]:
    """Return where each column 1 code's pairs start, and their second codes and terms."""
    ordered = sorted(entries)
    counts = [0] * (codes + 1)
    for one in ordered:
        counts[(one >> 48) + 1] += 1
    for at in range(codes):
        counts[at + 1] += counts[at]
    second = array("H", ((one >> 32) & 0xFFFF for one in ordered))
    term = array(_narrow(terms), (one & 0xFFFFFFFF for one in ordered))
    return array("I", counts), second, term


def _joined(codes: str, notes: list[str], parts: tuple[array[int], ...]) -> bytes:
    layout, body = {}, bytearray()
    for name, part in zip(_LAYOUT, parts, strict=True):
        layout[name] = (part.typecode, len(body), len(part) * part.itemsize)
        body += part.tobytes()
        body += bytes(-len(body) % 8)
    head = json.dumps({"codes": codes, "notes": notes, "layout": layout}).encode()
    head += b" " * (-(len(_MAGIC) + len(head) + 1) % 8) + b"\n"
    return _MAGIC + head + bytes(body)


class PairArrays:
    """The pairs of one packed file, or of the same bytes in memory."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Open `content`; raises BadData when it was not written by `pack` on such a machine."""
        if content[: len(_MAGIC)] != _MAGIC:
            raise BadData("not a compiled table of pairs; delete it from the cache, and try again")
        base = content.find(b"\n", len(_MAGIC)) + 1
        head = json.loads(content[len(_MAGIC) : base])
        view = memoryview(content)

        def part(name: str) -> memoryview[int]:
            kind, at, size = head["layout"][name]
            return view[base + at : base + at + size].cast(kind)

        codes: str = head["codes"]
        self._code = {codes[at : at + _CODE]: at // _CODE for at in range(0, len(codes), _CODE)}
        self._start, self._second, self._term = part("start"), part("second"), part("term")
        self._days = part("first_day"), part("end_day")
        self._modifier, self._note = part("modifier"), part("note")
        self._notes: list[str] = head["notes"]

    def __len__(self) -> int:
        """Return how many rows there are, whatever their days."""
        return len(self._second)

    def find(self, first: str, second: str, day: int) -> Terms | None:
        """Return what is said of column 1 `first` with column 2 `second` on the ordinal `day`."""
        one, other = self._code.get(first), self._code.get(second)
        if one is None or other is None:
            return None
        end = self._start[one + 1]
        at = bisect_left(self._second, other, self._start[one], end)
        while at < end and self._second[at] == other:
            term = self._term[at]
            if self._days[0][term] <= day < self._days[1][term]:
                return self._terms(term)
            at += 1
        return None

    def _terms(self, at: int) -> Terms:
        days, note = self._days, self._notes[self._note[at]]
        return Terms(self._modifier[at], days[0][at], days[1][at], note)


def open_pairs(path: Path) -> PairArrays:
    """Return the pairs in the file `path`, mapped into memory; it stays open while they live."""
    with path.open("rb") as file:
        return PairArrays(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
