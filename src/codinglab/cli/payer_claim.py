"""The claims of a claim file, for the verbs that cannot go on without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from codinglab.cli.claim_read import read_built

if TYPE_CHECKING:
    from codinglab.claim.model import Claim


def claim_of(path: Path) -> Claim:
    """Return the claim of the file `path`; raises BadData where it makes none."""
    from codinglab.core.tables import BadData

    built = read_built(path)
    if built.claim is None:
        why = "; ".join(str(one) for one in built.findings)
        raise BadData(f"{path}: no claim can be made of it: {why}")
    return built.claim


def sent_of(path: Path) -> tuple[Claim, ...]:
    """Return the claims that are sent of the file `path`, several where it is too long for one.

    Raises BadData where it makes none, or cannot be split.
    """
    from codinglab.claim.split import split
    from codinglab.core.tables import BadData

    parts = split(claim_of(path))
    if not parts.parts:
        raise BadData(f"{path}: {'; '.join(map(str, parts.findings))}")
    return parts.parts
