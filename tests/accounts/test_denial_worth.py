"""What a denial is worth by the contract, and not by its charge."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from made_claims import claim as made_claim
from made_denials import SERVICE, adjusted, remit_claim, remit_line, remittance

from codinglab.accounts.denial import Denial, denials_of
from codinglab.accounts.denial_queue import queue
from codinglab.accounts.denial_worth import worth
from codinglab.claim.model import Claim, Diagnosis, Line
from codinglab.payer.contract_file import contracts


def scan(units: int = 1) -> Claim:
    base = made_claim("replacement")
    lines = (
        Line("99213", Decimal("150.00"), Decimal(1), SERVICE, pointers=(1,), place_of_service="11"),
        Line(
            "70450",
            Decimal("400.00"),
            Decimal(units),
            SERVICE,
            pointers=(1,),
            place_of_service="11",
        ),
    )
    return replace(
        base,
        frequency="1",
        original_reference="",
        account="OV1001",
        billing=replace(base.billing, npi="1234567893"),
        diagnoses=(Diagnosis("R51.9"),),
        lines=lines,
    )


def denied(adjustments: str, visit: str = "CO 45 38.00, PR 3 35.00") -> tuple[Denial, ...]:
    lines = remit_line("99213", "150.00", visit), remit_line("70450", "400.00", adjustments)
    return denials_of(remittance("CI", remit_claim("CI", *lines)))


KEY = "TRN01/OV1001/2/CO-197"


def test_a_scan_of_400_dollars_is_worth_the_120_98_of_its_contract():
    # 100.82 of the physician fee schedule x 120 percent = 120.98
    found, left = worth(denied("CO 197 400.00"), {"OV1001": scan()}, contracts())
    assert (found, left) == ({KEY: Decimal("120.98")}, ())
    (item,) = queue(denied("CO 197 400.00"), date(2026, 4, 20), found)
    assert (item.worth, item.expected) == (Decimal("120.98"), Decimal("48.39"))  # x 0.40


def test_a_quarter_of_a_charge_is_worth_a_quarter_of_the_price():
    found, _ = worth(denied("CO 151 100.00, CO 45 279.02"), {"OV1001": scan()}, contracts())
    assert found == {"TRN01/OV1001/2/CO-151": Decimal("30.25")}  # 120.98 x 100 / 400 = 30.245


def test_a_whole_claim_is_worth_the_sum_of_its_prices():
    line = remit_line("99213", "150.00"), remit_line("70450", "400.00")
    claim = remit_claim("CI", *line, adjustments=adjusted("CO 29 550.00"), status="4")
    told = denials_of(remittance("CI", claim))
    found, _ = worth(told, {"OV1001": scan()}, contracts())
    assert found == {"TRN01/OV1001/claim/CO-29": Decimal("232.98")}  # 112.00 + 120.98


def test_without_the_claim_or_the_contract_nothing_is_said():
    assert worth(denied("CO 197 400.00"), {}, contracts()) == ({}, ())
    assert worth(denied("CO 197 400.00"), {"OV1001": scan()}, {}) == ({}, ())


def test_a_claim_of_a_day_without_terms_is_named():
    old = replace(scan(), lines=tuple(replace(one, first=date(2020, 1, 2)) for one in scan().lines))
    found, left = worth(denied("CO 197 400.00"), {"OV1001": old}, contracts())
    assert found == {}
    assert len(left) == 1
    assert left[0].startswith("claim OV1001: ")
