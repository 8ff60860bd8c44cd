"""X12 text to segments, in one pass and in constant memory.

The ISA segment states the delimiters (header.py); every interchange of a file may have others.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from codinglab.x12.finding import WireFinding
from codinglab.x12.header import ISA_LENGTH, SHOWN, NotX12, header
from codinglab.x12.syntax import Delimiters

__all__ = ["CHUNK", "LONGEST", "NotX12", "Reader", "Source", "read"]

Source = str | bytes | Path | IO[str] | IO[bytes]
"""X12 itself as text or bytes, a file's path, or an open file."""

CHUNK = 1 << 16
LONGEST = 100_000
"""No segment of a guide comes near so many characters: the terminator must be missing."""

_BREAKS = "\r\n"
_BLANK = " \t\r\n\x0b\x0c\x1a\x00"
_LONGEST_CHARACTER = 4  # bytes of one character in UTF-8


class Reader:
    """The segments of a source, one after the other.

    Iterating yields each segment as text, without its terminator and the line ends around it; an
    empty segment is yielded too. `delimiters` are those of the interchange that is being read.
    `take` hands over the findings of syntax so far. `consumed` counts the bytes or characters
    taken from the source, and `advanced`, if set, is called with it after each piece.
    """

    def __init__(self, stream: IO[str] | IO[bytes], name: str = "", *, owned: bool = False) -> None:
        """Read from an open file, and close it in the end if `owned`.

        Raises NotX12 when it does not begin with an ISA segment.
        """
        self.name = name
        self.consumed = 0
        self.advanced: Callable[[int], object] | None = None
        self._stream = stream
        self._owned = owned
        self._encoding = "utf-8"
        self._held = b""
        self._faults: list[WireFinding] = []
        self._skipping = False
        self._header_next = False
        self._at_header = False
        self._buffer = self._more()
        self._skip_blank()
        try:
            self.delimiters = self._begin()
        except NotX12 as error:
            self.close()
            raise NotX12(f"{name or 'the text'} {error}") from None

    def take(self) -> list[WireFinding]:
        """Return the findings of syntax so far, and forget them."""
        taken, self._faults = self._faults, []
        return taken

    def close(self) -> None:
        """Close the file, where this reader opened it."""
        if self._owned:
            self._stream.close()

    def elements(self) -> Iterator[list[str]]:
        """Yield each segment as its name and elements; components are not split."""
        for text in self:
            if text:
                yield text.split(self.delimiters.element)

    def __iter__(self) -> Iterator[str]:
        """Yield each segment as text."""
        going = True
        try:
            while going:
                if self._header_next:
                    self._next_header()
                text = self._buffer
                if "ISA" in text or "IEA" in text:
                    yield from self._carefully(text)
                else:
                    pieces = text.split(self.delimiters.segment)
                    self._buffer = pieces.pop()
                    for piece in pieces:
                        yield piece.strip(_BREAKS)
                if self._header_next and self._buffer.strip(_BLANK):
                    continue
                going = self._refill()
            yield from self._unfinished()
        finally:
            self.close()

    def _carefully(self, text: str) -> Iterator[str]:
        """Yield the segments of `text` up to the end of an interchange, or to the next ISA."""
        mark = self.delimiters.segment
        pieces = text.split(mark)
        self._buffer = pieces.pop()
        for at, piece in enumerate(pieces):
            said = piece.strip(_BREAKS)
            if said[:3] == "ISA" and not self._at_header:
                self._buffer = mark.join([said, *pieces[at + 1 :], self._buffer])
                self._header_next = True
                return
            self._at_header = False
            yield said
            if said[:3] == "IEA":
                self._buffer = mark.join([*pieces[at + 1 :], self._buffer])
                self._header_next = True
                return

    def _begin(self) -> Delimiters:
        """Read the ISA segment at the head of the buffer."""
        while len(self._buffer) < 2 * ISA_LENGTH and (more := self._more()):
            self._buffer += more
        read = header(self._buffer)
        self._faults += read.faults
        self._at_header = True
        return read.delimiters

    def _next_header(self) -> None:
        """Take the delimiters of the interchange that follows another, if one does."""
        self._header_next = False
        while not self._buffer.strip(_BLANK) and (more := self._more()):
            self._buffer = more
        self._buffer = self._buffer.lstrip(_BLANK)
        if not self._buffer:
            return
        try:
            self.delimiters = self._begin()
        except NotX12 as error:
            self._at_header = True  # take it as a segment like any other, and go on
            self._fault(
                "x12.after_interchange",
                f"what follows the interchange {error}.",
                "Begin each interchange with an ISA segment of 106 characters.",
                self._buffer[:SHOWN],
            )

    def _refill(self) -> bool:
        """Add the next piece to the buffer; return whether there was one."""
        more = self._more()
        if not more:
            return False
        if len(self._buffer) > LONGEST:
            self._fault(
                "x12.no_terminator",
                f"a segment goes on for more than {LONGEST} characters.",
                f"End each segment with {self.delimiters.segment!r}, as ISA says.",
                self._buffer[:SHOWN],
                "026",
            )
            self._buffer, self._skipping = "", True
        if self._skipping:
            _, found, more = more.partition(self.delimiters.segment)
            self._skipping = not found
        self._buffer += more
        return True

    def _unfinished(self) -> Iterator[str]:
        """Report what stands behind the last terminator; yield it where it closes all."""
        left = self._buffer.strip(_BLANK)
        self._buffer = ""
        if not left:
            return
        self._fault(
            "x12.unterminated",
            "the file ends within a segment.",
            f"End the last segment with {self.delimiters.segment!r}; is the file complete?",
            left[:SHOWN],
            "023",
        )
        if left[:3] == "IEA":
            yield left

    def _more(self) -> str:
        """Return the next piece of text, blank at the end of the source."""
        while piece := self._stream.read(CHUNK):
            self.consumed += len(piece)
            if self.advanced is not None:
                self.advanced(self.consumed)
            text = piece if isinstance(piece, str) else self._decoded(piece)
            if text:
                return text
        return self._decoded(b"", last=True) if self._held else ""

    def _decoded(self, piece: bytes, *, last: bool = False) -> str:
        whole = self._held + piece
        self._held = b""
        if self._encoding == "utf-8":
            try:
                return whole.decode("utf-8")
            except UnicodeDecodeError as error:
                if not last and len(whole) - error.start < _LONGEST_CHARACTER:
                    self._held = whole[error.start :]  # the chunk cut a character in two
                    return whole[: error.start].decode("utf-8")
                self._encoding = "latin-1"
                self._fault(
                    "x12.encoding",
                    "the file is not UTF-8; it is read as Latin-1.",
                    "Save it with plain letters, digits and marks (ASCII).",
                )
        return whole.decode("latin-1")

    def _fault(
        self, name: str, message: str, remedy: str, value: str = "", error: str = ""
    ) -> None:
        self._faults.append(WireFinding(name, 1, message, remedy, value=value, error=error))

    def _skip_blank(self) -> None:
        """Leave out what may stand before the first ISA, and say so."""
        if self._buffer.startswith("\ufeff"):
            self._buffer = self._buffer[1:]
            self._fault(
                "x12.byte_order_mark",
                "the file begins with a byte order mark.",
                "Save it as plain text without one.",
            )
        text = self._buffer
        while not text.strip(_BLANK) and (more := self._more()):
            text = more
        self._buffer = text.lstrip(_BLANK)
        if self._buffer and self._buffer != text:
            self._fault(
                "x12.leading_blanks",
                "there is blank space before ISA.",
                "Begin the file with the letters ISA.",
            )


def read(source: Source, name: str = "") -> Reader:
    """Return a reader of `source`, called `name` in messages.

    `source` is X12 itself as text or bytes, the path of a file, or an open file. Raises NotX12
    when it does not begin with an ISA segment, and OSError when the file cannot be opened.
    """
    if isinstance(source, str):
        return Reader(io.StringIO(source, newline=""), name)
    if isinstance(source, bytes):
        return Reader(io.BytesIO(source), name)
    if isinstance(source, Path):
        return Reader(source.open("rb"), name or source.name, owned=True)
    return Reader(source, name)
