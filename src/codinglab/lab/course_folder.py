"""The folders people work in: a trainee's own, and an instructor's course."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, read_text
from codinglab.course.unit import load_unit, unit_slugs
from codinglab.lab import build

Role = Literal["trainee", "instructor"]
WELCOME = "00-welcome"  # the unit that greets a newcomer
COURSE_ID = "codinglab"
_PRIVATE = ".codinglab"
_STEPS = ("source", "release", "submitted", "autograded", "feedback")  # nbgrader's folders


@dataclass(frozen=True, slots=True)
class Workplace:
    """A person's folder: who works there, where, and the exchange that links it to a class."""

    role: Role
    folder: Path
    exchange: Path

    @property
    def private(self) -> Path:
        """Return the folder for settings and caches, which nobody needs to look into."""
        return self.folder / _PRIVATE

    @property
    def welcome(self) -> str:
        """Return the notebook to open first, as a path below the folder."""
        return "welcome.ipynb" if self.role == "trainee" else "instructor.ipynb"


def default_folder(role: Role) -> Path:
    """Return where a person of `role` works when no folder is named."""
    return Path.home() / ("codinglab-work" if role == "trainee" else "codinglab-course")


def prepare(role: Role, folder: Path, exchange: Path | None) -> Workplace:
    """Make or reuse the folder of a person of `role`; what is there already stays as it is.

    A trainee gets the welcome notebook and every practice unit, ready to work in alone. An
    instructor gets the course's source notebooks and a page on how to run a class. Raises
    BadData for the project's own checkout, which shows solutions and is no place to work in.
    """
    if (folder / "pyproject.toml").exists() and (folder / "graders").exists():
        raise BadData(f"{folder} is a checkout of codinglab itself; name another folder: --course")
    place = Workplace(role, folder.resolve(), (exchange or folder / "exchange").resolve())
    if not place.folder.exists():
        place.folder.mkdir(parents=True)
        place.folder.chmod(0o700 if role == "trainee" else 0o711)
    place.exchange.mkdir(parents=True, exist_ok=True)
    _open_to_class(place.exchange)
    _close_to_class(place)
    (_fill_trainee if role == "trainee" else _fill_instructor)(place)
    return place


def _open_to_class(exchange: Path) -> None:
    """Let everybody on the machine write to an exchange that is ours, as nbgrader asks."""
    if os.name == "posix" and exchange.stat().st_uid == os.getuid():
        exchange.chmod(0o777)


def _close_to_class(place: Workplace) -> None:
    """Let nobody else on the machine read settings, the exchange's cache, solutions and marks."""
    closed = [place.private]
    if place.role == "instructor":
        closed += [place.folder / step for step in _STEPS]
    for folder in closed:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix" and folder.stat().st_uid == os.getuid():
            folder.chmod(0o700)
    marks = place.folder / "gradebook.db"
    if os.name == "posix" and marks.exists() and marks.stat().st_uid == os.getuid():
        marks.chmod(0o600)


def _keep(path: Path, text: str) -> None:
    """Write `text` to `path` unless the file is there already."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _fill_trainee(place: Workplace) -> None:
    for slug in unit_slugs():
        unit = load_unit(slug)
        if unit.file.use != "practice":
            continue
        text = build.as_text(build.released(build.notebook(unit)))
        if slug == WELCOME:
            _keep(place.folder / place.welcome, text)
        else:
            _keep(build.path_of(place.folder / "practice", slug), text)


def _fill_instructor(place: Workplace) -> None:
    for slug in unit_slugs():
        text = build.as_text(build.notebook(load_unit(slug)))
        _keep(build.path_of(place.folder / "source", slug), text)
    guide = read_text(data_folder("curriculum") / "guides" / "instructor.md")
    _keep(place.folder / place.welcome, build.as_text(build.pages(guide)))
