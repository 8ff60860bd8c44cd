"""What happened in a simulated year, kept in the same database as its books."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from codinglab.accounts.kpi_books import Period
from codinglab.accounts.kpi_history import Cost, Decided, History, Sent, Visit, Worked
from codinglab.core.tables import BadData

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, MetaData, Table

_KINDS: dict[str, type] = {
    "visits": Visit,
    "sent": Sent,
    "decided": Decided,
    "worked": Worked,
    "costs": Cost,
}
_PREFIX = "practice_"


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a simulation left: the days it covers and what happened; the books are in the store."""

    period: Period
    history: History


def _tables() -> tuple[MetaData, dict[str, Table]]:
    """Return a table for each kind: days and money as text, which both databases keep exactly."""
    from sqlalchemy import Column, Integer, MetaData, Table, Text

    data = MetaData()
    made = {}
    for name, kind in _KINDS.items():
        columns = [Column(one.name, Integer if one.type == "int" else Text) for one in fields(kind)]
        number = Column("row", Integer, primary_key=True, autoincrement=False)
        made[name] = Table(_PREFIX + name, data, number, *columns)
    made["run"] = Table(
        f"{_PREFIX}run",
        data,
        *(Column(name, Text, nullable=False) for name in ("first", "last", "practice")),
    )
    return data, made


def _engine(url: str) -> Engine:
    from sqlalchemy import create_engine

    return create_engine(url)


def keep(url: str, done: Simulated, practice: str) -> None:
    """Write what happened beside the books at `url`, all or nothing.

    The seed is not kept: with it, whoever has the file could make the year with nothing planted.
    """
    data, tables = _tables()
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            data.create_all(connection)
            period = done.period
            run = {"first": str(period.first), "last": str(period.last)}
            connection.execute(tables["run"].insert(), [run | {"practice": practice}])
            for name in _KINDS:
                rows = list(_told(getattr(done.history, name)))
                if rows:
                    connection.execute(tables[name].insert(), rows)
    finally:
        engine.dispose()


def _told(values: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    for at, one in enumerate(values, 1):
        row: dict[str, Any] = {"row": at}
        for each in fields(one):
            value = getattr(one, each.name)
            row[each.name] = str(value) if isinstance(value, date | Decimal) else value
        yield row


@contextmanager
def _opened(url: str) -> Iterator[tuple[Connection, dict[str, Table], Any]]:
    """Open what was kept: the connection, its tables, and the row that tells of the run."""
    from sqlalchemy import inspect, select

    _, tables = _tables()
    engine = _engine(url)
    try:
        if not inspect(engine).has_table(f"{_PREFIX}run"):
            raise BadData(
                f"{url}: holds no simulated practice; make one by `codinglab practice simulate`"
            )
        with engine.connect() as connection:
            yield connection, tables, connection.execute(select(tables["run"])).one()
    finally:
        engine.dispose()


def practice_of(url: str) -> str:
    """Return which practice was simulated; raises BadData where `url` holds none."""
    with _opened(url) as (_, _, run):
        return str(run.practice)


def kept(url: str) -> Simulated:
    """Return what was kept at `url`; raises BadData where it holds no simulated practice."""
    from sqlalchemy import select

    with _opened(url) as (connection, tables, run):
        history = History(
            **{
                name: tuple(
                    _read(kind, row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it
                    for row in connection.execute(select(tables[name]).order_by(tables[name].c.row))
                )
                for name, kind in _KINDS.items()
            }
        )
    period = Period(date.fromisoformat(run.first), date.fromisoformat(run.last))
    return Simulated(period, history)


def _read(kind: type, row: Any) -> Any:
    return kind(**{one.name: _value(one.type, row[one.name]) for one in fields(kind)})


def _value(told: object, text: Any) -> Any:
    if text is None:
        return None
    if str(told).startswith("date"):
        return date.fromisoformat(text)
    return Decimal(text) if str(told).startswith("Decimal") else text
