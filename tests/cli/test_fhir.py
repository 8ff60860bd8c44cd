"""`codinglab fhir` prints charts, claims and payers' answers, and what was left of the file."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from codinglab.claim.fhir import claim_resource, to_json
from codinglab.cli.app import app
from codinglab.core.tables import BadData

sys.path.insert(0, str(Path(__file__).parents[1] / "claim"))
sys.path.insert(0, str(Path(__file__).parents[1] / "encounter"))
from made_claims import claim
from made_record import record


def said(*words: str, code: int = 0) -> Any:
    done = CliRunner().invoke(app, ["fhir", *words])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout) if "--json" in words else done.output


@pytest.fixture
def chart(tmp_path: Path) -> str:
    file = tmp_path / "record.json"
    file.write_text(record(), encoding="utf-8")
    return str(file)


@pytest.fixture
def bill(tmp_path: Path) -> str:
    file = tmp_path / "claim.json"
    text = to_json(claim_resource(claim("secondary"), date(2026, 3, 10)))
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_chart_is_printed_with_what_was_left(chart: str) -> None:
    lines = said("chart", chart, "--encounter", "v2").splitlines()
    assert lines[0] == "# Registration"
    assert "7 left out" in lines  # 4 resources and 3 elements
    assert "  1 x Claim: is a bill, which `codinglab fhir claim` reads" in lines
    assert "  1 x Patient.maritalStatus: this element has no place in the chart" in lines


def test_left_lists_each_by_its_id(chart: str) -> None:
    lines = said("chart", chart, "--encounter", "v2", "--left").splitlines()
    assert "  Condition/k3: had ended before this encounter" in lines


def test_without_a_choice_the_encounters_are_printed_and_the_exit_says_so(chart: str) -> None:
    lines = said("chart", chart, code=1).splitlines()
    assert lines[1] == "v2  2026-03-03 09:10 to 2026-03-03 09:40  ambulatory, Office visit"


def test_the_json_of_a_chart_has_stable_keys(chart: str) -> None:
    told = said("chart", chart, "--encounter", "v2", "--json")
    assert list(told) == [
        *("encounters", "encounter", "first", "last", "patient", "policies", "documents"),
        *("codings", "read", "left", "findings"),
    ]
    assert (told["first"], told["read"]) == ("2026-03-03", 13)
    assert told["patient"]["born"] == "1948-05-17"
    assert list(told["left"][0]) == ["resource", "id", "field", "why"]


def test_a_claim_is_printed_line_by_line(bill: str) -> None:
    lines = said("claim", bill).splitlines()
    assert lines == [
        "Claim SC1003, professional, frequency 1, created 2026-03-10",
        "Patient: Mabel Ferris, born 1951-11-02",
        "To: Evergreen Supplement, member EG5550012",
        "From: Harbor Family Medicine PC, NPI 1234567893",
        "Diagnoses: I10, E78.5",
        "  1  2026-03-03  99213  x1  dx 1,2  150.00",
        "Total: 150.00",
    ]


def test_the_json_of_a_claim_keeps_its_cents(bill: str) -> None:
    told = said("claim", bill, "--json")
    assert list(told) == ["ids", "created", "claim", "total", "left", "findings"]
    assert told["total"] == "150.00"
    assert told["claim"]["prior"][0]["lines"][0]["adjustments"][1] == {
        "group": "CO",
        "carc": "253",
        "amount": "1.44",
        "quantity": None,
    }


def test_a_payers_answer_is_printed_with_its_reasons(tmp_path: Path) -> None:
    made = claim_resource(claim("secondary"), date(2026, 3, 10))
    answer = next(one for one in made["contained"] if one["resourceType"] == "ClaimResponse")
    file = tmp_path / "answer.json"
    file.write_text(to_json(answer), encoding="utf-8")
    assert said("eob", str(file), "--coverage", "0").splitlines() == [
        "ClaimResponse/response-1, of the claim not named: paid 70.56 on 2026-03-20",
        "  line 1  99213  paid 70.56  CO 45 60.00, CO 253 1.44, PR 2 18.00",
    ]


def test_a_file_without_an_answer_leaves_with_one(bill: str) -> None:
    assert "fhir.answer" in said("eob", bill, code=1)


def test_what_is_not_fhir_is_told_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("<Bundle/>", encoding="utf-8")
    done = CliRunner().invoke(app, ["fhir", "chart", str(file)])
    assert isinstance(done.exception, BadData)
    assert str(done.exception).startswith(f"{file}: the file is XML")


def test_no_fhir_library_is_imported(chart: str) -> None:
    import subprocess

    program = (
        "import sys; from codinglab.claim.fhir import read_claim\n"
        "from codinglab.encounter.fhir import read_chart\n"
        f"read_chart(open({chart!r}, 'rb').read(), 'v2')\n"
        "print([name for name in sys.modules if name.startswith(('fhir', 'pydantic'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


CLAIMS = Path(__file__).parents[2] / "curriculum" / "claims"


@pytest.mark.parametrize("name", ["office-visit", "inpatient"])
def test_a_claim_file_is_written_as_a_claim_that_is_read_back(name: str, tmp_path: Path) -> None:
    written = said("write", str(CLAIMS / f"{name}.yml"), "--on", "2026-03-10", "--json")
    assert written["resource"]["created"] == "2026-03-10"
    file = tmp_path / "claim.json"
    file.write_text(json.dumps(written["resource"]), encoding="utf-8")
    # 210.00 + 28.50 + 9.00 = 247.50 of the visit; of the stay
    # 3,600.00 + 640.25 + 410.00 + 8,200.00 + 1,900.00 + 950.00 = 15,700.25
    total = {"office-visit": "247.5", "inpatient": "15700.25"}[name]
    assert said("claim", str(file), "--json")["total"].removesuffix(".0") == total


def test_no_claim_is_written_of_a_file_that_makes_none() -> None:
    written = said(
        "write", str(CLAIMS / "faulty" / "office-visit.yml"), "--on", "2026-03-10", "--json", code=1
    )
    assert written["resource"] is None
    assert "npi" in " ".join(one["id"] for one in written["findings"])
