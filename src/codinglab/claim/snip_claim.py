"""Code sets on the claim (SNIP 5): diagnoses, places, taxonomies, ZIP Codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_lists import has_shape
from codinglab.claim.snip_codes import (
    diagnosis_fault,
    is_external_cause,
    is_inpatient,
    ninth_fault,
    table_fault,
)
from codinglab.claim.snip_rule import (
    INSTITUTIONAL,
    PROFESSIONAL,
    Spot,
    wire_rule,
)
from codinglab.claim.snip_view import WireClaim, written
from codinglab.codes.billing import PLACES, TAXONOMIES

_DIAGNOSES = ("ABK", "ABF", "ABJ", "APR", "ABN")
_NINTH = ("BK", "BF", "BJ", "PR", "BN")
"""The same five by ICD-9-CM."""

_PLACE = "B"


def bill_of(view: WireClaim) -> str:
    """Return the type of bill in the three characters of the lab's table ("013")."""
    return f"0{view.place}" if view.tree.kind == INSTITUTIONAL else ""


def is_stay(view: WireClaim) -> bool:
    """Say whether the claim bills an inpatient stay."""
    day = view.last_day
    return bool(day) and view.tree.kind == INSTITUTIONAL and is_inpatient(bill_of(view), day)


def code_day(view: WireClaim) -> date | None:
    """Return the day by which diagnoses are valid: of discharge for a stay, else the first."""
    return view.last_day if is_stay(view) else view.first_day


@wire_rule(
    "code.diagnosis",
    5,
    "Look it up for the day of service, or of discharge.",
    source="45 CFR 162.1002: the code set in force on the date",
)
def diagnosis(view: WireClaim) -> Iterator[Spot]:
    """Each ICD-10-CM code is complete and in force: at discharge for a stay, else on the first day.

    Principal, other, admitting, reason for the visit and external cause. On the wire it has no dot,
    and none is of ICD-9-CM.
    """
    day = code_day(view)
    for one in view.coded(*_NINTH) if day else ():
        if day:
            fault = ninth_fault(one.qualifier, day)
            yield Spot(view.loop, one.segment, one.element(1), one.qualifier, *fault)
    for one in view.coded(*_DIAGNOSES) if day else ():
        if "." in one.code:
            message = f"{one.code} is written with a dot, which the wire does not carry."
            yield Spot(view.loop, one.segment, one.element(2), one.code, message)
        elif day and (found := diagnosis_fault(written(one.code), day)):
            yield Spot(view.loop, one.segment, one.element(2), one.code, *found)


@wire_rule(
    "code.external-cause-first",
    5,
    "Put the injury first.",
    source="ICD-10-CM guidelines I.C.20.a.6",
)
def external_cause_first(view: WireClaim) -> Iterator[Spot]:
    """The first diagnosis (ABK) is no external cause.

    It tells how, not what.
    """
    day = code_day(view)
    for one in view.coded("ABK") if day else ():
        if day and is_external_cause(written(one.code), day):
            message = f"{written(one.code)} is an external cause."
            yield Spot(view.loop, one.segment, one.element(2), one.code, message)


@wire_rule(
    "code.place",
    5,
    "Use the two digits of the CMS list.",
    source="CMS place of service code set",
    kinds=(PROFESSIONAL,),
)
def place(view: WireClaim) -> Iterator[Spot]:
    """A place of service is one that CMS publishes.

    On the claim (CLM05-1), and on a line that differs (SV105).
    """
    day = view.first_day
    if day is None:
        return
    if view.head.part(5, 2) == _PLACE and (
        found := table_fault(PLACES, view.place, day, complete=True)
    ):
        yield Spot(view.loop, view.head, "CLM05-1", view.place, *found)
    for line in view.lines:
        there = line.service.get(5)
        if there and (found := table_fault(PLACES, there, line.day or day, complete=True)):
            yield Spot(line.loop, line.service, "SV105", there, *found)


@wire_rule(
    "code.taxonomy",
    5,
    "Take it from the provider's NPI record.",
    source="NUCC health care provider taxonomy code set, numbers only",
)
def taxonomy(view: WireClaim) -> Iterator[Spot]:
    """A taxonomy (PRV03) has ten characters, ends with X, and stands in the code set.

    The lab holds a starter set; another of the right shape is a warning.
    """
    day = view.first_day
    if day is None:
        return
    for loop, one in view.every("PRV"):
        if found := table_fault(TAXONOMIES, one.get(3), day):
            yield Spot(loop, one, "PRV03", one.get(3), *found)


@wire_rule(
    "code.zip",
    5,
    "Write five or nine digits, without a hyphen.",
    source="USPS ZIP Codes; 837 N403",
)
def zip_code(view: WireClaim) -> Iterator[Spot]:
    """A ZIP Code of the United States has five digits or nine.

    An address abroad (N404) has its own kind of code.
    """
    day = view.first_day
    if day is None:
        return
    for loop, one in view.every("N4"):
        if not one.get(4) and not has_shape("ZIP", one.get(3), day):
            message = f"{one.get(3)!r} is no ZIP Code."
            yield Spot(loop, one, "N403", one.get(3), message)


RULES = (diagnosis, external_cause_first, place, taxonomy, zip_code)
