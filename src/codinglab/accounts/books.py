"""The books within one transaction of their database: what is asked, and what is added."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

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
    Side,
    account_row,
    correction_row,
    entry_rows,
    plain_row,
    read_account,
    read_entries,
    read_held,
    read_note,
    to_dollars,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select, Table

_MANY = 500  # values in one question; SQLite takes some thousands


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
        at = self._next(tables.corrections) if batch.corrected else 0
        rows = [correction_row(one, number) for number, one in enumerate(batch.corrected, at)]
        self._add(tables.corrections, rows)
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

    def entries_of(self, account: str) -> tuple[Entry, ...]:
        """Return the entries that touch the account, in the order of the books."""
        from sqlalchemy import select

        from codinglab.accounts.store_tables import entries, postings

        of = select(postings.c.entry).where(postings.c.account == account)
        return tuple(self._entries(entries.c.id.in_(of)))

    def entry(self, number: str) -> Entry | None:
        """Return the entry of this number, None where there is none."""
        from codinglab.accounts.store_tables import entries

        return next(iter(list(self._entries(entries.c.number == number))), None)

    def is_of_remittance(self, source: str) -> bool:
        """Say whether entries of `source` belong to a claim of a remittance that was posted."""
        from sqlalchemy import exists, select

        from codinglab.accounts.store_tables import claims

        return bool(self._connection.scalar(select(exists().where(claims.c.source == source))))

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

    def sides(self) -> Iterator[Side]:
        """Yield every posting in the order of the books, without making entries of them."""
        from sqlalchemy import select

        from codinglab.accounts.store_tables import entries, postings

        asked = (
            select(
                *(entries.c.id, entries.c.day, entries.c.kind, postings.c.ledger),
                *(postings.c.account, postings.c.line, postings.c.payer, postings.c.cents),
            )
            .join_from(postings, entries)
            .order_by(postings.c.entry, postings.c.place)
        )
        yield from self._rows(asked)

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
            found |= self._read_accounts(asked)
        return found

    def visits_of(self, patient: str) -> dict[str, Account]:
        """Return the visits of a patient, named as the books do, by number."""
        from sqlalchemy import select

        from codinglab.accounts.store_tables import accounts

        asked = select(accounts).where(accounts.c.patient == patient).order_by(accounts.c.number)
        return self._read_accounts(asked)

    def _read_accounts(self, asked: Select[Any]) -> dict[str, Account]:
        """Return the visits that are asked for, with the lines of their last correction."""
        from sqlalchemy import select

        from codinglab.accounts.store_tables import accounts, corrections

        numbers = asked.with_only_columns(accounts.c.number).order_by(None)
        later = select(corrections).where(corrections.c.number.in_(numbers))
        lines = {row.number: row.lines for row in self._rows(later.order_by(corrections.c.id))}
        return {
            row.number: read_account(row, lines.get(row.number, row.lines))
            for row in self._rows(asked)
        }

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
