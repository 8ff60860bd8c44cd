"""Federal numbers on what patients are told and asked to pay: code_sets/patient_rules."""

from __future__ import annotations

from datetime import date

from codinglab.codes.release import CodeRow, in_force, row_on

NAME = "patient_rules"


class PatientRule(CodeRow):
    """A number of the law and the paragraph that states it."""

    value: int
    source: str


def rule(name: str, day: date) -> PatientRule:
    """Return the rule `name` in force on `day`; raises NotInForce before 2022."""
    return row_on(in_force(NAME, day), "rules.csv", PatientRule, name, day)
