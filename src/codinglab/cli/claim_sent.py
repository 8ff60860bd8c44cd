"""The claims that were sent: of claim files and of 837s, in their order, none left out silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from codinglab.claim.model import Claim

_LEFT_OUT = {"x837.unreadable", "x837.no_guide"}


def claims_of(files: Sequence[Path]) -> tuple[Claim, ...]:
    """Return the claims of claim files (YAML) and 837s.

    What of an 837 was read otherwise than it stands there goes to standard error. Raises BadData
    naming file and reason where a file makes no claim, or one of its claims cannot be read.
    """
    return tuple(claim for file in files for claim in _claims(file))


def _claims(file: Path) -> Iterator[Claim]:
    from codinglab.claim.x837_reader import read_file
    from codinglab.cli.claim_x837 import is_x12
    from codinglab.cli.payer_claim import sent_of
    from codinglab.core.tables import BadData
    from codinglab.x12.reading import NotX12

    if not is_x12(file):
        yield from sent_of(file)
        return
    try:
        readings = list(read_file(file))
    except NotX12 as error:
        raise BadData(str(error)) from None
    every = [each for one in readings for each in one.findings]
    left = [one for one in every if one.id in _LEFT_OUT]
    if left:
        raise BadData(f"{file}: {'; '.join(f'{one.message} {one.remedy}' for one in left)}")
    if not any(one.claims for one in readings):
        raise BadData(f"{file}: it holds no claim; give an 837 or a claim file")
    for one in every:
        typer.echo(f"{file}: {one.message}", err=True)
    yield from (claim for one in readings for claim in one.claims)
