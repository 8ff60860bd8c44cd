"""Imported CMS files of ICD-10-PCS are used for their days instead of what the lab brings."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes.icd10pcs import open_pcs
from codinglab.codes.icd10pcs_values import Value
from codinglab.codes.importers.run import run
from codinglab.codes.release import forget
from codinglab.core.dates import NotInForce
from codinglab.core.places import DATA_VARIABLE

DAY = date(2028, 3, 2)
ORDER = (
    (1, "0FT", 0, "Hepatobiliary System and Pancreas, Resection"),
    (2, "0FT40ZZ", 1, "Resection of Gallbladder, Open Approach"),
    (3, "0FT44ZZ", 1, "Resection of Gallbladder, Percutaneous Endoscopic Approach"),
    (4, "0FT4FZZ", 1, "Resection of Gallbladder, Assisted Approach"),
)
AXIS = '<axis pos="{}" values="1"><title>{}</title>{}</axis>'
LABEL = '<label code="{}">{}</label>'


def axis(position: int, title: str, **labels: str) -> str:
    inside = "".join(LABEL.format(code[1:], name) for code, name in labels.items())
    return AXIS.format(position, title, inside)


TABLES = "\n".join(
    (
        '<?xml version="1.0" encoding="utf-8"?>',
        "<ICD10PCS.tabular>",
        "<version>2028</version>",
        "<pcsTable>",
        axis(1, "Section", _0="Medical and Surgical"),
        axis(2, "Body System", _F="Hepatobiliary System and Pancreas"),
        axis(3, "Operation", _T="Resection"),
        '<pcsRow codes="3">',
        axis(4, "Body Part", _4="Gallbladder, as the tables say"),
        axis(5, "Approach", _0="Open", _4="Percutaneous Endoscopic", _F="Assisted"),
        axis(6, "Device", _Z="No Device"),
        axis(7, "Qualifier", _Z="No Qualifier"),
        "</pcsRow>",
        "</pcsTable>",
        "</ICD10PCS.tabular>",
    )
)


@pytest.fixture(autouse=True)
def own_data(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    assert cache.is_dir()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    forget()
    yield
    forget()


def imported(tmp_path: Path, kind: str, content: str) -> None:
    file = tmp_path / f"{kind}.txt"
    file.write_text(content, encoding="utf-8")
    run(kind, file, "FY2028", partial=True)


def order(tmp_path: Path) -> None:
    lines = [f"{n:05} {code:7} {flag} {said[:60]:60} {said}" for n, code, flag, said in ORDER]
    imported(tmp_path, "icd10pcs_order", "\n".join(lines) + "\n")


def test_without_an_import_the_day_is_not_known() -> None:
    with pytest.raises(NotInForce, match="import the CMS order file of the fiscal year"):
        open_pcs(DAY)


def test_codes_and_titles_come_from_the_order_file(tmp_path: Path) -> None:
    order(tmp_path)
    opened = open_pcs(DAY)
    assert (opened.count(), str(opened.release)) == (3, "icd10pcs_order FY2028")
    assert opened.code("0FT4FZZ").title == "Resection of Gallbladder, Assisted Approach"
    assert opened.next_values("0FT4") == (
        Value("0", "Open", 1),
        Value("4", "Percutaneous Endoscopic", 1),
        Value("F", "Via Natural or Artificial Opening With Percutaneous Endoscopic Assistance", 1),
    )
    assert (opened.caveat, opened.untitled) == ("", 0)
    assert opened.verdict("0FT43ZZ").position == 5


def test_other_days_stay_as_they_were(tmp_path: Path) -> None:
    order(tmp_path)
    assert open_pcs(date(2026, 3, 2)).count() == 79115


def test_names_and_rows_come_from_the_tables(tmp_path: Path) -> None:
    order(tmp_path)
    imported(tmp_path, "icd10pcs_tables", TABLES)
    opened = open_pcs(DAY)
    assert [one.label for one in opened.axes("0FT4FZZ")] == [
        *("Medical and Surgical", "Hepatobiliary System and Pancreas", "Resection"),
        *("Gallbladder, as the tables say", "Assisted", "No Device", "No Qualifier"),
    ]
    (row,) = opened.table("0FT").rows
    assert ["".join(one.value for one in cell) for cell in row] == ["4", "04F", "Z", "Z"]
    assert [one.codes for one in row[1]] == [1, 1, 1]


def test_tables_alone_name_values_of_the_days_that_are_known(tmp_path: Path) -> None:
    file = tmp_path / "tables.txt"
    file.write_text(TABLES.replace("2028", "2026"), encoding="utf-8")
    run("icd10pcs_tables", file, "FY2026", partial=True)
    opened = open_pcs(date(2026, 3, 2))
    assert opened.count() == 79115
    assert opened.axes("0FT4")[3].label == "Gallbladder, as the tables say"
    assert opened.axes("0FB4")[3].label == "Gallbladder"
