"""Modifiers for a service that was done again, and for a drug that was thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import day_of, kind_of, on_line, with_modifier
from codinglab.edits.rule import edit
from codinglab.edits.trait import carries
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_LABORATORY = "laboratory"
_BY = {"76": "same practitioner", "77": "another"}


@edit(
    "modifier.76-77", "modifier", source="CPT modifiers 76 and 77, in our own words", modifiers=_BY
)
def done_again(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 76 says: done again that day by the same practitioner; 77: by another.

    They are for procedures and films. A laboratory test that is done again has 91. A colleague of
    the same group and specialty may count as either.
    """
    for line in with_modifier(encounter, *_BY):
        modifier = next(one for one in line.modifiers if one in _BY)
        if kind_of(line.code, day_of(line, day)) == _LABORATORY:
            message = f"{modifier} stands on {line.code}, a laboratory test."
            yield on_line("modifier.76-77", line, message, "Use 91 for a test done again.")
            continue
        firsts = _firsts(encounter, line, day)
        if firsts and not firsts.intersection({_BY[modifier], "same group and specialty"}):
            message = f"{modifier} says the first was by {_BY[modifier]}; it was not."
            right = "77" if modifier == "76" else "76"
            yield on_line("modifier.76-77", line, message, f"Use {right}.")


def _firsts(encounter: CodedEncounter, line: ServiceLine, day: date) -> set[str]:
    """Return who did the same service elsewhere on that day; no first is units.repeat's matter."""
    when = day_of(line, day)
    firsts: set[str] = {
        one.by
        for one in encounter.circumstances.earlier or ()
        if one.code == line.code and one.day == when
    }
    for one in encounter.lines:
        if one is not line and one.code == line.code and day_of(one, day) == when:
            firsts.add("same practitioner")
    return firsts


@edit(
    "modifier.91",
    "modifier",
    source="Medicare Claims Processing Manual ch. 16 s. 100.5.1",
    on=carries("91"),
)
def tested_again(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 91 says that a laboratory test was repeated that day for a second result.

    It is for laboratory tests alone, and not for one that was run again because the specimen or
    the machine failed. Where the record is known, it says that the test was repeated.
    """
    about = encounter.circumstances
    for line in with_modifier(encounter, "91"):
        kind = kind_of(line.code, day_of(line, day))
        if kind and kind != _LABORATORY:
            message = f"91 stands on {line.code}, which is no laboratory test."
            yield on_line("modifier.91", line, message, "Use 76 or 77 for a procedure.")
        elif about.record is not None and not about.says("repeated", line.code):
            message = f"The record does not say that {line.code} was wanted a second time."
            remedy = "A test that failed and was run again is billed once."
            yield on_line("modifier.91", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.jw",
    "modifier",
    source="42 CFR 414.940; CMS JW and JZ policy",
    payer="Medicare",
    modifiers=("JW",),
)
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


EDITS = (done_again, tested_again, thrown_away)
