"""The index that the lab brings along is right, complete for its cases, and our own work."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shared_data import FOLDER

from codinglab.codes.alphabetic_index import all_books, open_index
from codinglab.codes.icd10cm import Icd10cm
from codinglab.codes.index_check import BOOKS, Text, check_text, read_lenient
from codinglab.codes.index_compare import ORACLES, compare, published_rows
from codinglab.codes.index_rows import TermRow, fold
from codinglab.codes.index_tables import TABLES, check_table, read_table
from codinglab.codes.index_tree import Tree
from codinglab.codes.release import code_sets_folder, digest, read_release
from codinglab.core.places import checkout
from codinglab.core.tables import parse_yaml

DAY = date(2026, 4, 2)
HOME = code_sets_folder() / "alphabetic_index" / "2026-04"
DIFFERENCES = Path(__file__).parent / "index_differences.csv"
PUBLISHED = FOLDER / "icd10cm"


def texts(book: str) -> list[Text]:
    found: list[Text] = []
    for name in BOOKS[book]:
        found.append(read_lenient(HOME / name, 1 + sum(len(one.lines) for one in found)))
    return found


def rows(name: str) -> list[TermRow]:
    if name in TABLES:
        return [row for _, row in read_table(HOME / name)[0]]
    return [one.row for text in texts(name) for one in text.lines]


def paths() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(" > ".join(map(fold, row.path.split(" > "))) for row in rows(name))
        for name in TABLES
    }


def test_the_release_states_the_hash_of_every_file() -> None:
    files = {one for book in BOOKS.values() for one in book} | set(TABLES)
    assert read_release(HOME).info.tables == {name: digest(HOME / name) for name in files}


@pytest.mark.parametrize("book", list(BOOKS))
def test_codes_dashes_order_siblings_and_targets_are_right(book: str, table: Icd10cm) -> None:
    files = texts(book)
    tree = Tree.of(each.row for one in files for each in one.lines)
    assert [one.text for text in files for one in check_text(text, table, tree, paths())] == []


@pytest.mark.parametrize("name", list(TABLES))
def test_codes_dashes_and_order_of_the_tables_are_right(name: str, table: Icd10cm) -> None:
    assert [one.text for one in check_table(HOME / name, table)] == []


def test_no_main_term_stands_twice() -> None:
    mains = [fold(row.label) for row in rows("diseases") if not row.level]
    assert sorted({one for one in mains if mains.count(one) > 1}) == []
    assert len(mains) >= 800


def test_every_see_leads_to_a_term_a_rule_or_a_table(cache: Path) -> None:
    assert cache.is_dir()
    lost = [
        f"{one.written}: {lead.text}"
        for index in all_books(DAY, code_sets_folder())
        for one in index.terms()
        if one.see or one.see_also
        for lead in index.targets(one)
        if lead.leads not in {"term", "rule", "elsewhere"}
    ]
    assert lost == []


def key_values(value: Any) -> Iterator[str]:
    """Yield the codes of a key's value: one, or one for each fact."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value["values"].values()


def key_codes() -> set[str]:
    keys = checkout() / "graders" / "keys"
    found = set()
    for file in sorted(keys.glob("*/*.yml")):
        for item in parse_yaml(file.read_text(encoding="utf-8"), file.name)["items"].values():
            found |= set(key_values(item.get("dx")))
    return found - {"none"}


def test_every_diagnosis_of_every_key_is_reached(cache: Path) -> None:
    assert cache.is_dir()
    books = all_books(DAY, code_sets_folder())
    codes = key_codes()
    assert "Z00.01" in codes
    assert (
        sorted(code for code in codes if not any(index.leading_to(code) for index in books)) == []
    )


def test_a_main_term_leads_through_subterms_to_a_code(cache: Path) -> None:
    assert cache.is_dir()
    index = open_index(DAY, code_sets_folder())
    found = index.find("Diabetes > type 2 > with > chronic kidney disease")
    assert found is not None
    assert found.code == "E11.22"


def explained() -> dict[tuple[str, str], dict[str, str]]:
    with DIFFERENCES.open(encoding="utf-8", newline="") as file:
        return {(row["book"], row["path"]): row for row in csv.DictReader(file)}


def test_each_difference_from_the_published_index_has_a_reason() -> None:
    known = explained()
    assert [one for one in known.values() if not one["reason"]] == []
    left = set(known)
    for name in ORACLES:
        theirs = published_rows(name, PUBLISHED)
        if not theirs:
            pytest.skip("no published index beside the checkout")
        cells = TABLES[name][1] if name in TABLES else ()
        found = compare(rows(name), theirs, cells)
        for one in found.differs:
            row = known[name, one.path]
            assert (row["ours"], row["theirs"]) == (" ".join(one.ours), " ".join(one.theirs))
            left.discard((name, one.path))
        # At least 98 of 100 paths that both have carry the same code.
        assert found.same >= 49 * len(found.differs)
    assert left == set()
