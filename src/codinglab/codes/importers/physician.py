"""CMS's physician fee schedule files: relative values, localities, anesthesia factors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from codinglab.codes.importers.headed import Column, fields, has_header, reader
from codinglab.codes.importers.kind import AMA, Bad, Found, Good, Kind, Numbered
from codinglab.codes.importers.values import number, procedure_code, text
from codinglab.codes.release import CodeRow

_LAST_HEADING = (
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,"
    "DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,"
    "AMOUNT"
)


class RelativeValueRow(CodeRow):
    """A row of the relative value file, by code and modifier; values in the file's order."""

    modifier: str = ""
    status: str
    payment_note: str = ""
    work_rvu: Decimal
    nonfacility_pe_rvu: Decimal
    nonfacility_na: str = ""
    facility_pe_rvu: Decimal
    facility_na: str = ""
    malpractice_rvu: Decimal
    nonfacility_total: Decimal
    facility_total: Decimal
    pctc: str
    global_days: str
    preoperative: Decimal
    intraoperative: Decimal
    postoperative: Decimal
    multiple: str
    bilateral: str
    assistant: str
    co_surgeons: str
    team: str
    endoscopic_base: str = ""
    conversion_factor: Decimal
    supervision: str
    calculation_flag: str
    imaging_family: str
    opps_nonfacility_pe: Decimal
    opps_facility_pe: Decimal
    opps_malpractice: Decimal


_FIELDS = ("code", "modifier", "label", *list(RelativeValueRow.model_fields)[5:])


def _is_heading(record: list[str]) -> bool:
    return ",".join(map(text, record)) == _LAST_HEADING


def _relative_values(lines: Numbered) -> Iterator[Found]:
    below = False
    for line, record in fields(lines, ","):
        if not below:
            below = _is_heading(record)
        elif len(record) != len(_FIELDS):
            yield Bad(line, f"has {len(record)} fields, and needs {len(_FIELDS)}")
        else:
            values = dict(zip(_FIELDS, map(text, record), strict=True))
            try:
                yield Good(line, "values.csv", values | {"code": procedure_code(values["code"])})
            except ValueError as error:
                yield Bad(line, str(error))


PPRRVU = Kind(
    name="pprrvu",
    title="physician fee schedule relative value file (CMS PPRRVU)",
    recognise=lambda head: any(_is_heading(one) for _, one in fields(enumerate(head, 1), ",")),
    layout="a CSV file whose last heading line is HCPCS,MOD,DESCRIPTION,CODE,... with 31 columns",
    read=_relative_values,
    tables={"values.csv": RelativeValueRow},
    keys={"values.csv": ("code", "modifier")},
    licence=f"United States federal publication; {AMA}; D codes are the American Dental "
    "Association's",
    needs_acceptance=True,
    year_in=r"\b(20\d\d) National Physician",
    fewest=7_000,
)


class LocalityRow(CodeRow):
    """A payment locality; `code` is contractor and locality number, `label` its name."""

    contractor: str
    locality: str


class PriceIndexRow(LocalityRow):
    """Geographic practice cost indices: of work (with its floor), practice expense, malpractice."""

    state: str
    work: Decimal
    practice_expense: Decimal
    malpractice: Decimal


class AnesthesiaRow(CodeRow):
    """The anesthesia conversion factor of a locality in dollars; the code "national" is all's."""

    contractor: str = ""
    locality: str = ""
    factor: Decimal


def _name(value: str) -> str:
    return text(value).rstrip("*")


_GPCI = (
    Column("contractor", r"contractor"),
    Column("state", r"^state"),
    Column("locality", r"locality n?um"),
    Column("label", r"locality name", _name),
    Column("work", r"\bpw gpci|work gpci", number),
    Column("practice_expense", r"\bpe gpci", number),
    Column("malpractice", r"\bmp gpci", number),
)
_ANES = (
    Column("contractor", r"^contractor"),
    Column("locality", r"^locality$"),
    Column("label", r"locality name", _name),
    Column("factor", r"anes.* cf|conversion factor", number),
)
_PLACE = ("contractor", "locality")
_NATIONAL = re.compile(r"National Anes CF of ([\d.]+)")


def _anesthesia(lines: Numbered) -> Iterator[Found]:
    national: list[tuple[int, str]] = []

    def told() -> Iterator[tuple[int, str]]:
        for line, said in lines:
            if match := _NATIONAL.search(said):
                national.append((line, match[1]))
            yield line, said

    yield from reader("factors.csv", _ANES, _PLACE)(told())
    for line, factor in national:
        values = {"code": "national", "label": "all localities", "factor": factor}
        yield Good(line, "factors.csv", values)


GPCI = Kind(
    name="gpci",
    title="geographic practice cost indices (CMS Addendum E)",
    recognise=has_header(_GPCI),
    layout="a CSV file with contractor, state, locality number and name, and three indices",
    read=reader("indices.csv", _GPCI, _PLACE),
    tables={"indices.csv": PriceIndexRow},
    year_in=r"\bCY (20\d\d)|(20\d\d) PW GPCI",
    fewest=80,
)
ANES = Kind(
    name="anes",
    title="anesthesia conversion factors by locality (CMS ANES)",
    recognise=has_header(_ANES),
    layout="a CSV file with contractor, locality, locality name and the conversion factor",
    read=_anesthesia,
    tables={"factors.csv": AnesthesiaRow},
    year_in=r"ANES(20\d\d)",
    fewest=80,
)
KINDS = (PPRRVU, GPCI, ANES)
