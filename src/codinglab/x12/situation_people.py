"""SNIP 4 on a subscriber: who the patient is, once the whole level has been read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.rules import PROFESSIONAL, Hit, Rules

SELF = "18"


@dataclass(frozen=True, slots=True)
class SubscriberView:
    """A loop 2000B that is complete: its SBR, and whether claims and patients stood in it."""

    loop: Loop
    insurance: WireSegment
    claims: bool
    patients: bool

    @classmethod
    def of(cls, loop: Loop) -> SubscriberView | None:
        """Return the view of the loop 2000B, None where it has no SBR."""
        insurance = loop.first("SBR")
        if insurance is None:
            return None
        seen = {one.id for one in loop.node.loops if loop.seen & one.bit}
        return cls(loop, insurance, "2300" in seen, "2000C" in seen)


people: Rules[SubscriberView] = Rules(("837P", "837I"), PROFESSIONAL)


@people(
    "x12.patient_missing",
    4,
    "Write 18 in SBR02 where the patient is the subscriber; else add the patient in loop 2000C.",
    error="I9",
)
def patient_missing(view: SubscriberView) -> Iterator[Hit]:
    """A patient who is not the subscriber has a level of its own (2000C), and the claim in it."""
    if view.insurance.get(2) == SELF or (view.patients and not view.claims):
        return
    message = "SBR02 does not say that the patient is the subscriber (18), but "
    message += "there is no loop 2000C." if not view.patients else "a claim stands in 2000B."
    yield Hit("2000B", view.insurance, "SBR02", message)


@people(
    "x12.patient_twice",
    4,
    "Leave SBR02 blank where the patient is another person, or take loop 2000C out.",
    error="7",
)
def patient_twice(view: SubscriberView) -> Iterator[Hit]:
    """A subscriber who is the patient (SBR02 18) has no further patient below."""
    if view.insurance.get(2) == SELF and view.patients:
        message = "SBR02 says that the patient is the subscriber (18), but a loop 2000C follows."
        yield Hit("2000B", view.insurance, "SBR02", message)


@people(
    "x12.claim_missing",
    4,
    "Add the claim, or take the subscriber out.",
    error="I9",
)
def claim_missing(view: SubscriberView) -> Iterator[Hit]:
    """A subscriber who is the patient has a claim."""
    if view.insurance.get(2) == SELF and not view.claims and not view.patients:
        yield Hit("2000B", view.insurance, "SBR02", "the subscriber has no claim (loop 2300).")
