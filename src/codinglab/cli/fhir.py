"""`codinglab fhir`: charts, claims and payers' answers of electronic records in FHIR R4."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.claim.fhir import Answer, FhirAnswers, FhirClaim
    from codinglab.core.findings import Finding
    from codinglab.encounter.fhir import FhirChart
    from codinglab.encounter.fhir_node import LeftOut

app = typer.Typer(help="Read charts, claims and payers' answers in FHIR R4, and write claims.")
_File = Annotated[Path, typer.Argument(help="A file of FHIR R4 JSON or NDJSON.")]
_ClaimFile = Annotated[Path, typer.Argument(help="A claim file (YAML).")]
_Made = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day on which it is made; today by default."),
]
_Encounter = Annotated[
    str, typer.Option(help="The id of the encounter, where the file holds several.")
]
_Claim = Annotated[str, typer.Option(help="The id of the claim, where the file holds several.")]
_Coverage = Annotated[
    int | None,
    typer.Option(help="The place, from 0, of the policy decided on, where the file is silent."),
]
_All = Annotated[bool, typer.Option("--left", help="List all that was left, one a line.")]


@app.command()
def chart(
    file: _File, encounter: _Encounter = "", every: _All = False, as_json: AsJson = False
) -> None:
    """Print one encounter of a record as a chart, and what was left of the file.

    JSON: {"encounters": [{"id", "when", "what"}], "encounter", "first", "last", "patient",
    "policies", "documents": [{"title", "text"}], "codings": [{"resource", "system", "code",
    "display"}], "read", "left": [{"resource", "id", "field", "why"}], "findings"}.
    """
    from codinglab.encounter.fhir import read_chart

    with _readable(file):
        found = read_chart(file, encounter)
    finish(
        _chart_json(found),
        as_json=as_json,
        text=lambda: _chart_text(found, every=every),
        findings=_wrong(found.findings),
    )


@app.command()
def claim(file: _File, claim: _Claim = "", every: _All = False, as_json: AsJson = False) -> None:
    """Print a claim of FHIR R4 with its lines, and what was left of the file.

    JSON: {"ids", "created", "claim" (as plain values), "total", "left", "findings"}.
    """
    from codinglab.claim.fhir import read_claim

    with _readable(file):
        found = read_claim(file, claim)
    finish(
        _claim_json(found),
        as_json=as_json,
        text=lambda: _claim_text(found, every=every),
        findings=_wrong(found.findings),
    )


@app.command()
def eob(
    file: _File, coverage: _Coverage = None, every: _All = False, as_json: AsJson = False
) -> None:
    """Print what payers decided (ClaimResponse, ExplanationOfBenefit), and what was left.

    JSON: {"answers": [{"resource", "id", "claim", "payment"}], "left", "findings"}.
    """
    from codinglab.claim.fhir import read_answers

    with _readable(file):
        found = read_answers(file, coverage)
    finish(
        _answers_json(found),
        as_json=as_json,
        text=lambda: _answers_text(found, every=every),
        findings=_wrong(found.findings),
    )


@app.command()
def write(file: _ClaimFile, on: _Made = None, as_json: AsJson = False) -> None:
    """Write the claim of a claim file as a FHIR R4 Claim.

    The resource goes to standard output, findings to standard error. Leaves with 1 where there is
    no claim or one that a payer would reject. JSON: {"resource" (null without a claim),
    "findings"}.
    """
    import json

    from codinglab.claim.fhir import claim_resource, to_json
    from codinglab.cli.claim_read import read_built
    from codinglab.core.findings import errors

    built = read_built(file)
    made = on.date() if on else datetime.now().astimezone().date()
    resource = claim_resource(built.claim, made) if built.claim else None
    if not as_json:
        for one in built.findings:
            typer.echo(f"{one.severity.value:7}  {one.id}  {one}", err=True)
    text = to_json(resource) if resource else ""
    finish(
        {
            "resource": json.loads(text) if text else None,
            "findings": [one.as_json() for one in built.findings],
        },
        as_json=as_json,
        text=lambda: text,
        findings=bool(errors(built.findings)) or resource is None,
    )


class _readable:  # noqa: N801  used as a statement
    """Tells a file that is not FHIR in one line, as every command does."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> None:
        """Nothing is prepared."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from codinglab.core.tables import BadData
        from codinglab.encounter.fhir_file import NotFhir

        if isinstance(error, NotFhir):
            raise BadData(f"{self.file}: {error}") from None


def _wrong(findings: Iterable[Finding]) -> bool:
    from codinglab.core.findings import errors

    return bool(errors(findings))


def _plain(value: Any) -> Any:
    """Return a value of ours as JSON can hold it: amounts and days as text."""
    from dataclasses import fields, is_dataclass

    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _tail(left: tuple[LeftOut, ...], findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "left": [one.as_json() for one in left],
        "findings": [one.as_json() for one in findings],
    }


def _tail_text(
    left: tuple[LeftOut, ...], findings: tuple[Finding, ...], *, every: bool
) -> list[str]:
    count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    lines = ["", count] if findings else []
    lines += [f"  {one.severity.value} {one.id} {one}" for one in findings]
    lines += ["", f"{len(left)} left out"] if left else []
    if every:
        return lines + [
            f"  {one.resource}/{one.id} {one.field}".rstrip() + f": {one.why}" for one in left
        ]
    counted = Counter(
        (
            one.resource,
            re.sub(r"\[\d+\]", "", one.field),
            one.why.partition(" (")[0] if not one.field else one.why,
        )
        for one in left
    )
    return lines + [
        f"  {count} x {kind}{'.' if path else ''}{path}: {why}"
        for (kind, path, why), count in counted.most_common()
    ]


def _chart_json(found: FhirChart) -> dict[str, Any]:
    documents = found.chart.documents if found.chart else ()
    return {
        "encounters": _plain(found.encounters),
        "encounter": found.encounter,
        "first": _plain(found.first),
        "last": _plain(found.last),
        "patient": _plain(found.patient),
        "policies": _plain(found.policies),
        "documents": [{"title": one.title, "text": one.text} for one in documents],
        "codings": [one.as_json() for one in found.codings],
        "read": found.read,
        **_tail(found.left, found.findings),
    }


def _chart_text(found: FhirChart, *, every: bool) -> str:
    if found.chart:
        head = [found.chart.text]
    else:
        head = [f"{one.id}  {one.when}  {one.what}" for one in found.encounters]
    return "\n".join([*head, *_tail_text(found.left, found.findings, every=every)])


def _claim_json(found: FhirClaim) -> dict[str, Any]:
    return {
        "ids": list(found.ids),
        "created": _plain(found.created),
        "claim": _plain(found.claim),
        "total": str(found.claim.total) if found.claim else None,
        **_tail(found.left, found.findings),
    }


def _claim_text(found: FhirClaim, *, every: bool) -> str:
    one = found.claim
    if one is None:
        ids = () if found.chosen else found.ids
        return "\n".join([*ids, *_tail_text(found.left, found.findings, every=every)])
    lines = [
        f"Claim {one.account}, {one.kind}, frequency {one.frequency}, created {found.created}",
        f"Patient: {one.patient.name.first} {one.patient.name.last}, born {one.patient.born}",
        f"To: {one.coverage.payer.name}, member {one.coverage.member_id}",
        f"From: {one.billing.name.last}, NPI {one.billing.npi}",
        f"Diagnoses: {', '.join(each.code for each in one.diagnoses)}",
    ]
    for at, each in enumerate(one.lines, 1):
        code = "-".join([each.code or each.revenue_code, *each.modifiers])
        pointers = ",".join(str(pointer) for pointer in each.pointers)
        lines.append(f"  {at}  {each.first}  {code}  x{each.units}  dx {pointers}  {each.charge}")
    lines.append(f"Total: {one.total}")
    return "\n".join([*lines, *_tail_text(found.left, found.findings, every=every)])


def _answers_json(found: FhirAnswers) -> dict[str, Any]:
    return {"answers": _plain(found.answers), **_tail(found.left, found.findings)}


def _answers_text(found: FhirAnswers, *, every: bool) -> str:
    lines = [line for one in found.answers for line in _answer_lines(one)]
    return "\n".join([*lines, *_tail_text(found.left, found.findings, every=every)])


def _answer_lines(one: Answer) -> list[str]:
    head = f"{one.resource}/{one.id}, of the claim {one.claim or 'not named'}"
    paid = one.payment
    if paid is None:
        return [f"{head}: nothing decided"]
    lines = [f"{head}: paid {paid.paid} on {paid.adjudicated or 'a day not told'}"]
    lines += [f"  {each.group} {each.carc}  {each.amount}" for each in paid.adjustments]
    for line in paid.lines:
        reasons = ", ".join(f"{each.group} {each.carc} {each.amount}" for each in line.adjustments)
        lines.append(f"  line {line.line}  {line.code}  paid {line.paid}  {reasons}".rstrip())
    return lines
