"""The patient, the policies and the providers of a claim file, and what is missing of them."""

from __future__ import annotations

import re
from datetime import date

from codinglab.claim.claim_file import ClaimFile
from codinglab.claim.claim_rows import RANKS, CoverageRow, Rank
from codinglab.claim.numbers import why_not_member_id, why_not_npi, why_not_tax_id, why_not_zip
from codinglab.claim.parties import Coverage, Person, Provider, Role
from codinglab.claim.rules import listed
from codinglab.claim.said import Said

SELF = "18"
_BOX = re.compile(r"\b(?:P\.? ?O\.? ?BOX|LOCK ?BOX)\b", re.IGNORECASE)


def patient(file: ClaimFile, said: Said) -> Person | None:
    """Return the patient; a birth date, sex or address that is missing is said."""
    if file.patient is None:
        said.lack("patient", "patient.name", "Nobody is named as patient.", "State patient.")
        return None
    one = file.patient.value()
    if one.born is None:
        said.say("born", "patient.born", "The date of birth is missing.", "State patient.born.")
    if one.sex is None:
        said.say("sex", "patient.sex", "The sex is missing.", "State patient.sex: F, M or U.")
    if one.address is None:
        said.say("address", "patient.address", "The address is missing.", "State patient.address.")
    return one


def coverages(file: ClaimFile, said: Said) -> tuple[Coverage, ...]:
    """Return the policies from primary to tertiary, blank where the file names none."""
    if not file.coverages:
        said.lack(
            "coverages", "coverages", "No policy is named.", "State coverages, primary first."
        )
    return tuple(
        _coverage(one, rank, said) for one, rank in zip(file.coverages, RANKS, strict=False)
    )


def _coverage(row: CoverageRow, rank: Rank, said: Said) -> Coverage:
    _answers(row, rank, said)
    _member(row, rank, said)
    if not row.payer.payer_id:
        said.say(
            "payer-id",
            "payer.payer_id",
            f"The {rank} payer {row.payer.name} has no identifier.",
            f"State payer.payer_id of the {rank} policy as the clearinghouse lists it.",
        )
    if row.filing and not row.claim_number and listed(row.filing, "event filing", said.day):
        said.warn(
            "event-number",
            "claim_number",
            f"The {rank} payer answers for an event, and its number of the event is not told.",
            f"State claim_number of the {rank} policy where the payer has given one.",
        )
    return Coverage(
        row.payer.value(),
        row.member_id,
        row.filing,
        row.relationship or "",
        row.insured.value() if row.insured else None,
        row.group_number,
        row.group_name,
        row.msp_type,
        row.claim_number,
        row.assigned or "N",
        row.release or "I",
        row.signed_for_patient,
    )


def _answers(row: CoverageRow, rank: Rank, said: Said) -> None:
    """Say which answers about the policy are missing; none of them has a default."""
    for name, remedy in (
        ("relationship", "18 where the patient is the insured, 01 spouse, 19 child, 20 employee"),
        ("assigned", "Y where the insured lets the payer pay the provider, else N or W"),
        ("release", "Y where the patient signed that data may be sent, I where the law allows it"),
    ):
        if getattr(row, name) is None:
            said.lack(
                name, name, f"The {rank} policy does not say {name}.", f"State {name}: {remedy}."
            )
    if not row.filing:
        said.say(
            "filing",
            "filing",
            f"The kind of the {rank} policy is not told.",
            "State filing: MB Medicare Part B, MA Part A, MC Medicaid, CI commercial, BL Blue ...",
        )
    medicare = listed(row.filing, "Medicare filing", said.day) is not None
    if medicare and row.relationship not in {None, SELF}:
        said.say(
            "medicare-self",
            "relationship",
            f"Medicare insures nobody through another, and the {rank} policy says so.",
            "State relationship 18, or correct filing.",
        )
    if row.relationship not in {None, SELF} and row.insured is None:
        said.say(
            "insured",
            "insured",
            f"The patient is not the insured of the {rank} policy, and nobody else is named.",
            f"State insured of the {rank} policy, or relationship 18.",
        )
    if row.relationship == SELF and row.insured is not None:
        said.say(
            "insured",
            "insured",
            f"Relationship 18 says that the patient is the insured of the {rank} policy.",
            "Take insured out, or correct the relationship.",
        )


def _member(row: CoverageRow, rank: Rank, said: Said) -> None:
    """Say what is wrong with the number of the insured.

    The 837P asks for it in any case, the 837I of persons alone (2010BA NM108 and NM109).
    """
    organization = row.insured is not None and bool(row.insured.organization)
    if not row.member_id and not (organization and said.kind == "institutional"):
        said.say(
            "member-id",
            "member_id",
            f"The {rank} policy has no member number.",
            "Copy member_id from the card.",
        )
    elif why := row.member_id and why_not_member_id(row.member_id, row.filing, said.day):
        said.say("member-id", "member_id", f"{why}.", "Copy member_id from the card again.")


def destination(file: ClaimFile, said: Said) -> int:
    """Return the place of the policy that the claim is sent to, from 0."""
    count = len(file.coverages)
    if file.to is None and count > 1:
        said.lack(
            "to",
            "to",
            f"There are {count} policies, and whom this claim goes to is not told.",
            "State to: primary, secondary or tertiary.",
        )
    at = RANKS.index(file.to) if file.to else 0
    if count and at >= count:
        said.lack(
            "to", "to", f"There is no {RANKS[at]} policy.", "Correct to, or add it to coverages."
        )
    elif count:
        _medicare_second(file, file.coverages[at], at, said)
    return at


def _medicare_second(file: ClaimFile, row: CoverageRow, at: int, said: Said) -> None:
    """Ask why Medicare pays second: SBR05 of an 837P, a value code of a hospital's bill."""
    second = at > 0 and listed(row.filing, "Medicare filing", said.day) is not None
    hospital = said.kind == "institutional"
    if second and hospital and not _has_value(file, said):
        said.say(
            "msp",
            "bill.values",
            "Medicare is not the first payer, and no value code tells what the first one paid.",
            "State one of 12 to 16, 41 to 43 or 47 in bill.values with the amount.",
            source="Medicare Secondary Payer Manual ch. 3",
        )
    if second and not hospital and not row.msp_type:
        said.say(
            "msp",
            "msp_type",
            "Medicare is not the first payer, and why is not told.",
            "State msp_type: 12 working aged, 13 kidney failure, 14 no-fault, 15 work, 43 "
            "disabled, 47 liability.",
            source="42 CFR 411.20",
        )
    if row.msp_type and (hospital or not second):
        why = "a hospital tells it by a value code" if hospital else "here it does not"
        said.say(
            "msp",
            "msp_type",
            f"msp_type {row.msp_type} says why Medicare pays second, and {why}.",
            "Take msp_type out, or correct the order of coverages.",
        )


def _has_value(file: ClaimFile, said: Said) -> bool:
    codes = [one.code for one in file.bill.values] if file.bill else []
    return any(listed(code, "Medicare second value", said.day) for code in codes)


def billing(file: ClaimFile, said: Said) -> Provider | None:
    """Return the billing provider, with what the payer needs of it."""
    if file.billing is None:
        said.lack("billing", "billing.name", "Nobody is named who bills.", "State billing.")
        return None
    one = file.billing.value()
    check_npi(one, "billing.npi", "billing provider", said)
    if not one.tax_id:
        said.say("tax-id", "billing.tax_id", "The tax number is missing.", "State billing.tax_id.")
    elif why := why_not_tax_id(one.tax_id, one.tax_id_kind):
        said.say("tax-id", "billing.tax_id", f"{why}.", "Correct billing.tax_id.")
    if not one.taxonomy:
        said.warn(
            "taxonomy",
            "billing.taxonomy",
            "The billing provider's taxonomy is not told; many payers reject a claim without it.",
            "State billing.taxonomy.",
        )
    _street(one, said)
    return one


def _street(one: Provider, said: Said) -> None:
    if one.address is None:
        message = "The billing provider's address is missing."
        said.say("billing-address", "billing.address", message, "State billing.address.")
        return
    if _BOX.search(f"{one.address.line_1} {one.address.line_2}"):
        said.say(
            "billing-address",
            "billing.address",
            f"{one.address.line_1!r} is a post box; the billing address is where the practice is.",
            "State the street in billing.address, and the box in pay_to.",
            source="005010X222A1 and 005010X223A2, 2010AA N301",
        )
    if why := why_not_zip(one.address.zip_code, nine=True):
        said.say(
            "billing-zip",
            "billing.zip_code",
            f"The billing provider's ZIP code: {why}.",
            "State all nine digits; the postal service looks them up by street.",
            source="005010X222A1 and 005010X223A2, 2010AA N403",
        )


def check_npi(one: Provider, box: str, whose: str, said: Said) -> None:
    """Say what is wrong with the NPI of `one`, who is the claim's `whose`."""
    if not one.npi:
        said.say("npi", box, f"The {whose} has no NPI.", f"State npi of the {whose}.")
    elif why := why_not_npi(one.npi):
        said.say(
            "npi",
            box,
            f"The NPI of the {whose} cannot be right: {why}.",
            "Copy it again from the NPI registry.",
            source="45 CFR 162.406",
        )


def providers(file: ClaimFile, said: Said) -> dict[Role, Provider]:
    """Return the claim's providers by role, each with its NPI checked."""
    found = {role: row.value() for role, row in file.providers.items()}
    for role, one in found.items():
        check_npi(one, f"{role}.npi", f"{role} provider", said)
    return found


def facility(file: ClaimFile, said: Said) -> Provider | None:
    """Return where the service was given, where that is not the billing provider's address."""
    if file.facility is None:
        return None
    one = file.facility.value()
    check_npi(one, "facility.npi", "service facility", said)
    if one.address is None:
        said.say("facility", "facility", "The facility has no address.", "State facility.address.")
    elif why := why_not_zip(one.address.zip_code, nine=True):
        said.say("facility-zip", "facility.zip_code", f"{why}.", "State all nine digits.")
    return one


def facility_needed(places: set[str], day: date) -> str:
    """Return the first of `places` of service that asks for a facility, blank for none."""
    return next((one for one in sorted(places) if listed(one, "facility place", day)), "")
