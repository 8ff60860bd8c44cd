"""`codinglab codes import` and `codes kinds`: exit codes, JSON keys, and the list afterwards."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codinglab.cli.app import app
from codinglab.codes.release import forget
from codinglab.core.places import DATA_VARIABLE

CPT = "99213\tmade-up text\r\n99214\tanother\r\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    forget()
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "SHORTU.txt"
    path.write_text(CPT, encoding="utf-8", newline="")
    return path


def invoke(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["codes", *map(str, words)])
    return done.exit_code, done.stdout


def test_an_import_is_told_and_listed(data: Path, file: Path) -> None:
    words = ("import", "cpt-short", file, "--release", "2026", "--partial", "--accept-licence")
    code, out = invoke(*words, "--json")
    told = json.loads(out)
    assert code == 0
    assert list(told) == [
        "set",
        "release",
        "effective_from",
        "effective_to",
        "licence",
        "folder",
        "already_there",
        "files",
        "rows",
        "rows_read",
        "rows_kept",
        "rows_rejected",
        "left_out",
        "rejected",
    ]
    assert (told["rows"], told["rows_read"], told["already_there"]) == ({"codes.csv": 2}, 2, False)
    assert told["folder"] == str(data / "code_sets/cpt_short/2026")
    code, out = invoke(*words)
    assert (code, "already there" in out) == (0, True)
    listed = {one["set"]: one for one in json.loads(invoke("list", "--json")[1])}
    assert listed["cpt_short"]["imported"] is True
    assert listed["cpt_short"]["rows"] == {"codes.csv": 2}
    assert listed["place_of_service"]["imported"] is False
    assert listed["place_of_service"]["rows"] == {"places.csv": 52}
    forget()


def test_rejected_rows_give_exit_code_1(data: Path, file: Path) -> None:
    file.write_text(CPT + "not a row\r\n", encoding="utf-8", newline="")
    code, out = invoke(
        "import", "cpt_short", file, "--release", "2026", "--partial", "--accept-licence"
    )
    assert code == 1
    assert f"rejected {file}, line 3: is not a CPT code" in out
    assert data.is_dir()
    forget()


def test_without_the_licence_nothing_happens_and_the_exit_code_is_2(data: Path, file: Path) -> None:
    words = ["-m", "codinglab", "codes", "import", "cpt_short", str(file), "--release", "2026"]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "American Medical Association" in done.stderr
    assert "--accept-licence; nothing was imported" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not data.exists()


def test_kinds_name_their_licence() -> None:
    told = {one["kind"]: one for one in json.loads(invoke("kinds", "--json")[1])}
    assert [name for name, one in told.items() if not one["needs_acceptance"]] == [
        "icd10cm_order",
        "icd10pcs_order",
        "icd10cm_tabular",
        "icd10pcs_tables",
        "icd10cm_index",
        "icd10cm_external_index",
        "icd10cm_neoplasms",
        "icd10cm_drugs",
        "hcpcs_level2",
        "gpci",
        "anes",
        "opps_addendum_a",
        "msdrg_table5",
        "cms_poa_exempt",
        "fees_equipment",
        "fees_ambulance",
    ]
    assert "X12" in told["x12_carc"]["licence"]
