"""Codes looked up for rules on the wire; each answer is kept, since files repeat their codes."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from codinglab.claim.scrub_facts import in_table
from codinglab.codes import icd10cm_dates, modifiers, procedures
from codinglab.codes.billing import FACILITIES
from codinglab.codes.code_set import CodeSet, NotACode
from codinglab.codes.guideline_lists import open_lists
from codinglab.codes.icd10pcs import open_pcs
from codinglab.codes.modifiers import NotAModifier
from codinglab.codes.procedures import NotAProcedureCode
from codinglab.codes.release import CodeRow, NotInTable
from codinglab.core.findings import Severity

Fault = tuple[str, Severity]
_KEPT = 16384


@lru_cache(maxsize=_KEPT)
def diagnosis_fault(code: str, day: date) -> Fault | None:
    """Return what is wrong with an ICD-10-CM code on `day`, None where it can be reported."""
    icd10cm_dates.check_day(day)
    known = icd10cm_dates.life(code)
    if known is not None and known.at(day):
        return None
    told = known.says(day) if known else ""
    header = " It is a header, not a whole code." if known and known.header else ""
    after = f" It {told}." if told else ""
    return f"{code} is no ICD-10-CM code on {day}.{header}{after}", Severity.ERROR


def ninth_fault(qualifier: str, day: date) -> Fault:
    """Return that a code by ICD-9-CM cannot be reported on `day`.

    Raises NotInForce for a day before ICD-10-CM.
    """
    icd10cm_dates.check_day(day)
    return f"{qualifier} means ICD-9-CM, and ICD-10-CM is in force on {day}.", Severity.ERROR


@lru_cache(maxsize=_KEPT)
def procedure_fault(code: str, day: date) -> Fault | None:
    """Return what is wrong with a CPT or HCPCS code on `day`; a warning where it may exist."""
    try:
        procedures.find(code, day)
    except NotInTable as error:
        return f"{error}.", Severity.WARNING
    except NotAProcedureCode as error:
        return f"{error}.", Severity.ERROR
    return None


@lru_cache(maxsize=_KEPT)
def kind_of(code: str, day: date) -> str:
    """Return the kind of a procedure ("laboratory"), blank where it is not known."""
    try:
        return procedures.find(code, day).kind
    except (NotInTable, NotAProcedureCode):
        return ""


@lru_cache(maxsize=_KEPT)
def modifier_fault(code: str, day: date) -> Fault | None:
    """Return what is wrong with a modifier on `day`; a warning where it may exist."""
    try:
        modifiers.find(code, day)
    except NotInTable as error:
        return f"{error}.", Severity.WARNING
    except NotAModifier as error:
        return f"{error}.", Severity.ERROR
    return None


@lru_cache(maxsize=_KEPT)
def pcs_fault(code: str, day: date) -> Fault | None:
    """Return what is wrong with an ICD-10-PCS code at discharge on `day`."""
    verdict = open_pcs(day).verdict(code)
    return None if verdict.valid else (verdict.message, Severity.ERROR)


@lru_cache(maxsize=_KEPT)
def table_fault(
    table: CodeSet[CodeRow], code: str, day: date, *, complete: bool = False
) -> Fault | None:
    """Return what is wrong with a code of a small set, as `scrub_facts.in_table` does."""
    return in_table(table, code, day, complete=complete)


@lru_cache(maxsize=_KEPT)
def is_external_cause(code: str, day: date) -> bool:
    """Say whether a diagnosis code is an external cause."""
    return open_lists(day).row("external-cause", code) is not None


@lru_cache(maxsize=1024)
def is_inpatient(bill_type: str, day: date) -> bool:
    """Say whether a type of bill is of an inpatient stay; no where the lab does not know it."""
    try:
        return FACILITIES.find(bill_type, day).setting == "inpatient"
    except (NotACode, NotInTable):
        return False
