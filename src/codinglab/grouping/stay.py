"""An inpatient stay: every fact that a grouper needs, and none of them guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from codinglab.codes.icd10cm import key_of
from codinglab.codes.poa import poa_exempt
from codinglab.core.dates import NotInForce
from codinglab.encounter.circumstances import Sex, age_in_years
from codinglab.encounter.coded import CodedEncounter, Diagnosis, PcsProcedure

EXEMPT = "1"  # the indicator of a diagnosis that needs none
BLANK = ""  # none given, and the lab's list does not say whether the diagnosis needs one
INDICATORS = ("Y", "N", "U", "W", EXEMPT, BLANK)
OLDEST = 124  # the greatest age that the Medicare Code Editor takes
ROOM = 25  # diagnoses, and procedures, on one claim
_DIAGNOSIS = re.compile(r"[A-Z][0-9A-Z]{2,6}")
_PROCEDURE = re.compile(r"[0-9A-Z]{7}")


class MissingFact(ValueError):
    """A stay cannot be grouped: a fact is missing or cannot be; the message names it."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One inpatient stay.

    `admitted` and `discharged` are its first and last day, `age` is in completed years on the day
    of admission, `sex` F or M, `discharge_status` the two digits of the claim. `diagnoses` has the
    principal diagnosis first; each has a present on admission indicator: Y, N, U, W, EXEMPT, or
    BLANK where it is not known whether one is needed.
    `reports_poa` says whether the hospital is paid by DRG, so that a condition acquired in it
    does not count; critical access, cancer and children's hospitals are exempt (DRA 5001(c)).
    """

    admitted: date
    discharged: date
    age: int
    sex: Sex
    discharge_status: str
    diagnoses: tuple[Diagnosis, ...]
    procedures: tuple[PcsProcedure, ...]
    reports_poa: bool

    def __post_init__(self) -> None:
        """Refuse a stay with a fact that is missing or cannot be; raises MissingFact."""
        if not self.diagnoses:
            raise MissingFact("no principal diagnosis: name the reason for the admission (pdx)")
        if self.discharged < self.admitted:
            raise MissingFact(
                f"discharged on {self.discharged}, before the admission on {self.admitted}; "
                "correct one of the days"
            )
        if not 0 <= self.age <= OLDEST:
            raise MissingFact(f"an age of {self.age} years; check the date of birth")
        if not re.fullmatch(r"\d{2}", self.discharge_status):
            raise MissingFact(
                f"discharge status {self.discharge_status!r}: write two digits, such as dispo 01"
            )
        for one in self.diagnoses:
            _shaped(one, _DIAGNOSIS, "E11.22")
            if one.poa not in INDICATORS:
                raise MissingFact(
                    f"{one.place}: {one.code} has no present on admission indicator; write poa "
                    "Y, N, U or W"
                )
        for each in self.procedures:
            _shaped(each, _PROCEDURE, "0FT44ZZ")
        if max(len(self.diagnoses), len(self.procedures)) > ROOM:
            raise MissingFact(
                f"{len(self.diagnoses)} diagnoses and {len(self.procedures)} procedures: a claim "
                f"has room for {ROOM} of each; leave out those that matter least"
            )

    @property
    def days(self) -> int:
        """Return the length of stay in days; one day when discharged on the day of admission."""
        return max((self.discharged - self.admitted).days, 1)

    @property
    def principal(self) -> Diagnosis:
        """Return the principal diagnosis."""
        return self.diagnoses[0]


def _shaped(one: Diagnosis | PcsProcedure, shape: re.Pattern[str], example: str) -> None:
    if not shape.fullmatch(key_of(one.code)):
        raise MissingFact(
            f"{one.place}: {one.code!r} has not the shape of a code; write it like {example}"
        )


def stay_of(encounter: CodedEncounter, discharged: date, *, reports_poa: bool) -> Stay:
    """Return the stay that `encounter` tells, `discharged` on that day.

    A diagnosis without an indicator is exempt where the list in force on the day says so; where
    the list does not speak of it, the indicator stays BLANK, and the grouper refuses the claim if
    it needs it. Raises MissingFact, naming the first fact that is missing, and ValueError when
    nobody said whose bill it is. A grouper has no default: an age or sex that is not known
    changes the group.
    """
    about = encounter.circumstances
    if about.setting != "inpatient":
        raise MissingFact(f"a stay of the setting inpatient is grouped, not {about.setting}")
    born, sex, admitted = about.patient.born, about.patient.sex, about.admitted
    if born is None:
        raise MissingFact("the patient's date of birth is not known: the age decides groups")
    if sex is None:
        raise MissingFact("the patient's sex is not known: it decides groups")
    if admitted is None:
        raise MissingFact("the day of admission is not known: age and length of stay need it")
    if encounter.discharge_status is None:
        raise MissingFact("no discharge status: write it like dispo 01")
    return Stay(
        admitted=admitted,
        discharged=discharged,
        age=age_in_years(born, admitted),
        sex=sex,
        discharge_status=encounter.discharge_status,
        diagnoses=tuple(_with_poa(one, discharged) for one in encounter.diagnoses),
        procedures=encounter.procedures,
        reports_poa=reports_poa,
    )


def _with_poa(one: Diagnosis, day: date) -> Diagnosis:
    """Return the diagnosis, marked as exempt where it has no indicator and needs none."""
    if one.poa is not None:
        return one
    try:
        exempt = poa_exempt(one.code, day)
    except NotInForce:
        exempt = None
    if exempt is False:
        return one
    return Diagnosis(one.code, one.place, EXEMPT if exempt else BLANK)
