"""Group stays and explain them, beside msdrg alone and beside drgpy, on the same claims.

Run with

    python benchmarks/drg.py
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "grouping"))
from second_opinion import draw, second

from codinglab.grouping.mce import mce
from codinglab.grouping.msdrg import _grouper, claim_of, group

STAYS, RUNS = 1000, 5


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    try:
        from drgpy.msdrg import DRGEngine
    except ModuleNotFoundError:
        raise SystemExit("drgpy is in the extra dev: pip install -e .[dev]") from None
    stays = [draw(seed) for seed in range(STAYS)]
    claims = [claim_of(one) for one in stays]
    engine, grouper = DRGEngine("v43.1"), _grouper()
    works: dict[str, Callable[[], object]] = {
        "group and explain": lambda: [group(one) for one in stays],
        "msdrg alone": lambda: [grouper.group(one) for one in claims],
        "drgpy": lambda: [second(one, engine) for one in stays],
        "code editor, named": lambda: [mce(one) for one in stays],
    }
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(RUNS):
        for name, work in works.items():
            taken[name].append(seconds(work) / STAYS)
    ours = median(taken["group and explain"])
    print(f"{'median of ' + str(RUNS):22}{'ms a stay':>12}{'ours / it':>12}")
    for name, each in taken.items():
        print(f"{name:22}{median(each) * 1000:12.3f}{ours / median(each):12.2f}")
    added = ours - median(taken["msdrg alone"])
    print(f"{'the explanation adds':22}{added * 1000:12.3f}")


if __name__ == "__main__":
    main()
