"""Unit limits by payer and day: a few known singly, and Medicare's tables once imported."""

import gzip
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from shared_data import shared

from codinglab.codes.importers.run import run
from codinglab.codes.release import forget, in_force, rows
from codinglab.codes.unit_limits import LimitRow, unit_limit
from codinglab.core.dates import NotInForce
from codinglab.core.places import DATA_VARIABLE

DAY = date(2026, 3, 2)
MADE = (
    '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n'
    "J3301,16,3 Date of Service Edit: Clinical,Prescribing Information\n"
    "G0439,1,2 Date of Service Edit: Policy,CMS Policy\n"
    "80061,2,1 Line Edit,Nature of Analyte\n"
)


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    file = tmp_path / "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv"
    file.write_text(MADE, encoding="cp1252")
    run("mue_practitioner", file, "2026-Q1", accept_licence=True, partial=True)
    yield
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize(
    ("code", "payer", "units", "adjudication"),
    [
        *(("17000", "Medicare", 1, "2"), ("17003", "Medicare", 13, "2")),
        *(("17004", "Medicare", 1, "2"), ("J3301", "Medicaid", 16, "1")),
        *(("36415", "Medicaid", 2, "1"), ("A0425", "Medicaid", 250, "1")),
    ],
)
def test_known_limits(code: str, payer: str, units: int, adjudication: str) -> None:
    found = unit_limit(code, DAY, "practitioner", payer)
    assert found is not None
    assert (found.units, found.adjudication, found.payer) == (units, adjudication, payer)


def test_a_limit_of_one_payer_is_not_said_to_be_anothers() -> None:
    assert unit_limit("J3301", DAY, "practitioner", "Medicare") is None
    assert unit_limit("17003", DAY, "practitioner", "Medicaid") is None
    assert unit_limit("17003", DAY, "hospital", "Medicare") is None


def test_a_limit_says_where_it_was_read() -> None:
    found = unit_limit("J3301", DAY, "practitioner", "Medicaid")
    assert found is not None
    assert str(found.cite) == (
        "Medically unlikely edits Medicaid NCCI MUE practitioner 2026 Q1, code J3301"
    )


def test_no_limit_is_in_force_before_the_first_release() -> None:
    with pytest.raises(NotInForce, match="mue: nothing in force on 2025-12-31"):
        unit_limit("17003", date(2025, 12, 31), "practitioner", "Medicare")


@pytest.mark.usefixtures("imported")
def test_an_imported_table_takes_the_place_of_medicares_starter_limits() -> None:
    found = unit_limit("J3301", DAY, "practitioner", "Medicare")
    assert found is not None
    assert (found.units, found.adjudication) == (16, "3")
    assert found.source == "mue_practitioner 2026-Q1"
    assert unit_limit("17003", DAY, "practitioner", "Medicare") is None
    assert unit_limit("17003", date(2026, 4, 1), "practitioner", "Medicare") is not None
    medicaid = unit_limit("J3301", DAY, "practitioner", "Medicaid")
    assert medicaid is not None
    assert medicaid.adjudication == "1"


def test_each_medicaid_limit_stands_in_the_published_table() -> None:
    file = shared("ncci/mue_medicaid_practitioner_2026q1_part.json.gz")
    published = json.loads(gzip.decompress(file.read_bytes()))
    found = rows(in_force("mue", DAY), "limits.csv", LimitRow)
    medicaid = {one.code: one.units for one in found if one.payer == "Medicaid"}
    assert medicaid == {code: published[code]["limit"] for code in medicaid}
    assert len(medicaid) == 12
