"""A made-up fee schedule with easy figures: indices of 1, and 10 dollars a relative value unit."""

import csv
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

from codinglab.codes.release import code_sets_folder, digest
from codinglab.encounter.circumstances import Circumstances, Practitioner
from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.physician import LinePrice, price
from codinglab.pricing.physician_rows import ValueRow
from codinglab.pricing.physician_terms import Terms

DAY = date(2025, 3, 3)
PHYSICIAN = Circumstances("professional", "Medicare", practitioner=Practitioner(role="physician"))
TERMS = Terms("toy-1", participating=True, place_of_service="11")
RELEASE = """set: {set}
release: 2025
effective_from: 2025-01-01
effective_to: 2026-01-01
clock: service
source: made up for a test
licence: none
synthetic: yes
tables:
{tables}
"""
USUAL = {
    "status": "A",
    "work_rvu": "1",
    "nonfacility_pe_rvu": "0",
    "facility_pe_rvu": "0",
    "malpractice_rvu": "0",
    "pctc": "0",
    "global_days": "010",
    "preoperative": "0.10",
    "intraoperative": "0.80",
    "postoperative": "0.10",
    "multiple": "0",
    "bilateral": "0",
    "assistant": "2",
    "co_surgeons": "2",
    "team": "2",
    "source": "toy",
}


def write_set(home: Path, name: str, tables: dict[str, list[dict[str, str]]]) -> None:
    folder = home / name / "2025"
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / table).open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            sheet.writeheader()
            sheet.writerows(rows)
    listed = "\n".join(f"  {table}: {digest(folder / table)}" for table in tables)
    text = RELEASE.format(set=name, tables=listed)
    (folder / "release.yml").write_text(text, encoding="utf-8")


def code(name: str, work: str, **said: str) -> dict[str, str]:
    """Return a row of values: `work` units of work alone, worth ten dollars each."""
    return {"code": name, **USUAL, "work_rvu": work, **said}


def toy(home: Path, *rows: dict[str, str]) -> Path:
    """Write the schedule with the values `rows`, and return the folder of code sets."""
    assert set(USUAL) <= set(ValueRow.model_fields)
    write_set(home, "pfs_values", {"values.csv": list(rows)})
    index = {
        "code": "toy-1",
        "label": "Toytown",
        "contractor": "toy",
        "locality": "1",
        "state": "TT",
        "work": "1",
        "practice_expense": "1",
        "malpractice": "1",
    }
    write_set(home, "pfs_indices", {"indices.csv": [index]})
    real = code_sets_folder() / "pfs_factors" / "2025"
    shutil.copytree(real, home / "pfs_factors" / "2025")
    with (real / "factors.csv").open(encoding="utf-8") as file:
        factors = list(csv.DictReader(file))
    for factor in factors:
        if factor["code"] == "conversion_factor":
            factor["value"] = "10"
    with (real / "places.csv").open(encoding="utf-8") as file:
        places = list(csv.DictReader(file))
    with (real / "modifiers.csv").open(encoding="utf-8") as file:
        marked = list(csv.DictReader(file))
    tables = {"factors.csv": factors, "places.csv": places, "modifiers.csv": marked}
    write_set(home, "pfs_factors", tables)
    return home


def lines(*written: str, place: str | None = None) -> tuple[ServiceLine, ...]:
    """Return lines written as "A0001-50 x2"; without units, one."""
    found = []
    for number, text in enumerate(written, 1):
        name, _, units = text.partition(" x")
        first, *modifiers = name.split("-")
        found.append(ServiceLine(first, f"line {number}", tuple(modifiers), int(units or 1), place))
    return tuple(found)


def prices(home: Path, *written: str, terms: Terms = TERMS) -> tuple[LinePrice, ...]:
    return price(lines(*written), PHYSICIAN, terms, DAY, home)


def amounts(home: Path, *written: str, terms: Terms = TERMS) -> list[Decimal | None]:
    """Return what each line pays, None where it has no price."""
    return [one.price.amount if one.price else None for one in prices(home, *written, terms=terms)]


def dollars(*written: str) -> list[Decimal]:
    return [Decimal(one) for one in written]
