"""Registration: claims of a batch that are the same, or are called the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_batch import earlier, essence
from codinglab.claim.scrub_facts import CLAIM
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.core.findings import Severity


@claim_edit(
    "claim.duplicate",
    "registration",
    "biller",
    4,
    source="Medicare Claims Processing Manual ch. 1 s. 120",
    at="2300",
    answer="A3 78",
    wire=("x12.claim_twice",),
)
def duplicate(sent: Sent, day: date) -> Iterator[Said]:
    """The same services go out once.

    A claim with the patient, payer, provider, days, codes, modifiers and charges of an earlier one
    of the batch is an exact duplicate, whatever its account number. A correction is sent as 7, and
    services that were really done twice carry 76, 77, 91 or a sign of their difference.
    """
    claim = sent.claim
    if on_list("corrects", claim.frequency, day):
        return
    if other := earlier(sent.batch).same(claim):
        yield Said(
            CLAIM,
            f"The same as {other.account}, earlier in the batch.",
            "Take one out, or send it as a replacement with the original's number.",
        )


@claim_edit(
    "claim.account-twice",
    "registration",
    "biller",
    4,
    source="837 2300 CLM01: by it every answer finds its claim",
    at="2300 CLM01",
)
def account_twice(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Two claims of a batch do not share an account number.

    A rejection would not tell which of the two it is about.
    """
    other = earlier(sent.batch).same_account(sent.claim)
    if other and essence(other) != essence(sent.claim):
        yield Said(
            CLAIM,
            f"{other.account} is the number of an earlier claim of the batch too.",
            "Give each claim its own number.",
            Severity.WARNING,
        )


EDITS = (duplicate, account_twice)
