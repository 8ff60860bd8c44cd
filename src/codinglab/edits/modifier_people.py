"""Modifiers that say who stood at the table, or that a visit was shared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.ncci_modifiers import surgeons
from codinglab.codes.service_lists import members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.fee_facts import known_facts, not_known
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    day_of,
    on_line,
    rate_at,
    with_modifier,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import TWO_MODIFIERS, carries, service_lists
from codinglab.encounter.coded import CodedEncounter

_PAID = "2"
_SHARED = {"62": "co-surgeon", "66": "team"}
_NPP, _PHYSICIAN = "nonphysician practitioner", "physician"
_PHYSICIANS_OWN = ("80", "81", "82")


@edit(
    "modifier.assistant",
    "modifier",
    source="Medicare fee schedule, assistant indicator; Claims Processing Manual ch. 12 s. 20.4.3",
    settings=PHYSICIAN_CLAIM,
    on=service_lists("assistant modifier"),
)
def assistant_paid(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An assistant at surgery (80, 81, 82, AS) is paid only where the fee schedule allows one.

    Indicator 2 allows it, 0 asks for documents that show the need, 1 and 9 do not pay it. The
    patient may not be billed for an assistant that indicator 1 refuses.
    """
    for line in encounter.lines:
        if not members("assistant modifier", day_of(line, day)).intersection(line.modifiers):
            continue
        found = known_facts(line, day)
        if found is None or found.assistant is None:
            yield not_known("modifier.assistant", line, "assistant indicator")
        elif found.assistant == "0":
            message = f"{line.code} has assistant indicator 0."
            remedy = "Send the documents that show why an assistant was needed."
            yield on_line("modifier.assistant", line, message, remedy, Severity.WARNING)
        elif found.assistant != _PAID:
            message = f"{line.code} has assistant indicator {found.assistant}: none is paid."
            remedy = f"Do not bill the assistant [{found.source}]."
            yield on_line("modifier.assistant", line, message, remedy)


@edit(
    "modifier.assistant-role",
    "modifier",
    source="Medicare Claims Processing Manual ch. 12 ss. 20.4.3 and 110.2",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    needs=("practitioner.role",),
    on=service_lists("assistant modifier"),
)
def assistant_by_role(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier AS is for a nonphysician assistant; 80, 81 and 82 alone are a physician's.

    A physician assistant, nurse practitioner or clinical nurse specialist is paid 85 percent of
    the physician's 16. Some contractors want AS beside 80, 81 or 82; none takes those alone.
    """
    role = encounter.circumstances.practitioner.role
    for line in encounter.lines:
        if not members("assistant modifier", day_of(line, day)).intersection(line.modifiers):
            continue
        if role == _PHYSICIAN and "AS" in line.modifiers:
            message = "AS says that the assistant was no physician; here it was one."
            yield on_line("modifier.assistant-role", line, message, "Use 80, 81 or 82.")
        elif role == _NPP and "AS" not in line.modifiers:
            message = "The assistant was a nonphysician practitioner, and AS is missing."
            yield on_line("modifier.assistant-role", line, message, "Add AS.")


@edit(
    "modifier.assistant-or-surgeon",
    "modifier",
    source="Medicare Claims Processing Manual ch. 12 ss. 20.4.3 and 40.8",
    settings=PHYSICIAN_CLAIM,
    on=(TWO_MODIFIERS,),
)
def assistant_and_surgeon(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """One person is a surgeon of two (62), of a team (66), or the assistant: one of these.

    Co-surgeons share the fee, an assistant adds to it. A line that says both, or two kinds of
    physician's help (80 with 81), cannot be priced.
    """
    for line in encounter.lines:
        when = day_of(line, day)
        helping = members("assistant modifier", when).intersection(line.modifiers)
        sharing = members("shared surgery modifier", when).intersection(line.modifiers)
        own = helping.intersection(_PHYSICIANS_OWN)
        if (helping and sharing) or len(sharing) > 1 or len(own) > 1:
            together = ", ".join(sorted(sharing | helping))
            message = f"{line.code} carries {together}: more than one part in one operation."
            yield on_line("modifier.assistant-or-surgeon", line, message, "Keep the true one.")


@edit(
    "modifier.shared-surgery",
    "modifier",
    source=(
        "Medicare fee schedule, co-surgeon and team indicators; Claims Processing Manual ch. 12 "
        "s. 40.8"
    ),
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=carries("62", "66"),
)
def shared_surgery(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Two surgeons (62) or a team (66) are paid only where the fee schedule allows them.

    Indicator 2 allows it, 1 asks for documents that show why one surgeon was not enough, 0 and 9
    do not pay it. Two surgeons of different specialties each bill the same code with 62.
    """
    for line in with_modifier(encounter, "62", "66"):
        found = surgeons(line.code, day_of(line, day))
        for modifier, who in _SHARED.items():
            if modifier not in line.modifiers:
                continue
            if found is None:
                yield not_known("modifier.shared-surgery", line, f"{who} indicator")
                continue
            said = found.co_surgeons if modifier == "62" else found.team
            if said == "1":
                message = f"{line.code} has {who} indicator 1."
                remedy = "Send the documents that show why one surgeon was not enough."
                grade = Severity.WARNING
                yield on_line("modifier.shared-surgery", line, message, remedy, grade)
            elif said != _PAID:
                message = f"{line.code} has {who} indicator {said}: it is not paid with {modifier}."
                remedy = f"Take {modifier} off; one surgeon bills it [{found.source}]."
                yield on_line("modifier.shared-surgery", line, message, remedy)


@edit(
    "modifier.fs",
    "modifier",
    source="42 CFR 415.140: split or shared visits are visits in a facility",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    modifiers=("FS",),
)
def shared_visit(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier FS, a visit shared by physician and nonphysician, is for facilities only.

    In an office there is no shared visit; there the rules on incident-to services apply.
    """
    for line in with_modifier(encounter, "FS"):
        place = line.place_of_service
        if rate_at(place, day_of(line, day)) == "non-facility":
            message = f"FS stands on a visit in place {place}, which is no facility."
            remedy = "Bill it under the one who did it, or by the incident-to rules."
            yield on_line("modifier.fs", line, message, remedy)


EDITS = (
    assistant_paid,
    assistant_by_role,
    assistant_and_surgeon,
    shared_surgery,
    shared_visit,
)
