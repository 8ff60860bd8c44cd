"""`codinglab denials correct`: check a corrected claim, write it, and note that it goes again."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.claim_sent import claims_of
from codinglab.cli.days import On, day_of
from codinglab.cli.denials_read import read
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.denial import Denial
    from codinglab.accounts.denial_correct import Correction
    from codinglab.claim.model import Claim
    from codinglab.core.findings import Finding

_Files = Annotated[list[Path], typer.Argument(help="835 and 277CA files.", show_default=False)]
_Keys = Annotated[
    list[str],
    typer.Option("--denial", help="Which one, by the name that list gives it; of one claim alone."),
]
_Sent = Annotated[Path, typer.Option("--claim", help="The claim file or 837 that was sent.")]
_Mended = Annotated[
    Path, typer.Option("--corrected", help="The corrected claim file or 837, with every line.")
]
_Again = Annotated[
    Path | None,
    typer.Option("--again", help="The office's list (CSV) of what was sent again; added to."),
]
_To = Annotated[Path | None, typer.Option("--to", help="Write the 837 there.")]
_Control = Annotated[
    int, typer.Option(min=1, max=999_999_999, help="The control number of the interchange.")
]


def correct(  # noqa: PLR0913, PLR0917  one a flag
    files: _Files,
    denial: _Keys,
    claim: _Sent,
    corrected: _Mended,
    on: On = None,
    again: _Again = None,
    control: _Control = 1,
    to: _To = None,
    as_json: AsJson = False,
) -> None:
    """Check a corrected claim against the denied one; --to writes its 837, --again notes it.

    It says what changed and how this payer takes it: a replacement, an adjustment bill, a new
    claim, or a reopening, which is asked for and sends no claim. Nothing is written, and it leaves
    with 1, where the claim must not go: what is appealed and not corrected, what is too late, what
    changes nothing, what was sent again already, what names another claim. JSON: {"denials",
    "route", "says", "last", "changes", "lines", "frequency", "original", "text", "findings"}.
    """
    from codinglab.accounts.denial_again import note
    from codinglab.core.findings import errors

    day = day_of(on)
    work = read(files, [claim])
    told = [work.find(one) for one in dict.fromkeys(denial)]
    made = _made(told, _sent(claim, told[0]), _mended(corrected, told[0]), day)
    findings = [*_waiting(told, again, day), *_forms(claim, corrected), *made.findings]
    text = ""
    if not errors(findings):
        text, split = _wire(made, day, control)
        findings += split
    goes = not errors(findings)
    if goes and to and text:
        to.write_text(text, encoding="utf-8")
    if goes and again:
        note(again, told, made, day)
    finish(
        _told(told, made, findings, text),
        as_json=as_json,
        text=lambda: _text(made, findings, (to, again), goes=goes),
        findings=not goes,
    )


def _sent(path: Path, told: Denial) -> Claim:
    found = [one for one in claims_of([path]) if one.account == told.account]
    if len(found) == 1:
        return found[0]
    many = "more than one claim" if found else "no claim"
    raise typer.BadParameter(f"{path} holds {many} {told.account}; give the one that was sent")


def _mended(path: Path, told: Denial) -> Claim:
    every = claims_of([path])
    found = [one for one in every if one.account == told.account] or list(every)
    if len(found) == 1:
        return found[0]
    raise typer.BadParameter(f"{path} holds {len(found)} claims; give the corrected one alone")


def _made(told: list[Denial], sent: Claim, mended: Claim, day: date) -> Correction:
    from codinglab.accounts.denial_correct import correction

    try:
        return correction(told, sent, mended, day)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _waiting(told: list[Denial], again: Path | None, day: date) -> list[Finding]:
    """Return a finding for each denial that was answered before and not decided since."""
    from codinglab.accounts.denial_again import read_again, waiting
    from codinglab.core.findings import Finding

    noted = read_again(again) if again and again.exists() else ()
    every = [(one, waiting(one, noted, day)) for one in told]
    return [
        Finding(
            "denial.sent-again",
            one.place,
            f"It went again on {mine.sent} ({mine.route}), and no answer came since.",
            "Ask for its status (276); a second one is denied as a duplicate of the first.",
        )
        for one, mine in every
        if mine
    ]


def _forms(sent: Path, mended: Path) -> list[Finding]:
    """Return a warning where one file is an 837 and the other is not."""
    from codinglab.cli.claim_x837 import is_x12
    from codinglab.core.findings import Finding, Severity

    if is_x12(sent) == is_x12(mended):
        return []
    return [
        Finding(
            "denial.forms",
            "the claim",
            "One of the two is an 837 and the other a claim file.",
            "What an 837 does not carry looks like a change; give both in one form.",
            Severity.WARNING,
        )
    ]


def _wire(made: Correction, day: date, control: int) -> tuple[str, list[Finding]]:
    """Return the 837 of what goes, blank for a reopening, and what its splitting says."""
    from codinglab.claim.split import split
    from codinglab.cli.claim_x837 import wire
    from codinglab.x12.syntax import CannotWrite

    if made.sending.claim is None:
        return "", []
    parts = split(made.sending.claim)
    try:
        text = wire(parts.parts, datetime.combine(day, time()), control)
    except CannotWrite as error:
        raise typer.BadParameter(str(error)) from None
    return text, list(parts.findings)


def _told(
    told: list[Denial], made: Correction, findings: list[Finding], text: str
) -> dict[str, Any]:
    claim = made.sending.claim
    return {
        "denials": [one.key for one in told],
        "route": made.sending.route.route,
        "says": made.sending.route.says,
        "last": str(made.last) if made.last else None,
        "changes": list(made.changes),
        "lines": list(made.sending.lines),
        "frequency": claim.frequency if claim else None,
        "original": claim.original_reference if claim else None,
        "text": text,
        "findings": [one.as_json() for one in findings],
    }


def _text(
    made: Correction,
    findings: list[Finding],
    written: tuple[Path | None, Path | None],
    *,
    goes: bool,
) -> str:
    to, again = written
    sending, claim = made.sending, made.sending.claim
    lines = [f"A correction: {sending.route.route}. {sending.route.says}."]
    lines.append(f"Last day: {made.last or 'none known'} ({made.last_why}).")
    lines += ["What changes:", *(f"    {one}" for one in made.changes or ("nothing",))]
    if claim:
        of = f" of {claim.original_reference}" if claim.original_reference else ""
        places = ", ".join(map(str, sending.lines))
        lines.append(
            f"It {'goes' if goes else 'would go'}: frequency {claim.frequency}{of}, lines {places} "
            f"of what was sent, {claim.total:.2f} dollars."
        )
    else:
        lines.append("No claim goes: ask for it in writing, by telephone or in the portal.")
    lines += [f"{one.severity.value:7}  {one.id}  {one}" for one in findings]
    lines += [] if goes else ["It does not go, and nothing was written."]
    if goes and to:
        lines.append(f"Written to {to}." if claim else f"Nothing is written to {to}.")
    lines += [f"Noted in {again}."] if goes and again else []
    return "\n".join(lines)
