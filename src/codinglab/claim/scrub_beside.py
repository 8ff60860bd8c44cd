"""Coding: what goes beside a line: papers that are sent on their own, and equipment's prices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.model import Attachment
from codinglab.claim.scrub_facts import CLAIM, lines, missing
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit


def _papers(sent: Sent) -> Iterator[tuple[str, Attachment]]:
    yield from ((CLAIM, one) for one in sent.claim.attachments)
    for place, line in lines(sent.claim):
        yield from ((place, one) for one in line.attachments)


@claim_edit(
    "attachment.control",
    "coding",
    "biller",
    4,
    source="837 2300 and 2400 PWK05, PWK06",
    at="2300 or 2400 PWK06",
    answer="A6 21",
)
def control(sent: Sent, day: date) -> Iterator[Said]:
    """A paper that travels beside the claim has a number by which the payer finds it.

    By mail, fax, e-mail, file or electronically: the number stands on the paper too. Only what is
    kept at the provider's, on request (AA), has none.
    """
    for place, one in _papers(sent):
        if on_list("travels with a number", one.how, day) and not one.control:
            yield missing(place, f"The number of the attachment {one.kind}", "Number the paper.")


@claim_edit(
    "equipment.prices",
    "coding",
    "biller",
    4,
    source="837P 2400 SV5, whose code is that of SV1",
    at="2400 SV5",
    kinds=("professional",),
    answer="A7 21",
)
def prices(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Equipment is that of its line, for a day or more, at prices of 0 or more.

    The rental and the purchase price let the payer compare; they are of the code that is billed.
    """
    for place, line in lines(sent.claim):
        one = line.equipment
        if one is None:
            continue
        if one.code and one.code != line.code:
            yield Said(place, f"{line.code} is billed, {one.code} described.", "Correct one.")
        if one.days is not None and one.days < 1:
            yield Said(place, f"{one.days} days of need.", "Write 1, or as many as are needed.")
        for what, price in (("rental", one.rental), ("purchase", one.purchase)):
            if price is not None and price < 0:
                yield Said(place, f"A {what} price of {price}.", "Write dollars and cents.")


EDITS = (control, prices)
