"""What holds of every decision, whoever pays: the same claims to all payers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_adjudication import (
    PEOPLE,
    RECEIVED,
    coverage,
    decide,
    decided,
    line,
    opening,
    outpatient,
    stay,
    visit,
)
from made_claims import CLAIMS

from codinglab.claim.model import Claim
from codinglab.codes.billing import CARC, RARC
from codinglab.codes.release import in_force, rows_on
from codinglab.payer.contract_file import contracts
from codinglab.payer.decision import Decision, Refusal
from codinglab.payer.reason_tables import ReasonRow

SAID = {
    "intake",
    "eligibility",
    "duplicate",
    "timely filing",
    "coordination of benefits",
    "coverage",
    "authorization",
    "edits",
    "necessity",
    "pricing",
    "patient share",
    "sequestration",
    "withhold",
    "interest",
}
SHARES = {"1", "2", "3"}


def to(payer: str) -> list[Claim]:
    """Return the same claims to `payer`: visits, surgery, tests, notices, hospital bills."""
    bills = [
        visit(payer, line("99214", "210", 1), line("83036-QW", "28.50", 1), line("36415", "9", 1)),
        visit(payer, line("99213-25", "150", 1), line("20610-RT", "140", 1), dx=("M17.11",)),
        visit(payer, line("10061", "300", 1), line("10060", "190", 1), dx=("L02.416",)),
        visit(payer, line("80061-GA", "42", 1), line("83036-GZ", "28", 1), dx=("R53.83",)),
        visit(payer, line("99396", "220", 1), line("99215-GY", "290", 1), dx=("Z00.00",)),
        visit(payer, line("36415", "27", 1, units="3"), line("XXXXX", "10", 1)),
        visit(payer, line("99213", "60", 1), line("93000", "5", 1), dx=("I10",)),
        outpatient(payer, line("0320 73110-LT", "310"), line("0450 25605-LT", "980")),
        outpatient(payer, line("0300 85025", "60"), line("0250", "44"), line("0450 99284", "900")),
        stay(payer, line("0120", "3600", units="2"), line("0278", "8000")),
        stay(payer, line("0120", "90000", units="5"), dx=("A41.9",), priority="3"),
    ]
    return [replace(one, account=f"L{at}") for at, one in enumerate(bills)]


def sent(claim: Claim, payer: str) -> Claim:
    """Return a sample claim as one to `payer` alone, for a person whom it insures."""
    mine = {"coverages": (coverage(payer),), "patient": PEOPLE[payer][0], "to": 0, "prior": ()}
    return replace(claim, **mine, frequency="1", original_reference="")


BILLS = [(payer, one) for payer in PEOPLE for one in to(payer)]
SENT = [sent(one, payer) for payer in PEOPLE for one in CLAIMS.values()]
DECISIONS = [(payer, decided(one)) for payer, one in BILLS]
SAMPLES = [decide(one)[0] for one in CLAIMS.values()]
ALL = [
    *(one for _, one in DECISIONS),
    *(one for one in SAMPLES if isinstance(one, Decision)),
    *(decided(one) for one in SENT),
]


def reasons(one: Decision) -> list:
    return [*one.reasons, *(each for line in one.lines for each in line.reasons)]


def test_every_payer_has_a_contract_and_every_contract_is_tried() -> None:
    assert set(PEOPLE) <= contracts().keys()
    assert len(DECISIONS) == 13 * 11
    assert len(SENT) == 13 * len(CLAIMS)


def test_no_sample_claim_is_refused() -> None:
    assert [one for one in SAMPLES if isinstance(one, Refusal)] == []


def test_paid_and_adjustments_make_the_charge() -> None:
    for one in ALL:
        assert one.paid + sum(each.amount for each in reasons(one)) == one.charge
        for line_ in one.lines:
            assert line_.paid + sum(each.amount for each in line_.reasons) == line_.charge


def test_nothing_below_zero_is_paid() -> None:
    for one in ALL:
        assert one.paid >= 0
        assert all(line_.paid >= 0 for line_ in one.lines)


def test_every_amount_has_whole_cents_and_is_not_idle() -> None:
    for one in ALL:
        for each in reasons(one):
            assert each.amount == each.amount.quantize(Decimal("0.01"))
            assert each.amount != 0


def test_deductible_coinsurance_and_copayment_stay_within_what_is_allowed() -> None:
    for one in ALL:
        for line_ in one.lines:
            shared = [r.amount for r in line_.reasons if r.group == "PR" and r.carc in SHARES]
            if line_.allowed is not None:
                assert sum(shared) <= line_.allowed
            else:
                assert shared == []


def test_the_injured_worker_owes_nothing_ever() -> None:
    found = [one for payer, one in DECISIONS if payer == "TRN06"]
    assert [one.patient_share for one in found] == [0] * 11
    assert all(each.group != "PR" for one in found for each in reasons(one))


def test_every_reason_code_and_remark_is_in_the_lists_of_the_day() -> None:
    for one in ALL:
        for each in reasons(one):
            assert CARC.find(each.carc, one.decided).code == each.carc
            for remark in each.remarks:
                assert RARC.find(remark, one.decided).code == remark


def test_what_needs_a_remark_to_be_understood_has_one() -> None:
    for one in ALL:
        for each in reasons(one):
            if each.carc in {"16", "96"}:
                assert each.remarks


def test_every_reason_says_its_step_and_why() -> None:
    for one in ALL:
        assert all(each.step in SAID and each.why for each in reasons(one))


def test_every_step_says_something() -> None:
    for one in ALL:
        assert {each.step for each in one.said} >= SAID


def test_a_claim_is_denied_when_each_line_is() -> None:
    for one in ALL:
        whole = any(each.amount == one.charge for each in one.reasons)
        lines = all(
            any(each.amount == line_.charge for each in line_.reasons) for line_ in one.lines
        )
        if one.status == "4":
            assert whole or lines
            assert one.paid == 0


def test_the_same_claims_get_the_same_decisions() -> None:
    again = [(payer, decided(one)) for payer, one in BILLS]
    assert again == DECISIONS


def test_medicare_alone_and_by_agreement_is_cut_by_sequestration() -> None:
    cut = {payer for payer, one in DECISIONS if any(r.carc == "253" for r in reasons(one))}
    assert cut == {"TRNMB", "TRNMA", "TRN07"}


@pytest.mark.parametrize("payer", sorted(PEOPLE))
def test_a_claim_that_comes_twice_is_a_duplicate(payer: str) -> None:
    claim = to(payer)[1]
    first, state = decide(claim)
    again, _ = decide(claim, state)
    assert isinstance(first, Decision)
    assert isinstance(again, Decision)
    if payer in {"TRNMA", "TRNDM", "TRNSP", "TRN04"}:
        return  # never taken for good, or nobody's memory: nothing to be a duplicate of
    assert again.status == "4"
    assert {each.carc for each in reasons(again)} == {"18"}


@pytest.mark.parametrize("payer", sorted(set(PEOPLE) - {"TRNSP"}))
def test_a_replacement_takes_the_old_decision_back_and_leaves_the_same_accumulators(
    payer: str,
) -> None:
    claim = to(payer)[0]
    first, state = decide(claim)
    assert isinstance(first, Decision)
    new = replace(claim, frequency="7", original_reference=first.number)
    second, after = decide(new, state)
    assert isinstance(second, Decision)
    taken_back, made = after.made
    assert made == second
    assert taken_back.status == "22"
    assert taken_back.paid == -first.paid
    assert taken_back.charge == -first.charge
    assert second.paid == first.paid
    assert dict(after.accumulators.held.items()) == dict(state.accumulators.held.items())


@pytest.mark.parametrize("payer", sorted(set(PEOPLE) - {"TRNSP"}))
def test_a_void_gives_back_what_was_used(payer: str) -> None:
    claim, before = to(payer)[0], opening(payer)
    first, state = decide(claim, before)
    assert isinstance(first, Decision)
    new = replace(claim, frequency="8", original_reference=first.number)
    taken_back, after = decide(new, state)
    assert isinstance(taken_back, Decision)
    assert after.made == (taken_back,)
    assert taken_back.paid == -first.paid
    used = {key: held for key, held in after.accumulators.held.items() if held}
    assert used == {key: held for key, held in before.accumulators.held.items() if held}


@pytest.mark.parametrize("payer", sorted(PEOPLE))
def test_a_claim_for_another_payer_is_refused(payer: str) -> None:
    other = "TRN01" if payer != "TRN01" else "TRN02"
    claim = visit(payer, line("99213", "150", 1), coverages=(coverage(other),))
    from codinglab.payer.adjudicate import adjudicate

    found, state = adjudicate(claim, contracts()[payer], None, opening(payer), RECEIVED)
    assert isinstance(found, Refusal)
    assert (found.category, found.code) == ("A3", "116")
    assert state == opening(payer)


def test_every_reason_of_the_tables_exists() -> None:
    day = date(2026, 3, 3)
    release = in_force("adjudication", day)
    for name in ("reasons.csv", "edit_reasons.csv", "schedule_reasons.csv"):
        for row in rows_on(release, name, ReasonRow, day):
            assert CARC.find(row.carc, day).code == row.carc
            assert all(RARC.find(one, day) for one in row.remarks.split())
            assert row.remarks or row.carc not in {"16", "96"}


def test_every_denial_of_the_contracts_exists() -> None:
    day = date(2026, 3, 3)
    for contract in contracts().values():
        for _, terms in contract.terms.rows:
            rules = (*terms.authorizations, *terms.exclusions, *terms.limits)
            every = [one.denial for one in (*rules, *terms.policies, *terms.own_edits)]
            for one in (*every, terms.contractual, terms.unpriced):
                assert CARC.find(one.carc, day).code == one.carc
                assert all(RARC.find(each, day) for each in one.remarks)
                assert one.remarks or one.carc not in {"16", "96"}
