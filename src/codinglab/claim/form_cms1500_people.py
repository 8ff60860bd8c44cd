"""Items 1 to 11d of a CMS-1500: payer, patient, insured, and the other policy."""

from __future__ import annotations

from datetime import date

from codinglab.claim.form_choices import cell_of, listed
from codinglab.claim.form_page import MARK, typed
from codinglab.claim.form_text import day_long, phone, plain, street, town, zip_code
from codinglab.claim.form_text import person_last_first as named
from codinglab.claim.model import Claim
from codinglab.claim.parties import Address, Coverage, Person

Texts = dict[str, str]
NO_EARLIER_PAYER = "NONE"
"""What item 11 says where nobody pays before Medicare (chapter 26, section 10.2, item 11)."""


def medicare(claim: Claim, day: date) -> bool:
    """Say whether the claim goes to Original Medicare, whose manual fills some boxes otherwise."""
    return listed("medicare", claim.coverage.filing, day)


def insured_of(claim: Claim, policy: Coverage) -> Person:
    """Return who holds `policy`: the patient where it names nobody else."""
    return policy.insured or claim.patient


def people(claim: Claim, day: date) -> Texts:
    """Return the cells of the payer's address and of items 1 to 7 and 11 to 11c."""
    policy, patient = claim.coverage, claim.patient
    asked = _asked(claim, day)
    return {
        **_carrier(policy),
        _coverage_mark(policy, day): MARK,
        "1a": typed(policy.member_id),
        "2": named(patient.name),
        "3.born": day_long(patient.born),
        **_sex("3", patient, day),
        **_address("5", patient),
        **(_insured(claim, asked, day) if asked else {}),
        "11": _group(claim, asked, day),
    }


def _asked(claim: Claim, day: date) -> Coverage | None:
    """Return the policy of items 4 to 11c: the payer's own, of Medicare the one before it."""
    if not medicare(claim, day):
        return claim.coverage
    return claim.coverages[claim.to - 1] if claim.to else None


def _group(claim: Claim, asked: Coverage | None, day: date) -> str:
    if asked is None:
        return NO_EARLIER_PAYER
    told = asked.group_number or (asked.member_id if medicare(claim, day) else "")
    return typed(told)


def _coverage_mark(policy: Coverage, day: date) -> str:
    return cell_of("coverage", policy.filing, day) or "1.other"


def _carrier(policy: Coverage) -> Texts:
    payer = policy.payer
    lines = [plain(payer.name)]
    lines += [street(payer.address), town(payer.address)] if payer.address else []
    return {f"carrier.{at}": text for at, text in enumerate(lines, start=1)}


def _sex(box: str, person: Person, day: date) -> Texts:
    mark = cell_of("sex", person.sex or "", day)
    return {f"{box}.{mark}": MARK} if mark else {}


def _address(box: str, person: Person) -> Texts:
    where: Address | None = person.address
    if where is None:
        return {}
    return {
        f"{box}.street": street(where),
        f"{box}.city": plain(where.city),
        f"{box}.state": where.state,
        f"{box}.zip": zip_code(where.zip_code),
        f"{box}.phone": phone(person.phone),
    }


def _insured(claim: Claim, policy: Coverage, day: date) -> Texts:
    person = insured_of(claim, policy)
    return {
        "4": named(person.name),
        cell_of("relationship", policy.relationship, day) or "6.other": MARK,
        **_address("7", person),
        "11a.born": day_long(person.born),
        **_sex("11a", person, day),
        "11c": typed(policy.group_name or policy.payer.name),
    }


def other_policy(claim: Claim, day: date) -> Texts:
    """Return the cells of items 9 to 9d and 11d: the first policy that is not asked here.

    Medicare tells the policy before it in items 4 to 11c and leaves 11d blank.
    """
    if medicare(claim, day):
        return {}
    others = [one for at, one in enumerate(claim.coverages) if at != claim.to]
    if not others:
        return {"11d.no": MARK}
    one = others[0]
    return {
        "9": named(insured_of(claim, one).name),
        "9a": typed(one.group_number or one.member_id),
        "9d": typed(one.group_name or one.payer.name),
        "11d.yes": MARK,
    }
