"""CPU seconds to mark a class: `codinglab grade` against `nbgrader autograde`, in one run.

Run it as `python benchmarks/grade_class.py [--class 100] [--stock 12]`. Both mark the same course
as whole processes, their children counted. Stock is measured on a few submissions and scaled by
its cost for each further one; its start is counted once, as ours is.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.course.unit import load_unit
from codinglab.lab import build

UNIT = "10-graded-office"
SCRIPTS = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"}
Notebook = dict[str, object]


def course(folder: Path) -> Notebook:
    """Make a course with one assignment in `folder`; return the notebook a trainee gets."""
    built = build.notebook(load_unit(UNIT))
    path = build.path_of(folder / "source", UNIT)
    path.parent.mkdir(parents=True)
    path.write_text(build.as_text(built), encoding="utf-8")
    lines = ["c = get_config()", f"c.CourseDirectory.root = {str(folder)!r}"]
    (folder / "nbgrader_config.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command(folder, "nbgrader", "generate_assignment", UNIT)
    return json.loads(build.path_of(folder / "release", UNIT).read_text(encoding="utf-8"))


def hand_in(folder: Path, released: Notebook, count: int) -> None:
    """Let `count` trainees hand in: the whole reference, or all of it but the last few lines."""
    shutil.rmtree(folder / "submitted", ignore_errors=True)
    answers = {f"{one.case}-answer": one for one in load_unit(UNIT).file.cases}
    for number in range(count):
        cells = [dict(cell) for cell in released["cells"]]
        for cell in cells:
            one = answers.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
            if one:
                lines = worksheet(reference(one.case, one.variant)).splitlines()
                kept = lines[: len(lines) - number % 4]
                cell["source"] = "\n".join([f"%%worksheet {one.case}", *kept])
        path = build.path_of(folder / "submitted" / f"trainee-{number:03}", UNIT)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({**released, "cells": cells}), encoding="utf-8")


def command(folder: Path, name: str, *arguments: str) -> float:
    """Run a command of this environment in `folder`; return the CPU seconds it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [SCRIPTS / name, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{name} {' '.join(arguments)}: {done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(folder: Path) -> float:
    """Return the CPU seconds of one `codinglab grade` of the class in `folder`."""
    shutil.rmtree(folder / "autograded", ignore_errors=True)
    return command(folder, "codinglab", "grade", UNIT, "--course", str(folder), "--no-feedback")


def stock(folder: Path) -> float:
    """Return the CPU seconds of one `nbgrader autograde` of the class in `folder`."""
    shutil.rmtree(folder / "autograded", ignore_errors=True)
    return command(folder, "nbgrader", "autograde", UNIT, "--force")


def measure(folder: Path, whole: int, few: int) -> dict[str, float]:
    """Return what both cost, and the ratios."""
    released = course(folder)
    hand_in(folder, released, 1)
    first, stock_first = ours(folder), stock(folder)
    hand_in(folder, released, few)
    stock_few = stock(folder)
    hand_in(folder, released, whole)
    ours_whole = ours(folder)
    further = (ours_whole - first) / (whole - 1)
    stock_further = (stock_few - stock_first) / (few - 1)
    stock_whole = stock_first + (whole - 1) * stock_further
    return {
        "class": whole,
        "ours_seconds": ours_whole,
        "ours_further_seconds": further,
        "stock_submissions": few,
        "stock_seconds": stock_few,
        "stock_further_seconds": stock_further,
        "stock_scaled_seconds": stock_whole,
        "ratio_with_start": stock_whole / ours_whole,
        "ratio_further": stock_further / further,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--class", dest="whole", type=int, default=100)
    parser.add_argument("--stock", dest="few", type=int, default=12)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        found = measure(Path(made), asked.whole, asked.few)
    print(json.dumps({name: round(value, 4) for name, value in found.items()}, indent=1))


if __name__ == "__main__":
    main()
