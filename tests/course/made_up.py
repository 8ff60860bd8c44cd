"""A made-up course with a small case family that the check finds nothing wrong with.

It lies in a temporary folder, so that a test may break one thing at a time.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codinglab.core import places
from codinglab.course import case, key, mark, sources, unit, variants

SLUG = "made-up-knee"

# 2 sides x 3 drugs x 2 levels of blood pressure = 12 variants, all with keys of their own.
CASE = """title: A knee that hurts
use: practice
setting: professional
place_of_service: "11"
service_date: 2026-02-11
payer: commercial PPO
competencies: [knee]
difficulty: 1
minutes: 5
asked: Code the visit.
hints: [Which side is it?]
facts:
  side: [right, left]
  drug: [insulin, oral, none]
  pressure: [normal, high]
surface:
  patient:
    - {name: Ada}
    - {name: Bo}
"""

CHART = """# Note

{{ patient.name }} comes with [[knee|pain in the {{ side }} knee]] since last week.
{% if drug != "none" %}
DM2 on [[drug|{{ {"insulin": "insulin", "oral": "glipizide"}[drug] }}]].
{% endif %}
{% if pressure == "high" %}
[[pressure|HTN]], stable.
{% endif %}
[[drug| ]] [[pressure| ]]
"""

KEY = """case: made-up-knee
revision: 1
second_coding: Made up for tests; nobody has coded it a second time.
items:
  knee:
    dx: {by: [side], values: {right: M25.561, left: M25.562}}
    first: yes
    critical: yes
    evidence: [knee]
    why: The knee is why the patient came.
    cites: ["guidelines: IV.G", "tabular: M25.56"]
    near:
      - {code: M25.569, credit: 1/4, error: unspecified, why: The record names the side.}
  diabetes:
    dx: {by: [drug], values: {insulin|oral: E11.9, none: none}}
    evidence: [drug]
    why: It is documented.
    cites: ["guidelines: IV.I"]
  drug:
    dx: {by: [drug], values: {insulin: Z79.4, oral: Z79.84, none: none}}
    evidence: [drug]
    why: It is taken.
    cites: ["guidelines: I.C.4.a.3"]
  pressure:
    dx: {by: [pressure], values: {high: I10, normal: none}}
    evidence: [pressure]
    why: It is documented.
    cites: ["guidelines: IV.I"]
  visit:
    visit: {family: office-established, problems: low, data: straightforward, risk: low}
    grid: required
    units: "1"
    points_to: [knee]
    may_point_to: [diabetes, drug, pressure]
    primary: [knee]
    evidence: [knee]
    why: Two of three are low.
    cites: ["cpt-em: two of three"]
  arthrosis:
    dx: {by: [side], values: {right: M17.11, left: M17.12}}
    forbidden_because: Nobody has diagnosed it.
    error: unsupported code
    cites: ["guidelines: IV.H"]
"""

UNIT = """title: One
use: practice
summary: A unit.
minutes: 5
cases:
  - {case: made-up-knee, variant: 2, points: 7}
"""
LESSON = "# One\n\nBefore.\n\n<!-- case: made-up-knee -->\n\nAfter.\n"

ROOT = Path(__file__).resolve().parents[2]
REMEMBERED = (
    *(case.load, variants.records, key._read, unit.load_unit),
    *(mark.reference, mark._policy, mark.rubric, sources.sources),
)


def forget() -> None:
    """Empty every memory that a change of the course folder would leave stale."""
    for one in REMEMBERED:
        one.cache_clear()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the root of a checkout without cases, with the real code sets and rubrics."""
    root = tmp_path / "checkout"
    (root / "curriculum" / "cases").mkdir(parents=True)
    (root / "curriculum" / "units").mkdir()
    (root / "pyproject.toml").touch()
    (root / "code_sets").symlink_to(ROOT / "code_sets")
    shutil.copy(ROOT / "curriculum" / "sources.yml", root / "curriculum")
    shutil.copytree(ROOT / "curriculum" / "billing", root / "curriculum" / "billing")
    (root / "curriculum" / "payers").symlink_to(ROOT / "curriculum" / "payers")
    shutil.copytree(ROOT / "graders" / "rubrics", root / "graders" / "rubrics")
    monkeypatch.setattr(places, "_CHECKOUT", root)
    monkeypatch.delenv(places.GRADERS_VARIABLE, raising=False)
    forget()
    yield root
    forget()


@pytest.fixture
def write(checkout: Path) -> Callable[..., str]:
    """Return a function that writes a case family into the course and returns its slug."""

    def written(
        chart: str = CHART,
        case_yml: str = CASE,
        key_yml: str = KEY,
        use: str = "practice",
    ) -> str:
        folder = checkout / "curriculum" / "cases" / SLUG
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "chart.md").write_text(chart, encoding="utf-8")
        text = case_yml.replace("use: practice", f"use: {use}")
        (folder / "case.yml").write_text(text, encoding="utf-8")
        keys = checkout / "graders" / "keys" / use
        keys.mkdir(parents=True, exist_ok=True)
        (keys / f"{SLUG}.yml").write_text(key_yml, encoding="utf-8")
        forget()
        return SLUG

    return written


def write_unit(checkout: Path, unit_yml: str = UNIT, lesson: str = LESSON) -> str:
    """Write a unit with the made-up case into the course and return its slug."""
    folder = checkout / "curriculum" / "units" / "01-one"
    folder.mkdir(exist_ok=True)
    (folder / "unit.yml").write_text(unit_yml, encoding="utf-8")
    (folder / "lesson.md").write_text(lesson, encoding="utf-8")
    forget()
    return "01-one"
