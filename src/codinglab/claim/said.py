"""What is said of a claim while it is built: findings that name the box and the element."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from codinglab.claim.model import Kind
from codinglab.claim.rules import where
from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity

_MARKS = (" ch. ", " s. ", ", ", " ")  # where the place within a source begins


def _cite(source: str, day: date) -> Cite:
    """Return "45 CFR 162.406" as a citation of 45 CFR, in force on `day`, at 162.406."""
    mark = next(one for one in _MARKS if one in source)
    document, _, place = source.rpartition(mark) if mark == " " else source.partition(mark)
    return Cite(document, str(day.year), mark.lstrip(", ") + place)


@dataclass(slots=True)
class Said:
    """The findings so far; `lacking` says that a fact is missing without which there is no claim.

    `line` is the number of the line being built, 0 outside of lines.
    """

    kind: Kind
    day: date
    findings: list[Finding] = field(default_factory=list)
    lacking: bool = False
    line: int = 0

    def say(  # noqa: PLR0913, PLR0917  a finding's parts
        self,
        name: str,
        box: str,
        message: str,
        remedy: str,
        severity: Severity = Severity.ERROR,
        source: str = "",
    ) -> None:
        """Add a finding about the field `box`, which the lists of fields know."""
        place = where(box, self.kind, self.day)
        place = f"line {self.line}, {place}" if self.line else place
        cite = _cite(source, self.day) if source else None
        self.findings.append(Finding(f"claim.{name}", place, message, remedy, severity, cite))

    def lack(self, name: str, box: str, message: str, remedy: str) -> None:
        """Add a finding about what a claim cannot do without."""
        self.say(name, box, message, remedy)
        self.lacking = True

    def warn(self, name: str, box: str, message: str, remedy: str, source: str = "") -> None:
        """Add a finding that does not keep the claim from being taken."""
        self.say(name, box, message, remedy, Severity.WARNING, source)

    def note(self, name: str, box: str, message: str, remedy: str) -> None:
        """Add a finding that tells what was done with a fact."""
        self.say(name, box, message, remedy, Severity.NOTE)
