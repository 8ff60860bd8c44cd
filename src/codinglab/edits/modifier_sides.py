"""Modifiers for both sides of the body, and for several procedures of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.fee_facts import known_facts, not_known
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    day_of,
    on_line,
    with_modifier,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import TWO_MODIFIERS, carries
from codinglab.encounter.coded import CodedEncounter

_BILATERAL = frozenset({"1", "3"})
_ONCE = {
    "0": "Keep one line; XS or 59 if these are two places that are no pair",
    "2": "Write one line of one unit without a side",
}
_APART = frozenset({"59", "XE", "XS", "XP", "XU", "76", "77", "79"})
_SURGERY_CENTER = "24"  # bills on the practitioner's form, by rules of its own
_WHY_NOT_BILATERAL = {
    "0": "the 150 percent does not apply, by anatomy or because the code says otherwise",
    "2": "the code is for both sides already",
    "9": "sides have no meaning for it",
}


@edit(
    "modifier.50",
    "modifier",
    source="Medicare fee schedule, bilateral indicator; Claims Processing Manual ch. 12 s. 40.7",
    modifiers=("50",),
)
def both_sides(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 50 is for services whose bilateral indicator is 1 or 3.

    Indicator 1 is paid 150 percent for both sides, 3 is paid in full for each. With 0, 2 or 9 the
    modifier is wrong, and the line is paid once or not at all.
    """
    for line in with_modifier(encounter, "50"):
        found = known_facts(line, day)
        if found is None or found.bilateral is None:
            yield not_known("modifier.50", line, "bilateral indicator")
        elif found.bilateral not in _BILATERAL:
            why = _WHY_NOT_BILATERAL.get(found.bilateral, "the fee schedule gives no such price")
            message = f"{line.code} has bilateral indicator {found.bilateral}: {why}."
            remedy = f"Take 50 off; look at digits, units or LT and RT [{found.source}]."
            yield on_line("modifier.50", line, message, remedy)


@edit(
    "modifier.50-with-side",
    "modifier",
    source="Medicare Claims Processing Manual ch. 12 s. 40.7",
    on=(TWO_MODIFIERS,),
)
def side_beside_both(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Modifier 50 does not stand with LT or RT on a line, nor LT with RT.

    50 says both sides, LT and RT one side each. A line that says both at once is sent back.
    """
    for line in encounter.lines:
        sides = {"LT", "RT"}.intersection(line.modifiers)
        if sides and "50" in line.modifiers:
            message = f"Modifier 50 stands with {' and '.join(sorted(sides))} on one line."
            yield on_line("modifier.50-with-side", line, message, "Keep 50, or the side.")
        elif len(sides) == len(("LT", "RT")):
            message = "LT and RT stand on one line."
            remedy = "Write 50 where the payer takes it, or one line for each side."
            yield on_line("modifier.50-with-side", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.50-two-lines",
    "modifier",
    source="Medicare Claims Processing Manual ch. 12 s. 40.7",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=carries("LT"),
)
def one_line_for_both(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Medicare wants a procedure on both sides as one line with modifier 50 and one unit.

    Two lines with LT and RT are read as two procedures. That holds for bilateral indicator 1;
    other payers, and surgery centers, want two lines.
    """
    rights = {(one.code, day_of(one, day)) for one in with_modifier(encounter, "RT")}
    for line in with_modifier(encounter, "LT"):
        paired = (
            line.code,
            day_of(line, day),
        ) in rights and line.place_of_service != _SURGERY_CENTER
        found = known_facts(line, day) if paired else None
        if found and found.bilateral == "1":
            message = f"{line.code} stands on two lines, one for each side."
            remedy = f"Write one line {line.code}-50 x1."
            yield on_line("modifier.50-two-lines", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.sides-once",
    "modifier",
    source="Medicare fee schedule, bilateral indicators 0 and 2; Claims Processing Manual ch. 23",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=carries("LT"),
)
def both_sides_paid_once(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """With bilateral indicator 0 or 2, lines with LT and RT are paid once for both.

    Indicator 2 has both sides in its value. With 0 the code is paid once a day, by anatomy or
    because another code says both; what was done at two places that are no pair is told by XS or
    59, with a record that shows them.
    """
    for line in with_modifier(encounter, "LT"):
        for other in with_modifier(encounter, "RT"):
            apart = _APART.intersection((*line.modifiers, *other.modifiers))
            same = other.code == line.code and day_of(other, day) == day_of(line, day)
            found = known_facts(line, day) if same and not apart else None
            if found and found.bilateral in _ONCE:
                message = (
                    f"{line.code} has bilateral indicator {found.bilateral}; its lines with LT "
                    "and RT are paid once."
                )
                remedy = f"{_ONCE[found.bilateral]} [{found.source}]."
                yield on_line("modifier.sides-once", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.51",
    "modifier",
    source="Medicare contractors' guidance: the claims system adds 51 itself",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    modifiers=("51",),
)
def several_procedures(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Medicare does not want modifier 51; its system ranks several procedures itself.

    It pays 100 percent of the dearest and 50 percent of the next ones, whatever the claim says.
    Other payers may want 51 on the second and later lines.
    """
    for line in with_modifier(encounter, "51"):
        message = f"{line.code} has modifier 51 on a Medicare claim."
        remedy = "Leave it off; keep it for payers that ask for it."
        yield on_line("modifier.51", line, message, remedy, Severity.WARNING)


EDITS = (
    both_sides,
    side_beside_both,
    one_line_for_both,
    both_sides_paid_once,
    several_procedures,
)
