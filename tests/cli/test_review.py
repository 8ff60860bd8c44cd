"""`codinglab review` says what is wrong, what it costs, and leaves with the right number."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from codinglab.cli.app import app
from codinglab.core.tables import BadData

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "review.md").read_text("utf-8")
(FILE,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
(PRINTED,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
SHEET = "dx M17.11\nline 20610-RT x1 dx A\nline 99213 x1 dx A\n"
MEDICARE = ("--on", "2026-03-02", "--setting", "professional", "--payer", "Medicare")


def run(*words: str, code: int, text: str = "") -> str:
    done = CliRunner().invoke(app, ["review", *words], input=text)
    assert done.exit_code == code, done.output
    return done.stdout


def refused(*words: str, text: str = "") -> str:
    """Return what the command could not do; the outermost function makes 2 of it."""
    done = CliRunner().invoke(app, ["review", *words], input=text)
    assert isinstance(done.exception, BadData), done.output
    return str(done.exception)


@pytest.fixture
def encounter(tmp_path: Path) -> Path:
    path = tmp_path / "encounter.yml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_the_page_shows_what_is_printed(encounter: Path) -> None:
    assert run(str(encounter), code=1) == PRINTED


def test_the_json_has_stable_keys(encounter: Path) -> None:
    found = json.loads(run(str(encounter), "--json", code=1))
    assert list(found) == [
        *("on", "setting", "payer", "counts", "findings", "not_judged"),
        *("stay", "outpatient", "visit", "risk", "expected"),
    ]
    assert found["counts"] == {"error": 1, "warning": 0, "note": 0}
    (finding,) = found["findings"]
    assert list(finding) == [
        *("id", "place", "message", "remedy", "severity", "cite", "source", "at_risk"),
    ]
    # (1.30 x 1.065 + 1.35 x 1.166 + 0.10 x 1.656) x 33.4009 = 3.1242 x 33.4009 = 104.3511
    assert finding["at_risk"] == {"amount": "104.35", "why": "what the line pays"}
    expected = found["expected"]
    assert list(expected) == ["system", "lines", "total", "why"]
    # 20610: (0.79 x 1.065 + 1.04 x 1.166 + 0.13 x 1.656) x 33.4009 = 2.26927 x 33.4009 = 75.7957
    assert [one["price"]["amount"] for one in expected["lines"]] == ["75.80", "104.35"]
    assert expected["total"] == "180.15"
    assert (found["stay"], found["outpatient"]) == (None, None)


def test_a_file_without_findings_leaves_with_0() -> None:
    text = FILE.replace("line 99213 x1", "line 99213-25 x1")
    assert "Medicare: nothing found" in run("-", code=0, text=text)


def test_warnings_alone_leave_with_0() -> None:
    said = run("-", *MEDICARE, code=0, text="dx E11.9\ndx E10.9\nline 99213 x1 dx A\n")
    assert "1 warning, 1 note" in said.splitlines()[0]
    assert "error" not in said.splitlines()[0]


def test_an_unreadable_line_is_an_error_and_the_other_lines_still_count() -> None:
    said = run("-", *MEDICARE, "--json", code=1, text="dx M17.11\nlin 99213\n")
    found = json.loads(said)["findings"]
    assert [(one["id"], one["place"]) for one in found] == [("worksheet.verb", "line 2")]
    assert found[0]["source"] == "this lab's notation"


def test_a_worksheet_without_its_circumstances_is_refused() -> None:
    assert refused("-", text=SHEET).startswith(
        "standard input is a worksheet: say the case and variant that it answers"
    )


def test_an_encounter_file_takes_no_other_circumstances(encounter: Path) -> None:
    assert refused(str(encounter), "--payer", "Medicare").endswith(
        "is an encounter file: it says its own day, setting and payer"
    )


def test_an_unknown_setting_is_refused() -> None:
    words = ("--on", "2026-03-02", "--setting", "hospice", "--payer", "Medicare")
    assert "the setting (professional, outpatient, inpatient)" in refused("-", *words, text=SHEET)


def test_a_file_that_is_not_there_is_refused() -> None:
    assert refused("nowhere.yml") == "nowhere.yml: there is no such file"


def test_a_field_that_does_not_exist_is_named() -> None:
    said = refused("-", text=FILE.replace("locality:", "county:"))
    assert said.startswith("standard input: prices.county: Extra inputs are not permitted")


def test_prices_of_their_own_file_take_the_place_of_the_encounters(
    encounter: Path, tmp_path: Path
) -> None:
    prices = tmp_path / "prices.yml"
    prices.write_text("{participating: yes}\n", encoding="utf-8")
    found = json.loads(run(str(encounter), "--prices", str(prices), "--json", code=1))
    why = "the file does not say prices: locality"
    assert found["expected"]["why"] == why
    assert found["findings"][0]["at_risk"] == {"amount": None, "why": f"not priced: {why}"}


def case(text: str, *words: str, code: int) -> Any:
    return json.loads(run("-", *words, "--json", code=code, text=text))


def test_a_worksheet_answers_a_case_named_on_its_first_line_or_by_options() -> None:
    sheet = "dx E11.9\ndx E10.9\n"
    words = ("--case", "diabetes-kidney-follow-up", "--variant", "8")
    found = case(sheet, *words, code=0)
    named = case(f"%%worksheet diabetes-kidney-follow-up variant 8\n{sheet}", code=0)
    assert found == named
    assert (found["on"], found["payer"]) == ("2026-02-11", "commercial PPO")
    excluded = [one["place"] for one in found["findings"] if one["id"] == "dx.excludes1"]
    assert excluded == ["line 2"]


def test_a_case_without_its_variant_is_refused() -> None:
    said = refused("-", "--case", "diabetes-kidney-follow-up", text=SHEET)
    assert said == (
        "standard input: say which variant of diabetes-kidney-follow-up this is (--variant)"
    )


def test_of_graded_work_only_form_and_validity_are_said_and_nothing_is_priced() -> None:
    words = ("--case", "diabetes-foot-follow-up", "--variant", "1")
    found = case("dx E11.9\ndx E10.9\nfoo\n", *words, code=1)
    assert [one["id"] for one in found["findings"]] == ["worksheet.verb"]
    assert found["expected"]["why"] == "graded work is not priced before it is marked"
