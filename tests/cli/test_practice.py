"""codinglab practice: simulate, kpi, compare."""

import json
import sys
from unittest.mock import patch

import pytest

from codinglab import cli

FILE = "year.db"


def main(words: list[str]) -> int:
    """Return what the command leaves with."""
    with patch.object(sys, "argv", ["codinglab", *words]), pytest.raises(SystemExit) as left:
        cli.main()
    return int(left.value.code or 0)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A month of the practice, simulated once."""
    folder = tmp_path_factory.mktemp("practice")
    path = folder / FILE
    told = ["practice", "simulate", "--seed", "7", "--months", "1", "--into", str(path)]
    assert main(told) == 0
    return path


def test_a_file_that_exists_is_never_written_over(made, capsys):
    before = made.read_bytes()
    told = ["practice", "simulate", "--seed", "8", "--months", "1", "--into", str(made)]
    assert main(told) == 2
    assert "is there already; name another file, or delete it first" in capsys.readouterr().err
    assert made.read_bytes() == before


def test_figures_as_json_are_those_of_the_books(made, capsys):
    assert main(["practice", "kpi", str(made), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["first"], told["last"]) == ("2026-01-01", "2026-01-31")
    figures = {one["id"]: one for one in told["kpis"]}
    parts = figures["gross-collection"]["parts"]
    exact = float(parts["payments"]) / float(parts["gross charges"])
    assert figures["gross-collection"]["value"] == f"{exact:.4f}"
    assert sum(float(one["amount"]) for one in told["aging"]) == pytest.approx(
        float(figures["days-in-receivables"]["parts"]["receivables"])
    )


def test_figures_as_text_name_formula_and_parts(made, capsys):
    assert main(["practice", "kpi", str(made), "--month", "2026-01"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("Key figures, 2026-01-01 to 2026-01-31 (31 days)")
    assert "    payments / (gross charges - contractual adjustments)" in told
    assert "Denials overturned              cannot be told" in told


def test_a_month_outside_the_file_is_named(made, capsys):
    assert main(["practice", "kpi", str(made), "--month", "2026-02"]) == 2
    assert "the file covers 2026-01-01 to 2026-01-31" in capsys.readouterr().err


def test_a_missing_file_says_how_to_make_one(tmp_path, capsys):
    assert main(["practice", "kpi", str(tmp_path / "none.db")]) == 2
    assert "make it by codinglab practice simulate" in capsys.readouterr().err


@pytest.mark.parametrize("months", ["0", "13"])
def test_an_impossible_number_of_months_leaves_no_file(months, tmp_path, capsys):
    path = tmp_path / FILE
    told = ["practice", "simulate", "--seed", "7", "--months", months, "--into", str(path)]
    assert main(told) == 2
    assert f"{months} months: a simulation covers 1 to 12 months" in capsys.readouterr().err
    assert not path.exists()


def test_planted_and_nothing_planted_exclude_each_other(tmp_path, capsys):
    told = ["practice", "simulate", "--seed", "7", "--into", str(tmp_path / FILE)]
    assert main([*told, "--planted", "x.yml", "--nothing-planted"]) == 2
    assert "exclude each other" in capsys.readouterr().err


def test_ways_of_paying_as_json_and_text(capsys):
    assert main(["practice", "compare", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["model"]: one["income"] for one in told["models"]} == {
        # 7,400 x 104 + 4,100 x 13.50 + 520 x 98
        "fee for service": "875910.00",
        # + (12,480 - 11,940) x 8,100 x 0.40 x 0.21
        "shared savings": "1243326.00",
        # 520 x 98 + 38.50 x 21,000 x 1.08 x 0.90
        "capitation": "836822.00",
        # 875,910 + 0.85 x 3 x 21,000
        "quality bonus": "929460.00",
    }
    assert main(["practice", "compare"]) == 0
    assert "the practice's part: 1,749,600.00 x 0.21 = 367,416.00" in capsys.readouterr().out


def test_answers_are_judged_by_what_was_planted(tmp_path, capsys):
    answers = tmp_path / "answers.yml"
    answers.write_text(
        'practice: harbor\nanswers:\n  - {kind: modifier, who: Castillo, since: "2026-03-01"}\n',
        encoding="utf-8",
    )
    assert main(["practice", "judge", str(answers)]) == 1
    told = capsys.readouterr().out
    assert told.splitlines() == [
        "Found: 1 of 7 problems.",
        "right: a modifier is left off (Castillo), since March 2026",
    ]
    assert main(["practice", "judge", str(answers), "--json", "--key"]) == 1
    value = json.loads(capsys.readouterr().out)
    assert (value["found"], value["problems"]) == (1, 7)
    assert "missed: claims lie unsent (TRN02), since February 2026" in value["told"]
    assert main(["practice", "judge", str(tmp_path / "none.yml")]) == 2
    assert "there is no such file" in capsys.readouterr().err
