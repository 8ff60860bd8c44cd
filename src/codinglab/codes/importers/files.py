"""Lines of text out of plain, gzip and zip files, damaged ones told apart from whole ones."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, cast

from codinglab.core.tables import BadData

Progress = Callable[[int, int], None]
_TEXT = {".txt", ".csv", ".tsv", ".prn", ".asc"}
_NOT_TEXT = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
_AGAIN = "download it again; nothing was imported"
_EVERY = 20_000


@dataclass(frozen=True, slots=True)
class Text:
    """One text file, perhaps within an archive: its `label` for messages, and its size in bytes."""

    label: str
    size: int
    open: Callable[[], IO[bytes]]


def texts(path: Path) -> tuple[Text, ...]:
    """Return the text files in `path`: itself, or those in the zip file that it is.

    Raises BadData when the file is missing, damaged or not a text file.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise BadData(f"{path}: cannot be read: {error.strerror}") from None
    for mark, name in _NOT_TEXT.items():
        if start.startswith(mark):
            raise BadData(f"{path}: is {name}; take the publisher's text or CSV file")
    if start.startswith(b"PK"):
        return _members(path)
    if start.startswith(b"\x1f\x8b"):
        size = int.from_bytes(path.read_bytes()[-4:], "little")
        return (Text(str(path), size, lambda: cast("IO[bytes]", gzip.open(path))),)
    return (Text(str(path), path.stat().st_size, lambda: path.open("rb")),)


def _members(path: Path) -> tuple[Text, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.infolist()
    except zipfile.BadZipFile as error:
        raise BadData(f"{path}: the zip file is damaged or cut short ({error}); {_AGAIN}") from None
    if any(one.filename == "[Content_Types].xml" for one in names):
        raise BadData(f"{path}: is an Excel workbook; take the text file, or save it as CSV")
    found = tuple(
        Text(f"{path} ({one.filename})", one.file_size, _opener(path, one.filename))
        for one in names
        if Path(one.filename).suffix.lower() in _TEXT and not one.filename.startswith("__MACOSX")
    )
    if not found:
        held = ", ".join(one.filename for one in names) or "nothing"
        raise BadData(f"{path}: holds no text or CSV file, but {held}; take the text version")
    return found


def _opener(path: Path, name: str) -> Callable[[], IO[bytes]]:
    return lambda: zipfile.ZipFile(path).open(name)


def head(one: Text, encoding: str, number: int) -> tuple[str, ...]:
    """Return the first `number` lines; raises BadData for a damaged or binary file."""
    return tuple(line for _, line in islice(lines(one, encoding), number))


def lines(one: Text, encoding: str, progress: Progress | None = None) -> Iterator[tuple[int, str]]:
    """Yield each line of the file with its number, without its end (LF or CR LF).

    A line that is UTF-8 is read as such, any other by `encoding`. Raises BadData, naming the
    line, when the file is damaged, is not text, or ends within a line.
    """
    at = done = 0
    raw = b"\n"
    try:
        with one.open() as file:
            for at, raw in enumerate(file, 1):
                done += len(raw)
                if progress and at % _EVERY == 0:
                    progress(done, one.size)
                yield at, _decode(raw, encoding, f"{one.label}, line {at}")
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise BadData(
            f"{one.label}, after line {at}: damaged or cut short ({error}); {_AGAIN}"
        ) from None
    if not raw.endswith((b"\n", b"\x1a", b">")):  # XML says itself whether it is whole
        raise BadData(
            f"{one.label}, line {at}: the file ends within a line, as if cut short; {_AGAIN} "
            "(if it is whole, add a line end)"
        )


def _decode(raw: bytes, encoding: str, place: str) -> str:
    if b"\0" in raw:
        raise BadData(f"{place}: is not text; take the publisher's text or CSV file")
    for one in ("utf-8", encoding):
        try:
            return raw.decode(one).rstrip("\r\n\x1a").removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            wrong = error
    raise BadData(
        f"{place}: byte {wrong.start + 1} is neither UTF-8 nor {encoding}; save it as UTF-8"
    )
