"""Modifiers that point at a digit, an eyelid or a coronary artery: where they cannot stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.ncci_modifiers import SiteRow, services_at, sites
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import HANDS, day_of, kind_of, on_line
from codinglab.edits.rule import edit
from codinglab.edits.trait import MODIFIER, TWO_MODIFIERS
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_LEVEL_II = "HCPCS Level II modifiers E1 to E4, F1 to FA, T1 to TA, LC, LD, LM, RC and RI"
_SIDES = {"LT": "left", "RT": "right"}


def _named(line: ServiceLine, on: date) -> list[SiteRow]:
    """Return the modifiers of the line that name a digit, an eyelid or a coronary artery."""
    known = sites(on) if line.modifiers else {}
    return [known[one] for one in line.modifiers if one in known]


@edit("modifier.digit-side", "modifier", source=_LEVEL_II, on=(TWO_MODIFIERS,))
def one_place(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A line names one digit or eyelid, and no other side of the body than that one's.

    F5 is the right thumb, so that LT beside it contradicts it, and 50 says both. Two digits on a
    line of one unit are two services told as one: each has a line of its own.
    """
    for line in encounter.lines:
        named = [one for one in _named(line, day_of(line, day)) if one.side]
        sides = {_SIDES[one] for one in line.modifiers if one in _SIDES}
        for one in named:
            if "50" in line.modifiers or sides - {one.side}:
                other = "50" if "50" in line.modifiers else " and ".join(sorted(sides))
                message = f"{one.code} is on the {one.side}, and the line says {other} as well."
                yield on_line("modifier.digit-side", line, message, f"Keep {one.code} alone.")
        if len(named) > 1 and (line.units or 0) <= 1:
            names = ", ".join(one.code for one in named)
            message = f"{line.code} names {names} on one line of one unit."
            remedy = "Write a line for each that was treated."
            yield on_line("modifier.digit-side", line, message, remedy, Severity.WARNING)


@edit("modifier.other-part", "modifier", source=_LEVEL_II, on=(MODIFIER,))
def another_part(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A modifier of a digit, an eyelid or a coronary artery stands on a service done there.

    F6 on a knee, or LC on anything but a coronary artery, opens an NCCI pair in the payer's
    machine and says nothing true. Codes that this lab does not know are not judged.
    """
    for line in encounter.lines:
        on = day_of(line, day)
        for one in _named(line, on):
            at_heart = one.site == "coronary artery"
            if at_heart:
                wrong = kind_of(line.code, on) in HANDS and line.code not in services_at(
                    "coronary artery", on
                )
            else:
                wrong = line.code in services_at("neither digit nor eyelid", on)
            if wrong:
                message = f"{one.code} is for the {one.site}; {line.code} is done elsewhere."
                remedy = "Take it off; say the side by LT or RT where there is one."
                yield on_line("modifier.other-part", line, message, remedy)


EDITS = (one_place, another_part)
