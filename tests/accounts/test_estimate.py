"""Good-faith estimates: by when, what they say, their prices, and disputes."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_patients import money, pages

from codinglab.accounts.estimate import EstimateRefused, due
from codinglab.accounts.estimate_dispute import Billed, dispute
from codinglab.accounts.estimate_file import EstimateFile, made, read_estimate
from codinglab.accounts.estimate_pdf import as_pdf
from codinglab.accounts.estimate_text import as_text
from codinglab.core.dates import NotInForce
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, read_yaml

FILE = data_folder("curriculum") / "accounts" / "patient" / "examples" / "estimate.yml"
GOLDEN = Path(__file__).parents[1] / "golden" / "statements"
PRACTICE = "1234567893"


def changed(**more: object):
    return made(read_yaml(FILE, EstimateFile).model_copy(update=more))


@pytest.mark.parametrize(
    ("scheduled", "service", "last"),
    [
        # 3 July 2026 is a holiday (the 4th is a Saturday): ten working days after 1 July are
        # 2, 6, 7, 8, 9, 10, 13, 14, 15, 16 July; three are 2, 6, 7
        (date(2026, 7, 1), date(2026, 7, 16), date(2026, 7, 7)),
        (date(2026, 7, 1), date(2026, 7, 15), date(2026, 7, 2)),
        (date(2026, 7, 1), date(2026, 7, 7), date(2026, 7, 2)),
        (date(2026, 7, 1), date(2026, 7, 6), None),
        # Thanksgiving is 26 November 2026: three working days after Monday 23 are 24, 25, 27
        (date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 24)),
        (date(2026, 11, 23), date(2026, 11, 26), None),
        # the day after Wednesday 25 is the holiday, so one working day after it is Friday 27
        (date(2026, 11, 25), date(2026, 12, 1), date(2026, 11, 27)),
        # scheduled on a Saturday: three working days after it are Monday to Wednesday
        (date(2026, 3, 7), date(2026, 3, 11), date(2026, 3, 9)),
        (date(2026, 3, 7), date(2026, 3, 10), None),
    ],
)
def test_an_estimate_is_due_one_or_three_working_days_after_scheduling(
    scheduled: date, service: date, last: date | None
) -> None:
    assert due(scheduled=scheduled, asked=None, service=service).day == last


def test_whoever_asks_has_it_within_three_working_days() -> None:
    # Wednesday 25 November 2026: Friday 27, Monday 30, Tuesday 1 December
    found = due(scheduled=None, asked=date(2026, 11, 25), service=None)
    assert found.day == date(2026, 12, 1)
    assert found.steps == (
        "asked on 2026-11-25: within 3 business days, 2026-12-01 (45 CFR 149.610(b)(1)(vi)(C))",
    )


def test_of_two_deadlines_the_earlier_holds() -> None:
    # asked on 2 July: 6, 7, 8 July; scheduled on 6 July for 10 July (7, 8, 9): 7 July
    found = due(scheduled=date(2026, 7, 6), asked=date(2026, 7, 2), service=date(2026, 7, 10))
    assert (found.day, len(found.steps)) == (date(2026, 7, 7), 2)
    late = due(scheduled=date(2026, 7, 6), asked=date(2026, 7, 1), service=date(2026, 7, 7))
    assert late.day == date(2026, 7, 7)  # too short for one by scheduling


def test_no_day_or_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(EstimateRefused, match="neither scheduled nor asked for"):
        due(scheduled=None, asked=None, service=date(2026, 7, 1))
    for service in (None, date(2026, 6, 30)):
        with pytest.raises(EstimateRefused, match="say a day of service that is not earlier"):
            due(scheduled=date(2026, 7, 1), asked=None, service=service)


def test_before_2022_no_estimate_was_due() -> None:
    with pytest.raises(NotInForce):
        due(scheduled=None, asked=date(2021, 12, 31), service=None)


def test_prices_are_those_of_the_self_pay_contract_or_the_list() -> None:
    found = read_estimate(FILE)
    # 150 x 0.60 = 90; 320 x 0.60 = 192; the laboratory takes its list: 40
    assert [[str(one.expected) for one in part.items] for part in found.parts] == [
        ["90.00", "192.00"],
        ["40.00"],
    ]
    assert [one.total for one in found.parts] == [money("282.00"), money("40.00")]
    assert found.total == money("322.00")
    assert found.parts[0].items[0].how == "60 percent of charge: 150.00 x 0.60"


def test_units_multiply_the_charge() -> None:
    told = read_yaml(FILE, EstimateFile)
    (item,) = told.providers[1].items
    row = told.providers[1].model_copy(
        update={"items": (item.model_copy(update={"units": money("3")}),)}
    )
    found = changed(providers=(told.providers[0], row))
    assert found.parts[1].total == money("120.00")  # 3 x 40


def test_an_estimate_made_after_its_day_is_late() -> None:
    assert not changed(made=date(2026, 7, 7)).late
    assert changed(made=date(2026, 7, 8)).late


def test_what_is_missing_is_named() -> None:
    told = read_yaml(FILE, EstimateFile)
    with pytest.raises(EstimateRefused, match="Harbor Family Medicine PC, 11401: no charge"):
        changed(charges={"99213": money("150"), "85025": money("40")})
    wrong = told.providers[0].model_copy(update={"prices": "TRN01"})
    with pytest.raises(EstimateRefused, match="'TRN01' is no self-pay contract; known: TRNSP"):
        changed(providers=(wrong,))
    item = told.providers[1].items[0].model_copy(update={"code": "Q9999"})
    row = told.providers[1].model_copy(update={"items": (item,)})
    with pytest.raises(EstimateRefused, match="this lab has no words for it"):
        changed(providers=(row,), charges={"Q9999": money("1")})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1234567893", "1234567890", "the last digit of 1234567890 does not fit"),
        ("1352660660", "1234567893", "a provider stands twice"),
        ("42-1234567", "42123", "tax_id"),
        ("state: OH", "state: Ohio", "state"),
        ("made: 2026-07-02", "made: soon", "made"),
    ],
)
def test_a_file_that_says_it_wrongly_is_told_where(tmp_path, old: str, new: str, said: str) -> None:
    file = tmp_path / "estimate.yml"
    file.write_text(FILE.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadData, match=said):
        read_estimate(file)


def test_it_says_all_that_the_regulation_asks_for() -> None:
    text = " ".join(as_text(read_estimate(FILE)).split())
    for said in (
        "Mara Quill, born 1984-06-02",  # (i)
        "taking a harmless growth off the back; day: 2026-07-20",  # (ii)
        "Harbor Family Medicine PC",  # (iii), grouped by provider
        "99213-25 office visit, patient known to the practice, level 3 (for D22.5)",  # (iv)
        "$90.00",
        "NPI 1234567893, tax number 42-1234567, 100 Pier Street, Millbrook, OH",  # (v)
        "a visit to take the stitches out",  # (vi)
        "must be scheduled separately",
        "Other services may be recommended",
        "This is only an estimate",
        "at least $400 more than its total here",
        "within 120 calendar days of the first such bill; the fee is $25",
        "A dispute will not make your care any worse.",
        "This estimate is no contract.",
    ):
        assert said in text


def test_the_pdf_read_back_is_the_golden_text() -> None:
    (found,) = pages(as_pdf(read_estimate(FILE)))
    assert found + "\n" == (GOLDEN / "estimate.txt").read_text("utf-8")


def test_every_amount_of_the_text_is_in_the_pdf() -> None:
    one = read_estimate(FILE)
    amounts = set(re.findall(r"\$[\d,.]*\d", as_text(one)))
    assert amounts == set(re.findall(r"\$[\d,.]*\d", pages(as_pdf(one))[0]))


def test_a_long_estimate_goes_on_and_keeps_its_disclaimers() -> None:
    one = read_estimate(FILE)
    part = one.parts[0]
    many = replace(one, parts=(replace(part, items=part.items * 40),))
    found = pages(as_pdf(many))
    assert len(found) == 3
    assert "Expected charges: $11,280.00" in found[0]  # 40 x 282
    assert sum(page.count("99213-25") for page in found) == 40
    assert "99213-25" in found[0]  # the first page is not left blank
    assert "This estimate is no contract." in found[-1]


def billed(amount: str, received: date = date(2026, 8, 3), npi: str = PRACTICE) -> Billed:
    return Billed(npi, money(amount), received)


def test_four_hundred_dollars_above_may_be_disputed_and_a_cent_less_may_not() -> None:
    one = read_estimate(FILE)
    # 682.00 - 282.00 = 400.00
    found = dispute(one, billed("682.00"), date(2026, 8, 10))
    assert (found.may, found.excess, found.fee) == (True, money("400.00"), money("25"))
    assert found.meanwhile[1] == "no late fees accrue on the disputed part"
    less = dispute(one, billed("681.99"), date(2026, 8, 10))
    assert (less.may, less.until, less.meanwhile) == (False, None, ())


def test_a_dispute_may_start_until_the_120th_day_after_the_bill_came() -> None:
    one = read_estimate(FILE)
    # 3 August + 120 days: 28 to 31 August, 58, 89, 119 to 30 November, so 1 December
    assert dispute(one, billed("700.00"), date(2026, 12, 1)).may
    late = dispute(one, billed("700.00"), date(2026, 12, 2))
    assert (late.may, late.until) == (False, date(2026, 12, 1))
    assert late.source == "45 CFR 149.620(c)(1)"


def test_a_bill_is_disputed_neither_before_it_came_nor_before_its_estimate() -> None:
    one = read_estimate(FILE)  # made on 2026-07-02
    with pytest.raises(EstimateRefused, match="the bill came on 2026-08-03: ask"):
        dispute(one, billed("700.00"), date(2026, 8, 2))
    assert dispute(one, billed("700.00"), date(2026, 8, 3)).may
    with pytest.raises(EstimateRefused, match="the estimate was made on 2026-07-02"):
        dispute(one, billed("700.00", date(2026, 7, 1)), date(2026, 8, 3))


def test_each_provider_is_compared_with_its_own_total() -> None:
    one = read_estimate(FILE)
    # the laboratory: 439.99 - 40.00 = 399.99, though both together are 799.99 above
    assert not dispute(one, billed("439.99", npi="1352660660"), date(2026, 8, 10)).may


def test_a_provider_that_the_estimate_does_not_name_is_told() -> None:
    with pytest.raises(EstimateRefused, match="no provider 1487776669; it has 1234567893 Harbor"):
        dispute(read_estimate(FILE), billed("700.00", npi="1487776669"), date(2026, 8, 10))
