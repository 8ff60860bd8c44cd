"""Lists of codes with text that a site holds a licence for: CPT, and the lists of claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codinglab.codes.importers.headed import Column, has_header, reader
from codinglab.codes.importers.kind import (
    AMA,
    NUBC,
    NUCC,
    X12,
    Bad,
    Found,
    Good,
    Kind,
    Numbered,
)
from codinglab.codes.importers.values import day, text
from codinglab.codes.release import CodeRow

# Neither pairs of codes between tabs nor the order file, whose lines begin with a number.
_CPT = re.compile(r"(\d{4}[\dFTUMA])[\t ] *(?![0-9A-Z]{3,7} +[01] )([^\s][^\t]*)")


class TextRow(CodeRow):
    """A code; `label` is its owner's text."""


def _cpt_text(lines: Numbered) -> Iterator[Found]:
    below = False
    for line, said in lines:
        match = _CPT.fullmatch(said.strip())
        below = below or bool(match)
        if match:
            yield Good(line, "codes.csv", {"code": match[1], "label": text(match[2])})
        elif below and said.strip():
            yield Bad(line, "is not a CPT code, a tab (or blank) and its text")


def _cpt(length: str, file: str) -> Kind:
    return Kind(
        name=f"cpt_{length}",
        title=f"CPT data file of the AMA, {length} texts ({file})",
        recognise=lambda head: any(_CPT.fullmatch(said.strip()) for said in head),
        layout="lines of a CPT code, a tab (or blank) and its text, below any notices",
        read=_cpt_text,
        tables={"codes.csv": TextRow},
        licence=AMA,
        needs_acceptance=True,
        fewest=5_000,
    )


class ListRow(CodeRow):
    """A code of a claims list; days only where the list's owner states them."""


def _iso(value: str) -> str:
    """Return a day as the lists write it: 2026-03-01, 03/01/2026 or 20260301."""
    plain = value.strip()
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", plain):
        plain = f"{match[3]}{int(match[1]):02}{int(match[2]):02}"
    return day(plain)


_LIST = (
    Column("code", r"^(\w+ )*code$|^code\b"),
    Column("label", r"desc|^text|^title|^name|classification|definition"),
    Column("effective_from", r"^start|^effective (date|from)", _iso, required=False),
    Column("effective_to", r"^stop|^end|^effective to", _iso, required=False),
)


def _list(name: str, title: str, licence: str, fewest: int, clock: str = "service") -> Kind:
    return Kind(
        name=name,
        title=title,
        recognise=has_header(_LIST),
        layout="a header with Code and Description (perhaps Start and Stop), tabs or commas",
        read=reader("codes.csv", _LIST),
        tables={"codes.csv": ListRow},
        licence=licence,
        needs_acceptance=True,
        clock="remit date" if clock == "remit date" else "service",
        fewest=fewest,
    )


KINDS = (
    _cpt("short", "SHORTU"),
    _cpt("medium", "MEDU"),
    _cpt("long", "LONGULT"),
    _list("x12_carc", "claim adjustment reason codes (X12)", X12, 200, "remit date"),
    _list("x12_rarc", "remittance advice remark codes (X12)", X12, 500, "remit date"),
    _list("x12_claim_status", "claim status codes (X12)", X12, 400, "remit date"),
    _list("x12_claim_status_category", "claim status category codes (X12)", X12, 20, "remit date"),
    _list("nubc_revenue_codes", "revenue codes (NUBC)", NUBC, 200),
    _list("nubc_bill_types", "types of bill (NUBC)", NUBC, 50),
    _list("nubc_condition_codes", "condition codes (NUBC)", NUBC, 50),
    _list("nubc_occurrence_codes", "occurrence codes (NUBC)", NUBC, 30),
    _list("nubc_value_codes", "value codes (NUBC)", NUBC, 30),
    _list("nubc_discharge_status", "patient discharge status codes (NUBC)", NUBC, 20),
    _list("nucc_taxonomy", "provider taxonomy (NUCC)", NUCC, 500),
)
