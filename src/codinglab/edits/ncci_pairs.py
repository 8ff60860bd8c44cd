"""Rules on code pairs that are not paid together (NCCI procedure-to-procedure edits)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.pair_table import NEVER, WITH_MODIFIER
from codinglab.codes.service_lists import members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.modifier_visit import separate_visit
from codinglab.edits.ncci_lines import (
    BILLED_BY_LINE,
    ELSEWHERE,
    MANUAL,
    PairOnLines,
    distinct_modifiers,
    is_visit,
    pairs_on_lines,
    weight,
)
from codinglab.edits.rule import Edit, edit
from codinglab.edits.trait import EARLIER, TWO_LINES
from codinglab.edits.vaccine import one_first
from codinglab.edits.visit_beside import problem_at_a_check_up
from codinglab.edits.visit_level import two_levels
from codinglab.encounter.coded import CodedEncounter

_SIDES = "only when the record shows that it was"
# These ask for modifier 25 in plainer words than the pair, where one is allowed.
_APART: tuple[Edit, ...] = (separate_visit, problem_at_a_check_up)


def _is_told(encounter: CodedEncounter, day: date, on: date, one: PairOnLines) -> bool:
    """Say whether a rule of its own tells of the pair already, on one of its two lines."""
    codes = {one.paid.code, one.denied.code}
    if is_visit(one.denied.code, on):
        rules = (*_APART, two_levels) if one.pair.modifier == WITH_MODIFIER else (two_levels,)
    elif codes <= members("vaccine given first", on):
        rules = (one_first,)
    else:
        return False
    lines = {one.paid.place, one.denied.place} - {ELSEWHERE}
    return any(
        found.place in lines and found.severity is not Severity.NOTE
        for rule in rules
        if rule.applies(encounter) and not rule.lacks(encounter)
        for found in rule(encounter, day)
    )


def _opened(one: PairOnLines, day: date) -> bool:
    """Say whether a modifier opens the pair; a visit needs one that sets the visit apart."""
    if not is_visit(one.denied.code, day):
        return bool(one.modifiers())
    apart = any(one.opening.get(mark) in {"global", "other"} for mark in one.denied.modifiers)
    return apart or bool(one.modifiers("distinct"))


def _remedy(one: PairOnLines, day: date) -> str:
    if is_visit(one.denied.code, day):
        return (
            "If the record shows a significant visit of its own, put modifier 25 on it; "
            "else take the visit out."
        )
    return (
        f"Take {one.denied.code} out. Was it done at another site, in another session or by "
        f"another practitioner, {_SIDES}: then say so by a modifier (RT, F5, XS, XE ...)."
    )


@edit(
    "ncci.pair",
    "pairs",
    source=f"{MANUAL}, sections A and E",
    settings=BILLED_BY_LINE,
    on=(TWO_LINES, EARLIER),
)
def pair(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Of two codes that NCCI pairs, the column 2 code is not paid without a fitting modifier.

    The column 1 code stands for the whole service and the column 2 code for a part of it, or the
    two exclude each other. Where the pair's indicator is 1, an NCCI-associated modifier on either
    line says that this time they were separate; a side on the injection does not make a visit
    separate, modifier 25 on the visit does. Practitioners and outpatient hospitals have tables
    of their own. They are Medicare's; Medicaid has others, and many payers follow them. A service
    of the same practitioner on another claim of the day counts too. What a rule on visits or
    vaccines says of the same lines is not said again.
    """
    for on, one in pairs_on_lines(encounter, day):
        if one.pair.modifier != WITH_MODIFIER or _opened(one, on):
            continue
        if not _is_told(encounter, day, on, one):
            yield Finding(
                "ncci.pair",
                one.place,
                f"{one.denied.code} is paired with {one.paid.code} on {one.paid.place} and is "
                "not paid beside it without a modifier.",
                _remedy(one, on),
                weight(encounter),
                one.table.cite(one.pair),
            )


@edit(
    "ncci.never",
    "pairs",
    source=f"{MANUAL}, section E",
    settings=BILLED_BY_LINE,
    on=(TWO_LINES, EARLIER),
)
def never(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Two codes whose pair has indicator 0 are never paid together.

    No modifier opens such a pair: the one code is by its definition a part of the other, or cannot
    be done beside it by the same practitioner on the same day.
    """
    for on, one in pairs_on_lines(encounter, day):
        if one.pair.modifier != NEVER or one.modifiers("distinct"):
            continue
        if not _is_told(encounter, day, on, one):
            yield Finding(
                "ncci.never",
                one.place,
                f"{one.denied.code} is never paid beside {one.paid.code} on {one.paid.place}.",
                "Keep the one code that says what was done; no modifier helps.",
                weight(encounter),
                one.table.cite(one.pair),
            )


@edit(
    "ncci.modifier-zero",
    "pairs",
    source=f"{MANUAL}, section E",
    settings=BILLED_BY_LINE,
    on=(TWO_LINES, EARLIER),
)
def modifier_zero(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 59 (or XE, XP, XS, XU) does not open a pair of indicator 0.

    The column 2 code is denied all the same, and a modifier that was put there to be paid draws
    the eye of an auditor.
    """
    for on, one in pairs_on_lines(encounter, day):
        for line in (one.paid, one.denied) if one.pair.modifier == NEVER else ():
            if line.place == ELSEWHERE:
                continue
            if used := distinct_modifiers(line, on):
                yield Finding(
                    "ncci.modifier-zero",
                    line.place,
                    f"Modifier {used[0]} does not open the pair of {one.paid.code} and "
                    f"{one.denied.code}: its indicator is 0.",
                    f"Take the modifier off, and keep one of the two codes; {one.denied.code} "
                    "is denied.",
                    weight(encounter),
                    one.table.cite(one.pair),
                )


@edit(
    "ncci.same-site",
    "pairs",
    source=f"{MANUAL}, section E",
    settings=BILLED_BY_LINE,
    on=(TWO_LINES, EARLIER),
)
def same_site(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The same side or digit on both lines of a pair shows that they were not apart.

    RT on both lines is an NCCI-associated modifier and passes the payer's machine. But it says
    that both were done on the right, which is no reason to pay the part beside the whole. An
    anatomic modifier opens a pair only where the two services were at different sites.
    """
    for _, one in pairs_on_lines(encounter, day):
        sites = set(one.modifiers("anatomic"))
        shared = sites & set(one.paid.modifiers) & set(one.denied.modifiers)
        opened = one.modifiers("distinct", "global", "other")
        if one.pair.modifier == WITH_MODIFIER and shared == sites and shared and not opened:
            yield Finding(
                "ncci.same-site",
                one.place,
                f"{one.denied.code} and {one.paid.code} on {one.paid.place} are a pair, and both "
                f"say {', '.join(sorted(shared))}.",
                f"At one site {one.denied.code} is a part of {one.paid.code}: take it out.",
                Severity.WARNING,
                one.table.cite(one.pair),
            )


EDITS = (pair, never, modifier_zero, same_site)
