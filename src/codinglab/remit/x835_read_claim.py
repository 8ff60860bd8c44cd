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

_STATUSES: tuple[ClaimStatus, ...] = get_args(ClaimStatus)
_GROUPS: tuple[Group, ...] = get_args(Group)
_LAST_REASON = 17
_MOA_REMARKS, _MIA_REMARKS = (3, 4, 5, 6, 7), (5, 20, 21, 22, 23)
_ONE = Decimal(1)


def _adjustments(loop: str, part: Sequence[WireSegment]) -> tuple[Adjustment, ...]:
    found = []
    for one in part:
        group = fields.needed_code(loop, one, 1, _GROUPS)
        for at in range(2, min(len(one.elements), _LAST_REASON + 1), 3):
            if one.elements[at] or one.get(at + 1):
                amount = fields.needed_number(loop, one, at + 1)
                quantity = one.get(at + 2)
                count = fields.number(quantity) if quantity else None
                found.append(Adjustment(group, one.elements[at], amount, count))
    return tuple(found)


def _procedure(head: WireSegment, at: int) -> tuple[str, str, tuple[str, ...]]:
    """Return the qualifier, the code and the modifiers of SVC01 or SVC06."""
    parts = head.parts(at)
    kind = parts[0] if parts else ""
    code = parts[1] if len(parts) > 1 else ""
    return kind, code, tuple(parts[2:])


def _line(part: Sequence[WireSegment]) -> RemitLine:
    loop, head = "2110", part[0]
    named = fields.by_name(part)
    kind, code, modifiers = _procedure(head, 1)
    billed_kind, billed, billed_modifiers = _procedure(head, 6)
    units, billed_units = fields.number(head.get(5)), head.get(7)
    days, numbers, amounts = (named.get(one, ()) for one in ("DTM", "REF", "AMT"))
    single = fields.day_at(days, "472")
    return RemitLine(
        code=code,
        charge=fields.needed_number(loop, head, 2),
        paid=fields.needed_number(loop, head, 3),
        units=_ONE if units is None else units,
        day=single or fields.day_at(days, "150"),
        last_day=None if single else fields.day_at(days, "151"),
        modifiers=modifiers,
        revenue_code=head.get(4),
        billed_code=billed,
        billed_units=fields.number(billed_units) if billed_units else None,
        adjustments=_adjustments(loop, named.get("CAS", ())),
        remarks=tuple([one.get(2) for one in named.get("LQ", ()) if one.get(1) == "HE"]),
        control_number=fields.text_of(numbers, "REF", "6R"),
        allowed=fields.number(fields.text_of(amounts, "AMT", "B6")),
        code_kind=kind,
        billed_modifiers=billed_modifiers,
        billed_kind="" if billed_kind == kind else billed_kind,
        references=fields.references(numbers, ("6R",)),
        amounts=fields.counted(amounts, "AMT", "B6"),
        quantities=fields.counted(named.get("QTY", ()), "QTY"),
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
    head, named = own[0], fields.by_name(own)
    people, (remarks, inpatient) = _people(named.get("NM1", ())), _remarks(own)
    days, numbers, amounts = (named.get(one, ()) for one in ("DTM", "REF", "AMT"))
    passed = people.passed_to
    return RemitClaim(
        account=head.get(1),
        status=fields.needed_code(loop, head, 2, _STATUSES),
        charge=fields.needed_number(loop, head, 3),
        paid=fields.needed_number(loop, head, 4),
        patient_share=fields.number(head.get(5)) or Decimal(0),
        number=head.get(7),
        filing=head.get(6),
        patient=_name(people.patient) or Name(""),
        member_id=_number(people.patient),
        lines=tuple(_line(one) for one in part.lines),
        adjustments=_adjustments(loop, named.get("CAS", ())),
        remarks=remarks,
        first=fields.day_at(days, "232"),
        last=fields.day_at(days, "233"),
        received=fields.day_at(days, "050"),
        bill_type=head.get(8),
        frequency=head.get(9),
        drg=head.get(11),
        rendering_npi=_number(people.rendering, "XX"),
        passed_to=None if passed is None else Payer(passed.get(3), passed.get(9)),
        interest=fields.number(fields.text_of(amounts, "AMT", "I")) or Decimal(0),
        inpatient=inpatient,
        drg_weight=fields.number(head.get(12)),
        insured=_name(people.insured),
        insured_id=_number(people.insured),
        corrected=_name(people.corrected),
        corrected_id=_number(people.corrected),
        rendering=_name(people.rendering),
        rendering_id=_rendering_id(people.rendering),
        references=fields.references(numbers),
        amounts=fields.counted(amounts, "AMT", "I"),
        quantities=fields.counted(named.get("QTY", ()), "QTY"),
        expires=fields.day_at(days, "036"),
        contacts=fields.contacts(named.get("PER", ())),
    )
