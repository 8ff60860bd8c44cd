"""The claims of a claim file, for the verbs that cannot go on without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from codinglab.cli.claim_read import read_built

if TYPE_CHECKING:
    from codinglab.claim.model import Claim
    from codinglab.payer.contract import Contract
    from codinglab.payer.members import Member


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


def asked_of(claim: Claim, remedy: str) -> tuple[Contract, Member | None]:
    """Return the contract of the claim's payer, and the member that the claim is for.

    Raises BadData for a payer without a contract; `remedy` says what to do with those that have
    one ("ask").
    """
    from codinglab.core.tables import BadData
    from codinglab.payer.contract_file import contracts
    from codinglab.payer.member_file import simulated_payers

    payer_id = claim.coverage.payer.payer_id
    contract = contracts().get(payer_id)
    if contract is None:
        known = ", ".join(sorted(contracts()))
        raise BadData(
            f"claim {claim.account}: payer {payer_id} has no contract in curriculum/payers/"
            f"contracts; {remedy} one of {known}"
        )
    payer = simulated_payers().get(payer_id)
    return contract, payer.member(claim.coverage.member_id) if payer else None
