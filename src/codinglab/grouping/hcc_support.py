"""Whether the record supports a diagnosis for risk adjustment: visit, clinician, and MEAT.

A diagnosis counts only where a face-to-face visit of the year of service, with a clinician of an
accepted kind who signed, monitors, evaluates, assesses or treats it (MEAT). The visit and the
clinician are rules of Medicare; MEAT is a custom of the field, in which one of the four is
enough. Source: Medicare Managed Care Manual, chapter 7, sections 40 and 120; ICD-10-CM guidelines
IV.J (conditions that coexist at the visit and affect care).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from codinglab.codes.icd10cm import key_of
from codinglab.codes.release import CodeRow, in_force, row_on
from codinglab.encounter.coded import Diagnosis
from codinglab.grouping.hcc_profile import RiskProfile

SET, SETTINGS, CLINICIANS = "risk_visits", "settings.csv", "clinicians.csv"


class AllowedRow(CodeRow):
    """A setting or a kind of clinician, whether it counts for risk adjustment, and who says so."""

    allowed: bool
    source: str


R = TypeVar("R", bound=AllowedRow)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit: its `day`, `setting` and `clinician` as code_sets/risk_visits names them.

    `signed` says whether the clinician signed the record with credentials.
    """

    day: date
    setting: str
    clinician: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Support:
    """What the record of a visit does about the diagnosis `code`, by names of its statements."""

    code: str
    visit: Visit
    monitored: tuple[str, ...] = ()
    evaluated: tuple[str, ...] = ()
    assessed: tuple[str, ...] = ()
    treated: tuple[str, ...] = ()

    @property
    def statements(self) -> tuple[str, ...]:
        """Return the names of all statements."""
        return (*self.monitored, *self.evaluated, *self.assessed, *self.treated)


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A diagnosis that must not be reported for risk adjustment, and why."""

    code: str
    place: str
    why: str


def meat(
    diagnoses: Iterable[Diagnosis],
    supports: Iterable[Support],
    evidence: Collection[str],
    payment_year: int,
) -> tuple[Unsupported, ...]:
    """Return the diagnoses that the record does not support, in the order given.

    `evidence` has the names of all statements of the record (`Chart.evidence_names`). Raises
    ValueError when a support names a statement that is not there, NotInTable for a setting or
    clinician that the lab does not know, and NotInForce for a day without tables.
    """
    given = tuple(supports)
    for one in given:
        missing = sorted(set(one.statements) - set(evidence))
        if missing:
            raise ValueError(f"{one.code}: the record has no statement {', '.join(missing)}")
    found = []
    for diagnosis in diagnoses:
        about = [one for one in given if key_of(one.code) == key_of(diagnosis.code)]
        why = _why_not(about, payment_year)
        if why:
            found.append(Unsupported(diagnosis.code, diagnosis.place, why))
    return tuple(found)


def _why_not(about: list[Support], payment_year: int) -> str:
    """Say why none of the supports carries the diagnosis; empty where one does."""
    if not about:
        return "the record does not monitor, evaluate, assess or treat it; a list is no evidence"
    reasons = [_wrong(one, payment_year) for one in about]
    return "" if "" in reasons else "; ".join(dict.fromkeys(reasons))


def _wrong(one: Support, payment_year: int) -> str:
    visit, year = one.visit, payment_year - 1
    if visit.day.year != year:
        return f"the visit of {visit.day} is not of {year}, whose diagnoses {payment_year} pays"
    release = in_force(SET, visit.day)
    setting = row_on(release, SETTINGS, AllowedRow, visit.setting, visit.day)
    if not setting.allowed:
        return f"{setting.label or setting.code} does not count [{setting.source}]"
    clinician = row_on(release, CLINICIANS, AllowedRow, visit.clinician, visit.day)
    if not clinician.allowed:
        return f"a {clinician.code} is not an accepted clinician [{clinician.source}]"
    if not visit.signed:
        return f"the record of {visit.day} is not signed with credentials"
    if not one.statements:
        return f"on {visit.day} it is named, but not monitored, evaluated, assessed or treated"
    return ""


def without(profile: RiskProfile, unsupported: Iterable[Unsupported]) -> RiskProfile:
    """Return the person with the diagnoses that the record supports alone."""
    places = {one.place for one in unsupported}
    kept = tuple(one for one in profile.diagnoses if one.place not in places)
    return replace(profile, diagnoses=kept)
