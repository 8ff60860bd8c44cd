"""FL 1 to 17, 29, 56 and 76 to 81 of a UB-04: who bills, the patient, the stay, the providers."""

from __future__ import annotations

from datetime import date

from codinglab.claim.form_choices import cell_of
from codinglab.claim.form_page import typed
from codinglab.claim.form_text import (
    day_run,
    party,
    person_last_first,
    phone,
    plain,
    street,
    town,
    zip_code,
)
from codinglab.claim.model import Claim, InstitutionalBill
from codinglab.claim.parties import Provider

Texts = dict[str, str]


def who(claim: Claim, bill: InstitutionalBill) -> Texts:
    """Return the cells of who bills, and of the numbers of the bill."""
    billing = claim.billing
    name, line, city = party(billing)
    where = claim.pay_to
    return {
        "1.1": name,
        "1.2": line,
        "1.3": city,
        "1.4": phone(billing.phone),
        "2.1": name if where else "",
        "2.2": street(where) if where else "",
        "2.3": town(where) if where else "",
        "3a": typed(claim.account),
        "3b": typed(bill.record_number),
        "4": f"{bill.bill_type}{claim.frequency}",
        "5": billing.tax_id,
        "6.from": day_run(bill.statement_from),
        "6.through": day_run(bill.statement_to),
        "56": billing.npi,
        "80.1": typed(claim.note),
        "81a.qualifier": "B3" if billing.taxonomy else "",
        "81a.code": billing.taxonomy,
    }


def patient(claim: Claim, bill: InstitutionalBill) -> Texts:
    """Return the cells of the patient, and of how the stay or visit began and ended."""
    person = claim.patient
    where = person.address
    return {
        "8b": person_last_first(person.name),
        "9a": street(where) if where else "",
        "9b": plain(where.city) if where else "",
        "9c": where.state if where else "",
        "9d": zip_code(where.zip_code).replace("-", "") if where else "",
        "10": f"{person.born:%m%d%Y}" if person.born else "",
        "11": person.sex or "",
        "12": day_run(bill.admitted),
        "13": bill.admission_hour,
        "14": bill.priority,
        "15": bill.origin,
        "16": bill.discharge_hour,
        "17": bill.status,
        "29": claim.accident.state,
    }


def _other_id(one: Provider) -> tuple[str, str]:
    first = next(iter(one.other_ids), None)
    return (first.qualifier, typed(first.text)) if first else ("", "")


def _provider(box: str, one: Provider) -> Texts:
    qualifier, other = _other_id(one)
    return {
        f"{box}.npi": one.npi,
        f"{box}.qualifier": qualifier,
        f"{box}.other": other,
        f"{box}.last": plain(one.name.last),
        f"{box}.first": " ".join(plain(part) for part in (one.name.first, one.name.middle) if part),
    }


def providers(claim: Claim, day: date) -> Texts:
    """Return the cells of FL 76 to 79."""
    texts: Texts = {}
    for box, wanted in (("76", "attending"), ("77", "operating")):
        one = claim.provider("attending" if wanted == "attending" else "operating")
        texts |= _provider(box, one) if one else {}
    for box, (role, other) in zip(("78", "79"), others(claim, day), strict=False):
        texts |= {f"{box}.role": role, **_provider(box, other)}
    return texts


def others(claim: Claim, day: date) -> list[tuple[str, Provider]]:
    """Return who stands in FL 78 and 79, each with the qualifier of the role."""
    told = [(cell_of("other_provider", role, day), one) for role, one in claim.providers]
    return [(role, one) for role, one in told if role]
