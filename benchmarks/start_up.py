"""How long the command line takes to start, beside an empty Python and nbgrader's own."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 7
BIN = Path(sys.executable).parent
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import codinglab": [sys.executable, "-c", "import codinglab"],
    "codinglab --help": [str(BIN / "codinglab"), "--help"],
    "jupyter --version": [str(BIN / "jupyter"), "--version"],
    "nbgrader --version": [str(BIN / "nbgrader"), "--version"],
}
LIMITS = {"import codinglab": 0.15, "codinglab --help": 0.40}


def seconds(command: list[str]) -> float:
    """Return the wall time of one run of a command, its start counted."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def medians() -> dict[str, float]:
    """Return each command's median; the commands take turns, so that a busy moment hits all."""
    samples: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, command in COMMANDS.items():
            samples[name].append(seconds(command))
    return {name: statistics.median(values) for name, values in samples.items()}


def main() -> None:
    measured = medians()
    bare = measured["python -c pass"]
    print(f"median of {RUNS} runs, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"{'':20} {'seconds':>8} {'x python':>9}  limit")
    for name, value in measured.items():
        limit = LIMITS.get(name)
        verdict = "" if limit is None else f"{limit:.2f} {'ok' if value < limit else 'MISSED'}"
        print(f"{name:20} {value:8.3f} {value / bare:9.1f}  {verdict}")


if __name__ == "__main__":
    main()
