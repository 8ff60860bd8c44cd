"""Which claims of a batch are the same, found in one pass over the batch."""

from __future__ import annotations

from dataclasses import dataclass, field

from codinglab.claim.model import Claim
from codinglab.claim.scrub_facts import has_payer, place_of

Essence = tuple[object, ...]


@dataclass(slots=True)
class Earlier:
    """The first claim of a batch for each set of services, and for each account number.

    Claims are known by their place in the batch.
    """

    batch: tuple[Claim, ...]
    services: dict[Essence, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)

    def same(self, claim: Claim) -> Claim | None:
        """Return the earlier claim with the same services as `claim`, None where there is none."""
        first = self.services.get(essence(claim))
        return self._before(claim, first)

    def same_account(self, claim: Claim) -> Claim | None:
        """Return the first earlier claim with the account number of `claim`."""
        return self._before(claim, self.accounts.get(claim.account))

    def _before(self, claim: Claim, first: int | None) -> Claim | None:
        at = self.places.get(id(claim))
        return self.batch[first] if first is not None and at is not None and first < at else None


def essence(claim: Claim) -> Essence:
    """Return what makes two claims the same: patient, payer, provider, days, services, charges.

    Source: Medicare Claims Processing Manual ch. 1 s. 120, what an exact duplicate has in common.
    """
    policy = claim.coverage if has_payer(claim) else None
    lines = tuple(
        (
            *(one.code, one.modifiers, one.revenue_code, one.units, one.charge),
            *(one.first, one.last or one.first, place_of(claim, one)),
        )
        for one in claim.lines
    )
    whom = (claim.patient.born, policy and policy.member_id, policy and policy.payer.payer_id)
    bill = claim.bill and (claim.bill.bill_type, claim.bill.statement_from, claim.bill.statement_to)
    return (claim.kind, claim.frequency, whom, claim.billing.npi, bill, lines)


_kept: list[Earlier] = []


def earlier(batch: tuple[Claim, ...]) -> Earlier:
    """Return the index of `batch`, kept for as long as the very same batch is asked about."""
    if not _kept or _kept[0].batch is not batch:
        made = Earlier(batch)
        for at, one in enumerate(batch):
            made.places.setdefault(id(one), at)
            made.services.setdefault(essence(one), at)
            made.accounts.setdefault(one.account, at)
        _kept[:] = [made]
    return _kept[0]
