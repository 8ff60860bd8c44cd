"""What came before: duplicates, and claims that replace or void an earlier one.

Source: Medicare Claims Processing Manual ch. 1 s. 120 (exact duplicates: patient, provider, days,
code, modifiers, place and charge); 837 2300 CLM05-3 and REF F8 (frequency 7 and 8).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from codinglab.claim.model import Claim, Line
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

_Key = tuple[object, ...]


def duplicate(work: Work) -> Work:
    """Find the claim that this one corrects, and deny lines that were decided before.

    A line that was denied for want of information, or as not this payer's, comes back as a new one.
    """
    if work.claim.frequency in {REPLACES, VOIDS}:
        work = _corrects(work)
        if work.claim.frequency == VOIDS or not work.is_open:
            return work
    seen = _seen(work)
    for service, _ in tuple(work.open_lines()):
        key = _key(work.claim, work.claim.lines[service.line - 1])
        if key in seen:
            why = f"An exact duplicate of {seen[key]}."
            work = work.deny(service.line, STEP, work.denial("duplicate"), why)
        else:
            seen[key] = f"line {service.line}"
    return work.says(STEP, "Compared with every earlier decision on this person.")


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
    """Return the lines that were decided before, by what makes a duplicate."""
    if work.member is None:
        return {}
    return {
        _key(filed.decision.claim, filed.decision.claim.lines[line.line - 1]): (
            f"line {line.line} of {filed.decision.number}"
        )
        for filed in work.state.standing(work.member.member_id, work.person)
        for line in filed.decision.lines
        if _was_taken(filed, line)
    }


def _was_taken(filed: Filed, line: LineDecision) -> bool:
    """Say whether the line was decided for good, so that it is not sent again as new."""
    decided = filed.decision.decided
    reasons = (*line.reasons, *filed.decision.reasons)
    return not any(
        one.amount == line.charge and _class(one.carc, decided) in _NEVER_TAKEN for one in reasons
    )


@lru_cache(maxsize=4096)
def _class(carc: str, day: date) -> str:
    """Return the class of a CARC, blank where the lab has none on that day."""
    try:
        return CARC.find(carc, day).denial_class
    except (NotACode, NotInTable, NotInForce):
        return ""


def _key(claim: Claim, line: Line) -> _Key:
    return (
        claim.billing.npi,
        line.code,
        line.revenue_code,
        line.first,
        line.last or line.first,
        line.modifiers,
        line.place_of_service or claim.place_of_service,
        line.units,
        line.charge,
    )
