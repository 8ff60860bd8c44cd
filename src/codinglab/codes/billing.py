"""Codes that only a bill or a remittance needs: places, types of bill, reasons, remarks ...

Each set is a `CodeSet`: `CARC.find("45", day)`, `CARC.all_on(day)`. The day of the remittance
chooses the tables of reasons, remarks and statuses, the day of discharge those of discharge
status and present on admission, and the day of service all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codinglab.codes.billing_rows import (
    Adjustment,
    DischargeStatus,
    Facility,
    Group,
    Place,
    PoaRule,
    Remark,
    StatusCategory,
    Taxonomy,
    ValueCode,
)
from codinglab.codes.code_set import CodeSet, NotACode
from codinglab.codes.release import CodeRow, kept

_TWO = r"[A-Z0-9]{2}"
PLACES = CodeSet("place_of_service", Place, r"\d{2}", "11", "places.csv")
FACILITIES = CodeSet("bill_types", Facility, r"0\d{2}", "013, the first three of 0131")
FREQUENCIES = CodeSet("bill_frequencies", CodeRow, r"[A-Z0-9]", "1")
REVENUE_CODES = CodeSet("revenue_codes", CodeRow, r"\d{4}", "0450")
CONDITION_CODES = CodeSet("condition_codes", CodeRow, _TWO, "44")
OCCURRENCE_CODES = CodeSet("occurrence_codes", CodeRow, _TWO, "11")
OCCURRENCE_SPANS = CodeSet("occurrence_spans", CodeRow, _TWO, "74")
VALUE_CODES = CodeSet("value_codes", ValueCode, _TWO, "80")
DISCHARGE_STATUS = CodeSet("discharge_status", DischargeStatus, r"\d{2}", "01")
POA_INDICATORS = CodeSet("poa_indicators", CodeRow, r"[YNUW1]", "Y")
POA_RULES = CodeSet("poa_exempt", PoaRule, r"[A-Z0-9.-]{3,8}", "Z00-Z03")
CARC = CodeSet("carc", Adjustment, r"\d{1,3}|[A-Z]\d{1,2}", "45")
RARC = CodeSet("rarc", Remark, r"(?:M|MA|N)\d{1,3}", "MA130")
GROUPS = CodeSet("group_codes", Group, r"[A-Z]{2}", "CO")
STATUS_CATEGORIES = CodeSet("claim_status_categories", StatusCategory, r"[A-Z]\d[A-Z]?", "A1")
STATUS_CODES = CodeSet("claim_status_codes", CodeRow, r"\d{1,3}", "20")
TAXONOMIES = CodeSet("taxonomies", Taxonomy, r"[A-Z0-9]{9}X", "207Q00000X")

SETS: tuple[CodeSet[CodeRow], ...] = (
    *(PLACES, FACILITIES, FREQUENCIES, REVENUE_CODES, CONDITION_CODES, OCCURRENCE_CODES),
    *(OCCURRENCE_SPANS, VALUE_CODES, DISCHARGE_STATUS, POA_INDICATORS, POA_RULES, CARC, RARC),
    *(GROUPS, STATUS_CATEGORIES, STATUS_CODES, TAXONOMIES),
)


@dataclass(frozen=True, slots=True)
class BillType:
    """A whole type of bill, "0131": who bills, and the place of the bill in its course."""

    code: str
    facility: Facility
    frequency: CodeRow


@kept(4096)
def place_of_service(text: str, day: date, folder: Path | None = None) -> Place:
    """Return the place of service `text` ("11") as in force on `day`.

    Raises NotACode for a malformed one, NotInTable when the published list has no such place and
    NotInForce when the lab has no list for that day.
    """
    return PLACES.find(text, day, folder)


def places_on(day: date, folder: Path | None = None) -> tuple[Place, ...]:
    """Return every place of service in force on `day`, in code order."""
    return PLACES.all_on(day, folder)


def bill_type(text: str, day: date, folder: Path | None = None) -> BillType:
    """Return the type of bill `text`, "0131" or "131", as in force on `day`.

    Raises NotACode for another shape, NotInTable and NotInForce as `CodeSet.find` does.
    """
    code = text.strip().upper().rjust(4, "0")
    if len(code) != len("0131"):
        raise NotACode(f"{text!r} is no type of bill; write it like 0131")
    found = FACILITIES.find(code[:3], day, folder)
    return BillType(code, found, FREQUENCIES.find(code[3], day, folder))
