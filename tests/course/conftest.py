"""A made-up course in a temporary folder, so that a test may break one thing at a time."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codinglab.core import places
from codinglab.course import case, key, mark, sources, unit, variants

sys.path.insert(0, str(Path(__file__).parent))

ROOT = Path(__file__).resolve().parents[2]
REMEMBERED = (
    *(case.load, case._compiled, variants.records, key._read, unit.load_unit),
    *(mark.reference, mark._policy, mark.rubric, sources.sources),
)


def forget() -> None:
    """Empty every memory that a change of the course folder would leave stale."""
    for one in REMEMBERED:
        one.cache_clear()


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the root of a checkout without cases, with the real code sets and rubrics."""
    root = tmp_path / "checkout"
    (root / "curriculum" / "cases").mkdir(parents=True)
    (root / "curriculum" / "units").mkdir()
    (root / "pyproject.toml").touch()
    (root / "code_sets").symlink_to(ROOT / "code_sets")
    shutil.copy(ROOT / "curriculum" / "sources.yml", root / "curriculum")
    shutil.copytree(ROOT / "graders" / "rubrics", root / "graders" / "rubrics")
    monkeypatch.setattr(places, "_CHECKOUT", root)
    monkeypatch.delenv(places.GRADERS_VARIABLE, raising=False)
    forget()
    yield root
    forget()


@pytest.fixture
def write(course: Path) -> Callable[..., str]:
    """Return a function that writes a case family into the course and returns its slug."""
    import made_up

    def written(
        chart: str = made_up.CHART,
        case_yml: str = made_up.CASE,
        key_yml: str = made_up.KEY,
        use: str = "practice",
    ) -> str:
        folder = course / "curriculum" / "cases" / made_up.SLUG
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "chart.md").write_text(chart, encoding="utf-8")
        text = case_yml.replace("use: practice", f"use: {use}")
        (folder / "case.yml").write_text(text, encoding="utf-8")
        keys = course / "graders" / "keys" / use
        keys.mkdir(parents=True, exist_ok=True)
        (keys / f"{made_up.SLUG}.yml").write_text(key_yml, encoding="utf-8")
        forget()
        return made_up.SLUG

    return written
