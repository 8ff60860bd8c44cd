"""The tables of the books, the same on SQLite and PostgreSQL; rows are added and never changed.

Money is whole cents. Triggers refuse every UPDATE and DELETE, whoever asks.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    event,
)

VERSION = 2
"""2 added the corrections of accounts; books of 1 lack nothing else."""
METADATA = MetaData()

_Id = BigInteger().with_variant(Integer, "sqlite")


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _cents(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _day(name: str) -> Column[object]:
    return Column(name, Date, nullable=False)


books = Table("books", METADATA, Column("version", Integer, primary_key=True, autoincrement=False))

entries = Table(
    "entries",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, unique=True),
    _day("day"),
    *map(_text, ("kind", "source", "reason", "authority")),
    Index("entries_by_source", "source"),
    Index("entries_by_day", "day"),
)

postings = Table(
    "postings",
    METADATA,
    Column("entry", _Id, ForeignKey("entries.id"), primary_key=True, autoincrement=False),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    _text("ledger"),
    _cents("cents"),
    _text("account"),
    Column("line", SmallInteger),
    *map(_text, ("payer", "group_code", "carc")),
    Index("postings_by_account", "account"),
)

accounts = Table(
    "accounts",
    METADATA,
    Column("number", Text, primary_key=True),
    _day("opened"),
    *map(_text, ("patient", "payers", "filings", "lines")),
)

corrections = Table(
    "corrections",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=False),
    Column("number", Text, ForeignKey("accounts.number"), nullable=False),
    _text("lines"),
    Index("corrections_by_number", "number"),
)

notes = Table(
    "notes",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=False),
    _day("day"),
    *map(_text, ("kind", "account", "reason", "text", "source", "who", "payer")),
    Column("line", SmallInteger),
    _cents("cents"),
    Index("notes_by_account", "account"),
)

claims = Table(
    "posted_claims",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False, unique=True),
    *map(_text, ("account", "payer", "status", "number", "content", "reverses")),
    Index("posted_claims_by_account", "account"),
)

remittances = Table(
    "remittances",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=False),
    *map(_text, ("origin", "trace", "payer", "method")),
    Column("digest", Text, nullable=False, unique=True),
    _cents("cents"),
    _day("paid_on"),
    _day("posted"),
    UniqueConstraint("origin", "trace"),
)

held = Table(
    "held",
    METADATA,
    Column("id", _Id, primary_key=True, autoincrement=False),
    Column("number", Text, nullable=False, unique=True),
    _day("day"),
    *map(_text, ("reason", "text", "origin", "trace", "payer", "account")),
    Column("place", Integer, nullable=False),
    _cents("cents"),
    Column("content", LargeBinary, nullable=False),
)

released = Table(
    "released",
    METADATA,
    Column("number", Text, ForeignKey("held.number"), primary_key=True),
)

_REFUSAL = "the books only grow: reverse an entry, never change it"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION books_only_grow() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$ LANGUAGE plpgsql
"""


def _ddl(text: str) -> DDL:
    return DDL(text)  # type: ignore[no-untyped-call]


def _guard(table: Table) -> None:
    for verb in ("UPDATE", "DELETE"):
        name = f"{table.name}_no_{verb.lower()}"
        on_sqlite = _ddl(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
        on_postgres = _ddl(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table.name} "
            "FOR EACH ROW EXECUTE FUNCTION books_only_grow()"
        )
        event.listen(table, "after_create", on_sqlite.execute_if(dialect="sqlite"))
        event.listen(table, "after_create", on_postgres.execute_if(dialect="postgresql"))


event.listen(METADATA, "before_create", _ddl(_FUNCTION).execute_if(dialect="postgresql"))
for _table in METADATA.sorted_tables:
    _guard(_table)
