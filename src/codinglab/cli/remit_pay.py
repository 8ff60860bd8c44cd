"""`codinglab remit pay`: claim files in, the 835 of the lab's payers out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.days import day_of
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.payer.decision import Decision
    from codinglab.remit.model import Method, Remittance

_Claims = Annotated[list[Path], typer.Argument(help="Claim files (YAML), decided in this order.")]
_Received = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day on which the payers get them; today."),
]
_Trace = Annotated[str, typer.Option(help="How the numbers of the payments begin.")]
_Control = Annotated[
    int, typer.Option(min=1, max=999_999_999, help="The control number of the interchange.")
]
_Check = Annotated[bool, typer.Option("--check", help="Pay by check and not by deposit.")]


def pay(  # noqa: PLR0913, PLR0917  one a flag
    claims: _Claims,
    received: _Received = None,
    trace: _Trace = "TRN",
    control: _Control = 1,
    check: _Check = False,
    as_json: AsJson = False,
) -> None:
    """Let the lab's payers decide on claim files, and write what they pay as an 835.

    One payment (ST to SE) for each payer and provider, on the day of its last decision. What was
    refused goes to standard error and is in no remittance. Leaves with 1 where a claim is refused.
    JSON: {"text", "refused": [{"account", "why"}]}.
    """
    from codinglab.cli.payer_claim import sent_of
    from codinglab.cli.payer_history import replay
    from codinglab.core.collecting import rarely_collected
    from codinglab.payer.decision import Refusal

    day = day_of(received)
    payers = replay(None, day.year)
    groups: dict[tuple[str, str], list[Decision]] = {}
    refused = []
    with rarely_collected():
        for claim in [each for path in claims for each in sent_of(path)]:
            made = payers.decide(claim, day)
            if isinstance(made, Refusal):
                refused.append({"account": claim.account, "why": made.why})
                continue
            key = claim.coverage.payer.payer_id, claim.billing.npi
            groups.setdefault(key, []).extend(payers.state(key[0]).made)
    way: Method = "CHK" if check else "ACH"
    paid = [
        _remittance(each, f"{trace}{control:05}{at:03}", way, f"{at:04}")
        for at, each in enumerate(groups.values(), 1)
    ]
    if not as_json:
        for one in refused:
            typer.echo(f"refused  {one['account']}: {one['why']}", err=True)
    text = _written(paid, control) if paid else ""
    finish(
        {"text": text, "refused": refused},
        as_json=as_json,
        text=lambda: text.rstrip("\n"),
        findings=bool(refused),
    )


def _remittance(decisions: list[Decision], trace: str, method: Method, control: str) -> Remittance:
    from codinglab.remit.remitting import paid_by

    claim = decisions[0].claim
    return paid_by(
        claim.coverage.payer.payer_id,
        decisions,
        claim.billing,
        trace,
        paid_on=max(one.decided for one in decisions),
        method=method,
        control=control,
    )


def _written(paid: list[Remittance], control: int) -> str:
    from datetime import time

    from codinglab.remit.x835 import write
    from codinglab.x12.envelope import Envelope
    from codinglab.x12.syntax import CannotWrite

    first = paid[0]
    when = datetime.combine(max(one.made for one in paid), time(8))
    payee = first.payee.npi or first.payee.tax_id
    try:
        return write(Envelope(first.payer.payer_id, payee, when, control), paid)
    except CannotWrite as error:
        raise typer.BadParameter(str(error)) from None
