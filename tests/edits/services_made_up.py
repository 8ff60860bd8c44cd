"""Encounters for the tests of rules on services, in the coder's notation."""

from datetime import date

from codinglab.core.findings import Finding
from codinglab.course.encounter_file import EncounterFile, read_encounter
from codinglab.edits.catalog import find_edit


def earlier(
    code: str, day: str, by: str = "same practitioner", *modifiers: str
) -> dict[str, object]:
    """Return an earlier service as an encounter file says it."""
    return {"code": code, "day": day, "by": by, "modifiers": modifiers}


def says(kind: str, *about: str, value: str = "") -> dict[str, object]:
    """Return a statement of the record as an encounter file says it."""
    return {"kind": kind, "about": about, "value": value}


def findings(rule: str, worksheet: str, on: str = "2026-03-02", **more: object) -> list[Finding]:
    """Return what `rule` finds in `worksheet` (lines parted by semicolons) on the day `on`."""
    fields = {"setting": "professional", "payer": "Medicare", "on": date.fromisoformat(on)} | more
    text = "\n".join(line.strip() for line in worksheet.split(";"))
    read = read_encounter(EncounterFile.model_validate(fields | {"worksheet": text}))
    assert read.findings == ()
    edit = find_edit(rule)
    assert edit.lacks(read.coded) == ()
    return list(edit(read.coded, read.day)) if edit.applies(read.coded) else []


def said(rule: str, worksheet: str, on: str = "2026-03-02", **more: object) -> list[str]:
    """Return the messages of what `rule` finds."""
    return [one.message for one in findings(rule, worksheet, on, **more)]
