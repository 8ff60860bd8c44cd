from datetime import date

import pytest

from codinglab.codes import billing, modifiers, visit_levels
from codinglab.codes.procedures import find as procedure
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "applies_to"),
    [
        *(("25", "visit"), ("24", "visit"), ("57", "visit"), ("59", "procedure")),
        *(("xs", "procedure"), ("LT", "procedure"), ("fa", "procedure")),
        *(("95", "any"), ("GA", "any"), ("33", "any")),
    ],
)
def test_modifiers_say_on_which_lines_they_may_stand(text: str, applies_to: str) -> None:
    found = modifiers.find(text, DAY)
    assert (found.code, found.applies_to) == (text.upper(), applies_to)


def test_a_modifier_outside_the_table_and_a_malformed_one_differ() -> None:
    with pytest.raises(NotInTable, match="ZZ is not in this lab's table"):
        modifiers.find("ZZ", DAY)
    with pytest.raises(modifiers.NotAModifier, match="'251' is not a modifier"):
        modifiers.find("251", DAY)


def test_the_modifiers_of_digits_and_eyelids_are_complete() -> None:
    codes = {modifier.code for modifier in modifiers.all_on(DAY)}
    assert len(codes) == 236
    assert {f"{limb}{end}" for limb in "FT" for end in "A123456789"} <= codes
    assert {"E1", "E2", "E3", "E4"} <= codes


@pytest.mark.parametrize(
    ("code", "label", "rate"),
    [
        ("11", "office", "non-facility"),
        ("20", "urgent care facility", "non-facility"),
        ("22", "on campus outpatient hospital", "facility"),
        ("23", "emergency room, hospital", "facility"),
        ("10", "telehealth, patient at home", "non-facility"),
        ("05", "Indian Health Service freestanding facility", None),
    ],
)
def test_places_of_service(code: str, label: str, rate: str | None) -> None:
    place = billing.place_of_service(code, DAY)
    assert (place.label, place.rate) == (label, rate)


def test_an_unassigned_place_is_not_in_the_table() -> None:
    assert len(billing.places_on(DAY)) == 52
    with pytest.raises(NotInTable, match="30 is not in this lab's table"):
        billing.place_of_service("30", DAY)


def test_minutes_that_visits_need() -> None:
    minutes = {level.code: level.minutes for level in visit_levels.levels(DAY)}
    assert minutes == {
        "99202": 15,
        "99203": 30,
        "99204": 45,
        "99205": 60,
        "99211": None,
        "99212": 10,
        "99213": 20,
        "99214": 30,
        "99215": 40,
        **dict.fromkeys(("99281", "99282", "99283", "99284", "99285")),
        "99221": 40,
        "99222": 55,
        "99223": 75,
        "99231": 25,
        "99232": 35,
        "99233": 50,
        "99234": 45,
        "99235": 70,
        "99236": 85,
        "99304": 25,
        "99305": 35,
        "99306": 50,
        "99307": 10,
        "99308": 20,
        "99309": 30,
        "99310": 45,
        "99341": 15,
        "99342": 30,
        "99344": 60,
        "99345": 75,
        "99347": 20,
        "99348": 30,
        "99349": 40,
        "99350": 60,
    }


def test_decision_making_that_visits_need() -> None:
    making = {level.code: level.mdm for level in visit_levels.levels(DAY)}
    steps = ("straightforward", "low", "moderate", "high")
    assert making == {
        **{f"9920{place}": step for place, step in enumerate(steps, 2)},
        **{f"9921{place}": step for place, step in enumerate(steps, 2)},
        **{f"9928{place}": step for place, step in enumerate(steps, 2)},
        **{f"9922{place}": step for place, step in enumerate(steps[1:], 1)},
        **{f"9923{place}": step for place, step in enumerate(steps[1:], 1)},
        **{f"9923{place}": step for place, step in enumerate(steps[1:], 4)},
        **{f"9930{place}": step for place, step in enumerate(steps[1:], 4)},
        **dict(zip(("99307", "99308", "99309", "99310"), steps, strict=True)),
        **dict(zip(("99341", "99342", "99344", "99345"), steps, strict=True)),
        **dict(zip(("99347", "99348", "99349", "99350"), steps, strict=True)),
        "99211": None,
        "99281": None,
    }


def test_visit_levels_hold_from_2024_on() -> None:
    assert visit_levels.level("99214", date(2024, 1, 1)).family == "office-established"
    with pytest.raises(NotInForce, match="visit_levels: nothing in force on 2023-12-31"):
        visit_levels.levels(date(2023, 12, 31))


def test_every_visit_level_is_a_visit_of_the_starter_set() -> None:
    kinds = {procedure(level.code, DAY).kind for level in visit_levels.levels(DAY)}
    assert kinds == {"visit"}
