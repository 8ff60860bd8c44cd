"""Whatever comes on a claim, the laws of every decision hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claim_people import FAMILY_DOCTOR, PRACTICE, SOLE_DOCTOR, SURGEON
from hypothesis import given, settings
from hypothesis import strategies as st
from made_adjudication import PEOPLE, decide, line, opening, visit

from codinglab.claim.model import Claim
from codinglab.payer.decision import Decision
from codinglab.payer.state import PayerState

CODES = (
    *("99213", "99214-25", "99203", "99396", "99284", "10060", "10061", "20610-RT", "20610-50"),
    *("12002", "93000", "94760", "36415", "80061", "83036-QW", "85025", "71046", "71046-26"),
    *("J3301", "J1885", "90715", "90471", "G0439", "A0429-RH", "E0601-RR-KH", "01820-AA"),
    *("80061-GA", "80061-GZ", "99213-GY", "XX", "70450", "17000", "17003", "90461"),
)
DIAGNOSES = ("I10", "E11.9", "M17.11", "L02.416", "J02.9", "Z00.00", "R53.83", "S61.411A", "I1")
LINES = st.builds(
    lambda code, cents, units, at, day: line(
        code,
        str(Decimal(cents) / 100),
        at,
        units=str(units),
        first=date(2026, 3, day),
    ),
    st.sampled_from(CODES),
    st.integers(0, 50_000),
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(1, 28),
)
CLAIMS = st.builds(
    lambda payer, lines, dx, place, billing, doctor: visit(
        payer,
        *lines,
        dx=tuple(dx),
        place_of_service=place,
        billing=billing,
        providers=(("rendering", doctor),),
    ),
    st.sampled_from(sorted(PEOPLE)),
    st.lists(LINES, min_size=1, max_size=5),
    st.lists(st.sampled_from(DIAGNOSES), min_size=1, max_size=3, unique=True),
    st.sampled_from(("11", "22", "23", "10")),
    st.sampled_from((PRACTICE, SOLE_DOCTOR)),
    st.sampled_from((FAMILY_DOCTOR, SURGEON)),
)


def holds(one: Decision) -> None:
    inner = [each for line_ in one.lines for each in line_.reasons]
    assert one.paid + sum(each.amount for each in (*one.reasons, *inner)) == one.charge
    for line_ in one.lines:
        assert line_.paid >= 0
        shared = [r.amount for r in line_.reasons if r.group == "PR" and r.carc in {"1", "2", "3"}]
        assert sum(shared) <= (line_.allowed or 0)
        assert all(each.amount == round(each.amount, 2) for each in line_.reasons)
        assert all(each.amount for each in line_.reasons)


@settings(max_examples=150, deadline=None)
@given(CLAIMS)
def test_any_claim_is_decided_and_balances(claim: Claim) -> None:
    one, _ = decide(claim, received=date(2026, 4, 2))
    assert isinstance(one, Decision)
    holds(one)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(set(PEOPLE) - {"TRNSP"})), st.lists(CLAIMS, min_size=2, max_size=4))
def test_after_any_claims_a_void_of_each_leaves_nothing_used(
    payer: str, claims: list[Claim]
) -> None:
    begun = opening(payer)
    state: PayerState = begun
    made = []
    for at, claim in enumerate(claims):
        mine = visit(payer, *claim.lines, account=f"W{at}")
        mine = replace(mine, diagnoses=claim.diagnoses)
        one, state = decide(mine, state, received=date(2026, 4, 2))
        assert isinstance(one, Decision)
        holds(one)
        made.append(one)
    for one in made:
        void = replace(one.claim, frequency="8", original_reference=one.number)
        taken_back, state = decide(void, state, received=date(2026, 4, 20))
        assert isinstance(taken_back, Decision)
        assert taken_back.paid == -one.paid
    before = {key: held for key, held in begun.accumulators.held.items() if held}
    assert {key: held for key, held in state.accumulators.held.items() if held} == before
