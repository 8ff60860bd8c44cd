"""How fast a remittance is posted: claims of three lines into books in a SQLite file.

Run with

    python benchmarks/post.py [CLAIMS]

The goal is 10,000 claims in under 20 seconds.
"""

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "accounts"))
CLAIMS = 10_000


def main(count: int) -> None:
    """Charge and post `count` claims in 10 remittances; print seconds and rates."""
    from made_books import ENTERED, claim, line, remittance, visit

    from codinglab.accounts.balances import balances, replay
    from codinglab.accounts.charge import charges
    from codinglab.accounts.post import post
    from codinglab.accounts.record import Batch
    from codinglab.accounts.store import Store

    lines = ("99213-25 150.00", "20610 120.00", "36415 12.00")
    visits = [visit(f"V{at}", *lines) for at in range(count)]
    claims = [
        claim(
            f"V{at}",
            line(lines[0], "80.00", "CO-45 50.00", "PR-2 20.00", number=f"V{at}L1"),
            line(lines[1], "58.80", "CO-45 60.00", "CO-253 1.20", number=f"V{at}L2"),
            line(lines[2], "0", "CO-97 12.00", number=f"V{at}L3"),
        )
        for at in range(count)
    ]
    many = max(1, count // 10)
    files = [remittance(*claims[at : at + many], trace=f"T{at}") for at in range(0, count, many)]
    with tempfile.TemporaryDirectory() as folder:
        with Store(f"sqlite:///{folder}/books.db") as store:
            begin = _now()
            entries = tuple(entry for one in visits for entry in charges(one))
            store.write(Batch(entries=entries, accounts=tuple(visits)))
            _print("charged", count, begin)
            begin = _now()
            held = sum(len(post(store, one, ENTERED).held) for one in files)
            _print("posted", count, begin)
            assert not held, f"{held} claims were held"
            begin = _now()
            found = balances(store)
            _print("added up", count, begin)
            begin = _now()
            assert replay(store.entries()) == found, "the journal and its sums differ"
            _print("replayed", count, begin)
            assert found.total("insurance receivable") == 12 * count
            assert found.total("patient receivable") == 20 * count
        size = Path(folder, "books.db").stat().st_size
    print(f"{size / 1e6:.0f} MB")


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _print(what: str, count: int, begin: tuple[float, float]) -> None:
    seconds, busy = (now - then for now, then in zip(_now(), begin, strict=True))
    print(
        f"{what:9} {count:,} claims in {seconds:5.2f} s ({busy:5.2f} s of the processor): "
        f"{count / seconds:,.0f} a second"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
