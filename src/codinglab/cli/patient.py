"""`codinglab patient`: what patients are told and asked to pay, and what to do next about it."""

from __future__ import annotations

import typer

from codinglab.cli.patient_estimate import estimate
from codinglab.cli.patient_forgive import forgive
from codinglab.cli.patient_help import assistance
from codinglab.cli.patient_letter import letter
from codinglab.cli.patient_next import next_step
from codinglab.cli.patient_outcome import outcome
from codinglab.cli.patient_plan import plan
from codinglab.cli.patient_self_pay import self_pay
from codinglab.cli.patient_statement import statement

app = typer.Typer(
    name="patient",
    help="Statements, letters, payment plans, estimates, assistance, and what to do next about "
    "a balance.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("statement")(statement)
app.command("plan")(plan)
app.command("estimate")(estimate)
app.command("outcome")(outcome)
app.command("assistance")(assistance)
app.command("forgive")(forgive)
app.command("next")(next_step)
app.command("letter")(letter)
app.command("self-pay")(self_pay)
