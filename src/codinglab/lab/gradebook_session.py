"""A transaction on a course's gradebook: all or nothing, with savepoints that work in SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from codinglab.core.tables import BadData

FILE = "gradebook.db"
_WAIT = 30  # seconds to wait for another writer, such as formgrader


class GradebookError(BadData):
    """The gradebook cannot take the marks; the message says why and what to do."""


@contextmanager
def transaction(course: Path) -> Iterator[Any]:
    """Yield a connection to the course's gradebook that nobody else can write to meanwhile.

    Everything is committed at the end, or nothing. Raises GradebookError when there is no
    gradebook, or it cannot be written to.
    """
    from sqlalchemy.exc import OperationalError

    path = course / FILE
    if not path.is_file():
        raise GradebookError(
            f"{path} is not there; run 'nbgrader generate_assignment' in {course} first"
        )
    engine = _engine(path)
    try:
        with engine.connect() as connection:
            yield connection
            connection.commit()
    except OperationalError as error:
        raise GradebookError(f"{path}: {error.orig}; close what uses it and try again") from error
    finally:
        engine.dispose()


def _engine(path: Path) -> Any:
    """Return an engine whose transactions begin as writers, so that savepoints work in SQLite."""
    from sqlalchemy import URL, create_engine, event

    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": _WAIT}
    )

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def run_number(connection: Any) -> int:
    """Return the number of the last grading run whose marks the gradebook holds."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def set_run_number(connection: Any, number: int) -> None:
    """Let the gradebook hold `number`, if and when this transaction is committed."""
    connection.exec_driver_sql(f"PRAGMA user_version = {int(number)}")
