"""Rules on add-on codes, which only stand beside a primary code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.procedure_facts import Facts
from codinglab.codes.service_lists import members
from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity
from codinglab.edits.fee_facts import known_facts
from codinglab.edits.line_facts import SAME_SURGEON, kind_of, known
from codinglab.edits.ncci_lines import BILLED_BY_LINE, MANUAL, lines_by_day
from codinglab.edits.rule import edit
from codinglab.edits.trait import ADD_ON, carries
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_SEVERAL = "51"
_ADD_ON_DAYS = "ZZZ"


def _add_on(line: ServiceLine, on: date) -> Facts | None:
    """Return what is known of an add-on code, None for a code that is none or is not known."""
    found = known(line.code, on)
    if found is None:
        return None
    marked = found.add_on or found.global_days == _ADD_ON_DAYS
    if found.kind and not marked:  # the starter sets mark every add-on code that they hold
        return None
    said = known_facts(line, on)
    return said if said and (marked or said.primaries) else None


def _may_be_primary(code: str, on: date) -> bool:
    """Say whether the lab's list of primaries cannot speak of `code`: it is outside its table."""
    return not kind_of(code, on)


@edit(
    "addon.alone",
    "pairs",
    source=f"{MANUAL}, section R",
    settings=BILLED_BY_LINE,
    on=(ADD_ON,),
)
def alone(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An add-on code is paid only with a primary code of the same practitioner and day.

    It stands for what came on top of the primary service and has no work of its own before and
    after it. CMS lists the primaries of each; where the lab has no list, or another code of the
    day is outside its tables, it cannot tell and says so. Further critical care may follow a
    first hour by a colleague of the same group and specialty.
    """
    for on, lines in lines_by_day(encounter, day).items():
        codes = {line.code for line in lines}
        for line in lines:
            if said := _add_on(line, on):
                others = codes | _elsewhere(encounter, line, on)
                yield from _judge(line, said, others - {line.code}, on)


def _elsewhere(encounter: CodedEncounter, line: ServiceLine, on: date) -> set[str]:
    """Return what other claims of the day hold that the add-on of `line` may stand beside."""
    shared = line.code in members("critical care", on)
    near = SAME_SURGEON if shared else {"same practitioner"}
    return {
        one.code
        for one in encounter.circumstances.earlier or ()
        if one.day == on and one.by in near
    }


def _judge(line: ServiceLine, said: Facts, others: set[str], on: date) -> Iterator[Finding]:
    if others & set(said.primaries):
        return
    cite = Cite("NCCI add-on code edits", said.primaries_source, f"add-on code {line.code}")
    if not others or (said.primaries and not any(_may_be_primary(one, on) for one in others)):
        known = f", such as {', '.join(said.primaries[:3])}" if said.primaries else ""
        yield Finding(
            "addon.alone",
            line.place,
            f"{line.code} is an add-on code, and no primary for it stands beside it.",
            f"Add the primary service{known}, or take the add-on out.",
            Severity.ERROR,
            cite if said.primaries else None,
        )
    elif said.primaries:
        yield Finding(
            "addon.alone",
            line.place,
            f"{line.code} is an add-on code; of the lab's codes none on the day is its primary.",
            "See in CMS's add-on edits whether another code of the day is.",
            Severity.NOTE,
            cite,
        )


@edit(
    "addon.modifier-51",
    "modifier",
    source="Medicare Claims Processing Manual, chapter 12, section 40.6",
    settings=("professional",),
    on=carries("51"),
)
def modifier_51(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 51 does not go on an add-on code.

    51 marks a further procedure, whose price is then cut for the work that the procedures share.
    An add-on code is priced from the start as what comes on top, so there is nothing to cut.
    """
    for line in encounter.lines:
        if _SEVERAL in line.modifiers and _add_on(line, line.day or day):
            yield Finding(
                "addon.modifier-51",
                line.place,
                f"{line.code} is an add-on code and has modifier 51.",
                "Take the modifier off.",
            )


EDITS = (alone, modifier_51)
