"""`codinglab patient estimate`: a good-faith estimate, and disputes of bills above it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.days import On, day_of
from codinglab.cli.patient_read import To, bad_data, dollars_of, told_plainly
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.estimate import Estimate
    from codinglab.accounts.estimate_dispute import Billed, Dispute

_File = Annotated[Path, typer.Argument(help="The estimate (YAML).", show_default=False)]
_Billed = Annotated[
    list[str],
    typer.Option("--billed", help="A bill as NPI=DOLLARS@DAY, the day it was received; repeated."),
]
_PARTS = 3


def estimate(
    file: _File,
    billed: _Billed = [],  # noqa: B006  typer's way of a repeated option
    on: On = None,
    to: To = None,
    as_json: AsJson = False,
) -> None:
    """Write a good-faith estimate for a patient who pays alone, and by when it is due.

    With --billed it says whether each bill may be disputed on the day. Leaves with 1 where the
    estimate is late or a bill may be disputed. JSON: {"patient", "made", "due", "due_steps",
    "late", "total", "providers": [{"name", "npi", "total", "items": [{"code", "what", "units",
    "charge", "expected", "how"}]}], "disputes": [{"provider", "expected", "billed", "excess",
    "may", "until", "fee", "why", "source", "meanwhile"}], "written"}.
    """
    from codinglab.accounts.estimate_dispute import dispute
    from codinglab.accounts.estimate_file import read_estimate

    with told_plainly():
        made = read_estimate(file)
        found = [dispute(made, bill_of(one), day_of(on)) for one in billed]
    if to is not None:
        _write(made, to)
    finish(
        _json(made, found, to),
        as_json=as_json,
        text=lambda: _text(made, found, to),
        findings=made.late or any(one.may for one in found),
    )


def bill_of(text: str) -> Billed:
    """Return a bill told as NPI=DOLLARS@DAY; raises BadData naming the option."""
    from codinglab.accounts.estimate_dispute import Billed

    parts = text.replace("@", "=").split("=")
    try:
        received = date.fromisoformat(parts[-1])
    except ValueError:
        received = None
    if len(parts) != _PARTS or received is None:
        raise bad_data(f"--billed {text!r}: write it as 1234567893=950.00@2026-08-03")
    return Billed(parts[0], dollars_of(parts[1], "--billed"), received)


def _write(made: Estimate, to: Path) -> None:
    from codinglab.accounts.estimate_pdf import as_pdf
    from codinglab.accounts.estimate_text import as_text

    if to.suffix == ".pdf":
        to.write_bytes(as_pdf(made))
    elif to.suffix == ".txt":
        to.write_text(f"{as_text(made)}\n", encoding="utf-8")
    else:
        raise bad_data(f"{to}: end the name in .pdf or .txt")


def _text(made: Estimate, found: list[Dispute], to: Path | None) -> str:
    from codinglab.accounts.estimate_text import as_text

    said = [f"{to}: written" if to else as_text(made), "", *made.due.steps]
    if made.late:
        said.append(f"It was made on {made.made}, too late.")
    for one in found:
        may = "may be disputed" if one.may else "may not be disputed"
        said.append(f"{one.provider}: {may}: {one.why} [{one.source}]")
        said += [f"  meanwhile: {each}" for each in one.meanwhile]
    return "\n".join(said)


def _json(made: Estimate, found: list[Dispute], to: Path | None) -> dict[str, Any]:
    return {
        "patient": made.patient,
        "made": made.made.isoformat(),
        "due": made.due.day.isoformat() if made.due.day else None,
        "due_steps": list(made.due.steps),
        "late": made.late,
        "total": f"{made.total:.2f}",
        "providers": [
            {
                "name": part.name,
                "npi": part.npi,
                "total": f"{part.total:.2f}",
                "items": [
                    {
                        "code": one.code,
                        "what": one.what,
                        "units": f"{one.units:f}",
                        "charge": f"{one.charge:.2f}",
                        "expected": f"{one.expected:.2f}",
                        "how": one.how,
                    }
                    for one in part.items
                ],
            }
            for part in made.parts
        ],
        "disputes": [
            {
                "provider": one.provider,
                "expected": f"{one.expected:.2f}",
                "billed": f"{one.billed:.2f}",
                "excess": f"{one.excess:.2f}",
                "may": one.may,
                "until": one.until.isoformat() if one.until else None,
                "fee": f"{one.fee:.2f}",
                "why": one.why,
                "source": one.source,
                "meanwhile": list(one.meanwhile),
            }
            for one in found
        ],
        "written": str(to) if to else None,
    }
