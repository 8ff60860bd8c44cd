"""Several operations or endoscopies in one session.

Source: Medicare Claims Processing Manual, chapter 12, section 40.6. Bilateral payment comes first;
each endoscopic family then counts as one procedure; the highest pays whole, the second to fifth
half, and those after them by report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from codinglab.pricing.physician_multiple import (
    ENDOSCOPY,
    SURGERY,
    Portion,
    Service,
    Session,
    has_no_rank,
    ranked,
)

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is ranked as one procedure: one or more portions, together worth `amount`."""

    portions: tuple[Portion, ...]
    amount: Decimal


def surgery(session: Session) -> list[Portion]:
    """Return what is left of each operation and endoscopy of the session.

    Raises NotInTable when the base of an endoscopic family is not in the table.
    """
    entries = [*_operations(session), *_endoscopies(session)]
    entries.sort(key=lambda one: -one.amount)
    if len(entries) < 2:  # noqa: PLR2004  a single procedure has no rank
        return [portion for entry in entries for portion in entry.portions]
    later = session.schedule.factor("multiple_later")
    counted = int(session.schedule.factor("multiple_counted").value)
    found = []
    for rank, entry in enumerate(entries, 1):
        share = Decimal(1) if rank == 1 else later.value
        what = f"procedure {rank} of {len(entries)}"
        for one in entry.portions:
            first = f"({one.how})" if one.how else f"{one.amount:,.4f}"
            found.append(
                Portion(
                    one.item,
                    one.amount * share,
                    f"{what}, {one.what}" if one.what else what,
                    f"{first} x {share}",
                    later.source,
                    by_report=rank > counted,
                )
            )
    return found


def _taking_part(session: Session, indicator: str) -> tuple[Service, ...]:
    return tuple(
        one for one in session.services(indicator) if not has_no_rank(session.items[one.item])
    )


def _operations(session: Session) -> list[Entry]:
    """Return one entry an operation; the two sides on two lines are one."""
    found: dict[object, list[Service]] = {}
    for number, one in enumerate(_operating(session)):
        partner = session.sides[one.item].partner
        pair = partner if partner is not None else one.item
        paired = partner is not None or _is_first_side(session, one.item)
        found.setdefault(pair if paired else (one.item, number), []).append(one)
    return [_entry(services) for services in found.values()]


def _operating(session: Session) -> tuple[Service, ...]:
    bases = {session.items[at].row.endoscopic_base for at in session.members}
    return tuple(
        one
        for one in _taking_part(session, SURGERY)
        if session.items[one.item].row.code not in bases
    )


def _is_first_side(session: Session, at: int) -> bool:
    return any(session.sides[other].partner == at for other in session.members)


def _entry(services: Sequence[Service]) -> Entry:
    portions = tuple(Portion(one.item, one.amount) for one in services)
    return Entry(portions, sum((one.amount for one in services), _ZERO))


def _endoscopies(session: Session) -> list[Entry]:
    """Return one entry a family: the highest whole, of each other what it pays above the base."""
    families: dict[str, list[Service]] = {}
    for one in _taking_part(session, ENDOSCOPY):
        row = session.items[one.item].row
        families.setdefault(row.endoscopic_base or row.code, []).append(one)
    for one in _taking_part(session, SURGERY):
        code = session.items[one.item].row.code
        if code in families:
            families[code].append(one)
    return [_family(session, base, services) for base, services in families.items()]


def _family(session: Session, base: str, services: Sequence[Service]) -> Entry:
    if len(services) == 1:
        return _entry(services)
    rate = session.items[services[0].item].rate
    worth = session.schedule.amount(session.schedule.row(base), rate)
    source = session.schedule.factor("multiple_later").source
    first, *others = ranked(services)
    what = f"endoscopies of the family of {base}"
    portions = [
        Portion(first.item, first.amount, what, f"{first.amount:,.4f}, the highest", source)
    ]
    for one in others:
        left = max(one.amount - worth, _ZERO)
        how = f"{one.amount:,.4f} - {worth:,.4f} of the base"
        portions.append(Portion(one.item, left, what, how, source))
    return Entry(tuple(portions), sum((one.amount for one in portions), _ZERO))
