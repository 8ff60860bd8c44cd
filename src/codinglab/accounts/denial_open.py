"""Which denials are still open after a row of remittances, and rejections as work of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from codinglab.accounts.denial import REVERSAL, Denial, denials_of
from codinglab.accounts.denial_cause import cause_of, cause_of_rejection
from codinglab.claim.model import Claim
from codinglab.claim.scrub_facts import first_day, last_day
from codinglab.claim.x277ca_text import Told
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.remit.model import RemitClaim, RemitLine, Remittance

_DUPLICATE = "duplicate"
_REPLACES = ("7", "8")  # frequencies of a claim that takes the place of an earlier one


def open_denials(
    remittances: Iterable[Remittance], capitated: Collection[str] = ()
) -> tuple[Denial, ...]:
    """Return what is still denied after all `remittances`, which come in any order.

    A reversal closes the denials of the decision that it takes back, a replacement those of its
    account, and a later decision on the same service those of that service; except that a
    duplicate of it was denied, which decides nothing: the first denial stands, and so does the
    last day to appeal it. They come by account, in the order in which accounts came first.
    `capitated` are payers that pay by the month.
    """
    found: dict[str, list[Denial]] = {}
    for each in sorted(remittances, key=lambda one: (one.made, one.trace)):
        for claim in each.claims:
            if claim.account in found:
                left = [one for one in found[claim.account] if not _closed(one, claim, each)]
                found[claim.account] = left
        for one in denials_of(each, capitated):
            found.setdefault(one.account, []).append(one)
    return tuple(one for same in found.values() for one in same)


def _closed(one: Denial, claim: RemitClaim, by: Remittance) -> bool:
    if one.account != claim.account or one.payer_id != by.payer.payer_id:
        return False
    if claim.status == REVERSAL:
        return claim.number in {"", one.number}
    if claim.frequency in _REPLACES:
        return True
    same = [line for line in claim.lines if (line.code or line.revenue_code) == one.code]
    return any(
        (line.day or claim.first) == one.first and not _is_duplicate(line, claim, by.made)
        for line in same
    )


def _is_duplicate(line: RemitLine, claim: RemitClaim, day: date) -> bool:
    for each in line.adjustments:
        try:
            found = cause_of(each.carc, (*line.remarks, *claim.remarks), day)
        except (NotInTable, NotACode):
            continue
        if found.code == _DUPLICATE:
            return True
    return False


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
