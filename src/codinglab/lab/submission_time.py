"""When a submission was handed in, read from timestamp.txt as nbgrader reads it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

TIMESTAMP = "timestamp.txt"


def submitted_at(folder: Path) -> datetime | None:
    """Return the time in UTC, without a zone as nbgrader's gradebook keeps it; None where unsaid.

    Raises ValueError when the file does not hold a time.
    """
    path = folder / TIMESTAMP
    text = path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
    return _utc(text) if text else None


def _utc(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        found = _other_form(text)
    return found if found.tzinfo is None else found.astimezone(UTC).replace(tzinfo=None)


def _other_form(text: str) -> datetime:
    """Read any other form, such as a named time zone; slower, so tried second."""
    from dateutil import parser, tz  # type: ignore[import-untyped]

    day, _, zone = text.rpartition(" ")
    try:
        named = tz.gettz(zone) if day and zone.isalpha() else None
        found: datetime = parser.parse(day if named else text)
        return found.replace(tzinfo=named) if named else found
    except (parser.ParserError, OverflowError):
        raise ValueError(f"{text[:60]!r} is not a time; write 2026-02-11 09:30:00 UTC") from None
