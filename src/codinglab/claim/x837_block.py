"""A piece of an 837: a loop with its segments and the loops within it, ready to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from codinglab.claim.model import Kind
from codinglab.x12.syntax import Segment, amount

GUIDES: dict[Kind, str] = {"professional": "005010X222A1", "institutional": "005010X223A2"}

CODES_A_SEGMENT = 12
"""An HI segment holds at most this many codes (005010X222A1 and X223A2)."""


@dataclass(slots=True)
class Block:
    """One loop as it is written; `id` is its name in the guide ("2010AA")."""

    id: str
    segments: list[Segment] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def all(self) -> list[Segment]:
        """Return every segment in the order of the wire: its own, then those of inner loops."""
        found: list[Segment] = []
        self._into(found)
        return found

    def _into(self, found: list[Segment]) -> None:
        found += self.segments
        for block in self.blocks:
            block._into(found)  # noqa: SLF001  its own kind


def date_segment(qualifier: str, form: str, text: str) -> Segment:
    """Return a DTP segment; `form` is D8, RD8, DT or TM."""
    return ("DTP", qualifier, form, text)


def amounts(*said: tuple[str, Decimal | None]) -> list[Segment]:
    """Return an AMT segment for each qualifier whose amount (dollars) is known."""
    return [("AMT", kind, amount(value)) for kind, value in said if value is not None]


def references(*said: tuple[str, str]) -> list[Segment]:
    """Return a REF segment for each qualifier whose number is not blank."""
    return [("REF", kind, text) for kind, text in said if text]


def coded(codes: Sequence[tuple[str, ...]]) -> list[Segment]:
    """Return HI segments of at most twelve codes each, in order."""
    return [
        ("HI", *codes[at : at + CODES_A_SEGMENT]) for at in range(0, len(codes), CODES_A_SEGMENT)
    ]


def plain(code: str) -> str:
    """Return a diagnosis as the wire has it, without its point."""
    return code.replace(".", "")


def procedure(
    code: str, modifiers: Sequence[str], description: str = "", kind: str = "HC"
) -> str | tuple[str, ...]:
    """Return SV101, SV202 or SVD03: qualifier, code, four modifiers, description; or blank."""
    if not code:
        return ""
    if not description:
        return (kind, code, *modifiers)
    return (kind, code, *modifiers, *[""] * (4 - len(modifiers)), description)
