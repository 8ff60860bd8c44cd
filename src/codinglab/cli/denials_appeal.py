"""`codinglab denials letter` and `appeal`: ask for another decision, and be answered."""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.denials_given import adjustments, justification
from codinglab.cli.denials_given import rounds as as_rounds
from codinglab.cli.denials_read import Work, read
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.appeal import Dispute, Round
    from codinglab.accounts.appeal_answer import Answer, Request
    from codinglab.accounts.appeal_evidence import Justification
    from codinglab.accounts.appeal_path import AppealPath
    from codinglab.accounts.appeal_words import Ask
    from codinglab.accounts.denial import Denial
    from codinglab.claim.adjudicated import Adjustment
    from codinglab.remit.model import Remittance

_Files = Annotated[list[Path], typer.Argument(help="835 files.", show_default=False)]
_Key = Annotated[str, typer.Option("--denial", help="Which one, by the name that list gives it.")]
_Evidence = Annotated[Path, typer.Option("--evidence", help="A file of evidence (YAML).")]
_Chart = Annotated[
    Path | None, typer.Option("--chart", help="The chart whose marked sentences `spans` names.")
]
_Receipt = Annotated[
    Path | None, typer.Option("--receipt", help="The 277CA that shows that the claim was taken.")
]
_Day = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the request; today if left out."),
]
_Received = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="When the notice came, where that can be shown."),
]
_Rounds = Annotated[
    list[str],
    typer.Option(
        "--round",
        help='A level decided before: "1 2026-05-01 upheld 2026-06-30" (filed, decided); behind it '
        'may stand "received 2026-07-02" and "number 1-234".',
    ),
]
_To = Annotated[Path | None, typer.Option("--to", help="Write it there.")]


def letter(  # noqa: PLR0913, PLR0917  one a flag
    files: _Files,
    denial: _Key,
    evidence: _Evidence,
    chart: _Chart = None,
    receipt: _Receipt = None,
    on: _Day = None,
    received: _Received = None,
    rounds: _Rounds = [],  # noqa: B006
    signer: Annotated[str, typer.Option(help="Who signs; else as the evidence file says.")] = "",
    title: Annotated[str, typer.Option(help="The signer's title.")] = "",
    to: _To = None,
    as_json: AsJson = False,
) -> None:
    """Write the letter that asks for the next decision, with its enclosures; --to FILE.pdf or .txt.

    It goes to who decides at that level, and tells the decisions of --round. Without a signer it
    has lines to sign by hand. A court takes no letter. Findings go to standard error. Leaves with 1
    where evidence is missing, the day is past, or there is no appeal. JSON: {"kind", "subject",
    "text", "level", "last", "findings"}.
    """
    from codinglab.accounts.appeal_letter import letter as write
    from codinglab.accounts.appeal_letter_pdf import as_pdf
    from codinglab.core.findings import errors

    day = _on(on)
    work = read(files, ())
    told = work.find(denial)
    ask = _ask(told, as_rounds(rounds), day, received.date() if received else None)
    remittance = _remittance(work, told)
    why = justification(evidence, chart, receipt, told.account)
    if title and not signer:
        raise typer.BadParameter("--title is the signer's: name the signer with --signer too")
    if signer:
        why = why.model_copy(update={"signer": signer, "title": title})
    made = write(told, ask, remittance.payee, why)
    if to:
        to.write_bytes(as_pdf(made) if to.suffix == ".pdf" else made.text.encode())
    for one in made.findings:
        print(f"{one.severity.value}: {one}", file=sys.stderr)  # noqa: T201  output
    finish(
        {
            "kind": made.kind.slug,
            "subject": made.subject,
            "text": made.text,
            "level": ask.level.number,
            "last": str(ask.due.last) if ask.due else None,
            "findings": [one.as_json() for one in made.findings],
        },
        as_json=as_json,
        text=lambda: f"Written to {to}." if to else made.text.rstrip("\n"),
        findings=bool(errors(made.findings)),
    )


def appeal(  # noqa: PLR0913, PLR0917  one a flag
    files: _Files,
    denial: _Key,
    evidence: _Evidence,
    chart: _Chart = None,
    receipt: _Receipt = None,
    on: _Day = None,
    received: _Received = None,
    rounds: _Rounds = [],  # noqa: B006
    good_cause: Annotated[bool, typer.Option("--good-cause", help="Lateness was excused.")] = False,
    together: Annotated[
        bool, typer.Option("--together", help="With other claims, so that the amount is reached.")
    ] = False,
    share: Annotated[
        float | None,
        typer.Option(
            min=0,
            help="Deductible and coinsurance that may be collected, in dollars; those that the "
            "remittance tells if left out.",
        ),
    ] = None,
    granted: Annotated[
        str,
        typer.Option(help='What is adjusted of the line if it is won: "CO 45 79.02, PR 2 24.20".'),
    ] = "",
    to: _To = None,
    as_json: AsJson = False,
) -> None:
    """Let the simulated payer answer the appeal by rule; if it is won, --to writes the new 835.

    Leaves with 1 where it is not won. JSON: {"denial", "level", "outcome", "rule", "why",
    "notice", "source", "invented", "at_stake" (charged, less paid, less deductible and
    coinsurance), "text" (the 835, or null)}.
    """
    from codinglab.accounts.appeal_answer import answer

    day = _on(on)
    work = read(files, ())
    told = work.find(denial)
    before = as_rounds(rounds)
    dispute = _dispute(told, received.date() if received else None, share)
    request = _request(
        work,
        told,
        dispute,
        before,
        day,
        justification(evidence, chart, receipt, told.account),
        (good_cause, together),
    )
    found = answer(request)
    won = found.outcome == "overturned"
    text = _paid(work, told, found, adjustments(granted)) if won and granted else None
    if text and to:
        to.write_text(text, encoding="utf-8")
    finish(
        {
            "denial": told.key,
            "level": request.level,
            "outcome": found.outcome,
            "rule": found.rule,
            "why": found.why,
            "notice": str(found.notice),
            "source": found.source,
            "invented": found.invented,
            "at_stake": f"{dispute.at_stake:.2f}",
            "text": text,
        },
        as_json=as_json,
        text=lambda: _said(request, found),
        findings=not won,
    )


def _on(on: datetime | None) -> date:
    return on.date() if on else date.today()  # noqa: DTZ011  the office's own day


def _said(request: Request, found: Answer) -> str:
    level = request.path.level(request.level)
    note = " These payers answer so; no law says it." if found.invented else ""
    return (
        f"Level {level.number}, {level.name}: {found.outcome} on {found.notice}.\n"
        f"{found.why.capitalize()} ({found.rule}). Source: {found.source}.{note}"
    )


def _dispute(told: Denial, received: date | None, share: float | None = None) -> Dispute:
    """Return what is disputed; its amount is that of 42 CFR 405.1006(d)."""
    from codinglab.accounts.appeal import Dispute
    from codinglab.accounts.appeal_amount import at_stake

    stake = at_stake(told.charge, told.paid, told.share if share is None else Decimal(str(share)))
    head = told.notice, stake, told.cause.code, told.carc, told.remarks
    return Dispute(*head, received, told.filing)


def _path(told: Denial) -> AppealPath:
    from codinglab.accounts.appeal_path import path_of

    path = path_of(told.filing)
    if path is None or told.source != "835":
        raise typer.BadParameter(f"{told.key} has no appeal; see `codinglab denials show`")
    return path


def _ask(told: Denial, rounds: tuple[Round, ...], day: date, received: date | None) -> Ask:
    """Return what is asked next; leaves the command where nothing is to be asked."""
    from codinglab.accounts.appeal import standing
    from codinglab.accounts.appeal_words import Ask

    path = _path(told)
    found = standing(path, _dispute(told, received), rounds, day)
    if found.level and (found.deadline or found.level.automatic):
        asked = found.deadline, rounds, received, found.needed
        return Ask(path, found.level, day, *asked)
    if path.levels and path.refuses(
        told.carc, told.remarks, told.filing
    ):  # the letter itself says so
        return Ask(path, path.level(1), day, received=received)
    raise typer.BadParameter(f"{told.key}: {found.why}")


def _remittance(work: Work, told: Denial) -> Remittance:
    found = work.remittance_of(told)
    if found is None:
        raise typer.BadParameter(f"{told.key}: no remittance of the files tells it")
    return found


def _request(  # noqa: PLR0913, PLR0917  what a payer gets
    work: Work,
    told: Denial,
    dispute: Dispute,
    rounds: tuple[Round, ...],
    day: date,
    why: Justification,
    allowed: tuple[bool, bool],
) -> Request:
    from codinglab.accounts.appeal import standing
    from codinglab.accounts.appeal_answer import Request
    from codinglab.core.tables import BadData

    path, after = _path(told), rounds[-1].level + 1 if rounds else 1
    found = standing(path, dispute, rounds, day)  # after a remand a level below is open
    if found.level is None and after > len(path.levels):
        raise BadData(f"{told.key}: no level is left: {found.why}")
    claim = next(one for one in _remittance(work, told).claims if one.number == told.number)
    beside = tuple(one.code for one in claim.lines if one.paid > 0 and one.code != told.code)
    return Request(
        told,
        path,
        found.level.number if found.level else after,
        day,
        dispute,
        why.evidence,
        rounds,
        beside,
        good_cause=allowed[0],
        together=allowed[1],
    )


def _paid(work: Work, told: Denial, found: Answer, granted: tuple[Adjustment, ...]) -> str:
    """Return the 835 that reverses the claim and pays it again."""
    from codinglab.accounts.appeal_outcome import NotOverturned, corrected
    from codinglab.remit.from_decisions import settled
    from codinglab.remit.x835 import write
    from codinglab.x12.envelope import Envelope

    old = _remittance(work, told)
    claim = next(one for one in old.claims if one.number == told.number)
    if told.line is None:
        raise typer.BadParameter(f"{told.key} is of the whole claim; --granted is for a line")
    try:
        back, new = corrected(claim, {told.line: granted}, f"{told.number}A")
    except NotOverturned as error:
        raise typer.BadParameter(str(error)) from None
    made = settled(
        (back, new),
        old.payer,
        old.payee,
        f"{old.trace}A",
        origin=old.origin,
        paid_on=found.notice,
        method=old.method if old.method != "NON" else "CHK",
    )
    when = datetime.combine(found.notice, datetime.min.time())
    return write(Envelope(old.payer.payer_id or "PAYER", old.payee.npi, when, 1), [made])
