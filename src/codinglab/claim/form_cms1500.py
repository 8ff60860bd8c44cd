"""A professional claim as the cells of a CMS-1500 (02/12): six lines a page, each page its total.

Sources: Medicare Claims Processing Manual (Pub. 100-04), chapter 26, sections 10.2 to 10.4; the
tables in code_sets/claim_forms hold the rule of each box.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from codinglab.claim.form_choices import cell_of, listed
from codinglab.claim.form_cms1500_limits import authorizations, not_said, other_days, referrers
from codinglab.claim.form_cms1500_people import medicare, other_policy, people
from codinglab.claim.form_cms1500_row import row
from codinglab.claim.form_layout import layout
from codinglab.claim.form_page import MARK, Page, typed
from codinglab.claim.form_text import SIGNED, day_short, icd, money, party, phone
from codinglab.claim.form_text import person_first_last as named
from codinglab.claim.model import Claim, Line
from codinglab.claim.parties import Provider
from codinglab.core.findings import Finding
from codinglab.encounter.coded import POINTER_LETTERS

Texts = dict[str, str]


def professional_pages(claim: Claim, day: date) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """Return the pages of a professional claim, and what paper cannot say of it."""
    frame = layout("cms1500", day)
    head = _head(claim, day)
    size = frame.rows
    parts = [claim.lines[at : at + size] for at in range(0, len(claim.lines), size)]
    pages = tuple(
        Page("cms1500", day, _page(head, claim, lines, day, number), number, len(parts))
        for number, lines in enumerate(parts, start=1)
    )
    return pages, tuple(not_said(claim, day))


def _page(head: Texts, claim: Claim, lines: tuple[Line, ...], day: date, number: int) -> Texts:
    texts = dict(head)
    texts |= _referrer(claim, lines, day)
    for at, line in enumerate(lines, start=1):
        texts |= row(claim, line, at, one_pointer=medicare(claim, day))
    texts["28"] = money(sum((line.charge for line in lines), Decimal(0)))
    if number == 1:
        texts["29"] = money(claim.patient_paid)
    return {name: text for name, text in texts.items() if text}


def _head(claim: Claim, day: date) -> Texts:
    return {
        **people(claim, day),
        **other_policy(claim, day),
        **_condition(claim),
        **_dates(claim, day),
        **_diagnoses(claim),
        **_numbers(claim, day),
        **_who(claim, day),
    }


def _yes(box: str, *, yes: bool) -> Texts:
    return {f"{box}.{'yes' if yes else 'no'}": MARK}


def _condition(claim: Claim) -> Texts:
    accident = claim.accident
    number = claim.coverage.claim_number
    return {
        **_yes("10a", yes=accident.employment),
        **_yes("10b", yes=accident.auto),
        "10b.state": accident.state if accident.auto else "",
        **_yes("10c", yes=accident.other),
        "10d": " ".join(claim.conditions),
        "11b.qualifier": "Y4" if number else "",
        "11b": typed(number),
    }


def _dates(claim: Claim, day: date) -> Texts:
    told = claim.dates
    onset = ("431", told.onset) if told.onset else ("484", told.last_menstrual)
    qualifier, other = next(iter(other_days(claim, day)), ("", None))
    return {
        "14.date": day_short(onset[1]),
        "14.qualifier": onset[0] if onset[1] else "",
        "15.qualifier": qualifier,
        "15.date": day_short(other),
        "16.from": day_short(told.unable_to_work_from),
        "16.to": day_short(told.unable_to_work_to),
        "18.from": day_short(told.admitted),
        "18.to": day_short(told.discharged),
    }


def _diagnoses(claim: Claim) -> Texts:
    letters = zip(POINTER_LETTERS, claim.diagnoses, strict=False)
    codes = {f"21.{letter}": icd(one.code) for letter, one in letters}
    return {"21.indicator": "0" if codes else ""} | codes


def _numbers(claim: Claim, day: date) -> Texts:
    corrected = claim.frequency in {"7", "8"} and not medicare(claim, day)
    bought = claim.outside_laboratory
    return {
        "19": typed(claim.note),
        **_yes("20", yes=bought is not None),
        "20.charge": money(bought),
        "22.code": claim.frequency if corrected else "",
        "22.reference": typed(claim.original_reference) if corrected else "",
        "23": next((number for _, number in authorizations(claim, day)), ""),
        "26": typed(claim.account),
        **_yes("27", yes=claim.accepts != "C"),
    }


def _who(claim: Claim, day: date) -> Texts:
    signed = SIGNED if claim.signature_on_file else ""
    billing, place = claim.billing, _place(claim, day)
    name, line, city = party(billing)
    where = party(place) if place else ("", "", "")
    return {
        "12.signed": SIGNED if claim.coverage.release == "Y" else "",
        "13": SIGNED if claim.coverage.assigned == "Y" else "",
        "25": billing.tax_id,
        "25.ein": MARK if billing.tax_id and billing.tax_id_kind == "EI" else "",
        "25.ssn": MARK if billing.tax_id and billing.tax_id_kind == "SY" else "",
        "31.signed": signed,
        **dict(zip(("32.1", "32.2", "32.3"), where, strict=True)),
        "32a": place.npi if place else "",
        "32b": _other_id(place) if place else "",
        "33.phone": phone(billing.phone),
        **dict(zip(("33.1", "33.2", "33.3"), (name, line, city), strict=True)),
        "33a": billing.npi,
        "33b": _other_id(billing) or (f"ZZ{billing.taxonomy}" if billing.taxonomy else ""),
    }


def _place(claim: Claim, day: date) -> Provider | None:
    """Return where it was done: Medicare wants it on paper also where that is who bills."""
    at_billing = listed("at_billing", claim.place_of_service, day)
    if claim.facility or not (at_billing and medicare(claim, day)):
        return claim.facility
    billing = claim.billing
    return Provider(billing.name, npi=billing.npi, address=billing.address)


def _other_id(provider: Provider) -> str:
    first = next(iter(provider.other_ids), None)
    return f"{first.qualifier}{typed(first.text)}" if first else ""


def _referrer(claim: Claim, lines: tuple[Line, ...], day: date) -> Texts:
    found = referrers(claim, lines)
    if not found:
        return {}
    role, one = found[0]
    other = next(iter(one.other_ids), None)
    return {
        "17.qualifier": cell_of("referrer", role, day),
        "17": named(one.name),
        "17a.qualifier": other.qualifier if other else "",
        "17a": typed(other.text) if other else "",
        "17b": one.npi,
    }
