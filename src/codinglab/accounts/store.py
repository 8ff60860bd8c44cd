"""The journal in a database, by SQLAlchemy: append-only, and each write is whole or not at all.

A SQLite file is the embedded default; the same code keeps the books in PostgreSQL where the URL
names it. Whoever writes holds the books alone until all is written, so what was read to decide an
entry is still true when the entry is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from codinglab.accounts.journal import Entry
from codinglab.accounts.record import (
    Account,
    Batch,
    Held,
    Note,
    PostedClaim,
    PostedRemittance,
)
from codinglab.accounts.store_rows import (
    account_row,
    entry_rows,
    plain_row,
    read_account,
    read_entries,
    read_held,
    read_note,
    to_dollars,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine, Select, Table

_PAGE = 2_000  # entries read at once
_MANY = 500  # values in one question; SQLite takes some thousands
_LOCK = 835  # the name of the writers' lock in PostgreSQL
_WAIT = 30  # seconds that a writer waits for another


class Refused(ValueError):
    """The books do not take this: `what` has a number that stands there already, or is no books."""


class Books:
    """The books within one transaction: all that is asked and written belongs together."""

    def __init__(self, connection: Connection) -> None:
        """Read and write through `connection`."""
        self._connection = connection

    def write(self, batch: Batch) -> None:
        """Add all of `batch`.

        Raises Refused where a number stands in the books already, NotWholeCents for a fraction
        of a cent.
        """
        from codinglab.accounts import store_tables as tables

        heads, sides = entry_rows(batch.entries, self._next(tables.entries))
        self._add(tables.entries, heads)
        self._add(tables.postings, sides)
        self._add(tables.accounts, [account_row(one) for one in batch.accounts])
        for table, values in (
            (tables.notes, batch.notes),
            (tables.claims, batch.claims),
            (tables.remittances, batch.remittances),
            (tables.held, batch.held),
        ):
            first = self._next(table) if values else 0
            self._add(table, [plain_row(one, at) for at, one in enumerate(values, first)])
        self._add(tables.released, [{"number": one} for one in batch.released])

    def _add(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        from sqlalchemy.exc import IntegrityError

        if not rows:
            return
        try:
            self._connection.execute(table.insert(), rows)
        except IntegrityError as error:
            raise Refused(
                f"{table.name}: a number of this batch stands in the books already, or twice in "
                f"the batch; nothing of it was written ({error.orig})"
            ) from None

    def _next(self, table: Table) -> int:
        from sqlalchemy import func, select

        return int(self._connection.scalar(select(func.max(table.c.id))) or 0) + 1

    def _rows(self, question: Select[Any]) -> Iterator[Any]:
        yield from self._connection.execute(question.execution_options(yield_per=2_000))

    def entries(self, *, sources: Collection[str]) -> Iterator[Entry]:
        """Yield the entries of these `sources`, in the order of the books."""
        from codinglab.accounts.store_tables import entries

        for some in _few(sources):
            yield from self._entries(entries.c.source.in_(some))

    def page(
        self, after: int, many: int, account: str | None = None
    ) -> tuple[list[Entry], int | None]:
        """Return at most `many` entries after the one of id `after`, and the last one's id.

        The id is None where there are no more. With `account`, only entries that touch it.
        """
        from sqlalchemy import and_, select

        from codinglab.accounts.store_tables import entries, postings

        chosen = select(entries.c.id).where(entries.c.id > after)
        if account is not None:
            of = select(postings.c.entry).where(postings.c.account == account)
            chosen = chosen.where(entries.c.id.in_(of))
        chosen = chosen.order_by(entries.c.id).limit(many)
        ids = list(self._connection.scalars(chosen))
        if not ids:
            return [], None
        within = [entries.c.id.between(ids[0], ids[-1])]
        if account is not None:
            within.append(entries.c.id.in_(ids))
        return list(self._entries(and_(*within))), ids[-1]

    def _entries(self, chosen: ColumnElement[bool]) -> Iterator[Entry]:
        from sqlalchemy import select

        from codinglab.accounts.store_tables import entries, postings

        heads = select(entries).where(chosen).order_by(entries.c.id)
        sides = (
            select(postings)
            .join(entries)
            .where(chosen)
            .order_by(postings.c.entry, postings.c.place)
        )
        yield from read_entries(self._rows(heads), self._rows(sides))

    def sums(
        self, *, accounts: Collection[str] | None = None, until: date | None = None
    ) -> Iterator[tuple[str, str, int | None, str, int]]:
        """Yield `ledger, account, line, payer, cents`: the sum of what was posted to each.

        `accounts` limits it to these, `until` to entries of that day and before.
        """
        from sqlalchemy import func, select

        from codinglab.accounts.store_tables import entries, postings

        key = (postings.c.ledger, postings.c.account, postings.c.line, postings.c.payer)
        asked = select(*key, func.sum(postings.c.cents)).group_by(*key)
        if until is not None:
            asked = asked.join(entries).where(entries.c.day <= until)
        for some in _few(accounts) if accounts is not None else (None,):
            one = asked if some is None else asked.where(postings.c.account.in_(some))
            for ledger, account, line, payer, cents in self._rows(one):
                yield ledger, account, line, payer, int(cents)

    def accounts(self, numbers: Collection[str] | None = None) -> dict[str, Account]:
        """Return the visits by number: all, or those of `numbers` that the books have."""
        from sqlalchemy import select

        from codinglab.accounts.store_tables import accounts

        found: dict[str, Account] = {}
        for some in _few(numbers) if numbers is not None else (None,):
            asked = select(accounts).order_by(accounts.c.number)
            asked = asked if some is None else asked.where(accounts.c.number.in_(some))
            found |= {row.number: read_account(row) for row in self._rows(asked)}
        return found

    def notes(self, account: str | None = None) -> tuple[Note, ...]:
        """Return the trail in order, of one account or of all."""
        from sqlalchemy import select

        from codinglab.accounts.store_tables import notes

        asked = select(notes).order_by(notes.c.id)
        asked = asked if account is None else asked.where(notes.c.account == account)
        return tuple(map(read_note, self._rows(asked)))

    def claims(self, accounts: Collection[str]) -> dict[str, list[PostedClaim]]:
        """Return what was posted of `accounts` in order, those that have something."""
        from sqlalchemy import select

        from codinglab.accounts.store_tables import claims

        found: dict[str, list[PostedClaim]] = {}
        for some in _few(accounts):
            asked = select(claims).where(claims.c.account.in_(some)).order_by(claims.c.id)
            for row in self._rows(asked):
                one = PostedClaim(*(getattr(row, name) for name in PostedClaim.__slots__))
                found.setdefault(one.account, []).append(one)
        return found

    def remittances(self, trace: str | None = None) -> tuple[PostedRemittance, ...]:
        """Return the remittances posted, in order: all, or those of `trace`."""
        from sqlalchemy import select

        from codinglab.accounts.store_tables import remittances

        asked = select(remittances).order_by(remittances.c.id)
        asked = asked if trace is None else asked.where(remittances.c.trace == trace)
        return tuple(
            PostedRemittance(
                *(row.origin, row.trace, to_dollars(row.cents), row.digest),
                *(row.payer, row.method, row.paid_on, row.posted),
            )
            for row in self._rows(asked)
        )

    def held(self, *, also_released: bool = False) -> tuple[Held, ...]:
        """Return what waits in quarantine, in order; `also_released` adds what waits no more."""
        from sqlalchemy import select

        from codinglab.accounts.store_tables import held, released

        asked = select(held).order_by(held.c.id)
        if not also_released:
            asked = asked.where(held.c.number.not_in(select(released.c.number)))
        return tuple(map(read_held, self._rows(asked)))


def _few(values: Collection[str]) -> Iterator[list[str]]:
    every = sorted(set(values))
    for at in range(0, len(every), _MANY):
        yield every[at : at + _MANY]


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
