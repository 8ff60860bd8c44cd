"""Whether the service is necessary for the diagnosis, and the patient was told before (ABN).

Source: Social Security Act 1862(a)(1) and 1879; Medicare Claims Processing Manual ch. 30 s. 50;
CMS-R-131. GA: a notice that the law asks for is on file, so that a denial is the patient's; it
denies nothing by itself. GZ: no such notice, denied and never the patient's. GY: no benefit by
statute. GX: the patient was told of that, though no notice was needed.
"""

from __future__ import annotations

from dataclasses import replace

from codinglab.payer.adjudicate_work import Work
from codinglab.payer.contract_parts import Policy
from codinglab.payer.service import Service

STEP = "necessity"
ON_FILE, NO_NOTICE, BY_STATUTE, VOLUNTARY = "GA", "GZ", "GY", "GX"
_MARKED = (
    (NO_NOTICE, "notice-none", "GZ says that a denial was expected and no notice given."),
    (BY_STATUTE, "notice-statute", "GY says that the statute excludes the service."),
    (VOLUNTARY, "notice-voluntary", "GX says that the service is no benefit and the patient knew."),
)


def necessity(work: Work) -> Work:
    """Deny what the payer's policies do not find necessary, and say whose the charge then is."""
    for service, _ in tuple(work.open_lines()):
        marked = _marked(work, service) if work.terms.notices else work
        work = marked if service.line in marked.denied else _policies(work, service)
    return work.says(STEP, f"Compared with {len(work.terms.policies)} coverage policies.")


def _marked(work: Work, service: Service) -> Work:
    """Deny a line that says itself that it is not covered."""
    for modifier, name, why in _MARKED:
        if modifier in service.modifiers:
            return work.deny(service.line, STEP, work.denial(name), why)
    return work


def _policies(work: Work, service: Service) -> Work:
    for policy in work.terms.policies:
        if policy.on.takes(service) and not _supported(policy, service):
            return _deny(work, policy, service)
    return work


def _supported(policy: Policy, service: Service) -> bool:
    return any(one.startswith(policy.diagnoses) for one in service.diagnoses)


def _deny(work: Work, policy: Policy, service: Service) -> Work:
    told, pointed = policy.denial, ", ".join(service.diagnoses) or "no diagnosis"
    why = f"{policy.name} does not find {service.code} necessary for {pointed}."
    if work.terms.notices and ON_FILE in service.modifiers:
        told = replace(told, group="PR")
        why = f"{why} A notice is on file (GA), so that the patient pays."
    if work.whole:
        return work.deny_all(STEP, told, why, policy.source)
    return work.deny(service.line, STEP, told, why, policy.source)
