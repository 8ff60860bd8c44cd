"""Modifiers that bill a part of a service, or both sides of the body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.procedure_facts import Facts, facts
from codinglab.codes.procedures import NotAProcedureCode
from codinglab.codes.release import NotInTable
from codinglab.codes.service_lists import conflicts, members
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import PHYSICIAN_CLAIM, day_of, global_days, on_line, with_modifier
from codinglab.edits.rule import edit
from codinglab.encounter.circumstances import StatementKind
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_SPLIT = {"26": frozenset({"1", "6"}), "TC": frozenset({"1"})}
_BILATERAL = frozenset({"1", "3"})
_HAS_PACKAGE = frozenset({"010", "090"})
_WHY_NOT_BILATERAL = {
    "0": "the 150 percent does not apply, by anatomy or because the code says otherwise",
    "2": "the code is for both sides already",
    "9": "sides have no meaning for it",
}


def known_facts(line: ServiceLine, day: date) -> Facts | None:
    """Return what the fee schedule says of the line's code, None where this lab does not know."""
    try:
        return facts(line.code, day_of(line, day))
    except (NotInTable, NotInForce, NotAProcedureCode):
        return None


def not_known(rule: str, line: ServiceLine, what: str) -> Finding:
    """Return the note that `what` is not known here of the line's code."""
    message = f"The {what} of {line.code} is not known here, so this was not judged."
    remedy = "Look it up in the fee schedule, or import it."
    return on_line(rule, line, message, remedy, Severity.NOTE)


@edit("modifier.conflict", "modifier", source="the source named with each pair of modifiers")
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
)
def two_components(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifiers 26 and TC split only a service that has two components.

    The fee schedule's PC/TC indicator 1 says that it has, and 6 takes 26 for reading a laboratory
    test. Others are the physician's alone (0), or have a code of their own for each part (2, 3, 4).
    """
    for line in with_modifier(encounter, *_SPLIT):
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


@edit(
    "modifier.50",
    "modifier",
    source="Medicare fee schedule, bilateral indicator; Claims Processing Manual ch. 12 s. 40.7",
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
    "modifier.50-with-side", "modifier", source="Medicare Claims Processing Manual ch. 12 s. 40.7"
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
)
def one_line_for_both(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Medicare wants a procedure on both sides as one line with modifier 50 and one unit.

    Two lines with LT and RT are read as two procedures. That holds for bilateral indicator 1;
    other payers, and surgery centers, want two lines.
    """
    rights = {(one.code, day_of(one, day)) for one in with_modifier(encounter, "RT")}
    for line in with_modifier(encounter, "LT"):
        found = known_facts(line, day) if (line.code, day_of(line, day)) in rights else None
        if found and found.bilateral == "1":
            message = f"{line.code} stands on two lines, one for each side."
            remedy = f"Write one line {line.code}-50 x1."
            yield on_line("modifier.50-two-lines", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.51",
    "modifier",
    source="Medicare contractors' guidance: the claims system adds 51 itself",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
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


_LESS: dict[str, StatementKind] = {"52": "reduced", "53": "discontinued"}


@edit(
    "modifier.52-53",
    "modifier",
    source="CPT modifiers 52 and 53; Medicare Claims Processing Manual ch. 12 s. 20.4.6",
    settings=PHYSICIAN_CLAIM,
    needs=("record",),
)
def less_was_done(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Modifier 52 says that less was done by choice, 53 that it was stopped for safety.

    The record must say which. Without the modifier the claim says that everything was done.
    """
    for line in encounter.lines:
        for modifier, kind in _LESS.items():
            said = encounter.circumstances.says(kind, line.code)
            if said and modifier not in line.modifiers:
                message = f"The record says that {line.code} was {kind}; {modifier} is missing."
                yield on_line("modifier.52-53", line, message, f"Add modifier {modifier}.")
            elif modifier in line.modifiers and not said:
                message = f"Nothing in the record says that {line.code} was {kind}."
                remedy = f"Take {modifier} off, or cite what was left out and why."
                yield on_line("modifier.52-53", line, message, remedy, Severity.WARNING)


@edit("modifier.73-74", "modifier", source="Medicare Claims Processing Manual ch. 4 s. 20.6.4")
def stopped_in_hospital(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """A stopped procedure is 53 on the practitioner's claim, 73 or 74 on the hospital's.

    For the hospital it matters whether anesthesia had begun: 73 before it, 74 after.
    """
    about = encounter.circumstances
    own = about.setting == "professional"
    wrong: tuple[str, ...] = ("73", "74") if own else ("53",)
    right = "53" if own else "73 before anesthesia, 74 after it began"
    for line in with_modifier(encounter, *wrong) if about.setting != "inpatient" else ():
        found = next(one for one in line.modifiers if one in wrong)
        message = f"Modifier {found} does not belong on this {about.setting} claim."
        yield on_line("modifier.73-74", line, message, f"Use {right}.")


@edit(
    "modifier.54-55-56",
    "global package",
    source="Medicare Claims Processing Manual ch. 12 ss. 40.2 and 40.4",
    settings=PHYSICIAN_CLAIM,
)
def parts_of_a_package(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifiers 54, 55 and 56 split only a package that has days: 10 or 90.

    A procedure with a global period of 0 days has no care after it to be handed over.
    """
    for line in encounter.lines:
        parts = members("part of the package modifier", day_of(line, day))
        if not parts.intersection(line.modifiers):
            continue
        days = global_days(line.code, day_of(line, day))
        if days is None:
            yield not_known("modifier.54-55-56", line, "global period")
        elif days not in _HAS_PACKAGE:
            message = f"{line.code} has the global period {days}; there is nothing to split."
            yield on_line("modifier.54-55-56", line, message, "Take the modifier off.")


@edit(
    "modifier.55",
    "global package",
    source="Medicare Claims Processing Manual ch. 12 s. 40.2.A.3",
    settings=PHYSICIAN_CLAIM,
    needs=("earlier",),
)
def care_after_surgery(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Care after surgery is billed with the surgery's own code and 55, when 54 was billed for it.

    If the surgeon billed the whole package, nothing is left to pay for the care after it.
    """
    for line in with_modifier(encounter, "55"):
        same = [o for o in encounter.circumstances.earlier or () if o.code == line.code]
        if not any("54" in one.modifiers for one in same):
            whole = "was billed whole" if same else "is not among the earlier services"
            message = f"{line.code} with 55 needs the surgery with 54; it {whole}."
            remedy = "Agree on the transfer of care with the surgeon first."
            yield on_line("modifier.55", line, message, remedy, Severity.WARNING)


EDITS = (
    *(together, two_components, both_sides, side_beside_both, one_line_for_both),
    *(several_procedures, less_was_done, stopped_in_hospital, parts_of_a_package),
    care_after_surgery,
)
