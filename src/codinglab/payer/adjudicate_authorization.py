"""Whether it was authorized before, and the primary care practitioner referred.

Source: the contract's list of services, and the plan's benefits that ask for an authorization.
What a number on the claim stands for is told by `payer.authorization`.
"""

from __future__ import annotations

from codinglab.payer.adjudicate_work import Work
from codinglab.payer.contract_parts import Denial
from codinglab.payer.service import Service

STEP = "authorization"
_EMERGENCY_TYPE, _EMERGENCY_PRIORITY = "86", "1"
_VISIT = "98"
_BY_PLAN = "not-authorized"


def authorization(work: Work) -> Work:
    """Deny what had to be authorized before and was not, and visits without a referral."""
    for service, _ in tuple(work.open_lines()):
        work = _authorized(work, service)
        if work.whole and not work.is_open:
            return work
        if service.line not in work.denied:
            work = _referred(work, service)
    return work.says(STEP, "Compared with the list of what must be authorized.")


def _authorized(work: Work, service: Service) -> Work:
    found = wanted(work, service)
    line = work.claim.lines[service.line - 1]
    if found is None or line.authorization or work.claim.authorization:
        return work
    told, why, source = found
    if work.whole:
        return work.deny_all(STEP, told, why, source)
    return work.deny(service.line, STEP, told, why, source)


def wanted(work: Work, service: Service) -> tuple[Denial, str, str] | None:
    """Return why the service needs an authorization, None where it needs none."""
    for rule in work.terms.authorizations:
        if rule.on.takes(service) and not (rule.waived_in_emergency and _emergency(work, service)):
            return rule.denial, f"{rule.name}: {rule.why}", rule.source
    if _emergency(work, service):
        return None  # 45 CFR 147.138(b): no plan may ask before an emergency
    for one in work.benefits:
        if one.authorization and one.service == service.type:
            why = "The plan asks for an authorization before this kind of service."
            return work.denial(_BY_PLAN), why, "the plan"
    return None


def _emergency(work: Work, service: Service) -> bool:
    line, bill = work.claim.lines[service.line - 1], work.claim.bill
    by_bill = bill is not None and bill.priority == _EMERGENCY_PRIORITY
    return line.emergency or service.type == _EMERGENCY_TYPE or by_bill


def _referred(work: Work, service: Service) -> Work:
    """Deny a specialist's visit without a referral, where the contract wants one."""
    free = work.terms.referral_free
    if free is None or service.type != _VISIT or work.claim.referral:
        return work
    rendering = work.claim.provider("rendering") or work.claim.billing
    if rendering.taxonomy.startswith(free):
        return work
    who = rendering.taxonomy or "unknown taxonomy"
    why = f"A visit with a specialist ({who}) needs a referral of the primary care practitioner."
    return work.deny(service.line, STEP, work.denial("not-referred"), why)
