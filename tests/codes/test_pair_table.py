"""Code pairs by day: the few starter pairs, and the whole tables that a site imported."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from shared_data import shared

from codinglab.codes.importers.run import run
from codinglab.codes.pair_table import StarterPairRow, pair_table
from codinglab.codes.procedures import all_on
from codinglab.codes.release import forget, in_force, rows
from codinglab.core.dates import NotInForce
from codinglab.core.places import DATA_VARIABLE, cache_folder
from codinglab.core.tables import BadData

DAY = date(2026, 3, 2)
IN_JULY_2024 = "CMS NCCI PTP practitioner table 2024-07-01"
MADE = (
    "banner\t\t\t\t\t\t\n"
    "Column 1\tColumn 2\t\tEffective Date\tDeletion Date\tModifier\tPTP Edit Rationale\n"
    "20611\t20610\t\t20150101\t*\t1\tHCPCS/CPT procedure code definition\n"
    "93000\t93005\t\t19960101\t20260131\t1\tHCPCS/CPT procedure code definition\n"
    "93000\t93005\t\t20260215\t*\t0\tHCPCS/CPT procedure code definition\n"
    "80053\t80048\t\t20150101\t*\t9\tMore extensive procedure\n"
    "G0439\t99213\t\t20260101\t*\t0\tMutually exclusive procedures\n"
)


@pytest.fixture
def imported(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    assert cache.is_dir()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    file = tmp_path / "ccipra-v320r0-f1.TXT"
    file.write_text(MADE, encoding="latin-1")
    run("ncci_ptp_practitioner", file, "2026-Q1", accept_licence=True, partial=True)
    yield tmp_path
    monkeypatch.undo()
    forget()


def test_a_starter_pair_is_found_in_either_order_and_says_which_is_paid() -> None:
    table = pair_table(DAY, "practitioner")
    found = table.find("20610", "20611")
    assert found is not None
    assert found == table.find("20611", "20610")
    assert (found.column1, found.column2, found.modifier) == ("20611", "20610", 1)
    assert found.source == IN_JULY_2024
    assert str(table.cite(found)) == (
        "NCCI procedure-to-procedure edits CMS NCCI PTP practitioner table 2024-07-01, "
        "column 1 20611, column 2 20610"
    )


@pytest.mark.parametrize(
    ("one", "other", "modifier"),
    [("80053", "80048", 0), ("93000", "93005", 1), ("12034", "12032", 0), ("20611", "99213", 1)],
)
def test_published_indicators(one: str, other: str, modifier: int) -> None:
    found = pair_table(DAY, "practitioner").directed(one, other)
    assert found is not None
    assert found.modifier == modifier


def test_the_starter_pairs_are_not_whole_so_a_missing_pair_is_not_known_here() -> None:
    table = pair_table(DAY, "practitioner")
    assert (table.whole, table.find("99213", "99214")) == (False, None)


def test_hospitals_have_a_table_of_their_own() -> None:
    known = {one: pair_table(DAY, one) for one in ("practitioner", "hospital")}
    visits = {one: table.directed("99205", "99204") for one, table in known.items()}
    assert {one: pair and pair.modifier for one, pair in visits.items()} == {
        "practitioner": 0,
        "hospital": 1,
    }
    assert known["hospital"].find("12011", "99213") is None


def test_no_pair_is_in_force_before_the_first_release() -> None:
    assert pair_table(date(2026, 1, 1), "hospital").find("20611", "20610") is not None
    with pytest.raises(NotInForce, match="ncci_ptp: nothing in force on 2025-12-31"):
        pair_table(date(2025, 12, 31), "hospital")


def test_the_starter_pairs_are_sixty_among_the_starter_codes() -> None:
    known = {one.code for one in all_on(DAY)}
    found = rows(in_force("ncci_ptp", DAY), "pairs.csv", StarterPairRow)
    assert len({(one.code, one.column_2) for one in found}) == 60
    assert {one.code for one in found} | {one.column_2 for one in found} <= known
    assert max(Counter((one.code, one.column_2, one.setting) for one in found).values()) == 1


def test_an_imported_table_is_whole_and_takes_the_place_of_the_starter_pairs(
    imported: Path,
) -> None:
    assert imported.is_dir()
    table = pair_table(DAY, "practitioner")
    assert table.whole
    found = table.find("20610", "20611")
    assert found is not None
    assert (found.rationale, found.source) == (
        "HCPCS/CPT procedure code definition",
        "ncci_ptp_practitioner 2026-Q1",
    )
    assert table.find("12034", "12032") is None  # a starter pair; the made table lacks it
    assert not pair_table(DAY, "hospital").whole
    assert not pair_table(date(2026, 4, 1), "practitioner").whole  # the next quarter


@pytest.mark.parametrize(
    ("day", "modifier"),
    [
        (date(2026, 1, 31), 1),  # the day of deletion is the last on which the edit applies
        (date(2026, 2, 1), None),
        (date(2026, 2, 14), None),
        (date(2026, 2, 15), 0),  # and here it comes back, with another indicator
    ],
)
def test_a_deletion_date_is_included(imported: Path, day: date, modifier: int | None) -> None:
    assert imported.is_dir()
    found = pair_table(day, "practitioner").directed("93000", "93005")
    assert (found and found.modifier) == modifier


def test_a_pair_of_indicator_nine_is_no_edit(imported: Path) -> None:
    assert imported.is_dir()
    assert pair_table(DAY, "practitioner").find("80048", "80053") is None


def test_the_table_is_compiled_once_and_named_by_its_hash(imported: Path) -> None:
    assert imported.is_dir()
    pair_table(DAY, "practitioner")
    release = pair_table(DAY, "practitioner").release
    sha = release.info.tables["pairs.csv"]
    names = [one.name for one in cache_folder().glob("*.pairs")]
    assert names == [f"ncci_ptp_practitioner-2026-Q1-{sha[:16]}-v1.pairs"]


def test_a_table_that_was_changed_after_the_import_is_refused(imported: Path) -> None:
    (file,) = imported.glob("data/code_sets/ncci_ptp_practitioner/2026-Q1/pairs.csv")
    for one in cache_folder().glob("*.pairs"):
        one.unlink()
    file.write_text(file.read_text().replace("20610", "20605"))
    with pytest.raises(BadData, match=r"not the file that release\.yml names; import it again"):
        pair_table(DAY, "practitioner")


def test_each_starter_pair_stands_in_the_published_tables() -> None:
    pytest.importorskip("pyarrow")
    import pandas as pd

    practitioner = pd.read_parquet(shared("ncci/ptp_practitioner_2024q3_part.parquet"))
    live = practitioner[practitioner.deleted_on.isna()]
    hospital = pd.read_parquet(shared("ncci/ptp_hospital_ioce_v27_1_part.parquet"))
    now = hospital[hospital.hi_v == hospital.hi_v.max()]
    published = {
        "practitioner": dict(
            zip(zip(live.column1, live.column2, strict=True), live.modifier_indicator, strict=True)
        ),
        "hospital": dict(
            zip(zip(now.column1, now.column2, strict=True), now.modifier_allowed, strict=True)
        ),
    }
    found = rows(in_force("ncci_ptp", DAY), "pairs.csv", StarterPairRow)
    wrong = [
        one
        for one in found
        if str(published[one.setting].get((one.code, one.column_2))) != one.modifier
    ]
    assert [one.code for one in wrong] == ["80053"]  # its half of the table is not at hand
    assert len(found) - len(wrong) == 114
