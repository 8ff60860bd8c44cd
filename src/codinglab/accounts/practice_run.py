"""A simulated practice as one file, which is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from codinglab.accounts.practice import MONTHS, simulate
from codinglab.accounts.practice_file import practice_folder, read_practice
from codinglab.accounts.practice_planted import NOTHING_PLANTED, PlantedFile, planted_into
from codinglab.accounts.practice_store import Simulated, keep
from codinglab.accounts.store import Store
from codinglab.core.tables import BadData

UNFINISHED = ".unfinished"
"""What the name ends with while the file is made; what a killed run left is begun anew."""


def problems(name: str, planted: Path | None = None, *, nothing: bool = False) -> PlantedFile:
    """Return what is planted into the practice `name`: its own file's, another's, or `nothing`.

    Raises BadData for a file that is wrong or does not fit the practice.
    """
    if nothing:
        return NOTHING_PLANTED
    folder = practice_folder(name)
    return planted_into(
        planted or folder / "planted.yml", name, read_practice(folder / "practice.yml")
    )


def make(  # noqa: PLR0913  what a year depends on
    into: Path,
    seed: int,
    *,
    practice: str = "harbor",
    planted: PlantedFile | None = None,
    months: int = MONTHS,
    progress: Callable[[date], None] | None = None,
) -> Simulated:
    """Simulate into the file `into` (SQLite), the practice's own problems planted if none are told.

    `progress` is called with each day when it is over. Nothing is left of a run that stops, or (of
    one that is killed) a file whose name ends with `.unfinished`. Raises BadData where `into` is
    there already or has no folder.
    """
    free(into)
    plant = problems(practice) if planted is None else planted
    told = read_practice(practice_folder(practice) / "practice.yml")
    unfinished = into.with_name(into.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    url = f"sqlite:///{unfinished}"
    try:
        with Store(url) as store:
            done = simulate(store, told, plant, seed, months=months, progress=progress)
        keep(url, done, practice)
        unfinished.rename(into)
    finally:
        unfinished.unlink(missing_ok=True)
    return done


def free(into: Path) -> None:
    """Raise BadData where `into` is there already, or would lie in no folder."""
    if into.exists():
        raise BadData(f"{into} is there already; name another file, or delete it first")
    if not into.resolve().parent.is_dir():
        raise BadData(f"{into.resolve().parent} is no folder; make it first")
