"""What a billing case makes of its facts: claims, payments, papers, and the key worked out of them.

The committed families are the samples; every amount is derived by hand beside it.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from codinglab.core.tables import BadData
from codinglab.course.billing_documents import Documents
from codinglab.course.billing_made import Made
from codinglab.course.billing_measure import worked_sum
from codinglab.course.billing_worked import singles, worked
from codinglab.course.mark import mark, reference
from codinglab.course.solution import worksheet
from codinglab.course.variants import Variant, all_variants

OFFICE, MEDICARE, DEPOSIT = (
    "posting-office-payment",
    "posting-medicare-payment",
    "reconciling-deposit",
)


def of(slug: str, **facts: str) -> Variant:
    """Return the variant of the family that has these facts."""
    (one,) = (one for one in all_variants(slug) if one.fact == facts)
    return one


def made(slug: str, **facts: str) -> Made:
    found = of(slug, **facts).made
    assert found is not None
    return found


NEARLY = {"deductible": "nearly met", "visit": "99213", "beside": "both"}
# The contract lists 112.00 for 99213: 165 - 112 = 53 off, copayment 35, 112 - 35 = 77 paid.
# For 83036 it gives 90 % of the laboratory fee of 9.70: 8.73. 32 - 8.73 = 23.27 off; 7.40 of
# deductible is left, 20 % of 8.73 - 7.40 = 1.33 is 0.27, and 1.33 - 0.27 = 1.06 is paid.
# 94760 is part of the visit. The patient: 35 + 7.40 + 0.27 = 42.67.
KEY = (
    "post OV1207.1 paid 77.00 CO-45 53.00 PR-3 35.00\n"
    "post OV1207.2 paid 1.06 CO-45 23.27 PR-1 7.40 PR-2 0.27\n"
    "post OV1207.3 paid 0.00 CO-97 18.00\n"
    "bill OV1207 PATIENT 42.67\n"
)


def test_the_key_is_worked_out_of_what_the_payer_decides() -> None:
    one = of(OFFICE, **NEARLY)
    assert worksheet(reference(OFFICE, one.number)) == KEY


@pytest.mark.parametrize(
    ("right", "written", "score"),
    [
        # 3 postings of 3 and a bill of 2 are 11 points. The allowed amount was not paid: 1 lost.
        ("paid 77.00", "paid 112.00", Fraction(10, 11)),
        # The copayment in the wrong group keeps a quarter of its half of the 2 points: 0.75 lost.
        ("PR-3 35.00", "CO-3 35.00", Fraction(41, 44)),
        # Two of three adjustments turned to CO: 2 x 2/3 x 3/4 = 1 point lost.
        ("PR-1 7.40 PR-2 0.27", "CO-1 7.40 CO-2 0.27", Fraction(10, 11)),
        # An adjustment left out loses its third of 2 points.
        (" PR-2 0.27", "", Fraction(31, 33)),
        # One that does not belong there costs half of the 2 points.
        ("CO-97 18.00", "CO-97 18.00 PR-3 1.00", Fraction(10, 11)),
        # 165 + 32 + 18 - 78.06 is all that was not paid: nothing for the amount (1 of 2).
        ("PATIENT 42.67", "PATIENT 136.94", Fraction(10, 11)),
        ("PATIENT 42.67", "TRN01 42.67", Fraction(10, 11)),
        # A statement that is not asked costs half of a sum's 2 points.
        ("bill OV1207", "sum deposit 78.06\nbill OV1207", Fraction(10, 11)),
    ],
)
def test_each_error_costs_what_the_rubric_says(right: str, written: str, score: Fraction) -> None:
    assert KEY.count(right) == 1
    number = of(OFFICE, **NEARLY).number
    assert mark(OFFICE, number, KEY.replace(right, written)).score == score


def test_the_same_claim_without_deductible_left_is_paid_by_coinsurance() -> None:
    # 20 % of 8.73 is 1.746, rounded 1.75; 8.73 - 1.75 = 6.98.
    one = made(OFFICE, **{**NEARLY, "deductible": "met"})
    assert worked("post OV1207.2", one) == "post OV1207.2 paid 6.98 CO-45 23.27 PR-2 1.75"


LATE = {
    "deductible": "partly met",
    "visit": "99214",
    "beside": "heart tracing and sugar test",
}


@pytest.mark.parametrize(
    ("following", "who"),
    [("supplement", "TRN04"), ("retiree plan", "TRN01"), ("nobody", "PATIENT")],
)
def test_what_medicare_leaves_goes_to_whoever_comes_next(following: str, who: str) -> None:
    # 121.31 approved: 61.25 of deductible, 20 % of 60.06 is 12.01, 2 % of 48.05 is 0.96.
    # The tracing: 13.30, of which 20 % are 2.66. 61.25 + 12.01 + 2.66 = 75.92.
    one = made(MEDICARE, **LATE, next=following)
    assert worked("post FP1310.1", one) == (
        "post FP1310.1 paid 47.09 CO-45 113.69 CO-253 0.96 PR-1 61.25 PR-2 12.01"
    )
    assert worked("bill FP1310", one) == f"bill FP1310 {who} 75.92"


def test_only_a_supplement_is_told_by_medicare_itself() -> None:
    status = {
        following: made(MEDICARE, **LATE, next=following).payments["medicare"].remittance.claims[0]
        for following in ("supplement", "retiree plan", "nobody")
    }
    assert {name: one.status for name, one in status.items()} == {
        "supplement": "19",
        "retiree plan": "1",
        "nobody": "1",
    }


WORKED = [
    ("post FP1310.3", "post FP1310.3 paid 0.00 CO-50 32.00"),
    ("post FP1310.2 of medicare", "post FP1310.2 paid 10.43 CO-45 34.70 CO-253 0.21 PR-2 2.66"),
    ("cas FP1310.2 CO-253", "cas FP1310.2 CO-253 0.21"),
    # Allowed, not paid: 10.43 + 2.66; the share of sequestration stays off.
    (
        "post FP1310.2 but allowed",
        "post FP1310.2 paid 13.09 CO-45 34.70 CO-253 0.21 PR-2 2.66",
    ),
    (
        "post FP1310.2 but charge",
        "post FP1310.2 paid 48.00 CO-45 34.70 CO-253 0.21 PR-2 2.66",
    ),
    (
        "post FP1310.2 but written off",
        "post FP1310.2 paid 10.43 CO-45 34.70 CO-253 0.21 CO-2 2.66",
    ),
    (
        "post FP1310.2 but billed",
        "post FP1310.2 paid 10.43 PR-45 34.70 PR-253 0.21 PR-2 2.66",
    ),
    # 235 + 48 + 32 = 315 charged, 47.09 + 10.43 = 57.52 paid, 257.48 not.
    ("bill FP1310 but balance", "bill FP1310 TRN04 257.48"),
    ("bill FP1310 but charge", "bill FP1310 TRN04 315.00"),
    ("bill FP1310 but to patient", "bill FP1310 PATIENT 75.92"),
    # 113.69 + 34.70 + 0.96 + 0.21 = 149.56; with the denied 32.00: 181.56.
    ("sum written-off = CO-45 + CO-253", "sum written-off 149.56"),
    ("sum off = CO", "sum off 181.56"),
    ("sum off = CO-45 FP1310.2", "sum off 34.70"),
    ("sum seen = allowed FP1310.1 - paid FP1310.1 of medicare", "sum seen 74.22"),
    ("refund FP1310 TRNMB = paid FP1310.2", "refund FP1310 TRNMB 10.43"),
    ("refund FP1310 TRNMB = CO-45 - CO-45", None),
    ("sum rest = charge - total of medicare", "sum rest 257.48"),
    ("box 24D.1", "box 24D.1 99214 25"),
    ("box 28 of claim", "box 28 315 00"),
    ("box 27", "box 27 yes"),
    ("box 3", "box 3 11 02 1951 female"),
    ("box 33A", "box 33A 1234567893"),
    ("box 17.qualifier", "box 17.qualifier DK"),
    ("box 19", "box 19"),
]


@pytest.mark.parametrize(("text", "statement"), WORKED, ids=[one[0] for one in WORKED])
def test_a_statement_is_worked_out(text: str, statement: str | None) -> None:
    assert worked(text, made(MEDICARE, **LATE, next="supplement")) == statement


REFUSED = [
    ("post FP1310.4", "FP1310 has lines 1 to 3"),
    ("post FP9.1", "no payment tells of FP9"),
    ("post FP1310.1 of aetna", "no payment 'aetna'; the case has medicare"),
    ("post FP1310.1 but never", "but allowed, but charge"),
    ("cas FP1310.2 CO-97", "has the adjustments CO-45, CO-253, PR-2"),
    ("fly FP1310", "begin with one of post, cas, bill, box, sum NAME ="),
    ("post", "write it like: post OV1001.1 of eob"),
    ("sum a = love", "'love' is no amount; write charge"),
    ("sum a = total 7 of medicare", "only a deposit slip has totals of its lines"),
    ("sum a = allowed FP1310.3", "says no allowed amount"),
    ("box 3 of form", "name the claim: of claim"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_cannot_be_worked_out_says_what_there_is(text: str, says: str) -> None:
    with pytest.raises(BadData, match="(?s).*" + says.replace("(", r"\(").replace(")", r"\)")):
        worked(text, made(MEDICARE, **LATE, next="supplement"))


def test_all_lines_are_a_statement_each() -> None:
    one = made(OFFICE, **NEARLY)
    assert (
        singles("post OV1207", one)
        == singles("post all", one)
        == (
            "post OV1207.1 of eob",
            "post OV1207.2 of eob",
            "post OV1207.3 of eob",
        )
    )
    assert singles("bill OV1207", one) == ("bill OV1207",)
    with pytest.raises(BadData, match="no payment tells of OV9"):
        singles("post OV9", one)


def test_a_posting_that_is_worked_out_names_its_own_row_of_the_record() -> None:
    one = of(OFFICE, **NEARLY)
    first = reference(OFFICE, one.number).items[0]
    assert (first.id, first.evidence) == ("posting OV1207.1", ("eob-ov1207-1",))
    (found,) = one.chart.evidence("eob-ov1207-1")
    assert found == ("Remittance", "1 | 99213 | 165.00 | 112.00 | 77.00 | CO-45 53.00, PR-3 35.00")


BACK = {"northfield": "overpayment taken back", "riverbend": "digits turned", "copay": "20.00"}


def test_a_deposit_is_set_against_its_papers() -> None:
    # Claims 123 + 12.77 + 77 = 212.77, less 42.50 taken back: 170.27. Riverbend: 73 + 15.70 + 48.50
    # = 137.20, which the bank has as 173.20: 36.00 too much. 170.27 + 173.20 + 20 = 363.47.
    assert worksheet(reference(DEPOSIT, of(DEPOSIT, **BACK).number)) == (
        "sum claims 212.77\nsum set-off 42.50\nsum deposit 363.47\nsum difference 36.00\n"
        "next NM880112 post\nnext 51277 quarantine\n"
    )


def test_a_check_that_never_came_is_a_difference_below_zero() -> None:
    one = made(DEPOSIT, **{**BACK, "riverbend": "money not there"})
    rest = "total of slip - total of northfield - total of riverbend - total 204 of slip"
    assert worked_sum(rest, one) == Decimal("-137.20")
    assert worked_sum("PLB-WO of northfield", one) == Decimal("42.50")
    assert worked_sum("PLB-L6 of northfield", one) == 0


def test_the_papers_are_those_of_the_case() -> None:
    assert list(Documents(made(DEPOSIT, **BACK))) == [
        *("northfield", "northfield_835", "riverbend", "riverbend_835"),
        *("slip", "charges", "ledger"),
    ]
    papers = Documents(made(OFFICE, **NEARLY))
    assert list(papers) == ["claim", "claim_837", "eob", "eob_835", "charges", "ledger"]
    assert "| 24D.1 | Procedure and modifiers | 99213 |" in papers["claim"]
    assert "SVC*HC:94760*18*0**0**1~" in papers["eob_835"].splitlines()
    assert "SV1*HC:99213*165*UN*1***1:2~" in papers["claim_837"].splitlines()
    assert (
        "| OV1207 | Sandoval, Irene | 2 | 83036 QW | 32.00 | Northfield Mutual |"
        in papers["charges"]
    )
    with pytest.raises(KeyError, match="no document letter; there are claim, claim_837"):
        papers["letter"]


def test_the_ledger_ends_with_what_the_patient_owes_and_the_denial_that_is_open() -> None:
    last = Documents(made(OFFICE, **NEARLY))["ledger"].splitlines()[-1]
    assert last.endswith("| 18.00 | 42.67 |")
