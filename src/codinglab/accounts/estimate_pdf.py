"""An estimate as PDF."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.accounts.estimate import TRAINING, Estimate, ProviderPart
from codinglab.accounts.estimate_text import about, disclaimers, named, provider, words
from codinglab.accounts.letter_pdf import Block, Text, Together, money_table
from codinglab.accounts.letter_pdf import as_pdf as letter
from codinglab.remit.eob import dollars


def as_pdf(estimate: Estimate) -> bytes:
    """Return the estimate on as many pages as it needs, each marked as a training copy."""
    title = f"Good-faith estimate for {estimate.patient}"
    return letter(f"{title}, training copy", TRAINING, _blocks(estimate, title))


def _blocks(estimate: Estimate, title: str) -> Iterator[Block | Together]:
    yield Text(title, "title")
    yield from map(Text, about(estimate))
    yield Text(f"Expected charges: {dollars(estimate.total)}", "sum")
    yield from (Together(tuple(_part(one))) for one in estimate.parts)
    if estimate.separate:
        yield Text("To be scheduled separately", "section")
        yield Text(words(estimate).separate)
        yield from (Text(one, "item") for one in estimate.separate)
    yield Together((Text("What you should know", "section"), *map(Text, disclaimers(estimate))))


def _part(part: ProviderPart) -> Iterator[Block]:
    yield Text(part.name, "section")
    yield Text(provider(part))
    rows = [(named(one), dollars(one.expected)) for one in part.items]
    rows.append(("Expected from this provider", dollars(part.total)))
    yield money_table(("Service", "Expected"), rows, total=True)
