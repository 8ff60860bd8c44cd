"""Money that comes back: reversal, correction, recovery over two files, interest, capitation."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_remits import PAYEE, PAYER, VISIT, claim_of, d, decided, paid, reason, remit_claims

from codinglab.claim.adjudicated import Adjustment
from codinglab.remit.balance import unbalanced
from codinglab.remit.from_decisions import remit_claim, remittance
from codinglab.remit.model import ProviderAdjustment, RemitClaim
from codinglab.remit.recoup import (
    capitation,
    carried_forward,
    delayed,
    forwarded,
    recovered,
    recovered_by_letter,
    reversal,
)

DAY = VISIT.decided
CLAIM = remit_claim(VISIT, DAY)
OTHER = remit_claim(decided(claim_of("100", account="B1"), (reason("CO", "45", "50"),)), DAY)
"""100.00 charged, 50.00 paid."""


def test_a_reversal_negates_charge_payment_and_adjustments_and_keeps_their_codes() -> None:
    undone = reversal(CLAIM)
    assert (undone.status, undone.charge, undone.paid) == ("22", d("-150"), d("-72.42"))
    assert undone.patient_share == 0
    assert undone.lines[0].adjustments == (
        Adjustment("CO", "45", d("-57.62")),
        Adjustment("CO", "253", d("-1.48")),
        Adjustment("PR", "2", d("-18.48")),
    )
    assert (undone.number, undone.lines[0].units) == (CLAIM.number, Decimal(1))


def test_a_reversal_is_not_reversed() -> None:
    with pytest.raises(ValueError, match=r"claim A1 \(26071-A1\) is itself a reversal"):
        reversal(reversal(CLAIM))


@settings(max_examples=30, deadline=None)
@given(st.lists(remit_claims(), max_size=2))
def test_claims_and_their_reversals_pay_nothing(claims: list[RemitClaim]) -> None:
    both = [*claims, *(reversal(one) for one in claims)]
    whole = paid(*both)
    assert (whole.total, whole.method, whole.handling) == (0, "NON", "H")
    assert sum(one.amount for one in whole.provider_adjustments) == 0
    assert unbalanced(whole) == ()


def test_reversal_and_correction_in_one_file_pay_the_difference() -> None:
    corrected = remit_claim(
        decided(claim_of("150", frequency="7"), (reason("CO", "45", "20"),), number="26090-A1"), DAY
    )
    whole = paid(reversal(CLAIM), corrected)
    assert whole.total == d("57.58") == -d("72.42") + (d("150") - d("20"))
    assert unbalanced(whole) == ()


def test_what_a_payment_cannot_cover_is_carried_into_the_next_one() -> None:
    first = paid(reversal(CLAIM), OTHER, trace="T1")
    # 50.00 - 72.42 = -22.42: nothing is paid, and 22.42 is carried forward
    assert (first.total, first.method) == (0, "NON")
    assert first.provider_adjustments == (ProviderAdjustment("FB", "T1", d("-22.42")),)
    second = paid(OTHER, trace="T2", adjustments=carried_forward(first))
    assert second.provider_adjustments == (ProviderAdjustment("FB", "T1", d("22.42")),)
    assert (second.total, second.method) == (d("27.58"), "ACH")  # 50.00 - 22.42
    assert first.total + second.total == CLAIM.paid * -1 + 2 * OTHER.paid
    assert unbalanced(first) == unbalanced(second) == ()


def test_a_balance_that_is_too_large_is_carried_again_under_the_new_trace() -> None:
    first = paid(reversal(CLAIM), trace="T1")  # -72.42
    second = paid(OTHER, trace="T2", adjustments=carried_forward(first))  # 50.00 - 72.42
    assert second.provider_adjustments == (
        ProviderAdjustment("FB", "T1", d("72.42")),
        ProviderAdjustment("FB", "T2", d("-22.42")),
    )
    third = paid(OTHER, trace="T3", adjustments=carried_forward(second))
    assert third.total == d("27.58")
    assert unbalanced(second) == unbalanced(third) == ()


def test_a_recovery_may_wait_the_first_file_pays_as_if_nothing_was_taken() -> None:
    undone = reversal(CLAIM)
    denied = remit_claim(
        decided(claim_of("150"), (reason("CO", "50", "150"),), status="4", number="26090-A1"), DAY
    )
    owed = delayed(undone, denied)
    assert owed == ProviderAdjustment("WO", "26071-A1", d("-72.42"))
    first = paid(undone, denied, OTHER, trace="T1", adjustments=[owed])
    assert first.total == d("50") == -d("72.42") + 0 + d("50") + d("72.42")
    second = paid(OTHER, OTHER, trace="T2", adjustments=[recovered(owed)])
    assert second.provider_adjustments == (ProviderAdjustment("WO", "26071-A1", d("72.42")),)
    assert second.total == d("27.58") == d("100") - d("72.42")
    assert unbalanced(first) == unbalanced(second) == ()


def test_a_recovery_may_come_in_parts_but_never_more_than_is_owed() -> None:
    owed = delayed(reversal(CLAIM))
    assert recovered(owed, d("40")).amount == d("40")
    with pytest.raises(ValueError, match=r"72.43 of 26071-A1 cannot be recovered: 72.42 is owed"):
        recovered(owed, d("72.43"))
    with pytest.raises(ValueError, match="0 of 26071-A1 cannot be recovered"):
        recovered(owed, d("0"))


def test_a_correction_that_pays_more_leaves_nothing_to_recover_later() -> None:
    more = replace(CLAIM, paid=d("80"))
    with pytest.raises(ValueError, match=r"take nothing back \(net 7.58\)"):
        delayed(reversal(CLAIM), more)


def test_a_letter_is_recovered_by_its_number_without_a_reversal() -> None:
    whole = paid(OTHER, adjustments=[recovered_by_letter("LTR-88", d("12.34"))])
    assert whole.total == d("37.66") == d("50") - d("12.34")
    assert unbalanced(whole) == ()


def test_interest_is_paid_beside_the_claim_and_taken_back_with_it() -> None:
    late = replace(CLAIM, interest=d("0.75"))
    whole = paid(late)
    assert whole.provider_adjustments == (ProviderAdjustment("L6", "26071-A1", d("-0.75")),)
    assert whole.total == d("73.17")
    back = paid(reversal(late), OTHER, OTHER)
    assert back.provider_adjustments == (ProviderAdjustment("L6", "26071-A1", d("0.75")),)
    assert back.total == d("26.83") == d("100") - d("72.42") - d("0.75")
    assert unbalanced(whole) == unbalanced(back) == ()


def test_capitation_pays_a_panel_and_the_visits_nothing() -> None:
    visit = decided(claim_of("150"), (reason("CO", "24", "150"),))
    whole = remittance(
        [visit],
        PAYER,
        PAYEE,
        "T9",
        origin="1311234567",
        paid_on=DAY,
        method="CHK",
        adjustments=[capitation("PANEL 2026-03", d("1250"))],
    )
    assert (whole.claims[0].paid, whole.total, whole.method) == (0, d("1250"), "CHK")
    assert whole.provider_adjustments == (ProviderAdjustment("CT", "PANEL 2026-03", d("-1250")),)
    assert unbalanced(whole) == ()


def test_only_a_total_below_zero_is_carried_forward() -> None:
    with pytest.raises(ValueError, match="0 is not below zero"):
        forwarded(d("0"), "T1")
