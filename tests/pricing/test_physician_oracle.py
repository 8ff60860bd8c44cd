"""The engine on the published files, against the carriers' formula done again in fractions.

The files lie beside the checkout; without them these tests skip.
"""

import csv
import gzip
import sys
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "codes"))
from shared_data import shared
from toy_schedule import PHYSICIAN

from codinglab.codes.importers.run import run
from codinglab.codes.release import code_sets_folder
from codinglab.core.dates import NotInForce
from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.physician import price
from codinglab.pricing.physician_schedule import Schedule, schedule_on
from codinglab.pricing.physician_terms import Terms
from codinglab.pricing.price import cents

DAY = date(2025, 10, 6)
LOCALITIES = ("13202-01", "10112-00", "02102-01")
Published = dict[str, str]
HEAD = [
    "code",
    "modifier",
    "text",
    "status",
    "note",
    "work",
    "office_pe",
    "office_na",
    "facility_pe",
    "facility_na",
    "mp",
    "office",
    "facility",
    "pctc",
    "global",
    "pre",
    "intra",
    "post",
    "mult",
    "bilat",
    "asst",
    "co",
    "team",
    "base",
    "factor",
    "supervision",
    "flag",
    "family",
    "cap_office",
    "cap_facility",
    "cap_mp",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("imported")
    files = {"pprrvu": "mpfs/PPRRVU2025_Oct_part.csv.gz", "gpci": "mpfs/GPCI2025.csv"}
    for kind, file in files.items():
        run(kind, shared(file), "2025", target, accept_licence=True)
    (target / "pfs_factors").symlink_to(code_sets_folder() / "pfs_factors")
    return target


def published() -> Iterator[Published]:
    text = gzip.decompress(shared("mpfs/PPRRVU2025_Oct_part.csv.gz").read_bytes()).decode("latin-1")
    for record in csv.reader(text.splitlines()):
        if len(record) == len(HEAD) and len(record[0].strip()) == 5 and record[0] != "HCPCS":
            yield dict(zip(HEAD, (one.strip() for one in record), strict=True))


def indices() -> dict[str, tuple[Fraction, ...]]:
    found = {}
    with shared("mpfs/GPCI2025.csv").open(encoding="cp1252") as file:
        for record in csv.reader(file):
            if record and record[0].isdigit():
                found[f"{record[0]}-{record[2]}"] = tuple(map(Fraction, record[4:7]))
    return found


def carrier_amount(row: Published, index: tuple[Fraction, ...], where: str) -> Fraction:
    """Return the carriers' formula, and the cap of imaging where it is lower."""

    def dollars(*values: str) -> Fraction:
        parts = zip(map(Fraction, values), index, strict=True)
        return sum((value * local for value, local in parts), Fraction(0)) * Fraction("32.3465")

    whole = dollars(row["work"], row[f"{where}_pe"], row["mp"])
    if not Fraction(row[f"cap_{where}"]):
        return whole
    return min(whole, dollars(row["work"], row[f"cap_{where}"], row["cap_mp"]))


def to_cents(amount: Fraction) -> int:
    return int(amount * 100 + Fraction(1, 2))


def test_every_payable_row_is_the_carriers_formula_to_the_cent(home: Path) -> None:
    places = indices()
    checked, wrong = 0, []
    for name in LOCALITIES:
        schedule = schedule_on(DAY, name, None, folder=home)
        for row in published():
            if row["status"] not in {"A", "R", "T"}:
                continue
            value = schedule.row(row["code"], row["modifier"])
            for where, rate in (("office", "non-facility"), ("facility", "facility")):
                ours = int(cents(schedule.steps(value, rate)[-1].amount) * 100)
                checked += 1
                if ours != to_cents(carrier_amount(row, places[name], where)):
                    wrong.append((name, row["code"], row["modifier"], where))
    assert wrong == []
    assert checked == 30_528


def capped() -> Iterator[list[str]]:
    text = gzip.decompress(shared("mpfs/OPPSCAP_Oct_part.csv.gz").read_bytes()).decode("latin-1")
    yield from list(csv.reader(text.splitlines()))[1:]


def test_caps_are_those_of_the_published_list(home: Path) -> None:
    # Rows that the contractor prices (C) have no whole value. The list names the localities of
    # Southern California by contractor 01112, the indices by 01182.
    known = indices()
    schedules: dict[str, Schedule] = {}
    checked, wrong = 0, []
    for code, modifier, status, carrier, locality, facility, office in capped():
        name = f"{carrier}-{locality}"
        name = name if name in known else f"01182-{locality}"
        if status == "C":
            continue
        if name not in schedules:
            schedules[name] = schedule_on(DAY, name, None, folder=home)
        row = schedules[name].row(code, modifier.strip())
        caps = (schedules[name].cap(row, "facility"), schedules[name].cap(row, "non-facility"))
        checked += 1
        if [f"{cents(cap):.2f}" if cap is not None else "" for cap in caps] != [facility, office]:
            wrong.append((code, modifier, name, caps, facility, office))
    assert wrong == []
    assert checked == 3_910


def test_an_imported_file_comes_before_the_starter_facts(home: Path) -> None:
    line = ServiceLine("99213", "line 1", units=1, place_of_service="11")
    (found,) = price((line,), PHYSICIAN, Terms("13202-01", participating=True), DAY, home)
    assert found.price is not None
    assert str(found.price.amount) == "101.06"
    assert found.used == ("pprrvu 2025", "gpci 2025", "pfs_factors 2025")
    assert "CMS PPRRVU 2025, imported" in found.price.steps[0].source


def test_an_imported_year_does_not_price_another(home: Path) -> None:
    line = ServiceLine("99213", "line 1", units=1, place_of_service="11")
    terms = Terms("13202-01", participating=True, qualifying_apm=False)
    with pytest.raises(NotInForce, match="pfs_values: nothing in force on 2026-01-01"):
        price((line,), PHYSICIAN, terms, date(2026, 1, 1), home)


def test_starter_values_of_october_are_those_of_the_file() -> None:
    listed = {(row["code"], row["modifier"]): row for row in published()}
    ours = code_sets_folder() / "pfs_values" / "2025" / "values.csv"
    checked = 0
    with ours.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["source"].endswith("RVU25D"):
                continue
            there = listed[row["code"], row["modifier"]]
            said = {
                "status": "status",
                "work_rvu": "work",
                "nonfacility_pe_rvu": "office_pe",
                "facility_pe_rvu": "facility_pe",
                "malpractice_rvu": "mp",
                "pctc": "pctc",
                "global_days": "global",
                "multiple": "mult",
                "bilateral": "bilat",
                "assistant": "asst",
                "co_surgeons": "co",
                "team": "team",
                "imaging_family": "family",
                "opps_malpractice": "cap_mp",
            }
            assert {name: row[name] for name in said} == {
                name: there[other] for name, other in said.items()
            }, row["code"]
            checked += 1
    assert checked == 70


def test_an_imported_2026_is_priced_with_the_factors_of_2026(tmp_path: Path) -> None:
    # The values of 2025 under the heading of 2026, as a stand-in for the official file.
    text = gzip.decompress(shared("mpfs/PPRRVU2025_Oct_part.csv.gz").read_bytes())
    values, places = tmp_path / "PPRRVU2026_Jan_nonQPP.csv", tmp_path / "GPCI2026.csv"
    values.write_bytes(text.replace(b"2025 National", b"2026 National", 1))
    there = shared("mpfs/GPCI2025.csv").read_bytes()
    places.write_bytes(there.replace(b"CY 2025", b"CY 2026").replace(b"2025 P", b"2026 P"))
    sets = tmp_path / "sets"
    for kind, file in (("pprrvu", values), ("gpci", places)):
        run(kind, file, "2026", sets, accept_licence=True)
    (sets / "pfs_factors").symlink_to(code_sets_folder() / "pfs_factors")
    line = ServiceLine("99213", "line 1", units=1, place_of_service="11")
    paid = []
    for qualifying in (False, True):
        terms = Terms("13202-01", participating=True, qualifying_apm=qualifying)
        (found,) = price((line,), PHYSICIAN, terms, date(2026, 3, 2), sets)
        assert found.price is not None
        assert found.notes == ()
        paid.append(str(found.price.amount))
    assert paid == ["104.35", "104.87"]
