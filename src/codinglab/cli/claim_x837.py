"""`codinglab claim x837`: a claim file as an 837, and an 837 as claims."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.claim.model import Claim
    from codinglab.claim.x837_batch import Batch
    from codinglab.x12.envelope import Envelope

_File = Annotated[
    Path, typer.Argument(help="A claim file (YAML) to be written, or an 837 to be read.")
]
_Submitter = Annotated[str, typer.Option(help="Who sends it; the billing provider when left out.")]
_SubmitterId = Annotated[
    str, typer.Option(help="The number of who sends it; the billing NPI when left out.")
]
_Receiver = Annotated[str, typer.Option(help="Who receives it; the payer when left out.")]
_ReceiverId = Annotated[
    str, typer.Option(help="The number of who receives it; the payer's when left out.")
]
_Control = Annotated[
    int, typer.Option(min=1, max=999_999_999, help="The control number of the interchange.")
]
_At = Annotated[
    datetime | None, typer.Option(help="When it was made, 2026-03-10T09:30:00; now when left out.")
]
_Production = Annotated[bool, typer.Option(help="Mark it as production (P) and not as a test (T).")]


def x837(  # noqa: PLR0913, PLR0917  one a flag
    file: _File,
    submitter: _Submitter = "",
    submitter_id: _SubmitterId = "",
    receiver: _Receiver = "",
    receiver_id: _ReceiverId = "",
    control: _Control = 1,
    at: _At = None,
    production: _Production = False,
    as_json: AsJson = False,
) -> None:
    """Write the claim of a claim file as an 837P or 837I, or read an 837 as claims.

    What is written goes to standard output, and findings to standard error; the claim is split
    where it is too long. Leaves with 1 where there is no claim or one that a payer would reject,
    and when what was read could not be held whole. JSON: {"text", "findings"} of what is written;
    of what is read {"transactions": [{"batch", "claims", "findings"}]}.
    """
    if is_x12(file):
        _read(file, as_json)
    from codinglab.claim.split import Split, split
    from codinglab.claim.x837 import write
    from codinglab.claim.x837_carried import not_carried
    from codinglab.cli.claim_read import read_built
    from codinglab.core.findings import errors
    from codinglab.x12.syntax import CannotWrite

    built = read_built(file)
    parts = split(built.claim) if built.claim else Split(())
    findings = [*built.findings, *parts.findings]
    text = ""
    if parts.parts:
        whom = (submitter, submitter_id, receiver, receiver_id)
        head = _head(parts.parts[0], whom, at or datetime.now().astimezone(), control)
        try:
            text = write(_envelope(head, control, production), [(head, parts.parts)])
            findings += [said for one in parts.parts for said in not_carried(one)]
        except CannotWrite as error:
            raise typer.BadParameter(str(error)) from None
    if not as_json:
        for one in findings:
            typer.echo(f"{one.severity.value:7}  {one.id}  {one}", err=True)
    finish(
        {"text": text, "findings": [one.as_json() for one in findings]},
        as_json=as_json,
        text=lambda: text.rstrip("\n"),
        findings=not parts.parts or bool(errors(findings)),
    )


def is_x12(file: Path) -> bool:
    """Say whether the file begins with an ISA segment, after what blanks there may be."""
    with file.open("rb") as stream:
        return stream.read(1000).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"ISA")


def wire(parts: tuple[Claim, ...], when: datetime, control: int) -> str:
    """Return the parts of one claim as an 837 for tests, from its provider to its payer."""
    from codinglab.claim.x837 import write

    head = _head(parts[0], ("", "", "", ""), when, control)
    return write(_envelope(head, control, production=False), [(head, parts)])


def _head(claim: Claim, whom: tuple[str, str, str, str], when: datetime, control: int) -> Batch:
    from codinglab.claim.parties import Name
    from codinglab.claim.x837_batch import Batch

    submitter, submitter_id, receiver, receiver_id = whom
    billing, payer = claim.billing, claim.coverage.payer
    return Batch(
        submitter=Name(submitter) if submitter else billing.name,
        submitter_id=submitter_id or billing.npi,
        receiver=receiver or payer.name,
        receiver_id=receiver_id or payer.payer_id,
        reference=f"{control:09}",
        when=when,
        contact=billing.contact,
        phone=billing.phone,
    )


def _envelope(head: Batch, control: int, production: bool) -> Envelope:
    from codinglab.x12.envelope import Envelope

    sender, receiver = head.submitter_id, head.receiver_id
    return Envelope(sender, receiver, head.when, control, "P" if production else "T")


def _read(file: Path, as_json: bool) -> NoReturn:
    """Read an 837 and print its claims."""
    from codinglab.claim.told import as_json as told
    from codinglab.claim.told import as_text
    from codinglab.claim.x837_reader import read_file
    from codinglab.x12.reading import NotX12

    try:
        readings = list(read_file(file))
    except NotX12 as error:
        raise typer.BadParameter(str(error)) from None
    transactions: list[dict[str, Any]] = [
        {
            "batch": told(one.batch),
            "claims": told(one.claims),
            "findings": [each.as_json() for each in one.findings],
        }
        for one in readings
    ]
    finish(
        {"transactions": transactions},
        as_json=as_json,
        text=lambda: (
            "\n\n".join(
                as_text(one.claims, [each.as_finding() for each in one.findings])
                for one in readings
            )
            or f"There is no 837P and no 837I in {file}."
        ),
        findings=not readings or any(one.findings for one in readings),
    )
