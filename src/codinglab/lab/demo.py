"""A whole course in a temporary folder, through nbgrader's own release, submit and gradebook."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from codinglab.course.unit import load_unit
from codinglab.lab.class_report import ClassReport, class_report
from codinglab.lab.class_report import as_text as report_as_text
from codinglab.lab.course_folder import COURSE_ID, Workplace, prepare
from codinglab.lab.demo_class import Trainee, trainees, work
from codinglab.lab.feedback import write_feedback
from codinglab.lab.grading import grade_assignment
from codinglab.lab.grading_result import ClassMarking
from codinglab.lab.server import tool_path, write_settings

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo came to: the marks, the report, and the seconds each stage took."""

    folder: Path
    result: ClassMarking
    report: ClassReport
    stages: dict[str, float]

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form of `codinglab demo --json`."""
        shown = [
            {"id": one.id, "score": one.score, "max_score": one.max_score}
            for one in self.result.trainees
        ]
        report = self.report.as_json()
        most_missed = report.pop("most_missed")
        return {
            "assignment": self.result.assignment,
            "folder": str(self.folder),
            "trainees": shown,
            "problems": [
                {"id": one.id, **problem.as_json()}
                for one in self.result.trainees
                for problem in one.problems
            ],
            "most_missed": most_missed,
            "report": report,
            "stages": self.stages,
        }


@dataclass(slots=True)
class _Stages:
    """The seconds of each stage, and who is told of the progress."""

    tell: Tell
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, of: int = 1) -> Iterator[Callable[[], None]]:
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            self.tell(name, done, of)

        self.tell(name, 0, of)
        began = time.perf_counter()
        yield step
        self.seconds[name] = round(time.perf_counter() - began, 3)
        self.tell(name, of, of)


def run(  # noqa: PLR0913, PLR0917  a demo is its six inputs
    folder: Path, unit: str, count: int, seed: int, now: datetime, tell: Tell
) -> Demo:
    """Run a class of `count` simulated trainees through the graded `unit` in `folder`.

    `seed` fixes who they are and what they write, `now` when they began; `tell(stage, done, of)`
    hears of the progress. Raises KeyWithheld where the graded keys are not here.
    """
    stages = _Stages(tell)
    with stages.stage("course"):
        place = prepare("instructor", folder, None)
    os.environ["PATH"] = tool_path()
    api = _api(place)
    with stages.stage("release"):
        _checked(api.generate_assignment(unit))
        _checked(api.release_assignment(unit))
    people = trainees(count, seed)
    with stages.stage("submit", count) as step:
        for one in people:
            _fetch_work_submit(place, unit, one, now)
            step()
    with stages.stage("collect"):
        _checked(api.collect(unit))
    with stages.stage("grade", count) as step:
        result = grade_assignment(place.folder, unit, progress=lambda _id: step())
    with stages.stage("feedback"):
        write_feedback(place.folder, result)
    with stages.stage("report"):
        report = class_report(place.folder, result)
    return Demo(place.folder, result, report, stages.seconds)


def _config(place: Workplace) -> Any:
    """Return nbgrader's configuration for the course, read from the file that the lab writes."""
    from traitlets.config.loader import PyFileConfigLoader

    write_settings(place)
    config = PyFileConfigLoader(str(place.folder / "nbgrader_config.py")).load_config()
    config.Collect.check_owner = False  # one login plays the whole class
    config.ExchangeCollect.check_owner = False
    return config


def _api(place: Workplace) -> Any:
    import logging

    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    config = _config(place)
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def _checked(outcome: dict[str, Any]) -> None:
    """Raise RuntimeError with nbgrader's own words where a step of its did not succeed."""
    if not outcome["success"]:
        raise RuntimeError(outcome.get("error") or outcome.get("log"))


def _fetch_work_submit(place: Workplace, unit: str, trainee: Trainee, now: datetime) -> None:
    from nbgrader.auth import Authenticator
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit

    home = place.private / "class" / trainee.id
    home.mkdir(parents=True)
    config = _config(place)
    config.CourseDirectory.student_id = trainee.id
    config.CourseDirectory.assignment_id = unit
    config.CourseDirectory.course_id = COURSE_ID
    shared = {"coursedir": CourseDirectory(config=config), "config": config}
    shared["authenticator"] = Authenticator(config=config)
    config.ExchangeFetchAssignment.assignment_dir = str(home)
    config.ExchangeSubmit.assignment_dir = str(home)
    ExchangeFetchAssignment(**shared).start()
    cases = [(one.case, one.variant) for one in load_unit(unit).file.cases]
    work(trainee, home / unit / f"{unit}.ipynb", cases, now)
    ExchangeSubmit(**shared).start()


def as_text(demo: Demo) -> str:
    """Return the demo's report as lines of plain text."""
    seconds = ", ".join(f"{name} {spent:.1f} s" for name, spent in demo.stages.items())
    return f"{report_as_text(demo.report)}\n{seconds}"
