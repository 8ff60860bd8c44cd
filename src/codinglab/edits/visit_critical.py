"""Critical care: beside another visit of the day, and in the global period of a surgery."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    day_of,
    kind_of,
    of_list,
    on_line,
    surgeries,
    with_modifier,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import carries, service_lists
from codinglab.encounter.coded import CodedEncounter

_MANUAL = "Medicare Claims Processing Manual ch. 12 s. 30.6.12"


@edit(
    "modifier.ft",
    "global package",
    source=f"{_MANUAL}; CMS physician fee schedule rule CY2022 on critical care",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=(*service_lists("critical care"), *carries("FT")),
)
def unrelated_critical_care(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier FT is for critical care that has nothing to do with a surgery still in its period.

    Since 2022 Medicare wants FT there, and not 24. FT was made for critical care; another unrelated
    visit has 24. As FT itself speaks of visits at large, both are warnings.
    """
    for line in with_modifier(encounter, "FT"):
        when = day_of(line, day)
        if line.code not in members("critical care", when) and kind_of(line.code, when):
            message = f"FT is for critical care; {line.code} is none."
            remedy = "Use 24 for another unrelated visit."
            yield on_line("modifier.ft", line, message, remedy, Severity.WARNING)
    for line, when in of_list(encounter, day, "critical care"):
        if "24" in line.modifiers and any(surgeries(encounter, when)):
            message = f"{line.code} has 24; Medicare wants FT on critical care."
            yield on_line("modifier.ft", line, message, "Use FT.", Severity.WARNING)


@edit(
    "visit.critical-care",
    "visit",
    source=f"{_MANUAL}.5; CMS physician fee schedule rule CY2022 on critical care",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=service_lists("critical care"),
)
def beside_another_visit(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Critical care and another visit of one practitioner and day need modifier 25.

    Both are paid where the visit came before, the patient did not yet need critical care, and the
    work was separate; the record says all three.
    """
    for line, when in of_list(encounter, day, "critical care"):
        lines = [one for one in encounter.lines if one is not line and day_of(one, day) == when]
        critical = members("critical care", when)
        visits = [
            one for one in lines if kind_of(one.code, when) == "visit" and one.code not in critical
        ]
        if visits and not any("25" in one.modifiers for one in (line, *visits)):
            message = f"{line.code} stands beside {visits[0].code}, both without modifier 25."
            remedy = "Add 25 if the visit came before and was separate; else take it out."
            yield on_line("visit.critical-care", line, message, remedy)


EDITS = (unrelated_critical_care, beside_another_visit)
