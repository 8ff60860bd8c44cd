"""`codinglab codes search`: find the codes that a few words mean."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.codes.search import Hit


def search(  # noqa: PLR0913, PLR0917  one parameter an option
    text: Annotated[list[str], typer.Argument(help="Words, or a code or its beginning.")],
    system: Annotated[
        str | None,
        typer.Option(help="ICD-10-CM, CPT, HCPCS, modifier or place of service alone."),
    ] = None,
    chapter: Annotated[int | None, typer.Option(help="A chapter of ICD-10-CM, 1 to 22.")] = None,
    setting: Annotated[
        str | None, typer.Option(help="What inpatient, outpatient, office or emergency bills.")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of service; else the newest release."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find codes by lay or clinical words, abbreviations, or a code; typing errors are mended.

    Leaves with 0 also when nothing is found. JSON: [{"code", "title", "system", "billable",
    "score", "why"}], the best first, billable codes before headers.
    """
    from codinglab.codes.release import releases
    from codinglab.codes.search import UnknownRestriction, open_search

    day = on.date() if on else releases("icd10cm").rows[-1][0].start
    # The small sets of a calendar year begin within the fiscal year of the diagnoses.
    newest = max((span.start for span, _ in releases("hcpcs").rows), default=day)
    day = day if on else max(day, newest)
    try:
        hits = open_search(day).find(
            " ".join(text), limit, system=system, chapter=chapter, setting=setting
        )
    except UnknownRestriction as error:
        raise typer.BadParameter(str(error)) from None
    finish(
        [dataclasses.asdict(hit) for hit in hits],
        as_json=as_json,
        text=lambda: "\n".join(map(_line, hits)) or "Nothing found; try other words.",
    )


def _line(hit: Hit) -> str:
    shown = hit.title if hit.billable else f"{hit.title} (header, not billable)"
    return f"{hit.code:9} {shown}  [{hit.why}]"
