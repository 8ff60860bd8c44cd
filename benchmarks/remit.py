"""How fast decisions become an 835, and an 835 becomes remittances again; and two peers beside it.

Run with

    python benchmarks/remit.py [CLAIMS]

Each claim has three lines. pyx12 judges the form of a part of the file, edi-835-parser reads all of
it as objects (`pip install edi-835-parser`); each is left out where it is not installed. Rates are
segments a CPU second, so that parts can be compared.
"""

import importlib.util
import io
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "remit"))
CLAIMS, RUNS, PEER_CLAIMS = 10_000, 3, 300


def timed(name: str, segments: int, ask: Callable[[], object], runs: int = RUNS) -> float:
    """Ask several times; print and return the best time."""
    best = float("inf")
    for _ in range(runs):
        begin = time.process_time()
        ask()
        best = min(best, time.process_time() - begin)
    print(f"{name:44} {best:7.2f} s {segments / best:12,.0f} segments/s")
    return best


def main(count: int) -> None:
    """Measure `count` claims."""
    from made_remits import DAY, ENVELOPE, claim_of, decided, paid, reason

    from codinglab.remit.balance import unbalanced
    from codinglab.remit.balance_wire import wire_unbalanced
    from codinglab.remit.eob import explained
    from codinglab.remit.from_decisions import remit_claim
    from codinglab.remit.x835 import write
    from codinglab.remit.x835_reader import read_file

    cut = (reason("CO", "45", "57.62"), reason("PR", "2", "18.48"), reason("CO", "253", "1.48"))
    whole = claim_of("150", "90", "78")
    made = [decided(replace(whole, account=f"A{at}"), cut, cut, ()) for at in range(count)]
    day = date(DAY.year, 3, 20)
    remittance = paid(*(remit_claim(one, day) for one in made))
    text = write(ENVELOPE, [remittance])
    segments = text.count("~")
    print(f"{count:,} claims, {segments:,} segments, {len(text) / 1e6:.1f} MB")
    timed("decisions to a remittance", segments, lambda: [remit_claim(one, day) for one in made])
    timed("remittance to an 835", segments, lambda: write(ENVELOPE, [remittance]))
    reading = timed("835 to remittances, nothing lost", segments, lambda: read_file(text))
    timed("balance of the values", segments, lambda: unbalanced(remittance))
    timed("balance of the wire", segments, lambda: wire_unbalanced(text))
    timed("in plain words", segments, lambda: explained(remittance), 1)
    (read,) = read_file(text)
    assert read.remittance == remittance, "not the same was read"
    assert not read.findings, "something was left"
    assert not wire_unbalanced(text), "it does not balance"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whole.835"
        path.write_text(text, encoding="utf-8")
        parser(path, segments, reading)
        part = write(ENVELOPE, [paid(*(remit_claim(one, day) for one in made[:PEER_CLAIMS]))])
        path.write_text(part, encoding="utf-8")
        pyx12(path, part.count("~"), segments / reading)


def parser(path: Path, segments: int, ours: float) -> None:
    """Read the file with edi-835-parser, where it is installed."""
    if importlib.util.find_spec("edi_835_parser") is None:
        print("edi-835-parser is not installed")
        return
    from edi_835_parser import parse

    try:
        theirs = timed("edi-835-parser, the same file", segments, lambda: parse(str(path)), 1)
    except Exception as error:  # noqa: BLE001  a peer's own fault
        print(f"edi-835-parser cannot read the file: {type(error).__name__}: {error}")
        return
    print(f"{'':44} {theirs / ours:7.1f} times our time to read")


def pyx12(path: Path, segments: int, ours: float) -> None:
    """Judge a part of the file with pyx12, where it is installed."""
    if importlib.util.find_spec("pyx12") is None:
        print("pyx12 is not installed")
        return
    import pyx12.params
    import pyx12.x12n_document

    from codinglab.x12.check import check

    logging.disable(logging.CRITICAL)

    def ask() -> object:
        return pyx12.x12n_document.x12n_document(
            param=pyx12.params.params(), src_file=str(path), fd_997=io.StringIO(), fd_html=None
        )

    timed("our x12 check, a part of the file", segments, lambda: list(check(path)))
    theirs = timed("pyx12 validate, the same part", segments, ask, 1)
    print(f"{'':44} {ours / (segments / theirs):7.1f} times slower, a segment, than our reading")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
