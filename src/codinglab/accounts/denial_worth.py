"""What a denial is worth: the contract's price of what was denied, where claim and contract are.

A charge says little of the money that is lost; the price of the contract is all that a won denial
brings, from the payer and the patient together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_resubmit import claim_line
from codinglab.claim.model import Claim
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.payer.contract import Contract
from codinglab.payer.price import Allowed, Priced
from codinglab.payer.price_claim import expected

_CENT = Decimal("0.01")


def worth(
    denials: Iterable[Denial], claims: Mapping[str, Claim], contracts: Mapping[str, Contract]
) -> tuple[dict[str, Decimal], tuple[str, ...]]:
    """Return dollars by `Denial.key`, and which claims have no price and why.

    `claims` are those sent, by account; `contracts` by payer id. A denial of a part of a line is
    worth that part of the line's price. A denial without claim or contract is left out.
    """
    found: dict[str, Decimal] = {}
    left: list[str] = []
    priced: dict[tuple[str, str], Priced | None] = {}
    for one in denials:
        claim, contract = claims.get(one.account), contracts.get(one.payer_id)
        if claim is None or contract is None:
            continue
        key = one.payer_id, one.account
        if key not in priced:
            try:
                priced[key] = expected(claim, contract)
            except (NotInForce, NotInTable, ValueError) as error:
                priced[key] = None
                left.append(f"claim {one.account}: {error}")
        if (prices := priced[key]) is not None:
            dollars = _of(one, claim, prices)
            if dollars is not None:
                found[one.key] = dollars
    return found, tuple(left)


def _of(denial: Denial, claim: Claim, prices: Priced) -> Decimal | None:
    """Return the price of what was denied; None where it has none, or its line is not found."""
    if denial.line is None or prices.stay is not None:
        told = (prices.stay,) if prices.stay is not None else prices.lines
        amounts = [one.price.amount for one in told if one.price is not None]
        return _part(denial, sum(amounts, Decimal(0))) if amounts else None
    number = claim_line(denial, claim)
    line: Allowed | None = next((one for one in prices.lines if one.line == number), None)
    return _part(denial, line.price.amount) if line and line.price else None


def _part(denial: Denial, price: Decimal) -> Decimal:
    """Return the denied part of a price: of the whole where the whole charge was denied."""
    if not denial.charge or denial.amount >= denial.charge:
        return price
    return (price * denial.amount / denial.charge).quantize(_CENT, ROUND_HALF_UP)
