"""What the rules on code pairs and units share: lines of one day, and the pairs between them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from codinglab.codes.ncci_modifiers import Kind, opening_modifiers
from codinglab.codes.pair_table import Pair, PairSetting, PairTable, pair_table
from codinglab.core.findings import Severity
from codinglab.edits.line_facts import kind_of
from codinglab.edits.once import once
from codinglab.encounter.circumstances import Setting
from codinglab.encounter.coded import CodedEncounter, ServiceLine

MANUAL = "NCCI policy manual for Medicare, chapter I"
BILLED_BY_LINE: tuple[Setting, ...] = ("professional", "outpatient")
MEDICARE = "Medicare"
ELSEWHERE = "another claim of the day"


@dataclass(frozen=True, slots=True)
class PairOnLines:
    """An edit between two lines of a day: `paid` has its column 1 code, `denied` its column 2.

    `opening` are the modifiers that may open it on that day, each with what it tells. One of the
    two may stand on another claim of the day, by the same practitioner.
    """

    pair: Pair
    paid: ServiceLine
    denied: ServiceLine
    table: PairTable
    opening: Mapping[str, Kind]

    @property
    def place(self) -> str:
        """Return the line on which the edit is told: the denied one, if it is of this claim."""
        return self.paid.place if self.denied.place == ELSEWHERE else self.denied.place

    def modifiers(self, *kinds: str) -> tuple[str, ...]:
        """Return the NCCI-associated modifiers of `kinds` (all by default) on the two lines."""
        return tuple(
            one
            for line in (self.paid, self.denied)
            for one in line.modifiers
            if one in self.opening and (not kinds or self.opening[one] in kinds)
        )


def lines_by_day(encounter: CodedEncounter, day: date) -> dict[date, list[ServiceLine]]:
    """Return the service lines by the day on which they were done, `day` where they say none."""
    found: dict[date, list[ServiceLine]] = {}
    for line in encounter.lines:
        found.setdefault(line.day or day, []).append(line)
    return found


def kind_of_bill(encounter: CodedEncounter) -> PairSetting:
    """Return whose tables judge the encounter: practitioners' or outpatient hospitals'."""
    return "practitioner" if encounter.circumstances.setting == "professional" else "hospital"


@once
def pairs_on_lines(encounter: CodedEncounter, day: date) -> Iterator[tuple[date, PairOnLines]]:
    """Yield each edit between two lines of one day, and that day.

    A service that the same practitioner billed for the day on another claim counts as a line; of
    what others did the edits say nothing. Raises NotInForce where there is no table of pairs for
    a day with two codes.
    """
    for on, lines in lines_by_day(encounter, day).items():
        billed = [*lines, *_elsewhere(encounter, on)]
        if len({line.code for line in billed}) > 1:
            table = pair_table(on, kind_of_bill(encounter))
            for one in _pairs_between(billed, table):
                yield on, one


def _elsewhere(encounter: CodedEncounter, on: date) -> Iterator[ServiceLine]:
    """Yield as lines what the same practitioner billed for the day `on` on other claims."""
    for one in encounter.circumstances.earlier or ():
        if one.day == on and one.by == "same practitioner":
            yield ServiceLine(one.code, ELSEWHERE, one.modifiers)


def _pairs_between(lines: list[ServiceLine], table: PairTable) -> Iterator[PairOnLines]:
    opening = opening_modifiers(table.day)
    for one, other in itertools.combinations(lines, 2):
        if one.place == ELSEWHERE:  # the lines of this claim come first, so both are
            return
        if pair := table.find(one.code, other.code):
            paid, denied = (one, other) if one.code == pair.column1 else (other, one)
            yield PairOnLines(pair, paid, denied, table, opening)


def distinct_modifiers(line: ServiceLine, day: date) -> tuple[str, ...]:
    """Return those of 59, XE, XP, XS and XU that stand on `line`."""
    if not line.modifiers:
        return ()
    known = opening_modifiers(day)
    return tuple(one for one in line.modifiers if known.get(one) == "distinct")


def is_visit(code: str, day: date) -> bool:
    """Say whether `code` is a visit by this lab's table; a code outside it is not said to be."""
    return kind_of(code, day) == "visit"


def weight(encounter: CodedEncounter) -> Severity:
    """Return ERROR for Medicare, whose tables these are, and WARNING for who may follow them."""
    return Severity.ERROR if encounter.circumstances.payer == MEDICARE else Severity.WARNING
