"""Verify a code of the index in the tabular list: never code from the index alone.

The tabular list says whether the code is complete, which characters may complete it, and which
notes govern it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codinglab.codes.icd10cm import Icd10cm, Note, open_table

_SEVENTH = 7
_DOT_AT = 3


@dataclass(frozen=True, slots=True)
class Position:
    """A character that a code lacks: its `place` (4 to 7), and each legal one with its meaning.

    `stem` is what stands before it, placeholders X included; ? is a character yet to be chosen.
    """

    place: int
    stem: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the tabular list says of a code of the index.

    `missing` is empty for a complete code; the choices of its first position may decide what
    stands after it. `remark` says what the index's code is not.
    """

    code: str
    title: str
    billable: bool
    missing: tuple[Position, ...]
    notes: tuple[Note, ...]
    remark: str
    release: str


def _length(code: str) -> int:
    return len(code.replace(".", ""))


def _padded(code: str, length: int) -> str:
    """Return `code` with its dot and placeholders X up to `length` characters."""
    bare = code.replace(".", "").ljust(length, "X")
    return f"{bare[:_DOT_AT]}.{bare[_DOT_AT:]}"


def _seventh(code: str, table: Icd10cm) -> Position | None:
    pairs = table.seventh_characters(code)
    return Position(_SEVENTH, _padded(code, _SEVENTH - 1), pairs) if pairs else None


def _missing(code: str, table: Icd10cm) -> tuple[Position, ...]:
    children = table.children(code)
    place = _length(code) + 1
    near = [one for one in children if _length(one.code) == place]
    if not near or place == _SEVENTH:
        last = _seventh(code, table)
        return (last,) if last else ()
    pairs = tuple((one.code[-1], one.title) for one in near)
    first = Position(place, _padded(code, place - 1) if place > _DOT_AT + 1 else f"{code}.", pairs)
    full = table.billable_below(near[0].code, 1) or (near[0],)
    sevenths = table.seventh_characters(near[0].code) if _length(full[0].code) == _SEVENTH else ()
    # What stands before the 7th character depends on the choice that comes first.
    before = first.stem.ljust(_SEVENTH, "?")
    return (first, Position(_SEVENTH, before, sevenths)) if sevenths else (first,)


def _remark(code: str, billable: bool, table: Icd10cm) -> str:
    bare = code.rstrip("-")
    if table.find(bare) is None:
        return f"{bare} is not in ICD-10-CM {table.info.release}; look for the term's newer code."
    if billable and code.endswith("-"):
        return f"{bare} is complete in ICD-10-CM {table.info.release}; the dash needs nothing more."
    return ""


def verify(code: str, day: date, folder: Path | None = None) -> Verified:
    """Return what the tabular list in force on `day` says of `code` ("E11.22", "S52.50-").

    `folder` holds the code sets (the installation's own by default). A code that the list lacks
    comes back without title, its remark saying so. Raises NotInForce when there is no list for
    the day.
    """
    table = open_table(day, folder)
    release = table.info.release
    node = table.find(code.rstrip("-"))
    if node is None:
        return Verified(code.rstrip("-"), "", False, (), (), _remark(code, False, table), release)
    missing = () if node.billable else _missing(node.code, table)
    notes, remark = table.notes(node.code), _remark(code, node.billable, table)
    return Verified(node.code, node.title, node.billable, missing, notes, remark, release)
