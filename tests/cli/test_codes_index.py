"""`codinglab codes index` walks the index and verifies each code in the tabular list."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from codinglab.cli.app import app
from codinglab.codes.release import digest, forget
from codinglab.core.places import DATA_VARIABLE

TERMS = """\
number,level,label,path,nonessential,code,manifestation,see,see_also
1,0,"Diabetes, diabetic","Diabetes, diabetic",(mellitus) (sugar),E11.9,,,
2,1,type 2,"Diabetes, diabetic > type 2",,E11.9,,,
3,2,with,"Diabetes, diabetic > type 2 > with",,,,,
4,3,chronic kidney disease,"Diabetes, diabetic > type 2 > with > chronic kidney disease",,E11.22,,,
5,0,Diabolepsy,Diabolepsy,,,,Pain,
6,0,"Fracture, pathological","Fracture, pathological",,M84.40-,,,
7,0,"Fracture, traumatic","Fracture, traumatic",,T14.8,,,
8,1,lower end,"Fracture, traumatic > lower end",,S52.50-,,,
9,0,Heart,Heart,,E85.4,I43,,condition
10,0,Pain,Pain,,R52,,,
11,1,odd,Pain > odd,,R99.9,,,
"""
VERIFIED = "verified in the tabular list 2026-04"
DAY = ("--on", "2025-10-01")


@pytest.fixture(autouse=True)
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    home = tmp_path / "code_sets" / "icd10cm_index" / "2026"
    home.mkdir(parents=True)
    (home / "terms.csv").write_text(TERMS, encoding="utf-8")
    (home / "release.yml").write_text(
        "set: icd10cm_index\nrelease: 2026\neffective_from: 2025-10-01\n"
        "effective_to: 2026-10-01\nclock: service\nsource: a test\nlicence: none\nsynthetic: yes\n"
        f"tables:\n  terms.csv: {digest(home / 'terms.csv')}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    forget()
    yield
    forget()


def said(*words: str, code: int = 0) -> Any:
    done = CliRunner().invoke(app, ["codes", "index", *words])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout) if "--json" in words else done.stdout


def test_a_beginning_lists_the_main_terms() -> None:
    assert said("DIAB") == (
        "  Diabetes, diabetic (mellitus) (sugar)  E11.9  1 subterm\n"
        "  Diabolepsy  see Pain\n"
        "source: the index that you imported (icd10cm_index 2026, diseases)\n"
    )


def test_a_name_of_several_main_terms_lists_them() -> None:
    assert said("fracture").splitlines()[:2] == [
        "  Fracture, pathological  M84.40-",
        "  Fracture, traumatic  T14.8  1 subterm",
    ]


def test_a_term_shows_its_numbered_subterms_and_its_code_verified() -> None:
    lines = said("Diabetes > type 2").splitlines()
    assert lines[:6] == [
        "Diabetes, diabetic > type 2",
        "  E11.9",
        "   1 with  1 subterm",
        "",
        f"{VERIFIED}: E11.9  Type 2 diabetes mellitus without complications",
        "  billable",
    ]
    assert "  Includes (E11): diabetes (mellitus) due to insulin secretory defect" in lines
    assert "  Excludes1 (never together) (E11): gestational diabetes (O24.4-)" in lines


def test_subterms_are_reached_by_their_numbers() -> None:
    found = said("diabetes > 1 > 1 > 1", *DAY, "--json")
    assert list(found) == [
        "on",
        "book",
        "source",
        "term",
        "as_far_as",
        "see",
        "subterms",
        "main_terms",
        "verified",
    ]
    assert found["on"] == "2025-10-01"
    assert found["term"]["path"] == [
        "Diabetes, diabetic",
        "type 2",
        "with",
        "chronic kidney disease",
    ]
    (one,) = found["verified"]
    assert (one["code"], one["billable"], one["missing"]) == ("E11.22", True, [])
    assert one["title"] == "Type 2 diabetes mellitus with diabetic chronic kidney disease"


def test_missing_characters_are_shown_with_the_legal_ones() -> None:
    lines = said("Fracture > lower end").splitlines()
    at = lines.index("  not complete; add what is missing")
    assert lines[at + 1 : at + 7] == [
        "  6th character, after S52.50:",
        "    1  Unspecified fracture of the lower end of right radius",
        "    2  Unspecified fracture of the lower end of left radius",
        "    9  Unspecified fracture of the lower end of unspecified radius",
        "  7th character, after S52.50?:",
        "    A  initial encounter for closed fracture",
    ]


def test_see_leads_on_and_a_second_code_is_verified_too() -> None:
    assert said("Diabolepsy").splitlines()[:2] == ["Diabolepsy", "  see: Pain"]
    lines = said("Heart").splitlines()
    assert lines[:3] == [
        "Heart",
        "  E85.4 [I43]",
        "  see also: the main term of the condition itself",
    ]
    assert [one for one in lines if one.startswith("verified")] == [
        f"{VERIFIED}: E85.4  Organ-limited amyloidosis",
        f"{VERIFIED}: I43  Cardiomyopathy in diseases classified elsewhere",
    ]


def test_a_code_that_the_tabular_list_lacks_is_not_verified() -> None:
    assert (
        "not verified: R99.9 is not in ICD-10-CM 2026-04; look for the term's newer code."
        in said("Pain > odd").splitlines()
    )


def test_the_paths_to_a_code_are_shown() -> None:
    lines = said("--code", "S52.502B").splitlines()
    assert lines[:2] == ["Fracture, traumatic > lower end  S52.50-", ""]
    assert lines[2].startswith(
        "verified in the tabular list 2026-04: S52.502B  Unspecified fracture"
    )
    found = said("--code", "e11.22", "--json")
    assert list(found) == ["on", "code", "paths", "verified"]
    assert [(one["book"], one["path"][-1], one["code"]) for one in found["paths"]] == [
        ("diseases", "chronic kidney disease", "E11.22")
    ]
    assert said("--code", "Q99.8", code=1).startswith("No term of the index leads to Q99.8;")


def test_the_other_books_are_asked_by_name() -> None:
    found = said("aspirin", "--book", "drugs", "--json")
    assert found["term"]["codes"]["adverse_effect"] == "T39.015-"
    assert [one["code"] for one in found["verified"]] == [
        "T39.011",
        "T39.012",
        "T39.013",
        "T39.014",
        "T39.015",
        "T39.016",
    ]
    assert said("fall", "--book", "external", "--json")["book"] == "external causes"


def test_what_is_not_there_says_what_to_do() -> None:
    source = "the index that you imported (icd10cm_index 2026, diseases)"
    assert said("Zebra", code=1) == (
        f"{source} has no term 'Zebra'. Look up the condition rather than the body site, or search "
        'the tabular list: codinglab codes search "Zebra"\n'
    )
    assert said("Diabetes > type 3", code=1) == (
        f"{source} has no term 'Diabetes > type 3'; look among the subterms of Diabetes, diabetic\n"
    )
    assert said(code=2) == ""
    assert said("Pain", "--book", "novel", code=2) == ""
