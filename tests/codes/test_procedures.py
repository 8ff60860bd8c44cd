import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes import procedures
from codinglab.codes.catalog import code_set
from codinglab.codes.procedures import NotAProcedureCode, Procedure, find
from codinglab.codes.release import NotInTable, code_sets_folder
from codinglab.core.dates import NotInForce

DAY = date(2026, 3, 2)
WITHOUT_PRICE = {"S0302", "S9088"}  # Medicare pays neither, so neither has global days of an add-on


@pytest.fixture
def without_cpt(tmp_path: Path) -> Path:
    skip = shutil.ignore_patterns("cpt")
    return Path(shutil.copytree(code_sets_folder(), tmp_path / "sets", ignore=skip))


def test_a_procedure_code_is_found_with_its_teaching_facts() -> None:
    assert find("12001", DAY) == Procedure(
        code="12001",
        label="simple skin closure, limb-and-trunk group, length band 1",
        system="CPT",
        kind="procedure",
        subject="skin repair",
        global_days="000",
        add_on=False,
    )
    assert find(" j1885 ", DAY) == Procedure(
        code="J1885",
        label="injection, ketorolac tromethamine, per 15 mg",
        system="HCPCS",
        kind="drug",
        subject="",
        global_days="XXX",
        add_on=False,
    )


@pytest.mark.parametrize(
    ("code", "days", "add_on"),
    [
        ("99213", "XXX", False),
        ("12031", "010", False),
        ("25600", "090", False),
        ("17003", "ZZZ", True),
        ("90472", "ZZZ", True),
        ("G2211", "ZZZ", True),
        ("20610", "000", False),
        ("28510", "090", False),
        ("J0696", None, False),
    ],
)
def test_global_days_and_add_on_codes(code: str, days: str | None, add_on: bool) -> None:
    found = find(code, DAY)
    assert (found.global_days, found.add_on) == (days, add_on)


@pytest.mark.parametrize("code", ["27447", "0001F", "0071T", "E9999", "A0435"])
def test_a_code_outside_the_starter_set_is_not_in_the_table_and_never_invalid(code: str) -> None:
    with pytest.raises(NotInTable, match=f"{code} is not in this lab's table") as error:
        find(code, DAY)
    assert "invalid" not in str(error.value)


def test_dental_codes_are_not_in_the_table() -> None:
    with pytest.raises(NotInTable, match="it holds no CDT codes"):
        find("D0120", DAY)


@pytest.mark.parametrize("text", ["", "9921", "992133", "0FT44ZZ", "E11.22", "1234X", "W1234"])
def test_a_malformed_code_is_not_a_procedure_code(text: str) -> None:
    with pytest.raises(NotAProcedureCode, match="is not a procedure code; write five digits"):
        find(text, DAY)


def test_another_year_is_not_in_force() -> None:
    with pytest.raises(NotInForce, match="cpt: nothing in force on 2025-12-31"):
        find("99213", date(2025, 12, 31))


def test_the_cpt_folder_can_be_left_out(without_cpt: Path) -> None:
    with pytest.raises(NotInTable, match="99213 is not in this lab's table: it holds no CPT codes"):
        find("99213", DAY, without_cpt)
    assert find("G0439", DAY, without_cpt).label == "annual wellness visit, subsequent"
    assert {code.system for code in procedures.all_on(DAY, without_cpt)} == {"HCPCS"}


def test_all_codes_of_a_day_stand_in_order_and_once() -> None:
    codes = [code.code for code in procedures.all_on(DAY)]
    assert len(codes) == len(set(codes)) == 207 + 559
    assert codes[:2] == ["10060", "10061"]
    assert codes == sorted(codes)
    assert procedures.all_on(date(2020, 1, 1)) == ()


def test_zzz_means_add_on() -> None:
    for code in procedures.all_on(DAY):
        assert (code.global_days == "ZZZ") == code.add_on or code.code in WITHOUT_PRICE, code


def test_the_budget_in_the_readme_is_the_table() -> None:
    folder = code_sets_folder() / "cpt"
    with (folder / "2026/codes.csv").open(encoding="utf-8") as file:
        subjects = [row["subject"] for row in csv.DictReader(file)]
    stated = dict(
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (folder / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    )
    counted = {subject: str(subjects.count(subject)) for subject in subjects}
    assert counted | {"in all": "207", "left for later subjects": "93"} == {
        subject: number for subject, number in stated.items() if subject != "subject"
    }


def test_hcpcs_codes_have_a_source_and_the_day_they_came_into_use() -> None:
    rows = code_set("hcpcs").all_on(DAY)
    assert Counter(row.code[0] for row in rows) == {
        "A": 72,
        "B": 16,
        "C": 25,
        "E": 56,
        "G": 85,
        "H": 5,
        "J": 139,
        "K": 14,
        "L": 27,
        "P": 15,
        "Q": 34,
        "R": 3,
        "S": 30,
        "T": 16,
        "V": 22,
    }
    assert [row.code for row in rows if not row.source or row.effective_from is None] == []
    by_code = {row.code: row for row in rows}
    assert by_code["A0428"].label == "ambulance, basic life support, non-emergency"
    assert by_code["A0428"].effective_from == date(2001, 1, 1)
    assert by_code["A0428"].source == "CMS HCPCS 2019, shortened"
    assert by_code["G0316"].effective_from == date(2023, 1, 1)
    assert by_code["G0316"].source == "own words; CMS physician fee schedule rule CY2023"
