"""What ICD-10-PCS is asked and answers: values, axes, codes and verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codinglab.core.dates import Span

LENGTH = 7


@dataclass(frozen=True, slots=True)
class Value:
    """A character that may stand next: its name (None where this lab has none), codes below."""

    value: str
    label: str | None
    codes: int


@dataclass(frozen=True, slots=True)
class Axis:
    """One character of a code: its position, what it stands for, and the name of its value.

    `meaning` says in our own words what an operation or an approach is; else it is empty.
    """

    position: int
    axis: str
    value: str
    label: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code that is valid on some day; `title` is None where this lab has no text of it."""

    code: str
    title: str | None
    text: str | None
    spans: tuple[Span, ...]
    successors: tuple[str, ...] = ()

    def at(self, day: date) -> bool:
        """Say whether the code is valid on `day`."""
        return any(day in span for span in self.spans)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text is a valid code; if not, where it fails, why, and what is legal there.

    `position` is 1 to 7, or 8 for a text that is too long; None for a code of this or other days.
    """

    code: str
    valid: bool
    position: int | None
    message: str
    legal: tuple[Value, ...] = ()


def key_of(text: str) -> str:
    """Return `text` as the table writes it: upper case, without blanks ("0ft4 4zz")."""
    return "".join(text.split()).upper()
