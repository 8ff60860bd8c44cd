"""Whatever a payer says, the work list holds it: every reason, group, remark and kind of payer."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_denials import MADE, PAYERS, remit_claim, remit_line, remittance

from codinglab.accounts.denial import Denial, denials_of
from codinglab.accounts.denial_open import open_denials
from codinglab.accounts.denial_queue import queue
from codinglab.codes.billing import CARC, RARC
from codinglab.remit.recoup import reversal

DAYS = (MADE, date(2026, 9, 1), date(2027, 6, 1), date(2030, 1, 1))
REASONS = tuple(one.code for one in CARC.all_on(MADE))
REMARKS = tuple(one.code for one in RARC.all_on(MADE))


def made(filing: str, group: str, remarks: tuple[str, ...] = ()) -> tuple[Denial, ...]:
    """Return the denials of one claim with a line for every reason of the lab."""
    lines = (
        remit_line("99214", "10.00", f"{group} {one} 10.00", remarks=remarks) for one in REASONS
    )
    return denials_of(remittance(filing, remit_claim(filing, *lines)))


@pytest.mark.parametrize("filing", list(PAYERS))
@pytest.mark.parametrize("group", ["CO", "PR", "OA", "PI", "CR"])
def test_every_reason_of_every_group_has_an_act_and_odds(filing: str, group: str):
    told = made(filing, group)
    for day in DAYS:
        found = queue(told, day)
        assert len(found) == len(told)
        assert all(0 <= one.odds <= 1 for one in found)
        assert {one.denial.group for one in found if one.action.do == "bill_patient"} <= {"PR"}


@pytest.mark.parametrize("remark", REMARKS)
def test_every_remark_beside_a_reason_that_leaves_it_to_remarks(remark: str):
    for reason in ("16", "96", "A1"):
        line = remit_line("99214", "10.00", f"CO {reason} 10.00", remarks=(remark,))
        for filing in ("MB", "CI", "MC"):
            told = denials_of(remittance(filing, remit_claim(filing, line)))
            (found,) = queue(told, MADE)
            assert found.denial.cause.worked


amounts = st.decimals("0.01", "999.99", places=2)
told_lines = st.lists(
    st.tuples(amounts, st.sampled_from(["CO", "PR", "OA"]), st.sampled_from(REASONS)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(
    told_lines,
    st.sampled_from(list(PAYERS)),
    st.integers(0, 700),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_list_does_not_depend_on_the_order_of_the_denials(
    lines, filing: str, later: int, chance: random.Random
):
    claim = remit_claim(
        filing,
        *(
            remit_line("99214", str(amount), f"{group} {carc} {amount}")
            for amount, group, carc in lines
        ),
    )
    told = list(denials_of(remittance(filing, claim)))
    day = MADE + timedelta(days=later)
    first = [one.denial.key for one in queue(told, day)]
    chance.shuffle(told)
    assert [one.denial.key for one in queue(told, day)] == first
    assert sum((one.amount for one in told), Decimal(0)) <= claim.charge


@settings(max_examples=60, deadline=None)
@given(told_lines, st.sampled_from(["MB", "CI"]))
def test_nothing_is_denied_that_was_not_adjusted_and_a_reversal_closes_all(lines, filing: str):
    claim = remit_claim(
        filing,
        *(
            remit_line("99214", str(amount), f"{group} {carc} {amount}")
            for amount, group, carc in lines
        ),
    )
    one = remittance(filing, claim)
    two = remittance(filing, reversal(claim), made=date(2026, 5, 1), trace="T2")
    assert {each.carc for each in denials_of(one)} <= {carc for _, _, carc in lines}
    assert open_denials([one, two]) == ()
