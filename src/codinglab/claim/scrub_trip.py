"""Coding: what anesthesia and a trip by ambulance need beside a code (SNIP 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import CLAIM, lines, missing, place_of
from codinglab.claim.scrub_lists import members, on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit

_MINUTES = "MJ"
_TRIP_MODIFIER = 2  # one letter for the origin, one for the destination


@claim_edit(
    "anesthesia.minutes",
    "coding",
    "coder",
    6,
    source="Medicare Claims Processing Manual ch. 12 s. 50; 837P 2400 SV103",
    at="2400 SV103, SV104",
    kinds=("professional",),
    answer="A6 258",
    wire=("product.anesthesia",),
)
def minutes(sent: Sent, day: date) -> Iterator[Said]:
    """Anesthesia is billed in minutes (MJ), and nothing else is.

    The payer adds its base units. 75 units instead of 75 minutes would be paid fifteen times over.
    """
    for place, line in lines(sent.claim):
        asleep = any(on_list("anesthesia modifier", one, day) for one in line.modifiers)
        if asleep and line.unit_kind != _MINUTES:
            yield Said(
                place,
                f"{line.code} is anesthesia, told in {line.unit_kind}.",
                "Write the minutes from start to end, with MJ.",
            )


@claim_edit(
    "ambulance.trip",
    "coding",
    "biller",
    6,
    source="837P 2300 CR1; Medicare Claims Processing Manual ch. 15 s. 30",
    at="2300 CR1, CRC 07",
    kinds=("professional",),
    answer="A6 21",
    wire=("x12.ambulance_trip", "x12.ambulance_places"),
)
def trip(sent: Sent, day: date) -> Iterator[Said]:
    """A trip by ambulance tells why, how far, and from where to where.

    Places 41 and 42 are the ambulance itself. The reason, the loaded miles and the certified
    conditions are what the payer judges the need by. Miles are 0 or more, and pounds more than 0.
    """
    claim = sent.claim
    if (told := claim.ambulance) is not None:
        if told.miles < 0:
            yield Said(CLAIM, f"A trip of {told.miles} miles.", "Write the loaded miles.")
        if told.weight is not None and told.weight <= 0:
            yield Said(
                CLAIM, f"A patient of {told.weight} pounds.", "Weigh again, or leave it out."
            )
    for place, line in lines(claim):
        if on_list("ambulance place", place_of(claim, line), day) and claim.ambulance is None:
            yield missing(place, "What is to be told of the trip", "Add reason, miles, addresses.")
            return


@claim_edit(
    "ambulance.modifier",
    "coding",
    "coder",
    6,
    source="Medicare Claims Processing Manual ch. 15 s. 30: origin and destination modifiers",
    at="2400 SV101-3",
    answer="A6 453",
)
def origin(sent: Sent, day: date) -> Iterator[Said]:
    """A trip carries a modifier of two letters, where it began and where it went.

    RH is from the residence to a hospital. The letters are D, E, G, H, I, J, N, P, R, S, and X as
    a destination only.
    """
    letters = members("ambulance letter", day)
    for place, line in lines(sent.claim):
        if not on_list("ambulance trip", line.code, day):
            continue
        pairs = (one for one in line.modifiers if len(one) == _TRIP_MODIFIER)
        if not any(letters.issuperset(one) and one[0] != "X" for one in pairs):
            yield missing(place, f"The origin and destination of {line.code}", "Write it like RH.")


EDITS = (minutes, trip, origin)
