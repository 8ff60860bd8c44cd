"""Encounters for the tests of reviews: a visit, a stay, and what their files say."""

from typing import Any

from codinglab.core.findings import Finding, Severity
from codinglab.core.tables import check
from codinglab.course.encounter_file import EncounterFile, read_encounter
from codinglab.course.review import EncounterReview, review
from codinglab.course.review_money import AtRisk

MANHATTAN = {
    "locality": "13202-01",
    "participating": "yes",
    "qualifying_apm": "no",
    "schedule": "teaching",
    "place_of_service": "11",
}
VISIT = """dx M17.11
dx I10
line 20610-RT x1 dx A
line 99213 x1 dx A,B
"""
STAY = """pdx J18.9 poa Y
dx J44.1 poa Y
dx L89.153 poa N
dispo 01
"""


def file(worksheet: str, **fields: Any) -> EncounterFile:
    said = {
        "on": "2026-03-02",
        "setting": "professional",
        "payer": "Medicare",
        "patient": {"born": "1951-04-18", "sex": "F"},
        "practitioner": {"role": "physician"},
        "earlier": [{"code": "99213", "day": "2025-11-03", "by": "same practitioner"}],
        "record": [],
        "prices": MANHATTAN,
    }
    return check(EncounterFile, said | fields | {"worksheet": worksheet}, "a test")


def reviewed(worksheet: str, **fields: Any) -> EncounterReview:
    return review(read_encounter(file(worksheet, **fields)))


def stay(worksheet: str = STAY, **fields: Any) -> EncounterReview:
    said = {
        "on": "2026-05-10",
        "setting": "inpatient",
        "admitted": "2026-05-06",
        "patient": {"born": "1948-01-02", "sex": "M"},
        "prices": {"hospital": "lakeside", "reports_poa": "yes"},
    }
    return reviewed(worksheet, **(said | fields))


def at_risk(one: EncounterReview, name: str) -> AtRisk:
    (found,) = [each.at_risk for each in one.findings if each.finding.id == name]
    return found


def wrong(place: str, severity: Severity = Severity.ERROR, name: str = "made.up") -> Finding:
    return Finding(name, place, "It is wrong.", "Mend it.", severity)
