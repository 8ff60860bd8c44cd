"""`codinglab payer first`: who pays first, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.payer.coordination_facts import Order

_File = Annotated[Path, typer.Argument(help="Policies and facts (YAML); see docs/coordination.md.")]


def first(file: _File, as_json: AsJson = False) -> None:
    """Say who pays first of several policies, by which rule, and what must be asked.

    Leaves with 1 where a fact that decides is not known, with 2 where the file cannot be read.
    JSON: {"day", "ranked": [{"place", "policy", "rule", "why", "source", "msp_type"}],
    "not_for_this", "asks"}.
    """
    from codinglab.payer.coordination import order
    from codinglab.payer.coordination_file import read_question

    question = read_question(file)
    found = order(question.policies, question.facts, question.day)
    ranked = [
        {
            "place": one.place,
            "policy": one.policy.name,
            "rule": one.rule,
            "why": one.why,
            "source": one.source,
            "msp_type": one.msp_type,
        }
        for one in found.ranked
    ]
    finish(
        {
            "day": question.day.isoformat(),
            "ranked": ranked,
            "not_for_this": [one.name for one in found.not_for_this],
            "asks": list(found.asks),
        },
        as_json=as_json,
        text=lambda: "\n".join(_text(found)),
        findings=bool(found.asks),
    )


def _text(found: Order) -> Iterator[str]:
    for one in found.ranked:
        code = f" Medicare's reason (SBR05): {one.msp_type}." if one.msp_type else ""
        source = f" [{one.source}]" if one.source else ""
        yield f"{one.place}. {one.why}{code}{source}"
    for policy in found.not_for_this:
        yield f"{policy.name} does not pay for this care."
    for question in found.asks:
        yield f"Ask: {question}"
