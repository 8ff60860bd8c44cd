"""Words of the 835 that are neither CARC nor RARC: statuses, reasons of PLB, filing indicators.

They come from code_sets/remit_terms; the day of the remittance chooses the release.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from codinglab.codes.code_set import CodeSet
from codinglab.codes.release import CodeRow


class Filing(CodeRow):
    """A claim filing indicator (SBR09), and `told`, what CLP06 says for it."""

    told: str


class Status(CodeRow):
    """A status of a claim (CLP02), and the `kind` of thing that happened."""

    kind: Literal["paid", "denied", "reversed", "passed", "priced"]


class Informational(CodeRow):
    """A segment whose amounts no balance asks for, and `why`."""

    why: str


FILINGS = CodeSet("remit_terms", Filing, r"[A-Z0-9]{2}", "MB", "filing.csv")
STATUSES = CodeSet("remit_terms", Status, r"\d{1,2}", "1", "status.csv")
PROVIDER_ADJUSTMENTS = CodeSet(
    "remit_terms", CodeRow, r"[A-Z0-9]{2}", "WO", "provider_adjustments.csv"
)
STAYS = CodeSet("remit_terms", CodeRow, r"0\d{2}", "011", "inpatient.csv")
INFORMATIONAL = CodeSet(
    "remit_terms", Informational, r"[A-Z][A-Z0-9]{2}", "AMT", "informational.csv"
)


def filing(indicator: str, day: date) -> str:
    """Return CLP06 for the claim filing `indicator` of a claim.

    Raises NotInTable for an indicator that no claim has, and NotInForce as `CodeSet.find` does.
    """
    return FILINGS.find(indicator, day).told


def is_inpatient(bill_type: str, day: date) -> bool:
    """Say whether the remarks of a bill ("011") stand in MIA, as those of a stay do."""
    return any(one.code == bill_type for one in STAYS.all_on(day))
