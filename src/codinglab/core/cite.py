"""Where a rule or a fact comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Cite:
    """A place in a published source.

    `source` is a document known by name ("ICD-10-CM guidelines"), `release` its edition
    ("FY2026") and `place` the section, note or table row ("I.C.4.a"). A place that `names_answer`
    is the answer itself (the entry of a code), so a report that hides the key leaves it out.
    """

    source: str
    release: str
    place: str
    names_answer: bool = False

    def __str__(self) -> str:
        """Return the citation as a reader would write it."""
        return f"{self.source} {self.release}, {self.place}"
