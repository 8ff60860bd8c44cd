"""Modifiers that lower a price by law, or say that nothing is paid.

Source: the law that each row names. A reduction for old equipment is of the technical part alone,
after the hospital cap on imaging (CMS MLN MM10188); film and cassette on one line are both taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.physician_rows import Rate, ValueRow
from codinglab.pricing.physician_schedule import ModifierRow, Schedule
from codinglab.pricing.price import Step

_PARTS = "1"  # PC/TC indicator of a test that has a professional and a technical part
_TECHNICAL_ALONE, _PROFESSIONAL_ALONE = "3", "2"
_UNREDUCED = frozenset({"0", "9"})


class NotApart(LookupError):
    """The technical part of a whole test is ranked by itself, so that it must be billed apart."""


def carried(line: ServiceLine, schedule: Schedule, part: str) -> Iterator[ModifierRow]:
    """Yield what the schedule says of the modifiers of `line` that act on that `part`."""
    for one in line.modifiers:
        row = schedule.modifiers.get(one)
        if row is not None and row.part == part:
            yield row


def is_technical(row: ValueRow) -> bool:
    """Say whether the row is the technical part of a test and nothing else."""
    return row.modifier == "TC" or row.pctc == _TECHNICAL_ALONE


def lowered(line: ServiceLine, row: ValueRow, rate: Rate, schedule: Schedule) -> tuple[Step, ...]:
    """Return the steps by which modifiers lower the technical part of a test billed whole.

    A line of the technical part alone is lowered at the end, and one of the professional part
    never is. Raises NotApart where tests of the day are ranked by their parts, and NotInTable
    where the parts have no values.
    """
    cuts = tuple(carried(line, schedule, "technical"))
    if not cuts or is_technical(row) or row.modifier == "26" or row.pctc == _PROFESSIONAL_ALONE:
        return ()
    if row.pctc != _PARTS or row.multiple not in _UNREDUCED:
        raise NotApart(
            f"{row.code}-{cuts[0].code}: the reduction is of the technical part, which is not "
            "known apart here; bill the two parts on lines of their own, 26 and TC"
        )
    technical = schedule.steps(schedule.row(row.code, "TC"), rate)[-1].amount
    rest = schedule.steps(row, rate)[-1].amount - technical
    steps = []
    for one in cuts:
        how = f"{rest:,.4f} + technical part {technical:,.4f} x {one.value}"
        technical *= one.value
        steps.append(Step(f"{one.code}, {one.label}", how, rest + technical, one.source))
    return tuple(steps)


def nothing_paid(line: ServiceLine, schedule: Schedule) -> str | None:
    """Return why a modifier of `line` says that nothing is paid, or None."""
    for one in carried(line, schedule, "none"):
        return f"{line.code}-{one.code}: nothing is paid, {one.label} ({one.source})"
    return None


def final_shares(line: ServiceLine, row: ValueRow, schedule: Schedule) -> Iterator[ModifierRow]:
    """Yield the reductions that are taken from the whole of what the line pays."""
    yield from carried(line, schedule, "whole")
    if is_technical(row):
        yield from carried(line, schedule, "technical")
