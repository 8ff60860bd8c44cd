"""The ISA segment: the one with a fixed form, which states the delimiters of its interchange.

It has 106 characters, of which the 4th is the element separator, the 105th the component separator
and the 106th the segment terminator; ISA11 is the repetition separator from version 00402 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from codinglab.core.findings import Severity
from codinglab.x12.finding import WireFinding
from codinglab.x12.syntax import Delimiters

_ISA_ELEMENTS = 16
ISA_LENGTH = 106
_ISA_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)
_NO_REPETITION = "00402"
SHOWN = 20
_SEPARATORS = "\x1c\x1d\x1e\x1f"
"""Information separators of ASCII: X12 allows them, though Python counts them as blanks."""
_UTF16 = ("\xff\xfe", "\xfe\xff", "I\x00S", "\x00I\x00")


class NotX12(ValueError):
    """The text does not begin with an ISA segment; the message says with what it begins."""


@dataclass(slots=True)
class Header:
    """An ISA segment as it was read: its delimiters, its text and what is wrong with it."""

    delimiters: Delimiters
    text: str
    length: int
    faults: list[WireFinding] = field(default_factory=list)


def header(text: str) -> Header:
    """Return the ISA segment at the beginning of `text`; raises NotX12 when there is none."""
    if not text:
        raise NotX12("holds nothing; not X12")
    if text.startswith(_UTF16):
        raise NotX12("is written in UTF-16; save it as plain text (ASCII or UTF-8)")
    if text[:3] != "ISA" or len(text) < len("ISA*"):
        raise NotX12(f"begins with {text[:SHOWN]!r} and not with an ISA segment; not X12")
    mark = text[3]
    blank = mark.isspace() and mark not in _SEPARATORS
    if mark.isalnum() or blank or ord(mark) > 126:  # noqa: PLR2004  the last printable
        raise NotX12(f"has {mark!r} after ISA, which separates nothing; not X12")
    parts = text[: 2 * ISA_LENGTH].split(mark, _ISA_ELEMENTS)
    if len(parts) <= _ISA_ELEMENTS or len(parts[-1]) < 2:  # noqa: PLR2004  two delimiters
        raise NotX12(f"has an ISA segment of {len(parts) - 1} elements where 16 belong; not X12")
    component, terminator = parts[-1][0], parts[-1][1]
    length = sum(len(one) + 1 for one in parts[:-1]) + 2
    if length != ISA_LENGTH and not _plausible(parts):
        raise NotX12(f"has an ISA segment of {length} characters where 106 belong; not X12")
    repetition = parts[11] if len(parts[11]) == 1 and not parts[11].isalnum() else ""
    read = Header(Delimiters(mark, component, repetition, terminator), text[: length - 1], length)
    read.faults += [*_header_faults(parts, read), *_repetition_faults(parts, read)]
    return read


def _plausible(parts: list[str]) -> bool:
    """Say whether an ISA segment of a wrong length can still be meant: its version tells."""
    version, delimiters = parts[12], parts[-1][:2]
    return len(version) == _ISA_WIDTHS[12] and version.isdecimal() and not delimiters.isalnum()


def _repetition_faults(parts: list[str], read: Header) -> Iterator[WireFinding]:
    if parts[12] >= _NO_REPETITION and not read.delimiters.repetition:
        yield WireFinding(
            "x12.repetition_mark",
            1,
            f"ISA11 is {parts[11]!r}, a value of version 4010; in {parts[12]} it is a separator.",
            "Put the repetition separator there, usually ^",
            position=1,
            segment="ISA",
            element="ISA11",
            value=parts[11],
            error="026",
            severity=Severity.WARNING,
        )


def _header_faults(parts: list[str], read: Header) -> Iterator[WireFinding]:
    for at, (part, width) in enumerate(zip(parts, _ISA_WIDTHS, strict=False)):
        if len(part) != width:
            yield WireFinding(
                "x12.isa_width",
                1,
                f"ISA{at:02} has {len(part)} characters; it has a fixed width of {width}.",
                "Fill it with blanks on the right, numbers with zeros on the left.",
                position=1,
                segment="ISA",
                element=f"ISA{at:02}",
                value=part,
                error="005" if at in {6, 8} else "022",
            )
    marks = read.delimiters
    four = [one for one in (marks.element, marks.component, marks.repetition, marks.segment) if one]
    if len(set(four)) < len(four) or any(one.isalnum() for one in four):
        yield WireFinding(
            "x12.delimiters",
            1,
            f"the delimiters {' '.join(repr(one) for one in four)} are not all different marks.",
            "Use four different characters that stand in no value, such as * : ^ ~",
            position=1,
            segment="ISA",
            value="".join(four),
            error="026",
        )
