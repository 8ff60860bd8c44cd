"""What every command shares: JSON with stable keys or text, and exit codes 0, 1 and 2."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from codinglab import cli
from codinglab.cli.app import app
from codinglab.cli.report import expected_errors, finish
from codinglab.core.dates import NotInForce
from codinglab.core.places import DataMissing
from codinglab.core.tables import BadData
from codinglab.course.key import KeyWithheld


@pytest.mark.parametrize(("findings", "code"), [(False, 0), (True, 1)])
def test_the_exit_code_says_whether_there_are_findings(
    findings: bool, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as left:
        finish({}, as_json=False, text=lambda: "said", findings=findings)
    assert left.value.exit_code == code
    assert capsys.readouterr() == ("said\n", "")


def test_json_is_printed_instead_of_text_and_keeps_every_letter(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(typer.Exit):
        finish({"name": "Charc\u00f4t"}, as_json=True, text=lambda: "said")
    said = capsys.readouterr().out
    assert json.loads(said) == {"name": "Charc\u00f4t"}
    assert "Charc\u00f4t" in said


@pytest.mark.parametrize("error", [BadData, DataMissing, NotInForce, KeyWithheld])
def test_an_error_that_a_user_can_mend_is_one_line_and_exit_code_2(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error("first\nsecond")

    monkeypatch.setattr("codinglab.cli.app.app", fail)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert capsys.readouterr() == ("", "codinglab: first | second\n")
    assert error in expected_errors()


def test_a_fault_of_our_own_is_not_told_as_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("codinglab.cli.app.app", fail)
    with pytest.raises(AssertionError):
        cli.main()


def test_every_command_can_print_json_and_says_its_keys() -> None:
    documented = {
        one.name: "JSON" in (one.callback.__doc__ or "") for one in app.registered_commands
    }
    assert [name for name, said in documented.items() if not said] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nosuch"], "codinglab: No such command 'nosuch'. Try codinglab --help.\n"),
        (["grade"], "codinglab: Missing argument 'assignment'. Try codinglab --help.\n"),
        (["check", "--nosuch"], "codinglab: No such option: --nosuch Try codinglab --help.\n"),
    ],
)
def test_a_mistyped_command_is_one_line_and_exit_code_2(
    words: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["codinglab", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert capsys.readouterr() == ("", said)


def test_no_words_at_all_show_the_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["codinglab"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("Usage: ")


def test_the_command_line_itself_fails_in_one_line(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from codinglab.cli import main; main()", "check", "no-such-case"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "CODINGLAB_GRADERS": ""},
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("codinglab: there is no case 'no-such-case'; the cases are: ")
    assert run.stderr.count("\n") == 1


def test_a_folder_in_place_of_a_file_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["codinglab", "remit", "show", str(tmp_path)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert capsys.readouterr().err == (
        f"codinglab: {tmp_path}: is a directory; name a file that can be read\n"
    )
