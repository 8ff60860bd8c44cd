"""Registration: who is asked to pay, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import coverages, missing
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.claim.scrub_terms import all_terms


@claim_edit(
    "payer.number",
    "registration",
    "biller",
    4,
    source="837 2010BB NM109",
    at="2010BB NM109",
    answer="A6 153 PR",
)
def payer_number(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Each payer is named by the number under which the clearinghouse knows it.

    The claim goes where the number says, whatever the name beside it.
    """
    for place, one in coverages(sent.claim):
        if not one.payer.payer_id.strip():
            yield missing(place, "The payer's number", "Look it up in the clearinghouse's list.")


@claim_edit(
    "payer.wrong",
    "registration",
    "biller",
    7,
    source="the payer's companion file; 837 2010BB NM109 against 2000B SBR09",
    at="2010BB NM109; 2000B SBR09",
    answer="A8 116 PR",
    wire=("payer.filing",),
)
def payer_wrong(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The payer's number fits the kind of insurance that is billed.

    A Medicare claim under a commercial payer's number goes to that payer, who does not know the
    patient. The time to file runs on meanwhile.
    """
    for place, one in coverages(sent.claim):
        terms = all_terms().get(one.payer.payer_id)
        if terms and one.filing not in terms.filing:
            yield Said(
                place,
                f"{one.payer.payer_id} is {terms.name}, which is billed as "
                f"{' or '.join(terms.filing)}; the claim says {one.filing}.",
                "Correct the payer's number or the claim filing indicator.",
            )


@claim_edit(
    "filing.code",
    "registration",
    "biller",
    5,
    source="837 2000B SBR09; CMS-1500 item 1",
    at="2000B SBR09; 2320 SBR09",
    answer="A7 122",
)
def filing(sent: Sent, day: date) -> Iterator[Said]:
    """The claim filing indicator is one of the codes for kinds of insurance.

    MB is Medicare Part B, MA Part A, MC Medicaid, CI commercial, BL Blue Cross, HM a health
    maintenance organization, 16 a Medicare one, WC workers' compensation, AM automobile.
    """
    for place, one in coverages(sent.claim):
        if not on_list("filing indicator", one.filing, day):
            yield Said(place, f"{one.filing!r} is no claim filing indicator.", "Write it like MB.")


@claim_edit(
    "medicare.second-type",
    "registration",
    "front desk",
    4,
    source="837 2000B SBR05; Medicare Secondary Payer Manual ch. 3",
    at="2000B SBR05; 2320 SBR05",
    kinds=("professional",),
    answer="A6 171 IL",
    wire=("x12.msp_reason",),
)
def second_type(sent: Sent, day: date) -> Iterator[Said]:
    """Where Medicare pays second, the claim says why.

    12 a working aged patient's employer plan, 13 kidney failure, 14 no-fault, 15 workers'
    compensation, 16 another federal agency, 41 black lung, 42 Veterans Affairs, 43 disabled with a
    large employer plan, 47 liability. Ask the patient at every visit. A hospital's bill tells it
    by a value code, and its 837I has no place for this reason.
    """
    for at, (place, one) in enumerate(coverages(sent.claim)):
        if not on_list("Medicare filing", one.filing, day):
            continue
        if at and not one.msp_type:
            yield missing(
                place,
                "Medicare is not the first payer, and the reason why",
                "Ask the patient; write it like 12 (working aged).",
            )
        elif one.msp_type and not on_list("Medicare second type", one.msp_type, day):
            yield Said(place, f"{one.msp_type!r} is no such reason.", "Write it like 12.")


@claim_edit(
    "medicare.not-second",
    "registration",
    "front desk",
    4,
    source="837 2000B SBR05",
    at="2000B SBR05",
    answer="A8 171 IL",
)
def not_second(sent: Sent, day: date) -> Iterator[Said]:
    """A reason for Medicare to pay second has no place where it pays first, or is not the payer.

    Either the order of the policies is wrong or the reason is left from an earlier visit.
    """
    for at, (place, one) in enumerate(coverages(sent.claim)):
        if one.msp_type and (at == 0 or not on_list("Medicare filing", one.filing, day)):
            yield Said(
                place,
                f"It says {one.msp_type}, a reason for Medicare to pay second.",
                "Leave it out, or put the policies in their order.",
            )


EDITS = (payer_number, payer_wrong, filing, second_type, not_second)
