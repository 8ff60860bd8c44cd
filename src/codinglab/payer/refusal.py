"""Why a payer does not answer: AAA."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered: AAA01 (N the question is at fault), AAA03 and AAA04."""

    valid: str
    reason: str
    follow: str

    @property
    def segment(self) -> tuple[str, ...]:
        """Return it as a segment."""
        return ("AAA", self.valid, "", self.reason, self.follow)
