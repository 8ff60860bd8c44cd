"""Coding: the diagnoses of a claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.rules import limit
from codinglab.claim.scrub_facts import (
    CLAIM,
    DIAGNOSIS,
    all_diagnoses,
    code_day,
    diagnoses,
    missing,
)
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes import icd10cm_dates
from codinglab.codes.guideline_lists import open_lists
from codinglab.codes.icd10cm import key_of


@claim_edit(
    "diagnosis.none",
    "coding",
    "coder",
    4,
    source="CMS-1500 item 21; UB-04 FL 67; 837 2300 HI",
    at="2300 HI ABK; 2400 SV107",
    answer="A6 254",
    wire=("x12.pointer",),
)
def none(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A claim has at least one diagnosis.

    It says why anything was done. Nothing can be judged as needed without it.
    """
    if not sent.claim.diagnoses:
        yield missing(CLAIM, "A diagnosis", "Code the reason for the visit.")


@claim_edit(
    "diagnosis.date",
    "coding",
    "coder",
    5,
    source="45 CFR 162.1002: the code set in force on the date of service, or of discharge",
    at="2300 HI",
    answer="A7 255",
    instead=("dx.unknown", "dx.header"),
    wire=("code.diagnosis",),
)
def on_its_date(sent: Sent, day: date) -> Iterator[Said]:
    """Every diagnosis code is complete and in force on the day.

    The day of discharge decides for an inpatient stay, the first day of service for all others.
    Admitting diagnosis, reasons for the visit and external causes are judged like the rest. New
    codes come on 1 October and 1 April; a physician's claim that crosses the day is split.
    """
    when = code_day(sent.claim) or day
    icd10cm_dates.check_day(when)
    for place, code in all_diagnoses(sent.claim):
        known = icd10cm_dates.life(code)
        if known is not None and known.at(when):
            continue
        header = known is not None and known.header
        told = known.says(when) if known else ""
        yield Said(
            place,
            f"{code} is a header, not a whole code, on {when}."
            if header
            else f"{code} is no ICD-10-CM code on {when}.",
            f"{code} {told}." if told else "Look it up again, and check each character.",
        )


@claim_edit(
    "diagnosis.repeated",
    "coding",
    "coder",
    4,
    source="ICD-10-CM guidelines I.B.12",
    at="2300 HI ABK, ABF",
    answer="A8 255",
    instead=("dx.repeated",),
)
def repeated(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A diagnosis code stands on a claim once.

    Two conditions that share a code, or two sides without codes of their own, are one code.
    """
    seen: dict[str, str] = {}
    for place, one in diagnoses(sent.claim):
        key = key_of(one.code)
        if key in seen:
            yield Said(place, f"{one.code} is {seen[key]} already.", "Take one of them out.")
        seen.setdefault(key, place)


@claim_edit(
    "diagnosis.external-cause-first",
    "coding",
    "coder",
    5,
    source="ICD-10-CM guidelines I.C.20.a.6",
    at="2300 HI ABK",
    answer="A7 254",
    instead=("sequence.external-cause-first",),
    wire=("code.external-cause-first",),
)
def external_cause_first(sent: Sent, day: date) -> Iterator[Said]:
    """An external cause is never the first diagnosis.

    It tells how an injury came about. The injury comes first.
    """
    if not sent.claim.diagnoses:
        return
    first = sent.claim.diagnoses[0].code
    if open_lists(code_day(sent.claim) or day).row("external-cause", first):
        yield Said(
            DIAGNOSIS.format(1), f"{first} is an external cause.", "Put the injury before it."
        )


@claim_edit(
    "diagnosis.too-many",
    "coding",
    "coder",
    2,
    source="CMS-1500 item 21; UB-04 FL 67 to 67X; 837 2300 HI",
    at="2300 HI; 2400 SV107",
    answer="A7 255",
    instead=("dx.too-many",),
)
def too_many(sent: Sent, day: date) -> Iterator[Said]:
    """A professional claim has room for twelve diagnoses, an institutional one for twenty-five.

    Services that need others go on a second claim, with the diagnoses that they are for.
    """
    claim = sent.claim
    room = limit(f"{claim.kind} diagnoses", day).number
    if len(claim.diagnoses) > room:
        yield Said(
            CLAIM,
            f"{len(claim.diagnoses)} diagnoses; there is room for {room}.",
            "Keep those that were treated, or split the claim.",
        )


EDITS = (none, on_its_date, repeated, external_cause_first, too_many)
