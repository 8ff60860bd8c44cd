"""Second payers decide whole claims: charge = paid + OA 23 + PR + what nobody pays, to the cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from claim_people import OLD_MAN
from made_second import (
    IDS,
    claim,
    contract,
    coverage,
    decided,
    member,
    prior,
    reasons,
    told,
)

from codinglab.claim.adjudicated import Adjustment, PriorPayment
from codinglab.claim.model import Accident, Claim
from codinglab.claim.parties import Payer
from codinglab.cli.payer_claim import claim_of
from codinglab.cli.payer_history import Payers
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.contract import PayerKind
from codinglab.payer.contract_parts import Quirk
from codinglab.payer.decision import Decision
from codinglab.payer.members import Benefit
from codinglab.payer.quirks import CARVE_OUT, EXCLUSION, SUPPLEMENT
from codinglab.payer.state import PayerState

CLAIMS = Path(__file__).resolve().parents[2] / "curriculum" / "claims"
VISIT = {"99213": "175.00"}
MEDICARE = contract("Medicare", {"99213": "125.00"})
ON_MEDICARE = member("Medicare", "0.2", "283")


def opened(left: str, kind: PayerKind = "Medicare") -> PayerState:
    """Return the state of a payer whose member has `left` of the deductible of 283 left."""
    known = Benefit("C", "30", "IND", amount=Decimal(left))
    who = replace(member(kind, "0.2", "283"), left=(known,))
    return PayerState.opening([who], 2026)


def second(*adjustments: str, paid: str, charge: str = "175.00") -> Claim:
    """Return a visit that an employer's plan decided, to Medicare."""
    first = prior(told(1, "99213", paid, *adjustments))
    return claim({"99213": charge}, "commercial", "Medicare", prior=(first,))


def after_medicare(kind: PayerKind, charge: str, paid: str, *adjustments: str) -> Claim:
    first = prior(told(1, "99213", paid, *adjustments))
    return claim({"99213": charge}, "Medicare", kind, prior=(first,))


# Medicare second


def test_the_regulations_example_balances_on_the_remittance() -> None:
    """42 CFR 411.33(b): Medicare pays 30; 175 = 30 + 120 paid before + 25 that nobody pays."""
    made = decided(
        second("PR 45 25", "PR 2 30", paid="120"), MEDICARE, ON_MEDICARE, state=opened("0")
    )
    (line,) = made.lines
    assert line.paid == Decimal("30.00")
    assert reasons(line) == ["OA 23 120.00", "CO 45 25.00"]
    assert (made.status, made.patient_share) == ("2", 0)


def test_a_write_off_that_is_posted_already_is_not_written_off_again() -> None:
    """CO 45 of 25 was posted: OA 23 is 120 + 25; obliged 150: 150 - 120 = 30 are paid."""
    made = decided(
        second("CO 45 25", "PR 2 30", paid="120"), MEDICARE, ON_MEDICARE, state=opened("0")
    )
    assert made.paid == Decimal("30.00")
    assert reasons(made.lines[0]) == ["OA 23 145.00"]


def test_the_deductible_counts_as_met_although_the_patient_owes_little_of_it() -> None:
    """Medicare allows 125, all of the open 283: normal payment 0. Primary paid 120 of 125.

    Owed: 125 - 120 = 5, no more than 150 - 120 - 0 = 30. 125 of the deductible are met.
    """
    bill = second("CO 45 25", "PR 2 30", paid="120")
    made, state = adjudicate(bill, MEDICARE, ON_MEDICARE, opened("283"), date(2026, 4, 1))
    assert isinstance(made, Decision)
    assert made.paid == 0
    assert reasons(made.lines[0]) == ["OA 23 145.00", "CO 45 25.00", "PR 1 5.00"]
    benefit = ON_MEDICARE.plan.benefits[1]
    person = "Walter 1948-05-17"
    assert state.accumulators.left(ON_MEDICARE, person, 2026, benefit) == 283 - 125


def test_sequestration_is_taken_from_the_secondary_payment() -> None:
    """30 x 0.02 = 0.60; paid 29.40."""
    terms = contract("Medicare", {"99213": "125.00"}, sequestration="0.02")
    made = decided(second("CO 45 25", "PR 2 30", paid="120"), terms, ON_MEDICARE, state=opened("0"))
    assert made.paid == Decimal("29.40")
    assert reasons(made.lines[0]) == ["OA 23 145.00", "CO 253 0.60"]


def test_a_sample_claim_is_paid_by_the_fee_schedule_of_its_day() -> None:
    """Obliged 120, paid 96: 24; Medicare alone 86.12 - 17.22 = 68.90. 2 percent of 24 are 0.48."""
    made = Payers(2026).decide(claim_of(CLAIMS / "medicare-second.yml"), date(2026, 4, 1))
    assert isinstance(made, Decision)
    assert [one.paid for one in made.lines] == [Decimal("23.52"), Decimal("0.00")]
    assert reasons(made.lines[0]) == ["OA 23 126.00", "CO 253 0.48"]
    assert reasons(made.lines[1]) == ["OA 23 9.00"]


@pytest.mark.parametrize(
    ("received", "status", "paid"),
    [(date(2026, 7, 1), "4", "0"), (date(2026, 7, 2), "2", "100.00")],
)
def test_medicare_pays_conditionally_when_a_liability_insurers_120_days_are_over(
    received: date, status: str, paid: str
) -> None:
    """Service on 2026-03-03; 120 days later is 2026-07-01. Then 125 - 25 = 100 are paid."""
    bill = second("PR 2 30", "CO 45 25", paid="120")
    liable = replace(bill.coverages[0], filing="LM", payer=Payer("Shoreline Liability", "TRN08"))
    bill = replace(bill, coverages=(liable, bill.coverages[1]), prior=())
    made = decided(bill, MEDICARE, ON_MEDICARE, received, opened("0"))
    assert (made.status, made.paid) == (status, Decimal(paid))
    conditional = [one for one in made.said if "on condition of being repaid" in one.what]
    assert len(conditional) == (1 if paid != "0" else 0)


def test_an_accident_insurers_denial_lets_medicare_pay_as_first() -> None:
    bill = second("PR 96 175", paid="0")
    auto = replace(bill.coverages[0], filing="AM")
    bill = replace(bill, coverages=(auto, bill.coverages[1]))
    made = decided(bill, MEDICARE, ON_MEDICARE, state=opened("0"))
    assert made.paid == Decimal("100.00")
    assert reasons(made.lines[0]) == ["CO 45 50.00", "PR 2 25.00"]


# What is missing


def test_a_claim_without_the_first_payers_decision_cannot_be_decided() -> None:
    bill = replace(second("PR 2 30", paid="145"), prior=())
    made = decided(bill, MEDICARE, ON_MEDICARE)
    assert made.status == "4"
    assert reasons(made.lines[0]) == ["CO 16 MA04 175.00"]


def test_a_claim_without_the_first_policys_number_cannot_be_decided() -> None:
    bill = second("PR 2 30", "CO 45 25", paid="120")
    blank = replace(bill.coverages[0], member_id="")
    made = decided(replace(bill, coverages=(blank, bill.coverages[1])), MEDICARE, ON_MEDICARE)
    assert reasons(made.lines[0]) == ["CO 16 MA92 175.00"]


def test_a_first_decision_that_does_not_add_up_is_sent_back() -> None:
    """120 + 30 is not 175."""
    made = decided(second("PR 2 30", paid="120"), MEDICARE, ON_MEDICARE)
    assert reasons(made.lines[0]) == ["CO 129 N4 175.00"]


def test_a_payer_whose_file_names_another_first_does_not_pay_as_first() -> None:
    who = member("Medicare", "0.2", first_payer=Payer("Tool Works Plan", "TRN01"))
    made = decided(claim(VISIT, "Medicare", prior=()), MEDICARE, who)
    assert made.status == "4"
    assert reasons(made.lines[0]) == ["OA 22 175.00"]


@pytest.mark.parametrize(
    ("first", "accident", "expected"),
    [
        ("TRN05", Accident(auto=True, state="OH"), ["OA 21 175.00"]),
        ("TRN05", Accident(), ["CO 45 50.00", "PR 2 25.00"]),
        ("TRN08", Accident(other=True), ["OA 20 175.00"]),
        ("TRN08", Accident(), ["CO 45 50.00", "PR 2 25.00"]),
        ("TRN06", Accident(), ["CO 45 50.00", "PR 2 25.00"]),
    ],
)
def test_an_accidents_insurer_on_file_is_first_for_its_accident_alone(
    first: str, accident: Accident, expected: list[str]
) -> None:
    """TRN05 is a no-fault insurer, TRN08 a liability and TRN06 a work-injury insurer.

    Without the accident Medicare allows 125 of 175 and leaves 25 to the patient.
    """
    who = member("Medicare", "0.2", first_payer=Payer("on file", first))
    bill = replace(claim(VISIT, "Medicare", prior=()), accident=accident)
    assert reasons(decided(bill, MEDICARE, who).lines[0]) == expected


def test_a_work_injury_is_the_employers_insurers() -> None:
    bill = replace(claim(VISIT, "Medicare", prior=()), accident=Accident(employment=True))
    made = decided(bill, MEDICARE, ON_MEDICARE)
    assert reasons(made.lines[0]) == ["OA 19 175.00"]


def test_a_health_plans_decision_does_not_stand_for_the_employers_insurers() -> None:
    """A group plan paid 120 of the 175 of a work injury: Medicare still waits for the insurer."""
    bill = second("PR 2 30", "CO 45 25", paid="120")
    bill = replace(bill, accident=Accident(employment=True))
    assert reasons(decided(bill, MEDICARE, ON_MEDICARE).lines[0])[0] == "OA 19 175.00"


def test_medicare_wants_every_other_decision_before_it_pays_conditionally() -> None:
    """Liability, a group plan, Medicare; neither has decided and the 120 days are over."""
    bill = second("PR 2 30", "CO 45 25", paid="120")
    group = bill.coverages[0]
    liable = replace(group, filing="LM", payer=Payer("Shoreline Liability", "TRN08"))
    bill = replace(bill, coverages=(liable, *bill.coverages), to=2)
    silent = decided(replace(bill, prior=()), MEDICARE, ON_MEDICARE, date(2026, 7, 2))
    assert reasons(silent.lines[0]) == ["CO 16 MA04 175.00"]
    told_by_group = replace(bill.prior[0], coverage=1)
    made = decided(
        replace(bill, prior=(told_by_group,)), MEDICARE, ON_MEDICARE, date(2026, 7, 2), opened("0")
    )
    # 42 CFR 411.33(a): 150 - 120 = 30; 125 x 0.80 = 100; 150 - 120 = 30
    assert made.paid == Decimal(30)


def test_the_employers_insurer_itself_pays_for_a_work_injury() -> None:
    terms = contract("workers' compensation", {"99213": "121.00"}, held_harmless=True)
    bill = claim(VISIT, "workers' compensation", prior=())
    bill = replace(bill, accident=Accident(employment=True))
    made = decided(bill, terms, member("workers' compensation"))
    assert (made.paid, made.patient_share) == (Decimal("121.00"), 0)


def test_a_provider_that_broke_the_first_payers_rules_is_not_paid_by_the_second() -> None:
    """42 CFR 411.32(c): denied for want of an authorization (CO 197)."""
    made = decided(second("CO 197 175", paid="0"), MEDICARE, ON_MEDICARE, state=opened("0"))
    assert reasons(made.lines[0]) == ["CO 136 175.00"]
    assert made.status == "4"


# After Medicare


def test_medicaid_pays_up_to_its_rate_and_writes_off_the_rest() -> None:
    """X12's request for interpretation 1696: 500 = 65 + (300 + 125) + 10; the patient owes nothing.

    Medicaid's rate 365 less 300 is 65, less than the 75 left.
    """
    bill = after_medicare("Medicaid", "500", "300", "CO 45 125", "PR 1 75")
    made = decided(bill, contract("Medicaid", {"99213": "365"}), member("Medicaid"))
    assert made.paid == Decimal("65.00")
    assert reasons(made.lines[0]) == ["OA 23 425.00", "CO 45 10.00"]
    assert made.patient_share == 0


def test_medicaid_pays_nothing_where_medicare_paid_more_than_its_rate() -> None:
    """Rate 62, Medicare paid 78.40 and was cut by 1.60: 200 = 0 + 180 + 20."""
    bill = after_medicare("Medicaid", "200", "78.40", "CO 45 100", "CO 253 1.60", "PR 2 20")
    made = decided(bill, contract("Medicaid", {"99213": "62"}), member("Medicaid"))
    assert made.paid == 0
    assert reasons(made.lines[0]) == ["OA 23 180.00", "CO 45 20.00"]


@pytest.mark.parametrize(
    ("letter", "paid", "expected"),
    [
        # 283 - 0 of the deductible stay open: allowed 100, all of it deductible
        ("G", "0", ["OA 23 100.00", "PR 1 100.00"]),
        ("F", "100.00", ["OA 23 100.00"]),
    ],
)
def test_supplements_differ_by_the_deductible_of_part_b(
    letter: str, paid: str, expected: list[str]
) -> None:
    quirk = Quirk(SUPPLEMENT, "made up", codes=frozenset({letter}))
    terms = contract("supplement", {"99213": "100"}, quirks=(quirk,))
    bill = after_medicare("supplement", "200", "0", "CO 45 100", "PR 1 100")
    made = decided(bill, terms, member("supplement"))
    assert made.paid == Decimal(paid)
    assert reasons(made.lines[0]) == expected


def test_a_supplement_pays_no_share_of_what_medicare_does_not_cover() -> None:
    quirk = Quirk(SUPPLEMENT, "made up", codes=frozenset({"G"}))
    terms = contract("supplement", {"99213": "100"}, quirks=(quirk,))
    bill = after_medicare("supplement", "200", "0", "PR 96 200")
    made = decided(bill, terms, member("supplement"))
    assert reasons(made.lines[0]) == ["PR 276 200.00"]
    written_off = decided(
        after_medicare("supplement", "200", "0", "CO 50 200"), terms, member("supplement")
    )
    assert reasons(written_off.lines[0]) == ["OA 23 200.00"]
    assert written_off.patient_share == 0


def test_a_third_payer_adds_what_the_two_before_paid() -> None:
    """200: Medicare pays 80, CO 45 100, PR 2 20; a plan K pays 10; Medicaid at 95: 95 - 90 = 5.

    200 = 5 + (80 + 100 + 10) + 5.
    """
    first = prior(told(1, "99213", "80", "CO 45 100", "PR 2 20"))
    then = prior(told(1, "99213", "10", "OA 23 180", "PR 2 10"), coverage=1)
    bill = claim({"99213": "200"}, "Medicare", "supplement", "Medicaid", prior=(first, then))
    made = decided(bill, contract("Medicaid", {"99213": "95"}), member("Medicaid"))
    assert (made.status, made.paid) == ("3", Decimal("5.00"))
    assert reasons(made.lines[0]) == ["OA 23 190.00", "CO 45 5.00"]


# Two plans


@pytest.mark.parametrize(
    ("quirk", "paid", "expected"),
    [
        # normal 160 - 32 = 128; left 30: paid 30
        (None, "30.00", ["OA 23 170.00"]),
        # 128 - 120 = 8; 22 stay the patient's
        (CARVE_OUT, "8.00", ["OA 23 170.00", "PR 2 22.00"]),
        # (160 - 120) x 0.80 = 32, of which 30 are left
        (EXCLUSION, "30.00", ["OA 23 170.00"]),
    ],
)
def test_the_method_of_the_contract_decides_between_two_plans(
    quirk: str | None, paid: str, expected: list[str]
) -> None:
    """Charge 200; the first allowed 150 and paid 120; the second allows 160 with 20 percent."""
    quirks = (Quirk(quirk, "made up"),) if quirk else ()
    first = prior(told(1, "99213", "120", "CO 45 50", "PR 2 30"))
    bill = claim({"99213": "200"}, "Medicaid", "commercial", prior=(first,))
    terms = contract("commercial", {"99213": "160"}, quirks=quirks)
    made = decided(bill, terms, member("commercial", "0.2"))
    assert made.paid == Decimal(paid)
    assert reasons(made.lines[0]) == expected


def test_a_service_outside_the_second_plan_leaves_what_the_first_left() -> None:
    """Not in the plan: 100 = 0 + (60 + 20) + 20 of the patient."""
    first = prior(told(1, "36415", "60", "CO 45 20", "PR 2 20"))
    bill = claim({"36415": "100"}, "Medicare", "commercial", prior=(first,))
    made = decided(bill, contract("commercial", {"99213": "160"}), member("commercial"))
    assert reasons(made.lines[0]) == ["OA 23 80.00", "PR 204 20.00"]


def test_the_patient_owes_what_both_deductibles_leave() -> None:
    """The first took 150 for its deductible, the second 100 of its allowed 120: 20 x 0.80 = 16.

    200 = 16 + 50 + (100 + 4 of its own, and 30 more that the first left).
    """
    first = prior(told(1, "99213", "0", "CO 45 50", "PR 1 150"))
    bill = claim({"99213": "200"}, "Medicaid", "commercial", prior=(first,))
    terms = contract("commercial", {"99213": "120"})
    made = decided(bill, terms, member("commercial", "0.2", "100"))
    assert made.paid == Decimal("16.00")
    assert reasons(made.lines[0]) == ["OA 23 50.00", "PR 1 130.00", "PR 2 4.00"]


def test_nobody_owes_anything_where_the_terms_hold_the_patient_harmless() -> None:
    first = prior(told(1, "99213", "100", "CO 45 50", "PR 2 50"))
    bill = claim({"99213": "200"}, "Medicare", "commercial", prior=(first,))
    terms = contract("commercial", {"99213": "20"}, held_harmless=True)
    made = decided(bill, terms, member("commercial"))
    assert made.paid == Decimal("20.00")
    assert reasons(made.lines[0]) == ["OA 23 150.00", "CO 45 30.00"]


def test_a_first_decision_on_the_whole_claim_is_spread_by_charges() -> None:
    """300 = 100 + 200: of 150 paid 50 and 100, of CO 45 90 30 and 60, of PR 2 60 20 and 40."""
    whole = PriorPayment(
        0,
        Decimal(150),
        date(2026, 3, 20),
        adjustments=(Adjustment("CO", "45", Decimal(90)), Adjustment("PR", "2", Decimal(60))),
    )
    charges = {"99213": "100", "99214": "200"}
    bill = claim(charges, "Medicare", "commercial", prior=(whole,))
    made = decided(
        bill, contract("commercial", {"99213": "80", "99214": "160"}), member("commercial")
    )
    assert [one.paid for one in made.lines] == [Decimal("20.00"), Decimal("40.00")]
    assert [reasons(one) for one in made.lines] == [["OA 23 80.00"], ["OA 23 160.00"]]


def test_a_paper_remittance_without_a_day_is_read_by_the_reasons_of_this_decision() -> None:
    bill = second("CO 45 25", "PR 2 30", paid="120")
    (told_before,) = bill.prior
    undated = replace(bill, prior=(replace(told_before, adjudicated=None),))
    made = decided(undated, MEDICARE, ON_MEDICARE, state=opened("0"))
    assert reasons(made.lines[0]) == ["OA 23 145.00"]
    assert made.paid == Decimal("30.00")


# Stays, and what is passed on


def test_a_supplement_pays_the_deductible_of_a_stay() -> None:
    """15,700.25 = 1,736 + (6,400 + 7,564.25)."""
    made = Payers(2026).decide(claim_of(CLAIMS / "inpatient-second.yml"), date(2026, 4, 1))
    assert isinstance(made, Decision)
    assert made.paid == Decimal("1736.00")
    assert reasons(made.reasons) == ["OA 23 13964.25"]


def test_a_stay_that_an_employers_plan_paid_in_part_is_paid_by_the_four_amounts() -> None:
    """Gross 7,971.43 (MS-DRG 399), charges 15,700.25, deductible 1,736, paid 6,400, none bound.

    6,235.43; 1,571.43; 9,300.25; 13,964.25: 1,571.43, less 2 percent, 31.43, is 1,540.00.
    15,700.25 = 1,540.00 + 31.43 + 6,400 + 7,728.82.
    """
    stay = claim_of(CLAIMS / "inpatient-second.yml")
    medicare, _ = stay.coverages
    works = replace(coverage("commercial"), relationship="18")
    (told_before,) = stay.prior
    left = (Adjustment("PR", "1", Decimal(1736)), Adjustment("PR", "45", Decimal("7564.25")))
    bill = replace(
        stay,
        coverages=(works, medicare),
        prior=(replace(told_before, adjustments=left, patient_still_owes=None),),
    )
    made = Payers(2026).decide(bill, date(2026, 4, 1))
    assert isinstance(made, Decision)
    assert made.paid == Decimal("1540.00")
    assert reasons(made.reasons) == ["OA 23 6400.00", "CO 45 7728.82", "CO 253 31.43"]


def test_a_hospitals_visit_is_paid_once_for_all_its_covered_lines() -> None:
    """42 CFR 411.33(e): OPPS pays 1,575.00 on line 3 and packages the other two into it.

    The first payer paid 136.40 + 720.00 + 431.20 = 1,287.60 and wrote off 1,130.50 of 2,740.00, so
    that 1,609.50 must be accepted. 1,575-315=1,260; 1,575-1,287.60=287.40;
    1,609.50-1,287.60=321.90; 1,609.50-315=1,294.50. Medicare pays 287.40, less 2 percent, 5.75.
    Line 3: 980.00 = 281.65 + 5.75 + 692.60, of the 872.20 that are posted.
    """
    visit = claim_of(CLAIMS / "outpatient-hospital.yml")
    (works,) = visit.coverages
    lines = (
        told(1, "73110", "136.40", "CO 45 139.50", "PR 2 34.10"),
        told(2, "99284", "720.00", "CO 45 550.00", "PR 2 180.00"),
        told(3, "25605", "431.20", "CO 45 441.00", "PR 2 107.80"),
    )
    part_a = Payer("Training Medicare Part A", "TRNMA")
    medicare = replace(works, payer=part_a, member_id="1EG4TE5MK73", filing="MA", msp_type="12")
    bill = replace(
        visit, patient=OLD_MAN, coverages=(works, medicare), to=1, prior=(prior(*lines),)
    )
    made = Payers(2026).decide(bill, date(2026, 4, 1))
    assert isinstance(made, Decision)
    assert [one.paid for one in made.lines] == [0, 0, Decimal("281.65")]
    assert [reasons(one) for one in made.lines] == [
        ["OA 23 275.90", "CO 97 M15 34.10"],
        ["OA 23 1270.00", "CO 97 M15 180.00"],
        ["OA 23 692.60", "CO 253 5.75"],
    ]
    assert made.patient_share == 0


@pytest.mark.parametrize(
    ("kind", "status", "remark"),
    [("supplement", "19", "MA18"), ("Medicaid", "19", "MA07"), ("commercial", "1", "")],
)
def test_medicare_passes_a_paid_claim_on_to_a_supplement_and_to_medicaid(
    kind: PayerKind, status: str, remark: str
) -> None:
    bill = replace(claim(VISIT, "Medicare", kind, prior=()), to=0)
    made = decided(bill, MEDICARE, ON_MEDICARE, state=opened("0"))
    assert made.status == status
    assert made.remarks == ((remark,) if remark else ())
    assert made.passed_to == (IDS[kind][0] if remark else "")


def test_a_denied_claim_is_not_passed_on() -> None:
    bill = replace(claim({"36415": "9"}, "Medicare", "supplement", prior=()), to=0)
    made = decided(bill, MEDICARE, ON_MEDICARE)
    assert (made.status, made.passed_to) == ("4", "")


# Laws


@pytest.mark.parametrize("kind", ["Medicare", "Medicaid", "commercial"])
@pytest.mark.parametrize("paid", ["0", "33.33", "120", "150"])
@pytest.mark.parametrize("deductible", ["0", "60", "283"])
def test_charge_is_paid_and_adjustments_whatever_the_first_payer_did(
    kind: PayerKind, paid: str, deductible: str
) -> None:
    first = prior(told(1, "99213", paid, "CO 45 25", f"PR 2 {Decimal(150) - Decimal(paid)}"))
    before: PayerKind = "commercial" if kind != "commercial" else "Medicaid"
    bill = claim(VISIT, before, kind, prior=(first,))
    terms = contract(kind, {"99213": "125.00"}, sequestration="0.02")
    made = decided(bill, terms, member(kind, "0.2", deductible))
    (line,) = made.lines
    assert line.paid + sum(one.amount for one in line.reasons) == line.charge
    assert all(one.amount > 0 for one in line.reasons)
    assert 0 <= line.paid <= Decimal(150) - Decimal(paid)
    assert line.patient_share <= Decimal(150) - Decimal(paid)
