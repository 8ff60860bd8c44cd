"""`codinglab x12 ack --277ca`: what a payer's front end answers to each claim of an 837."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from codinglab.cli.report import COULD_NOT_RUN, finish

if TYPE_CHECKING:
    from codinglab.claim.x277ca_status import ClaimAnswer
    from codinglab.claim.x837_reader import Reading
    from codinglab.x12.envelope import Transaction


def answer(file: Path, when: datetime, control: int, *, as_json: bool) -> NoReturn:
    """Print the 277CA to the claims of an 837; leave with 1 where one is rejected.

    A transaction that the 999 rejects has none: its claims were never looked at. In plain words
    the answer goes to standard error. JSON: {"text", "claims": [{"account", "accepted", "statuses",
    "lines": [{"line", "statuses"}], "number", "last_day_to_file"}]}.
    """
    from codinglab.claim.x277ca_text import as_text, read
    from codinglab.x12.guide import NoGuide
    from codinglab.x12.reading import NotX12

    try:
        made, answers = _made(file, when)
    except (NotX12, NoGuide, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201  output
        raise typer.Exit(COULD_NOT_RUN) from None
    text = _text(file, made, when, control) if made else ""
    if text and not as_json:
        last = {one.claim.account: one.last_day for one in answers if one.last_day}
        typer.echo(as_text(list(read(text)), when.date(), last), err=True)
    finish(
        {"text": text, "claims": [_json(one) for one in answers]},
        as_json=as_json,
        text=lambda: text.rstrip("\n"),
        findings=not text or any(not one.accepted for one in answers),
    )


def _json(one: ClaimAnswer) -> dict[str, Any]:
    return {
        "account": one.claim.account,
        "accepted": one.accepted,
        "statuses": [[each.category, each.code, each.entity] for each in one.statuses],
        "lines": [
            {
                "line": each.line,
                "statuses": [[it.category, it.code, it.entity] for it in each.statuses],
            }
            for each in one.lines
        ],
        "number": one.number,
        "last_day_to_file": one.last_day.isoformat() if one.last_day else None,
    }


def _made(file: Path, when: datetime) -> tuple[list[Transaction], list[ClaimAnswer]]:
    """Return a 277CA transaction for each 837 that was accepted, and the answers in them."""
    from codinglab.claim.scrub import scrub
    from codinglab.claim.scrub_wire import owned
    from codinglab.claim.snip_catalog import wire_rules
    from codinglab.claim.x277ca_status import answers
    from codinglab.claim.x837_reader import read_file
    from codinglab.x12.ack import answers as verdicts
    from codinglab.x12.check import check

    refused = {
        each.number
        for one in verdicts(file, file.name)
        for group in one.groups
        for each in group.transactions
        if each.verdict == "R"
    }
    wire = list(owned(file, check(file, file.name, rules=wire_rules())))
    made: list[Transaction] = []
    every: list[ClaimAnswer] = []
    for at, reading in enumerate(read_file(file, file.name), 1):
        for one in reading.findings:
            typer.echo(f"While reading: {one.as_finding()}", err=True)
        if reading.batch is None or reading.batch.control in refused or not reading.claims:
            typer.echo(f"Transaction {at} is not answered: the 999 rejects it.", err=True)
            continue
        found = [one for one in wire if one.transaction == reading.batch.control]
        told = answers(scrub(reading.claims, when.date(), wire=found), len(every) + 1)
        every += told
        made.append(_transaction(reading, told, when, at))
    return made, every


def _transaction(
    reading: Reading, told: tuple[ClaimAnswer, ...], when: datetime, at: int
) -> Transaction:
    from codinglab.claim.x277ca import Front, Submission, transaction

    batch = reading.batch
    assert batch is not None
    payers = {one.coverage.payer.payer_id for one in reading.claims}
    front = Front(
        batch.receiver,
        batch.receiver_id,
        "PR" if batch.receiver_id in payers else "AY",
        "46",
    )
    sent = Submission(batch.submitter, batch.submitter_id, batch.reference, when.date())
    trace = f"{when:%y%j%H%M%S}{at:02}"
    return transaction(front, sent, told, when=when, trace=trace, control=f"{at:04}")


def _text(file: Path, made: list[Transaction], when: datetime, control: int) -> str:
    from codinglab.claim.x277ca import write
    from codinglab.x12.envelope import Envelope
    from codinglab.x12.tree import trees

    now = next(iter(trees(file, file.name))).interchange
    return write(Envelope(now.receiver, now.sender, when, control), made)
