"""The terms of an imported alphabetic index are phrases of the codes that they lead to."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes.importers.run import run
from codinglab.codes.release import forget
from codinglab.codes.search_sources import sources
from codinglab.codes.search_terms import index_terms
from codinglab.core.dates import NotInForce
from codinglab.core.places import DATA_VARIABLE

DAY = date(2026, 3, 2)
INDEX = (
    "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\r\n"
    '1,D,0,"Diabetes, diabetic",,,(mellitus) (sugar),E11.9\r\n'
    "2,D,1,with,,,,\r\n"
    "3,D,2,gastroparesis,,,,E11.43\r\n"
    "4,D,1,gravidarum,Diabetes,,,\r\n"
    '5,F,0,"Fracture, traumatic",,,(abduction),T14.8\r\n'
    "6,F,1,wrist,,,,S62.10-\r\n"
    "7,S,0,Skeeter bite,Nowhere,,,\r\n"
)


@pytest.fixture
def imported(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    assert cache.is_dir()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    file = tmp_path / "index.csv"
    file.write_text(INDEX, newline="")
    days = {"start": date(2025, 10, 1), "end": date(2026, 10, 1)}
    run("icd10cm_index", file, "trial", **days, partial=True)
    yield tmp_path
    forget()


def test_each_term_leads_to_its_code_with_all_that_stands_above_it(imported):
    folder = imported / "code_sets"
    assert list(index_terms(DAY, folder)) == [
        ("Diabetes, diabetic (mellitus) (sugar)", "E11.9"),
        ("Diabetes, diabetic (mellitus) (sugar) with gastroparesis", "E11.43"),
        ("Diabetes, diabetic (mellitus) (sugar) gravidarum", "E11.9"),
        ("Fracture, traumatic (abduction)", "T14.8"),
        ("Fracture, traumatic (abduction) wrist", "S62.10-"),
    ]
    assert list(index_terms(date(2024, 1, 1), folder)) == []


def test_an_imported_index_is_one_of_the_sources(imported):
    assert imported.is_dir()
    with_it = sources(DAY)
    assert "icd10cm_index" in {one.info.set for one in with_it.index}
    days = (sources(DAY).since, sources(date(2025, 12, 31)).since)
    assert days == (date(2026, 1, 1), date(2025, 10, 1))
    with pytest.raises(NotInForce):
        sources(date(2014, 1, 1))
