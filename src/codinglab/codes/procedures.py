"""Procedure codes, CPT and HCPCS Level II, by day.

The tables are starter sets. A code of the right shape that is not in them is "not in this lab's
table", never "invalid"; so is every CPT-shaped code where the CPT folder was left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from codinglab.codes.imported import procedure_label
from codinglab.codes.release import (
    CodeRow,
    NotInTable,
    Release,
    releases,
    row_on,
    rows_on,
)
from codinglab.core.dates import NotInForce

TABLE = "codes.csv"
Kind = Literal[
    "visit",
    "procedure",
    "administration",
    "vaccine",
    "drug",
    "laboratory",
    "imaging",
    "test",
    "counselling",
    "supply",
    "equipment",
    "transport",
    "blood",
    "service",
    "adjunct",
]
GlobalDays = Literal["000", "010", "090", "XXX", "YYY", "ZZZ", "MMM"]
_CPT = re.compile(r"\d{4}[\dFTUMA]")
_CDT = re.compile(r"D\d{4}")
_HCPCS = re.compile(r"[A-CE-V]\d{4}")
_SETS = {"CPT": "cpt", "HCPCS": "hcpcs"}


class NotAProcedureCode(ValueError):
    """The text has the shape of no procedure code."""


class ProcedureRow(CodeRow):
    """A row of the CPT or the HCPCS starter set."""

    kind: Kind
    subject: str = ""
    global_days: GlobalDays | None = None
    add_on: bool = False
    global_source: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure code in force: our own or federal short words, and teaching facts.

    `system` is "CPT" or "HCPCS"; `global_days` is None where no source is at hand. `kind`
    and `subject` are blank for a code that only an imported file has.
    """

    code: str
    label: str
    system: str
    kind: str
    subject: str
    global_days: str | None
    add_on: bool


def system_of(code: str) -> str:
    """Return "CPT", "HCPCS" or "CDT" by the shape of `code`.

    Raises NotAProcedureCode for any other shape.
    """
    for system, shape in (("CPT", _CPT), ("CDT", _CDT), ("HCPCS", _HCPCS)):
        if shape.fullmatch(code):
            return system
    raise NotAProcedureCode(
        f"{code!r} is not a procedure code; write five digits, four digits and F, T, U, M or A, "
        "or a letter and four digits"
    )


def _procedure(row: ProcedureRow, system: str) -> Procedure:
    days = row.global_days
    return Procedure(row.code, row.label, system, row.kind, row.subject, days, row.add_on)


def find(text: str, day: date, folder: Path | None = None) -> Procedure:
    """Return the procedure code `text` (any case) as in force on `day`.

    The starter sets are asked first, for their teaching facts, and then what the user imported.
    `folder` holds the code sets (the installation's own and imported ones by default). Raises
    NotAProcedureCode for a malformed code, NotInTable for one that is in neither, and NotInForce
    when the lab has the code set, but not for that day.
    """
    code = text.strip().upper()
    system = system_of(code)
    try:
        return _in_starter_set(code, system, day, folder)
    except (NotInTable, NotInForce):
        label = procedure_label(code, system, day, folder)
        if label is None:
            raise
        return Procedure(code, label, system, "", "", None, add_on=False)


def _in_starter_set(code: str, system: str, day: date, folder: Path | None) -> Procedure:
    name = _SETS.get(system)
    known = releases(name, folder) if name else None
    if known is None or not known.rows:
        raise NotInTable(f"{code} is not in this lab's table: it holds no {system} codes")
    release = known.at(day)
    return _on(release, release.info.tables.get(TABLE, ""), code, system, day)


@lru_cache(maxsize=4096)
def _on(release: Release, sha: str, code: str, system: str, day: date) -> Procedure:  # noqa: ARG001  the hash keys the cache
    return _procedure(row_on(release, TABLE, ProcedureRow, code, day), system)


def all_on(day: date, folder: Path | None = None) -> tuple[Procedure, ...]:
    """Return every procedure code in force on `day`, CPT first, in code order.

    A set that was left out or is not in force contributes none.
    """
    return tuple(
        _procedure(row, system)
        for system, name in _SETS.items()
        for span, release in releases(name, folder).rows
        if day in span
        for row in rows_on(release, TABLE, ProcedureRow, day)
    )
