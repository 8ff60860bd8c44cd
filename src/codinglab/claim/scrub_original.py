"""Registration: what a claim corrects, and its own number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.rules import limit
from codinglab.claim.scrub_facts import CLAIM, missing
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit


@claim_edit(
    "frequency.no-original",
    "registration",
    "biller",
    4,
    source="CMS-1500 item 22; UB-04 FL 4 and 64; 837 2300 CLM05-3 and REF F8",
    at="2300 REF F8",
    answer="A6 464",
    wire=("x12.original_reference",),
)
def no_original(sent: Sent, day: date) -> Iterator[Said]:
    """A claim that replaces (7) or voids (8) another names the payer's number of that one.

    The number stands on the remittance. Without it the payer cannot find what to replace, and
    takes the claim for a duplicate.
    """
    claim = sent.claim
    if on_list("corrects", claim.frequency, day) and not claim.original_reference.strip():
        yield missing(
            CLAIM,
            f"Frequency is {claim.frequency}, and the payer's number of the original claim",
            "Take it from the remittance.",
        )


@claim_edit(
    "frequency.original-unused",
    "registration",
    "biller",
    4,
    source="CMS-1500 item 22; 837 2300 CLM05-3 and REF F8",
    at="2300 REF F8",
    answer="A8 464",
)
def original_unused(sent: Sent, day: date) -> Iterator[Said]:
    """A first claim (1) has no original.

    Either it corrects a claim, and is 7 or 8, or the number is left from another.
    """
    claim = sent.claim
    if claim.original_reference and not on_list("corrects", claim.frequency, day):
        yield Said(
            CLAIM,
            f"Frequency {claim.frequency}, with the original number {claim.original_reference}.",
            "Write 7 (replaces) or 8 (voids), or leave the number out.",
        )


@claim_edit(
    "frequency.hospital",
    "registration",
    "biller",
    5,
    source="CMS-1500 item 22; UB-04 FL 4",
    at="2300 CLM05-3",
    kinds=("professional",),
    answer="A7 481",
)
def hospital_only(sent: Sent, day: date) -> Iterator[Said]:
    """A professional claim is a first one (1), a replacement (7) or a void (8).

    First, middle and last bills of a course (2, 3, 4) are a hospital's.
    """
    if on_list("hospital frequency", sent.claim.frequency, day):
        yield Said(CLAIM, f"Frequency {sent.claim.frequency} is a hospital's.", "Write 1.")


@claim_edit(
    "claim.account",
    "registration",
    "biller",
    2,
    source="CMS-1500 item 26; UB-04 FL 3a; 837 2300 CLM01",
    at="2300 CLM01",
    answer="A6 478",
)
def account(sent: Sent, day: date) -> Iterator[Said]:
    """Each claim has the practice's own number for it, of at most twenty characters.

    Every answer (277CA, 277, 835) repeats it, and by it the payment finds its account.
    """
    number = sent.claim.account
    if not number.strip():
        yield missing(CLAIM, "The account number", "Write the practice's own number of the claim.")
    elif len(number) > limit("account", day).number:
        yield Said(CLAIM, f"{number!r} has {len(number)} characters.", "Keep twenty at most.")


EDITS = (no_original, original_unused, hospital_only, account)
