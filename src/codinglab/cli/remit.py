"""`codinglab remit`: read a remittance in plain words, check it, enter one, and compare it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.claim_sent import claims_of
from codinglab.cli.remit_pay import pay
from codinglab.cli.remit_read import RemitPath, read
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codinglab.cli.remit_read import Read
    from codinglab.core.findings import Finding
    from codinglab.remit.underpaid import Compared

app = typer.Typer(
    name="remit",
    help="Make, read, check and enter remittances (835, paper), and find what a payer still owes.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("pay")(pay)

_Html = Annotated[bool, typer.Option("--html", help="Print it as an HTML page.")]
_To = Annotated[Path | None, typer.Option(help="Write the HTML page to this file.")]
_Claims = Annotated[
    list[Path], typer.Option("--claim", help="A claim file or an 837 that was sent; repeat it.")
]


def _said(findings: Iterable[Finding]) -> list[str]:
    return [f"{one.severity.value:7}  {one.id}  {one}" for one in findings]


def _json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [one.as_json() for one in findings]


@app.command("show")
def show(file: RemitPath, html: _Html = False, to: _To = None, as_json: AsJson = False) -> None:
    """Show a remittance in plain words: money in columns, reasons, and why the patient owes.

    What of the file is left out goes to standard error. Leaves with 1 where something is, or does
    not balance. JSON: {"remittances": [the fields of remit.model.Remittance], "left",
    "findings"}.
    """
    from codinglab.claim.told import as_json as told
    from codinglab.remit.eob import explained
    from codinglab.remit.eob_html import as_html
    from codinglab.remit.eob_text import as_text

    found = read(file)
    eobs = [explained(one) for one in found.remittances]
    if to is not None:
        to.write_text(as_html(eobs), encoding="utf-8")
    if not as_json:
        for line in _said(found.left):
            typer.echo(line, err=True)
    text = as_html(eobs).rstrip("\n") if html else "\n\n".join(as_text(one) for one in eobs)
    finish(
        {
            "remittances": told(found.remittances),
            "left": _json(found.left),
            "findings": _json(found.balance),
        },
        as_json=as_json,
        text=lambda: (
            f"Wrote {to}." if to else text or f"There is no remittance in {file} that can be read."
        ),
        findings=bool(found.left or found.balance or not eobs),
    )


@app.command("check")
def check(file: RemitPath, as_json: AsJson = False) -> None:
    """Check that a remittance balances: line, claim, lines to claim, and payment.

    Of an 835 its bare segments are judged, whatever could be read of them; `codinglab x12 check`
    judges its form. Leaves with 1 where something does not balance or could not be read.
    JSON: {"remittances": [{"trace", "total", "claims"}], "left", "findings"}.
    """
    found = read(file)
    finish(
        {
            "remittances": [
                {"trace": one.trace, "total": str(one.total), "claims": len(one.claims)}
                for one in found.remittances
            ],
            "left": _json(found.left),
            "findings": _json(found.balance),
        },
        as_json=as_json,
        text=lambda: "\n".join(_checked(found)),
        findings=bool(found.left or found.balance or not found.remittances),
    )


def _checked(found: Read) -> Iterable[str]:
    for one in found.remittances:
        yield f"payment {one.trace}: {one.total:,.2f} for {len(one.claims)} claims"
    yield from _said((*found.balance, *found.left))
    if not found.remittances:
        yield "There is no remittance that can be read."
    elif not found.balance:
        yield "Every line, every claim and the payment balance."


@app.command("enter")
def enter(file: RemitPath, as_json: AsJson = False) -> None:
    """Read a paper EOB that was typed (YAML), check it, and show it with who typed it.

    Leaves with 1 where it does not balance or has a code that the lab's tables lack.
    JSON: {"remittance", "provenance": {"by", "at", "source", "notes"}, "findings"}.
    """
    from codinglab.claim.told import as_json as told
    from codinglab.core.tables import BadData
    from codinglab.remit.eob import explained
    from codinglab.remit.eob_text import as_text

    found = read(file)
    source = found.provenance
    if source is None:
        raise BadData(f"{file}: this is an 835, which nobody types; use `codinglab remit show`")
    (remittance,) = found.remittances
    head = f"Entered by {source.by} on {source.at:%Y-%m-%d %H:%M} from {source.source}."
    lines = [head, *([source.notes] if source.notes else []), "", as_text(explained(remittance))]
    balance = {str(one) for one in explained(remittance).findings}
    lines += _said(one for one in found.balance if str(one) not in balance)
    finish(
        {
            "remittance": told(remittance),
            "provenance": told(source) | {"at": source.at.isoformat()},
            "findings": _json(found.balance),
        },
        as_json=as_json,
        text=lambda: "\n".join(lines),
        findings=bool(found.balance),
    )


@app.command("underpaid")
def underpaid(file: RemitPath, claims: _Claims, as_json: AsJson = False) -> None:
    """Compare what a payer allowed with its contract, line by line: the difference and why.

    Leaves with 1 where a line is underpaid. JSON: {"lines": [{"account", "number", "line", "code",
    "verdict", "charge", "allowed", "expected", "difference", "why", "source"}], "owed",
    "not_compared"}.
    """
    from decimal import Decimal

    from codinglab.claim.told import as_json as told
    from codinglab.payer.contract_file import contracts
    from codinglab.remit.underpaid import compare

    found, sent = read(file), {one.account: one for one in claims_of(claims)}
    lines: list[Compared] = []
    left: list[str] = []
    for one in found.remittances:
        compared, not_compared = compare(one, sent, contracts())
        lines += compared
        left += not_compared
    owing = [one for one in lines if one.verdict == "underpaid"]
    owed = sum((one.difference for one in owing), Decimal(0))
    finish(
        {
            "lines": [told(one) | {"difference": str(one.difference)} for one in lines],
            "owed": str(owed),
            "not_compared": left,
        },
        as_json=as_json,
        text=lambda: "\n".join(
            [
                *(_compared(one) for one in lines),
                *(f"not compared: {one}" for one in left),
                f"The payer owes {owed:,.2f} on {len(owing)} of {len(lines)} lines.",
            ]
        ),
        findings=bool(owing),
    )


def _compared(one: Compared) -> str:
    price = "-" if one.expected is None else f"{one.expected:,.2f}"
    where = f"{one.account} line {one.line} {one.code}" if one.line else f"{one.account} {one.code}"
    return (
        f"{one.verdict:10}  {where}: charge {one.charge:,.2f}, allowed {one.allowed:,.2f}, "
        f"expected {price}, difference {one.difference:+,.2f}\n    {one.why}"
    )
