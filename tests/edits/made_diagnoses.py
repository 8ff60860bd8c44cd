"""Encounters made of diagnosis codes, for tests of the rules on them."""

from collections.abc import Callable, Iterable
from datetime import date

from codinglab.core.findings import Finding
from codinglab.encounter.circumstances import Circumstances, Patient, Statement
from codinglab.encounter.coded import CodedEncounter, Diagnosis

DAY = date(2026, 3, 2)
OFFICE = Circumstances("professional", "Medicare")
Rule = Callable[[CodedEncounter, date], Iterable[Finding]]


def coded(*codes: str, about: Circumstances = OFFICE) -> CodedEncounter:
    """Return an encounter with `codes` ("J18.9" or "J18.9 Y") as diagnoses, the first on line 1."""
    made = []
    for number, written in enumerate(codes, start=1):
        code, _, poa = written.partition(" ")
        made.append(Diagnosis(code, f"line {number}", poa or None))
    return CodedEncounter(tuple(made), discharge_status="01", about=about)


def patient(born: date, sex: str = "F", setting: str = "professional") -> Circumstances:
    """Return the circumstances of a patient, with Medicare as payer."""
    return Circumstances(setting, "Medicare", Patient(born, sex))  # type: ignore[arg-type]


def recorded(kind: str, about: tuple[str, ...], value: str = "") -> Circumstances:
    """Return the circumstances of a visit whose record says one thing."""
    return Circumstances("professional", "Medicare", record=(Statement(kind, about, value),))  # type: ignore[arg-type]


def found(rule: Rule, *codes: str, about: Circumstances = OFFICE) -> list[tuple[str, str]]:
    """Return (severity, place) of what `rule` finds."""
    return [(one.severity.value, one.place) for one in rule(coded(*codes, about=about), DAY)]
