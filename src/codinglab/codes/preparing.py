"""Make a compiled file once, tell somebody who waits how far it is, and clear away old ones.

A line is shown where standard error is a terminal, or where a notebook has asked for it with
`show_with`. Otherwise nothing is written anywhere: what stands on standard error while a notebook
is marked costs its author all points.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from codinglab.core.places import cache_folder

Step = Callable[..., None]
"""`step(what, done)`: say what is being done, and how much of the total is done before it."""

Painter = Callable[[str], None]
"""Shows a line in the place of the one before; an empty one takes it away."""

_asked: list[Painter] = []


def show_with(painter: Painter | None) -> None:
    """Show progress with `painter` where standard error is no terminal; None: show none there."""
    _asked[:] = [painter] if painter else []


def _terminal() -> Painter | None:
    stream = sys.stderr
    if stream is None or not stream.isatty():
        return None
    width = 0

    def paint(line: str) -> None:
        nonlocal width
        stream.write(f"\r{line.ljust(width)}" + ("" if line else "\r"))
        stream.flush()
        width = len(line)

    return paint


@contextmanager
def steps(title: str, total: float = 100.0) -> Iterator[Step]:
    """Show "Preparing `title`, once: notes 45 %" while something is made, and nothing after it.

    Call what it yields with a word for the work that begins and how much of `total` is done:

        with steps("ICD-10-CM", 3) as step:
            step("tabular list", 0)
            ...
            step("notes", 1)
    """
    paint = _terminal() or (_asked[0] if _asked else None)
    shown = ""

    def step(what: str, done: float = 0.0) -> None:
        nonlocal shown
        percent = min(100, int(100 * done / (total or 1.0)))
        line = f"Preparing {title}, once: {what} {percent} %"
        if paint and line != shown:
            paint(line)
            shown = line

    try:
        yield step
    finally:
        if paint and shown:
            paint("")


def compiled(name: str, family: str, write: Callable[[Path], None]) -> Path:
    """Return the file `name` of the cache, made by `write(path)` where the cache has none.

    It is written beside its place and then moved, so that two processes may do so at once.
    `family` is a regular expression for the names that it takes the place of (other hashes, other
    schema versions): such files are deleted after it was written. Those that another process has
    open stay where the system does not let them go.
    """
    folder = cache_folder()
    target = folder / name
    if target.is_file():
        return target
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as scratch:
        fresh = Path(scratch) / name
        write(fresh)
        # On Windows a rival's finished file may be open already; it holds the same content.
        with suppress(PermissionError):
            os.replace(fresh, target)  # noqa: PTH105  the atomic move is the point
    for old in folder.iterdir():
        if old.name != name and re.fullmatch(family, old.name):
            with suppress(OSError):
                old.unlink()
    return target
