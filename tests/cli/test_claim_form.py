import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codinglab.cli.app import app
from codinglab.core.places import checkout

CLAIMS = checkout() / "curriculum" / "claims"


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["claim", *words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def test_a_claim_file_becomes_a_pdf(tmp_path: Path) -> None:
    target = tmp_path / "claim.pdf"
    code, text = run("form", str(CLAIMS / "auto-accident.yml"), "--to", str(target))
    assert code == 0
    assert f"{target}: CMS-1500 (02/12), 1 page." in text
    assert target.read_bytes().startswith(b"%PDF-")


def test_the_html_is_printed_or_written(tmp_path: Path) -> None:
    target = tmp_path / "claim.html"
    file = str(CLAIMS / "inpatient.yml")
    code, text = run("form", file, "--html")
    assert code == 0
    assert text.startswith("<!DOCTYPE html>")
    assert run("form", file, "--to", str(target))[0] == 0
    assert target.read_text("utf-8").strip() == text.strip()


def test_without_a_target_the_boxes_are_listed_with_their_places() -> None:
    code, text = run("form", str(CLAIMS / "auto-accident.yml"))
    assert code == 0
    lines = text.splitlines()
    at = lines.index("box 26  Account number of the patient  [2300 CLM01]")
    assert lines[at + 1] == "    26                  AU1009"


def test_another_ending_is_refused(tmp_path: Path) -> None:
    code, _ = run("form", str(CLAIMS / "auto-accident.yml"), "--to", str(tmp_path / "a.png"))
    assert code == 2


def test_the_cells_of_a_claim_are_read_back_as_a_filled_form(tmp_path: Path) -> None:
    code, text = run("form", str(CLAIMS / "auto-accident.yml"), "--json")
    told = json.loads(text)
    assert (code, told["form"], told["pages"][0]["10b.state"]) == (0, "cms1500", "OH")
    filled = tmp_path / "filled.yml"
    keep = {"form": told["form"], "on": "2026-04-01", "pages": told["pages"]}
    filled.write_text(json.dumps(keep), encoding="utf-8")
    code, text = run("read-form", str(filled), "--json")
    read = json.loads(text)
    assert code == 0
    assert read["claim"]["account"] == "AU1009"
    assert read["claim"]["accident"]["state"] == "OH"
    assert {one["severity"] for one in read["findings"]} == {"note"}


def test_a_fault_of_a_filled_form_is_told_at_its_box(tmp_path: Path) -> None:
    told = json.loads(run("form", str(CLAIMS / "auto-accident.yml"), "--json")[1])
    told["pages"][0]["28"] = "1 00"
    filled = tmp_path / "filled.yml"
    filled.write_text(
        json.dumps({"form": "cms1500", "on": "2026-04-01", "pages": told["pages"]}), "utf-8"
    )
    code, text = run("read-form", str(filled))
    assert code == 1
    # 190.00 + 85.00
    assert "box 28: it is 1 00, and the lines of this page add up to 275 00." in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("form: cms1500\non: 2026-04-01\npages: []\n", "pages: there is none"),
        ("form: cms1500\npages: [{26: A1}]\n", "on: the day on which the form is read is missing"),
        ("form: hcfa\non: 2026-04-01\npages: []\n", "form: Input should be 'cms1500' or 'ub04'"),
    ],
)
def test_a_file_that_is_no_filled_form_says_what_is_wrong(
    tmp_path: Path, text: str, said: str
) -> None:
    from codinglab.core.tables import BadData

    filled = tmp_path / "filled.yml"
    filled.write_text(text, "utf-8")
    with pytest.raises(BadData, match=said):
        run("read-form", str(filled))


def test_what_form_prints_as_json_is_a_filled_form_once_its_day_is_given(tmp_path: Path) -> None:
    filled = tmp_path / "filled.json"
    filled.write_text(run("form", str(CLAIMS / "auto-accident.yml"), "--json")[1], "utf-8")
    code, text = run("read-form", str(filled), "--on", "2026-04-01", "--json")
    assert (code, json.loads(text)["claim"]["account"]) == (0, "AU1009")


@pytest.mark.parametrize(("name", "said"), [("a.pdf", "is a PDF"), ("a.html", "is an HTML page")])
def test_a_drawn_form_is_refused_with_where_its_cells_are(
    tmp_path: Path, name: str, said: str
) -> None:
    from codinglab.core.tables import BadData

    target = tmp_path / name
    run("form", str(CLAIMS / "auto-accident.yml"), "--to", str(target))
    with pytest.raises(BadData, match=f"{said}.*claim form FILE --json"):
        run("read-form", str(target))
