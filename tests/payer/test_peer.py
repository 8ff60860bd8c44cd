"""linuxforhealth-x12 as a second opinion on 270, 271, 276 and 277; each difference is explained.

It needs pydantic<2, so it runs in an environment of its own, whose python the variable
CODINGLAB_LINUXFORHEALTH_PYTHON names:

    python -m venv peer && peer/bin/pip install linuxforhealth-x12==0.57.0 "pydantic<2"
"""

import csv
import json
import os
import subprocess
from pathlib import Path

import pytest
from made_inquiries import everything

from codinglab.core.findings import Severity
from codinglab.x12.check import check

VARIABLE = "CODINGLAB_LINUXFORHEALTH_PYTHON"
HERE = Path(__file__).parent
SAMPLES = HERE.parents[2] / "shared" / "data" / "edi"


def verdicts(texts: dict[str, str]) -> dict[str, str]:
    python = os.environ.get(VARIABLE)
    if not python:
        pytest.skip(f"{VARIABLE} names no python with linuxforhealth-x12 and pydantic<2")
    run = subprocess.run(
        [python, str(HERE / "linuxforhealth_peer.py")],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(run.stdout))


def table(source: str) -> dict[str, dict[str, str]]:
    with (HERE / "differences.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row for row in csv.DictReader(lines) if row["source"] == source}


def ours(text: str) -> set[str]:
    found = check(text, levels={1, 2})
    return {one.id for one in found if one.severity is Severity.ERROR}


def test_the_peer_accepts_all_that_is_written_or_the_difference_is_explained() -> None:
    told = {name: said for name, said in verdicts(everything()).items() if said}
    explained = table("written")
    assert set(told) == set(explained)
    for name, said in told.items():
        assert explained[name]["peer"] in said


def test_the_peer_judges_the_public_samples_alike_or_the_difference_is_explained() -> None:
    files = sorted(
        one for kind in ("270", "271", "276", "277") for one in SAMPLES.glob(f"{kind}/*")
    )
    if not files:
        pytest.skip("no X12 samples beside the checkout")
    texts = {f"{one.parent.name}/{one.name}": one.read_bytes().decode("utf-8-sig") for one in files}
    explained = table("sample")
    differ = set()
    for name, said in verdicts(texts).items():
        found = ours(texts[name])
        outdated = "00401" in texts[name][:110]
        if bool(found) != bool(said) and not outdated:
            differ.add(name)
            assert explained[name]["peer"] in said
            assert not found or explained[name]["ours"] in found
    assert differ == set(explained)


def test_every_difference_says_why() -> None:
    rows = [*table("written").values(), *table("sample").values()]
    assert all(row["why"] for row in rows)
