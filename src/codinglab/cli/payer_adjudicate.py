"""`codinglab payer adjudicate` and `authorize`: a simulated payer decides, and says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.days import day_of
from codinglab.cli.payer_claim import sent_of
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.payer.decision import Decision, LineDecision, Reason, Refusal

_Claims = Annotated[
    list[Path],
    typer.Argument(help="Claim files (YAML), decided in this order.", show_default=False),
]
_Received = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day on which the payer gets them; today."),
]
_State = Annotated[
    Path | None,
    typer.Option(
        "--payer-state", help="A YAML file of what payers got before; new claims are added to it."
    ),
]
_Through = Annotated[
    bool, typer.Option("--through", help="Let every further policy's payer decide in turn.")
]
_DENIED = "4"


def adjudicate(
    claims: _Claims,
    received: _Received = None,
    payer_state: _State = None,
    through: _Through = False,
    as_json: AsJson = False,
) -> None:
    """Let the lab's payers decide on claim files: every step's sentence, and each line's amounts.

    Leaves with 1 where a claim is refused or a line or claim denied, with 2 where a file cannot be
    read. JSON: {"claims": [{"file", "account", "payer", "refused" | "number", "status", "charge",
    "paid", "patient_share", "lines", "reasons", "remarks", "said"}]}.
    """
    from codinglab.cli.payer_history import ReceivedRow, remember, replay
    from codinglab.codes.release import digest
    from codinglab.payer.decision import Refusal

    day = day_of(received)
    payers = replay(payer_state, day.year)
    told, texts, fresh = [], [], []
    for path in claims:
        answers = [payers.through(one, day, on=through) for one in sent_of(path)]
        for made in chain.from_iterable(answers):
            told.append(_json(path, made))
            said = _refused(made) if isinstance(made, Refusal) else _decided(made)
            texts.append("\n".join(said))
        name = str(path.resolve())
        fresh.append(ReceivedRow(file=name, sha256=digest(path), received=day, through=through))
    if payer_state is not None:
        remember(payer_state, fresh, [])
    finish(
        {"claims": told},
        as_json=as_json,
        text=lambda: "\n\n".join(texts),
        findings=any(one["denied"] for one in told),
    )


def _refused(made: Refusal) -> Iterator[str]:
    claim = made.claim
    yield f"{claim.account}: refused by {claim.coverage.payer.name} on {made.received}."
    yield f"  {made.why}"
    yield f"  A 277CA says {made.category} {made.code}; no appeal. Correct it and send it as new."


def _decided(made: Decision) -> Iterator[str]:
    account, payer = made.claim.account, made.claim.coverage.payer.name
    yield f"{account}: claim {made.number} of {payer}, status {made.status}"
    for said in made.said:
        line = f" line {said.line}:" if said.line else ""
        source = f" [{said.source}]" if said.source else ""
        yield f"  {said.step}:{line} {said.what}{source}"
    for one in made.lines:
        yield f"  line {one.line} {one.code}: {_amounts(one)}"
    for reason in made.reasons:
        yield f"  claim: {_reason(reason)}"
    if made.remarks:
        yield f"  remarks: {' '.join(made.remarks)}"
    yield (
        f"  charge {made.charge:,.2f}, paid {made.paid:,.2f}, patient {made.patient_share:,.2f}"
        + (f", interest {made.interest:,.2f}" if made.interest else "")
    )


def _amounts(one: LineDecision) -> str:
    allowed = "" if one.allowed is None else f", allowed {one.allowed:,.2f}"
    reasons = "; ".join(map(_reason, one.reasons))
    return f"charge {one.charge:,.2f}{allowed}, paid {one.paid:,.2f}" + (
        f" ({reasons})" if reasons else ""
    )


def _reason(one: Reason) -> str:
    remarks = "".join(f" {remark}" for remark in one.remarks)
    return f"{one.group} {one.carc}{remarks} {one.amount:,.2f}"


def _json(path: Path, made: Decision | Refusal) -> dict[str, Any]:
    from codinglab.payer.decision import Refusal

    claim = made.claim
    head = {
        "file": str(path),
        "account": claim.account,
        "payer": claim.coverage.payer.payer_id,
    }
    if isinstance(made, Refusal):
        no = {"category": made.category, "code": made.code, "why": made.why}
        return {**head, "refused": no, "denied": True}
    return {
        **head,
        "number": made.number,
        "status": made.status,
        "charge": f"{made.charge:f}",
        "paid": f"{made.paid:f}",
        "patient_share": f"{made.patient_share:f}",
        "interest": f"{made.interest:f}",
        "lines": [_line(one) for one in made.lines],
        "reasons": [_as_json(one) for one in made.reasons],
        "remarks": list(made.remarks),
        "said": [
            {"step": one.step, "line": one.line, "what": one.what, "source": one.source}
            for one in made.said
        ],
        "denied": made.status == _DENIED or any(not one.units for one in made.lines),
    }


def _line(one: LineDecision) -> dict[str, Any]:
    return {
        "line": one.line,
        "code": one.code,
        "charge": f"{one.charge:f}",
        "allowed": None if one.allowed is None else f"{one.allowed:f}",
        "paid": f"{one.paid:f}",
        "patient_share": f"{one.patient_share:f}",
        "reasons": [_as_json(each) for each in one.reasons],
    }


def _as_json(one: Reason) -> dict[str, Any]:
    return {
        "group": one.group,
        "carc": one.carc,
        "amount": f"{one.amount:f}",
        "remarks": list(one.remarks),
        "step": one.step,
        "why": one.why,
        "source": one.source,
    }
