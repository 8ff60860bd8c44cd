"""`codinglab codes prepare`: compile all tables now, so that nothing waits for it later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from time import perf_counter
from typing import Annotated, Any

import typer

from codinglab.cli.report import AsJson, finish


def prepare(
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Day of service; else the newest release."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compile what the code sets and the search need into the cache, and say how long it took.

    JSON: {"folder", "on", "seconds", "prepared": [{"what", "seconds", "files" (those made now)}],
    "remarks": [text]}.
    """
    from codinglab.cli.codes_search import newest_day
    from codinglab.core.dates import NotInForce
    from codinglab.core.places import cache_folder

    day, folder = on.date() if on else newest_day(), cache_folder()
    done: list[dict[str, Any]] = []
    remarks: list[str] = []
    for what, make in _tables(day):
        before, start = {one.name for one in folder.iterdir()}, perf_counter()
        try:
            make()
        except NotInForce as error:
            remarks.append(f"{what}: {error}")
            continue
        made = sorted({one.name for one in folder.iterdir()} - before)
        done.append({"what": what, "seconds": round(perf_counter() - start, 1), "files": made})
    told = {
        "folder": str(folder),
        "on": day.isoformat(),
        "seconds": round(sum(one["seconds"] for one in done), 1),
        "prepared": done,
        "remarks": remarks,
    }
    finish(told, as_json=as_json, text=lambda: _text(told))


def _tables(day: date) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each table with what compiles it, in the order in which one needs another."""
    from codinglab.codes.alphabetic_index import all_books
    from codinglab.codes.icd10cm import open_table
    from codinglab.codes.icd10pcs import open_pcs
    from codinglab.codes.search_index import billing_file, main_file, procedures_file

    yield "ICD-10-CM", lambda: open_table(day)
    yield "alphabetic index", lambda: all_books(day)
    yield "search", lambda: main_file(day)
    yield "search of the billing sets", lambda: billing_file(day)
    yield "ICD-10-PCS", lambda: open_pcs(day)
    yield "search of ICD-10-PCS", lambda: procedures_file(day)


def _text(told: dict[str, Any]) -> str:
    lines = [
        f"{one['what']}: " + (f"{one['seconds']} seconds" if one["files"] else "was there already")
        for one in told["prepared"]
    ]
    return "\n".join([*lines, *told["remarks"], f"{told['seconds']} seconds, in {told['folder']}"])
