"""The journal in a database, by SQLAlchemy: append-only, and each write is whole or not at all.

A SQLite file is the embedded default; the same code keeps the books in PostgreSQL where the URL
names it. Whoever writes holds the books alone until all is written, so what was read to decide an
entry is still true when the entry is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from codinglab.accounts.books import Books, Refused
from codinglab.accounts.journal import Entry
from codinglab.accounts.record import Account, Batch, Held, Note, PostedRemittance

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["Books", "Refused", "Store"]

_PAGE = 2_000  # entries read at once
_LOCK = 835  # the name of the writers' lock in PostgreSQL
_WAIT = 30  # seconds that a writer waits for another


class Store:
    """Books at `url`: "sqlite:///books.db", "sqlite://" (in memory), "postgresql+psycopg://...".

    They are made where there are none. Raises Refused where the database holds books of another
    version.
    """

    def __init__(self, url: str) -> None:
        """Open (or make) the books."""
        self._engine = _engine(url)
        self._make()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give the database's connections back."""
        self._engine.dispose()

    def _make(self) -> None:
        from sqlalchemy import func, insert, select

        from codinglab.accounts.store_tables import METADATA, VERSION, books

        with self._transaction(alone=True) as connection:
            METADATA.create_all(connection)
            found = connection.scalar(select(func.max(books.c.version)))
            if found is None:
                connection.execute(insert(books).values(version=VERSION))
            elif found != VERSION:
                raise Refused(
                    f"these books are of version {found}, this program writes version {VERSION}; "
                    "replay their entries into new books"
                )

    @contextmanager
    def _transaction(self, *, alone: bool) -> Iterator[Connection]:
        postgres = self._engine.dialect.name == "postgresql"
        options: dict[str, Any] = {"alone": alone}
        if postgres:  # a writer must see what the one before it wrote while it waited
            options["isolation_level"] = "READ COMMITTED" if alone else "REPEATABLE READ"
        with (
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            if alone and postgres:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Books]:
        """Yield the books for reading and writing: all is kept at the end, nothing on an error."""
        with self._transaction(alone=True) as connection:
            yield Books(connection)

    @contextmanager
    def reading(self) -> Iterator[Books]:
        """Yield the books for reading, as they are at one moment."""
        with self._transaction(alone=False) as connection:
            yield Books(connection)

    def append(self, entries: Iterable[Entry]) -> None:
        """Add `entries` to the journal, all or none; raises Refused for a number used before."""
        self.write(Batch(entries=tuple(entries)))

    def write(self, batch: Batch) -> None:
        """Add all of `batch` or nothing; raises Refused for a number used before."""
        with self.writing() as books:
            books.write(batch)

    def entries(self, account: str | None = None) -> Iterator[Entry]:
        """Yield the entries in the order of the books, all or those that touch `account`.

        They are read in pages, so the books may grow meanwhile; what grew is yielded too.
        """
        last: int | None = 0
        while last is not None:
            with self.reading() as books:
                page, last = books.page(last, _PAGE, account)
            yield from page

    def accounts(self, numbers: Collection[str] | None = None) -> dict[str, Account]:
        """Return the visits by number."""
        with self.reading() as books:
            return books.accounts(numbers)

    def visits_of(self, patient: str) -> dict[str, Account]:
        """Return the visits of a patient, named as the books do, by number."""
        with self.reading() as books:
            return books.visits_of(patient)

    def notes(self, account: str | None = None) -> tuple[Note, ...]:
        """Return the trail in order, of one account or of all."""
        with self.reading() as books:
            return books.notes(account)

    def held(self, *, also_released: bool = False) -> tuple[Held, ...]:
        """Return what waits in quarantine, in order."""
        with self.reading() as books:
            return books.held(also_released=also_released)

    def remittances(self) -> tuple[PostedRemittance, ...]:
        """Return the remittances posted, in order."""
        with self.reading() as books:
            return books.remittances()


def _engine(url: str) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    in_memory = url in {"sqlite://", "sqlite:///:memory:"}
    if not url.startswith("sqlite"):
        return create_engine(url)
    more: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(url, connect_args={"timeout": _WAIT, "check_same_thread": False}, **more)

    # The driver's own idea of when a transaction begins is switched off: each says it itself.
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        alone = connection.get_execution_options().get("alone")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if alone else "BEGIN")

    return engine
