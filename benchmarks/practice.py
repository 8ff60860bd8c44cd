"""How long the simulation of a practice's year takes, and that it is the same each time.

Run with

    python benchmarks/practice.py [MONTHS [RUNS]]

Twelve months are some 21,000 visits; each claim is built, scrubbed, adjudicated with prices and
edits, remitted, posted to the books, and worked where it was denied. The goal is 90 seconds for
twelve months on one core. CPU seconds count, since other processes take the machine's time.
"""

import hashlib
import sys
import tempfile
import time
from pathlib import Path

GOAL = 90


def main(months: int, runs: int) -> None:
    """Simulate `months`, `runs` times; print CPU seconds, sizes and the hash of each file."""
    from codinglab.accounts.kpi_frames import monthly_frame
    from codinglab.accounts.practice import simulate
    from codinglab.accounts.practice_file import practice_folder, read_practice
    from codinglab.accounts.practice_planted import read_planted
    from codinglab.accounts.practice_store import keep
    from codinglab.accounts.store import Store

    folder = practice_folder("harbor")
    practice = read_practice(folder / "practice.yml")
    planted = read_planted(folder / "planted.yml")
    with tempfile.TemporaryDirectory() as made:
        for run in range(runs):
            path = Path(made) / f"{run}.db"
            url = f"sqlite:///{path}"
            wall, begin = time.perf_counter(), time.process_time()
            with Store(url) as store:
                done = simulate(store, practice, planted, 7, months=months)
            keep(url, done, "harbor")
            taken, wall = time.process_time() - begin, time.perf_counter() - wall
            history = done.history
            known = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            print(
                f"{months} months: {len(history.visits):,} visits, {len(history.sent):,} claims "
                f"sent, {len(history.decided):,} lines decided in {taken:.1f} CPU s "
                f"({wall:.1f} s; goal {GOAL} s for 12 months); {path.stat().st_size:,} bytes, "
                f"sha256 {known}"
            )
            begin = time.process_time()
            with Store(url) as store:
                figures = len(monthly_frame(store, history, done.period))
            print(f"{figures} key figures by month in {time.process_time() - begin:.1f} CPU s")


if __name__ == "__main__":
    main(*(int(one) for one in (sys.argv[1:3] + ["12", "1"][len(sys.argv) - 1 :])))
