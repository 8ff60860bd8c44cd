"""One question about a claim, and what is wrong with it before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from codinglab.claim.model import Claim
from codinglab.core.findings import Finding
from codinglab.payer.inquiry import SELF
from codinglab.payer.members import SimulatedPayer
from codinglab.x12.npi import is_npi


@dataclass(frozen=True, slots=True)
class StatusInquiry:
    """One question about `claim`; `payer_number` is the payer's own number where it is known."""

    claim: Claim
    payer_number: str = ""

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and last day of the bill, None where it has no line."""
        bill = self.claim.bill
        if bill is not None:
            return bill.statement_from, bill.statement_to
        if not self.claim.lines:
            return None
        lines = self.claim.lines
        return min(one.first for one in lines), max(one.last or one.first for one in lines)


def problems(
    inquiry: StatusInquiry, place: str, today: date, payers: Mapping[str, SimulatedPayer]
) -> Iterator[Finding]:
    """Yield what is wrong with `inquiry`, asked `today`; findings call it `place`."""
    claim, coverage = inquiry.claim, inquiry.claim.coverage
    if coverage.payer.payer_id not in payers:
        yield Finding(
            "payer.unknown_payer",
            place,
            f"no payer answers to the identifier {coverage.payer.payer_id!r}.",
            f"Look it up in the clearinghouse's list; those here: {', '.join(payers)}.",
        )
    if not coverage.member_id:
        yield Finding(
            "payer.no_member_id",
            place,
            "there is no member number; no payer finds the claim without it.",
            "Copy it from the claim that was sent.",
        )
    if not is_npi(claim.billing.npi):
        yield Finding(
            "payer.provider_npi",
            place,
            f"the billing provider's NPI {claim.billing.npi!r} is missing or no NPI.",
            "Ask under the NPI that the claim was sent with.",
        )
    if coverage.relationship != SELF and coverage.insured is None:
        yield Finding(
            "payer.no_subscriber",
            place,
            "the patient is insured through another person, who is not named.",
            "Enter the insured person's name.",
        )
    if claim.patient.born is None:
        yield Finding(
            "payer.no_birth_date",
            place,
            "the patient's birth date is missing.",
            "Copy it from the claim that was sent.",
        )
    yield from _day_problems(inquiry, place, today)


def _day_problems(inquiry: StatusInquiry, place: str, today: date) -> Iterator[Finding]:
    days = inquiry.days
    if days is None:
        yield Finding(
            "payer.no_service_date",
            place,
            "the claim has no line and so no date of service.",
            "Ask about the claim as it was sent.",
        )
    elif days[0] > today:
        yield Finding(
            "payer.future_date",
            place,
            f"the service of {days[0]} lies ahead; there can be no claim for it.",
            "Correct the date.",
        )
