"""Weights are Table 5's, chosen by the day of discharge; an imported table takes their place."""

import csv
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codinglab.codes.importers.hospital import DrgRow
from codinglab.codes.release import (
    NotInTable,
    code_sets_folder,
    digest,
    forget,
    in_force,
    rows,
)
from codinglab.core.dates import NotInForce
from codinglab.grouping.drg_weights import drg_weight

DAY = date(2026, 5, 10)
TABLE_5 = (
    Path(__file__).resolve().parents[3] / "shared/data/msdrg/ipps_fy2026_table5_drg_weights.txt"
)


@pytest.mark.parametrize(
    ("drg", "weight", "mean_stay"),
    [
        ("470", "1.9289", "1.9"),
        ("291", "1.2838", "3.8"),
        ("871", "1.9425", "4.8"),
        ("193", "1.3144", "3.9"),
    ],
)
def test_the_weight_and_the_geometric_mean_stay(drg: str, weight: str, mean_stay: str) -> None:
    found = drg_weight(drg, DAY)
    assert (found.weight, found.geometric_stay) == (Decimal(weight), Decimal(mean_stay))


def test_a_row_tells_class_and_transfer_policy() -> None:
    hip, knee = drg_weight("522", DAY), drg_weight("470", DAY)
    assert (hip.kind, hip.post_acute, hip.special_pay) == ("surgical", True, True)
    assert (knee.kind, knee.post_acute, knee.special_pay) == ("surgical", True, False)
    assert drg_weight("291", DAY).kind == "medical"
    assert str(hip.cite) == "CMS IPPS final rule FY2026, Table 5, MS-DRG 522"


@pytest.mark.parametrize("day", [date(2025, 9, 30), date(2026, 10, 1)])
def test_a_day_outside_the_fiscal_year_is_refused(day: date) -> None:
    with pytest.raises(NotInForce, match="known: from 2025-10-01 until before 2026-10-01"):
        drg_weight("470", day)


def test_the_first_and_the_last_day_of_the_fiscal_year_have_the_same_weight() -> None:
    first, last = date(2025, 10, 1), date(2026, 9, 30)
    assert drg_weight("470", first).weight == drg_weight("470", last).weight == Decimal("1.9289")


@pytest.mark.parametrize("drg", ["775", "47", "000", "abc"])
def test_a_drg_that_the_year_does_not_have_says_what_the_table_has(drg: str) -> None:
    # 775, vaginal delivery, ended with FY2018: 807 took its place
    with pytest.raises(NotInTable) as refused:
        drg_weight(drg, DAY)
    assert str(refused.value) == (
        f"MS-DRG {drg} is not in this lab's table (msdrg 2026) on 2026-05-10: Table 5 of that year "
        "has 772 groups from 001 to 999; write the three digits of one of them"
    )


def test_a_stay_that_was_not_grouped_has_no_weight() -> None:
    with pytest.raises(NotInTable, match="MS-DRG 999 has no weight"):
        drg_weight("999", DAY)


def test_an_imported_table_takes_the_place_of_the_starter_table(tmp_path: Path) -> None:
    starter = in_force("msdrg", DAY).folder
    home = tmp_path / "msdrg_table5" / "FY2026"
    shutil.copytree(starter, home)
    shutil.copytree(starter, tmp_path / "msdrg" / "2026")
    table = home / "drgs.csv"
    table.write_text(table.read_text("utf-8").replace("1.9289", "1.5000"), "utf-8")
    info = home / "release.yml"
    text = info.read_text("utf-8").replace("set: msdrg", "set: msdrg_table5")
    text = text.replace("release: 2026", "release: FY2026")
    info.write_text(text[: text.index("  drgs.csv:")] + f"  drgs.csv: {digest(table)}\n", "utf-8")
    forget()
    found = drg_weight("470", DAY, tmp_path)
    assert found.weight == Decimal("1.5000")
    assert found.cite.release == "FY2026"


def test_each_row_here_is_that_of_the_published_table() -> None:
    if not TABLE_5.is_file():
        pytest.skip("no published Table 5 beside the checkout")
    text = TABLE_5.read_text("cp1252")
    published = {
        line[0].strip().zfill(3): [cell.strip() for cell in line]
        for line in csv.reader(text.splitlines(keepends=True)[3:], delimiter="\t")
        if line[0].strip()
    }
    ours = rows(in_force("msdrg", DAY), "drgs.csv", DrgRow)
    assert len(ours) == len(published) == 772
    for row in ours:
        theirs = published[row.code]
        assert (row.post_acute, row.special_pay, row.type) == (theirs[1], theirs[2], theirs[4])
        if row.weight is not None:
            numbers = (row.weight_before_cap, row.weight, row.geometric_stay, row.arithmetic_stay)
            assert numbers == tuple(Decimal(cell) for cell in theirs[6:10]), row.code


def test_the_starter_table_lies_with_the_code_sets() -> None:
    assert (code_sets_folder() / "msdrg" / "2026" / "drgs.csv").is_file()
