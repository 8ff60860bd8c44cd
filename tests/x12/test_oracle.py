"""pyx12 as a second opinion: the same verdict on every file, or a difference that is explained."""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from mutants import GOLDEN, MUTANTS, Mutant

from codinglab.core.findings import Severity
from codinglab.x12.ack import acknowledge
from codinglab.x12.check import check
from codinglab.x12.reading import NotX12

document = pytest.importorskip("pyx12.x12n_document")
params = pytest.importorskip("pyx12.params")
maps = pytest.importorskip("pyx12.map_if")

WHEN = datetime(2026, 3, 16, 8, 0)  # noqa: DTZ001  the wire knows no zone
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "edi"
KINDS = ("837P", "837I", "835", "999")
UNJUDGED = "unjudged"


@pytest.fixture(autouse=True, scope="module")
def each_map_is_read_once() -> Iterator[None]:
    read = maps.load_map_file
    kept: dict[str, object] = {}

    def load(name: str, param: object, path: object = None) -> object:
        if name not in kept:
            kept[name] = read(name, param, path)
        return kept[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maps, "load_map_file", load)
        yield


def theirs(text: str, folder: Path) -> str:
    """Return what pyx12 says of `text`: valid, invalid, or unjudged where it breaks off."""
    file = folder / "one.edi"
    file.write_text(text, encoding="utf-8", newline="")
    logging.disable(logging.CRITICAL)
    try:
        good = document.x12n_document(params.params(), str(file), None, None)
    except Exception:  # noqa: BLE001  it raises whatever goes wrong inside
        return UNJUDGED
    finally:
        logging.disable(logging.NOTSET)
    return "valid" if good else "invalid"


def ours(text: str) -> str:
    """Return our verdict on syntax and guide, which is what pyx12 judges."""
    found = [one for one in check(text) if one.snip <= 2 and one.severity is Severity.ERROR]
    return "invalid" if found else "valid"


def explained() -> dict[str, tuple[str, str]]:
    """Return our verdict and theirs for each case in the table of differences."""
    with (Path(__file__).parent / "differences.csv").open(encoding="utf-8", newline="") as lines:
        return {row["case"]: (row["ours"], row["pyx12"]) for row in csv.DictReader(lines)}


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*.edi")))
def test_our_own_valid_files_are_valid_for_both(name: str, tmp_path: Path) -> None:
    text = (GOLDEN / name).read_text("utf-8")
    assert (ours(text), theirs(text, tmp_path)) == ("valid", "valid")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_each_mutant_has_one_verdict_or_an_explained_difference(
    mutant: Mutant, tmp_path: Path
) -> None:
    text = mutant.text()
    said = ours(text), theirs(text, tmp_path)
    wanted = explained().get(f"mutant: {mutant.name}", (said[0], said[0]))
    assert said == wanted


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_each_answer_of_ours_is_valid_for_pyx12(mutant: Mutant, tmp_path: Path) -> None:
    assert theirs(acknowledge(mutant.text(), when=WHEN, control=7), tmp_path) == "valid"


def samples() -> list[Path]:
    if not SAMPLES.is_dir():
        return []
    return sorted(file for kind in KINDS for file in (SAMPLES / kind).iterdir())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the public sample files are not here")
@pytest.mark.parametrize("sample", samples(), ids=lambda one: f"{one.parent.name}/{one.name}")
def test_each_public_sample_has_one_verdict_or_an_explained_difference(
    sample: Path, tmp_path: Path
) -> None:
    raw = sample.read_bytes()
    try:
        found = list(check(raw))
    except NotX12:
        pytest.skip("not X12")
    if any(one.id == "x12.no_guide" for one in found):
        pytest.skip("of a guide that neither has tables of")
    text = raw.decode("latin-1")
    said = ours(text), theirs(text, tmp_path)
    wanted = explained().get(f"{sample.parent.name}/{sample.name}", (said[0], said[0]))
    assert said == wanted


def test_no_difference_is_listed_that_is_none() -> None:
    names = {f"mutant: {one.name}" for one in MUTANTS}
    names |= {f"{one.parent.name}/{one.name}" for one in samples()}
    listed = explained()
    if samples():
        assert set(listed) <= names
    assert all(ours_ != theirs_ for ours_, theirs_ in listed.values())
