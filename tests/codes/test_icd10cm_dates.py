"""The days of ICD-10-CM codes, against published dates and counts."""

import csv
import gzip
import io
from datetime import date
from itertools import pairwise

import pytest
from shared_data import shared

from codinglab.codes import icd10cm_dates as dates
from codinglab.codes.release import code_sets_folder, digest
from codinglab.core.dates import NotInForce, Span

pytestmark = pytest.mark.usefixtures("cache")
FIRST = date(2015, 10, 1)


@pytest.mark.parametrize(
    ("code", "start", "end", "successors"),
    [
        ("E11.22", FIRST, None, ()),
        ("E11.A", date(2025, 10, 1), None, ()),
        ("U07.1", date(2020, 4, 1), None, ()),
        ("U07.0", date(2020, 4, 1), None, ()),
        ("J12.82", date(2021, 1, 1), None, ()),
        ("U09.9", date(2021, 10, 1), None, ()),
        ("Z28.310", date(2022, 4, 1), None, ()),
        ("Z79.85", date(2022, 10, 1), None, ()),
        ("I1A.0", date(2023, 10, 1), None, ()),
        ("N18.30", date(2020, 10, 1), None, ()),
        ("N18.31", date(2020, 10, 1), None, ()),
        ("N18.32", date(2020, 10, 1), None, ()),
        ("N18.3", FIRST, date(2020, 10, 1), ("N18.30", "N18.31", "N18.32")),
        ("B88.0", FIRST, date(2025, 10, 1), ("B88.01", "B88.09")),
        ("M35.8", FIRST, date(2021, 1, 1), ("M35.81", "M35.89")),
        ("Z28.3", FIRST, date(2022, 4, 1), ("Z28.310", "Z28.311", "Z28.39")),
        ("O00.10", date(2016, 10, 1), date(2017, 10, 1), ("O00.101", "O00.102", "O00.109")),
        ("T40.4X1A", FIRST, date(2020, 10, 1), ("T40.411A", "T40.421A", "T40.491A")),
        ("S02.3XXA", FIRST, date(2016, 10, 1), ("S02.30XA", "S02.31XA", "S02.32XA")),
        ("D69.1", FIRST, date(2026, 10, 1), ("D69.11", "D69.19")),
        ("D69.11", date(2026, 10, 1), None, ()),
    ],
)
def test_published_days_and_successors(
    code: str, start: date, end: date | None, successors: tuple[str, ...]
) -> None:
    assert dates.spans(code) == (Span(start, end),)
    one = dates.life(code)
    assert one is not None
    assert (one.code, one.valid_from, one.valid_to) == (code, start, end)
    assert one.successors == successors


# Codes in all, new and deleted at each update. The published files of FY2024 (total), FY2025 (all
# three) and the announcement of FY2026 say the same; the others rest on the editor alone.
UPDATES = [
    (date(2016, 10, 1), 71_486, 1_974, 311),
    (date(2017, 10, 1), 71_704, 360, 142),
    (date(2018, 10, 1), 71_932, 279, 51),
    (date(2019, 10, 1), 72_184, 273, 21),
    (date(2020, 4, 1), 72_186, 2, 0),
    (date(2020, 10, 1), 72_616, 488, 58),
    (date(2021, 1, 1), 72_621, 6, 1),
    (date(2021, 10, 1), 72_748, 159, 32),
    (date(2022, 4, 1), 72_750, 3, 1),
    (date(2022, 10, 1), 73_639, 1_176, 287),
    (date(2023, 4, 1), 73_674, 42, 7),
    (date(2023, 10, 1), 74_044, 395, 25),
    (date(2024, 10, 1), 74_260, 252, 36),
    (date(2025, 10, 1), 74_719, 487, 28),
    (date(2026, 10, 1), 74_874, 185, 30),
]


def lives() -> list[dates.Life]:
    """Return the life of every code that was ever valid."""
    codes = {code for code, _ in dates.text().billable_rows()}
    with (dates.release().folder / "spans.csv").open(encoding="utf-8", newline="") as lines:
        codes |= {row["code"] for row in csv.DictReader(lines)}
    return [one for code in sorted(codes) if (one := dates.life(code))]


def test_every_update_has_its_number_of_codes() -> None:
    every = lives()
    assert len(every) == 75_904
    assert sum(one.at(FIRST) for one in every) == 69_823
    said = [
        (
            day,
            sum(one.at(day) for one in every),
            sum(one.valid_from == day for one in every),
            sum(one.valid_to == day for one in every),
        )
        for day, *_ in UPDATES
    ]
    assert said == UPDATES


def test_what_took_the_place_of_a_code_began_on_the_day_the_code_ended() -> None:
    ended = [one for one in lives() if one.valid_to]
    assert len(ended) == 1_030
    late = [
        (one.code, new)
        for one in ended
        for new in one.successors
        if not dates.in_force(new, one.valid_to or FIRST)
    ]
    assert late == []


def test_the_days_of_a_code_include_the_first_and_not_the_last() -> None:
    known = [dates.in_force("E11.A", day) for day in (date(2025, 9, 30), date(2025, 10, 1))]
    assert known == [False, True]
    gone = [dates.in_force("b880", day) for day in (date(2025, 9, 30), date(2025, 10, 1))]
    assert gone == [True, False]


def test_a_header_that_never_was_a_code_has_no_days_and_a_nonsense_code_no_life() -> None:
    one = dates.life("E11.2")
    assert one is not None
    assert (one.spans, one.header, one.says(FIRST)) == ((), True, "")
    assert dates.life("E11.23") is None
    assert dates.spans("E11.23") == ()
    assert not dates.in_force("E11.23", FIRST)


@pytest.mark.parametrize("day", [date(2015, 9, 30), date(2027, 10, 1)])
def test_outside_the_known_days_what_is_known_is_named(day: date) -> None:
    with pytest.raises(NotInForce, match="known: from 2015-10-01 until before 2027-10-01"):
        dates.in_force("E11.22", day)


@pytest.mark.parametrize(
    ("code", "day", "said"),
    [
        (
            "B88.0",
            date(2026, 2, 11),
            "was valid from 2015-10-01 until 2025-09-30; since 2025-10-01 use B88.01 or B88.09",
        ),
        ("E11.A", date(2025, 9, 30), "is valid only from 2025-10-01 on"),
        (
            "S06.1X7D",
            date(2026, 2, 11),
            "was valid from 2015-10-01 until 2017-09-30; no successor is recorded",
        ),
        ("E11.A", date(2025, 10, 1), ""),
    ],
)
def test_a_code_out_of_its_days_says_so_in_words(code: str, day: date, said: str) -> None:
    one = dates.life(code)
    assert one is not None
    assert one.says(day) == said


def test_a_title_is_that_of_the_text_nearest_to_the_day() -> None:
    gone = dates.title_on("B88.0", date(2025, 3, 1))
    assert gone == dates.Title("Other acariasis", "2025-04", exact=True)
    assert dates.title_on("B88.0", date(2026, 3, 1)).exact is False
    ckd = dates.title_on("N18.3", date(2019, 3, 1))
    assert (ckd.title, ckd.exact) == ("Chronic kidney disease, stage 3 (moderate)", False)
    now = dates.title_on("I10", date(2026, 3, 1))
    assert now == dates.Title("Essential (primary) hypertension", "2026-04", exact=True)
    future = dates.title_on("D69.11", date(2026, 11, 1))
    assert future == dates.Title(None, "2026-04", exact=False)


def test_fy2025_to_fy2026_has_the_announced_changes() -> None:
    found = dates.diff(2025, 2026)
    assert (len(found.added), len(found.deleted)) == (487, 28)
    assert found.revised is not None
    assert len(found.revised) == 38
    (b88,) = [one for one in found.deleted if one.code == "B88.0"]
    assert (b88.title, b88.day) == ("Other acariasis", date(2025, 10, 1))
    assert b88.successors == ("B88.01", "B88.09")


def test_a_year_takes_its_own_april_update() -> None:
    found = dates.diff(2022, 2023)
    assert (len(found.added), len(found.deleted)) == (1_176 + 42, 287 + 7)
    assert found.revised is None


def test_the_tables_are_small_and_their_hashes_are_stated() -> None:
    folder = code_sets_folder() / "icd10cm_dates" / "2026-10"
    tables = {file.name: digest(file) for file in folder.glob("*.csv")}
    assert dates.release().info.tables == tables
    assert sum(file.stat().st_size for file in folder.iterdir()) < 300_000


def test_no_code_has_overlapping_days() -> None:
    wrong = [
        one.code
        for one in lives()
        for left, right in pairwise(one.spans)
        if left.end is None or right.start < left.end
    ]
    assert wrong == []


def order_file() -> dict[str, tuple[bool, str]]:
    """Return code -> (billable, long title) of the published FY2025 order file."""
    lines = gzip.decompress(shared("icd10cm/icd10cm_order_2025.txt.gz").read_bytes())
    return {
        line[6:14].strip(): (line[14] == "1", line[77:].strip())
        for line in lines.decode("ascii").splitlines()
    }


def test_fy2025_is_the_published_order_file() -> None:
    published = order_file()
    day = date(2025, 9, 30)
    billable = {code for code, (flag, _) in published.items() if flag}
    ours = {one.code.replace(".", "") for one in lives() if one.at(day)}
    assert len(billable) == 74_260
    assert ours == billable


def test_titles_of_fy2025_are_those_of_the_order_file() -> None:
    published = order_file()
    day = date(2025, 9, 30)
    with (dates.release().folder / "titles.csv").open(encoding="utf-8", newline="") as lines:
        codes = sorted({row["code"].replace(".", "") for row in csv.DictReader(lines)})
    asked = [code for code in codes if dates.in_force(code, day)]
    said = {code: dates.title_on(code, day).title or "" for code in asked}
    # The order file is ASCII where the tabular list writes "Sjögren".
    plain = {code: title.replace("ö", "o") for code, title in said.items()}
    assert len(asked) == 135
    assert [code for code in asked if plain[code] != published[code][1]] == []


def test_the_addenda_of_fy2025_are_our_changes() -> None:
    lines = shared("icd10cm/icd10cm_codes_addenda_2025.txt").read_text("ascii").splitlines()
    told = {
        kind: {line.split()[1] for line in lines if line.startswith(f"{kind}:")}
        for kind in ("Add", "Delete")
    }
    found = dates.diff(2024, 2025)
    assert {one.code.replace(".", "") for one in found.added} == told["Add"]
    assert {one.code.replace(".", "") for one in found.deleted} == told["Delete"]


def test_successors_agree_with_the_conversion_table() -> None:
    packed = shared("icd10cm/icd10cm_conversion_table_fy2025.csv.gz").read_bytes()
    text = gzip.decompress(packed).decode("utf-8-sig", "replace")
    new_to_old = {
        row[0].strip(): row[2] for row in csv.reader(io.StringIO(text)) if len(row) > 2 and row[0]
    }
    before_2025 = [one for one in lives() if one.valid_to and one.valid_to < date(2025, 10, 1)]
    agrees = [
        one.code in new_to_old[new]
        for one in before_2025
        for new in one.successors
        if new in new_to_old
    ]
    # The 48 are codes in remission, which the table leads back to the history of the disease
    # (C86.31 from Z85.72), codes split by another line of thought (H36.811 from H35.2-), and
    # slips of the table (R39.191 from "R31.19").
    assert (agrees.count(True), agrees.count(False)) == (2_461, 48)
