"""ICD-10-PCS is searched where it is asked for, and after diagnoses on an inpatient bill."""

from datetime import date
from pathlib import Path

import pytest

from codinglab.codes.icd10pcs import open_pcs
from codinglab.codes.release import in_force, rows
from codinglab.codes.search import Search, open_search
from codinglab.codes.search_phrases import Synonym
from codinglab.core.dates import NotInForce

DAY = date(2026, 3, 2)
PCS = "ICD-10-PCS"


@pytest.fixture(scope="session")
def search(cache: Path) -> Search:
    assert cache.is_dir()
    return open_search(DAY)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("laparoscopic cholecystectomy", "0FT44ZZ"),
        ("lap chole", "0FT44ZZ"),
        ("resection of gallbladder percutaneous endoscopic", "0FT44ZZ"),
        ("appendectomy", "0DTJ4ZZ"),
        ("right knee replacement", "0SRC0JZ"),
        ("c section", "10D00Z1"),
        ("0ft44zz", "0FT44ZZ"),
        ("0FT4", "0FT40ZZ"),
    ],
)
def test_a_procedure_is_found_by_what_it_is_called(search, text, first):
    found = search.find(text, 1, system=PCS)
    assert [(hit.code, hit.system) for hit in found] == [(first, PCS)]


def test_procedures_come_after_diagnoses_of_an_inpatient_bill_and_in_no_other_search(search):
    assert {hit.system for hit in search.find("pneumonia", setting="inpatient")} == {"ICD-10-CM"}
    assert search.find("lap chole", 1, setting="inpatient")[0].code == "0FT44ZZ"
    assert PCS not in {hit.system for hit in search.find("laparoscopic cholecystectomy", 50)}
    assert search.find("0FT44ZZ", 1)[0].title.startswith("Resection of Gallbladder")
    assert search.find("0FT44ZZ", 1, setting="office") == search.find("0FT44ZZ", 1)


def test_a_code_that_is_no_longer_valid_says_so(search):
    codes = {code for code, _, _, end in open_pcs(DAY).titled() if end and end <= DAY.isoformat()}
    (hit,) = search.find(min(codes), system=PCS)
    assert hit.billable is False
    assert "was valid from" in hit.why


@pytest.mark.parametrize("text", ["appendectomy", "0FT44ZZ"])
def test_days_outside_what_is_known_are_refused(search, monkeypatch, text):
    monkeypatch.delitem(search.__dict__, "_procedures", raising=False)
    monkeypatch.setattr(search, "_day", date(2015, 1, 1))
    with pytest.raises(NotInForce, match="nothing in force on 2015-01-01"):
        search.find(text, system=PCS)


def test_the_codes_of_the_synonyms_are_valid():
    words = rows(in_force("synonyms", DAY), "procedures.csv", Synonym)
    assert len({one.phrase for one in words}) == len(words)
    table = open_pcs(DAY)
    assert [one.code for one in words if one.code and not table.is_valid(one.code)] == []
