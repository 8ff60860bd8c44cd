"""`codinglab payer`: ask about coverage and claims, be answered, and read it in plain words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from codinglab.cli.claim_read import ClaimPath, read_built
from codinglab.cli.days import day_of
from codinglab.cli.payer_adjudicate import adjudicate
from codinglab.cli.payer_authorize import authorize
from codinglab.cli.payer_first import first
from codinglab.cli.payer_terms import terms
from codinglab.cli.report import COULD_NOT_RUN, AsJson, finish

if TYPE_CHECKING:
    from codinglab.claim.model import Claim
    from codinglab.core.findings import Finding
    from codinglab.payer.members import SimulatedPayer
    from codinglab.payer.written import Written
    from codinglab.x12.envelope import Envelope

app = typer.Typer(
    name="payer",
    help="Ask a payer about coverage (270, 271) and claims (276, 277), for an authorization, and "
    "for its decision.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("adjudicate")(adjudicate)
app.command("authorize")(authorize)
app.command("first")(first)
app.command("terms")(terms)


T = TypeVar("T")


class About(StrEnum):
    """What is asked."""

    COVERAGE = "coverage"
    CLAIM = "claim"


_About = Annotated[About, typer.Option(help="coverage writes a 270, claim a 276.")]
_Services = Annotated[
    list[str], typer.Option("--service", help="A service type to ask about, such as 30 or 98.")
]
_Number = Annotated[str, typer.Option(help="The payer's own number of the claim, where known.")]
_File = Annotated[Path, typer.Argument(help="The X12 file.", show_default=False)]
_Control = Annotated[
    int, typer.Option(min=1, max=999_999_999, help="The control number of the interchange.")
]
_At = Annotated[
    datetime | None, typer.Option(help="When it is made, 2026-03-03T09:30:00; now if left out.")
]
_State = Annotated[
    Path | None, typer.Option("--payer-state", help="A YAML file of what payers got before.")
]
_On = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], help="The day of the code lists; today if left out."
    ),
]


@app.command("ask")
def ask(  # noqa: PLR0913, PLR0917  one a flag
    file: ClaimPath,
    about: _About = About.COVERAGE,
    services: _Services = ["30"],  # noqa: B006  typer's way of a repeated option
    number: _Number = "",
    control: _Control = 1,
    at: _At = None,
    as_json: AsJson = False,
) -> None:
    """Write the question to the payer of a claim file: a 270 about the patient, or a 276.

    Findings go to standard error; leaves with 1 where the question is held back.
    JSON: {"text", "findings"}.
    """
    built = read_built(file)
    if built.claim is None:
        _told(built.findings)
        raise typer.Exit(1)
    claim, when = built.claim, at or datetime.now()  # noqa: DTZ005  the wire has no time zone
    envelope = _envelope(claim.billing.npi, claim.coverage.payer.payer_id, when, control)
    _print(_question(claim, about, tuple(services), number, envelope), as_json=as_json)


def _question(
    claim: Claim, about: About, services: tuple[str, ...], number: str, envelope: Envelope
) -> Written:
    from codinglab.payer.eligibility import request
    from codinglab.payer.inquiry import Inquiry
    from codinglab.payer.member_file import simulated_payers
    from codinglab.payer.status import status_request
    from codinglab.payer.status_inquiry import StatusInquiry

    inquiry = StatusInquiry(claim, number)
    if about is About.CLAIM:
        return status_request([inquiry], envelope, simulated_payers())
    day = inquiry.days[0] if inquiry.days else envelope.when.date()
    asked = Inquiry(claim.patient, claim.coverage, claim.billing, day, services)
    return request([asked], envelope, simulated_payers())


@app.command("answer")
def answer(
    file: _File,
    control: _Control = 1,
    at: _At = None,
    payer_state: _State = None,
    as_json: AsJson = False,
) -> None:
    """Answer a 270 or a 276 as the lab's simulated payers do: with a 271 or a 277.

    With `--payer-state` they know what they decided: what is left of a deductible, and what became
    of a claim. Findings go to standard error; leaves with 1 where a question is not answered, and
    with 2 where the file is not X12. JSON: {"text", "findings"}.
    """
    from codinglab.payer.eligibility_answer import answer as of_coverage
    from codinglab.payer.status_answer import status_answer
    from codinglab.x12.reading import read

    def made() -> Written:
        rows = read(file, file.name).elements()
        isa = next(rows)
        kind = next((row[1] for row in rows if row[0] == "ST" and len(row) > 1), "")
        when = at or datetime.now()  # noqa: DTZ005  the wire has no time zone
        envelope = _envelope(isa[8].strip(), isa[6].strip(), when, control)
        answered = status_answer if kind == "276" else of_coverage
        return answered(file, envelope, _payers(payer_state, when.year))

    _print(_read(made), as_json=as_json)


@app.command("says")
def says(file: _File, on: _On = None, as_json: AsJson = False) -> None:
    """Print what a 270, 271, 276 or 277 says in plain words, and what to do next.

    Leaves with 2 where the file is not X12. JSON: {"sentences": [...]}.
    """
    from codinglab.payer.says import says as told

    day = day_of(on)
    said = _read(lambda: told(file, day))
    finish({"sentences": said}, as_json=as_json, text=lambda: "\n".join(said))


def _payers(history: Path | None, year: int) -> Mapping[str, SimulatedPayer]:
    """Return the lab's payers, with what their decisions have written where a history is given."""
    from codinglab.payer.member_file import simulated_payers

    if history is None:
        return simulated_payers()
    from codinglab.cli.payer_history import replay
    from codinglab.payer.from_decisions import informed

    payers = replay(history, year)
    refused = {
        key: [one for one in payers.refusals if one[1].claim.coverage.payer.payer_id == key]
        for key in simulated_payers()
    }
    return {
        key: informed(one, payers.state(key), year, {}, refused[key])
        for key, one in simulated_payers().items()
    }


def _envelope(sender: str, receiver: str, when: datetime, control: int) -> Envelope:
    from codinglab.x12.envelope import Envelope

    return Envelope(sender, receiver, when, control)


def _read(made: Callable[[], T]) -> T:
    """Return what `made` returns, or leave with 2 where the file is not X12."""
    from codinglab.x12.reading import NotX12

    try:
        return made()
    except (NotX12, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201  output
        raise typer.Exit(COULD_NOT_RUN) from None


def _print(written: Written, *, as_json: bool) -> NoReturn:
    from codinglab.core.findings import errors

    if not as_json:
        _told(written.findings)
    finish(
        {"text": written.text, "findings": [one.as_json() for one in written.findings]},
        as_json=as_json,
        text=lambda: written.text.rstrip("\n"),
        findings=bool(errors(written.findings)),
    )


def _told(findings: tuple[Finding, ...]) -> None:
    for one in findings:
        typer.echo(f"{one.severity.value:7}  {one.id}  {one}", err=True)
