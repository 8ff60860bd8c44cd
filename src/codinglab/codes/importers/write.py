"""Write the rows of recognised files as checked tables into a new folder."""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from codinglab.codes.importers.files import Progress, Text, lines
from codinglab.codes.importers.kind import Bad, Found, Good, Kind, LeftOut
from codinglab.codes.importers.repeats import Repeats
from codinglab.core.tables import BadData

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not kept: the file, its line and the reason."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """Return the rejection as one line of text."""
        return f"{self.file}, line {self.line}: {self.reason}"

    def as_json(self) -> dict[str, str | int]:
        """Return the JSON form with stable keys."""
        return {"file": self.file, "line": self.line, "reason": self.reason}


@dataclass(slots=True)
class Tally:
    """What became of the rows; `rejected` holds the first hundred, `rejections` counts all."""

    kept: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    rejections: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Return how many rows were read in all."""
        return self.kept.total() + self.left_out.total() + self.rejections

    def reject(self, file: str, line: int, reason: str) -> None:
        """Count a row that cannot be kept."""
        self.rejections += 1
        if len(self.rejected) < SHOWN:
            self.rejected.append(Rejected(file, line, reason))


class _Tables:
    """The open tables of one import, in `folder`."""

    def __init__(self, kind: Kind, folder: Path, stack: ExitStack) -> None:
        self._kind = kind
        self.tally = Tally()
        self.repeats = stack.enter_context(Repeats(folder / "repeats.db"))
        self._columns = {table: tuple(model.model_fields) for table, model in kind.tables.items()}
        self._sheets = {}
        for table, columns in self._columns.items():
            file = stack.enter_context((folder / table).open("w", encoding="utf-8", newline=""))
            self._sheets[table] = csv.writer(file, lineterminator="\n")
            self._sheets[table].writerow(columns)

    def put(self, found: Found, label: str, source: int) -> None:
        """Count one row of the file `label`, the `source`-th, and write it where it is good."""
        if isinstance(found, Good):
            if fault := _fault(self._kind, found):
                self.tally.reject(label, found.line, fault)
            else:
                self._write(found, source)
        elif isinstance(found, LeftOut):
            self.tally.left_out[found.reason] += 1
        elif isinstance(found, Bad):
            self.tally.reject(label, found.line, found.reason)

    def _write(self, found: Good, source: int) -> None:
        table, values = found.table, found.values
        self._sheets[table].writerow([values.get(name, "") for name in self._columns[table]])
        self.tally.kept[table] += 1
        key = " ".join([values[name] for name in self._kind.key(table)])
        start, stop = values.get("effective_from", ""), values.get("effective_to", "")
        self.repeats.add(f"{table}: {key}", start, stop, source, found.line)


def write(kind: Kind, files: tuple[Text, ...], folder: Path, progress: Progress | None) -> Tally:
    """Write the tables of `kind` from `files` into `folder`, and say what became of the rows.

    Raises BadData, naming file and line, when a file is damaged, or when rows repeat each other
    or overlap in their days.
    """
    done, total = 0, sum(one.size for one in files)
    with ExitStack() as stack:
        tables = _Tables(kind, folder, stack)
        for source, one in enumerate(files):
            told = _offset(progress, done, total) if progress else None
            try:
                for found in kind.read(lines(one, kind.encoding, told)):
                    tables.put(found, one.label, source)
            except BadData as error:  # a reader knows the line, but not the file
                said = str(error)
                said = said if said.startswith(one.label) else f"{one.label}, {said}"
                raise BadData(said) from None
            done += one.size
        twice = tables.repeats.found(tuple(one.label for one in files))
    (folder / "repeats.db").unlink()
    if twice:
        raise BadData(
            "\n".join(twice) + "\nrows must not repeat or overlap; take one of each out of the "
            "file (or do not give the same file twice); nothing was imported"
        )
    for table in kind.tables:
        if not tables.tally.kept[table]:
            (folder / table).unlink()
    return tables.tally


def _offset(progress: Progress, done: int, total: int) -> Progress:
    return lambda at, _: progress(done + at, total)


def _fault(kind: Kind, found: Good) -> str | None:
    """Return what is wrong with a row by the model of its table, or None."""
    values = {name: value for name, value in found.values.items() if value}
    try:
        kind.tables[found.table].__pydantic_validator__.validate_python(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"]))
        return f"{name}: {first['msg']} (found {str(values.get(name, 'nothing'))!r:.60})"
    start, stop = values.get("effective_from"), values.get("effective_to")
    if start and stop and stop <= start:  # both in ISO form
        return f"ends (before {stop}) no later than it begins ({start})"
    return None
