"""`codinglab patient self-pay`: take off what whoever pays alone need not pay."""

from __future__ import annotations

from typing import Annotated

import typer

from codinglab.cli.claim_read import ClaimPath, read_built
from codinglab.cli.days import On, day_of
from codinglab.cli.patient_read import Books, bad_data, opened
from codinglab.cli.report import AsJson, finish


def self_pay(  # noqa: PLR0913, PLR0917  one a flag
    books: Books,
    claim: ClaimPath,
    who: Annotated[str, typer.Option(help="The person who enters it.")],
    role: Annotated[str, typer.Option(help="The person's role.")],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Enter the self-pay price of a claim's visit: what the contract takes off the charges.

    JSON: {"entry", "account", "charge", "off", "lines": [{"line", "off"}]}.
    """
    from codinglab.accounts.by_hand import Hand
    from codinglab.accounts.self_pay import price_number, self_pay_price

    built = read_built(claim)
    if built.claim is None:
        why = "; ".join(str(one) for one in built.findings)
        raise bad_data(f"{claim}: no claim can be made of it: {why}")
    made, day = built.claim, day_of(on)
    with opened(books) as store:
        number = price_number(store, made.account)
        hand = Hand(number, day, who, role, "the patient pays alone")
        entry = self_pay_price(store, hand, made)
    lines = [(side.line, side.amount) for side in entry.postings if side.amount > 0]
    off = sum(amount for _, amount in lines)
    finish(
        {
            "entry": entry.number,
            "account": made.account,
            "charge": f"{made.total:.2f}",
            "off": f"{off:.2f}",
            "lines": [{"line": line, "off": f"{amount:.2f}"} for line, amount in lines],
        },
        as_json=as_json,
        text=lambda: (
            f"{made.account}: {off:,.2f} come off {made.total:,.2f}; the patient is asked "
            f"for {made.total - off:,.2f}"
        ),
    )
