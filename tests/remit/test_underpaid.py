"""What a payer still owes by its contract, found in its own remittances."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_claims import CLAIMS
from made_remits import PAYEE, d

from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.model import Claim
from codinglab.payer.contract_file import contracts
from codinglab.payer.decision import Decision, LineDecision, Reason
from codinglab.remit.model import ProviderAdjustment, RemitClaim
from codinglab.remit.remitting import paid_by
from codinglab.remit.underpaid import (
    ToleranceRow,
    allowed_by,
    compare,
    compare_claim,
    tolerances,
)

PAID_ON = date(2026, 3, 20)
CONTRACT = contracts()["TRNMB"]
"""Medicare, in the locality of the contract: 99213 is 86.12, 99214 121.31 (2026)."""


def sent(*lines: tuple[str, str]) -> Claim:
    whole = next(one for one in CLAIMS.values() if one.coverage.payer.payer_id == "TRNMB")
    first = whole.lines[0]
    return replace(
        whole,
        account="U1",
        providers=(),
        lines=tuple(
            replace(first, code=code, modifiers=(), charge=Decimal(charge), units=Decimal(1),
                    control_number=f"U{at}")
            for at, (code, charge) in enumerate(lines, 1)
        ),
    )  # fmt: skip


def told(
    claim: Claim, *adjustments: tuple[tuple[str, str, str], ...], status: str = "1"
) -> RemitClaim:
    lines = tuple(
        LineDecision(at, one.code, one.charge, one.units,
                     reasons=tuple(Reason(g, c, Decimal(a), "x", "x") for g, c, a in each))  # type: ignore[arg-type]
        for at, (one, each) in enumerate(zip(claim.lines, adjustments, strict=True), 1)
    )  # fmt: skip
    made = Decision(claim, "N1", status, PAID_ON, PAID_ON, lines)  # type: ignore[arg-type]
    whole = paid_by("TRNMB", [made], PAYEE, "T1", paid_on=PAID_ON, method="ACH")
    return whole.claims[0]


VISIT = sent(("99213", "150.00"))
AGREED = (("CO", "45", "63.88"), ("PR", "2", "17.22"), ("CO", "253", "1.38"))
"""150.00 - 63.88 = 86.12 allowed; 17.22 is 20 % of it, 1.38 is 2 % of 68.90."""


def test_a_visit_paid_as_agreed_owes_nothing() -> None:
    (one,) = compare_claim(told(VISIT, AGREED), VISIT, CONTRACT, PAID_ON)
    assert (one.verdict, one.allowed, one.expected) == ("as agreed", d("86.12"), d("86.12"))
    assert one.difference == 0
    assert one.why == (
        "physician fee schedule: fee schedule amount of 99213, non-facility: "
        "(1.30 x 1 + 1.35 x 0.913 + 0.10 x 0.457) x 33.4009"
    )


def test_ten_dollars_too_much_taken_by_45_are_owed() -> None:
    short = (("CO", "45", "73.88"), ("PR", "2", "15.22"), ("CO", "253", "1.22"))
    (one,) = compare_claim(told(VISIT, short), VISIT, CONTRACT, PAID_ON)
    assert (one.verdict, one.allowed, one.difference) == ("underpaid", d("76.12"), d("10.00"))
    assert one.why.endswith("the payer told CO 45 73.88, CO 253 1.22, PR 2 15.22")


def test_a_part_taken_by_another_reason_is_owed_too() -> None:
    cut = (("CO", "45", "63.88"), ("CO", "59", "43.06"))  # half of 86.12
    (one,) = compare_claim(told(VISIT, cut), VISIT, CONTRACT, PAID_ON)
    assert (one.verdict, one.difference) == ("underpaid", d("43.06"))


def test_more_than_the_contract_says_is_told_as_well() -> None:
    (one,) = compare_claim(told(VISIT, (("CO", "45", "50.00"),)), VISIT, CONTRACT, PAID_ON)
    assert (one.verdict, one.difference) == ("overpaid", d("-13.88"))  # 86.12 - 100.00


def test_a_denial_is_no_underpayment() -> None:
    (one,) = compare_claim(told(VISIT, (("CO", "50", "150.00"),)), VISIT, CONTRACT, PAID_ON)
    assert (one.verdict, one.expected, one.difference) == ("denied", None, d("0"))
    assert one.why == "refused by CO 50 150.00; work it as a denial"


def test_a_deductible_that_takes_everything_is_no_denial() -> None:
    taken = (("CO", "45", "63.88"), ("PR", "1", "86.12"))
    (one,) = compare_claim(told(VISIT, taken), VISIT, CONTRACT, PAID_ON)
    assert (one.verdict, one.allowed) == ("as agreed", d("86.12"))


def test_five_cents_are_rounding_and_six_are_not() -> None:
    five = compare_claim(told(VISIT, (("CO", "45", "63.93"),)), VISIT, CONTRACT, PAID_ON)
    six = compare_claim(told(VISIT, (("CO", "45", "63.94"),)), VISIT, CONTRACT, PAID_ON)
    assert [one.verdict for one in (*five, *six)] == ["as agreed", "underpaid"]
    assert tolerances().at(PAID_ON).line == d("0.05")


def test_lines_are_matched_by_their_own_number_in_any_order() -> None:
    claim = sent(("99213", "150.00"), ("99214", "210.00"))
    whole = told(claim, (("CO", "45", "63.88"),), (("CO", "45", "88.69"),))
    mixed = replace(whole, lines=whole.lines[::-1])
    found = compare_claim(mixed, claim, CONTRACT, PAID_ON)
    assert [(one.line, one.code, one.expected) for one in found] == [
        (2, "99214", d("121.31")),
        (1, "99213", d("86.12")),
    ]


def test_a_line_that_nobody_sent_is_not_priced() -> None:
    whole = told(VISIT, AGREED)
    other = replace(whole.lines[0], control_number="", code="99215")
    (one,) = compare_claim(replace(whole, lines=(other,)), VISIT, CONTRACT, PAID_ON)
    assert (one.verdict, one.why) == ("not priced", "it is not among the lines that were sent")


def test_a_reversal_is_not_compared() -> None:
    assert compare_claim(told(VISIT, AGREED, status="22"), VISIT, CONTRACT, PAID_ON) == ()


def test_what_cannot_be_compared_is_named() -> None:
    made = Decision(
        VISIT, "N1", "1", PAID_ON, PAID_ON,
        (LineDecision(1, "99213", d("150"), d("1")),),
    )  # fmt: skip
    whole = paid_by("TRNMB", [made], PAYEE, "T1", paid_on=PAID_ON, method="ACH")
    assert compare(whole, {}, contracts())[1] == (
        "claim U1: it is not among the claims that were sent",
    )
    assert compare(whole, {"U1": VISIT}, {})[1] == (
        "claim U1: there is no contract with payer TRNMB",
    )
    second = replace(whole, claims=(replace(whole.claims[0], status="2"),))
    assert compare(second, {"U1": VISIT}, contracts())[1] == (
        "claim U1: paid after another payer; compare it by hand",
    )
    old = replace(VISIT, lines=(replace(VISIT.lines[0], first=date(2001, 1, 1)),))
    (why,) = compare(whole, {"U1": old}, contracts())[1]
    assert "nothing in force on 2001-01-01" in why


@pytest.mark.parametrize(
    ("adjustments", "allowed"),
    [
        ((("CO", "45", "50"),), "100"),
        ((("CO", "45", "50"), ("CO", "253", "1.60"), ("PR", "2", "20")), "100"),
        ((("CO", "45", "50"), ("CO", "104", "5")), "100"),  # withheld, returned later
        ((("OA", "23", "80"), ("CO", "45", "50")), "100"),  # another payer's part of the price
        ((("OA", "100", "100"), ("CO", "45", "50")), "100"),  # paid to the patient
        ((("CO", "237", "7.20"), ("CO", "45", "50"), ("PR", "2", "20")), "100"),  # 9 % of 80
        ((("CO", "144", "-1.60"), ("CO", "45", "50"), ("PR", "2", "20")), "100"),  # 2 % of 80 more
        ((("PR", "119", "60"), ("CO", "45", "50")), "100"),  # 40 were left of the maximum
        ((("PR", "119", "150"),), "0"),  # nothing was left of it: a denial
        ((("PR", "178", "30"), ("CO", "45", "50")), "100"),  # the patient's spend-down
        ((("PR", "96", "150"),), "0"),  # refused at the patient's cost
        ((("CO", "97", "150"),), "0"),
    ],
)
def test_allowed_is_what_is_paid_and_what_others_pay_of_the_price(
    adjustments: tuple[tuple[str, str, str], ...], allowed: str
) -> None:
    told_ = [Adjustment(g, c, Decimal(a)) for g, c, a in adjustments]  # type: ignore[arg-type]
    rule: ToleranceRow = tolerances().at(PAID_ON)
    assert allowed_by(d("150"), told_, PAID_ON, rule) == d(allowed)


INJECTIONS = sent(("20610", "200.00"), ("20605", "200.00"))
"""20610 ranks first: (0.79 + 1.04 x 0.913 + 0.13 x 0.457) x 33.4009 = 60.09.

20605 is (0.68 + 0.89 x 0.913 + 0.08 x 0.457) x 33.4009 = 51.0743, so 51.07, and half of it 25.54.
"""


def test_a_procedure_ranks_first_where_the_one_above_it_was_refused() -> None:
    both = told(INJECTIONS, (("CO", "45", "139.91"),), (("CO", "45", "174.46"),))
    alone = told(INJECTIONS, (("CO", "50", "200.00"),), (("CO", "45", "148.93"),))
    halved = told(INJECTIONS, (("CO", "50", "200.00"),), (("CO", "45", "174.46"),))
    found = [compare_claim(one, INJECTIONS, CONTRACT, PAID_ON) for one in (both, alone, halved)]
    assert [[one.verdict for one in each] for each in found] == [
        ["as agreed", "as agreed"],
        ["denied", "as agreed"],
        ["denied", "underpaid"],
    ]
    assert found[2][1].difference == d("25.53")  # 51.07 - 25.54


TWO = sent(("99213", "150.00"), ("99214", "210.00"))
"""86.12 + 121.31 = 207.43 of 360.00: 152.57 above the schedule."""


@pytest.mark.parametrize(
    ("cut", "verdict", "difference"),
    [("152.57", "as agreed", "0"), ("162.57", "underpaid", "10"), ("142.57", "overpaid", "-10")],
)
@pytest.mark.parametrize("with_lines", [True, False])
def test_a_claim_whose_price_is_cut_as_a_whole_is_compared_as_a_whole(
    cut: str, verdict: str, difference: str, *, with_lines: bool
) -> None:
    plain = told(TWO, (), ())
    lines = plain.lines if with_lines else ()
    whole = replace(plain, adjustments=(Adjustment("CO", "45", d(cut)),), lines=lines)
    (one,) = compare_claim(whole, TWO, CONTRACT, PAID_ON)
    assert (one.line, one.verdict, one.difference) == (0, verdict, d(difference))
    assert (one.charge, one.expected) == (d("360.00"), d("207.43"))


def test_a_deductible_of_the_whole_claim_leaves_its_lines_as_they_are() -> None:
    plain = told(TWO, (("CO", "45", "63.88"),), (("CO", "45", "88.69"),))
    whole = replace(plain, adjustments=(Adjustment("PR", "1", d("100")),))
    found = compare_claim(whole, TWO, CONTRACT, PAID_ON)
    assert [(one.line, one.verdict) for one in found] == [(1, "as agreed"), (2, "as agreed")]


def test_a_line_that_was_sent_and_never_answered_is_named() -> None:
    cut = Reason("CO", "45", d("63.88"), "x", "x")
    half = LineDecision(1, "99213", d("150"), d("1"), reasons=(cut,))
    made = Decision(sent(("99213", "150.00")), "N1", "1", PAID_ON, PAID_ON, (half,))
    whole = paid_by("TRNMB", [made], PAYEE, "T1", paid_on=PAID_ON, method="ACH")
    found, left = compare(whole, {"U1": TWO}, contracts())
    assert [one.verdict for one in found] == ["as agreed"]
    assert left == ("claim U1: the payment says nothing of line 2; ask for it",)


@pytest.mark.parametrize(("reason", "verdict"), [("CT", "not priced"), ("L6", "denied")])
def test_a_visit_within_a_capitation_is_no_denial_where_the_payment_pays_one(
    reason: str, verdict: str
) -> None:
    within = Reason("CO", "24", d("150"), "x", "x")
    line = LineDecision(1, "99213", d("150"), d("1"), reasons=(within,))
    made = Decision(VISIT, "N1", "1", PAID_ON, PAID_ON, (line,))
    whole = paid_by("TRNMB", [made], PAYEE, "T1", paid_on=PAID_ON, method="ACH")
    monthly = ProviderAdjustment(reason, "2026-03", d("-1200"))
    told_ = replace(whole, provider_adjustments=(monthly,), total=d("1200"))
    ((one,), left) = compare(told_, {"U1": VISIT}, contracts())
    assert (one.verdict, one.difference, left) == (verdict, d("0"), ())
