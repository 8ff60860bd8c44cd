"""Published 837P files are read without loss, or with a list of what was left and why.

They lie beside the checkout and are no part of it; without them these tests are skipped.
x837_differences.csv says of each file, by segment and qualifier, what the second writing lacks or
changes; it quotes no content. What is "not sent" the claim holds, and the guide says not to send.
"""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from pyx12_opinion import refusals
from wire_claims import ENVELOPE

from codinglab.claim.x837 import write
from codinglab.claim.x837_reader import read_file

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "edi" / "837P"
TABLE = Path(__file__).parent / "x837_differences.csv"
GUIDE = "005010X222A1"
FILES = [one for one in sorted(SAMPLES.glob("*")) if GUIDE in one.read_text("latin-1")]
ENVELOPES = ("ISA", "GS", "ST", "SE", "GE", "IEA")
DECIMAL = re.compile(r"-?[0-9]*\.[0-9]+")
IN_PAIRS = ("AMT", "DTP", "HI", "REF", "NM1", "CRC")
"""Segments whose first element tells them apart from others of their name."""

pytestmark = pytest.mark.skipif(not FILES, reason="no published 837P files beside the checkout")


def rows() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    with TABLE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["file"], []).append(row)
    return found


def plain(element: str) -> str:
    return str(Decimal(element).normalize()) if DECIMAL.fullmatch(element) else element


def segments(text: str) -> Counter[tuple[str, ...]]:
    mark, component, terminator = text[3], text[104], text[105]
    found = []
    for one in text.split(terminator):
        parts = [plain(part) for part in one.strip().replace(component, ":").split(mark)]
        while not parts[-1] and len(parts) > 1:
            parts.pop()
        if parts[0] and parts[0] not in ENVELOPES:
            found.append(tuple(parts))
    return Counter(found)


def named(found: Counter[tuple[str, ...]]) -> Counter[str]:
    """Count by segment, and by qualifier where it has one."""
    said: Counter[str] = Counter()
    for parts, often in found.items():
        name = parts[0]
        said[f"{name} {parts[1].split(':')[0]}" if name in IN_PAIRS else name] += often
    return said


def is_right(text: str, folder: Path) -> bool:
    try:
        return refusals(text, folder) == []
    except Exception:  # noqa: BLE001  pyx12 raises whatever goes wrong inside
        return False


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_that_the_other_reader_accepts_is_read_and_written_again(
    file: Path, tmp_path: Path
) -> None:
    text = file.read_text(encoding="latin-1")
    if not is_right(text, tmp_path):
        pytest.skip("pyx12 refuses this file")
    readings = list(read_file(file))
    again = write(ENVELOPE, [(one.batch, one.claims) for one in readings if one.batch is not None])
    before, after = segments(text), segments(again)
    known = rows().get(file.name, [])

    assert named(before - after) == {row["segment"]: int(row["times"]) for row in known}
    assert named(after - before) == {
        row["segment"]: int(row["times"])
        for row in known
        if row["how"] not in {"left out", "not sent"}
    }
    told = [one for reading in readings for one in reading.findings]
    silent = {row["segment"].split()[0] for row in known if row["how"] in {"left out", "changed"}}
    assert silent == {one.segment for one in told}


def test_every_difference_says_why() -> None:
    for name, known in rows().items():
        for row in known:
            assert row["how"] in {"left out", "changed", "same meaning", "not sent"}, (name, row)
            assert len(row["why"]) > len("because"), (name, row)
