"""Rules on modifier 59 and its four exact forms XE, XP, XS and XU."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.pair_table import WITH_MODIFIER, pair_table
from codinglab.core.findings import Finding, Severity
from codinglab.edits.ncci_lines import (
    BILLED_BY_LINE,
    MANUAL,
    PairOnLines,
    distinct_modifiers,
    is_visit,
    kind_of_bill,
    lines_by_day,
    pairs_on_lines,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import MODIFIER, TWO_MODIFIERS
from codinglab.encounter.circumstances import Statement
from codinglab.encounter.coded import CodedEncounter, ServiceLine

PLAIN = "59"
_EXACT = {
    "other encounter": "XE",
    "other practitioner": "XP",
    "other site": "XS",
    "no usual overlap": "XU",
}
_FACT_SHEET = "CMS MLN1783722, proper use of modifiers 59, XE, XP, XS and XU"


@edit(
    "ncci.both",
    "modifier",
    source=_FACT_SHEET,
    settings=BILLED_BY_LINE,
    on=(TWO_MODIFIERS,),
)
def both(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 59 and one of XE, XP, XS, XU do not stand on the same line.

    The four say exactly what 59 says in general, so the general one is left out.
    """
    for line in encounter.lines:
        used = distinct_modifiers(line, line.day or day)
        if PLAIN in used and len(set(used)) > 1:
            exact = ", ".join(one for one in used if one != PLAIN)
            yield Finding(
                "ncci.both",
                line.place,
                f"{line.code} has modifier 59 and {exact}.",
                f"Keep {exact} and take 59 off.",
            )


@edit(
    "ncci.visit",
    "modifier",
    source=_FACT_SHEET,
    settings=BILLED_BY_LINE,
    on=(MODIFIER,),
)
def on_a_visit(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 59 and its exact forms do not go on a visit.

    What sets a visit apart from another service of the day is modifier 25 (or 24 or 57 around an
    operation).
    """
    for line in encounter.lines:
        on = line.day or day
        if (used := distinct_modifiers(line, on)) and is_visit(line.code, on):
            yield Finding(
                "ncci.visit",
                line.place,
                f"{line.code} is a visit and has modifier {used[0]}.",
                "Take it off; a significant visit of its own on the day of another service "
                "has modifier 25.",
            )


@edit(
    "ncci.modifier-without-need",
    "modifier",
    source=_FACT_SHEET,
    settings=BILLED_BY_LINE,
    on=(MODIFIER,),
)
def without_need(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 59 without a pair that it opens has no work to do.

    The modifier says that a pair was separate this time. Without an edit between the line and
    another of the day there is nothing to say. Only a whole imported table can tell that there is
    none; the starter pairs are a part, and then this is only a note.
    """
    if not _any_distinct(encounter, day):
        return
    opened = {line.place for _, one in pairs_on_lines(encounter, day) for line in _both_lines(one)}
    for on, lines in lines_by_day(encounter, day).items():
        for line in lines:
            used = distinct_modifiers(line, on)
            again = sum(one.code == line.code for one in lines) > 1
            if not used or line.place in opened or again:
                continue
            table = pair_table(on, kind_of_bill(encounter))
            where = "in the table" if table.whole else "known here; the lab holds few pairs"
            yield Finding(
                "ncci.modifier-without-need",
                line.place,
                f"No pair of {line.code} with another code of the day is {where}.",
                f"Look it up in the full table; without a pair modifier {used[0]} comes off.",
                Severity.WARNING if table.whole else Severity.NOTE,
            )


def _any_distinct(encounter: CodedEncounter, day: date) -> bool:
    return any(distinct_modifiers(line, line.day or day) for line in encounter.lines)


def _both_lines(one: PairOnLines) -> tuple[ServiceLine, ServiceLine]:
    return one.paid, one.denied


def _said(encounter: CodedEncounter, one: PairOnLines) -> Statement | None:
    about = encounter.circumstances
    return about.says("distinct", one.denied.code) or about.says("distinct", one.paid.code)


@edit(
    "ncci.undocumented",
    "modifier",
    source=f"{MANUAL}, section E",
    settings=BILLED_BY_LINE,
    needs=("record",),
    on=(MODIFIER,),
)
def undocumented(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A modifier that opens a pair needs a record that shows the two services apart.

    Another site, another session, another practitioner or no usual overlap must be read in the
    note. Without it the modifier is a false statement, whatever the payer's machine lets through.
    """
    for on, one in pairs_on_lines(encounter, day) if _any_distinct(encounter, day) else ():
        # what stands on a visit is ncci.visit's matter
        visit = is_visit(one.denied.code, on)
        used = distinct_modifiers(one.paid, on) if visit else one.modifiers("distinct")
        if one.pair.modifier == WITH_MODIFIER and used and not _said(encounter, one):
            yield Finding(
                "ncci.undocumented",
                one.place,
                f"Modifier {used[0]} sets {one.denied.code} apart from {one.paid.code}, and "
                "the record does not show that it was.",
                f"Find the other site or session in the record, or take {one.denied.code} out.",
                Severity.ERROR,
                one.table.cite(one.pair),
            )


@edit(
    "ncci.exact",
    "modifier",
    source=_FACT_SHEET,
    settings=BILLED_BY_LINE,
    needs=("record",),
    on=(MODIFIER,),
)
def exact(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """XE, XP, XS or XU says what the record says, and says it better than 59.

    XE is another encounter, XP another practitioner, XS another organ or structure, XU no usual
    overlap. One that says something else than the record is wrong. Medicare takes 59 as well, so
    59 in place of the exact one is only a note.
    """
    for _, one in pairs_on_lines(encounter, day) if _any_distinct(encounter, day) else ():
        said = _said(encounter, one)
        fits = _EXACT.get(said.value) if said else None
        used = one.modifiers("distinct")
        opens = one.pair.modifier == WITH_MODIFIER  # where nothing does, no modifier is better
        if not opens or fits is None or not used or fits in used:
            continue
        plain = set(used) == {PLAIN}
        yield Finding(
            "ncci.exact",
            one.place,
            f"The record tells of {said.value if said else ''}, and the modifier is {used[0]}.",
            f"{fits} says just that.",
            Severity.NOTE if plain else Severity.WARNING,
            one.table.cite(one.pair),
        )


EDITS = (both, on_a_visit, without_need, undocumented, exact)
