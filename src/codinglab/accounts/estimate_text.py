"""An estimate as text, and the sentences that every form of it says."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from codinglab.accounts.estimate import TRAINING, Estimate, Item, ProviderPart
from codinglab.accounts.patient_policy import EstimateWords, rules_on
from codinglab.accounts.patient_rules import rule
from codinglab.remit.eob import dollars

_WIDE, _MONEY = 64, 12


def words(estimate: Estimate) -> EstimateWords:
    """Return the words in force on the day the estimate was made."""
    return rules_on("estimates", EstimateWords, estimate.made)


def about(estimate: Estimate) -> tuple[str, ...]:
    """Return whom and what the estimate is for."""
    day = estimate.service.isoformat() if estimate.service else "not scheduled yet"
    return (
        f"Patient: {estimate.patient}, born {estimate.born.isoformat()}",
        f"Main service: {estimate.primary}; day: {day}",
        f"Estimate of {estimate.made.isoformat()}",
    )


def provider(part: ProviderPart) -> str:
    """Return who and where the provider is."""
    return f"NPI {part.npi}, tax number {part.tax_id}, {part.location}, {part.state}"


def named(item: Item) -> str:
    """Return a service with its units and diagnoses, in one line."""
    units = "" if item.units == 1 else f" x{item.units:f}"
    coded = f" (for {', '.join(item.diagnoses)})" if item.diagnoses else ""
    return f"{item.code}{units} {item.what}".strip() + coded


def disclaimers(estimate: Estimate) -> tuple[str, ...]:
    """Return what the law has an estimate say: 45 CFR 149.610(c)(1)."""
    told, day = words(estimate), estimate.made
    dispute = told.dispute.format(
        excess=rule("dispute_excess", day).value,
        days=rule("dispute_days", day).value,
        fee=rule("dispute_fee", day).value,
    )
    return (told.more, told.only, dispute, told.contract, told.keep)


def _row(what: str, amount: str) -> str:
    *above, last = wrap(what, _WIDE, subsequent_indent="  ") or [""]
    return "\n".join((*(f"  {one}" for one in above), f"  {last:<{_WIDE}}{amount:>{_MONEY}}"))


def _told(text: str, first: str = "", then: str = "") -> str:
    return "\n".join(wrap(text, _WIDE + _MONEY, initial_indent=first, subsequent_indent=then))


def _part(part: ProviderPart) -> Iterator[str]:
    yield part.name
    yield _told(provider(part), "  ", "  ")
    yield from (_row(named(one), dollars(one.expected)) for one in part.items)
    yield _row("Expected from this provider", dollars(part.total))


def as_text(estimate: Estimate) -> str:
    """Return the estimate as text."""
    said = [TRAINING, "", "Good-faith estimate", *map(_told, about(estimate))]
    for part in estimate.parts:
        said += ["", *_part(part)]
    said += ["", _row("All expected charges", dollars(estimate.total))]
    if estimate.separate:
        said += ["", _told(words(estimate).separate)]
        said += [_told(one, "  - ", "    ") for one in estimate.separate]
    return "\n".join([*said, "", *(_told(one) for one in disclaimers(estimate))])
