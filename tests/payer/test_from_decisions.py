"""After a decision the payer's other answers know of it: 277 of the claim, 271 of what is left."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from made_second import DAY, claim, contract, member, prior, told

from codinglab.claim.model import Claim
from codinglab.claim.parties import Name, Payer, Person
from codinglab.codes.billing import STATUS_CATEGORIES, STATUS_CODES
from codinglab.codes.release import in_force, rows
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.contract import Contract
from codinglab.payer.coordination_tables import SET, StatusRow
from codinglab.payer.decision import Refusal
from codinglab.payer.eligibility import request
from codinglab.payer.eligibility_answer import answer as of_coverage
from codinglab.payer.from_decisions import Payment, informed, known_claims, left
from codinglab.payer.inquiry import Inquiry
from codinglab.payer.members import Benefit, Dependent, KnownClaim, Member, SimulatedPayer
from codinglab.payer.state import PayerState
from codinglab.payer.status import status_request
from codinglab.payer.status_answer import status_answer
from codinglab.payer.status_inquiry import StatusInquiry
from codinglab.x12.envelope import Envelope

RECEIVED, DECIDED, PAID = date(2026, 3, 10), date(2026, 3, 20), date(2026, 3, 25)
TERMS = contract("commercial", {"99213": "100"})
WHO = member("commercial", "0.2", "500")
PERSON = "Walter 1948-05-17"
CHECKS = {"260690000001": Payment("EFT0042", PAID)}


def visit(charge: str = "120") -> Claim:
    return claim({"99213": charge}, "commercial", prior=())


def state_after(
    *claims: Claim, terms: Contract = TERMS, who: Member = WHO, state: PayerState | None = None
) -> PayerState:
    state = state or PayerState()
    for one in claims:
        _, state = adjudicate(one, terms, who, state, RECEIVED)
    return state


def told_on(one: KnownClaim, day: date) -> tuple[str, str]:
    found = one.on(day)
    assert found is not None
    return found.category, found.code


def test_a_paid_claim_is_taken_in_decided_and_paid_by_day() -> None:
    who = member("commercial", "0.2")
    (one,) = known_claims(state_after(visit(), who=who), CHECKS)
    assert (one.number, one.account, one.charge) == ("260690000001", "CB1001", Decimal(120))
    assert one.on(date(2026, 3, 9)) is None
    assert told_on(one, RECEIVED) == ("A2", "20")
    assert told_on(one, DECIDED) == ("F0", "3")
    assert told_on(one, PAID) == ("F1", "65")
    found = one.on(PAID)
    assert found is not None
    assert (found.paid, found.check, found.check_day) == (Decimal("80.00"), "EFT0042", PAID)


def test_without_a_payment_run_it_waits() -> None:
    (one,) = known_claims(state_after(visit(), who=member("commercial")), {})
    assert told_on(one, date(2026, 12, 31)) == ("F0", "3")


def test_what_all_counts_toward_the_deductible_is_done_without_payment() -> None:
    (one,) = known_claims(state_after(visit()), {})
    assert told_on(one, DECIDED) == ("F4", "98")


@pytest.mark.parametrize(
    ("bill", "who", "expected"),
    [
        # PR 204: not in the plan
        (claim({"36415": "9"}, "commercial", prior=()), WHO, ("F2", "104")),
        # PR 26: before the coverage
        (visit(), replace(WHO, starts=date(2026, 4, 1)), ("F2", "88")),
        # OA 22: another payer is first
        (visit(), replace(WHO, first_payer=Payer("Works", "TRN02")), ("F2", "85")),
        # CO 129: the first decision does not add up
        (
            claim(
                {"99213": "120"},
                "Medicare",
                "commercial",
                prior=(prior(told(1, "99213", "50", "PR 2 10")),),
            ),
            WHO,
            ("F2", "286"),
        ),
    ],
)
def test_a_denied_claim_says_in_the_277_why(
    bill: Claim, who: Member, expected: tuple[str, str]
) -> None:
    (one,) = known_claims(state_after(bill, who=who), {})
    assert told_on(one, DECIDED) == expected


def test_a_voided_claim_was_revised_and_a_replaced_one_too() -> None:
    who = member("commercial")
    state = state_after(visit(), who=who)
    new = replace(visit("130"), frequency="7", original_reference="260690000001")
    _, state = adjudicate(new, TERMS, who, state, date(2026, 4, 1))
    old, again = known_claims(state, CHECKS)
    assert told_on(old, date(2026, 4, 10)) == ("F1", "65")
    assert told_on(old, date(2026, 4, 11)) == ("F3", "101")
    assert told_on(again, date(2026, 4, 11)) == ("F0", "3")
    void = replace(visit(), frequency="8", original_reference=again.number)
    _, state = adjudicate(void, TERMS, who, state, date(2026, 5, 1))
    assert told_on(known_claims(state, CHECKS)[1], date(2026, 5, 11)) == ("F3", "101")


def test_a_refused_claim_is_known_as_rejected() -> None:
    made, state = adjudicate(visit(), TERMS, None, PayerState(), RECEIVED)
    assert isinstance(made, Refusal)
    (one,) = known_claims(state, {}, [("R0000001", made)])
    assert told_on(one, RECEIVED) == ("A3", "33")


def test_what_is_left_of_a_deductible_shrinks_with_each_claim() -> None:
    """500 - 100 - 100 = 300 in 2026; nothing of 2025 is used."""
    later = replace(visit().lines[0], first=date(2026, 3, 4))
    state = state_after(visit(), replace(visit(), lines=(later,)))
    (deductible,) = left(WHO, PERSON, state, 2026)
    assert (deductible.kind, deductible.amount, deductible.period) == ("C", Decimal(300), "")
    assert left(WHO, PERSON, state, 2025)[0].amount == 500


def family() -> SimulatedPayer:
    """Return a payer that insures the patient and a child, each with a deductible of 500."""
    child = Person(Name("Quill", "Nora"), date(2015, 6, 1), "F")
    who = replace(WHO, dependents=(Dependent(child, "19"),))
    plan = replace(who.plan, benefits=(*who.plan.benefits, Benefit("1", "30")))
    payer = Payer("Northfield Mutual", "TRN01")
    return SimulatedPayer(payer, "1310000001", 12, (replace(who, plan=plan),), ())


def envelope(sender: str, receiver: str, day: date) -> Envelope:
    return Envelope(sender, receiver, datetime(day.year, day.month, day.day, 9, 30), 1)  # noqa: DTZ001  the wire has no time zone


def test_the_271_shows_what_is_left_after_a_decision_to_each_person_its_own() -> None:
    payer = family()
    payers = {"TRN01": informed(payer, state_after(visit()), 2026, {})}
    bill = visit()
    child = payer.members[0].dependents[0].person
    texts = []
    for patient, policy in (
        (bill.patient, bill.coverage),
        (child, replace(bill.coverage, relationship="19", insured=bill.patient)),
    ):
        asked = Inquiry(patient, policy, bill.billing, DAY, ("30",))
        question = request([asked], envelope(bill.billing.npi, "TRN01", PAID), payers)
        assert not question.findings
        reply = of_coverage(question.text, envelope("TRN01", bill.billing.npi, PAID), payers)
        texts.append([one for one in reply.text.splitlines() if one.startswith("EB*C*IND*30***29")])
    assert texts == [["EB*C*IND*30***29*400~"], ["EB*C*IND*30***29*500~"]]


def test_the_277_answers_a_276_about_a_decided_claim() -> None:
    bill = visit()
    who = member("commercial", "0.2")
    known = informed(replace(family(), members=(who,)), state_after(bill, who=who), 2026, CHECKS)
    payers = {"TRN01": known}
    asked = status_request(
        [StatusInquiry(bill, "")], envelope(bill.billing.npi, "TRN01", PAID), payers
    )
    assert not asked.findings
    reply = status_answer(asked.text, envelope("TRN01", bill.billing.npi, PAID), payers)
    assert "STC*F1:65*20260325**120*80" in reply.text.replace("\n", "")


def test_a_decided_claim_takes_the_place_of_one_that_the_payers_file_invents() -> None:
    state = state_after(visit())
    (decided,) = known_claims(state, {})
    invented = replace(decided, account="invented")
    payer = replace(family(), claims=(invented, replace(invented, number="X1")))
    found = informed(payer, state, 2026, {})
    assert [(one.number, one.account) for one in found.claims] == [
        ("X1", "invented"),
        ("260690000001", "CB1001"),
    ]


def test_every_status_of_the_table_exists() -> None:
    for one in rows(in_force(SET, DAY), "statuses.csv", StatusRow):
        assert STATUS_CATEGORIES.find(one.category, DAY).code == one.category
        assert STATUS_CODES.find(one.status, DAY).code == one.status
