"""The typer application: one module a verb family, imported only when its verb is used."""

from __future__ import annotations

import typer

from codinglab.cli import (
    accounts,
    claim,
    codes,
    denials,
    edits,
    fhir,
    grading,
    handing,
    notebooks,
    patient,
    payer,
    practice,
    remit,
    x12,
)
from codinglab.cli import check as check_verb
from codinglab.cli import demo as demo_verb
from codinglab.cli import lab as lab_verb
from codinglab.cli import review as review_verb

app = typer.Typer(
    name="codinglab",
    help="Learn medical coding and billing in a notebook, and prove that you can do it.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("check")(check_verb.check)
app.command("build")(notebooks.build)
app.command("lab")(lab_verb.lab)
app.command("grade")(grading.grade)
app.command("submit")(handing.submit)
app.command("collect")(handing.collect)
app.command("demo")(demo_verb.demo)
app.command("review")(review_verb.review)
app.command("edits")(edits.edits)
app.add_typer(codes.app, name="codes")
app.add_typer(claim.app, name="claim")
app.add_typer(x12.app, name="x12")
app.add_typer(payer.app, name="payer")
app.add_typer(fhir.app, name="fhir")
app.add_typer(remit.app, name="remit")
app.add_typer(accounts.app, name="accounts")
app.add_typer(denials.app, name="denials")
app.add_typer(patient.app, name="patient")
app.add_typer(practice.app, name="practice")
