"""CMS's National Correct Coding Initiative files: pairs, unit limits, add-on codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import NonNegativeInt

from codinglab.codes.importers.headed import Column, has_header, reader
from codinglab.codes.importers.kind import AMA, Bad, Found, Good, Kind, LeftOut, Numbered
from codinglab.codes.importers.values import day, day_after, number, procedure_code, text
from codinglab.codes.release import CodeRow

_LICENCE = f"United States federal publication; {AMA}"
_PAIR = re.compile(r"[0-9A-V]\d{3}[0-9A-Z]\t[0-9A-V]\d{3}[0-9A-Z]\t")
_PAIR_FIELDS = 6


class PairRow(CodeRow):
    """A procedure-to-procedure edit: `code` (column 1) is paid, `column_2` is not.

    `modifier` is 0 (no modifier helps), 1 (one may) or 9 (the edit does not apply).
    """

    column_2: str
    modifier: Literal["0", "1", "9"]
    rationale: str = ""


def _pairs(lines: Numbered) -> Iterator[Found]:
    below = False
    for line, said in lines:
        below = below or bool(_PAIR.match(said))
        if below and said.strip():
            yield _pair(line, said.split("\t"))


def _pair(line: int, fields: list[str]) -> Found:
    if len(fields) < _PAIR_FIELDS:
        return Bad(line, f"has {len(fields)} fields between tabs, and needs {_PAIR_FIELDS}")
    first, second, _, start, stop, modifier, *rest = fields
    if stop.strip() and stop == start:
        return LeftOut(line, "never in force: deleted on its first day")
    try:
        values = {
            "code": procedure_code(first),
            "column_2": procedure_code(second),
            "modifier": modifier.strip(),
            "rationale": text(rest[0]) if rest else "",
            "effective_from": day(start),
            "effective_to": day_after(stop),
        }
    except ValueError as error:
        return Bad(line, str(error))
    return Good(line, "pairs.csv", values)


def _ptp(setting: str, words: str, other: str) -> Kind:
    return Kind(
        name=f"ncci_ptp_{setting}",
        title=f"NCCI procedure-to-procedure edits, {words} (CMS)",
        recognise=lambda head: any(_PAIR.match(said) for said in head),
        layout="lines between tabs: column 1 code, column 2 code, mark, effective and deletion "
        "date, modifier indicator, rationale",
        read=_pairs,
        tables={"pairs.csv": PairRow},
        keys={"pairs.csv": ("code", "column_2")},
        licence=_LICENCE,
        needs_acceptance=True,
        several_files=True,
        not_named=other,
        fewest=500_000,
    )


PRACTITIONER = _ptp("practitioner", "practitioner services", r"ccioph")
HOSPITAL = _ptp("hospital", "outpatient hospital services", r"ccipra")


class UnitLimitRow(CodeRow):
    """A medically unlikely edit: the most `units` of a code for one patient on one day.

    `adjudication` is 1 (by claim line), 2 (by day, set by policy) or 3 (by day, clinical).
    """

    units: NonNegativeInt
    adjudication: Literal["1", "2", "3"]
    rationale: str = ""


def _first_digit(value: str) -> str:
    return text(value)[:1]


def _mue(setting: str, words: str, header: str, fewest: int) -> Kind:
    columns = (
        Column("code", r"hcpcs.*code", procedure_code),
        Column("units", header, number),
        Column("adjudication", r"adjudication", _first_digit),
        Column("rationale", r"rationale"),
    )
    return Kind(
        name=f"mue_{setting}",
        title=f"medically unlikely edits, {words} (CMS)",
        recognise=has_header(columns),
        layout=f"a CSV file with HCPCS/CPT Code, the MUE values of {words}, the MUE Adjudication "
        "Indicator and the MUE Rationale",
        read=reader("limits.csv", columns),
        tables={"limits.csv": UnitLimitRow},
        licence=_LICENCE,
        needs_acceptance=True,
        fewest=fewest,
    )


MUE = (
    _mue("practitioner", "practitioner services", r"practitioner.*mue", 6_000),
    _mue("hospital", "outpatient hospital services", r"hospital.*mue", 6_000),
    _mue("dme", "equipment suppliers", r"(dme|supplier).*mue", 500),
)


class AddOnRow(CodeRow):
    """An add-on code and a primary that it may stand with; CCCCC leaves that to the contractor.

    `type` 1 has a fixed list of primaries, 2 has none, 3 has some and leaves others open.
    """

    primary: str
    type: Literal["1", "2", "3"]
    note: str = ""


def _primary(value: str) -> str:
    return value.strip() if value.strip() == "CCCCC" else procedure_code(value)


_ADD_ON = (
    Column("code", r"^add[ _-]?on[ _-]?code", procedure_code),
    Column("primary", r"^primary[ _-]?code$", _primary),
    Column("type", r"edit[ _-]?type"),
    Column("effective_from", r"^primary.*eff", day, required=False),
    Column("effective_to", r"^primary.*del", day_after, required=False),
    Column("note", r"special", required=False),
)


ADD_ON = Kind(
    name="add_on",
    title="NCCI add-on code edits (CMS)",
    recognise=has_header(_ADD_ON),
    layout="columns Add-On Code, Primary Code and AOC Edit Type, between tabs or commas",
    read=reader("add_ons.csv", _ADD_ON),
    tables={"add_ons.csv": AddOnRow},
    keys={"add_ons.csv": ("code", "primary")},
    licence=_LICENCE,
    needs_acceptance=True,
    fewest=3_000,
)
KINDS = (PRACTITIONER, HOSPITAL, *MUE, ADD_ON)
