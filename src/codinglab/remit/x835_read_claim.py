"""One claim of an 835, and its lines, as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from codinglab.claim.adjudicated import Adjustment, Group
from codinglab.claim.parties import Name, OtherId, Payer
from codinglab.payer.decision import ClaimStatus
from codinglab.remit import x835_fields as fields
from codinglab.remit.model import RemitClaim, RemitLine
from codinglab.remit.x835_parts import ClaimPart
from codinglab.x12.loops import WireSegment
from codinglab.x12.values import decimal_of

_STATUSES: tuple[ClaimStatus, ...] = get_args(ClaimStatus)
_GROUPS: tuple[Group, ...] = get_args(Group)
_REASONS = range(2, 18, 3)
_MOA_REMARKS, _MIA_REMARKS = (3, 4, 5, 6, 7), (5, 20, 21, 22, 23)
_ONE = Decimal(1)


def _adjustments(loop: str, part: Sequence[WireSegment]) -> tuple[Adjustment, ...]:
    found = []
    for one in part:
        if one.elements[0] != "CAS":
            continue
        group = fields.needed_code(loop, one, 1, _GROUPS)
        for at in _REASONS:
            if one.get(at) or one.get(at + 1):
                amount = fields.needed_number(loop, one, at + 1)
                quantity = decimal_of(one.get(at + 2))
                found.append(Adjustment(group, one.get(at), amount, quantity))
    return tuple(found)


def _line(part: Sequence[WireSegment]) -> RemitLine:
    loop, head = "2110", part[0]
    charge, paid = fields.needed_number(loop, head, 2), fields.needed_number(loop, head, 3)
    kind, code, *modifiers = [*head.parts(1), "", ""][: max(2, len(head.parts(1)))]
    billed_kind, billed, *more = [*head.parts(6), "", ""][: max(2, len(head.parts(6)))]
    units = decimal_of(head.get(5))
    single = fields.day_at(part, "472")
    return RemitLine(
        code=code,
        charge=charge,
        paid=paid,
        units=_ONE if units is None else units,
        day=single or fields.day_at(part, "150"),
        last_day=None if single else fields.day_at(part, "151"),
        modifiers=tuple(modifiers),
        revenue_code=head.get(4),
        billed_code=billed,
        billed_units=decimal_of(head.get(7)),
        adjustments=_adjustments(loop, part),
        remarks=tuple(one.get(2) for one in part if one.elements[0] == "LQ" and one.get(1) == "HE"),
        control_number=fields.text_of(part, "REF", "6R"),
        allowed=decimal_of(fields.text_of(part, "AMT", "B6")),
        code_kind=kind,
        billed_modifiers=tuple(more),
        billed_kind="" if billed_kind == kind else billed_kind,
        references=fields.references(part, ("6R",)),
        amounts=fields.counted(part, "AMT", "B6"),
        quantities=fields.counted(part, "QTY"),
    )


def _name(one: WireSegment | None) -> Name | None:
    if one is None or not any(one.get(at) for at in (3, 4, 5, 7)):
        return None
    return Name(one.get(3), one.get(4), one.get(5), one.get(7))


@dataclass(frozen=True, slots=True)
class _People:
    """Who is named in NM1 segments, by role."""

    patient: WireSegment | None
    insured: WireSegment | None
    corrected: WireSegment | None
    rendering: WireSegment | None
    passed_to: WireSegment | None


def _people(part: Sequence[WireSegment]) -> _People:
    return _People(*(fields.first(part, "NM1", role) for role in ("QC", "IL", "74", "82", "TT")))


def _number(one: WireSegment | None, kind: str = "") -> str:
    """Return the number in NM109, whatever its kind where none is asked for."""
    return one.get(9) if one is not None and kind in {"", one.get(8)} else ""


def _rendering_id(one: WireSegment | None) -> OtherId | None:
    if one is None or not one.get(9) or one.get(8) == "XX":
        return None
    return OtherId(one.get(8), one.get(9))


def _remarks(part: Sequence[WireSegment]) -> tuple[tuple[str, ...], bool]:
    """Return the remarks of a claim, and whether they stand in MIA."""
    stay, other = fields.first(part, "MIA"), fields.first(part, "MOA")
    found, places = (stay, _MIA_REMARKS) if stay is not None else (other, _MOA_REMARKS)
    told = () if found is None else tuple(found.get(at) for at in places if found.get(at))
    return told, stay is not None


def read_claim(part: ClaimPart) -> RemitClaim:
    """Return one claim; raises Unreadable where an amount or code is missing that money needs."""
    loop, own = "2100", part.segments
    head = own[0]
    people, (remarks, inpatient) = _people(own), _remarks(own)
    passed = people.passed_to
    return RemitClaim(
        account=head.get(1),
        status=fields.needed_code(loop, head, 2, _STATUSES),
        charge=fields.needed_number(loop, head, 3),
        paid=fields.needed_number(loop, head, 4),
        patient_share=decimal_of(head.get(5)) or Decimal(0),
        number=head.get(7),
        filing=head.get(6),
        patient=_name(people.patient) or Name(""),
        member_id=_number(people.patient),
        lines=tuple(_line(one) for one in part.lines),
        adjustments=_adjustments(loop, own),
        remarks=remarks,
        first=fields.day_at(own, "232"),
        last=fields.day_at(own, "233"),
        received=fields.day_at(own, "050"),
        bill_type=head.get(8),
        frequency=head.get(9),
        drg=head.get(11),
        rendering_npi=_number(people.rendering, "XX"),
        passed_to=None if passed is None else Payer(passed.get(3), passed.get(9)),
        interest=decimal_of(fields.text_of(own, "AMT", "I")) or Decimal(0),
        inpatient=inpatient,
        drg_weight=decimal_of(head.get(12)),
        insured=_name(people.insured),
        insured_id=_number(people.insured),
        corrected=_name(people.corrected),
        corrected_id=_number(people.corrected),
        rendering=_name(people.rendering),
        rendering_id=_rendering_id(people.rendering),
        references=fields.references(own),
        amounts=fields.counted(own, "AMT", "I"),
        quantities=fields.counted(own, "QTY"),
        expires=fields.day_at(own, "036"),
        contacts=fields.contacts(own),
    )
