"""Whether a trainee found what was planted."""

import json
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from codinglab.accounts.practice_file import practice_folder, read_practice
from codinglab.accounts.practice_planted import (
    Claimed,
    Planted,
    PlantedFile,
    judged,
    planted_into,
    read_planted,
)
from codinglab.accounts.practice_year import underpaying
from codinglab.core.tables import BadData
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
        (
            {"kind": "underpaid", "payer": "TRN01", "rules": ["r"], "who": "Porter"},
            "a payer underpays whoever did the work",
        ),
        ({"kind": "level", "days": 3}, "days belong to a claim that is held"),
        ({"kind": "level", "rules": ["r"]}, "rules belong to an underpaid contract"),
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


CASTILLO = Claimed("modifier", date(2026, 3, 1), who="Castillo")
OKAFOR = Claimed("modifier", date(2026, 3, 1), who="Okafor")


def _two_of_a_kind():
    (one,) = (one for one in PLANTED.problems if one.kind == "modifier")
    other = one.model_copy(update={"id": "second", "who": "Okafor"})
    return PLANTED.model_copy(update={"problems": (one, other)})


def test_an_answer_that_is_right_about_the_second_of_a_kind_is_not_spent_on_the_first():
    found, left = judged(_two_of_a_kind(), [OKAFOR], 31)
    assert [one.found for one in found] == [False, True]
    assert found[0].answer is None
    assert left == ()


@pytest.mark.parametrize("answers", list(permutations([CASTILLO, OKAFOR])))
def test_the_order_of_answers_never_matters(answers):
    found, _ = judged(_two_of_a_kind(), answers, 31)
    assert [one.found for one in found] == [True, True]


def _file(tmp_path, **told):
    base = {"id": "x", "kind": "modifier", "from": "2026-01-01", "rate": "0.5"}
    words = {"what": "w", "shows": "s", "look": ["l"]}
    path = tmp_path / "own.yml"
    practice = told.pop("practice", "harbor")
    path.write_text(json.dumps({"practice": practice, "problems": [base | words | told]}))
    return path


HARBOR = read_practice(practice_folder("harbor") / "practice.yml")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"who": "Castilo"}, "x: who: Castilo is not known to harbor; choose of Okafor, Lindq"),
        ({"payer": "TRN99"}, "x: payer: TRN99 is not known to harbor; choose of TRNMB, TRN07"),
        (
            {"kind": "underpaid", "payer": "TRN01", "rules": ["visits"]},
            "x: rules: visits is not known to harbor; choose of ",
        ),
        ({"practice": "bay"}, "practice: 'bay', and the practice is 'harbor'"),
    ],
)
def test_a_file_that_would_plant_nothing_is_refused(tmp_path, told, why):
    with pytest.raises(BadData, match=why):
        planted_into(_file(tmp_path, **told), "harbor", HARBOR)


def test_an_own_file_that_fits_is_taken(tmp_path):
    (one,) = planted_into(_file(tmp_path, who="Okafor"), "harbor", HARBOR).problems
    assert (one.who, one.rate) == ("Okafor", Decimal("0.5"))


def test_a_payer_underpays_no_longer_than_the_file_says():
    (one,) = (one for one in PLANTED.problems if one.kind == "underpaid")
    last = date(2026, 5, 31)
    short = underpaying(contracts()["TRN01"], (one.model_copy(update={"until": last}),))
    days = (one.since - timedelta(days=1), one.since, last, last + timedelta(days=1))
    fees = [
        next(each.fees["99213"] for each in short.on(day).prices if "99213" in each.fees)
        for day in days
    ]
    # 112.00 by the fee list, nine tenths of it from April to May: 100.80
    assert fees == [Decimal(told) for told in ("112.00", "100.80", "100.80", "112.00")]


def test_a_problem_stands_once_in_its_file():
    (one, *_) = PLANTED.problems
    told = [one.model_dump(by_alias=True)] * 2
    with pytest.raises(ValueError, match="underpaying-payer stands twice"):
        PlantedFile.model_validate({"practice": "harbor", "problems": told})
