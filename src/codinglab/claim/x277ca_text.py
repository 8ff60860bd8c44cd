"""A 277CA in plain words: what became of each claim, and what a biller does next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.claim.scrub_rule import StatusAnswer
from codinglab.codes.billing import STATUS_CATEGORIES, STATUS_CODES
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.x12.loops import Loop, TransactionTree, WireSegment
from codinglab.x12.reading import Source
from codinglab.x12.tree import trees
from codinglab.x12.values import day_of

NOT_DENIED = (
    "Rejected is not denied. The payer never took the claim: there will be no remittance, and "
    "there is nothing to appeal. Mend it and send it again as the same claim, with its frequency "
    "as it was. The filing clock has run from the day of service all along."
)
GUIDE = "005010X214"
_AT = (1, 10, 11)
_ENTITIES = {
    "40": "receiver",
    "41": "submitter",
    "71": "attending provider",
    "72": "operating provider",
    "73": "other physician",
    "77": "service facility",
    "82": "rendering provider",
    "85": "billing provider",
    "87": "pay-to provider",
    "AY": "clearinghouse",
    "DK": "ordering provider",
    "DN": "referring provider",
    "DQ": "supervising provider",
    "IL": "insured",
    "PR": "payer",
    "QB": "purchased service provider",
    "QC": "patient",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a 277CA says of one claim.

    `account` is the practice's number, `payer_number` the payer's (blank where it has none).
    `statuses` are those of the claim, `lines` those of single lines by their number. `charge` is
    None where it is no amount.
    """

    account: str
    patient: str
    charge: Decimal | None
    service_day: date | None
    statuses: tuple[StatusAnswer, ...]
    lines: tuple[tuple[str, tuple[StatusAnswer, ...]], ...] = ()
    payer_number: str = ""

    def stage(self, day: date) -> str:
        """Return the stage that the first status tells ("accepted", "rejected"); blank if unknown.

        Raises NotInForce where the lab has no categories for `day`.
        """
        if not self.statuses:
            return ""
        try:
            return STATUS_CATEGORIES.find(self.statuses[0].category, day).stage
        except (NotInTable, NotACode):
            return ""


def read(source: Source, name: str = "") -> Iterator[Told]:
    """Yield what each 277CA of `source` says of each claim; other transactions are passed by.

    Raises NotX12 when the source is not X12, and NoGuide for a guide without tables.
    """
    for tree in trees(source, name):
        if tree.guide == GUIDE:
            yield from of_tree(tree)


def of_tree(tree: TransactionTree) -> Iterator[Told]:
    """Yield what one 277CA says of each claim."""
    for patient in tree.loops_of("2000D"):
        who = patient.loop("2100D")
        name = who.first("NM1") if who else None
        said = f"{name.get(3)}, {name.get(4)}".rstrip(", ") if name else ""
        for loop in patient.loops_of("2200D"):
            yield _told(loop, said)


def _told(loop: Loop, patient: str) -> Told:
    trace, number, when = loop.first("TRN"), loop.first("REF", "1K"), loop.first("DTP", "472")
    charges = [one.get(4) for one in loop.all("STC") if one.get(4)]
    lines = ((_line_number(one), tuple(_statuses(one))) for one in loop.loops_of("2220D"))
    return Told(
        account=trace.get(2) if trace else "",
        patient=patient,
        charge=_decimal(charges[0]) if charges else None,
        service_day=day_of(when.get(3).partition("-")[0]) if when else None,
        statuses=tuple(_statuses(loop)),
        lines=tuple(lines),
        payer_number=number.get(2) if number else "",
    )


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _line_number(loop: Loop) -> str:
    found: WireSegment | None = loop.first("REF", "FJ")
    return found.get(2) if found else "?"


def _statuses(loop: Loop) -> Iterator[StatusAnswer]:
    for one in loop.all("STC"):
        for at in _AT:
            if one.get(at):
                yield StatusAnswer(one.part(at, 1), one.part(at, 2), one.part(at, 3))


def says(one: StatusAnswer, day: date) -> str:
    """Return a status in plain words: "A7 562 85: rejected: information invalid; NPI of a party".

    Raises NotInForce where the lab has no status tables for `day`.
    """
    parts = []
    for table, code in ((STATUS_CATEGORIES, one.category), (STATUS_CODES, one.code)):
        try:
            parts.append(table.find(code, day).label)
        except (NotInTable, NotACode):
            parts.append(f"{code}, which is not in this lab's table")
    if one.entity:
        parts.append(_ENTITIES.get(one.entity, f"entity {one.entity}"))
    return f"{one}: {'; '.join(parts)}"


def as_text(told: list[Told], day: date, last_days: dict[str, date] | None = None) -> str:
    """Return the answers in plain words, with the last day to file where `last_days` has it.

    `day` is that of the answer; `last_days` are by account number.
    """
    lines: list[str] = []
    refused = False
    for one in told:
        stage = one.stage(day)
        refused = refused or stage == "rejected"
        lines += _of_claim(one, stage, day, (last_days or {}).get(one.account))
    count = sum(one.stage(day) == "rejected" for one in told)
    lines.append(f"{len(told) - count} of {len(told)} claims were let in.")
    return "\n".join([*lines, NOT_DENIED] if refused else lines)


def _of_claim(one: Told, stage: str, day: date, last: date | None) -> Iterator[str]:
    charge = f", {one.charge:.2f} dollars" if one.charge is not None else ""
    yield f"Claim {one.account}, {one.patient}{charge}: {stage or 'not known'}"
    yield from (f"  {says(each, day)}" for each in one.statuses)
    for number, statuses in one.lines:
        yield from (f"  line {number}: {says(each, day)}" for each in statuses)
    if one.payer_number:
        yield f"  The payer's number: {one.payer_number}"
    if stage == "rejected" and last:
        left = (last - day).days
        yield f"  Last day to file: {last}, " + (
            f"{left} days from now." if left >= 0 else f"{-left} days ago."
        )
