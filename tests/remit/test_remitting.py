"""How the lab's payers pay, and what they decide as an 835 from end to end."""

from datetime import date, datetime

import pytest
from made_claims import CLAIMS
from made_remits import PAYEE, VISIT

from codinglab.claim.scrub_terms import all_terms
from codinglab.core.tables import BadData
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.contract_file import contracts
from codinglab.payer.decision import Decision, Refusal
from codinglab.payer.member_file import simulated_payers
from codinglab.payer.state import PayerState
from codinglab.remit.balance import unbalanced
from codinglab.remit.balance_wire import wire_unbalanced
from codinglab.remit.remitting import paid_by, remitting
from codinglab.remit.x835 import write
from codinglab.remit.x835_reader import read_file
from codinglab.x12.check import check
from codinglab.x12.envelope import Envelope

RECEIVED = date(2026, 3, 20)


def decisions() -> dict[str, list[Decision]]:
    """Return what each payer decides on the sample claims, each twice: once more, and a void."""
    found: dict[str, list[Decision]] = {}
    for claim in CLAIMS.values():
        key = claim.coverage.payer.payer_id
        if key not in contracts() or key not in remitting():
            continue
        payer = simulated_payers().get(key)
        member = payer.member(claim.coverage.member_id) if payer else None
        state = PayerState.opening(payer.members if payer else (), 2026)
        made, state = adjudicate(claim, contracts()[key], member, state, RECEIVED)
        if not isinstance(made, Refusal):
            found.setdefault(key, []).extend(state.made)
    return found


def test_every_payer_with_a_contract_remits_but_the_patient_alone() -> None:
    assert set(contracts()) - set(remitting()) == {"TRNSP"}
    assert set(remitting()) <= set(all_terms())


def test_origins_are_the_numbers_by_which_payers_answer_questions_too() -> None:
    found = {key: one.origin for key, one in remitting().items()}
    assert found == {key: simulated_payers()[key].trace_id for key in remitting()}
    assert len({one.origin for one in remitting().values()}) == len(remitting())


def test_what_the_payers_decide_is_a_valid_835_that_balances_and_is_read_back() -> None:
    made = decisions()
    paid = [
        paid_by(key, each, PAYEE, f"T{at}", paid_on=RECEIVED, method="ACH", control=f"{at:04}")
        for at, (key, each) in enumerate(made.items(), 1)
    ]
    assert len(paid) >= 4
    envelope = Envelope("TRN", "HARBOR", datetime(2026, 3, 20, 9, 0), 1)  # noqa: DTZ001
    text = write(envelope, paid)
    assert [str(one.as_finding()) for one in check(text)] == []
    assert wire_unbalanced(text) == ()
    for one in paid:
        assert unbalanced(one) == ()
        decided = made[one.payer.payer_id]
        assert [claim.paid for claim in one.claims] == [each.paid for each in decided]
    read = read_file(text)
    assert [one.remittance for one in read] == paid
    assert [one.findings for one in read] == [()] * len(paid)


def test_a_payer_that_the_lab_does_not_know_is_refused() -> None:
    with pytest.raises(BadData, match=r"payer TRN99 is not in curriculum/payers/remitting\.yml"):
        paid_by("TRN99", [VISIT], PAYEE, "T1", paid_on=RECEIVED, method="ACH")
