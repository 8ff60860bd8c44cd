"""What every verb of `codinglab accounts` shares: the books, days, and amounts as text."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.report import COULD_NOT_RUN

if TYPE_CHECKING:
    from codinglab.accounts.record import Held, Note
    from codinglab.accounts.store import Store

BooksAt = Annotated[
    str,
    typer.Argument(
        help="The books: a file, or the URL of a PostgreSQL database.", show_default=False
    ),
]
Account = Annotated[str, typer.Option(help="Only this account (patient control number).")]


@contextmanager
def opened(at: str, *, make: bool = False) -> Iterator[Store]:
    """Yield the books at a file or URL; leaves with 2 where there are none and `make` is off.

    It leaves with 2 too where what is asked of them is refused, with one line that says why.
    """
    from codinglab.accounts.by_hand import NotAllowed
    from codinglab.accounts.quarantine import NotReleased
    from codinglab.accounts.store import Refused, Store
    from codinglab.accounts.store_rows import NotWholeCents

    try:
        with Store(place(at, make=make), make=make) as store:
            yield store
    except (Refused, NotAllowed, NotReleased, NotWholeCents) as error:
        leave(str(error))
    except _unreachable() as error:
        leave(f"{at}: these books cannot be used: {str(error).splitlines()[0]}")


def place(at: str, *, make: bool = False) -> str | Path:
    """Return the URL or file of the books; leaves with 2 where there is no file, unless `make`."""
    if "://" in at:
        return at
    file = Path(at)
    if not make and not file.is_file():
        leave(f"{file}: there are no books here; `codinglab accounts charge` makes them")
    return file


def _unreachable() -> tuple[type[Exception], ...]:
    from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

    return (DBAPIError, ArgumentError, NoSuchModuleError, ModuleNotFoundError)


def leave(why: str) -> None:
    """Say on standard error why the command could not run, and leave with 2."""
    print(why, file=sys.stderr)  # noqa: T201  output
    raise typer.Exit(COULD_NOT_RUN)


def told_held(one: Held) -> dict[str, Any]:
    """Return what is held as the commands' JSON has it."""
    return {
        "number": one.number,
        "day": one.day.isoformat(),
        "reason": one.reason,
        "text": one.text,
        "payer": one.payer,
        "trace": one.trace,
        "account": one.account,
        "amount": str(one.amount),
    }


def told_note(one: Note) -> dict[str, Any]:
    """Return a line of the trail as the commands' JSON has it."""
    return {
        "day": one.day.isoformat(),
        "kind": one.kind,
        "account": one.account,
        "line": one.line,
        "reason": one.reason,
        "text": one.text,
        "payer": one.payer,
        "amount": str(one.amount),
        "source": one.source,
        "who": one.who,
    }


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as columns of text, the first one left-aligned and the others to the right."""
    if not rows:
        return ""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
