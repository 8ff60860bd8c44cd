"""Modifiers of visits, 24, 25 and 27, and the kind of line that each modifier is made for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from codinglab.codes import modifiers
from codinglab.codes.modifiers import NotAModifier
from codinglab.codes.pair_table import WITH_MODIFIER
from codinglab.codes.release import NotInTable
from codinglab.codes.service_lists import ListName, medicare_administration, members
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    WITHOUT_VISIT,
    beside,
    day_of,
    global_days,
    kind_of,
    of_kind,
    on_line,
    surgeries,
    with_modifier,
)
from codinglab.edits.ncci_lines import PairOnLines, pairs_on_lines, weight
from codinglab.edits.rule import edit
from codinglab.edits.trait import EARLIER, MODIFIER, TWO_LINES, carries
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_OWN_RULES = frozenset({"25", "59", "XE", "XS", "XP", "XU"})  # each has a rule of its own
_MINOR = frozenset({"000", "010"})
_PAIRED: tuple[ListName, ...] = ("office visit", "emergency visit", "preventive visit")


@lru_cache(maxsize=1024)
def _made_for(modifier: str, day: date) -> str:
    try:
        return modifiers.find(modifier, day).applies_to
    except (NotInTable, NotInForce, NotAModifier):
        return "any"  # modifier.unknown says so


@edit(
    "modifier.kind",
    "modifier",
    source="CPT and HCPCS Level II modifiers, what each is made for",
    on=(MODIFIER,),
)
def kind_of_line(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A modifier stands on the kind of line it is made for.

    A modifier of visits (24, 57) means nothing on a procedure, and one of procedures (50, 51, 76)
    means nothing on a visit. Modifiers 25 and 59 have rules of their own.
    """
    for line in encounter.lines:
        when = day_of(line, day)
        kind = kind_of(line.code, when) if line.modifiers else ""
        for one in (one for one in line.modifiers if kind and one not in _OWN_RULES):
            wanted = _made_for(one, when)
            if wanted == "visit" and kind in WITHOUT_VISIT:
                message = f"Modifier {one} is for visits; {line.code} is none."
                yield on_line("modifier.kind", line, message, "Take it off, or move it.")
            elif wanted == "procedure" and kind == "visit":
                message = f"Modifier {one} is not for visits; {line.code} is one."
                remedy = "Take it off, or put it on the service that it belongs to."
                yield on_line("modifier.kind", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.24",
    "global package",
    source="Medicare Claims Processing Manual ch. 12 s. 40.2.A.7; NCCI policy manual ch. I.D",
    settings=PHYSICIAN_CLAIM,
    needs=("earlier", "record"),
    modifiers=("24",),
)
def unrelated_visit(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 24 says: a visit in the global period of a surgery, about something else.

    It needs a surgery of the same surgeon or group that is still in its global period, and a
    record that says the visit was unrelated to it. Another diagnosis is good evidence of that,
    and not a requirement.
    """
    for line in with_modifier(encounter, "24"):
        running = tuple(surgeries(encounter, day_of(line, day)))
        if not running:
            message = "Modifier 24 stands for a visit in a global period; none is known here."
            remedy = "Take it off, or add the surgery to the earlier services."
            yield on_line("modifier.24", line, message, remedy, Severity.WARNING)
        for one in running:
            if not encounter.circumstances.says("unrelated", one.code):
                message = f"{one}; the record does not say that the visit was unrelated to it."
                remedy = "Without that the visit belongs to the surgery and is not billed."
                yield on_line("modifier.24", line, message, remedy)


@edit(
    "modifier.25",
    "modifier",
    source="NCCI policy manual ch. I.D; Medicare Claims Processing Manual ch. 12 s. 40.2.A.8",
    settings=PHYSICIAN_CLAIM,
    on=(TWO_LINES, EARLIER, *carries("25")),
)
def separate_visit(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A visit on the day of a minor procedure needs modifier 25, and is billed only if separate.

    Deciding to do a minor procedure (global period of 0 or 10 days), for a new patient too,
    belongs to the procedure. Work beyond that is a visit with modifier 25. A different diagnosis
    is not required. A visit with 24 needs 25 too, where a minor procedure stands on its day. Where
    no other service stands on that day, the modifier has nothing to say. Where NCCI pairs the two,
    the finding names the pair, and Medicare denies the visit.
    """
    for line, when in of_kind(encounter, day, "visit"):
        others = beside(encounter, line, day)
        if "25" in line.modifiers:
            if not others:
                message = "Modifier 25 stands without another service on that day."
                remedy = "Take it off, unless another claim holds the service."
                yield on_line("modifier.25", line, message, remedy, Severity.WARNING)
        elif _is_paired(line.code, when) and "57" not in line.modifiers:
            yield from _paired(encounter, day, line, tuple(_needs_25(line, others, when)))


def _paired(
    encounter: CodedEncounter, day: date, line: ServiceLine, found: tuple[Finding, ...]
) -> Iterator[Finding]:
    """Yield what was `found` with the NCCI pair behind it, as grave as the table is for the payer.

    Where no modifier opens the pair, and where only the pair is known, the rules on pairs speak.
    """
    pairs = _pairs_of(encounter, day, line) if found else []
    for one in found:
        if not pairs:
            yield one
        elif one.severity is not Severity.NOTE and pairs[0].pair.modifier == WITH_MODIFIER:
            kept = one.severity is Severity.ERROR or "24" in line.modifiers
            grave = one.severity if kept else weight(encounter)
            yield replace(one, severity=grave, cite=pairs[0].table.cite(pairs[0].pair))


def _pairs_of(encounter: CodedEncounter, day: date, line: ServiceLine) -> list[PairOnLines]:
    """Return the NCCI pairs that deny the line, those that nothing opens first."""
    try:
        pairs = [one for _, one in pairs_on_lines(encounter, day) if one.denied is line]
    except NotInForce:
        return []
    return sorted(pairs, key=lambda one: one.pair.modifier)


def _is_paired(code: str, day: date) -> bool:
    """Say whether NCCI pairs the visit with procedures; Medicare's own screenings are not."""
    return any(code in members(one, day) for one in _PAIRED)


def _needs_25(line: ServiceLine, others: tuple[str, ...], when: date) -> Iterator[Finding]:
    kinds = {code: kind_of(code, when) for code in others}
    operations = [code for code, kind in kinds.items() if kind == "procedure"]
    minor = [code for code in operations if global_days(code, when) in _MINOR]
    own = medicare_administration(when).values()  # not paired but with the lowest visit
    given = [code for code, kind in kinds.items() if kind == "administration" and code not in own]
    unknown = [code for code in operations if global_days(code, when) is None]
    if minor:
        message = f"{line.code} stands beside {minor[0]}, a minor procedure, without modifier 25."
        remedy = "Bill the visit with 25 if its work was separate; otherwise take it out."
        # 24 opens the same NCCI pairs, so such a line may be paid; it says another thing.
        grade = Severity.WARNING if "24" in line.modifiers else Severity.ERROR
        yield on_line("modifier.25", line, message, remedy, grade)
    elif given and all(global_days(code, when) == "XXX" for code in given):
        message = f"{line.code} stands beside {given[0]} without modifier 25."
        remedy = "Add 25 if the visit was more than the giving; otherwise take the visit out."
        yield on_line("modifier.25", line, message, remedy, Severity.WARNING)
    elif unknown:
        message = f"The global period of {unknown[0]} is not known here."
        remedy = "Look it up; with 0 or 10 days the visit needs modifier 25."
        yield on_line("modifier.25", line, message, remedy, Severity.NOTE)


@edit(
    "modifier.25-on-procedure",
    "modifier",
    source="CPT modifier 25, in our own words",
    modifiers=("25",),
)
def on_the_visit(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 25 stands on the visit, never on the procedure.

    It says that the visit was separate. On the procedure it says nothing, and the visit beside it
    is denied as part of the procedure.
    """
    for line in with_modifier(encounter, "25"):
        if kind_of(line.code, day_of(line, day)) in WITHOUT_VISIT:
            message = f"Modifier 25 stands on {line.code}, which is no visit."
            yield on_line("modifier.25-on-procedure", line, message, "Move it to the visit.")


@edit(
    "modifier.27",
    "modifier",
    source="CMS program memorandum A-01-80 on modifiers 25 and 27",
    settings=PHYSICIAN_CLAIM,
    modifiers=("27",),
)
def hospital_visits(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Modifier 27 belongs to hospitals alone.

    It tells that a patient had several outpatient hospital visits on one day. A practitioner's
    claim never carries it.
    """
    for line in with_modifier(encounter, "27"):
        message = "Modifier 27 stands on a practitioner's claim."
        yield on_line("modifier.27", line, message, "Take it off.")


EDITS = (
    *(kind_of_line, unrelated_visit, separate_visit, on_the_visit),
    hospital_visits,
)
