"""`codinglab claim form` and `claim read-form`: claims as paper forms, and forms as claims."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.claim.form_page import Page
    from codinglab.core.findings import Finding

_Claim = Annotated[Path, typer.Argument(help="A claim file (YAML); see docs/claims.md.")]
_Form = Annotated[Path, typer.Argument(help="A filled form (YAML); see docs/forms.md.")]
_To = Annotated[
    Path | None, typer.Option("--to", help="The file to write: name.pdf, or name.html.")
]
_Html = Annotated[bool, typer.Option("--html", help="Print the form as one HTML page.")]
_On = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d"],
        help="The day on which the form is made; blank when left out.",
    ),
]

_Read = Annotated[
    datetime | None,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d"],
        help="The day on which the form is read; that of the file when left out.",
    ),
]


def form(
    file: _Claim, to: _To = None, html: _Html = False, on: _On = None, as_json: AsJson = False
) -> None:
    """Put a claim on its paper form: CMS-1500 for a professional, UB-04 for a facility.

    Without --to and --html it lists each box with what stands there and where the 837 carries
    it. Leaves with 1 where there is no claim or it does not fit on paper. JSON: {"form", "pages":
    [{cell: text}], "findings": [{"id", "place", "message", "remedy", "severity", "cite"}]}.
    """
    from codinglab.claim.form_fill import fill
    from codinglab.claim.split import Split, split
    from codinglab.cli.claim_read import read_built
    from codinglab.core.findings import errors

    built = read_built(file)
    parts = split(built.claim) if built.claim else Split(())
    pages: list[Page] = []
    findings = [*built.findings, *parts.findings]
    for part in parts.parts:
        drawn, found = fill(part, on.date() if on else None)
        pages += drawn
        findings += found
    text = _output(pages, findings, to, html=html)
    said = {
        "form": pages[0].form if pages else "",
        "pages": [page.texts for page in pages],
        "findings": [one.as_json() for one in findings],
    }
    finish(said, as_json=as_json, text=lambda: text, findings=not pages or bool(errors(findings)))


def _output(pages: list[Page], findings: list[Finding], to: Path | None, *, html: bool) -> str:
    """Write the file `to` where there is one, and return what is printed."""
    told = [f"{one.severity.value:7}  {one}" for one in findings]
    if not pages:
        return "\n".join(["There is no claim yet: see what is missing.", *told])
    if to is None:
        return _html(pages, findings) if html else "\n".join([*_listed(pages), "", *told])
    if html or to.suffix.lower() in {".html", ".htm"}:
        to.write_text(_html(pages, findings), encoding="utf-8")
    elif to.suffix.lower() == ".pdf":
        from codinglab.claim.form_pdf import as_pdf

        to.write_bytes(as_pdf(pages))
    else:
        raise typer.BadParameter(f"{to} ends neither in .pdf nor in .html; rename it")
    count = f"{len(pages)} page{'' if len(pages) == 1 else 's'}"
    return "\n".join([f"{to}: {pages[0].layout.form.name}, {count}.", *told])


def _html(pages: list[Page], findings: list[Finding]) -> str:
    from codinglab.lab.form_page import standalone

    return standalone(pages, findings)


def _listed(pages: list[Page]) -> list[str]:
    lines = []
    for page in pages:
        frame = page.layout
        lines.append(f"{frame.form.name}, page {page.number} of {page.of}")
        for box, cells in page.boxes().items():
            places = "; ".join(one.place for one in frame.maps[box] if one.place)
            lines.append(f"box {box}  {frame.boxes[box].label}  [{places or 'not in the 837'}]")
            lines += [f"    {cell:18}  {page.texts[cell]}" for cell in cells]
    return lines


def read_form(file: _Form, on: _Read = None, as_json: AsJson = False) -> None:
    """Read a filled form as a claim, and say box by box what is wrong with it.

    The file names the `form` (cms1500 or ub04), the day `on` which it is read (or --on does), and
    `pages`, each with its cells, as `claim form --json` prints them. Leaves with 1 where there is
    an error. JSON: {"claim": the fields of claim.model.Claim and "total", or null, "findings":
    [...]}.
    """
    from codinglab.claim.form_file import read_filled
    from codinglab.claim.form_read import read
    from codinglab.claim.told import as_json as told
    from codinglab.claim.told import as_text
    from codinglab.core.findings import errors

    filled, day = read_filled(file, on.date() if on else None)
    claim, findings = read(filled.form, filled.pages, day)
    said: dict[str, Any] = {
        "claim": told(claim) if claim else None,
        "findings": [one.as_json() for one in findings],
    }
    finish(
        said,
        as_json=as_json,
        text=lambda: as_text([claim] if claim else [], findings),
        findings=bool(errors(findings)),
    )
