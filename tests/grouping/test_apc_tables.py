"""The outpatient tables are the published ones, and imported addenda take their place."""

import csv
import gzip
import io
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codinglab.codes.release import NotInTable, digest, forget, in_force, rows
from codinglab.encounter.coded import ServiceLine
from codinglab.grouping.apc import group
from codinglab.grouping.apc_rows import PaidApcRow, RoleRow, ServiceRow, StatusRow
from codinglab.grouping.apc_tables import tables_on

DAY = date(2026, 4, 10)
SHARED = Path(__file__).resolve().parents[3] / "shared/data/opps"
FLAGS = {
    "apart": "capc_exclusion",
    "no_share": "deductible_coins_na",
    "critical_care": "critical_care_ancillary",
}


def published(name: str) -> dict[str, dict[str, str]]:
    """Return the rows of a table of the code editor by key, or skip the test."""
    file = SHARED / name
    if not file.is_file():
        pytest.skip(f"no published {name} beside the checkout")
    data = file.read_bytes()
    text = gzip.decompress(data) if name.endswith(".gz") else data
    return {row["key"]: row for row in csv.DictReader(io.StringIO(text.decode("utf-8")))}


def test_each_code_has_its_published_status_apc_and_flags() -> None:
    theirs = published("hcpcs_no_desc.csv.gz")
    ours = rows(in_force("opps", DAY), "codes.csv", ServiceRow)
    assert len(ours) == 124
    for row in ours:
        line = theirs[row.code]
        assert (row.status, f"0{row.apc or '0000'}") == (line["status_indicator"], line["apc"])
        assert {ours_is: getattr(row, ours_is) for ours_is in FLAGS} == {
            ours_is: line[flag] == "True" for ours_is, flag in FLAGS.items()
        }
        kinds = ("conditional", "independent", "inherent")
        assert row.bilateral == next((k for k in kinds if line[f"bilateral_{k}"]), None)
        assert int(line["lo_version"]) <= 102, "the row held in January 2026 as well"


def test_each_apc_has_its_published_status_and_rate() -> None:
    theirs = published("apc.csv")
    ours = rows(in_force("opps", DAY), "apcs.csv", PaidApcRow)
    assert len(ours) == 39
    for row in ours:
        line = theirs[f"0{row.code}"]
        assert (row.status, row.payment) == (
            line["status_indicator"],
            Decimal(line["apc_payment"]) / 100,
        )
        assert (row.effective_from is not None) == (line["lo_version"] == "103"), row.code


def test_every_published_status_that_a_code_may_have_is_told() -> None:
    theirs = set(published("si.csv")) - {"W", "Z"}  # these two are of lines without a valid code
    assert {row.code for row in rows(in_force("opps", DAY), "statuses.csv", StatusRow)} == theirs


def test_the_devices_are_those_of_the_published_list() -> None:
    theirs = published("hcpcs_no_desc.csv.gz")
    for row in rows(in_force("opps", DAY), "roles.csv", RoleRow):
        if row.role == "device":
            assert theirs[row.code]["device"] == "True"
        if row.role == "device procedure":
            assert theirs[row.code]["device_procedure"] == "True"


def test_the_discount_table_is_the_published_one() -> None:
    theirs = published("discount.csv")
    for row in tables_on(DAY).discounts():
        digits = theirs[row.code]["discount_formula"]
        ours = (row.reduced_sided, row.reduced_other, row.sided, row.sided, row.other)
        assert "".join(map(str, ours)) == digits[:5]


def test_every_code_has_a_status_that_is_told_and_an_apc_that_has_a_rate() -> None:
    tables = tables_on(DAY)
    for row in rows(in_force("opps", DAY), "codes.csv", ServiceRow):
        assert tables.status(row.status).label
        if row.apc:
            assert tables.apc(row.apc).apc == row.apc


def addendum(home: Path, name: str, table: str, text: str) -> None:
    folder = home / name / "2026-04"
    folder.mkdir(parents=True)
    (folder / table).write_text(text, "utf-8")
    (folder / "release.yml").write_text(
        f"set: {name}\nrelease: 2026-04\neffective_from: 2026-04-01\neffective_to: 2026-07-01\n"
        "clock: service\nsource: a test\nlicence: none\nsynthetic: yes\n"
        f"tables:\n  {table}: {digest(folder / table)}\n",
        "utf-8",
    )


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """Return a folder with the starter table and two short addenda."""
    shutil.copytree(in_force("opps", DAY).folder, tmp_path / "opps" / "2026")
    money = "weight,payment,copayment,least_copayment"
    codes = f"code,status,apc,{money}\n" + "".join(
        f"{code},{status},{apc},,,,\n"
        for code, status, apc in (
            ("99291", "J2", "5041"),
            ("71046", "Q3", "5521"),
            ("94760", "N", ""),
            ("70486", "Q3", "5522"),
            ("70450", "Q3", "5522"),
            ("27447", "J1", "5115"),
            ("99284", "J2", "5024"),
            ("96365", "S", "5693"),
        )
    )
    apcs = f"code,label,status,{money}\n" + "".join(
        f"{apc},an APC,{status},,{rate},{share},\n"
        for apc, status, rate, share in (
            ("5041", "S", "843.92", "168.79"),
            ("5521", "S", "88.91", "17.79"),
            ("5522", "S", "106.81", "21.37"),
            ("5115", "J1", "13116.76", "2623.36"),
            ("5024", "V", "426.30", "85.26"),
            ("5025", "V", "608.43", "121.69"),
            ("5693", "S", "217.31", "43.47"),
        )
    )
    addendum(tmp_path, "opps_addendum_b", "codes.csv", codes)
    addendum(tmp_path, "opps_addendum_a", "apcs.csv", apcs)
    forget()
    return tmp_path


def test_critical_care_packages_the_films_of_its_day(imported: Path) -> None:
    lines = [
        ServiceLine("99291", "line 1", units=1),
        ServiceLine("71046", "line 2", units=1),
        ServiceLine("71046", "line 3", units=1, day=date(2026, 4, 11)),
    ]
    found = group(lines, DAY, imported).lines
    assert [(one.status, one.outcome, one.into) for one in found] == [
        ("S", "paid", ""),
        ("N", "packaged", "line 1"),
        ("S", "paid", ""),
    ]


def test_a_code_of_the_imported_table_alone_is_grouped_and_what_is_open_is_said(
    imported: Path,
) -> None:
    # The published editor's trial: the knee is J1, APC 5115, and the rest is packaged.
    lines = [
        ServiceLine("27447", "line 1", ("RT",), 1),
        ServiceLine("99284", "line 2", ("25",), 1),
        ServiceLine("71046", "line 3", units=1),
        ServiceLine("96365", "line 4", units=1),
    ]
    found = group(lines, DAY, imported)
    assert [one.status for one in found.lines] == ["J1", "N", "N", "N"]
    assert found.lines[0].rate == Decimal("13116.76")
    assert found.open == (
        "line 4: taken as packaged; whether Addendum J leaves it out is not at hand",
    )


def test_scans_whose_composite_is_not_known_are_asked_about(imported: Path) -> None:
    lines = [ServiceLine("70486", "line 1", units=1), ServiceLine("70450", "line 2", units=1)]
    assert group(lines, DAY, imported).open == ("line 1: whether 70486 is of a composite",)


def test_the_imported_table_decides_what_codes_there_are(imported: Path) -> None:
    with pytest.raises(NotInTable, match="10060 is not in this lab"):
        group([ServiceLine("10060", "line 1", units=1)], DAY, imported)


def test_before_the_imported_quarter_the_starter_table_decides(imported: Path) -> None:
    found = group([ServiceLine("10060", "line 1", units=1)], date(2026, 3, 31), imported)
    assert found.lines[0].rate == Decimal("204.98")


def test_an_imported_copayment_is_carried(imported: Path) -> None:
    assert tables_on(DAY, imported).apc("5024").copayment == Decimal("85.26")
    assert tables_on(DAY).apc("5024").copayment is None
