"""A form that somebody filled, as a file: the text of each cell, page by page."""

from __future__ import annotations

from datetime import date
from typing import Literal

from codinglab.core.tables import Row


class FormFile(Row):
    """A filled form: which one, the day on which it is read, and the cells of each page.

    The names of the cells are those that `codinglab claim form` prints ("1a", "24F.1").
    """

    form: Literal["cms1500", "ub04"]
    on: date
    pages: tuple[dict[str, str], ...]
