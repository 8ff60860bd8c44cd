"""Which denials are still open after a row of remittances, and rejections as work of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from codinglab.accounts.denial import PREDETERMINED, REVERSAL, Denial, denials_of
from codinglab.accounts.denial_cause import cause_of, cause_of_rejection
from codinglab.claim.model import Claim
from codinglab.claim.scrub_facts import first_day, last_day
from codinglab.claim.x277ca_text import GUIDE, Told, of_tree
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.core.tables import BadData
from codinglab.remit.model import RemitClaim, RemitLine, Remittance
from codinglab.x12.reading import Source
from codinglab.x12.tree import trees
from codinglab.x12.values import day_of

_DUPLICATE = "duplicate"
_REPLACES = ("7", "8")  # frequencies of a claim that takes the place of an earlier one


def open_denials(
    remittances: Iterable[Remittance], capitated: Collection[str] = ()
) -> tuple[Denial, ...]:
    """Return what is still denied after all `remittances`, which come in any order.

    A reversal closes the denials of the decision that it takes back, a replacement those of its
    account, and a later decision on the same service those of one such line; except that a
    duplicate of it was denied, which decides nothing: the first denial stands, and so does the
    last day to appeal it (a second duplicate stands for the first). A denial of a claim as a whole
    is closed by later decisions that come to its charge. They come by account, in the order in
    which accounts came first.
    `capitated` are payers that pay by the month.
    """
    found: dict[str, list[Denial]] = {}
    for each in sorted(remittances, key=lambda one: (one.made, one.trace)):
        for claim in each.claims:
            if claim.account in found:
                closed = _closed(found[claim.account], claim, each)
                found[claim.account] = [one for one in found[claim.account] if one not in closed]
        for one in denials_of(each, capitated):
            found.setdefault(one.account, []).append(one)
    return tuple(one for same in found.values() for one in same)


def _closed(opened: Sequence[Denial], claim: RemitClaim, by: Remittance) -> list[Denial]:
    """Return which of the denials of an account a later claim of it closes."""
    mine = [one for one in opened if one.payer_id == by.payer.payer_id]
    if claim.status == PREDETERMINED:
        return []
    if claim.status == REVERSAL:
        return [one for one in mine if claim.number in {"", one.number}]
    if claim.frequency in _REPLACES:
        return mine
    if not claim.lines:
        return [one for one in mine if one.line is None and claim.charge >= one.charge]
    decided = [one for one in claim.lines if not _is_duplicate(one, claim, by.made)]
    whole = sum((one.charge for one in decided), Decimal(0))
    closed = [one for one in mine if one.line is None and decided and whole >= one.charge]
    left = [one for one in mine if one.line is not None]
    for line in claim.lines:
        same = _same_line(line, claim, left)
        if line not in decided:
            same = [one for one in same if one.cause.code == _DUPLICATE]
        closed += same
        left = [one for one in left if one not in same]
    return closed


def _same_line(line: RemitLine, claim: RemitClaim, left: Sequence[Denial]) -> list[Denial]:
    """Return the denials of the one earlier line that `line` is: each decision answers one.

    Of several with its code and day it is that with its control number, else with its modifiers.
    Denied duplicates of it go with it.
    """
    day, code = line.day or claim.first, line.code or line.revenue_code
    same = [one for one in left if one.code == code and one.first == day]
    again = [one for one in same if one.cause.code == _DUPLICATE]
    firsts = [one for one in same if one not in again]
    if not firsts:
        return again
    best = max(firsts, key=lambda one: (_likeness(one, line), -(one.line or 0)))
    return again + [one for one in firsts if (one.number, one.line) == (best.number, best.line)]


def _likeness(one: Denial, line: RemitLine) -> tuple[bool, bool]:
    is_same = bool(line.control_number) and one.control == line.control_number
    return is_same, one.modifiers == line.modifiers


def _is_duplicate(line: RemitLine, claim: RemitClaim, day: date) -> bool:
    for each in line.adjustments:
        try:
            found = cause_of(each.carc, (*line.remarks, *claim.remarks), day)
        except (NotInTable, NotACode):
            continue
        if found.code == _DUPLICATE:
            return True
    return False


def dated(source: Source) -> Iterator[tuple[date, Told]]:
    """Yield what each 277CA of `source` says of each claim, with the day of the answer (BHT04).

    Raises NotX12, NoGuide, and BadData for a 277CA that does not say its day.
    """
    for tree in trees(source):
        if tree.guide != GUIDE:
            continue
        head = tree.root.first("BHT")
        day = day_of(head.get(4)) if head else None
        if day is None:
            raise BadData(
                f"{source!s}: a 277CA without its day (BHT04): ask the sender for it again"
            )
        for one in of_tree(tree):
            yield day, one


def rejections(
    told: Iterable[Told], claims: Mapping[str, Claim], day: date
) -> tuple[tuple[Denial, ...], tuple[Told, ...]]:
    """Return the claims that a 277CA of `day` refuses as work, and those refused but not known.

    `claims` are those that were sent, by account number. A rejection is no denial: the payer never
    took the claim, nothing can be appealed, and the filing clock runs on. Raises NotInForce.
    """
    refused = [one for one in told if one.stage(day) == "rejected"]
    work = tuple(
        _rejection(one, claims[one.account], day) for one in refused if _known(one, claims)
    )
    return work, tuple(one for one in refused if not _known(one, claims))


def open_rejections(
    told: Iterable[tuple[date, Told]],
    claims: Mapping[str, Claim],
    remittances: Iterable[Remittance],
) -> tuple[tuple[Denial, ...], tuple[Told, ...]]:
    """Return what `rejections` does, of 277CAs with their days, as far as it is still open.

    Of one account the last answer counts, and a remittance made after it shows that the claim was
    taken since. Raises NotInForce.
    """
    last: dict[str, tuple[date, Told]] = {}
    for day, one in sorted(told, key=lambda each: each[0]):
        last[one.account] = day, one
    paid: dict[str, date] = {}
    for each in remittances:
        for claim in each.claims:
            paid[claim.account] = max(each.made, paid.get(claim.account, each.made))
    work: list[Denial] = []
    unknown: list[Told] = []
    for account, (day, one) in last.items():
        if account not in paid or paid[account] <= day:
            found, strange = rejections([one], claims, day)
            work += found
            unknown += strange
    return tuple(work), tuple(unknown)


def _known(one: Told, claims: Mapping[str, Claim]) -> bool:
    return one.account in claims


def _rejection(told: Told, claim: Claim, day: date) -> Denial:
    statuses = (*told.statuses, *(each for _, line in told.lines for each in line))
    payer = claim.coverage.payer
    return Denial(
        account=claim.account,
        payer_id=payer.payer_id,
        payer=payer.name,
        filing=claim.coverage.filing,
        patient=claim.patient.name,
        number="",
        notice=day,
        cause=cause_of_rejection([one.entity for one in statuses], day),
        charge=claim.total,
        amount=claim.total,
        paid=Decimal(0),
        first=first_day(claim),
        last=last_day(claim),
        member_id=claim.coverage.member_id,
        source="277CA",
        statuses=tuple(map(str, statuses)),
    )
