"""Claims and lines of an 835 (loops 2100 and 2110) as segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.parties import Name, OtherId
from codinglab.remit.model import Contact, Counted, RemitClaim, RemitLine
from codinglab.x12.syntax import CannotWrite, Element, Segment, amount, day

REASONS_A_SEGMENT = 6
REMARKS_A_CLAIM = 5
"""Adjustments of a CAS, and remarks of a MIA or MOA (005010X221A1)."""

_BEFORE_MOA, _BEFORE_MIA, _BETWEEN_MIA = ("", ""), ("0", "", "", ""), ("",) * 14


def adjusted(adjustments: Iterable[Adjustment]) -> list[Segment]:
    """Return CAS segments: one for each group, and one more for every six reasons of it."""
    groups: dict[str, list[Adjustment]] = {}
    for one in adjustments:
        groups.setdefault(one.group, []).append(one)
    found: list[Segment] = []
    for group, same in groups.items():
        for at in range(0, len(same), REASONS_A_SEGMENT):
            said: list[Element] = ["CAS", group]
            for one in same[at : at + REASONS_A_SEGMENT]:
                quantity = "" if one.quantity is None else amount(one.quantity)
                said += (one.carc, amount(one.amount), quantity)
            found.append(said)
    return found


def counted(name: str, said: Iterable[Counted]) -> list[Segment]:
    """Return an AMT or QTY segment for each amount or count."""
    return [(name, kind, amount(value)) for kind, value in said]


def references(said: Iterable[OtherId]) -> list[Segment]:
    """Return a REF segment for each number."""
    return [("REF", one.qualifier, one.text) for one in said]


def contacts(said: Iterable[Contact]) -> list[Segment]:
    """Return a PER segment for each whom to ask."""
    return [
        ("PER", one.kind, one.name, *(part for way in one.ways for part in way)) for one in said
    ]


def _days(*said: tuple[str, date | None]) -> list[Segment]:
    return [("DTM", kind, day(value)) for kind, value in said if value is not None]


def _name(role: str, name: Name, entity: str, kind: str, number: str) -> Segment:
    told = (name.last, name.first, name.middle, "", name.suffix)
    return ("NM1", role, entity, *told, kind if number else "", number)


def _entity(name: Name) -> str:
    return "1" if name.is_person else "2"


def names(claim: RemitClaim) -> list[Segment]:
    """Return NM1 of the patient and of everyone else whom the claim names."""
    found = [_name("QC", claim.patient, "1", "MI", claim.member_id)]
    if claim.insured is not None:
        entity = _entity(claim.insured)
        found.append(_name("IL", claim.insured, entity, "MI", claim.insured_id))
    if claim.corrected is not None:
        found.append(_name("74", claim.corrected, "1", "C", claim.corrected_id))
    if claim.rendering is not None or claim.rendering_npi or claim.rendering_id is not None:
        name = claim.rendering or Name("")
        kind, number = "XX", claim.rendering_npi
        if not number and claim.rendering_id is not None:
            kind, number = claim.rendering_id.qualifier, claim.rendering_id.text
        entity = _entity(name) if claim.rendering else "1"
        found.append(_name("82", name, entity, kind, number))
    if claim.passed_to is not None:
        found.append(_name("TT", Name(claim.passed_to.name), "2", "PI", claim.passed_to.payer_id))
    return found


def _remarked(claim: RemitClaim) -> list[Segment]:
    """Return MIA or MOA, none where the claim has no remark.

    MIA01 must be there and says 0. Raises CannotWrite for more remarks than either has room for.
    """
    told = claim.remarks
    if not told:
        return []
    if len(told) > REMARKS_A_CLAIM:
        raise CannotWrite(
            f"claim {claim.account}: an 835 has room for {REMARKS_A_CLAIM} remarks of a claim, "
            f"here are {len(told)}: {', '.join(told)}; put some on their lines"
        )
    if claim.inpatient:
        return [("MIA", *_BEFORE_MIA, told[0], *_BETWEEN_MIA, *told[1:])]
    return [("MOA", *_BEFORE_MOA, *told)]


def claim_head(claim: RemitClaim) -> list[Segment]:
    """Return the segments of loop 2100, those of its lines left out."""
    share = amount(claim.patient_share) if claim.patient_share else ""
    weight = "" if claim.drg_weight is None else amount(claim.drg_weight)
    head: Segment = (
        *("CLP", claim.account, claim.status, amount(claim.charge), amount(claim.paid), share),
        *(claim.filing, claim.number, claim.bill_type, claim.frequency, "", claim.drg, weight),
    )
    interest = (("I", claim.interest),) if claim.interest else ()
    dates = ("232", claim.first), ("233", claim.last), ("036", claim.expires)
    return [
        head,
        *adjusted(claim.adjustments),
        *names(claim),
        *_remarked(claim),
        *references(claim.references),
        *_days(*dates, ("050", claim.received)),
        *contacts(claim.contacts),
        *counted("AMT", (*interest, *claim.amounts)),
        *counted("QTY", claim.quantities),
    ]


def _procedure(kind: str, code: str, modifiers: Sequence[str]) -> Element:
    return (kind, code, *modifiers) if code else ""


def line_segments(line: RemitLine) -> list[Segment]:
    """Return the segments of loop 2110."""
    billed = "" if line.billed_units is None else amount(line.billed_units)
    paid_by = _procedure(line.code_kind, line.code, line.modifiers)
    kind = line.billed_kind or line.code_kind
    billed_by = _procedure(kind, line.billed_code, line.billed_modifiers)
    units = amount(line.units)
    amounts = (amount(line.charge), amount(line.paid))
    head: Segment = ("SVC", paid_by, *amounts, line.revenue_code, units, billed_by, billed)
    single = line.last_day is None
    days = [("472", line.day)] if single else [("150", line.day), ("151", line.last_day)]
    own = (("B6", line.allowed),) if line.allowed is not None else ()
    number: list[Segment] = [("REF", "6R", line.control_number)] if line.control_number else []
    return [
        head,
        *_days(*days),
        *adjusted(line.adjustments),
        *number,
        *references(line.references),
        *counted("AMT", (*own, *line.amounts)),
        *counted("QTY", line.quantities),
        *(("LQ", "HE", one) for one in line.remarks),
    ]


def claim_segments(claim: RemitClaim) -> list[Segment]:
    """Return the segments of loop 2100 with those of its lines.

    Raises CannotWrite for more remarks of the claim than an 835 has room for.
    """
    found = claim_head(claim)
    for one in claim.lines:
        found += line_segments(one)
    return found
