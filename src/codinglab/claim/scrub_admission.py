"""Coding: how urgently a patient came to a hospital, and from where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import BILL
from codinglab.claim.scrub_lists import members, on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit


@claim_edit(
    "bill.priority",
    "coding",
    "front desk",
    5,
    source="UB-04 FL 14; Medicare Claims Processing Manual ch. 25 s. 75.1",
    at="2300 CL101",
    kinds=("institutional",),
    answer="A7 231",
)
def priority(sent: Sent, day: date) -> Iterator[Said]:
    """The priority of an admission or visit is one of six codes.

    1 emergency, 2 urgent, 3 elective, 4 newborn, 5 trauma, 9 not known; 6 to 8 are not given out.
    One that is missing is told where the bill needs it.
    """
    bill = sent.claim.bill
    if bill and bill.priority and not on_list("admission priority", bill.priority, day):
        yield Said(
            BILL,
            f"{bill.priority!r} is no priority of an admission.",
            "Use 1, 2, 3, 4, 5 or 9.",
        )


@claim_edit(
    "bill.origin",
    "coding",
    "front desk",
    5,
    source="UB-04 FL 15; Medicare Claims Processing Manual ch. 25 s. 75.1",
    at="2300 CL102",
    kinds=("institutional",),
    answer="A7 229",
)
def origin(sent: Sent, day: date) -> Iterator[Said]:
    """The point of origin is a code of the list, and of the newborns' own list with priority 4.

    For a newborn 5 is born in this hospital and 6 born outside it. For everybody else 5 is a
    nursing facility and 6 another health care facility; 3, 7, A, B and C were given up.
    """
    bill = sent.claim.bill
    if bill is None or not bill.origin:
        return
    born = on_list("newborn priority", bill.priority, day)
    if not on_list("newborn origin" if born else "point of origin", bill.origin, day):
        known = ", ".join(sorted(members("newborn origin" if born else "point of origin", day)))
        whose = " of a newborn (priority 4)" if born else ""
        yield Said(BILL, f"{bill.origin!r} is no point of origin{whose}.", f"Use one of {known}.")


EDITS = (priority, origin)
