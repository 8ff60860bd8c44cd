"""`codinglab claim`: build a claim from a claim file, and what is done with it."""

from __future__ import annotations

import typer

from codinglab.cli import claim_form, claim_scrub, claim_x837
from codinglab.cli.claim_read import ClaimPath, read_built
from codinglab.cli.report import AsJson, finish

app = typer.Typer(
    help="Build, split, check, print and send claims.", no_args_is_help=True, rich_markup_mode=None
)

app.command("x837")(claim_x837.x837)
app.command("form")(claim_form.form)
app.command("read-form")(claim_form.read_form)
app.command("scrub")(claim_scrub.scrub)
app.command("rules")(claim_scrub.rules)


@app.command("build")
def build_claim(file: ClaimPath, as_json: AsJson = False) -> None:
    """Build the claim of a claim file, split it where it is too long, and say what is missing.

    Leaves with 1 where there is no claim or one that a payer would reject, else with 0.
    JSON: {"claims": [the fields of claim.model.Claim and "total"], "findings": [{"id", "place",
    "message", "remedy", "severity", "cite"}]}; several claims where it was split, and none where
    something is missing without which there is no claim.
    """
    from codinglab.claim.split import Split, split
    from codinglab.claim.told import as_json as told
    from codinglab.claim.told import as_text
    from codinglab.core.findings import errors

    built = read_built(file)
    parts = split(built.claim) if built.claim else Split(())
    findings = (*built.findings, *parts.findings)
    finish(
        {"claims": told(parts.parts), "findings": [one.as_json() for one in findings]},
        as_json=as_json,
        text=lambda: as_text(parts.parts, findings),
        findings=built.claim is None or bool(errors(findings)),
    )
