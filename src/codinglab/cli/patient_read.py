"""What the verbs of `codinglab patient` share: the books, the day, and errors told in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from codinglab.core.money import TOO_MUCH, has_cents

if TYPE_CHECKING:
    from codinglab.accounts.patient_policy import Site as PolicySite
    from codinglab.accounts.store import Store


class Site(StrEnum):
    """Whose rules hold."""

    PRACTICE = "practice"
    HOSPITAL = "tax-exempt-hospital"


Books = Annotated[
    str, typer.Argument(help="The books: a SQLite file or a database URL.", show_default=False)
]
AtSite = Annotated[Site, typer.Option("--site", help="Whose rules on collection hold.")]
To = Annotated[Path | None, typer.Option("--to", help="Write it to this file instead.")]
AccountOption = Annotated[str, typer.Option("--account", help="The visit's number.")]


def bad_data(message: str) -> Exception:
    """Return the error that is told in one line; its module is heavy, so it is read when needed."""
    from codinglab.core.tables import BadData

    return BadData(message)


def site_of(told: Site) -> PolicySite:
    """Return the site as the policies name it."""
    return cast("PolicySite", told.value.replace("tax-exempt-", "tax-exempt "))


def dollars_of(text: str, name: str) -> Decimal:
    """Return dollars of 0 or more, in whole cents; raises BadData naming the option."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or not 0 <= found < TOO_MUCH:
        raise bad_data(f"{name}: {text!r} is no amount in dollars; write one such as 1250.00")
    if not has_cents(found):
        raise bad_data(f"{name}: {text} is no whole number of cents; round it first")
    return found


def ends_in(to: Path | None, *suffixes: str) -> None:
    """Raise BadData unless a file to be written ends in one of these."""
    if to is not None and to.suffix not in suffixes:
        *first, last = suffixes
        raise bad_data(f"{to}: end the name in {', '.join(first)} or {last}")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the rooms' own refusals into errors that are told in one line."""
    from codinglab.accounts.by_hand import NotAllowed
    from codinglab.accounts.estimate import EstimateRefused
    from codinglab.accounts.plan import PlanRefused
    from codinglab.accounts.statement import NoSuchPatient
    from codinglab.accounts.store import Refused
    from codinglab.codes.release import NotInTable

    refusals = (NotAllowed, EstimateRefused, PlanRefused, NoSuchPatient, Refused, NotInTable)
    try:
        yield
    except refusals as error:
        raise bad_data(str(error)) from None


@contextmanager
def opened(books: str) -> Iterator[Store]:
    """Yield the books of a file or URL; raises BadData where there are none."""
    from sqlalchemy.exc import SQLAlchemyError

    from codinglab.accounts.store import Store

    at = books if "://" in books else Path(books)
    if isinstance(at, Path) and not at.is_file():
        raise bad_data(f"{books}: there are no books; name their file, or a database URL")
    try:
        with told_plainly(), Store(at, make=False) as store:
            yield store
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        raise bad_data(f"{books}: no books can be read there: {error.args[0]}") from None
