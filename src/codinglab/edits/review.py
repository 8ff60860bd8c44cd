"""All edits on one coded encounter."""

from __future__ import annotations

from datetime import date

from codinglab.core.findings import Finding, run
from codinglab.edits import diagnosis, service
from codinglab.encounter.coded import CodedEncounter

RULES = (*diagnosis.RULES, *service.RULES)


def review(encounter: CodedEncounter, day: date) -> tuple[Finding, ...]:
    """Return what every rule finds in `encounter` with the code sets in force on `day`."""
    return run(RULES, encounter, day)
