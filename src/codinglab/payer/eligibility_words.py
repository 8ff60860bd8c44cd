"""A 271 in plain sentences for the front desk, and as a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from codinglab.payer.eligibility_lookup import Refusal
from codinglab.payer.eligibility_reading import (
    EligibilityAnswer,
    Told,
    ToldBenefit,
    eligibility_answer,
)
from codinglab.payer.words import then, word
from codinglab.x12.loops import TransactionTree

if TYPE_CHECKING:
    import pandas as pd

_WHERE = {
    "2000A": "The payer",
    "2000B": "The asking provider",
    "2000C": "Subscriber",
    "2000D": "Dependent",
}
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
_LEFT = {"29", "33"}
_SHOWN = 12  # a payer may list a hundred service types in one segment


def says(tree: TransactionTree) -> list[str]:
    """Return what the 271 in `tree` says, one sentence each, and what to do next."""
    told = eligibility_answer(tree)
    said = [f"{told.payer or 'A payer'} answers {told.provider or 'the asking provider'}."]
    for one in told.told:
        said += _level(one)
    return said


def dollars(amount: Decimal) -> str:
    """Return dollars as a bill writes them: $1,500.00."""
    return f"${amount:,.2f}" if amount >= 0 else f"-${-amount:,.2f}"


def plain(number: Decimal) -> str:
    """Return a number without needless zeros."""
    return f"{number.normalize():f}"


def _level(told: Told) -> Iterator[str]:
    whom = " ".join(one for one in (_WHERE[told.level], told.name) if one)
    if told.member_id and told.level == "2000C":
        whom += f" (member {told.member_id})"
    if not told.refusals and not told.benefits:
        return
    yield f"{whom}:"
    yield from (_refused(one) for one in told.refusals)
    if told.days:
        yield _sentence([_dated(told.days)])
    yield from map(benefit_says, told.benefits)
    yield from (f"Next: {one}" for one in _next(told))


def _refused(one: Refusal) -> str:
    return f"Not answered: {word('refusal', one.reason)} ({one.reason})."


def _next(told: Told) -> list[str]:
    """Return what to do, each once: about refusals first, then by the kinds of benefit.

    An amount of 0 asks for nothing: no copay is to be collected, no deductible is left.
    """
    steps = [then("refusal", one.reason) for one in told.refusals]
    steps += [then("follow", one.follow) for one in told.refusals]
    steps += [then("benefit", one.kind) for one in told.benefits if one.amount != 0]
    if any(one.authorization == "Y" for one in told.benefits):
        steps.append("Get the authorization before the service and put its number on the claim.")
    return [one for one in dict.fromkeys(steps) if one]


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
        *([_dated(one.days)] if one.days else []),
        *(_party(each.code, each.name, each.number) for each in one.parties),
    ]
    messages = "".join(f' The payer writes: "{text}".' for text in one.messages)
    return _sentence(parts) + messages


def _sentence(parts: Iterable[str]) -> str:
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


def _dated(days: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{word('date', code)} {when}" for code, when in days)


def _party(code: str, name: str, number: str) -> str:
    told = f"{word('party', code)} {name}".strip()
    return f"{told} ({number})" if number else told


def rows(answer: EligibilityAnswer) -> Iterator[dict[str, Any]]:
    """Yield one row for each refusal and each benefit of a 271; unknown values are None."""
    for told in answer.told:
        about = {
            "transaction": answer.control,
            "payer": answer.payer,
            "level": told.level,
            "name": told.name,
            "member_id": told.member_id or None,
        }
        for one in told.refusals:
            yield about | {"kind": f"AAA {one.reason}", "meaning": word("refusal", one.reason)}
        for each in told.benefits:
            yield about | _row(each)


def _row(one: ToldBenefit) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "meaning": word("benefit", one.kind),
        "services": " ".join(one.services) or None,
        "coverage_level": one.level or None,
        "network": one.network or None,
        "period": one.period or None,
        "amount": one.amount,
        "share": one.share,
        "quantity": one.quantity,
        "unit": one.unit or None,
        "authorization": one.authorization or None,
        "plan": one.plan or None,
        "says": benefit_says(one),
    }


COLUMNS = (
    *("transaction", "payer", "level", "name", "member_id", "kind", "meaning", "services"),
    *("coverage_level", "network", "period", "amount", "share", "quantity", "unit"),
    *("authorization", "plan", "says"),
)


def frame(trees: Iterable[TransactionTree]) -> pd.DataFrame:
    """Return the 271s as a data frame with the columns COLUMNS, amounts as Decimal."""
    import pandas as pd

    found = [row for tree in trees for row in rows(eligibility_answer(tree))]
    return pd.DataFrame(found, columns=list(COLUMNS))
