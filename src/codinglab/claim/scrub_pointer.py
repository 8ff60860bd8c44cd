"""Coding: what points from the lines to the diagnoses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.rules import limit
from codinglab.claim.scrub_facts import (
    lines,
    missing,
)
from codinglab.claim.scrub_rule import Said, Sent, claim_edit


@claim_edit(
    "pointer.none",
    "coding",
    "coder",
    4,
    source="CMS-1500 item 24E; 837P 2400 SV107",
    at="2400 SV107",
    kinds=("professional",),
    answer="A6 477",
    instead=("pointer.none",),
)
def no_pointer(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Every line of a professional claim points to a diagnosis.

    The pointer says what the service was for, and the first one is the main reason.
    """
    for place, line in lines(sent.claim):
        if not line.pointers:
            yield missing(place, "The pointer to a diagnosis", "Say what it was for.")


@claim_edit(
    "pointer.absent",
    "coding",
    "coder",
    4,
    source="CMS-1500 items 21 and 24E; 837P 2400 SV107 against 2300 HI",
    at="2400 SV107",
    kinds=("professional",),
    answer="A7 477",
    instead=("pointer.lost",),
    wire=("x12.pointer",),
)
def absent(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A pointer leads to a diagnosis that is on the claim.

    Letters A to L on paper are the numbers 1 to 12 on the wire. A diagnosis that was taken out
    moves the others up, and pointers are left behind.
    """
    count = len(sent.claim.diagnoses)
    if not count:
        return  # the rule on claims without a diagnosis says so
    for place, line in lines(sent.claim):
        for one in line.pointers:
            if not 1 <= one <= count:
                yield Said(
                    place,
                    f"It points to diagnosis {one}; the claim has {count}.",
                    "Point to one that is there.",
                )


@claim_edit(
    "pointer.many",
    "coding",
    "coder",
    2,
    source="CMS-1500 item 24E; 837P 2400 SV107",
    at="2400 SV107",
    kinds=("professional",),
    answer="A7 477",
    instead=("pointer.many",),
    wire=("x12.pointer_twice",),
)
def many(sent: Sent, day: date) -> Iterator[Said]:
    """A line points to four diagnoses at most, and to each once.

    The first four that the service was for are enough.
    """
    room = limit("pointers", day).number
    for place, line in lines(sent.claim):
        if len(line.pointers) > room:
            yield Said(
                place, f"{len(line.pointers)} pointers.", f"Keep {room}, the main one first."
            )
        elif len(set(line.pointers)) < len(line.pointers):
            yield Said(place, "It points to one diagnosis twice.", "Take one of them out.")


EDITS = (no_pointer, absent, many)
