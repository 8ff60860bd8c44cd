"""One benefit of a 271 as a sentence: service, kind, amount, for whom, where, how long."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from codinglab.payer.told import Party, ToldBenefit
from codinglab.payer.words import word

_NETWORK = {
    "Y": "in the network",
    "N": "outside the network",
    "W": "in and outside the network alike",
    "U": "network not known",
}


_AUTHORIZED = {
    "Y": "must be authorized before",
    "N": "needs no authorization",
    "U": "whether it must be authorized is not known",
}


PLACE = "ZZ"
"""III01 before a place of service in X279A1, where the standard says mutually defined."""

_LEFT = {"29", "33"}


_SHOWN = 12  # a payer may list a hundred service types in one segment


def dollars(amount: Decimal) -> str:
    """Return dollars as a bill writes them: $1,500.00."""
    return f"${amount:,.2f}" if amount >= 0 else f"-${-amount:,.2f}"


def plain(number: Decimal) -> str:
    """Return a number without needless zeros."""
    return f"{number.normalize():f}"


def benefit_says(one: ToldBenefit) -> str:
    """Return one EB segment as a sentence: service, kind, amount, for whom, where, how long."""
    services = _services(one.services)
    kind = f"{word('benefit', one.kind)}{_amount(one)}"
    parts = [
        f"{services}: {kind}" if services else kind,
        *([f"plan {one.plan}"] if one.plan else []),
        *([word("insurance", one.insurance)] if one.insurance else []),
        *([word("level", one.level)] if one.level else []),
        *([_NETWORK[one.network]] if one.network in _NETWORK else []),
        *([f"procedure {one.procedure}"] if one.procedure else []),
        *([_AUTHORIZED[one.authorization]] if one.authorization in _AUTHORIZED else []),
        *map(_delivery, one.deliveries),
        *(f"{word('reference', code)} {text}" for code, text in one.references),
        *([dated(one.days)] if one.days else []),
        *map(_limit, one.limits),
        *map(_party, one.parties),
    ]
    messages = "".join(f' The payer writes: "{text}".' for text in one.messages)
    return sentence(parts) + messages


def sentence(parts: Iterable[str]) -> str:
    """Return `parts` as one sentence."""
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _services(codes: tuple[str, ...]) -> str:
    names = [word("service", one) for one in codes[:_SHOWN]]
    more = len(codes) - len(names)
    return "; ".join([*names, *([f"and {more} more"] if more else [])])


def _amount(one: ToldBenefit) -> str:
    said = []
    if one.amount is not None:
        said.append(dollars(one.amount))
    if one.share is not None:
        said.append(f"{plain(one.share * 100)} %")
    if one.quantity is not None:
        said.append(f"{plain(one.quantity)} {word('quantity', one.unit)}")
    text = ", ".join(said)
    if one.period:
        text = f"{text} {word('period', one.period)}".strip()
    if one.period in _LEFT and one.amount == 0:
        text += " (used up or met)"
    return f" {text}" if text else ""


def _delivery(elements: tuple[str, ...]) -> str:
    """Return HSD in words: how many of what, every how long, for how long."""
    unit, count, every, often, period, periods, *_ = (*elements, *[""] * 8)
    said = [f"{count} {word('quantity', unit)}"] if count else []
    said += [f"per {often or 1} {every}"] if every else []
    said += [f"in {periods} {word('period', period)}"] if periods else []
    said += [word("period", period)] if period and not periods else []
    return " ".join(said)


def dated(days: Iterable[tuple[str, str]]) -> str:
    """Return days in words, each with what it is the day of."""
    return ", ".join(f"{word('date', code)} {when}" for code, when in days)


def _limit(elements: tuple[str, ...]) -> str:
    """Return III in words: a place of service, another code, or free text."""
    kind, code, _, text, *_ = (*elements, *[""] * 4)
    if code:
        return f"{'at place of service' if kind == PLACE else 'for code'} {code}"
    return text


def _party(one: Party) -> str:
    told = f"{word('party', one.code)} {one.name}".strip()
    told += f" ({one.number})" if one.number else ""
    return f"{told} at {reached(one.contacts)}" if one.contacts else told


def reached(contacts: Iterable[str]) -> str:
    """Return numbers and addresses in words: "telephone 6145550100"."""
    pairs = (one.partition(" ") for one in contacts)
    return ", ".join(f"{word('contact', kind)} {text}" for kind, _, text in pairs)
