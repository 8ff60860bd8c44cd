"""A 271 as values: who was asked about, what was refused, what the payer says of benefits."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.payer.refusal import Refusal
from codinglab.payer.told import Day, EligibilityAnswer, Party, Told, ToldBenefit
from codinglab.x12.loops import Loop, TransactionTree, WireSegment
from codinglab.x12.values import decimal_of, period_of


def eligibility_answer(tree: TransactionTree) -> EligibilityAnswer:
    """Return what the 271 in `tree` says."""
    return EligibilityAnswer(
        tree.control,
        who(tree.loop("2100A")),
        who(tree.loop("2100B")),
        tuple(_told(one) for one in _levels(tree.root)),
    )


def _levels(loop: Loop) -> Iterator[Loop]:
    for one in loop.loops:
        if one.id[:3] == "200":
            yield one
            yield from _levels(one)


def who(loop: Loop | None) -> str:
    """Return the name in the loop's NM1 as people write it, blank where there is none."""
    name = loop.first("NM1") if loop else None
    return spoken(name) if name else ""


def spoken(name: WireSegment) -> str:
    """Return the name of an NM1 segment: first, middle, last, suffix."""
    return " ".join(text for text in map(name.get, (4, 5, 3, 7)) if text)


def _told(level: Loop) -> Told:
    inner = next((one for one in level.loops if one.id[:4] == "2100"), None)
    name = inner.first("NM1") if inner else None
    loops = inner.loops if inner else []
    both = [level, *([inner] if inner else [])]
    return Told(
        level.id,
        spoken(name) if name else "",
        name.get(9) if name else "",
        tuple(one.get(2) for one in level.all("TRN", "2")),
        tuple(_refusal(one) for loop in both for one in loop.all("AAA")),
        _days(inner) if inner else (),
        tuple(_benefit(one) for one in loops if one.id[:4] == "2110"),
        _contacts(inner) if inner else (),
    )


def _refusal(segment: WireSegment) -> Refusal:
    return Refusal(segment.get(1), segment.get(3), segment.get(4))


def _days(loop: Loop) -> tuple[Day, ...]:
    return tuple((one.get(1), period(one.get(3))) for one in loop.all("DTP"))


def period(text: str) -> str:
    """Return CCYYMMDD or two of them joined by - in the form 2026-03-03, else as it stands."""
    days = period_of(text)
    if days is None:
        return text
    return str(days[0]) if days[0] == days[1] else f"{days[0]} to {days[1]}"


def _benefit(loop: Loop) -> ToldBenefit:
    eb = loop.segments[0]
    inner = [one for below in loop.loops for one in (below, *below.loops)]
    parties = [one for one in inner if one.id[:4] == "2120"]
    limits = [one.first("III") for one in inner if one.id[:4] == "2115"]
    return ToldBenefit(
        eb.get(1),
        eb.get(2),
        tuple(eb.repeats(3)),
        eb.get(4),
        eb.get(5),
        eb.get(6),
        decimal_of(eb.get(7)),
        decimal_of(eb.get(8)),
        eb.get(9),
        decimal_of(eb.get(10)),
        eb.get(11),
        eb.get(12),
        " ".join(eb.parts(13)),
        _days(loop),
        tuple((one.get(1), one.get(2)) for one in loop.all("REF")),
        tuple(tuple(one.elements[1:]) for one in loop.all("HSD")),
        tuple(tuple(one.elements[1:]) for one in limits if one),
        tuple(one.get(1) for one in loop.all("MSG")),
        tuple(map(_party, parties)),
    )


def _party(loop: Loop) -> Party:
    name = loop.segments[0]
    return Party(name.get(1), spoken(name), name.get(9), _contacts(loop))


def _contacts(loop: Loop) -> tuple[str, ...]:
    """Return the numbers and addresses of every PER, each with its qualifier."""
    return tuple(
        f"{one.get(at)} {one.get(at + 1)}"
        for one in loop.all("PER")
        for at in (3, 5, 7)
        if one.get(at + 1)
    )
