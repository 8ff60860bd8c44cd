"""What came before: duplicates, and claims that replace or void an earlier one.

Source: Medicare Claims Processing Manual ch. 1 s. 120 (duplicates: patient, provider, days, code,
modifiers, place); 837 2300 CLM05-3 and REF F8 (frequency 7 and 8).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from codinglab.claim.model import Claim, InstitutionalBill, Line
from codinglab.claim.scrub_facts import is_stay
from codinglab.codes.billing import CARC
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.decision import LineDecision
from codinglab.payer.state import Filed

STEP = "duplicate"
REPLACES, VOIDS = "7", "8"
_NEVER_TAKEN = frozenset({"data", "eligibility", "registration", "duplicate"})
"""Classes of denial after which the corrected claim is sent as a new one."""
_ANOTHER_FIRST = frozenset({"19", "20", "21", "22", "129"})
"""CARCs after which the claim comes back with the decision of the payer before."""

_Key = tuple[object, ...]


def duplicate(work: Work) -> Work:
    """Find the claim that this one corrects, and deny lines that were decided before.

    A line that was denied for want of information, or as not this payer's, comes back as a new one.
    """
    if work.claim.frequency in {REPLACES, VOIDS}:
        work = _corrects(work)
        if work.claim.frequency == VOIDS or not work.is_open:
            return work
    if work.whole:
        return _stay(work)
    seen, mine = _seen(work), dict[_Key, str]()
    for service, _ in tuple(work.open_lines()):
        line = work.claim.lines[service.line - 1]
        key = _key(work.claim, line)
        exact = (*key, line.units, line.charge)  # what makes it the same within one claim
        found = seen.get(key) or (mine.get(exact) if line.code else None)
        if found:
            why = f"A duplicate of {found}."
            work = work.deny(service.line, STEP, work.denial("duplicate"), why)
        else:
            mine[exact] = f"line {service.line}"
    return work.says(STEP, "Compared with every earlier decision on this person.")


def _stay(work: Work) -> Work:
    """Deny a stay whose days the hospital has billed before, however its lines read now."""
    bill = work.claim.bill
    for filed in work.state.standing(work.claim.coverage.member_id, work.person):
        other = filed.decision.claim.bill
        if bill is None or other is None or not is_stay(filed.decision.claim):
            continue
        if filed.decision.claim.billing.npi != work.claim.billing.npi or not _stay_taken(filed):
            continue
        if _overlap(bill, other):
            why = f"The stay was decided before, as {filed.decision.number}."
            return work.deny_all(STEP, work.denial("duplicate"), why)
    return work.says(STEP, "Compared with every earlier stay of this person.")


def _stay_taken(filed: Filed) -> bool:
    every = filed.decision.claim.total
    return not any(
        one.amount == every and _comes_back(one.carc, filed.decision.decided)
        for one in filed.decision.reasons
    )


def _overlap(one: InstitutionalBill, other: InstitutionalBill) -> bool:
    """Say whether two statements share a night; a day of discharge may be one of admission."""
    if one.statement_from == other.statement_from:
        return True
    return one.statement_from < other.statement_to and other.statement_from < one.statement_to


def _corrects(work: Work) -> Work:
    """Return the claim with the decision that it takes back, or denied where there is none."""
    number = work.claim.original_reference
    found = work.state.numbered(number)
    mine = found is not None and found.person == work.person
    if found is None or not mine or found.undone:
        known = "it was reversed already" if found and mine else "this payer has no such claim"
        why = f"It corrects claim {number or 'without a number'}: {known}."
        return work.deny_all(STEP, work.denial("no-original"), why)
    what = "voids" if work.claim.frequency == VOIDS else "replaces"
    work = work.changed(replaces=found, state=work.state.undone(found, work.decided))
    return work.says(STEP, f"It {what} claim {number}, whose decision is reversed.")


def _seen(work: Work) -> dict[_Key, str]:
    """Return the lines of the claim's days that were decided before, by what makes a duplicate."""
    if work.member is None:
        return {}
    days = {one.first for one in work.claim.lines}
    return {
        _key(filed.decision.claim, filed.decision.claim.lines[line.line - 1]): (
            f"line {line.line} of {filed.decision.number}"
        )
        for filed in work.state.standing(work.member.member_id, work.person)
        for line in filed.decision.lines
        if filed.decision.claim.lines[line.line - 1].first in days and _was_taken(filed, line)
    }


def _was_taken(filed: Filed, line: LineDecision) -> bool:
    """Say whether the line was decided for good, so that it is not sent again as new."""
    decided = filed.decision.decided
    reasons = (*line.reasons, *filed.decision.reasons)
    return not any(one.amount == line.charge and _comes_back(one.carc, decided) for one in reasons)


def _comes_back(carc: str, day: date) -> bool:
    """Say whether what was denied so is sent again as new, corrected or after another payer."""
    return carc in _ANOTHER_FIRST or _class(carc, day) in _NEVER_TAKEN


@lru_cache(maxsize=4096)
def _class(carc: str, day: date) -> str:
    """Return the class of a CARC, blank where the lab has none on that day."""
    try:
        return CARC.find(carc, day).denial_class
    except (NotACode, NotInTable, NotInForce):
        return ""


def _key(claim: Claim, line: Line) -> _Key:
    """Return what makes a line of another claim the same service; charge and units of a code not.

    A second claim at another charge or number of units is a correction that came as a new claim.
    """
    own = dict(line.providers).get("rendering") if line.providers else None
    rendering = own or claim.provider("rendering")
    return (
        claim.billing.npi,
        rendering.npi if rendering else "",
        line.code,
        line.revenue_code,
        line.first,
        line.last or line.first,
        tuple(sorted(line.modifiers)),
        line.place_of_service or claim.place_of_service,
        None if line.code else (line.units, line.charge),
    )
