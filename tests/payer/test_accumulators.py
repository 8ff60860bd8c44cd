"""What was used of deductibles and visits, and the mapping that keeps it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from codinglab.claim.parties import Name, Person
from codinglab.payer.accumulators import Accumulators, name_of, person_of, use
from codinglab.payer.members import Benefit, Member, Plan
from codinglab.payer.shards import Shards

DEDUCTIBLE = Benefit("C", "30", "IND", "Y", "23", Decimal(1000))
FAMILY = Benefit("C", "30", "FAM", "Y", "23", Decimal(3000))
VISITS = Benefit("F", "33", network="Y", period="23", visits=20)
PLAN = Plan("made", "PR", (DEDUCTIBLE, FAMILY, VISITS))
ANN = Person(Name("Made", "Ann"), date(1980, 1, 2), "F")
MEMBER = Member("M1", ANN, PLAN, date(2020, 1, 1))


def test_what_is_used_comes_off_what_the_plan_says() -> None:
    start = Accumulators()
    after = start.after([use(MEMBER, person_of(ANN), 2026, DEDUCTIBLE, Decimal("250.10"))])
    assert start.left(MEMBER, person_of(ANN), 2026, DEDUCTIBLE) == 1000
    assert after.left(MEMBER, person_of(ANN), 2026, DEDUCTIBLE) == Decimal("749.90")
    assert after.left(MEMBER, person_of(ANN), 2027, DEDUCTIBLE) == 1000
    assert after.left(MEMBER, "Ben 2010-01-01", 2026, DEDUCTIBLE) == 1000


def test_a_familys_amount_is_one_for_all_its_people() -> None:
    after = Accumulators().after([use(MEMBER, "Ann", 2026, FAMILY, Decimal(900))])
    assert after.left(MEMBER, "Ben", 2026, FAMILY) == 2100


def test_what_is_left_by_the_file_is_what_was_used_before() -> None:
    left = (replace(DEDUCTIBLE, period="", amount=Decimal(400)), Benefit("G", "30"))
    begun = Accumulators.opening([replace(MEMBER, left=left)], 2026)
    assert begun.used(MEMBER, person_of(ANN), 2026, DEDUCTIBLE) == 600


def test_visits_are_counted_like_dollars() -> None:
    after = Accumulators().after([use(MEMBER, "Ann", 2026, VISITS, Decimal(1))] * 3)
    assert after.left(MEMBER, "Ann", 2026, VISITS) == 17


def test_what_is_used_beyond_the_plan_leaves_nothing_and_not_less() -> None:
    after = Accumulators().after([use(MEMBER, "Ann", 2026, DEDUCTIBLE, Decimal(1200))])
    assert after.left(MEMBER, "Ann", 2026, DEDUCTIBLE) == 0


def test_the_name_of_a_benefit_tells_kind_service_level_and_network() -> None:
    assert [name_of(one) for one in (DEDUCTIBLE, VISITS)] == ["C 30 IND Y", "F 33 - Y"]


@given(st.lists(st.tuples(st.text(max_size=3), st.integers())))
def test_shards_are_a_mapping_that_never_changes(pairs: list[tuple[str, int]]) -> None:
    made: Shards[str, int] = Shards()
    wanted: dict[str, int] = {}
    for key, value in pairs:
        before = dict(made.items())
        bigger = made.put(key, value)
        assert dict(made.items()) == before
        made, wanted[key] = bigger, value
    assert dict(made.items()) == wanted
    assert all(made.get(key) == value for key, value in wanted.items())
    assert made.get("none of these") is None
