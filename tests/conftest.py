"""Let every test use the made-up course, and no code set that the user imported."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "course"))
from made_up import checkout, write

from codinglab.core.places import DATA_VARIABLE

__all__ = ["checkout", "write"]


@pytest.fixture(scope="session", autouse=True)
def nothing_imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(tmp_path_factory.mktemp("data") / "codinglab"))
        yield
