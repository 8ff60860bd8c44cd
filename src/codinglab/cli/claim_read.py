"""What every verb of `codinglab claim` reads: the claim of a claim file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from codinglab.claim.build import Built

ClaimPath = Annotated[Path, typer.Argument(help="A claim file (YAML); see docs/claims.md.")]


def read_built(path: Path) -> Built:
    """Return the claim that the file `path` makes; raises BadData naming file and field.

    What could not be read of the worksheet stands before the findings of the claim.
    """
    from codinglab.claim.build import Built, build
    from codinglab.claim.claim_file import ClaimFile
    from codinglab.core.tables import read_yaml
    from codinglab.course.worksheet import parse

    file = read_yaml(path, ClaimFile)
    sheet = parse(file.worksheet)
    found = build(file, sheet.coded)
    return Built(found.claim, (*sheet.findings, *found.findings))
