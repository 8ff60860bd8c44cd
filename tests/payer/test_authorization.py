"""Authorizations: asked before the visit, granted by rule, looked up on the claim, used up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from claim_people import CHILD_DOCTOR, FAMILY_DOCTOR, SURGEON
from made_second import DAY, claim, contract, decided, member, reasons

from codinglab.claim.model import Claim
from codinglab.cli.payer_claim import claim_of
from codinglab.core.tables import BadData
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.authorization import Authorization, Authorizations, Request, Units
from codinglab.payer.authorization_needs import needs, referral, request_of
from codinglab.payer.authorization_rules import answer, authorization_files, folder, read_rules
from codinglab.payer.contract import Contract
from codinglab.payer.contract_file import contracts
from codinglab.payer.contract_parts import Denial, Rule, Selector
from codinglab.payer.decision import Decision
from codinglab.payer.state import PayerState

CLAIMS = Path(__file__).resolve().parents[2] / "curriculum" / "claims"
DOCTOR = "1352660660"
ASKED = date(2026, 2, 20)
CODES = ("99213", "99214")


def must_be_authorized() -> Contract:
    """Return a plan that pays 100 for a visit, and wants an authorization for it."""
    plain = contract("commercial", {"99213": "100", "99214": "150"})
    rule = Rule("visits", Selector(codes=frozenset(CODES)), Denial("CO", "197"), "why", "made up")
    span, terms = plain.terms.rows[0]
    dated = replace(plain.terms, rows=((span, replace(terms, authorizations=(rule,))),))
    return replace(plain, terms=dated)


TERMS = must_be_authorized()
WHO = member("commercial")


def granted(units: str = "2", **changes: object) -> Authorization:
    one = Authorization(
        number="NA1",
        kind="authorization",
        status="approved",
        payer_id="TRN01",
        member_id="NF00498765",
        npi=DOCTOR,
        granted=(Units("99213", Decimal(units)),),
        first=date(2026, 3, 1),
        last=date(2026, 3, 31),
        given=ASKED,
        why="as asked",
        source="made up",
    )
    return replace(one, **changes)  # type: ignore[arg-type]  one a test


def on_file(*ones: Authorization) -> PayerState:
    return PayerState(authorizations=Authorizations(ones))


def visit(number: str = "NA1", code: str = "99213") -> Claim:
    return replace(claim({code: "120"}, "commercial", prior=()), authorization=number)


def test_what_must_be_authorized_is_denied_without_a_number_and_paid_with_a_good_one() -> None:
    assert reasons(decided(visit(""), TERMS, WHO, state=on_file(granted())).lines[0]) == [
        "CO 197 120.00"
    ]
    made = decided(visit(), TERMS, WHO, state=on_file(granted()))
    assert made.paid == Decimal(100)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (granted(number="NA2"), "CO 15 120.00"),
        (granted(member_id="NF00000001"), "CO 15 120.00"),
        (granted(payer_id="TRN02"), "CO 15 120.00"),
        (granted(npi="1881770774"), "CO 15 120.00"),
        (granted(first=date(2026, 3, 4)), "CO 15 120.00"),
        (granted(last=date(2026, 3, 2)), "CO 15 120.00"),
        (granted(status="denied"), "CO 39 120.00"),
        (granted(status="pending"), "CO 197 120.00"),
        (granted(granted=(Units("99214", Decimal(1)),)), "CO 284 120.00"),
        (granted(given=date(2026, 3, 4)), "CO 210 120.00"),
        (granted(used=(Units("99213", Decimal(2)),)), "CO 198 120.00"),
    ],
)
def test_a_number_that_does_not_cover_the_service_is_no_help(
    one: Authorization, expected: str
) -> None:
    """The visit is on 2026-03-03 with 1352660660, one unit of 99213, for NF00498765 of TRN01."""
    made = decided(visit(), TERMS, WHO, state=on_file(one))
    assert reasons(made.lines[0]) == [expected]


def test_both_ends_of_the_days_are_covered() -> None:
    for days in ({"first": DAY}, {"last": DAY}, {"given": DAY}):
        assert decided(visit(), TERMS, WHO, state=on_file(granted(**days))).paid == Decimal(100)


def test_a_payer_with_none_on_file_takes_a_number_as_it_stands() -> None:
    assert decided(visit("ANYTHING"), TERMS, WHO).paid == Decimal(100)


def test_units_are_used_by_decisions_and_given_back_by_a_void() -> None:
    """Two granted: the third visit is beyond them; a void of the first gives one back."""
    state = on_file(granted("2"))
    numbers = []
    for day in (3, 4, 5):
        bill = visit()
        lines = tuple(replace(line, first=date(2026, 3, day)) for line in bill.lines)
        made, state = adjudicate(replace(bill, lines=lines), TERMS, WHO, state, date(2026, 4, day))
        assert isinstance(made, Decision)
        numbers.append((made.number, made.paid))
    assert [paid for _, paid in numbers] == [100, 100, 0]
    found = state.authorizations.numbered("NA1")
    assert found is not None
    assert found.left("99213") == 0
    void = replace(visit(), frequency="8", original_reference=numbers[0][0])
    _, state = adjudicate(void, TERMS, WHO, state, date(2026, 5, 1))
    found = state.authorizations.numbered("NA1")
    assert found is not None
    assert found.left("99213") == 1


def test_one_claim_cannot_use_more_than_is_left() -> None:
    bill = claim({"99213": "120", "99214": "160"}, "commercial", prior=())
    again = replace(bill.lines[0], modifiers=("76",))
    bill = replace(bill, lines=(bill.lines[0], again), authorization="NA1")
    made = decided(bill, TERMS, WHO, state=on_file(granted("1")))
    assert [one.paid for one in made.lines] == [100, 0]
    assert reasons(made.lines[1]) == ["CO 198 120.00"]


# Referrals


def hmo() -> Contract:
    """Return a plan whose specialists need a referral; family medicine (207Q) does not."""
    plain = contract("commercial", {"99213": "100"})
    span, terms = plain.terms.rows[0]
    rows = ((span, replace(terms, referral_free=("207Q",))),)
    return replace(plain, terms=replace(plain.terms, rows=rows))


REFERRAL = referral(
    "RF1",
    ("TRN01", "NF00498765"),
    specialist=SURGEON.npi,
    visits=1,
    days=(date(2026, 3, 1), date(2026, 5, 31)),
    given=ASKED,
    by="Dr. Okafor",
)


def at_the_surgeon(number: str) -> Claim:
    bill = claim({"99213": "120"}, "commercial", prior=())
    return replace(bill, providers=(("rendering", SURGEON),), referral=number)


def test_a_specialist_is_paid_under_a_referral_as_often_as_it_says() -> None:
    terms, state = hmo(), on_file(REFERRAL)
    without = decided(at_the_surgeon(""), terms, WHO, state=state)
    assert reasons(without.lines[0]) == ["CO 288 120.00"]
    first, state = adjudicate(at_the_surgeon("RF1"), terms, WHO, state, date(2026, 4, 1))
    assert isinstance(first, Decision)
    assert first.paid == Decimal(100)
    later = at_the_surgeon("RF1")
    lines = tuple(replace(line, first=date(2026, 4, 3)) for line in later.lines)
    second = decided(replace(later, lines=lines), terms, WHO, date(2026, 4, 10), state)
    assert reasons(second.lines[0]) == ["CO 243 120.00"]


def test_another_specialist_is_not_paid_under_it_and_the_family_doctor_needs_none() -> None:
    other = replace(at_the_surgeon("RF1"), providers=(("rendering", CHILD_DOCTOR),))
    made = decided(other, hmo(), WHO, state=on_file(REFERRAL))
    assert reasons(made.lines[0]) == ["CO 243 120.00"]
    family = claim({"99213": "120"}, "commercial", prior=())
    assert decided(family, hmo(), WHO, state=on_file(REFERRAL)).paid == Decimal(100)


def test_a_visit_alone_uses_a_referral_and_the_visit_of_its_specialist_alone() -> None:
    """Two visits are granted; a blood draw on another day and the family doctor use none."""
    terms = contract("commercial", {"99213": "100", "36415": "10"})
    two = replace(REFERRAL, granted=(Units("", Decimal(2)),))
    bill = claim({"99213": "120", "36415": "20"}, "commercial", prior=())
    draw = replace(bill.lines[1], first=date(2026, 3, 4))
    bill = replace(bill, lines=(bill.lines[0], draw), referral="RF1")
    for rendering, left in ((SURGEON, 1), (FAMILY_DOCTOR, 2)):
        sent = replace(bill, providers=(("rendering", rendering),))
        made, state = adjudicate(sent, terms, WHO, on_file(two), date(2026, 4, 1))
        assert isinstance(made, Decision)
        assert made.paid == Decimal(110)
        found = state.authorizations.numbered("RF1")
        assert found is not None
        assert found.left("") == left


def test_a_referral_is_no_authorization() -> None:
    made = decided(visit("RF1"), TERMS, WHO, state=on_file(replace(REFERRAL, npi="")))
    assert reasons(made.lines[0]) == ["CO 15 120.00"]


# Asking


RULES = authorization_files()["TRN01"]


def ask(*codes: Units, **changes: object) -> Request:
    one = Request(
        payer_id="TRN01",
        member_id="NF00412345",
        npi=DOCTOR,
        codes=codes,
        diagnoses=("R51.9",),
        first=DAY,
        last=DAY,
        asked=ASKED,
        records=frozenset({"visit note"}),
    )
    return replace(one, **changes)  # type: ignore[arg-type]  one a test


NONE_OF_THEM = (
    "scans of the head: none of the diagnoses is among R40, R41, R42, R47, R51, R55, S02, S06, "
    "S09, G43, G44, I60, I61, I62, I63."
)
SCAN = Units("70450", Decimal(1))


def test_a_request_with_a_fitting_diagnosis_and_its_records_is_approved() -> None:
    """60 days from 2026-03-03 end with 2026-05-01."""
    found = answer(ask(SCAN), RULES, 7)
    one = found.authorization
    assert (one.status, one.number) == ("approved", "NA2602200007")
    assert (one.first, one.last) == (DAY, date(2026, 5, 1))
    assert one.granted == (SCAN,)
    assert found.due_days == 7


@pytest.mark.parametrize(
    ("request_", "status", "why"),
    [
        (ask(SCAN, records=frozenset()), "pending", "Wanted: visit note."),
        (
            ask(Units("72100", Decimal(1))),
            "pending",
            "No rule answers for 72100; a reviewer looks at the request.",
        ),
        (
            ask(SCAN, diagnoses=("M54.50",)),
            "denied",
            NONE_OF_THEM,
        ),
        (
            ask(Units("70450", Decimal(3))),
            "approved",
            "scans of the head: granted 1 of 70450 instead of 3.",
        ),
    ],
)
def test_a_request_is_answered_by_rule(request_: Request, status: str, why: str) -> None:
    one = answer(request_, RULES, 1).authorization
    assert (one.status, one.why) == (status, why)


def test_an_urgent_request_is_answered_sooner_and_a_wrong_one_not_at_all() -> None:
    assert answer(ask(SCAN, urgent=True), RULES, 1).due_days == 3
    with pytest.raises(ValueError, match="names no service"):
        answer(ask(), RULES, 1)
    with pytest.raises(ValueError, match="for TRN02, the rules are of TRN01"):
        answer(ask(SCAN, payer_id="TRN02"), RULES, 1)


def test_a_planned_visit_tells_what_it_needs_and_asks_for_it() -> None:
    plan = claim_of(CLAIMS / "outpatient-hospital.yml")
    assert plan.bill is not None
    emergency = plan
    plan = replace(plan, bill=replace(plan.bill, priority="3"))
    scan = replace(plan.lines[0], code="70450", units=Decimal(2), modifiers=())
    lines = (scan, plan.lines[0])
    assert not needs(replace(emergency, lines=lines), contracts()["TRN01"], None, ASKED)
    found = needs(replace(plan, lines=lines), contracts()["TRN01"], None, ASKED)
    assert [(one.line, one.code) for one in found] == [(1, "70450")]
    request = request_of(plan, found, ASKED, ["visit note"], urgent=False)
    assert request.codes == (Units("70450", Decimal(2)),)
    assert (request.payer_id, request.member_id) == ("TRN01", "NF00412345")


def test_a_code_in_two_rules_is_a_fault_of_the_file(tmp_path: Path) -> None:
    text = (folder() / "northfield.yml").read_text("utf-8")
    rule = text[text.index("  - name: scans") :]
    file = tmp_path / "twice.yml"
    file.write_text(text + rule.replace("scans of the head", "again"), encoding="utf-8")
    with pytest.raises(BadData, match="70450 stands in 'scans of the head' and in 'again'"):
        read_rules(file)


def test_every_payer_that_answers_requests_has_a_contract() -> None:
    assert set(authorization_files()) <= set(contracts())
