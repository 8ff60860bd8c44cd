from dataclasses import replace
from decimal import Decimal

import pytest
from made_claims import CLAIMS, claim

from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.balance import taken, unbalanced
from codinglab.claim.model import Claim
from codinglab.core.findings import Severity


def changed(one: Claim, **fields: object) -> Claim:
    return replace(one, prior=(replace(one.prior[0], **fields),))  # type: ignore[arg-type]


def test_every_sample_balances() -> None:
    assert [found for one in CLAIMS.values() for found in unbalanced(one)] == []


def test_a_negative_adjustment_raises_the_payment() -> None:
    # 60.00 - 5.00 = 55.00
    both = (Adjustment("CO", "45", Decimal("60.00")), Adjustment("OA", "144", Decimal("-5.00")))
    assert taken(both) == Decimal("55.00")


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"paid": Decimal("70.57")}, ["claim.cob-claim", "claim.cob-paid"]),
        (
            {"adjustments": (Adjustment("CO", "45", Decimal("1.00")),)},
            ["claim.cob-claim", "claim.cob-paid"],
        ),
        # 150.00 charged, 70.56 paid, nothing adjusted
        ({"lines": ()}, ["claim.cob-lines", "claim.cob-claim"]),
    ],
)
def test_a_payer_that_does_not_add_up_is_said(fields: dict[str, object], ids: list[str]) -> None:
    assert [one.id for one in unbalanced(changed(claim("secondary"), **fields))] == ids


def test_a_professional_claim_tells_by_line_and_a_stay_need_not() -> None:
    whole = changed(
        claim("secondary"), lines=(), adjustments=(Adjustment("CO", "45", Decimal("79.44")),)
    )
    assert [(one.id, one.severity) for one in unbalanced(whole)] == [
        ("claim.cob-lines", Severity.WARNING)
    ]
    assert list(unbalanced(claim("inpatient second"))) == []


def test_the_same_amount_at_the_claim_and_on_its_line_counts_twice() -> None:
    one = claim("secondary")
    twice = changed(one, adjustments=(Adjustment("PR", "2", Decimal("18.00")),))
    # 150.00 - 70.56 - (79.44 + 18.00) = -18.00
    assert next(unbalanced(twice)).message.endswith("-18.00 is left over.")


def test_a_payer_who_tells_of_lines_tells_of_all() -> None:
    one = claim("medicare second")
    less = changed(one, lines=one.prior[0].lines[:1], paid=Decimal("96.00"))
    assert [each.id for each in unbalanced(less)] == ["claim.cob-lines", "claim.cob-claim"]
    assert next(unbalanced(less)).message == (
        "Northfield Mutual adjudicated line by line, but line 2 is not told."
    )


def test_a_line_that_the_claim_has_not_is_said() -> None:
    one = claim("secondary")
    more = changed(one, lines=(replace(one.prior[0].lines[0], line=2),))
    assert [each.message for each in unbalanced(more)] == [
        "Training Medicare Part B adjudicated line 2, and the claim has 1.",
        "Training Medicare Part B adjudicated line by line, but line 1 is not told.",
    ]


def test_a_line_told_twice_is_said() -> None:
    one = claim("secondary")
    twice = changed(one, lines=one.prior[0].lines * 2)
    assert "Training Medicare Part B: one line is told twice." in [
        each.message for each in unbalanced(twice)
    ]
