"""Ways of paying on one small panel, worked out by hand.

The panel: 100 visits at 100.00 (cost 60.00), 200 tests at 10.00 (cost 4.00); 1,200 member months at
risk 1.10; fixed cost 1,000.00. The organization: 5,000 beneficiaries and person-years, benchmark
10,000.00, so 50,000,000.00 in all; minimum savings rate of 5,000 is 3.9 percent: 1,950,000.00.
"""

from datetime import date
from decimal import Decimal

import pytest

from codinglab.accounts.value_based import (
    capitation,
    compare,
    fee_for_service,
    minimum_savings_rate,
    quality_bonus,
    shared_savings,
)
from codinglab.accounts.value_based_file import (
    Panel,
    contract_terms,
    read_panel,
    shared_savings_terms,
)
from codinglab.accounts.value_based_frames import as_text, compared_frame, steps_frame
from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData

SAVINGS = shared_savings_terms().at(date(2026, 1, 1))
CONTRACTS = contract_terms().at(date(2026, 1, 1))
MEASURES = [one.id for one in CONTRACTS.quality.measures]
GOOD = {name: Decimal("0.90") for name in MEASURES} | {
    "glycaemia poorly controlled": Decimal("0.10")
}


def panel(expenditure="9600.00", quality=None, share="0.10", standard="met", **more) -> Panel:
    told = {
        "name": "Made",
        "source": "made",
        "year": 2026,
        "members": 100,
        "member_months": 1200,
        "risk_score": "1.10",
        "services": [
            {"what": "visits", "count": 100, "allowed": "100.00", "cost": "60.00"},
            {"what": "tests in the office", "count": 200, "allowed": "10.00", "cost": "4.00"},
        ],
        "fixed_cost": "1000.00",
        "care_management": {
            "fee for service": "0",
            "shared savings": "100.00",
            "capitation": "200.00",
            "quality bonus": "50.00",
        },
        "organization": {
            "beneficiaries": 5000,
            "person_years": "5000",
            "benchmark": "10000.00",
            "expenditure": expenditure,
            "standard": standard,
            "quality": quality,
            "practice_share": share,
            "share_source": "made",
        },
        "results": GOOD,
    }
    return Panel.model_validate(told | more)


def test_fee_for_service_pays_every_service():
    # 100 x 100 + 200 x 10
    assert fee_for_service(panel()).amount == Decimal("12000.00")


@pytest.mark.parametrize(
    ("beneficiaries", "rate"),
    [
        (5000, "0.0390"),
        (5999, "0.0360"),
        (6000, "0.0360"),
        (8400, "0.0316"),  # 0.032 - 0.001 x 400 / 999 = 0.0315996
        (12000, "0.0288"),  # 0.030 - 0.003 x 2000 / 4999 = 0.0287998
        (60000, "0.0200"),
        (250000, "0.0200"),
    ],
)
def test_the_minimum_savings_rate_falls_with_size(beneficiaries, rate):
    assert minimum_savings_rate(SAVINGS, beneficiaries)[0] == Decimal(rate)


def test_an_organization_below_5000_is_not_taken():
    with pytest.raises(BadData, match=r"4,999 beneficiaries: the program takes .* from 5,000 on"):
        minimum_savings_rate(SAVINGS, 4999)


def test_savings_from_the_minimum_rate_on_are_shared_from_the_first_dollar():
    # saved (10000 - 9600) x 5000 = 2,000,000 >= 1,950,000; x 0.40 = 800,000; a tenth: 80,000
    assert shared_savings(panel(), SAVINGS).amount == Decimal("92000.00")  # 12,000 + 80,000


def test_savings_of_exactly_the_minimum_are_shared():
    # saved 390 x 5000 = 1,950,000; x 0.40 = 780,000; a tenth 78,000
    assert shared_savings(panel("9610.00"), SAVINGS).amount == Decimal("90000.00")


def test_savings_a_dollar_a_person_below_the_minimum_bring_nothing():
    # saved 389 x 5000 = 1,945,000 < 1,950,000
    found = shared_savings(panel("9611.00"), SAVINGS)
    assert found.amount == Decimal("12000.00")
    assert "1,945,000.00 is below 1,950,000.00" in found.steps[-1].how


def test_a_one_sided_track_owes_nothing_for_losses():
    assert shared_savings(panel("10500.00"), SAVINGS).amount == Decimal("12000.00")


def test_who_meets_the_standard_shares_at_the_whole_rate_and_others_by_their_score_or_not_at_all():
    # met: 2,000,000 x 0.40 = 800,000; a tenth: 80,000
    assert shared_savings(panel(standard="met"), SAVINGS).amount == Decimal("92000.00")
    # the alternative standard alone: 2,000,000 x 0.40 x 0.75 = 600,000; a tenth 60,000
    other = panel(standard="alternative", quality="0.75")
    assert shared_savings(other, SAVINGS).amount == Decimal("72000.00")
    # missed: fee for service alone
    missed = shared_savings(panel(standard="missed"), SAVINGS)
    assert missed.amount == Decimal("12000.00")
    assert "was missed" in missed.steps[-1].how


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"standard": "alternative"}, "give quality, the score"),
        ({"standard": "met", "quality": "0.75"}, "give quality, the score"),
        ({"member_months": 1201}, "1201 member months: 100 members have 12 a year each"),
        ({"services": [{"what": "visits", "count": 1, "allowed": "1", "cost": "1"}] * 2}, "twice"),
        ({"services": [{"what": "visits", "count": -1, "allowed": "1", "cost": "1"}]}, "count"),
        ({"risk_score": "0"}, "risk_score"),
    ],
)
def test_a_panel_that_cannot_be_is_refused(told, why):
    with pytest.raises(ValueError, match=why):
        panel(**told)


def test_no_more_than_ten_percent_of_the_benchmark_is_shared():
    # saved 3000 x 5000 = 15,000,000; x 0.40 = 6,000,000; limit 5,000,000; a tenth 500,000
    assert shared_savings(panel("7000.00"), SAVINGS).amount == Decimal("512000.00")


def test_capitation_pays_by_month_and_risk():
    # 38.50 x 1,200 x 1.10 = 50,820.00; nothing of the panel is outside it, all goals are met
    found = capitation(panel(), CONTRACTS.capitation, CONTRACTS.quality)
    assert found.amount == Decimal("50820.00")


def test_a_missed_goal_costs_what_is_withheld():
    # 50,820.00 x 0.10 = 5,082.00
    missed = panel(results=GOOD | {MEASURES[0]: Decimal("0.69")})
    found = capitation(missed, CONTRACTS.capitation, CONTRACTS.quality)
    assert found.amount == Decimal("45738.00")


def test_services_outside_capitation_are_paid_each():
    services = [*asdict_services(panel()), outside()]
    # 50,820.00 + 10 x 98.00
    found = capitation(panel(services=services), CONTRACTS.capitation, CONTRACTS.quality)
    assert found.amount == Decimal("51800.00")


def asdict_services(one: Panel) -> list:
    return [service.model_dump() for service in one.services]


def outside() -> dict:
    return {"what": "procedures", "count": 10, "allowed": "98.00", "cost": "60.00"}


def test_the_bonus_counts_goals_and_adds_for_all():
    # all four: 0.85 x 4 + 1.50 = 4.90; x 1,200 = 5,880.00; + 12,000
    assert quality_bonus(panel(), CONTRACTS.quality).amount == Decimal("17880.00")
    # three: 2.55 x 1,200 = 3,060.00
    three = panel(results=GOOD | {"glycaemia poorly controlled": Decimal("0.23")})
    assert quality_bonus(three, CONTRACTS.quality).amount == Decimal("15060.00")


def test_a_result_that_lacks_is_no_missed_goal_but_an_error():
    with pytest.raises(BadData, match="no result of 'blood pressure controlled'; add it"):
        quality_bonus(panel(results={}), CONTRACTS.quality)


def test_side_by_side_with_cost_and_what_one_visit_more_brings():
    found = {one.model: one for one in compare(panel())}
    # cost: 100 x 60 + 200 x 4 + 1,000 = 7,800, and managing care
    assert {name: one.cost for name, one in found.items()} == {
        "fee for service": Decimal("7800.00"),
        "shared savings": Decimal("7900.00"),
        "capitation": Decimal("8000.00"),
        "quality bonus": Decimal("7850.00"),
    }
    assert found["fee for service"].left == Decimal("4200.00")
    # a visit brings 100 - 60 = 40; under shared savings it also costs 100 x 0.80 (what Medicare
    # pays of it) x 0.40 x 0.10 = 3.20 of the savings; under capitation it brings nothing, costs 60
    assert {name: one.one_visit for name, one in found.items()} == {
        "fee for service": Decimal("40.00"),
        "shared savings": Decimal("36.80"),
        "capitation": Decimal("-60.00"),
        "quality bonus": Decimal("40.00"),
    }


def test_where_nothing_is_shared_a_visit_costs_no_savings():
    (found,) = (one for one in compare(panel("9611.00")) if one.model == "shared savings")
    assert found.one_visit == Decimal("40.00")


def test_a_year_without_terms_is_an_error():
    with pytest.raises(NotInForce, match="shared savings terms: nothing in force on 2020-01-01"):
        compare(panel(year=2020))


def test_every_step_of_the_labs_own_panel_has_a_source_and_says_what_is_invented():
    found = compare(read_panel())
    table = steps_frame(found)
    assert (table["source"] == "").sum() == 0
    told = set(table["source"])
    assert {one for one in told if "invented" not in one and "42 CFR 425" not in one} == set()
    assert compared_frame(found)["model"].tolist() == [
        "fee for service",
        "shared savings",
        "capitation",
        "quality bonus",
    ]
    assert "minimum savings rate: 0.032 - (0.032 - 0.031) x (8,400 - 8,000) / (8,999" in as_text(
        found
    )
