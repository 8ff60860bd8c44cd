"""`codinglab codes show | tree | diff` answer for a day, in text and in JSON."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from codinglab.cli.app import app
from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData


def asked(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["codes", *words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def told(*words: str) -> dict[str, Any]:
    code, said = asked(*words, "--json")
    assert code == 0
    return json.loads(said)


def test_a_code_in_force_is_shown_with_its_days_and_notes() -> None:
    said = told("show", "E11.22", "--on", "2026-02-11")
    assert list(said) == [
        *("code", "on", "title", "title_release", "billable", "in_force", "valid_from", "valid_to"),
        *("successor", "kind", "parent", "notes", "remarks", "source"),
    ]
    assert (said["billable"], said["in_force"], said["remarks"]) == (True, True, [])
    assert (said["valid_from"], said["valid_to"], said["successor"]) == ("2015-10-01", None, [])
    assert said["title"] == "Type 2 diabetes mellitus with diabetic chronic kidney disease"
    assert {
        "kind": "use additional code",
        "text": "insulin (Z79.4)",
        "from_code": "E11",
    } in said["notes"]


def test_a_code_valid_then_and_not_now_says_so_with_its_successors() -> None:
    now = told("show", "b880", "--on", "2026-02-11")
    assert (now["code"], now["billable"], now["in_force"]) == ("B88.0", False, False)
    assert (now["valid_to"], now["successor"]) == ("2025-10-01", ["B88.01", "B88.09"])
    assert now["remarks"] == [
        (
            "B88.0 was valid from 2015-10-01 until 2025-09-30; "
            "since 2025-10-01 use B88.01 or B88.09."
        ),
        "B88.0 is a header; a full code below it is needed: B88.01, B88.09.",
    ]
    then = told("show", "B88.0", "--on", "2025-09-30")
    assert (then["billable"], then["in_force"], then["title_release"]) == (True, True, "2025-04")
    assert then["remarks"] == ["The notes are those of the 2026-04 text, not of 2025-09-30."]


def test_a_code_valid_now_and_not_then_says_so() -> None:
    said = told("show", "E11.A", "--on", "2024-05-01")
    assert (said["in_force"], said["valid_from"]) == (False, "2025-10-01")
    assert said["remarks"] == [
        "E11.A is valid only from 2025-10-01 on.",
        (
            "This lab has no text for 2024-05-01: the title is from the 2026-04 text, "
            "the notes from the 2026-04 text."
        ),
    ]


def test_a_header_is_in_force_and_not_billable() -> None:
    said = told("show", "E11", "--on", "2026-02-11")
    assert (said["kind"], said["billable"], said["in_force"]) == ("category", False, True)
    assert told("show", "I1A", "--on", "2023-09-30")["in_force"] is False


def test_a_code_without_a_text_is_told_with_what_it_lies_below() -> None:
    said = told("show", "D69.11", "--on", "2026-10-01")
    assert (said["title"], said["in_force"], said["valid_from"]) == (None, True, "2026-10-01")
    assert said["remarks"] == [
        (
            "No text of this lab has the title of D69.11; "
            "it lies below D69.1 (Qualitative platelet defects)."
        )
    ]


@pytest.mark.parametrize("verb", ["show", "tree"])
def test_a_code_of_no_release_is_a_finding(verb: str) -> None:
    code, said = asked(verb, "E11.23", "--on", "2026-02-11")
    assert (code, said) == (1, "E11.23 is in no ICD-10-CM release that this lab knows.\n")


@pytest.mark.parametrize("verb", ["show", "tree"])
def test_a_day_that_is_not_known_cannot_be_asked(verb: str) -> None:
    with pytest.raises(NotInForce, match="known: from 2015-10-01 until before 2027-10-01"):
        asked(verb, "I10", "--on", "2015-09-30")


def test_the_tree_is_that_of_the_day() -> None:
    branch = told("tree", "N18.3", "--on", "2026-02-11")
    assert [one["code"] for one in branch["above"]] == ["Chapter 14", "N17-N19", "N18"]
    assert (branch["billable"], branch["in_force"], branch["remarks"]) == (False, True, [])
    assert [(one["code"], one["billable"]) for one in branch["below"]] == [
        *(("N18.30", True), ("N18.31", True), ("N18.32", True)),
    ]
    then = told("tree", "N18.3", "--on", "2019-02-11")
    assert (then["billable"], [one["billable"] for one in then["below"]]) == (True, [False] * 3)
    assert then["remarks"] == [
        "The tree is that of the 2026-04 text; this lab has none for 2019-02-11."
    ]


def test_the_tree_in_text_marks_what_is_billable() -> None:
    _, said = asked("tree", "N18.3", "--on", "2026-02-11", "--depth", "0")
    assert said.splitlines()[-1] == "       N18.3  Chronic kidney disease, stage 3 (moderate)"


def test_what_changed_between_two_years() -> None:
    said = told("diff", "2025", "2026")
    assert [len(said[kind]) for kind in ("added", "deleted", "revised")] == [487, 28, 38]
    assert said["deleted"][0] == {
        "code": "B88.0",
        "title": "Other acariasis",
        "day": "2025-10-01",
        "successor": ["B88.01", "B88.09"],
        "before": None,
    }
    assert said["revised"][-1] == {
        "code": "Z83.718",
        "title": "Family history of other colon polyps",
        "day": None,
        "successor": [],
        "before": "Other family history of colon polyps",
    }


def test_where_a_text_lacks_revised_titles_are_not_known() -> None:
    said = told("diff", "2023", "2024")
    assert (len(said["added"]), len(said["deleted"]), said["revised"]) == (395, 25, None)
    assert said["remarks"] == [
        "This lab lacks the text of FY2023 or FY2024, so revised titles are not known."
    ]


def test_years_in_the_wrong_order_or_unknown_are_refused() -> None:
    with pytest.raises(BadData, match="name the earlier fiscal year first"):
        asked("diff", "2026", "2025")
    with pytest.raises(NotInForce, match="nothing in force on 2028-09-30"):
        asked("diff", "2027", "2028")


def test_a_header_whose_codes_came_later_says_when_they_came() -> None:
    said = told("show", "E66.81", "--on", "2024-09-30")
    assert (said["billable"], said["in_force"]) == (False, False)
    assert said["remarks"][0] == (
        "E66.81 is a header; no code below it is valid on 2024-09-30: "
        "E66.811 is valid only from 2024-10-01 on; E66.812 is valid only from 2024-10-01 on; "
        "E66.813 is valid only from 2024-10-01 on."
    )


def test_a_procedure_code_is_shown_with_its_teaching_facts_and_their_source() -> None:
    said = told("show", "96375", "--on", "2026-03-02")
    assert (said["system"], said["global_days"], said["add_on"]) == ("CPT", "ZZZ", True)
    assert [said[name] for name in ("pc_tc", "multiple", "bilateral", "assistant")] == [
        *("5", "0", "0", "0"),
    ]
    assert said["primaries"] == ["96360", "96374"]
    assert said["sources"] == [
        "CMS PPRRVU 2025 RVU25A",
        "CMS I/OCE 27.1 drug administration add-on table, 2026-04",
    ]


def test_a_procedure_code_outside_the_table_is_not_called_invalid() -> None:
    code, said = asked("show", "99999", "--on", "2026-03-02")
    assert code == 1
    assert said.splitlines()[1] == "99999 is not in this lab's table (cpt 2026) on 2026-03-02"


def test_a_code_of_two_systems_says_so() -> None:
    said = told("show", "J1100", "--on", "2026-03-02")
    assert said["code"] == "J11.00"
    assert said["remarks"][0].startswith("J1100 without a dot is a HCPCS code too: ")
    assert told("show", "J11.00", "--on", "2026-03-02")["remarks"] == []
