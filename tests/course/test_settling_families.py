"""What credits, underpayments, orders of payers and Medicaid's patients come to, by hand."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from codinglab.accounts.overpayment import due
from codinglab.course.billing_key import written
from codinglab.course.mark import mark, reference
from codinglab.course.variants import Variant, all_variants
from codinglab.payer.coordination import order
from codinglab.payer.coordination_facts import Child, CoveredBy, Facts, OnMedicare, Parent

DAY = date(2026, 3, 3)
MEDICARE = CoveredBy("TRNMB", "medicare")
MEDICAID = CoveredBy("TRNMC", "medicaid")
MOTHER, FATHER = (
    Parent("mother", date(1985, 9, 1)),
    Parent("father", date(1990, 2, 1)),
)


def _the(slug: str, **facts: str) -> Variant:
    found = (one for one in all_variants(slug) if facts.items() <= dict(one.facts).items())
    return min(found, key=lambda one: one.number)


def _key(one: Variant) -> list[str]:
    """Return the statements of the key; the order in which they stand is the key's own."""
    return [written(item) for item in reference(one.case.slug, one.number).items]


@pytest.mark.parametrize(
    ("story", "wanted"),
    [
        # Owed 158.00 + 13.30 x 1.20 + 9.70 x 0.90; told 117.48 x 1.15 = 135.10 for the visit.
        ("last year", ["182.69", "22.90", "LINE 1", "CLAUSE 3", "dispute by 2026-07-22"]),
        # 15.96 - 13.30.
        ("at par", ["182.69", "2.66", "LINE 2", "CLAUSE 4", "dispute by 2026-07-22"]),
        # 9.70 x 0.90 = 8.73; 9.70 x 0.80 = 7.76.
        ("laboratory list", ["182.69", "0.97", "LINE 3", "CLAUSE 5", "dispute by 2026-07-22"]),
        # 118.67 x 1.20 = 142.40, told 59.34 x 1.20 = 71.20; 25.05 x 1.20 = 30.06 is right.
        ("both cut", ["172.46", "71.20", "LINE 2", "CLAUSE 6", "dispute by 2026-07-22"]),
        # The charge 104.00 is below the list's 112.00: 104.00 + 15.96 + 8.73.
        ("below the list", ["128.69", "0.00", "CLAUSE 7", "post"]),
        # 117.48 x 1.15 = 135.10 and 12.88 x 1.15 = 14.81.
        ("older service", ["149.91", "0.00", "CLAUSE 2", "post"]),
        ("second procedure", ["172.46", "0.00", "CLAUSE 6", "post"]),
        # 86.12 + 13.30; the 2 percent held back are no part of it.
        ("sequestration", ["99.42", "0.00", "CLAUSE 8", "post"]),
    ],
)
def test_a_payment_is_compared_with_the_terms_of_the_day_of_service(
    story: str, wanted: list[str]
) -> None:
    """120 days from 2026-03-24: 7 in March, 30, 31, 30, and 22 in July."""
    one = _the("payment-under-contract", story=story, paid_on="2026-03-24")
    told = [
        re.sub(r"^(sum \w+|box|next UC3101) ", "", each).removesuffix(" ") for each in _key(one)
    ]
    assert told == wanted


def test_a_dispute_is_counted_from_the_later_remittance() -> None:
    """120 days from 2026-04-07: 23 in April, 31, 30, 31, and 5 in August."""
    one = _the("payment-under-contract", story="at par", paid_on="2026-04-07")
    assert _key(one)[-1] == "next UC3101 dispute by 2026-08-05"


@pytest.mark.parametrize(
    ("story", "wanted"),
    [
        # Medicare pays 121.31 - 24.26 - 1.94 = 95.11, and a second time.
        ("paid twice", ["refund CB3001 TRNMB 95.11", "sum overpayment 95.11"]),
        # The plan paid all of 158.00; in second place Medicare owes nothing.
        ("plan first", ["refund CB3001 TRNMB 95.11", "sum overpayment 95.11"]),
        # The plan owes the 24.26 that Medicare left: 123.00 - 24.26.
        ("Medicare first", ["refund CB3001 TRN01 98.74", "sum overpayment 0.00"]),
        ("copayment", ["refund CB3001 PATIENT 24.26", "sum overpayment 0.00"]),
        (
            "twice and copayment",
            ["refund CB3001 TRNMB 95.11", "refund CB3001 PATIENT 24.26", "sum overpayment 95.11"],
        ),
        ("coming visit", ["sum overpayment 0.00"]),
        ("posted twice", ["sum overpayment 0.00"]),
    ],
)
def test_a_credit_goes_back_to_whoever_paid_too_much(story: str, wanted: list[str]) -> None:
    assert _key(_the("credit-balance-refund", story=story))[:-1] == wanted


@pytest.mark.parametrize("found", ["2026-04-09", "2026-04-23"])
def test_the_last_day_of_the_key_is_that_of_the_accounts(found: str) -> None:
    """2026-04-09 and 60 days: 21 in April, 31 in May, 8 in June. 2026-04-23: 7, 31 and 22."""
    day = due(date.fromisoformat(found)).day
    assert day == {"2026-04-09": date(2026, 6, 8), "2026-04-23": date(2026, 6, 22)}[found]
    for story in ("paid twice", "plan first", "twice and copayment"):
        one = _the("credit-balance-refund", story=story, found=found)
        assert _key(one)[-1] == f"next CB3001 refund by {day}"


def test_each_ledger_of_a_credit_adds_up_to_the_credit_it_shows() -> None:
    for one in all_variants("credit-balance-refund"):
        rows = re.findall(r"\| ([+-][\d.]+) \| (-?[\d.]+) \|", one.chart.text)
        balance = Decimal(0)
        for amount, shown in rows:
            balance += Decimal(amount)
            assert balance == Decimal(shown), one.facts
        assert balance < 0, one.facts


def test_a_refund_makes_an_account_even_unless_write_offs_must_change_hands() -> None:
    """Plan first: -133.74 + 95.11, Medicare's 115.63 taken back, Northfield's 77.00 posted."""
    assert Decimal("-133.74") + Decimal("95.11") + Decimal("115.63") - Decimal("77.00") == 0
    for story in ("paid twice", "Medicare first", "copayment", "twice and copayment"):
        one = _the("credit-balance-refund", story=story)
        refunds = sum(Decimal(each.split()[-1]) for each in _key(one) if each.startswith("refund"))
        (*_, last) = re.findall(r"\| (-?[\d.]+) \|$", one.chart.text, re.MULTILINE)
        assert Decimal(last) + refunds == 0, story


def _plan(name: str = "TRN01", **more: object) -> CoveredBy:
    return CoveredBy(name, "group", **more)  # type: ignore[arg-type]


def _aged(born: date) -> Facts:
    return Facts(medicare=OnMedicare("age", date(2023, 6, 1), born=born))


AGED = _aged(date(1957, 6, 1))
DISABLED = Facts(medicare=OnMedicare("disability", date(2024, 1, 1), born=date(1971, 6, 1)))


def _renal(first: date) -> Facts:
    return Facts(medicare=OnMedicare("end-stage renal disease", first, first, date(1978, 9, 1)))


def _child(decree: str = "none", **more: bool) -> Facts:
    mother = Parent("mother", MOTHER.born, answers=decree == "one parent")
    father = Parent("father", FATHER.born, custody=decree == "one parent")
    together = more.get("together", decree == "none")
    return Facts(child=Child((mother, father), together=together, decree=decree))  # type: ignore[arg-type]


WIFE = {"holder": "spouse", "work": "current"}
STORIES = {
    "own work": ([MEDICARE, _plan(work="current", employees=45)], AGED),
    "small shop": ([MEDICARE, _plan(work="current", employees=12)], AGED),
    "working wife": ([MEDICARE, _plan(**WIFE, employees=20)], AGED),
    "disabled and large": ([MEDICARE, _plan(**WIFE, employees=400)], DISABLED),
    "disabled and small": ([MEDICARE, _plan(**WIFE, employees=60)], DISABLED),
    "kidneys early": (
        [MEDICARE, _plan(work="continued", employees=30)],
        _renal(date(2024, 8, 1)),
    ),
    "kidneys late": ([MEDICARE, _plan(work="current", employees=450)], _renal(date(2023, 8, 1))),
    "retired between": (
        [
            MEDICARE,
            _plan(work="retired", employees=9000, starts=date(2015, 7, 1)),
            _plan("TRN02", **WIFE, employees=60, starts=date(2018, 1, 1)),
        ],
        _aged(date(1953, 6, 1)),
    ),
    "supplement": ([MEDICARE, CoveredBy("TRN04", "supplement")], AGED),
    "both programs": ([MEDICAID, MEDICARE], AGED),
    "birthday": (
        [
            _plan(holder="mother", work="current"),
            _plan("TRN02", holder="father", work="current"),
        ],
        _child(),
    ),
    "court": (
        [
            _plan("TRN02", holder="father", work="current"),
            _plan(holder="mother", work="current"),
        ],
        _child("one parent"),
    ),
    "child with Medicaid": ([MEDICAID, _plan(holder="mother", work="current")], _child()),
    "at work": (
        [_plan(work="current"), CoveredBy("TRN06", "workers' compensation")],
        Facts("work"),
    ),
    "on the road": ([_plan(work="current"), CoveredBy("TRN05", "no-fault")], Facts("auto")),
}


def test_each_story_of_the_case_is_put_to_the_rules() -> None:
    assert {dict(one.facts)["story"] for one in all_variants("who-pays-first")} == set(STORIES)


@pytest.mark.parametrize("story", list(STORIES))
def test_the_order_of_the_key_is_that_of_the_rules(story: str) -> None:
    policies, facts = STORIES[story]
    found = order(policies, facts, DAY)
    assert found.asks == ()
    names = [one.policy.name for one in found.ranked]
    at = names.index("TRNMB") if "TRNMB" in names else 0
    types = [found.ranked[at - 1].msp_type] if at else []
    key = _key(_the("who-pays-first", story=story))
    assert [each.split()[1] for each in key if each.startswith("payer")] == names
    assert [each.split()[-1] for each in key if each.startswith("box")] == types


@pytest.mark.parametrize(
    ("cover", "visit", "desk", "wanted"),
    [
        # 86.12 x 0.62 = 53.39, less 3.00; 13.30 x 0.62 = 8.25. Off: 111.61 + 39.75.
        (
            *("adult", "99213", "20.00"),
            ["50.39 CO-45 111.61 PR-3 3.00", "8.25 CO-45 39.75", "3.00", "151.36"],
        ),
        # 121.31 x 0.62 = 75.21. Off: 159.79 + 39.75.
        (
            *("pregnant", "99214", "3.00"),
            ["75.21 CO-45 159.79", "8.25 CO-45 39.75", "0.00", "199.54"],
        ),
        # Medicare left 24.26 and 2.66, and paid more than Medicaid's own 75.21 and 8.25.
        (
            *("beneficiary", "99214", "nothing"),
            ["0.00 CO-45 24.26 OA-23 210.74", "0.00 CO-45 2.66 OA-23 45.34", "0.00", "26.92"],
        ),
        # Medicare left all of 86.12 and 13.30. Off: 86.12 - 53.39 and 13.30 - 8.25.
        (
            *("beneficiary and deductible", "99213", "20.00"),
            ["53.39 CO-45 32.73 OA-23 78.88", "8.25 CO-45 5.05 OA-23 34.70", "0.00", "37.78"],
        ),
    ],
)
def test_medicaid_pays_its_rate_and_leaves_a_copayment_or_nothing(
    cover: str, visit: str, desk: str, wanted: list[str]
) -> None:
    one = _the("medicaid-balance", cover=cover, visit=visit, desk=desk)
    told = [
        re.sub(r"^(post MB3301\.\d paid|sum [\w-]+) ", "", each, flags=re.IGNORECASE)
        for each in _key(one)
    ]
    assert told[:4] == wanted


@pytest.mark.parametrize(
    ("cover", "desk", "wanted"),
    [
        ("adult", "nothing", ["bill MB3301 PATIENT 3.00", "next MB3301 bill-patient"]),
        ("adult", "3.00", ["next MB3301 post"]),
        ("adult", "20.00", ["refund MB3301 PATIENT 17.00", "next MB3301 refund"]),
        ("pregnant", "3.00", ["refund MB3301 PATIENT 3.00", "next MB3301 refund"]),
        ("beneficiary", "nothing", ["next MB3301 post"]),
        ("beneficiary", "20.00", ["refund MB3301 PATIENT 20.00", "next MB3301 refund"]),
    ],
)
def test_what_the_desk_took_is_settled_with_what_is_owed(
    cover: str, desk: str, wanted: list[str]
) -> None:
    key = _key(_the("medicaid-balance", cover=cover, desk=desk))
    assert [each for each in key if each.split()[0] in {"bill", "refund", "next"}] == wanted


def test_a_refund_to_the_wrong_payer_earns_nothing_and_costs_half() -> None:
    """Of 7 points (refund 2, sum 2, step 2, day 1) 2 are missed, and 1 is taken off: 4 of 7."""
    one = _the("credit-balance-refund", story="paid twice", found="2026-04-09")
    right = "sum overpayment 95.11\nnext CB3001 refund by 2026-06-08"
    marking = mark(one.case.slug, one.number, f"refund CB3001 patient 95.11\n{right}")
    assert marking.score * 7 == 4


@pytest.mark.parametrize(
    ("story", "test", "left"),
    [
        # 48.00 - 15.96 = 32.04; 15.96 x 0.20 = 3.19; left: the copayment of 35.00 and the test's PR
        ("deductible", ["CO-45 32.04", "PR-1 15.96"], "50.96"),
        ("coinsurance", ["CO-45 32.04", "PR-2 3.19"], "38.19"),
        ("used up", ["CO-45 32.04", "PR-119 15.96"], "50.96"),
        ("part of another", ["CO-97 48.00"], "35.00"),
        ("not asked before", ["CO-197 48.00"], "35.00"),
        ("not needed", ["CO-50 48.00"], "35.00"),
        ("not in the plan", ["PR-204 48.00"], "83.00"),
    ],
)
@pytest.mark.parametrize(("visit", "above"), [("99213", "53.00"), ("99214", "77.00")])
def test_a_payers_sentences_become_groups_and_reasons(
    story: str, test: list[str], left: str, visit: str, above: str
) -> None:
    """165.00 - 112.00 = 53.00 and 235.00 - 158.00 = 77.00 are above the price of the visit."""
    assert set(_key(_the("paper-eob-codes", story=story, visit=visit))) == {
        f"cas PC3501.1 CO-45 {above}",
        "cas PC3501.1 PR-3 35.00",
        *(f"cas PC3501.2 {one}" for one in test),
        f"sum open {left}",
    }


def test_the_right_reason_in_the_wrong_group_earns_its_dollars_alone() -> None:
    one = _the("paper-eob-codes", story="not needed", visit="99214")
    told = "cas PC3501.1 CO-45 77\ncas PC3501.1 PR-3 35\ncas PC3501.2 {} 48\nsum open 35"
    assert mark("paper-eob-codes", one.number, told.format("CO-50")).score == 1
    # three adjustments of 1 and a sum of 2 are 5; of the third the group, a half, is lost
    wrong = mark("paper-eob-codes", one.number, told.format("PR-50"))
    assert wrong.score == Fraction(9, 10)
