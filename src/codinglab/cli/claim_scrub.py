"""`codinglab claim scrub` and `claim rules`: what is wrong with a claim before it goes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.claim.model import Claim
    from codinglab.claim.scrub_rule import ClaimEdit
    from codinglab.core.findings import Finding
    from codinglab.x12.finding import WireFinding

_Files = Annotated[
    list[Path], typer.Argument(help="Claim files (YAML) or 837 files; they make one batch.")
]
_On = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day of sending; today when left out."),
]
_NoWire = Annotated[bool, typer.Option("--no-wire", help="Leave the 837 of the claims unjudged.")]
_Name = Annotated[str, typer.Argument(help="The id of one rule; all of them when left out.")]


def scrub(files: _Files, on: _On = None, no_wire: _NoWire = False, as_json: AsJson = False) -> None:
    """Judge claims by every rule before they are sent, in the order in which a biller works.

    Leaves with 0 where every claim is clean and none was left out, else with 1. JSON: {"day",
    "clean", "clean_claims", "claims_judged", "built": [findings of making the claims], "file":
    [findings of no claim],
    "claims": [{"account", "clean", "rejected", "last_day_to_file", "findings": [{"id", "place",
    "message", "remedy", "severity", "cite", "origin", "stage", "fixer", "snip", "at", "rejects",
    "answer"}], "not_judged": [{"id", "why"}]}]}.
    """
    from codinglab.claim.scrub import scrub as judge
    from codinglab.claim.scrub import unsaid
    from codinglab.claim.scrub_text import as_text
    from codinglab.core.findings import errors

    day = on.date() if on else date.today()  # noqa: DTZ011  the sender's own day
    claims, made, wire = _claims(files, day)
    report = judge(claims, day, wire=() if no_wire else wire)
    built = unsaid(made, report)
    finish(
        report.as_json() | {"built": [one.as_json() for one in built]},
        as_json=as_json,
        text=lambda: "\n".join([*(f"While reading: {one}" for one in built), as_text(report)]),
        findings=not report.is_clean or not claims or bool(errors(built)),
    )


def _claims(files: list[Path], day: date) -> tuple[list[Claim], list[Finding], list[WireFinding]]:
    """Return the claims of all `files`, what was found while they were read, and on their 837."""
    from codinglab.claim.scrub_wire import wire_findings
    from codinglab.claim.split import split
    from codinglab.cli.claim_read import read_built
    from codinglab.cli.claim_x837 import is_x12

    claims: list[Claim] = []
    written: list[Claim] = []
    found: list[Finding] = []
    wire: list[WireFinding] = []
    for file in files:
        if is_x12(file):
            wire += _of_x12(file, claims, found)
            continue
        built = read_built(file)
        found += built.findings
        written += split(built.claim).parts if built.claim else ()
    return [*claims, *written], found, [*wire, *wire_findings(written, day)]


def _of_x12(file: Path, claims: list[Claim], found: list[Finding]) -> list[WireFinding]:
    """Add the claims of an 837 and what they cannot hold; return what is wrong with the file."""
    from codinglab.claim.scrub_wire import owned
    from codinglab.claim.snip_catalog import wire_rules
    from codinglab.claim.x837_reader import read_file
    from codinglab.x12.check import check
    from codinglab.x12.reading import NotX12

    try:
        for one in read_file(file):
            claims += one.claims
            found += (each.as_finding() for each in one.findings)
        return list(owned(file, check(file, rules=wire_rules())))
    except NotX12 as error:
        raise typer.BadParameter(str(error)) from None


def rules(name: _Name = "", as_json: AsJson = False) -> None:
    """List the rules on whole claims, or print the page of one.

    JSON: [{"id", "title", "stage", "fixer", "snip", "kinds", "source", "at", "answer"}]; of one
    rule the same and {"page", "lesson", "examples": [{"kind", "name", "finds"}]}.
    """
    from codinglab.claim.scrub_catalog import CLAIM_EDITS, find_claim_edit

    if name:
        try:
            told = _whole(find_claim_edit(name))
        except LookupError as error:
            raise typer.BadParameter(str(error.args[0])) from None
        finish(told, as_json=as_json, text=lambda: _page(told))
    rows = [_row(one) for one in CLAIM_EDITS]
    finish(rows, as_json=as_json, text=lambda: _list(rows))


def _row(one: ClaimEdit) -> dict[str, Any]:
    answer = one.answer
    return {
        "id": one.id,
        "title": one.title,
        "stage": one.stage,
        "fixer": one.fixer,
        "snip": one.snip,
        "kinds": list(one.kinds),
        "source": one.source,
        "at": one.at,
        "answer": [answer.category, answer.code, answer.entity] if answer else None,
    }


def _whole(one: ClaimEdit) -> dict[str, Any]:
    from codinglab.claim.scrub_examples import example_file, examples

    return _row(one) | {
        "page": one.page,
        "lesson": " ".join(example_file(one.id).lesson.split()),
        "examples": [
            {"kind": each.kind, "name": each.name, "finds": list(each.finds)}
            for each in examples(one.id)
        ],
    }


def _list(rows: list[dict[str, Any]]) -> str:
    width = max(len(row["id"]) for row in rows)
    lines: list[str] = []
    for stage in dict.fromkeys(row["stage"] for row in rows):
        lines.append(stage)
        lines += [
            f"  {row['id']:{width}}  SNIP {row['snip']}  {row['title']}"
            for row in rows
            if row["stage"] == stage
        ]
    return "\n".join([*lines, f"{len(rows)} rules; codinglab claim rules ID prints the page."])


def _page(told: dict[str, Any]) -> str:
    answer = " ".join(part for part in told["answer"] or () if part)
    lines = [
        f"{told['id']} ({told['stage']}; SNIP {told['snip']}; {', '.join(told['kinds'])})",
        "",
        told["page"],
        "",
        f"Why: {told['lesson']}",
        "",
        f"Who mends it: {told['fixer']}",
        f"837: {told['at']}",
        f"Source: {told['source']}",
        f"277CA: {answer}" if answer else "277CA: none; the front end lets it in",
    ]
    for each in told["examples"]:
        found = ", ".join(each["finds"]) or "nothing"
        lines.append(f"Example: {each['name']}: finds {found}.")
    return "\n".join(lines)
