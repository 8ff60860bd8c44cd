"""How fast X12 is judged and written, beside pyx12 in the same run.

The file is made up: 10,000 professional claims of three lines, one ST for each 5,000 of them.
Each measurement runs in a process of its own; CPU seconds and peak memory count. pyx12 judges
the same claims, a tenth of them, and its time is scaled by segments. Run with

    python benchmarks/x12.py [CLAIMS]
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "x12"))
CLAIMS, SHARE = 10_000, 10
Measured = dict[str, float]


def judge(file: Path) -> Measured:
    """Judge `file` by all rules."""
    from codinglab.x12.check import Checker

    begin = time.process_time()
    checker = Checker(file)
    found = sum(1 for _ in checker)
    return {"cpu": time.process_time() - begin, "segments": checker.segments, "findings": found}


def peer(file: Path) -> Measured:
    """Judge `file` by pyx12."""
    import pyx12.params
    import pyx12.x12n_document

    begin = time.process_time()
    good = pyx12.x12n_document.x12n_document(pyx12.params.params(), str(file), None, None)
    taken = time.process_time() - begin
    return {"cpu": taken, "segments": file.read_text("utf-8").count("~"), "findings": not good}


def write(file: Path) -> Measured:
    """Write the segments of `file` again, in an envelope."""
    from codinglab.x12.envelope import Envelope, Transaction, wrap
    from codinglab.x12.reading import read

    between = {"ISA", "GS", "ST", "SE", "GE", "IEA"}
    body = [
        [tuple(part.split(":")) if ":" in part else part for part in one]
        for one in read(file).elements()
        if one[0] not in between
    ]
    envelope = Envelope("SENDER", "RECEIVER", datetime(2026, 3, 15, 10, 30), 1)  # noqa: DTZ001
    begin = time.process_time()
    text = wrap(envelope, [Transaction("837", "005010X222A1", "0001", body)])
    return {"cpu": time.process_time() - begin, "segments": text.count("~"), "findings": 0}


def apart(what: str, file: Path) -> Measured:
    """Measure `what` in a process of its own; add the peak of its memory in MB."""
    run = [sys.executable, __file__, what, str(file)]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def main(claims: int) -> None:
    """Make the files, measure, and print rates and ratios."""
    from made_x12 import claims as made

    with tempfile.TemporaryDirectory() as folder:
        whole, share = Path(folder) / "whole.edi", Path(folder) / "share.edi"
        whole.write_text("".join(made(claims)), "utf-8")
        share.write_text("".join(made(claims // SHARE)), "utf-8")
        ours, ours_share = apart("judge", whole), apart("judge", share)
        theirs, written = apart("peer", share), apart("write", whole)
    for name, one in (("codinglab", ours), ("the same, a tenth", ours_share), ("pyx12", theirs)):
        rate = one["segments"] / one["cpu"]
        print(
            f"{name:18} {one['segments']:>8,.0f} segments {one['cpu']:6.2f} CPU s "
            f"{rate:>9,.0f}/s {one['memory']:4.0f} MB, findings {one['findings']:.0f}"
        )
    ratio = (theirs["cpu"] / theirs["segments"]) / (ours["cpu"] / ours["segments"])
    print(f"judging {claims:,} claims: {ratio:.1f} times as fast as pyx12")
    print(f"writing: {written['segments'] / written['cpu']:,.0f} segments a CPU second")


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004  what and file
        measured = {"judge": judge, "peer": peer, "write": write}[sys.argv[1]](Path(sys.argv[2]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(measured | {"memory": peak}))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
