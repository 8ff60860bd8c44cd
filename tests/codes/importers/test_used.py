"""Imported codes are found where the starter sets have none."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import made

from codinglab.codes import procedures
from codinglab.codes.importers.run import run
from codinglab.codes.release import NotInTable, forget
from codinglab.core.dates import NotInForce
from codinglab.core.places import DATA_VARIABLE


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    forget()
    yield
    forget()


def write(tmp_path: Path, content: str) -> Path:
    file = tmp_path / "file.txt"
    file.write_bytes(content.encode("latin-1"))
    return file


def test_a_code_of_an_imported_file_is_found_on_its_days_only(tmp_path: Path) -> None:
    with pytest.raises(NotInForce):
        procedures.find("A0021", date(2019, 5, 1))
    run("hcpcs_level2", write(tmp_path, made.anweb()), "2019", partial=True)
    found = procedures.find("a0021", date(2019, 5, 1))
    assert (found.code, found.label, found.system, found.kind) == ("A0021", "Outside", "HCPCS", "")
    with pytest.raises(NotInTable):
        procedures.find("A0021", date(2026, 3, 2))


def test_the_starter_set_comes_first(tmp_path: Path) -> None:
    day = date(2026, 3, 2)
    own = procedures.find("99213", day)
    file = write(tmp_path, made.CPT)
    run("cpt_short", file, "2026", accept_licence=True, partial=True)
    assert procedures.find("99213", day) == own
    assert procedures.find("0001F", day).label == "another"
