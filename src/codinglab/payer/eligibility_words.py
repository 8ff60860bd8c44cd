"""A 271 in plain sentences for the front desk, with what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.payer.benefit_words import benefit_says, dated, reached, sentence
from codinglab.payer.eligibility_reading import eligibility_answer
from codinglab.payer.refusal import Refusal
from codinglab.payer.told import Told
from codinglab.payer.words import then, word
from codinglab.x12.loops import TransactionTree

_WHERE = {
    "2000A": "The payer",
    "2000B": "The asking provider",
    "2000C": "Subscriber",
    "2000D": "Dependent",
}


def says(tree: TransactionTree) -> list[str]:
    """Return what the 271 in `tree` says, one sentence each, and what to do next."""
    told = eligibility_answer(tree)
    said = [f"{told.payer or 'A payer'} answers {told.provider or 'the asking provider'}."]
    for one in told.told:
        said += _level(one)
    return said


def _level(told: Told) -> Iterator[str]:
    whom = " ".join(one for one in (_WHERE[told.level], told.name) if one)
    if told.member_id and told.level == "2000C":
        whom += f" (member {told.member_id})"
    if not told.refusals and not told.benefits and not told.contacts:
        return
    yield f"{whom}:"
    yield from (_refused(one) for one in told.refusals)
    if told.contacts:
        yield f"To be reached at {reached(told.contacts)}."
    if told.days:
        yield sentence([dated(told.days)])
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
