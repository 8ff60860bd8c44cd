"""What Medicare's own code editor (MCE) finds in a stay, beside the rules of this lab."""

from __future__ import annotations

from collections.abc import Iterable

from codinglab.claim.model import Claim
from codinglab.claim.scrub_encounter import encounter_of, setting_of
from codinglab.claim.scrub_facts import is_medicare, last_day
from codinglab.core.findings import Finding, Severity


def editor_findings(claim: Claim, said: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what the code editor finds in a Medicare stay where no error is `said` already.

    Nothing for other claims, nor for a stay that lacks a fact without which it cannot be grouped,
    which rules on claims tell. Raises NotInForce where the lab has no editor for the day.
    """
    from codinglab.grouping.mce import mce
    from codinglab.grouping.stay import MissingFact, stay_of

    day = last_day(claim)
    if day is None or setting_of(claim) != "inpatient" or not is_medicare(claim, day):
        return ()
    try:
        stay = stay_of(encounter_of(claim), day, reports_poa=True)
    except MissingFact:
        return ()
    taken = {one.place for one in said if one.severity is Severity.ERROR}
    return tuple(one for one in mce(stay) if one.place not in taken)
