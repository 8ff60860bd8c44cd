"""What was decided before: duplicates, and claims that come back after another payer."""

from dataclasses import replace
from datetime import date

import pytest
from claim_people import FAMILY_DOCTOR, HOSPITALIST
from made_adjudication import decide, decided, line, money, opening, outpatient, stay, told, visit
from made_second import claim as second_claim
from made_second import contract, member, prior
from made_second import decided as second_decided
from made_second import told as paid_line

from codinglab.claim.model import Line
from codinglab.claim.parties import Payer
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.state import PayerState

JOINT = line("20610-RT-59", "300", 1)


def after(*claims: object) -> PayerState:
    """Return Medicare's state after the claims."""
    state = opening("TRNMB")
    for one in claims:
        _, state = decide(one, state)  # type: ignore[arg-type]  claims of the helpers
    return state


@pytest.mark.parametrize(
    ("again", "duplicate"),
    [
        (JOINT, True),
        (replace(JOINT, modifiers=("59", "RT")), True),
        (replace(JOINT, charge=money("310")), True),
        (replace(JOINT, units=money("2")), True),
        (replace(JOINT, modifiers=("LT", "59")), False),
        (replace(JOINT, modifiers=("RT", "76")), False),
        (replace(JOINT, first=date(2026, 3, 4)), False),
    ],
    ids=["same", "order of modifiers", "charge", "units", "other side", "repeat", "other day"],
)
def test_a_second_claim_for_the_same_service_is_a_duplicate(
    again: Line, *, duplicate: bool
) -> None:
    """Neither order of modifiers nor charge nor units make another service."""
    state = after(visit("TRNMB", JOINT, dx=("M17.0",)))
    found = decided(visit("TRNMB", again, dx=("M17.0",)), state)
    assert (told(found.lines[0])[0].split()[:2] == ["OA", "18"]) is duplicate


def test_two_practitioners_of_one_practice_bill_a_visit_each() -> None:
    """The provider of Medicare's duplicates is who rendered the service (ch. 1 s. 120)."""
    claim = visit("TRNMB", line("99213", "150", 1))
    other = replace(claim, providers=(("rendering", HOSPITALIST),))
    assert decided(other, after(claim)).status == "1"
    by_line = replace(claim.lines[0], providers=(("rendering", FAMILY_DOCTOR),))
    assert decided(replace(other, lines=(by_line,)), after(claim)).status == "4"


def test_lines_without_a_code_may_repeat_within_a_bill_and_not_in_a_second_one() -> None:
    """Two pharmacy lines of 40 dollars; 800 is the visit."""
    bill = outpatient(
        "TRNMA", line("0450 99283-25", "800", 1), line("0250", "40"), line("0250", "40")
    )
    made, state = decide(bill)
    assert [told(one) for one in made.lines[1:]] == [["CO 97 40.00 M15"]] * 2  # type: ignore[union-attr]
    again = decided(bill, state)
    assert [told(one)[0][:5] for one in again.lines] == ["OA 18"] * 3


@pytest.mark.parametrize(
    ("days", "duplicate"),
    [
        ((date(2026, 3, 3), date(2026, 3, 5)), True),
        ((date(2026, 3, 4), date(2026, 3, 9)), True),
        ((date(2026, 3, 5), date(2026, 3, 7)), False),
        ((date(2026, 3, 1), date(2026, 3, 3)), False),
    ],
)
def test_a_stay_is_not_paid_twice_for_one_night(
    days: tuple[date, date], *, duplicate: bool
) -> None:
    """Billed: 3 to 5 March. A new line or another charge does not make another stay."""
    first = stay("TRNMA", line("0120", "2000"), line("0250", "100"))
    _, state = decide(first)
    more = stay("TRNMA", line("0120", "2000"), line("0250", "130"), line("0300", "9"), days=days)
    made = decided(more, state)
    assert (told(made) == ["OA 18 2139.00"]) is duplicate


def test_a_stay_that_was_denied_for_want_of_its_original_comes_back_as_new() -> None:
    """CO 16 M47 of the whole 2,100 dollars decides nothing on the stay."""
    early = stay("TRNMA", line("0120", "2000"), line("0250", "100"))
    _, state = decide(replace(early, frequency="7", original_reference="X"))
    assert decided(early, state).status == "1"


def test_a_claim_that_was_another_payers_comes_back_with_that_payers_decision() -> None:
    """Denied OA 22, then 150 less CO 45 30 and 96 paid: 150 - 30 - 96 = 24 are left to pay."""
    medicare = contract("Medicare", {"99213": "120"})
    who = member("Medicare", "0.20", first_payer=Payer("Northfield", "TRN01"))
    alone = second_claim({"99213": "150"}, "Medicare", prior=())
    _, state = adjudicate(alone, medicare, who, PayerState(), date(2026, 3, 10))
    first = prior(paid_line(1, "99213", "96", "CO 45 30", "PR 2 24"))
    later = second_claim({"99213": "150"}, "commercial", "Medicare", prior=(first,))
    made = second_decided(later, medicare, who, state=state)
    assert (made.status, made.paid) == ("2", money("24"))
    state = adjudicate(later, medicare, who, state, date(2026, 4, 1))[1]
    assert told(second_decided(later, medicare, who, state=state).lines[0]) == ["OA 18 150.00"]
