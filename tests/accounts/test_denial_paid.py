"""Duplicates of what was paid are worth nothing; duplicates of anything else stay what they are."""

from dataclasses import replace
from datetime import date

from made_denials import MADE, remit_claim, remit_line, remittance

from codinglab.accounts.denial_open import open_denials
from codinglab.accounts.denial_paid import paid_before
from codinglab.remit.model import RemitClaim
from codinglab.remit.recoup import reversal

MAY = date(2026, 5, 4)
PAID = remit_claim("CI", remit_line("99214", "210.00", "CO 45 90.00"), number="26A")
AGAIN = remit_claim("CI", remit_line("99214", "210.00", "CO 18 210.00"), number="26B")


def found(first: RemitClaim, again: RemitClaim = AGAIN, *more: RemitClaim) -> dict[str, str]:
    every = [remittance("CI", first), remittance("CI", again, *more, made=MAY, trace="T2")]
    return paid_before(open_denials(every), every)


def test_a_duplicate_of_a_paid_service_names_the_payment():
    assert found(PAID) == {"TRN01/OV1001/1/CO-18": f"paid on {MADE}, claim 26A"}
    other = replace(AGAIN, account="OV1001A")  # sent again under another number of the practice
    assert found(PAID, other) == {"TRN01/OV1001A/1/CO-18": f"paid on {MADE}, claim 26A"}


def test_a_duplicate_of_what_was_not_paid_names_nothing():
    denied = remit_claim("CI", remit_line("99214", "210.00", "CO 50 210.00"), number="26A")
    other_day = remit_claim(
        "CI", remit_line("99214", "210.00", "CO 45 90.00", day=date(2026, 3, 4)), number="26A"
    )
    for first in (denied, other_day, replace(PAID, member_id="OTHER")):
        assert found(first) == {}
    with_modifier = remit_claim("CI", remit_line("99214-76", "210.00", "CO 18 210.00"), number="2")
    assert found(PAID, with_modifier) == {}


def test_a_payment_that_was_taken_back_pays_nothing():
    assert found(PAID, AGAIN, reversal(PAID)) == {}
