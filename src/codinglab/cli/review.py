"""`codinglab review`: findings, group, expected payment and money at risk of one encounter."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from codinglab.cli.report import AsJson, finish

_File = Annotated[
    str, typer.Argument(help="An encounter file (YAML) or a worksheet; - reads standard input.")
]
_Case = Annotated[str | None, typer.Option(help="The case that the worksheet answers.")]
_Variant = Annotated[int | None, typer.Option(help="The variant of the case.")]
_On = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The worksheet's day of service or of discharge."),
]
_Setting = Annotated[
    str | None, typer.Option(help="The worksheet's setting: professional, outpatient, inpatient.")
]
_Payer = Annotated[str | None, typer.Option(help="Who pays, such as Medicare.")]
_Prices = Annotated[
    Path | None,
    typer.Option(help="A YAML file with what decides the payment (see docs/review.md)."),
]


def review(  # noqa: PLR0913, PLR0917  what a worksheet does not say itself
    file: _File,
    case: _Case = None,
    variant: _Variant = None,
    on: _On = None,
    setting: _Setting = None,
    payer: _Payer = None,
    prices: _Prices = None,
    as_json: AsJson = False,
) -> None:
    """Judge a coded encounter by every edit, group it, and say what it is expected to pay.

    Leaves with 1 where there is an error, 0 where there are only warnings and notes, or nothing.
    JSON: {"on", "setting", "payer", "counts", "findings": [{"id", "place", "message", "remedy",
    "severity", "cite", "source", "at_risk": {"amount", "why"}}], "not_judged": [{"id", "tell",
    "refused"}], "stay": null or {"drg", "why", "what_if"}, "outpatient": null or {"apc", "why"},
    "risk": null or {"hcc", "month", "open", "why"}, "expected": {"system", "lines": [{"place",
    "code", "price": {"amount", "steps"}, "why", "notes"}], "total", "why"}}.
    """
    from codinglab.core.tables import read_text
    from codinglab.course.review import review as judge
    from codinglab.course.review_read import About, read, read_prices
    from codinglab.course.review_text import as_text

    place = "standard input" if file == "-" else file
    text = sys.stdin.read() if file == "-" else read_text(Path(file))
    about = About(case, variant, on.date() if on else None, setting, payer)
    found = judge(read(text, place, about, read_prices(prices) if prices else None))
    finish(
        found.as_json(),
        as_json=as_json,
        text=lambda: as_text(found),
        findings=found.has_errors,
    )
