"""The journal in a database, by SQLAlchemy: append-only, and each write is whole or not at all.

A SQLite file is the embedded default; the same code keeps the books in PostgreSQL where the URL
names it. Whoever writes holds the books alone until all is written, so what was read to decide an
entry is still true when the entry is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from codinglab.accounts.books import Books, Refused
from codinglab.accounts.journal import Entry
from codinglab.accounts.record import Account, Batch, Held, Note, PostedRemittance
from codinglab.accounts.store_rows import Side

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

__all__ = ["Books", "Refused", "Store"]

_PAGE = 2_000  # entries read at once
_LOCK = 835  # the name of the writers' lock in PostgreSQL
_WAIT = 30  # seconds that a writer waits for another


class Store:
    """Books at `at`: a file, "sqlite://" (in memory), "postgresql+psycopg://...".

    They are made where there are none, unless `make` is off, and books of an earlier version are
    brought up to this one. Raises Refused where there are none to open, and where the database
    holds books of a later version or is another program's.
    """

    def __init__(self, at: str | Path, *, make: bool = True) -> None:
        """Open (or make) the books."""
        self._engine = _engine(at)
        try:
            self._open(make=make)
        except Refused as error:
            self.close()
            raise Refused(f"{_where(self._engine.url)}: {error}") from None
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give the database's connections back."""
        self._engine.dispose()

    def _open(self, *, make: bool) -> None:
        """Find the books by reading alone, so that a file may be read-only or being written to."""
        from codinglab.accounts.store_tables import VERSION

        with self._transaction(alone=False) as connection:
            found = _version(connection)
        if found is None and not make:
            raise Refused("there are no books here; entering charges makes them")
        if found is None or found < VERSION:
            found = self._make()
        if found != VERSION:
            raise Refused(
                f"these books are of version {found}, this program writes version {VERSION}; "
                "use the program that made them"
            )

    def _make(self) -> int:
        """Add the tables that are lacking, unless somebody else did so meanwhile."""
        from sqlalchemy import insert

        from codinglab.accounts.store_tables import METADATA, VERSION, books

        with self._transaction(alone=True) as connection:
            found = _version(connection)
            if found is not None and found >= VERSION:
                return found
            METADATA.create_all(connection)
            connection.execute(insert(books).values(version=VERSION))
        return VERSION

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

    def sides(self) -> Iterator[Side]:
        """Yield every posting in the order of the books, as they are at one moment.

        Sums over a year are four times as fast as by its entries.
        """
        with self.reading() as books:
            yield from books.sides()

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


def _version(connection: Connection) -> int | None:
    """Return the version of the books, None where there are none yet.

    Raises Refused where another program's tables stand there: nothing is added to its database.
    """
    from sqlalchemy import func, inspect, select

    from codinglab.accounts.store_tables import METADATA, books

    looked = inspect(connection)
    names = set(looked.get_table_names())
    if books.name in names:
        columns = {one["name"] for one in looked.get_columns(books.name)}
        found = connection.scalar(select(func.max(books.c.version))) if "version" in columns else 0
        if found:
            return int(found)
    # A server may keep other programs' tables beside the books; a file is one program's alone.
    others = names if connection.dialect.name == "sqlite" else names & set(METADATA.tables)
    if others:
        raise Refused(
            f"this database is another program's: it has {', '.join(sorted(others))}, and is left "
            "as it was; name a file or database of its own for the books"
        )
    return None


def _where(url: URL) -> str:
    """Return the file or URL as it is told, without a password."""
    return (url.database or "") if url.drivername == "sqlite" else url.render_as_string()


def _engine(at: str | Path) -> Engine:
    from sqlalchemy import URL, create_engine, event
    from sqlalchemy.pool import StaticPool

    # A file's name is no part of a URL: it may have "?", "#" or "%" in it.
    url = URL.create("sqlite", database=str(at.absolute())) if isinstance(at, Path) else at
    in_memory = at in {"sqlite://", "sqlite:///:memory:"}
    if isinstance(url, str) and not url.startswith("sqlite"):
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
