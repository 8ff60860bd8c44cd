"""Words of the 835 that are neither CARC nor RARC: statuses, reasons of PLB, filing indicators.

They come from code_sets/remit_terms; the day of the remittance chooses the release.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from codinglab.codes.billing import CARC, GROUPS, RARC
from codinglab.codes.code_set import CodeSet
from codinglab.codes.release import CodeRow, kept, releases


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
HELD_OPEN = CodeSet("remit_terms", CodeRow, r"\d{1,3}|[A-Z]\d{1,2}", "104", "held_open.csv")
"""Reasons of a price whose part may still be paid: the provider does not write it off."""
STAYS = CodeSet("remit_terms", CodeRow, r"0\d{2}", "011", "inpatient.csv")
INFORMATIONAL = CodeSet(
    "remit_terms", Informational, r"[A-Z][A-Z0-9]{2}", "AMT", "informational.csv"
)


@kept(1024)
def filing(indicator: str, day: date) -> str:
    """Return CLP06 for the claim filing `indicator` of a claim.

    Raises NotInTable for an indicator that no claim has, and NotInForce as `CodeSet.find` does.
    """
    return FILINGS.find(indicator, day).told


def is_inpatient(bill_type: str, day: date) -> bool:
    """Say whether the remarks of a bill ("011") stand in MIA, as those of a stay do."""
    return any(one.code == bill_type for one in STAYS.all_on(day))


def day_of_words(paid_on: date) -> date:
    """Return the day whose words explain a remittance that was paid on `paid_on`.

    It is that day where the lab has words for it, and else the nearest day for which it has: a
    remittance of any year can be read, and `words_of_another_day` says so. Nothing is posted or
    judged by it.
    """
    sets = (CARC, GROUPS, RARC, STATUSES, PROVIDER_ADJUSTMENTS)
    spans = [[span for span, _ in releases(one.name).rows] for one in sets]
    first = max(of_set[0].start for of_set in spans)
    ends = [of_set[-1].end for of_set in spans]
    last = min((end for end in ends if end is not None), default=None)
    nearest = max(paid_on, first)
    return nearest if last is None else min(nearest, last - timedelta(days=1))


def words_of_another_day(paid_on: date) -> str:
    """Say that a remittance is told in the words of another day; empty where it is not."""
    day = day_of_words(paid_on)
    if day == paid_on:
        return ""
    known = f"begin on {day}, after" if day > paid_on else f"end on {day}, before"
    return (
        f"The lab's words for reasons and remarks {known} this payment of {paid_on}; they are "
        f"shown as they stood on {day}. A code may have meant something else when it was paid."
    )
