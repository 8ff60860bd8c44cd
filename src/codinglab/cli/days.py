"""The day on which a command works: the one that was named, or the user's own today."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day; today if left out."),
]


def day_of(told: datetime | None) -> date:
    """Return the day that was named, today where none was."""
    return (told or datetime.now()).date()  # noqa: DTZ005  the user's own day
