"""Simulated payers answer appeals by rule, and what they grant becomes a new remittance."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from made_claims import claim as made_claim
from made_denials import (
    MADE,
    PAYEE,
    PAYERS,
    SERVICE,
    adjusted,
    denial,
    remit_claim,
    remit_line,
    remittance,
)

from codinglab.accounts.appeal import Dispute, Round
from codinglab.accounts.appeal_answer import Answer, Request, answer
from codinglab.accounts.appeal_evidence import Evidence
from codinglab.accounts.appeal_outcome import NotOverturned, corrected, decide_again
from codinglab.accounts.appeal_path import path_of
from codinglab.accounts.appeal_rules import answer_file
from codinglab.accounts.denial import Denial, denials_of
from codinglab.accounts.denial_open import open_denials
from codinglab.claim.model import Claim, Diagnosis, Line
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.contract_file import contracts
from codinglab.payer.decision import Decision
from codinglab.payer.member_file import simulated_payers
from codinglab.payer.state import PayerState
from codinglab.remit.balance import unbalanced
from codinglab.remit.from_decisions import remittance as remittance_of
from codinglab.remit.from_decisions import settled

FILED = date(2026, 5, 1)
CHART = Evidence(kind="chart", name="indication", text="A1c 9.2", source="Progress note")
POLICY = Evidence(kind="policy", name="NCD 190.23", text="every three months", source="NCD manual")
PAPER = Evidence(kind="literature", name="Trial", text="helps", source="A journal, 2025")
BELOW = (
    Round(1, date(2026, 5, 1), "upheld", date(2026, 6, 30)),
    Round(2, date(2026, 7, 15), "upheld", date(2026, 9, 13)),
)


def shown(kind: str, day: date | None = None, number: str = "") -> Evidence:
    return Evidence(kind=kind, name=kind, text=kind, source="a paper", day=day, number=number)


def ask(told: Denial, evidence: Sequence[Evidence] = (), level: int = 1, **more) -> Answer:
    path = path_of(told.filing)
    assert path is not None
    rounds = BELOW[: level - 1]
    filed = more.pop("filed", (rounds[-1].notice + timedelta(days=10)) if rounds else FILED)
    dispute = Dispute(told.notice, told.amount, told.cause.code, told.carc, told.remarks)
    return answer(Request(told, path, level, filed, dispute, tuple(evidence), rounds, **more))


def necessity(*remarks: str, filing: str = "MB") -> Denial:
    return denial(filing, "CO 50 210.00", remarks=remarks)


def test_the_record_against_the_policy_wins():
    found = ask(necessity("N115"), [CHART, POLICY])
    assert (found.outcome, found.rule) == ("overturned", "necessity.policy")
    assert found.notice == date(2026, 6, 30)  # 05-01 + 60: the level's last day


@pytest.mark.parametrize("evidence", [[], [CHART], [POLICY], [CHART, PAPER]])
def test_one_without_the_other_does_not_at_the_first_level(evidence):
    assert ask(necessity("N115"), evidence).rule == "necessity.bare"


def test_a_local_coverage_determination_does_not_bind_the_second_level():
    found = ask(necessity("N115"), [CHART, PAPER], 2)
    assert (found.outcome, found.rule) == ("overturned", "necessity.local")


def test_a_national_one_binds_it():
    found = ask(necessity("N386"), [CHART, PAPER], 2)
    assert (found.outcome, found.rule) == ("upheld", "necessity.national")


def test_the_independent_reviewer_of_a_commercial_plan_weighs_what_is_published():
    told = necessity(filing="CI")
    assert ask(told, [CHART, PAPER], 1).outcome == "upheld"
    assert ask(told, [CHART, PAPER], 2).rule == "necessity.external"


def test_a_request_after_its_last_day_is_dismissed_unless_lateness_is_excused():
    late = date(2026, 8, 11)
    found = ask(necessity("N115"), [CHART, POLICY], filed=late)
    assert (found.outcome, found.rule) == ("dismissed", "appeal.dismissed")
    excused = ask(necessity("N115"), [CHART, POLICY], filed=late, good_cause=True)
    assert excused.outcome == "overturned"
    assert ask(necessity("N115"), [CHART, POLICY], filed=date(2026, 8, 10)).outcome == "overturned"


def test_a_hearing_under_200_dollars_is_dismissed_unless_claims_go_together():
    small = denial("MB", "CO 50 199.00", charge="199.00", remarks=("N115",))
    alone = ask(small, [CHART, POLICY], 3)
    assert (alone.outcome, alone.why) == (
        "dismissed",
        "199.00 dollars alone are less than this level asks for",
    )
    late = ask(small, [CHART, POLICY], 3, filed=date(2026, 11, 30), good_cause=True)
    assert late.outcome == "dismissed"  # excused for its day, and still too small
    assert ask(small, [CHART, POLICY], 3, together=True).outcome == "overturned"
    assert ask(necessity("N115"), [CHART, POLICY], 3).outcome == "overturned"


def test_what_has_no_appeal_is_dismissed():
    late = denial("MB", "CO 29 210.00")
    found = ask(late, [shown("receipt", date(2026, 3, 9))])
    assert found.outcome == "dismissed"
    assert "exception to the filing limit" in found.why
    unread = denial("MB", "CO 16 210.00", remarks=("MA130",))
    assert ask(unread, [CHART]).outcome == "dismissed"


def test_bundling_wants_the_record_and_the_modifier():
    plain = denial("CI", "CO 97 150.00", code="99213", charge="150.00")
    marked = denial("CI", "CO 97 150.00", code="99213-25", charge="150.00")
    assert ask(plain, [CHART]).rule == "bundling.no-modifier"
    assert ask(marked, []).outcome == "upheld"
    assert ask(marked, [CHART]).rule == "bundling.record"


def test_no_modifier_opens_a_pair_of_indicator_0():
    # 80048 is a part of 80053: column 2 of a pair that never opens
    told = denial("CI", "CO 236 12.00", code="80048-59", charge="12.00")
    assert ask(told, [CHART], beside=("80053",)).rule == "bundling.never"
    assert ask(told, [CHART]).rule == "bundling.record"


def test_proof_of_receipt_within_the_limit_wins_and_a_day_later_does_not():
    told = denial("HM", "CO 29 210.00")  # 90 days after 2026-03-03: 2026-06-01
    assert ask(told, [shown("receipt", date(2026, 6, 1))]).rule == "timely.received"
    assert ask(told, [shown("receipt", date(2026, 6, 2))]).rule == "timely.received-late"
    assert ask(told, [shown("eligibility", date(2026, 4, 1))]).rule == "timely.retroactive"
    assert ask(told).outcome == "upheld"


def test_an_authorization_counts_from_its_day_and_with_its_number():
    told = denial("CI", "CO 197 210.00")
    assert ask(told, [shown("authorization", SERVICE, "A77")]).outcome == "overturned"
    after = [shown("authorization", date(2026, 3, 4), "A77")]
    assert ask(told, after).rule == "authorization.after"
    assert ask(told, [shown("authorization", SERVICE)]).rule == "authorization.after"
    assert ask(told, [shown("emergency", SERVICE)]).rule == "authorization.emergency"


def test_the_other_causes():
    assert ask(denial("CI", "CO 22 210.00"), [shown("other payer")]).outcome == "overturned"
    assert ask(denial("CI", "CO 204 210.00"), [shown("contract")]).outcome == "overturned"
    assert ask(denial("CI", "CO 252 210.00"), [CHART]).outcome == "overturned"
    assert ask(denial("CI", "CO 4 210.00"), [CHART, POLICY]).rule == "correct-instead"
    assert ask(denial("CI", "CO 18 210.00", code="99214-76"), [CHART]).rule == "duplicate.repeat"
    assert ask(denial("CI", "CO 18 210.00"), [CHART]).rule == "correct-instead"
    assert ask(denial("CI", "CO A1 210.00"), [CHART]).rule == "appeal.nothing"


def test_every_rule_has_a_source_and_its_own_name():
    rules = answer_file().rules
    assert len({one.id for one in rules}) == len(rules)
    assert all(one.source for one in rules)


# A scan without its authorization, at Northfield Mutual: decided, denied, appealed, paid.

MEMBER = simulated_payers()["TRN01"].member("NF00412345")
CONTRACT = contracts()["TRN01"]


def scan() -> Claim:
    base = made_claim("replacement")
    return replace(
        base,
        frequency="1",
        original_reference="",
        account="AP1",
        billing=replace(base.billing, npi="1234567893"),
        diagnoses=(Diagnosis("R51.9"),),
        lines=tuple(
            Line(code, Decimal(charge), Decimal(1), SERVICE, pointers=(1,), place_of_service="11")
            for code, charge in (("99213", "150.00"), ("70450", "400.00"))
        ),
    )


def decided() -> tuple[Decision, PayerState]:
    state = PayerState.opening([MEMBER], 2026)
    found, after = adjudicate(scan(), CONTRACT, MEMBER, state, date(2026, 3, 9))
    assert isinstance(found, Decision)
    return found, after


def sent(decisions: Sequence[Decision], trace: str, day: date):
    return remittance_of(
        decisions,
        PAYERS["CI"],
        PAYEE,
        trace,
        origin="1310000001",
        paid_on=day,
        method="ACH",
    )


def test_a_won_appeal_is_a_reversal_and_a_new_decision_by_the_contract():
    first, state = decided()
    assert [one.paid for one in first.lines] == [Decimal("77.00"), 0]
    again = decide_again(first, [2], CONTRACT, MEMBER, state, date(2026, 6, 30), "authorized")
    # 120 percent of Medicare's 100.82 = 120.98; 20 percent coinsurance = 24.20; 96.78 paid
    assert [one.paid for one in again.decision.lines] == [Decimal("77.00"), Decimal("96.78")]
    assert [(one.carc, one.amount) for one in again.decision.lines[1].reasons] == [
        ("45", Decimal("279.02")),
        ("2", Decimal("24.20")),
    ]
    assert (again.reversal.status, again.reversal.paid) == ("22", Decimal("-77.00"))
    assert again.gained == Decimal("96.78")
    assert again.decision.interest == first.interest == 0
    assert again.decision.claim == first.claim
    assert again.state.made == (again.reversal, again.decision)


def test_the_new_remittance_pays_the_difference_and_closes_the_denial():
    first, state = decided()
    one = sent([first], "N1", date(2026, 3, 27))
    (told,) = denials_of(one)
    assert (told.key, told.amount, told.cause.code) == (
        "TRN01/AP1/2/CO-197",
        Decimal("400.00"),
        "authorization",
    )
    evidence = [shown("authorization", date(2026, 3, 2), "A77")]
    assert ask(told, evidence).outcome == "overturned"
    again = decide_again(first, [told.line], CONTRACT, MEMBER, state, date(2026, 6, 30), "won")
    two = sent([again.reversal, again.decision], "N2", date(2026, 6, 30))
    assert two.total == Decimal("96.78")  # 173.78 - 77.00
    assert [each.status for each in two.claims] == ["22", "1"]
    assert unbalanced(two) == ()
    assert open_denials([one, two]) == ()


def test_only_a_line_that_was_denied_can_be_overturned():
    first, state = decided()
    with pytest.raises(NotOverturned, match="line 1 was not denied"):
        decide_again(first, [1], CONTRACT, MEMBER, state, MADE, "won")
    with pytest.raises(NotOverturned, match="has no line 3"):
        decide_again(first, [3], CONTRACT, MEMBER, state, MADE, "won")
    with pytest.raises(NotOverturned, match="not on file"):
        decide_again(first, [2], CONTRACT, MEMBER, PayerState(), MADE, "won")


def test_a_correction_of_what_is_not_on_file_is_no_matter_of_an_appeal():
    lost = replace(scan(), frequency="7", original_reference="NM0")
    state = PayerState.opening([MEMBER], 2026)
    first, after = adjudicate(lost, CONTRACT, MEMBER, state, date(2026, 3, 9))
    assert isinstance(first, Decision)
    with pytest.raises(NotOverturned, match="is not on file: send it as a new claim"):
        decide_again(first, [1], CONTRACT, MEMBER, after, MADE, "won")


def test_an_835_alone_can_be_corrected_too():
    paid = remit_line("99213", "150.00", "CO 45 38.00, PR 3 35.00")
    lost = remit_line("70450", "400.00", "CO 197 400.00", billed_units=Decimal(1))
    first = remit_claim("CI", paid, lost)
    back, new = corrected(first, {2: adjusted("CO 45 279.02, PR 2 24.20")}, "26B")
    assert (back.paid, new.paid) == (Decimal("-77.00"), Decimal("173.78"))
    assert (new.number, new.patient_share) == ("26B", Decimal("59.20"))  # 35.00 + 24.20
    assert (new.lines[1].paid, new.lines[1].units, new.lines[1].allowed) == (
        Decimal("96.78"),
        1,
        Decimal("120.98"),
    )
    made = settled((back, new), PAYERS["CI"], PAYEE, "T2", origin="1", paid_on=MADE, method="ACH")
    assert made.total == Decimal("96.78")
    assert unbalanced(made) == ()
    assert open_denials([remittance("CI", first), replace(made, made=date(2026, 6, 30))]) == ()


def test_a_claim_denied_whole_becomes_a_paid_one():
    first = remit_claim("CI", remit_line("70450", "400.00", "CO 197 400.00"), status="4")
    _, new = corrected(first, {1: adjusted("CO 45 279.02")}, "26B")
    assert (new.status, new.paid) == ("1", Decimal("120.98"))


def test_a_correction_beyond_the_charge_or_of_no_line_is_refused():
    first = remit_claim("CI", remit_line("70450", "400.00", "CO 197 400.00"))
    with pytest.raises(NotOverturned, match=r"adjustments of 400\.01 exceed the charge of 400\.00"):
        corrected(first, {1: adjusted("CO 45 400.01")}, "26B")
    with pytest.raises(NotOverturned, match="has 1 lines, not 2"):
        corrected(first, {2: ()}, "26B")
