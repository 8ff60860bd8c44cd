"""What is wrong with a transaction: where on the wire, by which kind of rule, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity

Snip = Literal[1, 2, 3, 4, 5, 6, 7]
"""WEDI SNIP types: 1 syntax, 2 guide, 3 balance, 4 situation, 5 code sets, 6 product, 7 partner."""


@dataclass(frozen=True, slots=True)
class WireFinding:
    """One fault of an X12 file.

    `transaction` is the control number in ST02, blank for a fault of the envelope. `position`
    counts segments from ST as 1 (of the envelope, from ISA as 1). `loop` is the guide's name of
    the loop ("2010AA"), `element` the place in the segment ("NM109", "SV101-2") or blank, and
    `value` what stands there. `claim` is the patient control number where it is known. `error`
    is the code by which an acknowledgment says it: IK304 of a segment, IK403 of an element,
    IK502 of a transaction, AK905 of a group, TA105 of an interchange; blank where it has none.
    """

    id: str
    snip: Snip
    message: str
    remedy: str
    transaction: str = ""
    position: int = 0
    loop: str = ""
    segment: str = ""
    element: str = ""
    value: str = ""
    claim: str = ""
    error: str = ""
    severity: Severity = Severity.ERROR
    cite: Cite | None = None

    @property
    def place(self) -> str:
        """Return where it stands as one text: "segment 14 (2010AA NM109)"."""
        names = " ".join(one for one in (self.loop, self.element or self.segment) if one)
        return f"segment {self.position} ({names})" if names else f"segment {self.position}"

    def as_finding(self) -> Finding:
        """Return it as a finding like those of every other room."""
        return Finding(self.id, self.place, self.message, self.remedy, self.severity, self.cite)

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form."""
        return self.as_finding().as_json() | {
            "snip": self.snip,
            "transaction": self.transaction,
            "position": self.position,
            "loop": self.loop,
            "segment": self.segment,
            "element": self.element,
            "value": self.value,
            "claim": self.claim,
            "error": self.error,
        }
