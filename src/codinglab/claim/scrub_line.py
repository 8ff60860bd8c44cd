"""Coding: how many lines, units and days a claim has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.rules import limit
from codinglab.claim.scrub_facts import CLAIM, lines, missing
from codinglab.claim.scrub_rule import Said, Sent, claim_edit


@claim_edit(
    "line.none",
    "coding",
    "biller",
    4,
    source="CMS-1500 item 24; UB-04 FL 42; 837 2400",
    at="2400",
    answer="A6 247",
)
def none(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A claim has at least one line.

    Without a service there is nothing to pay for.
    """
    if not sent.claim.lines:
        yield missing(CLAIM, "Every service line", "Enter what was done.")


@claim_edit(
    "line.too-many",
    "coding",
    "biller",
    2,
    source="837P 2400: 50 lines; 837I 2400: 999",
    at="2400 LX",
    answer="A7 121",
)
def too_many(sent: Sent, day: date) -> Iterator[Said]:
    """A professional claim has fifty lines at most, an institutional one 999.

    The rest goes on a second claim with the same diagnoses. A paper page has six or twenty-two.
    """
    claim = sent.claim
    room = limit(f"{claim.kind} lines", day).number
    if len(claim.lines) > room:
        yield Said(CLAIM, f"{len(claim.lines)} lines; there is room for {room}.", "Split it.")


@claim_edit(
    "line.units",
    "coding",
    "biller",
    4,
    source="CMS-1500 item 24G; UB-04 FL 46; 837 2400 SV104, SV205",
    at="2400 SV104 or SV205",
    answer="A7 476",
    instead=("units.none",),
)
def units(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A line has units, more than 0.

    Nothing done is no line. Only the lines of a hospital that state a rate alone have none.
    """
    for place, line in lines(sent.claim):
        if line.units <= 0:
            yield Said(place, f"{line.units} units.", "Write 1, or as many as were done.")


@claim_edit(
    "line.dates",
    "coding",
    "biller",
    4,
    source="CMS-1500 item 24A; UB-04 FL 45; 837 2400 DTP 472",
    at="2400 DTP 472",
    answer="A8 187",
    instead=("line.day",),
    wire=("x12.period_reversed",),
)
def dates(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A line ends on the day that it begins, or later.

    Several days stand on one line only where the same service was given on each.
    """
    for place, line in lines(sent.claim):
        if line.last and line.last < line.first:
            yield Said(place, f"From {line.first} to {line.last}.", "Put the days in order.")


@claim_edit(
    "line.future",
    "coding",
    "biller",
    4,
    source="18 U.S.C. 287: a claim is for what was done; 837 2400 DTP 472 against BHT04",
    at="2400 DTP 472; 2300 DTP 434",
    answer="A7 187",
    wire=("x12.future_service",),
)
def future(sent: Sent, day: date) -> Iterator[Said]:
    """No service is billed before it is given.

    A day after that of sending is a year typed wrong, or a service that has not happened.
    """
    for place, line in lines(sent.claim):
        if (line.last or line.first) > day:
            yield Said(
                place,
                f"The service of {line.last or line.first} is after the day of sending, {day}.",
                "Correct the date, or wait until the service is given.",
            )


EDITS = (none, too_many, units, dates, future)
