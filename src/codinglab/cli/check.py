"""`codinglab check`: prove every case in all its variants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.course.check import CaseCheck


def check(
    cases: Annotated[
        list[str] | None, typer.Argument(help="Case slugs; all when left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that chart, key, edits and marking agree, for every variant of the cases.

    JSON: [{"case", "variants", "distinct_keys", "findings": [{"id", "place", "message",
    "remedy", "severity", "cite"}]}].
    """
    from codinglab.course.case import load, slugs

    chosen = cases or list(slugs())
    for slug in chosen:
        load(slug)
    proofs = _prove(chosen)
    finish(
        [one.as_json() for one in proofs],
        as_json=as_json,
        text=lambda: "\n".join(_text(one) for one in proofs),
        findings=any(one.findings for one in proofs),
    )


def _prove(chosen: list[str]) -> list[CaseCheck]:
    """Prove the cases on all cores, with a progress bar where somebody watches."""
    import os
    from concurrent.futures import ProcessPoolExecutor

    from rich.console import Console
    from rich.progress import track

    from codinglab.course.check import check_case
    from codinglab.course.variants import records

    if len(chosen) == 1:
        return [check_case(chosen[0])]
    largest_first = sorted(chosen, key=lambda slug: -len(records(slug)))
    with ProcessPoolExecutor(max_workers=min(len(chosen), os.cpu_count() or 1)) as pool:
        found = pool.map(check_case, largest_first)
        console = Console(stderr=True)
        shown = track(
            found,
            "Checking cases",
            len(chosen),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        return sorted(shown, key=lambda one: chosen.index(one.slug))


def _text(one: CaseCheck) -> str:
    head = f"{one.slug}: {one.variants} variants, {one.distinct_keys} distinct keys"
    if not one.findings:
        return f"{head}: proven"
    return "\n".join([f"{head}: {len(one.findings)} findings", *(f"  {f}" for f in one.findings)])
