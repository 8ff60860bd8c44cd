"""SNIP 6 on a claim: what one line of business must tell."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.x12.claim_view import ClaimView
from codinglab.x12.rules import PROFESSIONAL, Hit, Rules

product: Rules[ClaimView] = Rules(("837P",), PROFESSIONAL)

_AMBULANCE = {"41", "42"}
"""Places of service: ambulance on land; by air or water."""


def by_ambulance(view: ClaimView) -> str:
    """Return the place of service of an ambulance that the claim or a line has, or blank."""
    place = view.head.part(5, 1)
    if place in _AMBULANCE:
        return place
    for line in view.lines:
        service = line.service
        if service is not None and service.get(5) in _AMBULANCE:
            return service.get(5)
    return ""


@product(
    "x12.ambulance_trip",
    6,
    "Add CR1 with the reason for the trip and the loaded miles.",
    error="I9",
)
def ambulance_trip(view: ClaimView) -> Iterator[Hit]:
    """A claim with the place of service of an ambulance (41, 42) tells of the trip (CR1)."""
    place = by_ambulance(view)
    if not place or view.claim.first("CR1"):
        return
    if not any(line.loop.first("CR1") for line in view.lines):
        message = f"the place of service is {place} (ambulance), but there is no CR1."
        yield Hit("2300", view.head, "CLM05-1", message)


@product(
    "x12.ambulance_places",
    6,
    "Add the pick-up (2310E) and the drop-off (2310F) with their addresses.",
    error="I9",
)
def ambulance_places(view: ClaimView) -> Iterator[Hit]:
    """A claim with the place of service of an ambulance names pick-up and drop-off."""
    place = by_ambulance(view)
    if not place:
        return
    on_claim = {one.id for one in view.claim.loops}
    on_lines = {one.id for line in view.lines for one in line.loop.loops}
    wanted = (("2310E", "2420G", "pick-up"), ("2310F", "2420H", "drop-off"))
    absent = [what for loop, line, what in wanted if loop not in on_claim and line not in on_lines]
    if absent:
        message = f"the place of service is {place} (ambulance), but no {' and no '.join(absent)}."
        yield Hit("2300", view.head, "CLM05-1", message)
