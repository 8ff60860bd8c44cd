"""Published code sets by release, and the one release in force on a day.

`code_sets/<set>/<release>/release.yml` states when a release is in force, by which clock, where
it comes from, under what licence, and the hash of every table beside it. The installation brings
its own code sets; the user's data folder may hold more, imported from official files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar, cast

from pydantic import Field

from codinglab.core.dates import Dated, Span
from codinglab.core.places import data_folder, user_data_folder
from codinglab.core.tables import BadData, Row, read_csv, read_yaml


class NotInTable(LookupError):
    """The lab's table has no such code; that says nothing of whether the code exists."""


class ReleaseInfo(Row):
    """What release.yml says of one release of one code set."""

    set: str
    release: str
    effective_from: date
    effective_to: date | None = None
    clock: Literal["service", "discharge", "remit date"]
    source: str
    licence: str
    synthetic: bool
    note: str = ""
    tables: dict[str, str] = Field(default_factory=dict)
    sources: dict[str, str] = Field(default_factory=dict)
    rows: dict[str, int] = Field(default_factory=dict)
    billable_codes: int | None = None

    @property
    def span(self) -> Span:
        """Days on which the release is in force; the last day is not included."""
        return _span(self.effective_from, self.effective_to)


_span = lru_cache(maxsize=1024)(Span)  # each look-up of a code asks for one


@dataclass(frozen=True, slots=True)
class Release:
    """One release and the folder that holds its tables."""

    info: ReleaseInfo = field(compare=False)
    folder: Path

    def __str__(self) -> str:
        """Return set and release, as error texts name them."""
        return f"{self.info.set} {self.info.release}"


class CodeRow(Row):
    """A code with a label of few words; it may have days of its own within its release."""

    code: str
    label: str = ""
    effective_from: date | None = None
    effective_to: date | None = None

    def holds(self, day: date, release: Span) -> bool:
        """Say whether the row is in force on `day`, within the days of its `release`."""
        if self.effective_from is None and self.effective_to is None:
            return day in release  # most rows; a span of each costs more than all else
        start, end = self.effective_from or release.start, self.effective_to or release.end
        return day in Span(start, end)


R = TypeVar("R", bound=CodeRow)
P = ParamSpec("P")
T = TypeVar("T")


def code_sets_folder() -> Path:
    """Return the folder of all code sets; raises DataMissing when the install lacks it."""
    return data_folder("code_sets")


def imported_folder() -> Path:
    """Return the folder of the code sets that the user imported; it need not exist."""
    return _code_sets_below(user_data_folder())


@lru_cache(maxsize=4)
def _code_sets_below(folder: Path) -> Path:
    return folder / "code_sets"


def set_names() -> tuple[str, ...]:
    """Return the names of all code sets, of the installation and imported, in order."""
    homes = (code_sets_folder(), imported_folder())
    found = {file.parents[1].name for home in homes for file in home.glob("*/*/release.yml")}
    return tuple(sorted(found))


def digest(path: Path) -> str:
    """Return the SHA-256 of the file `path` in hexadecimal."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_release(folder: Path) -> Release:
    """Return the release in `folder`; raises BadData when its names and folders disagree."""
    info = read_yaml(folder / "release.yml", ReleaseInfo)
    if (info.set, info.release) != (folder.parent.name, folder.name):
        raise BadData(
            f"{folder / 'release.yml'}: says {info.set}/{info.release} but lies in "
            f"{folder.parent.name}/{folder.name}; make them agree"
        )
    return Release(info, folder)


def releases(name: str, folder: Path | None = None) -> Dated[Release]:
    """Return every release of the code set `name`, each with its days.

    `folder` holds the code sets; by default they are those of the installation and those that
    the user imported. A set that is not there has no releases: asking it for a day raises
    NotInForce. Raises BadData, naming both, when two releases are in force on the same days.
    """
    held = None if folder else _held.get()
    if held is None:
        return _releases(name, (folder,) if folder else _homes())
    found = held.sets.get(name)
    if found is None:
        found = held.sets[name] = _releases(name, held.homes)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Homes:
    """Folders of code sets, and the sets found in them so far."""

    homes: tuple[Path, ...]
    sets: dict[str, Dated[Release]] = field(default_factory=dict)


_held: ContextVar[_Homes | None] = ContextVar("homes of the code sets", default=None)
_found_in = lru_cache(maxsize=4)(_Homes)
_forgetting: list[Callable[[], None]] = []


def _homes() -> tuple[Path, ...]:
    return code_sets_folder(), imported_folder()


class folders_held:  # noqa: N801  used as a function is; a generator takes four times as long
    """Look for the folders of the code sets once, for all that is asked of them within.

    To read where the user's data lie costs more than most look-ups; an encounter asks twenty
    times, and nothing is imported meanwhile.
    """

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        """Hold the folders, unless they are held already."""
        self._token = _held.set(_found_in(_homes())) if _held.get() is None else None

    def __exit__(self, *_: object) -> None:
        """Let go of the folders where they were not held before."""
        if self._token is not None:
            _held.reset(self._token)


def kept(maxsize: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a keeper of the last `maxsize` answers of a function that asks code sets alone.

    The answers hold for the folders that `folders_held` holds, until `forget`; where none are held
    the function is asked each time. What raises is not kept.
    """

    def keeper(ask: Callable[P, T]) -> Callable[P, T]:
        cache = lru_cache(maxsize)(lambda _, *args, **named: ask(*args, **named))
        known: Callable[..., T] = cache
        _forgetting.append(cache.cache_clear)

        @wraps(ask)
        def answer(*args: P.args, **kwargs: P.kwargs) -> T:
            held = _held.get()
            return ask(*args, **kwargs) if held is None else known(held, *args, **kwargs)

        return answer

    return keeper


@lru_cache(maxsize=64)
def _releases(name: str, homes: tuple[Path, ...]) -> Dated[Release]:
    files = [file for home in homes for file in sorted((home / name).glob("*/release.yml"))]
    found = [read_release(file.parent) for file in files]
    try:
        return Dated.of(name, ((release.info.span, release) for release in found))
    except ValueError as error:
        folders = ", ".join(str(release.folder) for release in found)
        raise BadData(
            f"{error}; remove one of the releases, or correct the days in its release.yml: "
            f"{folders}"
        ) from None


def forget() -> None:
    """Forget which releases were read; call it after a release was added or removed."""
    for each in (_releases.cache_clear, _found_in.cache_clear, *_forgetting):
        each()


@kept(8192)
def in_force(name: str, day: date, folder: Path | None = None) -> Release:
    """Return the release of the set `name` in force on `day`; raises NotInForce when none is."""
    return releases(name, folder).at(day)


class _Table:
    """The checked rows of a file, and what is asked of them again and again."""

    def __init__(self, every: tuple[CodeRow, ...]) -> None:
        self.rows = every

    @cached_property
    def by_code(self) -> dict[str, tuple[CodeRow, ...]]:
        found: dict[str, tuple[CodeRow, ...]] = {}
        for row in self.rows:
            found[row.code] = (*found.get(row.code, ()), row)
        return found

    @cached_property
    def has_days(self) -> bool:
        return any(row.effective_from or row.effective_to for row in self.rows)


@lru_cache(maxsize=64)
def _checked_table(release: Release, table: str, expected: str, model: type[CodeRow]) -> _Table:
    path = release.folder / table
    found = digest(path) if path.is_file() else "no file"
    if found != expected:
        raise BadData(
            f"{path}: SHA-256 is {found}, release.yml states {expected}; restore the file, or "
            "state the new hash after checking what changed"
        )
    return _Table(tuple(read_csv(path, model)))


def _table(release: Release, table: str, model: type[CodeRow]) -> _Table:
    expected = release.info.tables.get(table)
    if expected is None:
        raise BadData(
            f"{release.folder / 'release.yml'}: tables does not list {table}; add its SHA-256"
        )
    return _checked_table(release, table, expected, model)


def rows(release: Release, table: str, model: type[R]) -> tuple[R, ...]:
    """Return all rows of the file `table` of `release`, checked as `model`.

    Raises BadData when release.yml does not list the file, when its hash differs, or when a row
    is wrong.
    """
    return cast("tuple[R, ...]", _table(release, table, model).rows)


def has_days(release: Release, table: str, model: type[CodeRow]) -> bool:
    """Say whether a row of `table` has days of its own; else all hold while `release` does."""
    return _table(release, table, model).has_days


def rows_on(release: Release, table: str, model: type[R], day: date) -> tuple[R, ...]:
    """Return the rows of `table` in `release` that are in force on `day`, in the file's order."""
    found, span = _table(release, table, model), release.info.span
    every = cast("tuple[R, ...]", found.rows)
    if not found.has_days:
        return every if day in span else ()
    return tuple(row for row in every if row.holds(day, span))


def row_on(release: Release, table: str, model: type[R], code: str, day: date) -> R:
    """Return the row of `code` in force on `day`.

    Raises NotInTable, naming the release, and what a small table has on that day.
    """
    found, span = _table(release, table, model), release.info.span
    for row in found.by_code.get(code, ()):
        if row.holds(day, span):
            return cast("R", row)
    known = _told(row for row in found.rows if row.holds(day, span))
    raise NotInTable(f"{code} is not in this lab's table ({release}) on {day}{known}")


_FEW = 24  # rows that an error text can still list


def _told(known: Iterable[CodeRow]) -> str:
    """Return the codes that are known, where they are few enough to be listed.

    A whole published table is left after the first few: it is missed often, and quickly.
    """
    names: dict[str, None] = {}
    for row in known:
        names[row.code] = None
        if len(names) > _FEW:
            return ""
    return f"; it has {', '.join(names)}" if names else ""
