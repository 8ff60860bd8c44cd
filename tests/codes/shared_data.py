"""Real published files, where they lie beside the checkout; else tests skip clearly."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"


def shared(name: str) -> Path:
    """Return the real file `name` ("mpfs/GPCI2025.csv"), or skip the test."""
    file = FOLDER / name
    if not file.is_file():
        pytest.skip(f"no published file {name} beside the checkout")
    return file
