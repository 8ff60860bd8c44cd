"""Registration: every address of a claim, its ZIP Code and its state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import (
    addresses,
)
from codinglab.claim.scrub_lists import has_shape
from codinglab.claim.scrub_rule import Said, Sent, claim_edit


@claim_edit(
    "address.zip",
    "registration",
    "front desk",
    5,
    source="USPS ZIP Codes; 837 N403",
    at="N403 of every party",
    answer="A7 500 QC",
    wire=("code.zip",),
)
def zip_code(sent: Sent, day: date) -> Iterator[Said]:
    """A ZIP Code has five digits or nine, and nothing else.

    The hyphen is left out. Prices depend on the place of service, so a wrong one also pays wrong.
    """
    for place, one in addresses(sent.claim):
        if not has_shape("ZIP", one.zip_code, day):
            yield Said(place, f"{one.zip_code!r} is no ZIP Code.", "Write 5 or 9 digits.")


@claim_edit(
    "address.state",
    "registration",
    "front desk",
    5,
    source="USPS state abbreviations; 837 N402",
    at="N402 of every party",
    answer="A7 501 QC",
    wire=("x12.state",),
)
def state(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A state is one of the two-letter abbreviations of the Postal Service.

    States, the District of Columbia, territories and military posts; no others.
    """
    from codinglab.x12.codes import states

    for place, one in addresses(sent.claim):
        if one.state not in states():
            yield Said(place, f"{one.state!r} is no state.", "Write it like NY.")


EDITS = (zip_code, state)
