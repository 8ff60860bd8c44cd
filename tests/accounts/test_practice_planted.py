"""Whether a trainee found what was planted."""

from datetime import date
from decimal import Decimal

import pytest

from codinglab.accounts.practice_file import practice_folder, read_practice
from codinglab.accounts.practice_planted import Claimed, Planted, judged, read_planted
from codinglab.payer.contract_file import contracts

PLANTED = read_planted(practice_folder("harbor") / "planted.yml")
RIGHT = [Claimed(one.kind, one.since, one.payer, one.who) for one in PLANTED.problems]


def test_whoever_says_what_was_planted_has_found_all_of_it():
    found, left = judged(PLANTED, RIGHT, 31)
    assert [one.found for one in found] == [True] * 7
    assert left == ()


def test_an_empty_answer_has_found_nothing():
    found, left = judged(PLANTED, [], 31)
    assert [one.answer for one in found] == [None] * 7
    assert not any(one.found for one in found)
    assert left == ()


def test_the_wrong_person_is_named_as_wrong():
    found, _ = judged(PLANTED, [Claimed("modifier", date(2026, 3, 1), who="Okafor")], 31)
    (told,) = (one for one in found if one.problem.kind == "modifier")
    assert told.wrong == ("who",)
    assert not told.found


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (date(2026, 4, 1), ()),  # 31 days after 1 March
        (date(2026, 4, 2), ("since",)),
        (date(2026, 1, 29), ()),  # 31 days before
        (date(2026, 1, 28), ("since",)),
    ],
)
def test_a_day_may_be_off_by_as_many_days_as_allowed(said, wrong):
    found, _ = judged(PLANTED, [Claimed("modifier", said, who="Castillo")], 31)
    (told,) = (one for one in found if one.problem.kind == "modifier")
    assert told.wrong == wrong


def test_a_second_answer_of_the_same_kind_fits_no_problem():
    extra = Claimed("modifier", date(2026, 3, 1), who="Okafor")
    _, left = judged(PLANTED, [*RIGHT, extra], 31)
    assert left == (extra,)


def test_of_two_answers_the_better_one_counts():
    worse = Claimed("modifier", date(2026, 9, 1), who="Okafor")
    found, left = judged(PLANTED, [worse, *RIGHT], 31)
    assert all(one.found for one in found)
    assert left == (worse,)


def test_every_planted_problem_is_about_people_payers_and_price_rules_that_exist():
    practice = read_practice(practice_folder("harbor") / "practice.yml")
    people = {*practice.coders, *practice.registrars, *(one.name for one in practice.providers)}
    for one in PLANTED.problems:
        assert one.who in {"", *people}
        assert one.payer in {"", *practice.payers}
        if one.kind == "underpaid":
            rules = {rule.name for rule in contracts()[one.payer].on(one.since).prices}
            assert set(one.rules) <= rules


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"kind": "underpaid", "payer": "TRN01"}, "names its payer and its price rules"),
        ({"kind": "held", "payer": "TRN02"}, "say in days how long a claim is held"),
        ({"kind": "level", "to": "2025-12-31"}, "to 2025-12-31 comes before from 2026-01-01"),
    ],
)
def test_an_incomplete_problem_says_what_lacks(told, why):
    base = {
        "id": "x",
        "from": "2026-01-01",
        "rate": "0.5",
        "what": "w",
        "shows": "s",
        "look": ["l"],
    }
    with pytest.raises(ValueError, match=why):
        Planted.model_validate(base | told)


def test_the_highest_planted_rate_replaces_the_usual_one():
    rate = PLANTED.slip_rate(
        "modifier", Decimal("0.03"), date(2026, 3, 1), "TRN01", ("Castillo", "Egan", "Nunez")
    )
    assert rate == Decimal("0.85")
    before = PLANTED.slip_rate(
        "modifier", Decimal("0.03"), date(2026, 2, 28), "TRN01", ("Castillo", "Egan", "Nunez")
    )
    assert before == Decimal("0.03")
