"""The 837P claim: loop 2300 with its dates, amounts, numbers, diagnoses, providers and lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.model import Accident, Ambulance, Claim, ProfessionalDates
from codinglab.claim.parties import Role
from codinglab.claim.x837_benefits import other_payers
from codinglab.claim.x837_block import (
    CODES_A_SEGMENT,
    Block,
    amounts,
    coded,
    date_segment,
    plain,
    references,
)
from codinglab.claim.x837_names import (
    ORGANIZATION,
    PERSON,
)
from codinglab.claim.x837_professional_line import line_blocks
from codinglab.claim.x837_providers import (
    Place,
    bare_place,
    located_block,
    provider_blocks,
)
from codinglab.x12.syntax import Segment, amount, day, days

CONDITIONS_A_SEGMENT = 5
MOST_CAUSES = 2


def _place(loop: str, code: str, kind: str = "", specialty: str = "") -> Place:
    return Place("professional", loop, code, kind, specialty)


_FACILITY = _place("2310C", "77", ORGANIZATION)
_BEFORE: tuple[tuple[Role, Place], ...] = (
    ("referring", _place("2310A", "DN", PERSON)),
    ("rendering", _place("2310B", "82", specialty="PE")),
)
_AFTER: tuple[tuple[Role, Place], ...] = (("supervising", _place("2310D", "DQ", PERSON)),)


def _caused(accident: Accident) -> tuple[str, ...]:
    """Return CLM11: the first two of what it is due to (AA auto, EM employment, OA other)."""
    said = (("AA", accident.auto), ("EM", accident.employment), ("OA", accident.other))
    causes = [code for code, is_so in said if is_so][:MOST_CAUSES]
    if not causes or not accident.state:
        return tuple(causes)
    return (*causes, *[""] * (3 - len(causes)), accident.state)


def _header(claim: Claim) -> Segment:
    coverage = claim.coverage
    return (
        *("CLM", claim.account, amount(claim.total), "", ""),
        (claim.place_of_service, "B", claim.frequency),
        *("Y" if claim.signature_on_file else "N", claim.accepts),
        *(coverage.assigned, coverage.release, "P" if claim.signed_for_patient else ""),
        _caused(claim.accident),
        *("", "", "", "", "", "", "", "", claim.delay_reason),
    )


def _unable(dates: ProfessionalDates) -> list[Segment]:
    first, last = dates.unable_to_work_from, dates.unable_to_work_to
    if first and last:
        return [date_segment("314", "RD8", days(first, last))]
    if first:
        return [date_segment("360", "D8", day(first))]
    return [date_segment("361", "D8", day(last))] if last else []


def _dates(claim: Claim) -> list[Segment]:
    dates = claim.dates
    first = (
        ("431", dates.onset),
        ("454", dates.initial_treatment),
        ("304", dates.last_seen),
        ("453", dates.acute_manifestation),
        ("439", claim.accident.day),
        ("484", dates.last_menstrual),
        ("455", dates.last_x_ray),
        ("471", dates.prescribed),
    )
    rest = (
        ("435", dates.admitted),
        ("096", dates.discharged),
        ("090", dates.care_assumed),
        ("091", dates.care_relinquished),
        ("444", dates.first_contact),
    )
    return [*_said(first), *_unable(dates), *_said(rest)]


def _said(days_of: tuple[tuple[str, date | None], ...]) -> list[Segment]:
    return [("DTP", code, "D8", day(when)) for code, when in days_of if when is not None]


def _trip(trip: Ambulance) -> list[Segment]:
    weight = ("LB", amount(trip.weight)) if trip.weight is not None else ("", "")
    said: list[Segment] = [
        (
            *("CR1", *weight, "", trip.reason, "DH", amount(trip.miles), "", ""),
            *(trip.round_trip, trip.stretcher),
        )
    ]
    return said + [
        ("CRC", "07", answer, *conditions[at : at + CONDITIONS_A_SEGMENT])
        for answer, conditions in (("Y", trip.conditions), ("N", trip.not_met))
        for at in range(0, len(conditions), CONDITIONS_A_SEGMENT)
    ]


def _codes(claim: Claim) -> list[Segment]:
    kinds = ("ABK", *["ABF"] * (CODES_A_SEGMENT - 1))
    diagnoses = [(kind, plain(one.code)) for kind, one in zip(kinds, claim.diagnoses, strict=False)]
    said = coded(diagnoses)
    if claim.anesthesia_procedure:
        said += coded([("BP", claim.anesthesia_procedure)])
    if claim.conditions:
        said += coded([("BG", one) for one in claim.conditions])
    return said


def _segments(claim: Claim) -> list[Segment]:
    said = [_header(claim), *_dates(claim)]
    said += [
        ("PWK", one.kind, one.how, "", "", "AC" if one.control else "", one.control)
        for one in claim.attachments
    ]
    if claim.patient_paid is not None:
        said += amounts(("F5", claim.patient_paid))
    said += references(
        ("9F", claim.referral),
        ("G1", claim.authorization),
        ("F8", claim.original_reference),
        ("X4", claim.clia),
    )
    said += [("K3", one) for one in claim.fixed_notes]
    if claim.note:
        said.append(("NTE", "ADD", claim.note))
    if claim.ambulance is not None:
        said += _trip(claim.ambulance)
    return said + _codes(claim)


def _providers(claim: Claim) -> Iterator[Block]:
    yield from provider_blocks(claim.providers, _BEFORE)
    if claim.facility is not None:
        yield located_block(_FACILITY, claim.facility, telephone=True)
    yield from provider_blocks(claim.providers, _AFTER)
    if claim.ambulance is not None:
        yield bare_place("2310E", "PW", claim.ambulance.pick_up)
        yield bare_place("2310F", "45", claim.ambulance.drop_off)


def professional_block(claim: Claim) -> Block:
    """Return loop 2300 of a professional claim, which must be as `as_sent` makes it."""
    blocks = [*_providers(claim), *other_payers(claim), *line_blocks(claim)]
    return Block("2300", _segments(claim), blocks)
