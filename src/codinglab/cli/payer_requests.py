"""A request for an authorization out of the claim file of a planned visit, and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from codinglab.core.tables import BadData

if TYPE_CHECKING:
    from codinglab.claim.model import Claim
    from codinglab.payer.authorization_needs import Need
    from codinglab.payer.authorization_rules import Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a planned visit must be authorized, and the payer's answer, None where none must."""

    needs: tuple[Need, ...]
    answer: Answer | None


def answered(
    claim: Claim, day: date, records: Sequence[str], *, urgent: bool, serial: int
) -> Asked:
    """Return what the payer of the planned `claim` answers on `day`.

    Raises BadData for a payer without a contract, or without rules of authorization although it
    asks for one.
    """
    from codinglab.cli.payer_claim import asked_of
    from codinglab.payer.authorization_needs import needs, request_of
    from codinglab.payer.authorization_rules import answer, authorization_files

    payer_id = claim.coverage.payer.payer_id
    contract, member = asked_of(claim, "ask")
    found = needs(claim, contract, member, day)
    if not found:
        return Asked((), None)
    rules = authorization_files().get(payer_id)
    if rules is None:
        raise BadData(
            f"payer {payer_id} asks for an authorization, but no file in curriculum/payers/"
            "authorizations says how it answers; write one"
        )
    request = request_of(claim, found, day, records, urgent=urgent)
    return Asked(found, answer(request, rules, serial))
