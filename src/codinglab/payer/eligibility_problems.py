"""What is wrong with a question about coverage, before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity
from codinglab.payer.inquiry import Inquiry
from codinglab.payer.members import SimulatedPayer
from codinglab.payer.words import known
from codinglab.x12.npi import is_npi

CORE = Cite(
    "CAQH CORE eligibility data content rule (154), adopted by 45 CFR 162.1203",
    "5010",
    "a plan answers for twelve months back and to the end of the current month",
)
_YEAR = 12


def last_day_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return date(day.year + day.month // _YEAR, day.month % _YEAR + 1, 1) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """Return the first day of the month `months` before that of `day`."""
    count = day.year * _YEAR + day.month - 1 - months
    return date(count // _YEAR, count % _YEAR + 1, 1)


def problems(
    inquiry: Inquiry, place: str, today: date, payers: Mapping[str, SimulatedPayer]
) -> tuple[Finding, ...]:
    """Return what is wrong with `inquiry`, asked `today`; findings call it `place`."""
    return tuple(
        Finding(f"payer.{name}", place, message, remedy, severity, cite)
        for name, message, remedy, severity, cite in _all(inquiry, today, payers)
    )


_Told = tuple[str, str, str, Severity, Cite | None]


def _error(name: str, message: str, remedy: str, cite: Cite | None = None) -> _Told:
    return name, message, remedy, Severity.ERROR, cite


def _all(inquiry: Inquiry, today: date, payers: Mapping[str, SimulatedPayer]) -> Iterator[_Told]:
    coverage = inquiry.coverage
    payer = payers.get(coverage.payer.payer_id)
    if payer is None:
        yield _error(
            "unknown_payer",
            f"no payer answers to the identifier {coverage.payer.payer_id!r}.",
            f"Look it up in the clearinghouse's list; those here: {', '.join(payers)}.",
        )
    yield from _people(inquiry)
    if not is_npi(inquiry.provider.npi):
        yield _error(
            "provider_npi",
            f"the asking provider's NPI {inquiry.provider.npi!r} is missing or no NPI.",
            "Enter the ten digits as NPPES has them.",
        )
    yield from _services(inquiry)
    yield from _days(inquiry, today, payer)


def _people(inquiry: Inquiry) -> Iterator[_Told]:
    coverage = inquiry.coverage
    if not coverage.member_id:
        yield _error(
            "no_member_id",
            "there is no member number; without it the payer answers that it is missing (72).",
            "Copy it from the card, letters and all.",
        )
    if inquiry.of_dependent and coverage.insured is None:
        yield _error(
            "no_subscriber",
            f"the patient is insured through another person "
            f"(relationship {coverage.relationship}), who is not named.",
            "Enter the insured person's name and birth date.",
        )
    if not inquiry.subscriber.name.last:
        yield _error("no_name", "the insured person has no name.", "Copy it from the card.")
    if inquiry.patient.born is None:
        yield _error(
            "no_birth_date",
            "the patient's birth date is missing; the payer asks for it to find the patient.",
            "Ask the patient, and enter it.",
        )
    elif inquiry.day < inquiry.patient.born:
        yield _error(
            "before_birth",
            f"the day asked about, {inquiry.day}, is before the birth date {inquiry.patient.born}.",
            "Correct one of the two.",
        )


def _services(inquiry: Inquiry) -> Iterator[_Told]:
    if not inquiry.services:
        yield _error(
            "no_service_type",
            "no service type is asked about.",
            "Ask about 30, the plan as a whole, where nothing else is meant.",
        )
    for service in inquiry.services:
        if not known("service", service):
            yield _error(
                "unknown_service_type",
                f"the lab has no service type {service!r}.",
                "Choose one of the list (30 the plan, 98 an office visit, 88 pharmacy ...).",
            )


def _days(inquiry: Inquiry, today: date, payer: SimulatedPayer | None) -> Iterator[_Told]:
    last = last_day_of_month(today)
    if inquiry.day > last:
        yield _error(
            "future_date",
            f"{inquiry.day} is after {last}, the end of this month; payers need not answer that.",
            "Ask again in the month of the visit.",
            CORE,
        )
    elif inquiry.day > today:
        yield (
            "later_date",
            f"{inquiry.day} lies ahead: the answer may change before the visit.",
            "Ask again on the day.",
            Severity.NOTE,
            CORE,
        )
    if payer is not None and inquiry.day < months_before(today, payer.months_back):
        yield _error(
            "past_date",
            f"{inquiry.day} is more than {payer.months_back} months back; "
            f"{payer.payer.name} does not answer that.",
            "Call the payer.",
            CORE,
        )
