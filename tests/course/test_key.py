"""A key is plain tables over the facts; nothing in it is evaluated, and each field is checked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from made_up import KEY, SLUG

from codinglab.core.places import GRADERS_VARIABLE
from codinglab.core.tables import BadData, check
from codinglab.course.key import ItemFile, KeyWithheld, Table, load_key, resolve

FACTS = {"stage": "3a", "heart": "yes"}
Write = Callable[..., str]


def at(values: dict[str, str], *by: str) -> str:
    return Table(by=by or ("stage",), values=values).at(FACTS)


def test_a_table_gives_the_value_of_the_row_that_fits() -> None:
    assert at({"3a": "N18.31", "3b": "N18.32"}) == "N18.31"


def test_a_bar_lets_values_share_a_row() -> None:
    assert at({"3a|3b": "N18.3x", "4": "N18.4"}) == "N18.3x"


def test_several_facts_are_read_in_the_order_of_by() -> None:
    rows = {"yes, 3a": "I13.0", "no, 3a": "I12.9", "yes|no, 3b|4": "none"}
    assert at(rows, "heart", "stage") == "I13.0"


def test_a_table_without_a_row_that_fits_is_an_error_and_not_a_default() -> None:
    with pytest.raises(BadData, match=r"^0 rows fit {'stage': '3a'}; write one$"):
        at({"3b": "N18.32"})


def test_two_rows_that_fit_are_an_error() -> None:
    with pytest.raises(BadData, match=r"^2 rows fit {'stage': '3a'}; write one$"):
        at({"3a": "N18.31", "3a|3b": "N18.30"})


def test_a_row_has_as_many_cells_as_by_has_facts() -> None:
    with pytest.raises(BadData, match=r"^row '3a, yes' has 2 cells; 'by' names 1 facts$"):
        at({"3a, yes": "N18.31"})


def test_a_table_by_an_unknown_fact_names_the_facts_there_are() -> None:
    with pytest.raises(
        BadData, match=r"^by: \['colour'\] is no fact of this case; its facts: \['heart', 'stage'\]"
    ):
        at({"red": "N18.31"}, "colour")


def test_none_means_not_in_this_variant() -> None:
    assert resolve("none", FACTS) is None
    assert resolve(Table(by=("heart",), values={"yes": "none", "no": "I10"}), FACTS) is None
    assert resolve("I10", FACTS) == "I10"


def test_a_value_that_looks_like_an_expression_stays_text() -> None:
    assert resolve("{{ stage }}", FACTS) == "{{ stage }}"


SOUND = {"dx": "I10", "why": "It is there.", "cites": ["guidelines: IV.I"]}
VISIT = {"family": "emergency", "problems": "low", "data": "low", "risk": "low"}
A_VISIT = {"dx": None, "visit": VISIT, "grid": "required", "units": "1"}


def item(**changes: object) -> ItemFile:
    return check(ItemFile, {**SOUND, **changes}, "key.yml")


def test_a_sound_entry_is_read() -> None:
    assert not item().is_line
    assert item(**A_VISIT).is_line


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dx": None}, "give exactly one of dx, line, visit, say and worked"),
        ({"line": "20610", "units": "1"}, "give exactly one of dx, line, visit, say and worked"),
        ({"why": ""}, "say why"),
        ({"cites": []}, "give at least one cite"),
        ({"grid": "required"}, "grid (required or optional) goes with visit, and only there"),
        ({**A_VISIT, "grid": None}, "grid (required or optional) goes with visit, and only there"),
        ({"units": "1"}, "units belong to every line and visit, and only there"),
        ({"dx": None, "line": "20610"}, "units belong to every line and visit, and only there"),
        (
            {**A_VISIT, "visit": {"family": "emergency", "problems": "low"}},
            "give problems, data and risk, or minutes, not both and not a part",
        ),
        (
            {**A_VISIT, "visit": {**VISIT, "minutes": "30"}},
            "give problems, data and risk, or minutes, not both and not a part",
        ),
        (
            {"near": [{"code": "I11.9", "credit": "1", "error": "combination", "why": "No."}]},
            "Input should be less than 1",
        ),
        (
            {"near": [{"code": "I11.9", "credit": "-1/2", "error": "combination", "why": "No."}]},
            "Input should be greater than or equal to 0",
        ),
        ({"status": "forbidden"}, "Input should be 'required' or 'optional'"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
    ],
)
def test_an_entry_at_odds_with_itself_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(BadData) as caught:
        item(**changes)
    assert message in str(caught.value)


@pytest.mark.parametrize("field", ["before", "points_to", "may_point_to", "primary"])
def test_an_entry_that_refers_to_nothing_is_refused(field: str, write: Write) -> None:
    slug = write(key_yml=KEY.replace("    first: yes\n", f"    first: yes\n    {field}: [liver]\n"))
    with pytest.raises(BadData, match=r"knee refers to \['liver'\], which the key does not have"):
        load_key(slug)


def test_a_practice_key_is_there_even_where_graded_keys_are_withheld(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = write()
    monkeypatch.setenv(GRADERS_VARIABLE, "")
    assert load_key(slug).case == SLUG


def test_a_graded_key_is_withheld_where_the_variable_is_empty(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = write(use="graded")
    assert load_key(slug).case == SLUG
    monkeypatch.setenv(GRADERS_VARIABLE, "")
    with pytest.raises(
        KeyWithheld, match=r"^the key of made-up-knee is with your instructor, who marks this work$"
    ):
        load_key(slug)


def test_a_practice_case_without_key_is_a_fault_of_the_project(
    write: Write, checkout: Path
) -> None:
    slug = write()
    (checkout / "graders" / "keys" / "practice" / f"{slug}.yml").unlink()
    with pytest.raises(BadData, match=r"has no key; write graders/keys/practice/made-up-knee\.yml"):
        load_key(slug)


def test_a_changed_key_is_read_again(write: Write, checkout: Path) -> None:
    import os

    slug = write()
    assert load_key(slug).revision == 1
    file = checkout / "graders" / "keys" / "practice" / f"{slug}.yml"
    file.write_text(KEY.replace("revision: 1", "revision: 2"), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert load_key(slug).revision == 2
