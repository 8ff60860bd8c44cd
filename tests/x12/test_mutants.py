import pytest
from mutants import GOLDEN, MUTANTS, Mutant

from codinglab.x12.ack import answers
from codinglab.x12.check import check

VALID = sorted(path.name for path in GOLDEN.glob("*.edi"))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_each_fault_is_found_where_it_is_and_nothing_else(mutant: Mutant) -> None:
    found = [(one.id, one.place) for one in check(mutant.text())]
    assert sorted(found) == sorted(mutant.finds)


@pytest.mark.parametrize("name", VALID)
def test_nothing_is_found_in_a_valid_file(name: str) -> None:
    assert list(check(GOLDEN / name)) == []


def test_there_are_more_than_ninety_mutants_with_names_of_their_own() -> None:
    assert len({one.name for one in MUTANTS}) == len(MUTANTS) == 94
    assert {one.file for one in MUTANTS} == {"837p.edi", "837i.edi", "835.edi"}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_transaction_is_rejected_for_errors_of_syntax_and_guide_alone(mutant: Mutant) -> None:
    found = list(check(mutant.text()))
    wanted = {"A"}
    for one in found:
        if one.snip <= 2 and one.transaction:
            wanted = {"R"} if one.severity.value == "error" else {"E"}
    said = [
        each.verdict
        for one in answers(mutant.text())
        for group in one.groups
        for each in group.transactions
    ]
    assert wanted <= set(said)
    assert ("R" in said) == (wanted == {"R"})
