"""SNIP 4 on an institutional claim: what a stay, or a bill of several days, must tell."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.core.cite import Cite
from codinglab.x12.claim_view import ClaimView, days_of
from codinglab.x12.rules import Hit, Rules

INSTITUTIONAL = Cite(
    "ASC X12N health care claim: institutional", "005010X223A2", "situational rules"
)
hospital: Rules[ClaimView] = Rules(("837I",), INSTITUTIONAL)

_INPATIENT, _OUTPATIENT = "11", "13"
_FINAL = {"1", "4"}
"""Frequencies of the bill that ends a stay: admission through discharge, and the last one."""

_AMBULANCE = "054"


@hospital(
    "x12.attending_missing",
    4,
    "Add NM1 71 (loop 2310A) with the physician who is responsible for the patient's care.",
    error="I9",
)
def attending_missing(view: ClaimView) -> Iterator[Hit]:
    """A claim for more than ambulance trips (revenue code 054x) names the attending provider."""
    services = [line.service for line in view.lines if line.service is not None]
    if not services or any(loop.id == "2310A" for loop in view.claim.loops):
        return
    if not all(one.get(1).startswith(_AMBULANCE) for one in services):
        yield Hit("2300", view.head, "", "the claim names no attending provider (loop 2310A).")


@hospital(
    "x12.discharge_hour",
    4,
    "Add DTP 096 with the hour of discharge.",
    error="I9",
)
def discharge_hour(view: ClaimView) -> Iterator[Hit]:
    """The bill that ends a hospital stay (type 11, frequency 1 or 4) states the discharge hour."""
    head = view.head
    if head.part(5, 1) == _INPATIENT and head.part(5, 3) in _FINAL and "096" not in view.dates:
        message = f"bill type 11 with frequency {head.part(5, 3)} ends the stay, but DTP 096 "
        yield Hit("2300", head, "CLM05-3", message + "(discharge hour) is missing.")


@hospital(
    "x12.admission_after_statement",
    4,
    "Correct the admission (DTP 435) or the statement period (DTP 434).",
    error="8",
)
def admission_after_statement(view: ClaimView) -> Iterator[Hit]:
    """Nobody is admitted after the last day of the bill."""
    admitted, statement = view.dates.get("435"), view.dates.get("434")
    if admitted is None or statement is None:
        return
    day, end = days_of(admitted)[0], days_of(statement)[1]
    if "" < end < day:
        message = f"the admission of {day} is after {end}, the last day of the statement."
        yield Hit("2300", admitted, "DTP03", message)


@hospital(
    "x12.line_date",
    4,
    "Add DTP 472 with the day of the service.",
    error="I9",
)
def line_date(view: ClaimView) -> Iterator[Hit]:
    """On an outpatient bill (type 13) of more than a day, each line with a procedure is dated.

    A drug that has its number (loop 2410) is not asked.
    """
    statement = view.dates.get("434")
    if statement is None or view.head.part(5, 1) != _OUTPATIENT:
        return
    begin, end = days_of(statement)
    for line in view.lines:
        service = line.service
        if not begin < end or service is None or line.serviced is not None or not service.get(2):
            continue
        if all(loop.id != "2410" for loop in line.loop.loops):
            message = f"the bill covers {begin} to {end}, and the line does not say which day."
            yield Hit("2400", service, "", message)
