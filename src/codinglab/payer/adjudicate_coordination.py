"""Coordination of benefits: whether another payer is first, and what is left to pay after it.

`other_payers` stands before pricing and denies what another payer must decide before.
`coordination` stands after the patient's share, when the line is decided as if this payer were
first, and replaces that by what is left to pay. What earlier payers paid and wrote off becomes
OA 23, what the patient still owes PR, what nobody pays CO 45: charge = paid + adjustments.

Source: 42 CFR 411.32, 411.33; NAIC Model 120; 42 CFR 433.139; 005010X221A1 section 1.10.2.13.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from codinglab.claim.balance import unbalanced
from codinglab.claim.model import Claim
from codinglab.claim.scrub_facts import last_day
from codinglab.core.findings import errors
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.contract_file import contracts
from codinglab.payer.contract_parts import Denial
from codinglab.payer.coordination_method import MEDICARE, STEP, decide
from codinglab.payer.coordination_outpatient import outpatient
from codinglab.payer.coordination_prior import SHARES, Earlier, of_claim, of_line
from codinglab.payer.coordination_reasons import coordinated, denied_after
from codinglab.payer.coordination_tables import AnswerRow, answer_on
from codinglab.payer.decision import Reason
from codinglab.payer.msp_conditional import Asked, conditional
from codinglab.payer.quirks import SUPPLEMENT

_FIRST_FOR_INJURY = frozenset({"workers' compensation", "no-fault", "liability", "self-pay"})
_LIABILITY, _WORK = "LM", "WC"
OTHER_FIRST = "other_payer_first"
_ACCIDENT = frozenset({"WC", "AM", "LM"})
_NOT_COORDINATED = frozenset({"16", "18", "19", "20", "21", "22", "129", "136"})
"""CARCs of denials that say that the claim is not looked at here, or not yet."""


def other_payers(work: Work) -> Work:
    """Deny what another payer must decide before, and what does not say what one decided."""
    claim, day = work.claim, work.decided
    before = claim.coverages[: claim.to]
    if (
        claim.accident.employment
        and work.contract.kind not in _FIRST_FOR_INJURY
        and not any(one.filing == _WORK for one in before)
    ):
        why = (
            "The claim says that the care is for a work injury; the employer's insurer pays first."
        )
        return _answer(work, answer_on("work_injury", day), why)
    first = work.member.first_payer if work.member else None
    if not claim.to and first is not None and first.payer_id != work.contract.payer_id:
        situation = _first_for(first.payer_id, claim)
        if situation:
            why = f"By this payer's file {first.name} ({first.payer_id}) pays first."
            return _answer(work, answer_on(situation, day), why)
    if not claim.to:
        return work.says(STEP, "No other payer is known to come before.")
    return _told(work)


def _first_for(payer_id: str, claim: Claim) -> str:
    """Return how it is told that the payer of that number is first; blank where it is not.

    An accident's insurer is first for care of its accident alone, as the claim says it.
    """
    contract = contracts().get(payer_id)
    accident = claim.accident
    situations = {
        "workers' compensation": (accident.employment, "work_injury"),
        "no-fault": (accident.auto, "no_fault_injury"),
        "liability": (accident.auto or accident.other, "liability_injury"),
    }
    concerns, situation = situations.get(contract.kind if contract else "", (True, OTHER_FIRST))
    return situation if concerns else ""


def _told(work: Work) -> Work:
    """Deny a claim that does not say which plans came before, or what they decided."""
    claim, day = work.claim, work.decided
    told = {one.coverage for one in claim.prior}
    for at, policy in enumerate(claim.coverages[: claim.to]):
        if not (policy.payer.name and policy.member_id):
            why = f"Payer {at + 1} of the claim is not named, or has no member number."
            return _answer(work, answer_on("no_earlier_plan", day), why)
        if at not in told:
            work = _untold(work, at)
            if not work.is_open:
                return work
    wrong = errors(unbalanced(claim))
    if wrong:
        return _answer(work, answer_on("earlier_does_not_add_up", day), wrong[0].message)
    names = ", ".join(one.payer.name for one in claim.coverages[: claim.to])
    return work.says(STEP, f"Decided before by {names}.")


def _untold(work: Work, at: int) -> Work:
    """Deny a claim without an earlier decision; Medicare may pay conditionally instead."""
    claim, policy = work.claim, work.claim.coverages[at]
    ended = last_day(claim)
    if work.contract.kind == "Medicare" and policy.filing == _LIABILITY and ended is not None:
        found = conditional(Asked("liability", ended), work.received)
        if found.may_pay:
            what = f"Paid on condition of being repaid: {found.why}."
            return work.says(STEP, what, None, found.source)
    why = f"The claim does not say what {policy.payer.name} decided."
    return _answer(work, answer_on("no_earlier_decision", work.decided), why)


def _answer(work: Work, row: AnswerRow, why: str) -> Work:
    told = Denial(row.group, row.carc, (row.rarc,) if row.rarc else ())
    return work.deny_all(STEP, told, why, row.source)


def coordination(work: Work) -> Work:
    """Pay what is left after earlier payers, line by line, or of a stay as a whole."""
    if not work.claim.to or not work.claim.prior:
        return work
    return _whole(work) if work.whole else _by_line(work)


def _by_line(work: Work) -> Work:
    together = work.contract.kind in MEDICARE and work.claim.kind == "institutional"
    for line in work.lines:
        earlier = of_line(work.claim, line.line, work.decided)
        number = line.line
        if number in work.denied:
            work = work.with_line(replace(line, reasons=_denied(work, line.reasons, earlier)))
            continue
        fault = _fault(work, earlier)
        if fault is not None:
            told = Denial(fault.group, fault.carc, fault.remarks)
            work = work.deny(number, STEP, told, fault.why, fault.source)
            reasons = _denied(work, work.lines[number - 1].reasons, earlier)
            work = work.with_line(replace(work.lines[number - 1], reasons=reasons))
            continue
        if not together:
            reasons, work = _decided(work, line.reasons, line.allowed, earlier, number)
            work = work.with_line(replace(line, reasons=reasons))
    return outpatient(work) if together else work


def _whole(work: Work) -> Work:
    earlier = of_claim(work.claim, work.decided)
    if not work.is_open:
        return replace(work, reasons=_denied(work, work.reasons, earlier))
    fault = _fault(work, earlier)
    if fault is not None:
        told = Denial(fault.group, fault.carc, fault.remarks)
        work = work.deny_all(STEP, told, fault.why, fault.source)
        return replace(work, reasons=_denied(work, work.reasons, earlier))
    inner = tuple(one for line in work.lines for one in line.reasons)
    charge = earlier.charge - _sum(one.amount for one in inner)
    reasons, work = _decided(work, work.reasons, work.stay, replace(earlier, charge=charge), None)
    return replace(work, reasons=reasons)


def _decided(
    work: Work,
    own: tuple[Reason, ...],
    allowed: Decimal | None,
    earlier: Earlier,
    number: int | None,
) -> tuple[tuple[Reason, ...], Work]:
    if allowed is None:
        return own, work
    found = decide(work, own, allowed, earlier)
    for step in (*found.pays.steps, *found.owes.steps):
        work = work.says(STEP, f"{step.what}: {step.how} = {step.amount:.2f}", number, step.source)
    return coordinated(own, earlier, found, work.decided), work


def _denied(work: Work, own: tuple[Reason, ...], earlier: Earlier) -> tuple[Reason, ...]:
    if any(one.carc in _NOT_COORDINATED for one in own):
        return own
    return denied_after(own, earlier, work.decided)


def _fault(work: Work, earlier: Earlier) -> Reason | None:
    """Return why nothing is paid after a denial of the payer before, None where that is no bar.

    The provider lost the first payment by its own fault, or this policy pays only shares of what
    Medicare covers.
    """
    if earlier.paid:
        return None
    if earlier.fault and _others_rules_bind(work):
        row = answer_on("earlier_rules_not_followed", work.decided)
        why = f"The payer before denied (CARC {earlier.fault}): its own rules were not followed."
    elif work.terms.quirk(SUPPLEMENT) and not any(earlier.share(one) for one in SHARES):
        row = answer_on("earlier_denied", work.decided)
        why = "Medicare did not cover it, and a supplement pays shares of what Medicare covers."
    else:
        return None
    return Reason(row.group, row.carc, earlier.charge, STEP, why, row.source)


def _others_rules_bind(work: Work) -> bool:
    """Say whether the first payer is a health plan: an accident insurer's denial frees Medicare."""
    return work.claim.coverages[0].filing not in _ACCIDENT


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
