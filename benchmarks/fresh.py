"""A measurement in a process of its own, so that memory, imports and caches are its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median


def run(program: str, *arguments: str, **variables: str) -> dict[str, float]:
    """Run the text `program` with its `arguments` and return the JSON of the last line it prints.

    It may import what lies in this folder. `variables` are added to the environment.
    """
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)} | variables,
    )
    return json.loads(done.stdout.splitlines()[-1])


def medians(program: str, runs: int) -> dict[str, float]:
    """Return the median of each measure that `program` prints, over `runs` processes."""
    found = [run(program) for _ in range(runs)]
    return {name: median(one[name] for one in found) for name in found[0]}
