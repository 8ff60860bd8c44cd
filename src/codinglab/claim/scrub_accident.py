"""Registration: accidents, and who pays for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import CLAIM, all_diagnoses, first_day, missing
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes.icd10cm import key_of
from codinglab.core.findings import Severity

_CATEGORY = 3


@claim_edit(
    "accident.date",
    "registration",
    "front desk",
    4,
    source="CMS-1500 items 10 and 14; 837P 2300 DTP 439",
    at="2300 DTP 439",
    kinds=("professional",),
    answer="A6 21",
    wire=("x12.accident_date",),
    built=("claim.accident-day",),
)
def accident_date(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """An accident has its date.

    The payer compares it with the days of other claims and of other insurance.
    """
    told = sent.claim.accident
    if (told.auto or told.other) and told.day is None:
        yield missing(CLAIM, "The date of the accident", "Ask the patient.")


@claim_edit(
    "accident.state",
    "registration",
    "front desk",
    4,
    source="CMS-1500 item 10b; 837P 2300 CLM11-4",
    at="2300 CLM11-4",
    kinds=("professional",),
    answer="A6 501",
    wire=("x12.accident_state",),
)
def accident_state(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """An auto accident has its state.

    State law decides who pays first.
    """
    if sent.claim.accident.auto and not sent.claim.accident.state:
        yield missing(CLAIM, "The state of the auto accident", "Write it like NY.")


@claim_edit(
    "accident.not-told",
    "registration",
    "front desk",
    6,
    source="CMS-1500 item 10; ICD-10-CM chapter 20, accidents V00-X58",
    at="2300 CLM11",
    kinds=("professional",),
)
def not_told(sent: Sent, day: date) -> Iterator[Said]:
    """A claim with an accident among its codes says whether it was one.

    The payer sees the external cause and asks the patient by letter; the claim waits meanwhile. A
    late effect (7th character S) is no accident now.
    """
    told = sent.claim.accident
    if told.auto or told.other or told.employment:
        return
    for place, code in all_diagnoses(sent.claim):
        late = on_list("past accident", key_of(code)[-1:], day)
        if on_list("accident cause", key_of(code)[:_CATEGORY], day) and not late:
            yield Said(
                place,
                f"{code} is an accident; the claim says that there was none.",
                "Ask whether it was at work, in traffic or elsewhere, and mark it with its date.",
                Severity.WARNING,
            )
            return


@claim_edit(
    "accident.after-service",
    "registration",
    "front desk",
    4,
    source="837P 2300 DTP 439 against 2400 DTP 472",
    at="2300 DTP 439",
    kinds=("professional",),
    answer="A8 187",
    built=("claim.accident-day",),
)
def after_service(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The accident comes before the service.

    One of the two dates is wrong.
    """
    first, when = first_day(sent.claim), sent.claim.accident.day
    if first and when and when > first:
        yield Said(
            CLAIM,
            f"The accident of {when} is after the service of {first}.",
            "Correct one of the dates.",
        )


@claim_edit(
    "accident.payer",
    "registration",
    "front desk",
    6,
    source="CMS-1500 items 1 and 10; 837P 2000B SBR09 against 2300 CLM11",
    at="2000B SBR09; 2300 CLM11",
    kinds=("professional",),
    answer="A8 51",
)
def payer(sent: Sent, day: date) -> Iterator[Said]:
    """Workers' compensation pays for work, and auto or liability insurance for an accident.

    A claim to one of them says what happened: employment for workers' compensation, an accident
    for the others.
    """
    told, filing = sent.claim.accident, sent.claim.coverage.filing
    work = on_list("work injury filing", filing, day)
    any_accident = told.auto or told.other or told.employment
    if work and not told.employment:
        yield Said(
            CLAIM,
            "Workers' compensation is billed, and the claim says no to employment.",
            "Mark employment, or bill the patient's health insurance.",
        )
    elif on_list("event filing", filing, day) and not any_accident:
        yield Said(
            CLAIM,
            f"{filing} is billed, and the claim tells of no accident.",
            "Mark the accident with its date, or bill the health insurance.",
        )


EDITS = (accident_date, accident_state, not_told, after_service, payer)
