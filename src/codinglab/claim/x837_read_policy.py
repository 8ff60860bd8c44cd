"""Payers and policies of an 837 as values: SBR, the payer, and the insured's answers."""

from __future__ import annotations

from typing import Literal

from codinglab.claim.parties import (
    Coverage,
    Payer,
)
from codinglab.claim.x837_fields import needed, needed_code
from codinglab.claim.x837_names import (
    RANKS,
)
from codinglab.claim.x837_read_parties import read_address
from codinglab.x12.loops import Loop, WireSegment


def read_payer(loop: Loop) -> Payer:
    """Return a payer."""
    one = needed(loop, "NM1", "PR")
    return Payer(one.get(3), one.get(9), read_address(loop))


def rank(policy: WireSegment) -> int:
    """Return the place of a payer by SBR01; unknown ones come last."""
    found = RANKS.find(policy.get(1)) if policy.get(1) else -1
    return found if found >= 0 else len(RANKS)


Assigned = Literal["Y", "N", "W"]
Release = Literal["Y", "I"]


def read_answers(loop: Loop, one: WireSegment, assigned: int) -> tuple[Assigned, Release]:
    """Return the answers to assignment of benefits and release of information.

    They stand in CLM08 and CLM09 or in OI03 and OI06; `assigned` is the place of the first. Raises
    Unreadable when they are not the guide's codes.
    """
    release = assigned + (1 if one.name == "CLM" else 3)
    return (
        needed_code(loop, one, assigned, ("Y", "N", "W")),
        needed_code(loop, one, release, ("Y", "I")),
    )


def read_coverage(
    policy: WireSegment, insured: Loop, payer: Payer, answers: tuple[Assigned, Release]
) -> Coverage:
    """Return a policy: `policy` is SBR, `insured` the loop of the insured's NM1.

    The relationship is that of SBR02, and the insured is not yet named.
    """
    return Coverage(
        payer=payer,
        member_id=needed(insured, "NM1", "IL").get(9),
        filing=policy.get(9),
        relationship=policy.get(2),
        group_number=policy.get(3),
        group_name=policy.get(4),
        msp_type=policy.get(5),
        assigned=answers[0],
        release=answers[1],
    )
