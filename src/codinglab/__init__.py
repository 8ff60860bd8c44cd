"""codinglab: learn medical coding and billing in a notebook, and prove that you can do it."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """Let `%load_ext codinglab` give a notebook its names."""
    from codinglab.lab.magic import load

    load(shell)
