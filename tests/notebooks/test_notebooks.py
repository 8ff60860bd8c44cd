"""The built notebooks run in a real kernel: the source earns all points, the release none."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from codinglab.core.places import GRADERS_VARIABLE
from codinglab.course.answers import VISIT_LEVEL
from codinglab.course.billing_key import written
from codinglab.course.billing_statement import KINDS
from codinglab.course.mark import reference
from codinglab.course.unit import load_unit, unit_slugs
from codinglab.lab.build import as_text, notebook, path_of, released, write

# Each notebook begins on a desk of its own, as `%load_ext` would give it in its own kernel.
FRESH = "import codinglab\ncodinglab.load_ipython_extension(get_ipython())"
CASES = [
    (slug, one.case, one.points) for slug in unit_slugs() for one in load_unit(slug).file.cases
]
Cells = dict[str, Any]


def executed(folder: Path, *, solved: bool) -> Cells:
    """Run every unit's notebook, one after the other, in one kernel; return cells by unit and id.

    One kernel takes 2 seconds to start, and there are as many notebooks as units.
    """
    book = nbformat.v4.new_notebook()
    names = []
    for slug in unit_slugs():
        built = notebook(load_unit(slug))
        text = as_text(built if solved else released(built))
        for cell in nbformat.reads(text, as_version=4).cells:
            names.append((slug, cell.id))
            if cell.id == "setup":
                cell.source = FRESH
            cell.id = f"cell-{len(names)}"
            book.cells.append(cell)
    run = NotebookClient(book, resources={"metadata": {"path": str(folder)}}, timeout=60)
    return dict(zip(names, run.execute().cells, strict=True))


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(GRADERS_VARIABLE, raising=False)
        return executed(tmp_path_factory.mktemp("sources"), solved=True)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(GRADERS_VARIABLE, "")  # as in a trainee's lab
        return executed(tmp_path_factory.mktemp("releases"), solved=False)


def results(cell: Any) -> list[str]:
    """Return what a cell returned, as text; empty when it returned nothing."""
    return [one.data["text/plain"] for one in cell.outputs if one.output_type == "execute_result"]


def failures(cells: Cells) -> list[tuple[str, str]]:
    """Return the cells that raised, or wrote to standard error."""
    return [
        name
        for name, cell in cells.items()
        for one in cell.get("outputs", ())
        if one.output_type == "error" or one.get("name") == "stderr"
    ]


def test_no_cell_fails_or_writes_to_standard_error(sources: Cells, releases: Cells) -> None:
    assert (failures(sources), failures(releases)) == ([], [])


@pytest.mark.parametrize(("slug", "case", "points"), CASES)
def test_the_source_earns_every_point(slug: str, case: str, points: int, sources: Cells) -> None:
    assert results(sources[slug, f"{case}-mark"]) == [repr(float(points))]


@pytest.mark.parametrize(("slug", "case", "points"), CASES)
def test_the_release_earns_nothing(slug: str, case: str, points: int, releases: Cells) -> None:
    practice = load_unit(slug).file.use == "practice"
    assert points > 0
    assert results(releases[slug, f"{case}-mark"]) == (["0.0"] if practice else [])


@pytest.mark.parametrize(("slug", "case", "points"), CASES)
def test_the_release_gives_no_code_of_the_key_away(
    slug: str, case: str, points: int, releases: Cells
) -> None:
    assert points > 0
    shown = repr(releases[slug, f"{case}-mark"].outputs)
    number = load_unit(slug).case(case).variant
    wanted = [one for one in reference(case, number).items if one.kind != VISIT_LEVEL]
    # A box or an account stands in the record; what a biller's key tells is the whole statement.
    key = {written(one) if one.kind in KINDS else one.value for one in wanted}
    assert {code for code in key if code in shown} == set()


def test_a_notebook_of_every_unit_runs_under_nbval_from_its_file(tmp_path: Path) -> None:
    write(tmp_path)
    files = [path_of(tmp_path, slug) for slug in unit_slugs()]
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, "--rootdir", str(tmp_path), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stdout
