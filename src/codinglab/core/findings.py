"""Errors as values: what is wrong, where, why, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeVar

from codinglab.core.cite import Cite

T = TypeVar("T")


class Severity(Enum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: the rule's `id`, the `place` ("line 3"), what is wrong and the `remedy`."""

    id: str
    place: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    cite: Cite | None = None

    def __str__(self) -> str:
        """Return the finding as one line of text."""
        source = f" [{self.cite}]" if self.cite else ""
        return f"{self.place}: {self.message} {self.remedy}{source}"

    def as_json(self) -> dict[str, str | None]:
        """Return the stable JSON form used by every command."""
        return {
            "id": self.id,
            "place": self.place,
            "message": self.message,
            "remedy": self.remedy,
            "severity": self.severity.value,
            "cite": str(self.cite) if self.cite else None,
        }


Rule = Callable[[T, date], Iterable[Finding]]


def run(rules: Iterable[Rule[T]], value: T, day: date) -> tuple[Finding, ...]:
    """Judge `value` by every rule on `day` and collect all findings, in the rules' order."""
    return tuple(finding for rule in rules for finding in rule(value, day))


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return only the findings that are errors."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
