"""A contract read back in plain words: every part of it, each with its source."""

from datetime import date

import pytest

from codinglab.core.dates import NotInForce
from codinglab.payer.contract_file import contracts
from codinglab.payer.terms_text import terms_sections

DAY = date(2026, 3, 3)


def sections(payer: str, day: date = DAY) -> dict[str, list[str]]:
    return terms_sections(contracts()[payer], day)


def test_a_price_says_how_it_counts_for_what_and_by_which_agreement() -> None:
    prices = sections("TRN01")["Prices, the first that knows the service"]
    assert prices[0] == (
        "visits of the fee list: by fee list, 99213 112.00, 99214 158.00; for setting "
        "professional, code 99213 or 99214; never above the charge "
        "[agreement of 2026, exhibit A, list 1]"
    )
    assert prices[1].startswith("120 percent of Medicare: by physician schedule, 120 percent; ")


def test_the_terms_are_those_of_the_day() -> None:
    prices = sections("TRN01", date(2025, 12, 31))["Prices, the first that knows the service"]
    assert prices[0].startswith("115 percent of Medicare: by physician schedule, 115 percent; ")
    with pytest.raises(NotInForce, match="from 2025-01-01 until before 2026-01-01"):
        sections("TRN01", date(2024, 12, 31))


def test_what_is_not_agreed_has_no_heading() -> None:
    assert list(sections("TRNSP")) == [
        "Filing",
        "Prices, the first that knows the service",
        "What the patient owes beside the plan",
    ]


@pytest.mark.parametrize(
    ("payer", "start"),
    [
        ("TRNMB", "each line's own first day of service, line by line"),
        ("TRNMA", "the last day of service"),
        ("TRN01", "the last day of service"),
    ],
)
def test_the_filing_limit_runs_from_the_day_from_which_the_payer_counts_it(
    payer: str, start: str
) -> None:
    # 42 CFR 424.44(a) and Medicare Claims Processing Manual, chapter 1, section 70.4
    assert f" of {start} [" in sections(payer)["Filing"][0]


def test_a_habit_is_told_with_its_figure() -> None:
    assert sections("TRN02")["Beside the price"][-1] == (
        "withhold of the payment: the share 0.05 of each payment is held back until the end of "
        "the year [agreement of 2026, section 9: returned by the year's results]"
    )


@pytest.mark.parametrize("payer", sorted(contracts()))
def test_every_sentence_of_a_price_or_refusal_ends_with_its_source(payer: str) -> None:
    found = sections(payer)
    for heading in ("Filing", "Not covered", "Limits", "Coverage policies", "Stop loss"):
        assert all(one.endswith("]") for one in found.get(heading, ()))
    assert all(one.endswith("]") for one in found["Prices, the first that knows the service"])
