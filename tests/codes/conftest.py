import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes.icd10cm import Icd10cm, open_table
from codinglab.core.places import CACHE_VARIABLE

sys.path.insert(0, str(Path(__file__).parent))  # for shared_data


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv(CACHE_VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="session")
def table(cache: Path) -> Icd10cm:
    assert cache.is_dir()
    return open_table(date(2026, 3, 2))
