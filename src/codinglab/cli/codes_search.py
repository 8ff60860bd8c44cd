"""`codinglab codes search`: find the codes that a few words mean."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.report import AsJson, finish

PLAIN = ("ICD-10-CM", "ICD-10-PCS", "CPT", "HCPCS")  # whose codes tell by their shape

if TYPE_CHECKING:
    from codinglab.codes.search import Hit


def search(  # noqa: PLR0913, PLR0917  one parameter an option
    text: Annotated[list[str], typer.Argument(help="Words, or a code or its beginning.")],
    system: Annotated[
        str | None,
        typer.Option(
            help="ICD-10-CM, ICD-10-PCS, CPT, HCPCS, modifier, place of service, revenue code, "
            "CARC, RARC or another billing set alone."
        ),
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
    from codinglab.codes.search import UnknownRestriction, open_search

    day = on.date() if on else newest_day()
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


def newest_day() -> date:
    """Return a day on which the newest diagnoses and the newest small sets are in force."""
    from codinglab.codes.release import releases

    day = releases("icd10cm").rows[-1][0].start
    # The small sets of a calendar year begin within the fiscal year of the diagnoses.
    return max(day, max((span.start for span, _ in releases("hcpcs").rows), default=day))


def _line(hit: Hit) -> str:
    shown = hit.title if hit.billable else f"{hit.title} (header, not billable)"
    system = "" if hit.system in PLAIN else f"{hit.system}: "
    return f"{hit.code:9} {system}{shown}  [{hit.why}]"
