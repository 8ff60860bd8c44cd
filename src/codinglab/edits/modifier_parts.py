"""Modifiers that contradict each other, and modifiers that bill a part of a service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import conflicts
from codinglab.core.findings import Finding, Severity
from codinglab.edits.fee_facts import known_facts, not_known
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    day_of,
    kind_of,
    on_line,
    with_modifier,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import TWO_MODIFIERS, carries, record_says
from codinglab.encounter.circumstances import StatementKind
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_SPLIT = {"26": frozenset({"1", "6"}), "TC": frozenset({"1"})}


def _is_visit(line: ServiceLine, day: date) -> bool:
    """Say whether the line is a visit, on which modifier.kind judges modifiers of procedures."""
    return kind_of(line.code, day_of(line, day)) == "visit"


@edit(
    "modifier.conflict",
    "modifier",
    source="the source named with each pair of modifiers",
    on=(TWO_MODIFIERS,),
)
def together(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Two modifiers of one line must not contradict each other.

    Such as 52 (less was done) with 53 (stopped), 54 with 55 (surgery alone, care after it alone),
    58 with 78 or 79 (one surgery has one reason), 76 with 77, 93 with 95, 26 with TC, JW with JZ,
    and GA with GZ (a notice is on file, or it is not) or GX (a required or a voluntary one).
    """
    for line in encounter.lines:
        if len(line.modifiers) < len(("one", "other")):
            continue
        for pair in conflicts(day_of(line, day)):
            if {pair.one, pair.other}.issubset(line.modifiers):
                message = f"Modifiers {pair.one} and {pair.other} stand on one line."
                remedy = f"Keep the one that is true, or use two lines [{pair.source}]."
                yield on_line("modifier.conflict", line, message, remedy)


@edit(
    "modifier.26-tc",
    "modifier",
    source="Medicare fee schedule, PC/TC indicator; Claims Processing Manual ch. 13 s. 20",
    settings=PHYSICIAN_CLAIM,
    modifiers=_SPLIT,
)
def two_components(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifiers 26 and TC split only a service that has two components.

    The fee schedule's PC/TC indicator 1 says that it has, and 6 takes 26 for reading a laboratory
    test. Others are the physician's alone (0), or have a code of their own for each part (2, 3, 4).
    """
    for line in with_modifier(encounter, *_SPLIT):
        if _is_visit(line, day):
            continue
        found = known_facts(line, day)
        modifier = next(one for one in line.modifiers if one in _SPLIT)
        if found is None or found.pc_tc is None:
            yield not_known("modifier.26-tc", line, "PC/TC indicator")
        elif found.pc_tc not in _SPLIT[modifier]:
            message = (
                f"{line.code} has PC/TC indicator {found.pc_tc}: {modifier} does not split it."
            )
            remedy = "Take the modifier off, or use the code of the part."
            yield on_line("modifier.26-tc", line, message, f"{remedy} [{found.source}]")


_SURGERY_CENTER = "24"
_LESS: dict[str, StatementKind] = {"52": "reduced", "53": "discontinued"}


@edit(
    "modifier.52-53",
    "modifier",
    source="CPT modifiers 52 and 53; Medicare Claims Processing Manual ch. 12 s. 20.4.6",
    settings=PHYSICIAN_CLAIM,
    needs=("record",),
    on=(*carries("52", "53"), *record_says("reduced", "discontinued")),
)
def less_was_done(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 52 says that less was done by choice, 53 that it was stopped for safety.

    The record must say which. Without the modifier the claim says that everything was done.
    """
    for line in encounter.lines:
        for modifier, kind in _LESS.items():
            said = encounter.circumstances.says(kind, line.code)
            if said and said.about and modifier not in line.modifiers:
                message = f"The record says that {line.code} was {kind}; {modifier} is missing."
                yield on_line("modifier.52-53", line, message, f"Add modifier {modifier}.")
            elif modifier in line.modifiers and not said and not _is_visit(line, day):
                message = f"Nothing in the record says that {line.code} was {kind}."
                remedy = f"Take {modifier} off, or cite what was left out and why."
                yield on_line("modifier.52-53", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.73-74",
    "modifier",
    source="Medicare Claims Processing Manual ch. 4 s. 20.6.4",
    on=carries("53", "73", "74"),
)
def stopped_in_hospital(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """A stopped procedure is 53 on the practitioner's claim, 73 or 74 on the hospital's.

    For the hospital it matters whether anesthesia had begun: 73 before it, 74 after. Place 24 is
    not judged: a surgery center bills there on the surgeon's form, and does use 73 and 74.
    """
    about = encounter.circumstances
    own = about.setting == "professional"
    wrong: tuple[str, ...] = ("73", "74") if own else ("53",)
    right = "53" if own else "73 before anesthesia, 74 after it began"
    for line in with_modifier(encounter, *wrong) if about.setting != "inpatient" else ():
        if line.place_of_service == _SURGERY_CENTER:
            continue
        found = next(one for one in line.modifiers if one in wrong)
        message = f"Modifier {found} does not belong on this {about.setting} claim."
        yield on_line("modifier.73-74", line, message, f"Use {right}.")


@edit(
    "modifier.22",
    "modifier",
    source="Medicare Claims Processing Manual ch. 12 ss. 20.4.6 and 40.2.A.10",
    settings=PHYSICIAN_CLAIM,
    needs=("record",),
    modifiers=("22",),
)
def more_was_done(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Modifier 22 says that a procedure took much more work, and the record must show it.

    The payer looks at each such claim by hand. It wants the operative note and a statement of what
    was harder and by how much; without them the usual fee is paid, months late.
    """
    for line in with_modifier(encounter, "22"):
        if not encounter.circumstances.says("documented", line.code):
            message = (
                f"22 asks for more than the usual for {line.code}; the record shows no reason."
            )
            remedy = "Send the note and a statement of the extra work, or take 22 off."
            yield on_line("modifier.22", line, message, remedy, Severity.WARNING)


EDITS = (together, two_components, less_was_done, more_was_done, stopped_in_hospital)
