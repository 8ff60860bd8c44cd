"""`codinglab payer terms`: which payers there are, and what one of them has agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.days import On, day_of
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from codinglab.payer.contract import Contract

_Payer = Annotated[
    str, typer.Argument(help="A payer's id or name; every payer, a line each, if left out.")
]


def terms(payer: _Payer = "", on: On = None, as_json: AsJson = False) -> None:
    """List the payers, or print what one pays, refuses and leaves to the patient on a day.

    Every sentence ends with its source. Leaves with 2 where the payer is not known or has no terms
    on that day. JSON: a list of {"payer_id", "name", "kind", "filing", "from": [days]}; of one
    {"payer_id", "name", "kind", "on", "source", "terms": {heading: [sentences]}}.
    """
    from codinglab.payer.contract_file import contracts

    known = contracts()
    if not payer:
        rows = [_row(one) for one in known.values()]
        finish(rows, as_json=as_json, text=lambda: "\n".join(map(_line, rows)))
    made = _one(_found(payer, known), day_of(on))
    finish(made, as_json=as_json, text=lambda: _text(made))


def _row(one: Contract) -> dict[str, Any]:
    return {
        "payer_id": one.payer_id,
        "name": one.name,
        "kind": one.kind,
        "filing": str(one.companion.timely_filing),
        "from": [span.start.isoformat() for span, _ in one.terms.rows],
    }


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['payer_id']:<6} {row['name']:<28} {row['kind']:<22} file within {row['filing']:<16} "
        f"terms from {', '.join(row['from'])}"
    )


def _found(payer: str, known: Mapping[str, Contract]) -> Contract:
    from codinglab.core.tables import BadData

    wanted = payer.casefold()
    for one in known.values():
        if wanted in {one.payer_id.casefold(), one.name.casefold()}:
            return one
    there = ", ".join(f"{one.payer_id} {one.name}" for one in known.values())
    raise BadData(f"no payer {payer!r} has a contract in the lab; there are {there}")


def _one(contract: Contract, day: date) -> dict[str, Any]:
    from codinglab.payer.terms_text import terms_sections

    return {
        "payer_id": contract.payer_id,
        "name": contract.name,
        "kind": contract.kind,
        "on": day.isoformat(),
        "source": contract.on(day).source,
        "terms": terms_sections(contract, day),
    }


def _text(made: dict[str, Any]) -> str:
    head = f"{made['name']} ({made['payer_id']}, {made['kind']}) on {made['on']}: {made['source']}"
    lines = [head]
    for heading, sentences in made["terms"].items():
        lines += [f"{heading}:", *(f"  {one}" for one in sentences)]
    return "\n".join(lines)
