"""A 271 as values: who was asked about, what was refused, and what the payer says of benefits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from codinglab.payer.eligibility_lookup import Refusal
from codinglab.x12.loops import Loop, TransactionTree, WireSegment
from codinglab.x12.values import decimal_of, period_of

Day = tuple[str, str]
"""A qualifier (X12 element 374) and a day or period in words: ("346", "2026-01-01")."""


@dataclass(frozen=True, slots=True)
class Party:
    """Someone whom an answer names: X12 element 98, the name, and an identifier or blank."""

    code: str
    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class ToldBenefit:
    """One EB segment and what belongs to it; texts are blank where the payer is silent.

    `kind` is element 1390, `services` element 1365, `level` 1207, `insurance` 1336, `period` 615.
    `amount` is in dollars, `share` a fraction, `quantity` a number of `unit` (element 673).
    `authorization` and `network` are Y, N or U (the latter also W, both alike). `deliveries` are
    the elements of HSD.
    """

    kind: str
    level: str
    services: tuple[str, ...]
    insurance: str
    plan: str
    period: str
    amount: Decimal | None
    share: Decimal | None
    unit: str
    quantity: Decimal | None
    authorization: str
    network: str
    procedure: str
    days: tuple[Day, ...]
    references: tuple[Day, ...]
    deliveries: tuple[tuple[str, ...], ...]
    messages: tuple[str, ...]
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one level of a 271.

    `level` is its loop (2000A payer, 2000B provider, 2000C subscriber, 2000D dependent), `name`
    and `member_id` who it is.
    """

    level: str
    name: str
    member_id: str
    traces: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    days: tuple[Day, ...]
    benefits: tuple[ToldBenefit, ...]


@dataclass(frozen=True, slots=True)
class EligibilityAnswer:
    """One transaction: the payer, who asked, and what is said of each level."""

    control: str
    payer: str
    provider: str
    told: tuple[Told, ...]


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
    names = [one.first("NM1") for one in inner if one.id[:4] == "2120"]
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
        tuple(one.get(1) for one in loop.all("MSG")),
        tuple(Party(one.get(1), spoken(one), one.get(9)) for one in names if one),
    )
