"""The physician fee schedule on published figures: every price can be done again by hand."""

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from toy_schedule import PHYSICIAN, lines

from codinglab.codes.billing import PLACES
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.encounter.circumstances import Circumstances, Practitioner
from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.physician import LinePrice, price, total, unpriced
from codinglab.pricing.physician_schedule import MissingFact, schedule_on
from codinglab.pricing.physician_terms import Terms

DAY, LATER = date(2025, 3, 3), date(2026, 3, 2)
MANHATTAN = Terms("13202-01", participating=True, place_of_service="11")
ALABAMA = replace(MANHATTAN, locality="10112-00")
TEACHING = replace(MANHATTAN, schedule="teaching", qualifying_apm=False)


def one(
    written: str, terms: Terms = MANHATTAN, place: str | None = None, day: date = DAY
) -> LinePrice:
    (found,) = price(lines(written, place=place), PHYSICIAN, terms, day)
    return found


def amount(written: str, terms: Terms = MANHATTAN, place: str | None = None) -> Decimal:
    found = one(written, terms, place).price
    assert found is not None
    return found.amount


def test_an_office_visit_in_manhattan() -> None:
    # 1.30 x 1.065 + 1.35 x 1.166 + 0.10 x 1.656 = 1.3845 + 1.5741 + 0.1656 = 3.1242
    # 3.1242 x 32.3465 = 101.0569353, half a cent up: 101.06
    found = one("99213")
    assert found.price is not None
    assert found.price.amount == Decimal("101.06")
    (step,) = found.price.steps
    assert step.how == "(1.30 x 1.065 + 1.35 x 1.166 + 0.10 x 1.656) x 32.3465"
    assert step.amount == Decimal("101.0569353")
    assert step.source == (
        "CMS PPRRVU 2025 RVU25D; indices 13202-01 Manhattan; factor: CMS PPRRVU 2025 RVU25D"
    )
    assert found.used == ("pfs_values 2025", "pfs_indices 2025", "pfs_factors 2025")


def test_the_same_visit_in_a_hospital_pays_the_facility_expense() -> None:
    # 1.3845 + 0.57 x 1.166 + 0.1656 = 1.3845 + 0.66462 + 0.1656 = 2.21472
    # 2.21472 x 32.3465 = 71.63844...
    assert amount("99213", place="22") == Decimal("71.64")


# CMS's carrier file of Alabama, January 2025 (PFAL25A): office, facility. Its indices are
# 1.000, 0.869 and 0.575; 10060 in the office:
# (1.22 + 2.49 x 0.869 + 0.13 x 0.575) x 32.3465 = 3.45856 x 32.3465 = 111.87
CARRIER = {
    "10060": ("111.87", "95.01"),
    "10061": ("188.55", "163.82"),
    "10120": ("131.64", "93.69"),
    "10140": ("147.77", "105.89"),
    "10160": ("113.68", "86.13"),
    "11400": ("110.52", "74.82"),
    "11401": ("135.17", "94.13"),
    "11721": ("39.86", "21.87"),
    "12001": ("81.31", "39.70"),
    "12002": ("99.15", "52.21"),
    "12011": ("97.26", "49.48"),
    "12013": ("101.55", "51.52"),
    "12032": ("263.43", "169.55"),
    "12034": ("289.69", "182.87"),
    "12041": ("227.27", "130.01"),
    "12042": ("268.97", "174.81"),
    "12051": ("244.08", "150.47"),
    "12052": ("273.62", "178.05"),
    "12053": ("314.15", "192.15"),
}


@pytest.mark.parametrize(("code", "published"), CARRIER.items())
def test_prices_are_those_of_the_carrier_file_to_the_cent(
    code: str, published: tuple[str, str]
) -> None:
    here = tuple(str(amount(code, ALABAMA, place)) for place in ("11", "22"))
    assert here == published


def test_the_parts_of_an_image_add_up_to_the_whole() -> None:
    # Manhattan, office: work 0.85 x 1.065 = 0.90525
    # 26: 0.90525 + 0.31 x 1.166 + 0.04 x 1.656 = 1.33295 x 32.3465 = 43.1162...
    # TC: 2.04 x 1.166 + 0.01 x 1.656 = 2.3952 x 32.3465 = 77.4763...
    # whole: 0.90525 + 2.35 x 1.166 + 0.05 x 1.656 = 3.72815 x 32.3465 = 120.5926...
    assert amount("70450-26") == Decimal("43.12")
    assert amount("70450-TC") == Decimal("77.48")
    assert amount("70450") == Decimal("120.59")


def test_in_a_hospital_the_technical_part_is_the_hospitals() -> None:
    found = one("70450", place="22")
    assert found.price is not None
    assert found.price.amount == 0
    assert found.outcome == "nothing"
    assert found.said == (
        "the technical part of 70450 is the hospital's in place 22 (bill the professional part "
        "alone with 26)"
    )
    assert amount("70450-26", place="22") == Decimal("43.12")
    assert one("96372", place="23").outcome == "nothing"


def test_a_stopped_screening_has_values_of_its_own() -> None:
    # (1.63 x 1 + 3.22 x 0.869 + 0.22 x 0.575) x 32.3465 = 4.55468 x 32.3465 = 147.33
    assert amount("G0121-53", ALABAMA) == Decimal("147.33")
    found = one("99213-53")
    assert (found.price, found.outcome) == (None, "by report")


@pytest.mark.parametrize(
    ("code", "outcome", "said"),
    [
        ("36415", "elsewhere", "another fee schedule"),
        ("J3301", "elsewhere", "as a drug or item"),
        ("36416", "nothing", "bundled into other services"),
        ("99396", "nothing", "not covered by Medicare"),
        ("99998", "unknown", r"99998 is not in this lab's table (pfs_values 2025) on 2025-03-03"),
        ("99213-26", "unknown", "99213-26 is not in this lab's table (pfs_values 2025)"),
    ],
)
def test_what_the_schedule_does_not_pay_says_why(code: str, outcome: str, said: str) -> None:
    found = one(code)
    assert found.outcome == outcome
    assert said in found.said
    assert (found.price is not None) == (outcome == "nothing")


def test_2025_values_never_price_2026_unasked() -> None:
    terms = replace(MANHATTAN, qualifying_apm=False)
    with pytest.raises(NotInForce, match="pfs_values: nothing in force on 2026-01-01") as told:
        one("99213", terms, day=date(2026, 1, 1))
    assert "import the official relative values" in str(told.value)
    assert one("99213", day=date(2025, 12, 31)).price is not None


def test_the_teaching_schedule_prices_2026_by_name_and_says_so() -> None:
    # 3.1242 x 33.4009 = 104.3510..., and x 33.5675 = 104.8715...
    found = one("99213", TEACHING, day=LATER)
    assert found.price is not None
    assert found.price.amount == Decimal("104.35")
    assert found.notes == (
        "made-up schedule (pfs_teaching 2026): relative values of 2025 carried into 2026",
        "made-up schedule (pfs_teaching 2026): geographic indices of 2025 carried into 2026",
    )
    assert found.used[0] == "pfs_teaching 2026"
    assert all(note in found.as_text() for note in found.notes)
    other = one("99213", replace(TEACHING, qualifying_apm=True), day=LATER)
    assert other.price is not None
    assert other.price.amount == Decimal("104.87")


def test_there_is_no_teaching_schedule_for_a_published_year() -> None:
    with pytest.raises(NotInForce, match="pfs_teaching: nothing in force on 2025-12-31"):
        one("99213", replace(TEACHING, qualifying_apm=None), day=date(2025, 12, 31))


def test_2026_needs_to_know_the_payment_model() -> None:
    with pytest.raises(MissingFact, match="say whether the practitioner is a qualifying"):
        one("99213", replace(TEACHING, qualifying_apm=None), day=LATER)


def test_facts_that_nobody_stated_are_errors_and_never_guesses() -> None:
    unknown = Circumstances("professional", "Medicare")
    with pytest.raises(MissingFact, match="nobody says who rendered them"):
        price(lines("99213"), unknown, MANHATTAN, DAY)
    staff = replace(unknown, practitioner=Practitioner("clinical staff"))
    with pytest.raises(MissingFact, match="say who bills"):
        price(lines("99213"), staff, MANHATTAN, DAY)
    with pytest.raises(MissingFact, match="a bill of a hospital"):
        price(lines("99213"), replace(PHYSICIAN, setting="outpatient"), MANHATTAN, DAY)
    with pytest.raises(NotInTable, match=r"99999-99 is not in this lab's table \(pfs_indices 2025"):
        one("99213", replace(MANHATTAN, locality="99999-99"))


def test_units_and_place_must_be_stated() -> None:
    bare = ServiceLine("99213", "line 1")
    (found,) = price((bare,), PHYSICIAN, MANHATTAN, DAY)
    assert (found.price, found.said) == (None, "the units are not stated; write x1")
    nowhere = replace(MANHATTAN, place_of_service=None)
    (found,) = price((replace(bare, units=1),), PHYSICIAN, nowhere, DAY)
    assert found.said == "the place of service is not stated; write pos 11, or where it was"


def test_a_nonphysician_practitioner_has_85_percent_and_incident_to_all() -> None:
    # 101.0569353 x 0.85 = 85.898...
    other = replace(PHYSICIAN, practitioner=Practitioner("nonphysician practitioner"))
    (found,) = price(lines("99213"), other, MANHATTAN, DAY)
    assert found.price is not None
    assert found.price.amount == Decimal("85.90")
    assert found.price.steps[1].how == "101.0569 x 0.85"
    (found,) = price(lines("99213"), other, replace(MANHATTAN, billed_by="physician"), DAY)
    assert found.price is not None
    assert found.price.amount == Decimal("101.06")


def test_who_does_not_participate_has_95_percent() -> None:
    # 101.0569353 x 0.95 = 96.0040...
    assert amount("99213", replace(MANHATTAN, participating=False)) == Decimal("96.00")


def test_oxygen_by_finger_is_paid_only_alone() -> None:
    # 0.10 x 1.166 + 0.01 x 1.656 = 0.13316 x 32.3465 = 4.3072...
    assert amount("94760") == Decimal("4.31")
    visit, reading = price(lines("99213", "94760"), PHYSICIAN, MANHATTAN, DAY)
    assert reading.price is not None
    assert reading.price.amount == 0
    assert "only where nothing else" in reading.said
    assert total((visit, reading)) == Decimal("101.06")


def test_a_laboratory_line_leaves_the_rest_priced() -> None:
    # 80053 was not looked up, but the lab knows it as a laboratory test, which no rank touches
    found = price(lines("12032", "81003", "80053"), PHYSICIAN, TEACHING, LATER)
    assert list(unpriced(found)) == ["line 2", "line 3"]
    assert [one.outcome for one in found] == [None, "elsewhere", "unknown"]
    assert found[0].price is not None


def test_a_payer_that_is_not_medicare_is_named() -> None:
    commercial = replace(PHYSICIAN, payer="commercial PPO")
    (found,) = price(lines("99213"), commercial, MANHATTAN, DAY)
    assert found.notes == ("Medicare's schedule; the payer is commercial PPO",)
    assert one("99213").notes == ()


def test_a_line_may_have_a_day_of_its_own() -> None:
    later = replace(lines("99213")[0], day=date(2026, 1, 1))
    terms = replace(MANHATTAN, qualifying_apm=False)
    with pytest.raises(NotInForce, match="2026-01-01"):
        price((*lines("99213"), later), PHYSICIAN, terms, DAY)


def test_rates_by_place_are_those_of_the_list_of_places() -> None:
    places = schedule_on(LATER, "13202-01", None, "teaching").places
    listed = {row.code: row.rate for row in PLACES.all_on(LATER) if row.rate}
    assert {code: row.rate for code, row in places.items()} == listed


def test_json_has_every_figure_as_text() -> None:
    said = one("99213").as_json()
    assert said["code"] == "99213"
    assert said["outcome"] is None
    assert said["used"] == ["pfs_values 2025", "pfs_indices 2025", "pfs_factors 2025"]
    assert isinstance(said["price"], dict)
    assert said["price"]["amount"] == "101.06"


def test_a_schedule_that_nobody_made_up_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no schedule 'teach'; the made-up one is called"):
        one("99213", replace(TEACHING, schedule="teach"), day=LATER)  # type: ignore[arg-type]
