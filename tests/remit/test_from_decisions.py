"""Decisions become a remittance, claim by claim and line by line."""

from dataclasses import replace
from datetime import date

import pytest
from made_remits import (
    DOE,
    MEDICARE,
    PAYEE,
    PAYER,
    VISIT,
    claim_of,
    d,
    decided,
    paid,
    reason,
    stay,
)

from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.parties import Coverage, Name, Payer, Person
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.remit.balance import unbalanced
from codinglab.remit.from_decisions import remit_claim, remittance
from codinglab.remit.model import Contact

DAY = VISIT.decided


def test_a_line_is_paid_its_charge_less_its_reasons() -> None:
    claim = remit_claim(VISIT, DAY)
    assert claim.lines[0].paid == d("72.42") == d("150") - d("57.62") - d("18.48") - d("1.48")
    assert (claim.charge, claim.paid, claim.patient_share) == (d("150"), d("72.42"), d("18.48"))


def test_two_reasons_of_one_group_and_code_are_one_adjustment() -> None:
    told = (reason("CO", "45", "10"), reason("PR", "1", "5"), reason("CO", "45", "2.50"))
    claim = remit_claim(decided(claim_of("100"), told), DAY)
    assert claim.lines[0].adjustments == (
        Adjustment("CO", "45", d("12.50")),
        Adjustment("PR", "1", d("5")),
    )


def test_reasons_that_cancel_each_other_are_not_told() -> None:
    told = (reason("CO", "45", "10"), reason("CO", "45", "-10"))
    assert remit_claim(decided(claim_of("100"), told), DAY).lines[0].adjustments == ()


def test_the_remarks_of_reasons_are_told_once() -> None:
    told = (reason("CO", "16", "60", "N264", "MA130"), reason("CO", "45", "40", "N264"))
    assert remit_claim(decided(claim_of("100"), told), DAY).lines[0].remarks == ("N264", "MA130")


def test_units_that_were_cut_are_told_beside_those_billed() -> None:
    cut = replace(VISIT.lines[0], units=d("0"))
    (line,) = remit_claim(replace(VISIT, lines=(cut,)), DAY).lines
    assert (line.units, line.billed_units) == (d("0"), d("1"))


def test_a_stay_is_told_by_its_revenue_code_its_days_and_its_group() -> None:
    one = decided(stay("12000"), (), reasons=(reason("CO", "45", "7000", "MA07"),), drg="291")
    claim = remit_claim(one, DAY)
    assert (claim.lines[0].code_kind, claim.lines[0].code) == ("NU", "0120")
    assert (claim.bill_type, claim.inpatient, claim.drg) == ("11", True, "291")
    assert (claim.first, claim.last) == (date(2026, 3, 1), date(2026, 3, 4))
    assert (claim.paid, claim.lines[0].paid) == (d("5000"), d("12000"))
    assert unbalanced(paid(claim)) == ()


@pytest.mark.parametrize(
    ("indicator", "told"), [("MB", "MB"), ("CI", "ZZ"), ("12", "12"), ("BL", "ZZ")]
)
def test_clp06_has_no_code_for_some_filing_indicators(indicator: str, told: str) -> None:
    claim = claim_of("150", coverages=(replace(MEDICARE, filing=indicator),))
    assert remit_claim(replace(VISIT, claim=claim), DAY).filing == told
    assert remit_claim(replace(VISIT, claim=claim), DAY, "12").filing == "12"


def test_an_indicator_that_no_claim_has_is_refused() -> None:
    claim = claim_of("150", coverages=(replace(MEDICARE, filing="Q9"),))
    with pytest.raises(NotInTable, match="Q9 is not in this lab's table"):
        remit_claim(replace(VISIT, claim=claim), DAY)


def test_before_the_guide_was_in_force_nothing_is_told() -> None:
    with pytest.raises(NotInForce, match="remit_terms: nothing in force on 2011-12-31"):
        remit_claim(VISIT, date(2011, 12, 31))


def test_a_child_is_told_with_the_parent_who_is_insured() -> None:
    parent = Person(Name("Doe", "John"))
    child = replace(MEDICARE, relationship="19", insured=parent)
    claim = remit_claim(replace(VISIT, claim=claim_of("150", coverages=(child,))), DAY)
    assert (claim.patient, claim.insured, claim.insured_id) == (
        DOE.name,
        Name("Doe", "John"),
        "1EG4TE5MK73",
    )


def test_the_next_payer_is_named_where_the_claim_was_passed_on() -> None:
    next_one = Coverage(Payer("Evergreen Supplement", "TRN04"), "EG1234567", "CI")
    claim = claim_of("150", coverages=(MEDICARE, next_one))
    passed = replace(VISIT, claim=claim, status="19", passed_to="TRN04")
    assert remit_claim(passed, DAY).passed_to == Payer("Evergreen Supplement", "TRN04")
    unknown = replace(passed, passed_to="TRN99")
    assert remit_claim(unknown, DAY).passed_to == Payer("TRN99", "TRN99")


def test_a_decision_of_status_22_is_negated_once() -> None:
    undone = remit_claim(replace(VISIT, status="22"), DAY)
    assert (undone.status, undone.charge, undone.paid, undone.patient_share) == (
        "22",
        d("-150"),
        d("-72.42"),
        d("0"),
    )
    negative = replace(
        VISIT.lines[0],
        charge=d("-150"),
        reasons=tuple(replace(one, amount=-one.amount) for one in VISIT.lines[0].reasons),
    )
    assert remit_claim(replace(VISIT, status="22", lines=(negative,)), DAY).lines == undone.lines


def test_a_remittance_pays_the_sum_of_its_claims() -> None:
    whole = remittance(
        [VISIT, VISIT], PAYER, PAYEE, "T1", origin="1311234567", paid_on=DAY, method="CHK"
    )
    assert (whole.total, whole.method, whole.handling, whole.made) == (d("144.84"), "CHK", "I", DAY)
    assert whole.contacts == (Contact("BL"),)
    assert unbalanced(whole) == ()


def test_a_denied_claim_alone_is_a_remittance_without_a_payment() -> None:
    denied = decided(claim_of("150"), (reason("CO", "50", "150", "N115"),), status="4")
    whole = remittance([denied], PAYER, PAYEE, "T1", origin="1311234567", paid_on=DAY, method="ACH")
    assert (whole.total, whole.method, whole.handling) == (0, "NON", "H")
    assert whole.claims[0].lines[0].remarks == ("N115",)
    assert unbalanced(whole) == ()
