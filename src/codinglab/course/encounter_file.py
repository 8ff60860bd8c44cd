"""An encounter as a file: whose bill it is, who the patient is, what was coded, in the notation."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from codinglab.core.findings import Finding
from codinglab.core.tables import Row, read_yaml
from codinglab.course.em_file import EmRow
from codinglab.course.review_terms import MEDICARE, PricesRow
from codinglab.course.risk_terms import RiskRow
from codinglab.course.worksheet import parse
from codinglab.encounter.circumstances import (
    By,
    Circumstances,
    EarlierService,
    Patient,
    Practitioner,
    Role,
    Setting,
    Sex,
    Statement,
    StatementKind,
)
from codinglab.encounter.coded import CodedEncounter


class PatientRow(Row):
    """The patient, as far as edits ask."""

    born: date | None = None
    sex: Sex | None = None


class PractitionerRow(Row):
    """Who rendered the services."""

    role: Role | None = None
    specialty: str = ""


class EarlierRow(Row):
    """A service on another day or claim, and by whom."""

    code: str
    day: date
    by: By
    modifiers: tuple[str, ...] = ()


class StatementRow(Row):
    """What the record says; see `encounter.circumstances.Statement`."""

    kind: StatementKind
    about: tuple[str, ...] = ()
    value: str = ""


_ORIGINAL_MEDICARE = frozenset(
    {"medicare", "medicare part b", "part b", "original medicare", "traditional medicare"}
)


def payer_named(text: str) -> str:
    """Return the payer as rules know it: original Medicare by its one name, others as written."""
    return MEDICARE if text.strip().casefold() in _ORIGINAL_MEDICARE else text.strip()


class EncounterFile(Row):
    """The fields of an encounter file; `on` is the day of service or of discharge.

    `worksheet` holds the codes in the coder's notation. `earlier` and `record` are None where
    nothing is known of them, and empty lists where there is nothing. `em` holds the pieces from
    which the visit's level is worked out. `prices` is what decides the
    payment beside the codes, `risk` asks for the score of risk adjustment.
    """

    on: date
    setting: Setting
    payer: Annotated[str, AfterValidator(payer_named)]
    patient: PatientRow = PatientRow()
    practitioner: PractitionerRow = PractitionerRow()
    admitted: date | None = None
    earlier: tuple[EarlierRow, ...] | None = None
    record: tuple[StatementRow, ...] | None = None
    em: EmRow | None = None
    worksheet: str = Field(min_length=1)
    prices: PricesRow = PricesRow()
    risk: RiskRow | None = None


@dataclass(frozen=True, slots=True)
class ReadEncounter:
    """An encounter as read: the codes with their circumstances, the day, and what was unreadable.

    `text` is the worksheet, `prices` what decides the payment beside the codes, and `risk` who is
    risk adjusted, None where that was not asked. `families` are those of the edits that may be
    said, None for all: of graded work only some, until it is marked.
    """

    coded: CodedEncounter
    day: date
    findings: tuple[Finding, ...]
    text: str = ""
    prices: PricesRow = field(default_factory=PricesRow)
    families: frozenset[str] | None = None
    risk: RiskRow | None = None


def circumstances(file: EncounterFile) -> Circumstances:
    """Return what `file` says beside the codes."""
    earlier = file.earlier
    record = file.record
    return Circumstances(
        setting=file.setting,
        payer=file.payer,
        patient=Patient(file.patient.born, file.patient.sex),
        practitioner=Practitioner(file.practitioner.role, file.practitioner.specialty),
        admitted=file.admitted,
        earlier=None
        if earlier is None
        else tuple(EarlierService(one.code, one.day, one.by, one.modifiers) for one in earlier),
        record=None
        if record is None
        else tuple(Statement(one.kind, one.about, one.value) for one in record),
        elements=file.em.elements() if file.em else None,
    )


def read_encounter(file: EncounterFile) -> ReadEncounter:
    """Return the encounter that `file` describes; what is unreadable is among its findings."""
    read = parse(file.worksheet)
    coded = replace(read.coded, about=circumstances(file))
    return ReadEncounter(coded, file.on, read.findings, file.worksheet, file.prices, risk=file.risk)


def load_encounter(path: Path) -> ReadEncounter:
    """Return the encounter in the YAML file `path`; raises BadData naming file and field."""
    return read_encounter(read_yaml(path, EncounterFile))
