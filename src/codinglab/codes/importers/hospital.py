"""CMS's hospital payment files: OPPS Addenda A and B, MS-DRG Table 5, POA exemptions."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from codinglab.codes.importers.headed import Column, has_header, reader
from codinglab.codes.importers.kind import AMA, Kind
from codinglab.codes.importers.values import diagnosis_code, number, procedure_code
from codinglab.codes.release import CodeRow

_APC = re.compile(r"\d{4}")
_DRG = re.compile(r"\d{3}")


class ApcRow(CodeRow):
    """An ambulatory payment classification: status, weight, payment and copayments in dollars."""

    status: str
    weight: Decimal | None = None
    payment: Decimal | None = None
    copayment: Decimal | None = None
    least_copayment: Decimal | None = None


class OutpatientRow(ApcRow):
    """A procedure code under the outpatient system, with the classification that pays it."""

    apc: str = ""


def _apc(value: str) -> str:
    plain = value.strip().zfill(4)
    if not _APC.fullmatch(plain):
        raise ValueError(f"{value.strip()!r:.40} is not an APC of four digits")
    return plain


def _apc_or_none(value: str) -> str:
    return _apc(value) if value.strip() else ""


_MONEY = (
    Column("weight", r"relative weight", number, required=False),
    Column("payment", r"payment rate", number),
    Column("copayment", r"national unadjusted", number, required=False),
    Column("least_copayment", r"minimum unadjusted", number, required=False),
)
_STATUS = Column("status", r"^si$|status indicator")
_A = (Column("code", r"^apc$", _apc), Column("label", r"group title"), _STATUS, *_MONEY)
_B = (
    Column("code", r"^hcpcs", procedure_code),
    Column("label", r"short desc", required=False),
    _STATUS,
    Column("apc", r"^apc$", _apc_or_none, required=False),
    *_MONEY,
)
_OPPS_YEAR = r"(?:CY|calendar year|january|april|july|october),?[ _]?(20\d\d)"
ADDENDUM_A = Kind(
    name="opps_addendum_a",
    title="OPPS Addendum A, APCs with their payment (CMS)",
    recognise=has_header(_A),
    layout="columns APC, Group Title, SI, Relative Weight, Payment Rate, between tabs or commas",
    read=reader("apcs.csv", _A),
    tables={"apcs.csv": ApcRow},
    year_in=_OPPS_YEAR,
    fewest=300,
)
ADDENDUM_B = Kind(
    name="opps_addendum_b",
    title="OPPS Addendum B, procedures with their status and payment (CMS)",
    recognise=has_header(_B),
    layout="columns HCPCS Code, Short Descriptor, SI, APC, Payment Rate, between tabs or commas",
    read=reader("codes.csv", _B),
    tables={"codes.csv": OutpatientRow},
    licence=f"United States federal publication; {AMA}",
    needs_acceptance=True,
    year_in=_OPPS_YEAR,
    fewest=8_000,
)


class DrgRow(CodeRow):
    """An MS-DRG: weight before and after the cap of 10 % on its fall, mean stays in days."""

    post_acute: Literal["Yes", "No"]
    special_pay: Literal["Yes", "No"]
    mdc: str = ""
    type: str
    weight_before_cap: Decimal | None = None
    weight: Decimal | None = None
    geometric_stay: Decimal | None = None
    arithmetic_stay: Decimal | None = None


def _drg(value: str) -> str:
    plain = value.strip().zfill(3)
    if not _DRG.fullmatch(plain):
        raise ValueError(f"{value.strip()!r:.40} is not an MS-DRG of three digits")
    return plain


_TABLE_5 = (
    Column("code", r"^ms-drg$", _drg),
    Column("post_acute", r"post-acute"),
    Column("special_pay", r"special pay"),
    Column("mdc", r"^mdc$"),
    Column("type", r"^type$"),
    Column("label", r"ms-drg title"),
    Column("weight_before_cap", r"weights.*before", number, required=False),
    Column("weight", r"weights.*10% cap|^weights$", number),
    Column("geometric_stay", r"geometric mean", number),
    Column("arithmetic_stay", r"arithmetic mean", number),
)
TABLE_5 = Kind(
    name="msdrg_table5",
    title="MS-DRG weights and mean stays (CMS IPPS Table 5)",
    recognise=has_header(_TABLE_5),
    layout="columns MS-DRG, post-acute, special pay, MDC, TYPE, title, weights and mean stays",
    read=reader("drgs.csv", _TABLE_5),
    tables={"drgs.csv": DrgRow},
    clock="discharge",
    year="fiscal",
    year_in=r"\bFY (20\d\d)",
    fewest=600,
)


class ExemptRow(CodeRow):
    """A diagnosis that needs no present-on-admission indicator; `label` is its title."""


_EXEMPT = (
    Column("code", r"poaexemptcode|^code$", diagnosis_code),
    Column("label", r"^description"),
)
POA_EXEMPT = Kind(
    name="cms_poa_exempt",
    title="diagnoses exempt from the present-on-admission indicator (CMS)",
    recognise=has_header(_EXEMPT),
    layout="columns order number, POAexemptCode and Description, between tabs",
    read=reader("codes.csv", _EXEMPT),
    tables={"codes.csv": ExemptRow},
    clock="discharge",
    year="fiscal",
    year_in=r"Ord(?:er)?(?:FY)?(\d\d)\b|FY(\d\d)\b",
    fewest=20_000,
)
KINDS = (ADDENDUM_A, ADDENDUM_B, TABLE_5, POA_EXEMPT)
