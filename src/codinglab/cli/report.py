"""What every command shares: JSON or text on standard output, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

import typer

FINE, FINDINGS, COULD_NOT_RUN = 0, 1, 2

AsJson = Annotated[
    bool, typer.Option("--json", help="Print JSON with stable keys instead of text.")
]


def expected_errors() -> tuple[type[Exception], ...]:
    """Return the errors that a user can mend: they are told in one line, without a traceback."""
    from codinglab.core.dates import NotInForce
    from codinglab.core.places import DataMissing
    from codinglab.core.tables import BadData
    from codinglab.course.key import KeyWithheld

    files = (PermissionError, FileNotFoundError, IsADirectoryError, NotADirectoryError)
    return (BadData, DataMissing, NotInForce, KeyWithheld, *files)


def finish(
    value: Any, *, as_json: bool, text: Callable[[], str], findings: bool = False
) -> NoReturn:
    """Print `value` as JSON or `text()`, and leave with 1 where there are `findings`, else 0."""
    print(json.dumps(value, indent=1, ensure_ascii=False) if as_json else text())  # noqa: T201  output
    raise typer.Exit(FINDINGS if findings else FINE)
