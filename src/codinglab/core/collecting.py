"""Work on many values that all stay, without Python's collector looking at them over and over."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG, _MIDDLE, _OLD = 50_000, 20, 50


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Let the collector of cycles look more rarely within.

    Claims, decisions and entries are frozen and refer to nothing that refers back, so it finds
    nothing among them, and a batch of ten thousand claims is searched about a hundred times less.
    The collector goes back to what it was, also after an error.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
