"""Put the autograded folders of one run in place so that files and gradebook never disagree.

A run has a number, which the gradebook takes over in the same transaction as the marks (SQLite's
`user_version`, which nobody else uses). New folders are made apart, and swapped in before the
transaction ends, the old ones kept. So whatever is left by a run that was killed can be judged:
if the gradebook has the run's number, its marks stand and so do its folders; if not, neither do,
and the old folders go back.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

_PREFIX = ".codinglab-grading-"


@dataclass(frozen=True, slots=True)
class Swap:
    """The folders of run `number` of grading `assignment` in `course`."""

    course: Path
    assignment: str
    number: int

    @property
    def _work(self) -> Path:
        return self.course / f"{_PREFIX}{self.number}" / self.assignment

    def new(self, student: str) -> Path:
        """Make and return the folder to fill for `student`; nobody sees it yet."""
        folder = self._work / "new" / student
        folder.mkdir(parents=True)
        return folder

    def _place(self, student: str) -> Path:
        return self.course / "autograded" / student / self.assignment

    def put(self, student: str) -> None:
        """Put the filled folder of `student` in place; the one that stood there is kept."""
        place, kept = self._place(student), self._work / "old" / student
        kept.mkdir(parents=True)  # says that the swap has begun
        if place.exists():
            place.rename(kept / "folder")
        place.parent.mkdir(parents=True, exist_ok=True)
        (self._work / "new" / student).rename(place)

    def take_back(self, student: str) -> None:
        """Undo `put`, however far it came."""
        place, kept = self._place(student), self._work / "old" / student
        if not kept.is_dir():
            return
        old = kept / "folder"
        put_there = not (self._work / "new" / student).exists()
        if old.exists():
            shutil.rmtree(place, ignore_errors=True)
            old.rename(place)
        elif put_there and place.exists():
            shutil.rmtree(place)
        kept.rmdir()

    def undo(self) -> None:
        """Take every folder of this run back."""
        for kept in sorted((self._work / "old").glob("*")):
            self.take_back(kept.name)
        self.close()

    def close(self) -> None:
        """Remove what is no longer needed."""
        shutil.rmtree(self._work.parent, ignore_errors=True)


def recover(course: Path, committed: int) -> None:
    """Finish or undo runs that were killed; `committed` is the number the gradebook holds."""
    for folder in sorted(course.glob(f"{_PREFIX}*")):
        number = folder.name.removeprefix(_PREFIX)
        if not number.isdigit():
            continue
        for work in folder.iterdir():
            if int(number) > committed:
                Swap(course, work.name, int(number)).undo()
        shutil.rmtree(folder, ignore_errors=True)
