import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes.release import (
    CodeRow,
    NotInTable,
    code_sets_folder,
    digest,
    folders_held,
    forget,
    has_days,
    in_force,
    kept,
    read_release,
    releases,
    row_on,
    rows,
    rows_on,
    set_names,
)
from codinglab.core.dates import NotInForce
from codinglab.core.places import DATA_VARIABLE
from codinglab.core.tables import BadData

DAY = date(2026, 3, 2)
YML = """set: toy
release: "{release}"
effective_from: {start}
effective_to: {end}
clock: service
source: made up for a test
licence: none
synthetic: yes
tables:
  codes.csv: {sha}
"""


def toy(home: Path, release: str, start: str, end: str, csv: str) -> Path:
    folder = home / "toy" / release
    folder.mkdir(parents=True)
    (folder / "codes.csv").write_text(csv, encoding="utf-8")
    sha = digest(folder / "codes.csv")
    text = YML.format(release=release, start=start, end=end, sha=sha)
    (folder / "release.yml").write_text(text, encoding="utf-8")
    return folder


def test_the_day_alone_chooses_the_release(tmp_path: Path) -> None:
    toy(tmp_path, "2025", "2025-01-01", "2026-01-01", "code,label\nA,old\n")
    toy(tmp_path, "2026", "2026-01-01", "2027-01-01", "code,label\nA,new\n")
    last, first = date(2025, 12, 31), date(2026, 1, 1)
    labels = [
        row_on(in_force("toy", day, tmp_path), "codes.csv", CodeRow, "A", day).label
        for day in (last, first)
    ]
    assert labels == ["old", "new"]
    with pytest.raises(NotInForce, match="toy: nothing in force on 2024-12-31; known: from 2025"):
        in_force("toy", date(2024, 12, 31), tmp_path)


def test_a_row_may_have_days_of_its_own(tmp_path: Path) -> None:
    csv = (
        "code,label,effective_from,effective_to\n"
        "A,first half,,2026-07-01\nA,second half,2026-07-01,\nB,whole year,,\n"
    )
    toy(tmp_path, "2026", "2026-01-01", "2027-01-01", csv)
    release = in_force("toy", DAY, tmp_path)
    june, july = date(2026, 6, 30), date(2026, 7, 1)
    assert row_on(release, "codes.csv", CodeRow, "A", june).label == "first half"
    assert row_on(release, "codes.csv", CodeRow, "A", july).label == "second half"
    assert [row.label for row in rows_on(release, "codes.csv", CodeRow, july)] == [
        "second half",
        "whole year",
    ]


def test_where_no_row_has_days_of_its_own_all_hold_while_their_release_does(tmp_path: Path) -> None:
    plain = "code,label,effective_from,effective_to\nA,one,,\nB,two,,\n"
    toy(tmp_path, "2025", "2025-01-01", "2026-01-01", plain)
    toy(tmp_path, "2026", "2026-01-01", "2027-01-01", plain + "C,late,2026-12-31,\n")
    old, new = (in_force("toy", date(year, 6, 1), tmp_path) for year in (2025, 2026))
    assert [has_days(one, "codes.csv", CodeRow) for one in (old, new)] == [False, True]
    last, after = date(2025, 12, 31), date(2026, 1, 1)
    assert [row.code for row in rows_on(old, "codes.csv", CodeRow, last)] == ["A", "B"]
    assert rows_on(old, "codes.csv", CodeRow, after) == ()
    assert [row.code for row in rows_on(new, "codes.csv", CodeRow, after)] == ["A", "B"]
    last = date(2026, 12, 31)
    assert [row.code for row in rows_on(new, "codes.csv", CodeRow, last)] == ["A", "B", "C"]


def test_what_is_kept_is_asked_once_while_the_folders_are_held_until_all_is_forgotten() -> None:
    asked = []

    @kept(2)
    def ask(word: str, *, times: int = 1) -> str:
        asked.append(word)
        if word == "?":
            raise NotInForce(word)
        return word * times

    assert [ask("a"), ask("a")] == ["a", "a"]
    assert asked == ["a", "a"]  # nothing is held, so each call asks
    for _ in range(2):
        with folders_held(), folders_held():
            assert [ask("b"), ask("b"), ask("b", times=2), ask("b", times=2)] == [
                "b",
                "b",
                "bb",
                "bb",
            ]
    assert asked[2:] == ["b", "b"]  # once with each number of times
    with folders_held():
        for _ in range(2):
            with pytest.raises(NotInForce):
                ask("?")
        assert asked[4:] == ["?", "?"]  # what raises is not kept
        forget()
        ask("b")
    assert asked[6:] == ["b"]
    ask("b")
    assert asked[6:] == ["b", "b"]  # let go again


def test_a_code_that_the_table_lacks_is_named_with_release_and_day(tmp_path: Path) -> None:
    toy(tmp_path, "2026", "2026-01-01", "2027-01-01", "code,label\nA,one\n")
    with pytest.raises(
        NotInTable, match=r"B is not in this lab's table \(toy 2026\) on 2026-03-02; it has A$"
    ):
        row_on(in_force("toy", DAY, tmp_path), "codes.csv", CodeRow, "B", DAY)


@pytest.mark.parametrize(
    ("codes", "told"),
    [(24, "; it has " + ", ".join(f"A{at}" for at in range(24))), (25, "")],
)
def test_a_small_table_says_what_it_has_and_a_long_one_does_not(
    tmp_path: Path, codes: int, told: str
) -> None:
    table = "code,label\n" + "".join(f"A{at},one\n" for at in range(codes))
    toy(tmp_path, "2026", "2026-01-01", "2027-01-01", table)
    with pytest.raises(NotInTable) as refused:
        row_on(in_force("toy", DAY, tmp_path), "codes.csv", CodeRow, "B", DAY)
    assert str(refused.value) == f"B is not in this lab's table (toy 2026) on 2026-03-02{told}"


def test_a_changed_table_is_refused(tmp_path: Path) -> None:
    folder = toy(tmp_path, "2026", "2026-01-01", "2027-01-01", "code,label\nA,one\n")
    (folder / "codes.csv").write_text("code,label\nA,two\n", encoding="utf-8")
    with pytest.raises(BadData, match=r"codes\.csv: SHA-256 is [0-9a-f]{64}, release\.yml states"):
        rows(in_force("toy", DAY, tmp_path), "codes.csv", CodeRow)


def test_a_table_that_the_release_does_not_list_is_refused(tmp_path: Path) -> None:
    toy(tmp_path, "2026", "2026-01-01", "2027-01-01", "code,label\nA,one\n")
    with pytest.raises(BadData, match=r"tables does not list more\.csv"):
        rows(in_force("toy", DAY, tmp_path), "more.csv", CodeRow)


def test_a_release_in_the_wrong_folder_is_refused(tmp_path: Path) -> None:
    folder = toy(tmp_path, "2026", "2026-01-01", "2027-01-01", "code,label\nA,one\n")
    wrong = shutil.copytree(folder, tmp_path / "toy" / "2027")
    with pytest.raises(BadData, match=r"says toy/2026 but lies in toy/2027"):
        read_release(wrong)


def test_every_release_here_has_all_its_tables_with_the_hashes_stated() -> None:
    names = sorted(folder.name for folder in code_sets_folder().iterdir() if folder.is_dir())
    for name in names:
        for _, release in releases(name).rows:
            listed = set(release.info.tables)
            lying = {file.name for file in release.folder.iterdir()} - {"release.yml"}
            assert listed == lying, release
            for table, sha in release.info.tables.items():
                assert digest(release.folder / table) == sha, f"{release} {table}"
            made_up = "teaching" in f"{name} {release.info.release}"
            assert release.info.synthetic == made_up, f"{release}: its name says what is made up"
    assert {"cpt", "hcpcs", "icd10cm", "modifiers", "place_of_service", "visit_levels"} <= set(
        names
    )


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    yield tmp_path / "code_sets"
    forget()


def test_a_set_in_the_users_folder_is_read_like_the_installations_own(imported: Path) -> None:
    toy(imported, "2026", "2026-01-01", "2027-01-01", "code,label\nA,one\n")
    assert row_on(in_force("toy", DAY), "codes.csv", CodeRow, "A", DAY).label == "one"
    assert {"toy", "hcpcs"} <= set(set_names())


def test_releases_of_the_same_days_are_told_with_their_folders(imported: Path) -> None:
    first = toy(imported, "2026", "2026-01-01", "2027-01-01", "code,label\nA,one\n")
    toy(imported, "2026-q4", "2026-10-01", "2027-01-01", "code,label\nA,one\n")
    with pytest.raises(BadData, match=r"toy: from 2026-01-01 .* overlaps from 2026-10-01") as told:
        releases("toy")
    assert str(first) in str(told.value)
