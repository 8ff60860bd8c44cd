"""Modifiers for a service that was done again, and lines that are the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import beside, day_of, kind_of, on_line, with_modifier
from codinglab.edits.rule import edit
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_LABORATORY = "laboratory"
_BY = {"76": "same practitioner", "77": "another"}


@edit("line.duplicate", "units", source="Medicare Claims Processing Manual ch. 1 s. 120")
def same_line_twice(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Two lines with the same code, modifiers and day are denied as duplicates.

    What was done again needs a modifier that says so (76, 77, 91, a side or digit, 59 or an X
    modifier). What is counted in units belongs on one line with all units.
    """
    seen: dict[tuple[str, frozenset[str], date], ServiceLine] = {}
    for line in encounter.lines:
        key = (line.code, frozenset(line.modifiers), day_of(line, day))
        if key in seen:
            message = f"{line.code} stands like this on {seen[key].place} already."
            remedy = "Add up the units, or say with a modifier why it was done again."
            yield on_line("line.duplicate", line, message, remedy)
        seen.setdefault(key, line)


@edit("modifier.76-77", "modifier", source="CPT modifiers 76 and 77, in our own words")
def done_again(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifiers 76 and 77 say that the same procedure was done again that day.

    76 by the same practitioner, 77 by another. They need the first service, and they are not for
    laboratory tests, which have 91.
    """
    for line in with_modifier(encounter, *_BY):
        when = day_of(line, day)
        modifier = next(one for one in line.modifiers if one in _BY)
        if kind_of(line.code, when) == _LABORATORY:
            message = f"{modifier} stands on {line.code}, a laboratory test."
            yield on_line("modifier.76-77", line, message, "Use 91 for a test done again.")
            continue
        firsts = _firsts(encounter, line, day)
        if not firsts:
            message = f"{line.code} was done again ({modifier}); the first one is not known here."
            remedy = "Put the first on a line of its own, or take the modifier off."
            yield on_line("modifier.76-77", line, message, remedy, Severity.WARNING)
        elif not any(_agrees(modifier, by) for by in firsts):
            message = f"{modifier} says the first was by {_BY[modifier]}; it was not."
            right = "77" if modifier == "76" else "76"
            yield on_line("modifier.76-77", line, message, f"Use {right}.")


def _agrees(modifier: str, by: str) -> bool:
    """Say whether `modifier` is right; a colleague of group and specialty may count as either."""
    return by in {_BY[modifier], "same group and specialty"}


def _firsts(encounter: CodedEncounter, line: ServiceLine, day: date) -> list[str]:
    """Return who did the same service elsewhere on that day."""
    when = day_of(line, day)
    lines = [
        "same practitioner"
        for one in encounter.lines
        if one is not line and one.code == line.code and day_of(one, day) == when
    ]
    claims = [
        one.by
        for one in encounter.circumstances.earlier or ()
        if one.code == line.code and one.day == when
    ]
    return lines + claims


@edit("modifier.91", "modifier", source="Medicare Claims Processing Manual ch. 16 s. 100.5.1")
def tested_again(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 91 says that a laboratory test was repeated that day for a second result.

    It is for laboratory tests alone, needs the first test, and is not for a test that was run
    again because the specimen or the machine failed.
    """
    for line in with_modifier(encounter, "91"):
        kind = kind_of(line.code, day_of(line, day))
        if kind and kind != _LABORATORY:
            message = f"91 stands on {line.code}, which is no laboratory test."
            yield on_line("modifier.91", line, message, "Use 76 or 77 for a procedure.")
        elif line.code not in beside(encounter, line, day):
            message = f"The first {line.code} of the day is not known here."
            remedy = "Put it on a line of its own; a test that failed is billed once."
            yield on_line("modifier.91", line, message, remedy, Severity.WARNING)


@edit("modifier.jw", "modifier", source="42 CFR 414.940; CMS JW and JZ policy", payer="Medicare")
def thrown_away(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier JW bills what was thrown away of a single-dose vial, beside what was given.

    The dose given stands on a line of its own, and with JW beside it that line has no JZ, which
    says that nothing was thrown away.
    """
    for line in with_modifier(encounter, "JW"):
        when = day_of(line, day)
        given = [
            one
            for one in encounter.lines
            if one.code == line.code and day_of(one, day) == when and "JW" not in one.modifiers
        ]
        if not given:
            message = f"{line.code} with JW stands without the dose that was given."
            remedy = "Put the units given on a line of their own."
            yield on_line("modifier.jw", line, message, remedy)
        for one in (one for one in given if "JZ" in one.modifiers):
            message = f"JZ says nothing of {one.code} was thrown away; {line.place} bills waste."
            yield on_line("modifier.jw", one, message, "Take JZ off, or the waste.")


EDITS = (same_line_twice, done_again, tested_again, thrown_away)
