"""A simulated practice in a notebook: make its year, look at it, and say what is wrong with it.

The year is made once and kept in the user's data folder, and so are the answers: a notebook that is
opened again goes on where it was left.
"""

from __future__ import annotations

from pathlib import Path

import ipywidgets as w

from codinglab.accounts.practice_file import practice_folder, read_practice
from codinglab.accounts.practice_planted import PlantedFile
from codinglab.accounts.practice_run import problems
from codinglab.accounts.practice_store import practice_of
from codinglab.core.tables import BadData
from codinglab.lab.dashboards import Board
from codinglab.lab.practice_asking import Asking
from codinglab.lab.practice_boards import BY, PracticeBoards
from codinglab.lab.practice_looking import Looking, board
from codinglab.lab.practice_making import Making, kept_file


class PracticeYear:
    """What the notebook shows: a button that makes the year, or its boards and the answers."""

    def __init__(self, practice: str, file: Path, planted: PlantedFile | None) -> None:
        """Keep which year it is, and what was planted where that is known; `show` shows it."""
        self._practice = practice
        self._about = read_practice(practice_folder(practice) / "practice.yml")
        self._planted = planted
        self.file = file
        self._boards = PracticeBoards(file)
        self.view = w.VBox()

    def show(self, making: Making | None = None) -> None:
        """Show the boards and the answers, or `making`, which makes the year."""
        if making is not None:
            self.view.children = (making.view,)
            return
        looking = Looking(self._boards)
        answers = self.file.with_suffix(".answers.json")
        asking = Asking(answers, self._practice, self._about, self._planted)
        self.view.children = (looking.view, asking.view)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.view)  # type: ignore[no-untyped-call]

    def board(self, name: str, *, cause: str = "", by: str = BY[0]) -> Board:
        """Return one board with its `figure()` and its `table`, a data frame.

        `cause` and `by` are for denied lines. Raises BadData where the year was not simulated yet,
        or no board has that name.
        """
        if not self.file.is_file():
            raise BadData("the year is not there yet; press the button that simulates it first")
        return board(self._boards, name, cause=cause, by=by)


def practice_year(
    *,
    seed: int | None = None,
    practice: str = "harbor",
    planted: str | Path | None = None,
    books: str | Path | None = None,
) -> PracticeYear:
    """Return the panel of a practice's year; display it as the last line of a cell.

    The same `seed` makes the same year. `planted` is a file of problems that an instructor wrote,
    in place of the practice's own. `books` is a year that somebody else simulated: then the answers
    are handed in, unless `planted` tells what they are judged by. Raises BadData for a file that is
    not there or wrong, and unless one of `seed` and `books` is given.
    """
    if (seed is None) is (books is None):
        raise BadData("give a seed, to simulate a year, or books, a year that was simulated")
    told = None if planted is None else Path(planted)
    if books is not None:
        file = Path(books)
        if not file.is_file():
            raise BadData(f"{file}: there is no such file")
        name = practice_of(f"sqlite:///{file}")
        made = PracticeYear(name, file, problems(name, told) if told else None)
        made.show()
        return made
    assert seed is not None
    plant, file = problems(practice, told), kept_file(practice, seed, told)
    made = PracticeYear(practice, file, plant)
    made.show(None if file.is_file() else Making(file, practice, seed, plant, made.show))
    return made


def ways_of_paying(panel: str | Path | None = None) -> Board:
    """Return fee for service beside value-based payment on one panel of patients.

    `panel` is a file as docs/value_based.md says, the lab's own if left out. Raises BadData for a
    file that is not there or wrong.
    """
    from codinglab.accounts.value_based import compare
    from codinglab.accounts.value_based_file import read_panel
    from codinglab.accounts.value_based_frames import compared_frame
    from codinglab.lab.dashboards import compared_board

    read = read_panel(None if panel is None else Path(panel))
    return compared_board(compared_frame(compare(read)))
