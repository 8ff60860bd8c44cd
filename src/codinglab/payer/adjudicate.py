"""A payer decides on a claim: a visible list of small steps, each of which says what it found.

The steps stand in the order in which payers ask: is it ours, is the patient insured, did it come
before, in time; is it a benefit, authorized, correctly coded, necessary; what is it worth; what
does the patient owe; what did others pay. The patient's share is worked out before coordination,
since what a second payer pays depends on what it would have paid as the first (42 CFR 411.33).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from codinglab.claim.model import Claim
from codinglab.claim.scrub_encounter import encounter_of
from codinglab.codes.release import folders_held
from codinglab.payer.adjudicate_authorization import authorization
from codinglab.payer.adjudicate_authorization_number import authorization_number
from codinglab.payer.adjudicate_coordination import coordination, other_payers
from codinglab.payer.adjudicate_coverage import coverage, timely_filing
from codinglab.payer.adjudicate_crossover import crossover
from codinglab.payer.adjudicate_duplicate import VOIDS, duplicate
from codinglab.payer.adjudicate_edits import edits
from codinglab.payer.adjudicate_finish import decision, interest, reversal, sequestration, withhold
from codinglab.payer.adjudicate_intake import eligibility, intake
from codinglab.payer.adjudicate_necessity import necessity
from codinglab.payer.adjudicate_pricing import pricing
from codinglab.payer.adjudicate_share import policy_limit, share
from codinglab.payer.adjudicate_work import Step, Work
from codinglab.payer.contract import Contract
from codinglab.payer.decision import Decision, Refusal
from codinglab.payer.members import Member
from codinglab.payer.price_claim import terms_day
from codinglab.payer.state import Filed, PayerState

DOOR: tuple[Step, ...] = (intake, eligibility, duplicate)
STEPS: tuple[Step, ...] = (
    timely_filing,
    other_payers,
    coverage,
    authorization,
    authorization_number,
    edits,
    necessity,
    pricing,
    share,
    coordination,
    policy_limit,
    sequestration,
    withhold,
    interest,
    crossover,
)
"""What is asked of every claim that was taken in and is not a void (DOOR comes before)."""


def adjudicate(  # noqa: PLR0913  what a payer knows of a claim
    claim: Claim,
    contract: Contract,
    member: Member | None,
    state: PayerState,
    received: date,
    *,
    decided: date | None = None,
    waived: frozenset[tuple[str, int]] = frozenset(),
) -> tuple[Decision | Refusal, PayerState]:
    """Return what the payer of `contract` decides on `claim`, and what it then remembers.

    `member` is whom the claim's member number belongs to, None where it belongs to nobody.
    `received` is the day on which the claim came; `decided` that of the decision, by default the
    contract's usual number of days later. `waived` are denials, by step and line, that an appeal
    overturned. `PayerState.made` of the new state holds every decision:
    a replacement makes the reversal of the old one first, and a void makes a reversal alone. A
    refusal changes nothing. Raises NotInForce for a day without terms, tables or schedule, and
    NotInTable for a hospital that the contract does not name.
    """
    with folders_held():
        work = _open(claim, contract, member, state, received, decided, waived)
        for step in DOOR:
            work = step(work)
            if work.refusal:
                return work.refusal, state
        if claim.frequency == VOIDS and work.replaces:
            return _voided(work, work.replaces)
        for step in STEPS:
            work = step(work)
    return _filed(work)


def _open(  # noqa: PLR0913, PLR0917  the arguments of adjudicate
    claim: Claim,
    contract: Contract,
    member: Member | None,
    state: PayerState,
    received: date,
    decided: date | None,
    waived: frozenset[tuple[str, int]],
) -> Work:
    day = terms_day(claim) if claim.lines else received
    terms = contract.on(day)
    return Work(
        claim=claim,
        contract=contract,
        terms=terms,
        member=member,
        state=state,
        received=received,
        decided=decided or received + timedelta(days=terms.decides_after),
        day=day,
        number=f"{received:%y%j}{state.count + 1:07}",
        encounter=encounter_of(claim),
        waived=waived,
    )


def _voided(work: Work, old: Filed) -> tuple[Decision, PayerState]:
    made = reversal(old.decision, work)
    return made, replace(work.state, made=(made,))


def _filed(work: Work) -> tuple[Decision, PayerState]:
    made = decision(work)
    member_id = work.member.member_id if work.member else work.claim.coverage.member_id
    taken_back = (reversal(work.replaces.decision, work),) if work.replaces else ()
    one = Filed(made, member_id, work.person, work.uses)
    return made, work.state.filed(one, (*taken_back, made))
