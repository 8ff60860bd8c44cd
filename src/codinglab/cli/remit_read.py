"""What every verb of `codinglab remit` reads: an 835, or a typed paper EOB."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from codinglab.core.findings import Finding
    from codinglab.remit.manual import Provenance
    from codinglab.remit.model import Remittance

RemitPath = Annotated[
    Path, typer.Argument(help="An 835, or a typed paper EOB (YAML); see docs/remittance.md.")
]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: remittances, what of it was left, and what does not balance."""

    remittances: tuple[Remittance, ...]
    left: tuple[Finding, ...]
    balance: tuple[Finding, ...]
    provenance: Provenance | None = None


def read(file: Path) -> Read:
    """Return what `file` holds.

    Raises BadData for a typed EOB that cannot be read, and for X12 without an 835 in it.
    """
    from codinglab.cli.claim_x837 import is_x12

    return _wire(file) if is_x12(file) else _paper(file)


def _paper(file: Path) -> Read:
    from codinglab.remit.manual import read_entry

    entry = read_entry(file)
    return Read((entry.remittance,), (), entry.findings, entry.provenance)


def _wire(file: Path) -> Read:
    from codinglab.core.tables import BadData
    from codinglab.remit.balance_wire import wire_unbalanced
    from codinglab.remit.x835_reader import read_file
    from codinglab.x12.reading import NotX12

    try:
        readings = read_file(file, file.name)
        balance = wire_unbalanced(file, file.name)
    except NotX12 as error:
        raise typer.BadParameter(str(error)) from None
    if not readings:
        raise BadData(f"{file}: there is no 835 in it; `codinglab x12 show` tells what it holds")
    left = tuple(each.as_finding() for one in readings for each in one.findings)
    return Read(tuple(one.remittance for one in readings if one.remittance), left, balance)
