"""What else must be known of an encounter before its codes can be judged: who, where, when, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from codinglab.encounter.em_elements import Elements

Setting = Literal["professional", "outpatient", "inpatient"]
SETTINGS: tuple[Setting, ...] = ("professional", "outpatient", "inpatient")
Sex = Literal["F", "M"]
By = Literal["same practitioner", "same group and specialty", "another"]
Role = Literal["physician", "nonphysician practitioner", "clinical staff"]
StatementKind = Literal[
    "certainty",
    "specified",
    "side",
    "unrelated",
    "integral",
    "separate",
    "decision for surgery",
    "staged",
    "return to operating room",
    "repeated",
    "distinct",
    "bilateral",
    "supervised",
    "new problem",
    "telehealth",
    "reduced",
    "discontinued",
    "assistant",
    "notice of noncoverage",
    "documented",
]


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient, as far as edits ask; None where it is not stated."""

    born: date | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Who rendered the services: `role`, and `specialty` in plain words where it matters."""

    role: Role | None = None
    specialty: str = ""


@dataclass(frozen=True, slots=True)
class EarlierService:
    """A service on another day or claim: its `code`, `day` and modifiers, and by whom."""

    code: str
    day: date
    by: By
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What the record says: `kind` of fact, the codes it is `about`, and its `value`.

    "certainty" of a diagnosis has a value such as "probable", "ruled out" or "established";
    "specified" names the more specific code that the record supports; "side" is left, right or
    both; "unrelated" is about two codes whose link the record denies; "distinct" says how a
    service differs ("other site"). The other kinds need no value.
    """

    kind: StatementKind
    about: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Whose bill it is (`setting`), who pays, the patient, the practitioner and the record.

    `admitted` is the day of an inpatient admission. `earlier` is None where the history is not
    known, and empty where there is none; `record` likewise. `elements` are the pieces from which
    the level of the day's visit is worked out, None where they are not told. An edit that
    needs what is None here is listed as not judged; it never guesses.
    """

    setting: Setting
    payer: str
    patient: Patient = Patient()
    practitioner: Practitioner = Practitioner()
    admitted: date | None = None
    earlier: tuple[EarlierService, ...] | None = None
    record: tuple[Statement, ...] | None = None
    elements: Elements | None = None

    def says(self, kind: StatementKind, *about: str) -> Statement | None:
        """Return what the record says of `kind` about all the codes `about`, None if nothing."""
        wanted = set(about)
        for one in self.record or ():
            if one.kind == kind and (wanted <= set(one.about) or not one.about):
                return one
        return None

    def before(self, payer: str, earlier: tuple[EarlierService, ...]) -> Circumstances:
        """Return the circumstances as that payer knows them, with what it paid before."""
        return Circumstances(
            setting=self.setting,
            payer=payer,
            patient=self.patient,
            practitioner=self.practitioner,
            admitted=self.admitted,
            earlier=earlier,
            record=self.record,
            elements=self.elements,
        )

    def knows(self, need: str) -> bool:
        """Say whether `need`, one of NEEDS, is known."""
        return NEEDS[need](self)


NEEDS = {
    "patient.born": lambda about: about.patient.born is not None,
    "patient.sex": lambda about: about.patient.sex is not None,
    "practitioner.role": lambda about: about.practitioner.role is not None,
    "admitted": lambda about: about.admitted is not None,
    "earlier": lambda about: about.earlier is not None,
    "record": lambda about: about.record is not None,
}


def age_in_years(born: date, day: date) -> int:
    """Return the completed years of age on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_in_days(born: date, day: date) -> int:
    """Return the days from birth to `day`."""
    return (day - born).days
