"""Registration: the policy that is billed, and its member number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.numbers import why_not_member_id
from codinglab.claim.scrub_facts import CLAIM, SELF, coverages, has_payer, missing
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.claim.scrub_terms import all_terms
from codinglab.core.findings import Severity


@claim_edit(
    "coverage.none",
    "registration",
    "front desk",
    4,
    source="CMS-1500 items 1, 1a and 11; UB-04 FL 50",
    at="2000B SBR, 2010BB",
    answer="A6 116 PR",
)
def none(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A claim goes to a policy that is among its policies.

    Nothing else is judged of a claim to nobody: what is right depends on the payer.
    """
    if not has_payer(sent.claim):
        yield Said(
            CLAIM,
            "The payer to whom it is sent is not among its policies.",
            "Enter the policy, primary first, and say which of them is billed.",
        )


@claim_edit(
    "member.missing",
    "registration",
    "front desk",
    4,
    source="CMS-1500 item 1a; UB-04 FL 60",
    at="2010BA NM109",
    answer="A6 164 IL",
)
def member_missing(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Each policy has its member number, as the card shows it.

    Without it the payer cannot find its member, and rejects the claim. A hospital's bill to the
    payer of an employer insured against work injuries may lack it: the 837I asks for it of persons.
    """
    hospital = sent.claim.kind == "institutional"
    for place, one in coverages(sent.claim):
        insured = one.insured if one.relationship != SELF else None
        is_spared = hospital and insured is not None and not insured.name.is_person
        if not one.member_id.strip() and not is_spared:
            yield missing(place, "The member number", "Take it from the card.")


@claim_edit(
    "member.medicare",
    "registration",
    "front desk",
    5,
    source="CMS, Understanding the Medicare Beneficiary Identifier (MBI) format",
    at="2010BA NM109",
    answer="A7 164 IL",
    wire=("payer.member-number",),
)
def member_medicare(sent: Sent, day: date) -> Iterator[Said]:
    """A Medicare number (MBI) has eleven characters, each place of its own kind.

    The first is a digit other than 0; the second, fifth, eighth and ninth are letters; S, L, O, I,
    B and Z are never used, since they look like digits. On the wire it has no hyphens.
    """
    for place, one in coverages(sent.claim):
        wrong = why_not_member_id(one.member_id, one.filing, day)
        if one.member_id and wrong and on_list("Medicare filing", one.filing, day):
            yield Said(
                place,
                f"{wrong}.",
                "Write its 11 characters without hyphens; look for an O that should be a 0.",
            )


@claim_edit(
    "member.payer-shape",
    "registration",
    "front desk",
    7,
    source="the payer's companion file",
    at="2010BA NM109",
    answer="A7 164 IL",
    wire=("payer.member-number",),
)
def member_shape(sent: Sent, day: date) -> Iterator[Said]:
    """A member number has the shape that its payer gives to its numbers.

    A letter left out, or the group number in its place, is found before the payer finds it.
    Medicare's is judged by a rule of its own.
    """
    for place, one in coverages(sent.claim):
        terms = all_terms().get(one.payer.payer_id)
        if terms is None or not one.member_id or on_list("Medicare filing", one.filing, day):
            continue
        if not terms.knows(one.member_id):
            yield Said(
                place,
                f"{one.member_id!r} is no member number of {terms.name}: {terms.member_id_says}.",
                "Read the number from the card again.",
            )


@claim_edit(
    "coverage.twice",
    "registration",
    "front desk",
    4,
    source="837 2000B and 2320",
    at="2000B, 2320",
    wire=("x12.other_payer_same",),
)
def twice(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A policy stands on a claim once.

    The same payer and number as primary and as secondary would pay its own rest. A warning, since
    one insurer may run two plans and number them alike.
    """
    seen: dict[tuple[str, str], str] = {}
    for place, one in coverages(sent.claim):
        key = (one.payer.payer_id, one.member_id)
        if key in seen and all(key):
            yield Said(
                place,
                f"The same policy as {seen[key]}.",
                "Take it out, or tell the two apart.",
                Severity.WARNING,
            )
        seen.setdefault(key, place)


EDITS = (none, member_missing, member_medicare, member_shape, twice)
