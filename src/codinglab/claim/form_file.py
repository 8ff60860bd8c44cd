"""A form that somebody filled, as a file: the text of each cell, page by page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal

from codinglab.core.tables import BadData, Row, read_yaml

_DRAWN = {".pdf": "a PDF", ".html": "an HTML page", ".htm": "an HTML page"}


class FormFile(Row):
    """A filled form: which one, the day on which it is read, and the cells of each page.

    The names of the cells are those that `codinglab claim form` prints ("1a", "24F.1"). The
    output of `codinglab claim form --json` is such a file, but for the day; its `findings` are
    about the claim and not read.
    """

    form: Literal["cms1500", "ub04"]
    on: date | None = None
    pages: tuple[dict[str, str], ...]
    findings: tuple[Any, ...] = ()


def read_filled(file: Path, on: date | None = None) -> tuple[FormFile, date]:
    """Return the filled form in `file` and the day on which it is read: `on`, or the file's own.

    Raises BadData naming what is wrong: a form that was drawn and not written as cells, no page,
    no day.
    """
    if drawn := _DRAWN.get(file.suffix.lower()):
        msg = (
            f"{file}: is {drawn}, on which a form is drawn; write its cells as YAML, or take those "
            "of a claim file from `codinglab claim form FILE --json`"
        )
        raise BadData(msg)
    filled = read_yaml(file, FormFile)
    if not filled.pages:
        msg = f"{file}: pages: there is none; write the cells of one at least"
        raise BadData(msg)
    day = on or filled.on
    if day is None:
        msg = f"{file}: on: the day on which the form is read is missing; write it, or give --on"
        raise BadData(msg)
    return filled, day
