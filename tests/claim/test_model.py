from decimal import Decimal

import pytest
from made_claims import CLAIMS, TO_SPLIT, claim

from codinglab.claim.model import Claim
from codinglab.x12.npi import is_npi


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("office visit", "247.50"),  # 210.00 + 28.50 + 9.00
        ("patient not subscriber", "317.00"),  # 160 + 95 + 30 + 32
        ("ambulance", "746.00"),  # 650 + 96
        ("60 lines", "4350.00"),  # 30 x 120 + 30 x 25
        ("inpatient", "15700.25"),  # 3600 + 640.25 + 410 + 8200 + 1900 + 950
        ("outpatient hospital", "2740.00"),  # 310 + 1450 + 980
    ],
)
def test_the_total_charge_is_the_sum_of_the_lines(name: str, total: str) -> None:
    assert claim(name).total == Decimal(total)


def test_the_policy_asked_is_the_one_that_the_claim_is_sent_to() -> None:
    assert claim("secondary").coverage.payer.name == "Evergreen Supplement"
    assert claim("office visit").coverage.payer.name == "Training Medicare Part B"


def test_a_provider_is_found_by_role_and_an_absent_one_is_none() -> None:
    one = claim("office visit").provider("rendering")
    assert one is not None
    assert one.name.last == "Okafor"
    assert claim("office visit").provider("supervising") is None


def test_a_name_without_a_first_name_is_an_organization() -> None:
    assert not claim("office visit").billing.name.is_person
    assert claim("replacement").billing.name.is_person


@pytest.mark.parametrize("one", [*CLAIMS.values(), *TO_SPLIT.values()], ids=lambda one: one.account)
def test_every_sample_points_to_diagnoses_that_it_has_and_its_numbers_pass(one: Claim) -> None:
    assert {at for each in one.lines for at in each.pointers} <= set(
        range(1, len(one.diagnoses) + 1)
    )
    people = [one.billing, *(each for _, each in one.providers)]
    assert all(is_npi(each.npi) for each in people)
