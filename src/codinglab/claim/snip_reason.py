"""Code sets on adjustments (SNIP 5): reasons (CARC) and remarks (RARC)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.snip_codes import (
    table_fault,
)
from codinglab.claim.snip_rule import (
    CLAIMS,
    REMITTANCE,
    Spot,
    wire_rule,
)
from codinglab.claim.snip_view import WireClaim
from codinglab.codes.billing import CARC, RARC
from codinglab.x12.loops import Loop, WireSegment


def _reasons(view: WireClaim) -> Iterator[tuple[Loop, WireSegment, int]]:
    """Yield each reason of an adjustment by its loop, segment and place."""
    for loop, one in view.every("CAS"):
        for at in range(2, min(len(one.elements), 20), 3):
            if one.get(at):
                yield loop, one, at


def _decided(view: WireClaim) -> date | None:
    """Return the day by which reasons are valid: of the remittance, or of the file."""
    return view.tree.interchange.day


@wire_rule(
    "code.carc",
    5,
    "Copy it from the remittance, or use a code of the list in force.",
    source="X12 external code source 139, numbers only",
    kinds=(*CLAIMS, REMITTANCE),
)
def carc(view: WireClaim) -> Iterator[Spot]:
    """The reason of an adjustment (CAS) is one of the list in force.

    The lab holds a starter set; another of the right shape is a warning.
    """
    day = _decided(view)
    for loop, one, at in _reasons(view) if day else ():
        if day and (found := table_fault(CARC, one.get(at), day)):
            yield Spot(loop, one, f"CAS{at:02}", one.get(at), *found)


@wire_rule(
    "code.rarc",
    5,
    "Copy it from the remittance, or use a code of the list in force.",
    source="X12 external code source 411, numbers only",
    kinds=(*CLAIMS, REMITTANCE),
)
def rarc(view: WireClaim) -> Iterator[Spot]:
    """A remark (MOA, MIA, LQ*HE) is one of the list in force.

    The lab holds a starter set; another of the right shape is a warning.
    """
    day = _decided(view)
    if day is None:
        return
    places = {"MOA": range(3, 8), "MIA": (5, 20, 21, 22, 23), "LQ": (2,)}
    for loop, one in view.every(*places):
        if one.name == "LQ" and one.get(1) != "HE":
            continue
        for at in places[one.name]:
            if one.get(at) and (found := table_fault(RARC, one.get(at), day)):
                yield Spot(loop, one, f"{one.name}{at:02}", one.get(at), *found)


RULES = (carc, rarc)
