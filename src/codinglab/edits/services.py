"""The rules on services: modifiers, the global package, visits, places, vaccines, in one order."""

from __future__ import annotations

from codinglab.edits import (
    global_package,
    incident_to,
    modifier_body,
    modifier_notice,
    modifier_parts,
    modifier_people,
    modifier_repeat,
    modifier_sides,
    modifier_site,
    modifier_surgery,
    modifier_visit,
    place,
    telehealth,
    vaccine,
    visit_beside,
    visit_critical,
    visit_level,
    visit_patient,
    visit_worked,
)

EDITS = (
    *modifier_visit.EDITS,
    *modifier_surgery.EDITS,
    *modifier_parts.EDITS,
    *modifier_sides.EDITS,
    *modifier_people.EDITS,
    *modifier_repeat.EDITS,
    *modifier_site.EDITS,
    *modifier_body.EDITS,
    *modifier_notice.EDITS,
    *global_package.EDITS,
    *visit_patient.EDITS,
    *visit_level.EDITS,
    *visit_worked.EDITS,
    *visit_critical.EDITS,
    *visit_beside.EDITS,
    *incident_to.EDITS,
    *place.EDITS,
    *telehealth.EDITS,
    *vaccine.EDITS,
)
