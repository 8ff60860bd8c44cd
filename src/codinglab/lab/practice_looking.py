"""Where to look in a practice's year: a choice, and the board that was chosen."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from codinglab.core.tables import BadData
from codinglab.lab.dashboards import Board
from codinglab.lab.practice_boards import BOARDS, BY, PracticeBoards

DENIED = "Denied lines, by cause and whoever had a hand in them"
"""The board that has two choices of its own: see `PracticeBoards.denied_lines`."""

WIDE = w.Layout(width="auto", min_width="18em")
WRAPPED = w.Layout(flex_flow="row wrap")


def board(boards: PracticeBoards, name: str, *, cause: str = "", by: str = BY[0]) -> Board:
    """Return the board `name`: of `BOARDS`, or DENIED for a `cause` and parted `by`.

    Raises BadData where no board has that name.
    """
    if name == DENIED:
        return boards.denied_lines(cause, by)
    if name not in BOARDS:
        raise BadData(f"no board {name!r}; choose of {', '.join((*BOARDS, DENIED))}")
    return BOARDS[name](boards)


class Looking:
    """The choices, and the board below them, which is drawn when it is chosen."""

    def __init__(self, boards: PracticeBoards) -> None:
        """Show the first board."""
        self._boards = boards
        self.what = w.Dropdown(options=[*BOARDS, DENIED], description="Look at", layout=WIDE)
        causes = [("any cause", ""), *((one, one) for one in boards.causes())]
        self.cause = w.Dropdown(options=causes, description="denied for", layout=w.Layout())
        self.by = w.Dropdown(options=BY, description="by", layout=w.Layout())
        self._shown = w.HTML()
        for one in (self.what, self.cause, self.by):
            one.observe(self._draw, "value")
        choices = w.HBox([self.what, self.cause, self.by], layout=WRAPPED)
        self.view = w.VBox([choices, self._shown])
        self._draw()

    def _draw(self, _change: Any = None) -> None:
        for one in (self.cause, self.by):
            one.layout.display = "flex" if self.what.value == DENIED else "none"
        self._shown.value = "One moment: it is being worked out."
        made = board(self._boards, self.what.value, cause=self.cause.value, by=self.by.value)
        self._shown.value = made._repr_html_()
