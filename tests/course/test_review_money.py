"""What a finding on a practitioner's claim puts at risk, and what a price lacks."""

from decimal import Decimal
from typing import Any

import pytest
from made_encounters import MANHATTAN, VISIT, at_risk, file, reviewed, wrong

from codinglab.core.findings import Severity
from codinglab.course.encounter_file import read_encounter
from codinglab.course.review_money import AtRisk, Paid, Valuation, by_line
from codinglab.pricing.price import Price


def test_a_finding_on_a_service_puts_the_payment_of_its_line_at_risk() -> None:
    # (1.30 x 1.065 + 1.35 x 1.166 + 0.10 x 1.656) x 33.4009 = 3.1242 x 33.4009 = 104.3511
    assert at_risk(reviewed(VISIT), "modifier.25") == AtRisk(
        Decimal("104.35"), "what the line pays"
    )


SHEET = read_encounter(file("dx A\ndx M17.11\ndx I10\nline 20610 x1 dx B\nline 99213 x1 dx B,C\n"))
PAID = Valuation(
    "a system",
    (
        Paid("line 4", "20610", Price(Decimal("75.80"), ())),
        Paid("line 5", "99213", Price(Decimal("104.35"), ())),
    ),
)


def test_a_finding_on_a_diagnosis_puts_the_lines_that_point_to_it_at_risk() -> None:
    stake = by_line(SHEET.coded, PAID)
    # 75.80 + 104.35 = 180.15
    assert stake(wrong("line 2")) == AtRisk(Decimal("180.15"), "what lines 4 and 5 pay for it")
    assert stake(wrong("line 3")) == AtRisk(Decimal("104.35"), "what line 5 pays for it")
    assert stake(wrong("line 1")) == AtRisk(None, "none: no priced line points to it")


def test_a_finding_on_the_claim_puts_all_of_it_at_risk_and_a_note_nothing() -> None:
    stake = by_line(SHEET.coded, PAID)
    assert stake(wrong("the claim")) == AtRisk(Decimal("180.15"), "what the claim pays")
    assert stake(wrong("line 5", Severity.NOTE)).amount is None


def test_a_line_without_a_price_is_said_and_never_counted_as_nothing() -> None:
    lines = (PAID.lines[0], Paid("line 5", "99213", None, "no units"))
    stake = by_line(SHEET.coded, Valuation("a system", lines))
    assert stake(wrong("line 5")) == AtRisk(None, "not priced: no units")
    said = "what lines 4 and 5 pay for it (line 5 not priced)"
    assert stake(wrong("line 2")) == AtRisk(Decimal("75.80"), said)
    assert stake(wrong("line 9")).why == "not priced: no service was read from the line"


def test_a_valuation_sums_what_is_known_and_knows_nothing_of_nothing() -> None:
    assert PAID.total == Decimal("180.15")
    assert Valuation("a system", why="why not").total is None


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"prices": {}}, "the file does not say prices: locality"),
        ({"prices": {"locality": "13202-01"}}, "the file does not say prices: participating"),
        (
            {"payer": "Aetna"},
            "Aetna pays by its own contract (prices: as_medicare takes Medicare's)",
        ),
    ],
    ids=["locality", "participating", "payer"],
)
def test_what_a_price_lacks_is_named(fields: dict[str, Any], why: str) -> None:
    found = reviewed(VISIT, **fields)
    assert (found.valued.why, found.valued.lines) == (why, ())
    assert at_risk(found, "modifier.25") == AtRisk(None, f"not priced: {why}")


def test_a_year_without_values_and_an_unknown_locality_are_named() -> None:
    official = {name: said for name, said in MANHATTAN.items() if name != "schedule"}
    assert "nothing in force on 2026-03-02" in reviewed(VISIT, prices=official).valued.why
    elsewhere = reviewed(VISIT, prices=MANHATTAN | {"locality": "00000-00"})
    assert "00000-00" in elsewhere.valued.why


def test_medicares_amounts_are_given_for_another_payer_where_they_are_asked_for() -> None:
    found = reviewed(VISIT, payer="Aetna", prices=MANHATTAN | {"as_medicare": "yes"})
    assert found.valued.total == Decimal("180.15")  # 75.80 + 104.35
