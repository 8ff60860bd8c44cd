"""Files whose columns are named by a header line, below any number of title lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from codinglab.codes.importers.kind import Bad, Found, Good, Numbered
from codinglab.codes.importers.values import text
from codinglab.core.tables import BadData

HEAD_LINES = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ours, the pattern that its header matches, and how its values are read."""

    name: str
    header: str
    read: Callable[[str], str] = text
    required: bool = True


def fields(lines: Numbered, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number of its last line; a quoted field may span lines."""
    last = 0

    def told() -> Iterator[str]:
        nonlocal last
        for at, line in lines:
            last = at
            yield f"{line}\n"

    # Not strict: official text files hold inch marks, 4" x 4", that quote nothing.
    records = csv.reader(told(), delimiter=delimiter)
    while True:
        try:
            record = next(records, None)
        except csv.Error as error:
            raise BadData(f"line {last}: not readable as a table: {error}") from None
        if record is None:
            return
        yield last, record


def places(record: list[str], columns: tuple[Column, ...]) -> dict[str, int] | None:
    """Return where each column stands when `record` is the header, else None."""
    heads = [text(head).lower() for head in record]
    found = {}
    for column in columns:
        at = next((at for at, head in enumerate(heads) if re.search(column.header, head)), None)
        if at is None and column.required:
            return None
        if at is not None:
            found[column.name] = at
    # All in one field is a header between other delimiters.
    return found if len(set(found.values())) == len(found) else None


def _delimiter(head: tuple[str, ...], columns: tuple[Column, ...]) -> str | None:
    """Return tab or comma, whichever shows a header with `columns` in the lines of `head`."""
    for delimiter in "\t,":
        records = fields(enumerate(head, 1), delimiter)
        if any(places(record, columns) is not None for _, record in records):
            return delimiter
    return None


def has_header(columns: tuple[Column, ...]) -> Callable[[tuple[str, ...]], bool]:
    """Return a test whether the first lines of a file hold a header with `columns`."""
    return lambda head: _delimiter(head, columns) is not None


def reader(
    table: str, columns: tuple[Column, ...], code_of: tuple[str, ...] = ()
) -> Callable[[Numbered], Iterator[Found]]:
    """Return a reader of the rows, between tabs or commas, below a header.

    A record with words in its first field and nothing else is a remark of the publisher's, not a
    row. Where no column is called code, `code_of` names those that make it.
    """

    def read(lines: Numbered) -> Iterator[Found]:
        rest = iter(lines)
        head = tuple(islice(rest, HEAD_LINES))
        delimiter = _delimiter(tuple(said for _, said in head), columns) or ","
        where: dict[str, int] | None = None
        for line, record in fields(chain(head, rest), delimiter):
            filled = [value for value in record if value.strip()]
            if where is None:
                where = places(record, columns)
            elif filled and not (len(filled) == 1 and " " in record[0].strip()):
                yield _row(line, record, where)

    def _row(line: int, record: list[str], where: dict[str, int]) -> Found:
        if len(record) <= max(where.values()):
            return Bad(line, f"has {len(record)} fields, and needs {max(where.values()) + 1}")
        try:
            values = {
                one.name: one.read(record[where[one.name]]) for one in columns if one.name in where
            }
        except ValueError as error:
            return Bad(line, str(error))
        if code_of:
            values["code"] = "-".join(values[name] for name in code_of)
        return Good(line, table, values)

    return read
