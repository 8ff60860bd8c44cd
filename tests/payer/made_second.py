"""Made-up second payers with simple prices, and claims that an earlier payer has decided."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claim_people import FAMILY_DOCTOR, MEDICARE_B, OLD_MAN, PRACTICE

from codinglab.claim.adjudicated import Adjustment, Group, PaidLine, PriorPayment
from codinglab.claim.model import Claim, Diagnosis, Line
from codinglab.claim.parties import Coverage, Payer
from codinglab.core.dates import Dated, Span
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.contract import Contract, ContractTerms, PayerKind
from codinglab.payer.contract_parts import Denial, PriceRule, Quirk, Selector, Sharing
from codinglab.payer.decision import Decision, LineDecision, Reason
from codinglab.payer.members import Benefit, Member, Plan
from codinglab.payer.state import PayerState

DAY = date(2026, 3, 3)
PAID_DAY = date(2026, 3, 20)
RECEIVED = date(2026, 4, 1)
CODES = ("99213", "99214", "36415")
IDS: dict[PayerKind, tuple[str, str, str]] = {
    "Medicare": ("TRNMB", "1EG4TE5MK73", "MB"),
    "Medicaid": ("TRNMC", "910000123456", "MC"),
    "commercial": ("TRN01", "NF00498765", "CI"),
    "supplement": ("TRN04", "EG5550099", "CI"),
    "workers' compensation": ("TRN06", "WF0000001", "WC"),
}
"""Payer id, member number and filing indicator, by kind."""


def contract(
    kind: PayerKind,
    fees: dict[str, str],
    *,
    quirks: tuple[Quirk, ...] = (),
    held_harmless: bool = False,
    sequestration: str | None = None,
) -> Contract:
    """Return a contract that pays `fees` by code, never more than the charge."""
    rule = PriceRule(
        "fees",
        "fee list",
        Selector(),
        "made up",
        lesser_of=True,
        fees={code: Decimal(fee) for code, fee in fees.items()},
    )
    terms = ContractTerms(
        prices=(rule,),
        unpriced=Denial("PR", "204"),
        contractual=Denial("CO", "45"),
        sharing=Sharing(held_harmless=held_harmless, source="made up"),
        decides_after=10,
        source="made up",
        quirks=quirks,
        sequestration=Decimal(sequestration) if sequestration else None,
    )
    dated = Dated.of("made up", [(Span(date(2026, 1, 1)), terms)])
    return Contract(IDS[kind][0], kind, "made up", dated)


def member(
    kind: PayerKind,
    share: str = "0",
    deductible: str | None = None,
    first_payer: Payer | None = None,
) -> Member:
    """Return the patient as a member whose plan has that coinsurance and deductible."""
    benefits = [Benefit("A", "30", share=Decimal(share))]
    if deductible is not None:
        benefits.append(Benefit("C", "30", "IND", period="23", amount=Decimal(deductible)))
    plan = Plan("made up", "PR", tuple(benefits))
    number = IDS[kind][1]
    return Member(number, OLD_MAN, plan, date(2020, 1, 1), first_payer=first_payer)


def coverage(kind: PayerKind) -> Coverage:
    payer_id, number, filing = IDS[kind]
    name = "Training Medicare Part B" if payer_id == "TRNMB" else payer_id
    return Coverage(replace(MEDICARE_B, name=name, payer_id=payer_id), number, filing)


def claim(charges: dict[str, str], *kinds: PayerKind, prior: tuple[PriorPayment, ...]) -> Claim:
    """Return a claim to the last of `kinds`, after what the others decided."""
    lines = tuple(
        Line(code, Decimal(charge), Decimal(1), DAY, pointers=(1,), place_of_service="11")
        for code, charge in charges.items()
    )
    return Claim(
        kind="professional",
        account="CB1001",
        patient=OLD_MAN,
        coverages=tuple(coverage(kind) for kind in kinds),
        billing=PRACTICE,
        diagnoses=(Diagnosis("I10"),),
        lines=lines,
        to=len(kinds) - 1,
        place_of_service="11",
        providers=(("rendering", FAMILY_DOCTOR),),
        prior=prior,
    )


def told(number: int, code: str, paid: str, *adjustments: str) -> PaidLine:
    """Return a line of an earlier payer; an adjustment reads "CO 45 50.00"."""
    return PaidLine(
        number,
        Decimal(paid),
        Decimal(1),
        code,
        PAID_DAY,
        adjustments=tuple(map(adjustment, adjustments)),
    )


def adjustment(text: str) -> Adjustment:
    group, carc, amount = text.split()
    groups: dict[str, Group] = {"CO": "CO", "PR": "PR", "OA": "OA", "PI": "PI"}
    return Adjustment(groups[group], carc, Decimal(amount))


def prior(*lines: PaidLine, coverage: int = 0) -> PriorPayment:
    paid = sum((one.paid for one in lines), Decimal(0))
    return PriorPayment(coverage, paid, PAID_DAY, lines)


def decided(
    one: Claim,
    terms: Contract,
    who: Member,
    received: date = RECEIVED,
    state: PayerState | None = None,
) -> Decision:
    """Return the decision; a refusal is a fault of the test."""
    made, _ = adjudicate(one, terms, who, state or PayerState(), received)
    assert isinstance(made, Decision)
    return made


def reasons(found: LineDecision | tuple[Reason, ...]) -> list[str]:
    """Return adjustments as texts: "OA 23 126.00"."""
    every = found if isinstance(found, tuple) else found.reasons
    return [" ".join((one.group, one.carc, *one.remarks, f"{one.amount:.2f}")) for one in every]
