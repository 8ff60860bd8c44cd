"""Fees worked by hand to the cent, on published values; the sum stands above each expectation.

Values: CMS PPRRVU 2025 (RVU25A, RVU25D), GPCI2025 and ANES2025. The relative values of 2026 are
those of 2025 here (the teaching schedule), its conversion factors the published ones. Nothing is
rounded before the last step. CMS itself rounds earlier: its carrier files carry whole cents, so
that a contractor's share of an amount (85 %, 95 %, 50 %) may differ from these by a cent.
"""

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from toy_schedule import PHYSICIAN, amounts, code, dollars, lines, prices, toy

from codinglab.encounter.circumstances import Practitioner
from codinglab.pricing.physician import price
from codinglab.pricing.physician_terms import LinePrice, Terms

DAY, LATER = date(2025, 3, 3), date(2026, 3, 2)
NPP = replace(PHYSICIAN, practitioner=Practitioner("nonphysician practitioner"))
ALABAMA = Terms("10112-00", participating=True, place_of_service="11")
IOWA = replace(ALABAMA, locality="05102-00")
CHICAGO = replace(ALABAMA, locality="06102-16")
ALASKA = replace(ALABAMA, locality="02102-01")
HOUSTON = replace(ALABAMA, locality="04412-18")
MIAMI = replace(ALABAMA, locality="09102-04")
MANHATTAN = replace(ALABAMA, locality="13202-01")


def paid(
    terms: Terms, *written: str, place: str | None = None, day: date = DAY
) -> list[Decimal | None]:
    found = price(lines(*written, place=place), PHYSICIAN, terms, day)
    return [one.price.amount if one.price else None for one in found]


def one(terms: Terms, written: str) -> LinePrice:
    (found,) = price(lines(written), PHYSICIAN, terms, DAY)
    return found


def test_a_level_4_visit_in_a_chicago_office() -> None:
    # 1.92 x 1.007 + 1.80 x 1.023 + 0.15 x 2.018 = 1.93344 + 1.84140 + 0.30270 = 4.07754
    # 4.07754 x 32.3465 = 131.894148...
    assert paid(CHICAGO, "99214") == dollars("131.89")


def test_an_emergency_visit_in_alaska_has_work_at_one_and_a_half() -> None:
    # 4.00 x 1.5 + 0.79 x 1.081 + 0.43 x 0.592 = 6.00000 + 0.85399 + 0.25456 = 7.10855
    # 7.10855 x 32.3465 = 229.936713...
    assert paid(ALASKA, "99285", place="23") == dollars("229.94")


@pytest.mark.parametrize(("qualifying", "amount"), [(False, "121.31"), (True, "121.92")])
def test_2026_has_one_factor_for_advanced_payment_models_and_one_for_the_rest(
    qualifying: bool, amount: str
) -> None:
    # 1.92 x 1 + 1.80 x 0.913 + 0.15 x 0.457 = 1.92000 + 1.64340 + 0.06855 = 3.63195
    # x 33.4009 = 121.310399..., x 33.5675 = 121.915482...
    terms = replace(IOWA, schedule="teaching", qualifying_apm=qualifying)
    assert paid(terms, "99214", day=LATER) == dollars(amount)


def test_reading_a_heart_tracing_in_miami_where_malpractice_counts_two_and_a_half() -> None:
    # 0.17 x 1 + 0.06 x 1.027 + 0.01 x 2.5 = 0.17000 + 0.06162 + 0.02500 = 0.25662
    # 0.25662 x 32.3465 = 8.300758...
    assert paid(MIAMI, "93010", place="22") == dollars("8.30")


def test_both_knees_by_50_pay_150_percent() -> None:
    # 0.79 x 1.014 + 1.04 x 1.003 + 0.13 x 1.409 = 0.80106 + 1.04312 + 0.18317 = 2.02735
    # 2.02735 x 32.3465 = 65.577677...; x 1.5 = 98.366515...
    assert paid(HOUSTON, "20610-50") == dollars("98.37")
    # on two lines: 65.577677 and half of it, 32.788838
    assert paid(HOUSTON, "20610-RT", "20610-LT") == dollars("65.58", "32.79")


def test_who_does_not_participate_has_95_percent_of_it() -> None:
    # 98.366515... x 0.95 = 93.448189...
    assert paid(replace(HOUSTON, participating=False), "20610-50") == dollars("93.45")


def test_films_of_both_wrists_pay_each_in_full() -> None:
    # 0.16 + 0.83 x 0.869 + 0.02 x 0.575 = 0.16000 + 0.72127 + 0.01150 = 0.89277
    # 0.89277 x 32.3465 = 28.877985...; twice 57.755970... (bilateral indicator 3)
    assert paid(ALABAMA, "73100-50") == dollars("57.76")


def test_a_code_without_sides_pays_once_for_both() -> None:
    # 1.22 + 2.49 x 0.869 + 0.13 x 0.575 = 1.22000 + 2.16381 + 0.07475 = 3.45856
    # 3.45856 x 32.3465 = 111.872311... (bilateral indicator 0)
    assert paid(ALABAMA, "10060-50") == dollars("111.87")
    assert paid(ALABAMA, "10060-RT", "10060-LT") == dollars("111.87", "0.00")
    # told apart as another site it is a second procedure: half, 55.936155...
    assert paid(ALABAMA, "10060-RT", "10060-LT-XS") == dollars("111.87", "55.94")


def test_both_sides_are_counted_before_the_rank() -> None:
    # 12032: 2.52 + 6.28 x 0.869 + 0.29 x 0.575 = 8.14407; x 32.3465 = 263.432160...
    # 20610: 0.79 + 1.04 x 0.869 + 0.13 x 0.575 = 1.76851; x 32.3465 = 57.205109...
    # 20610-50 is 85.807663..., second in rank: 42.903831...
    assert paid(ALABAMA, "20610-50", "12032") == dollars("42.90", "263.43")


def test_a_broken_wrist_is_divided_between_surgeon_and_follow_up() -> None:
    # 25605, office: 6.25 + 9.37 x 0.913 + 1.27 x 0.457 = 6.25000 + 8.55481 + 0.58039 = 15.38520
    # 15.38520 x 32.3465 = 497.657372...; 54: x (0.10 + 0.69) = 393.149324...
    # 55: x 0.21 = 104.508048...; 78: x 0.69 = 343.383587...; 54 and 55 are the whole, 497.66
    assert paid(IOWA, "25605-54") == dollars("393.15")
    assert paid(IOWA, "25605-55") == dollars("104.51")
    assert paid(IOWA, "25605-56") == dollars("0.00")
    assert paid(IOWA, "25605-78") == dollars("343.38")


def test_film_and_cassette_lower_the_technical_part_alone() -> None:
    # 73100: professional 0.16 + 0.07 x 0.869 + 0.01 x 0.575 = 0.22658; x 32.3465 = 7.329070...
    # technical 0.76 x 0.869 + 0.01 x 0.575 = 0.66619; x 32.3465 = 21.548915...
    # FX: 7.329070 + 21.548915 x 0.80 = 24.568202...; TC-FY: 21.548915 x 0.90 = 19.394023...
    assert paid(ALABAMA, "73100-FX") == dollars("24.57")
    assert paid(ALABAMA, "73100-TC-FY") == dollars("19.39")
    assert paid(ALABAMA, "73100-26-FX") == dollars("7.33")
    # both wrists on film: 24.568202 x 2 = 49.136404...
    assert paid(ALABAMA, "73100-50-FX") == dollars("49.14")


def test_an_old_scanner_is_reduced_where_the_technical_part_stands_apart() -> None:
    # 70450-TC in Manhattan 77.476337... x 0.85 = 65.854886...
    assert paid(MANHATTAN, "70450-TC-CT") == dollars("65.85")
    whole = one(MANHATTAN, "70450-CT")
    assert (whole.price, whole.outcome) == (None, "unknown")
    assert "bill the two parts on lines of their own, 26 and TC" in whole.said


def test_two_heads_scanned_in_one_session_and_in_two() -> None:
    # 26: 1.33295 x 32.3465 = 43.116267...; TC: 2.39520 x 32.3465 = 77.476337...
    # first whole 43.116267 + 77.476337 = 120.592604...
    # second 43.116267 x 0.95 + 77.476337 x 0.50 = 40.960453 + 38.738168 = 79.698622...
    assert paid(MANHATTAN, "70450", "70450-76") == dollars("120.59", "79.70")
    assert paid(MANHATTAN, "70450", "70450-76-XE") == dollars("120.59", "120.59")
    assert paid(MANHATTAN, "70450-26", "70450-26-76") == dollars("43.12", "40.96")


def test_a_nurse_practitioner_has_85_percent_of_a_repair() -> None:
    # 263.432160... x 0.85 = 223.917336...
    (found,) = price(lines("12032"), NPP, ALABAMA, DAY)
    assert found.price is not None
    assert found.price.amount == Decimal("223.92")
    # billed as incident to the physician's service: all of it
    (found,) = price(lines("12032"), NPP, replace(ALABAMA, billed_by="physician"), DAY)
    assert found.price is not None
    assert found.price.amount == Decimal("263.43")


def test_a_line_that_cannot_be_paid_says_by_which_modifier() -> None:
    found = one(ALABAMA, "11721-GZ")
    assert found.price is not None
    assert (found.price.amount, found.outcome) == (Decimal("0.00"), "nothing")
    assert found.said == (
        "11721-GZ: nothing is paid, denial expected and no notice given "
        "(CMS transmittal on the automatic denial of GZ lines (CR 7228))"
    )
    assert one(ALABAMA, "11721-GY").outcome == "nothing"
    (note,) = one(ALABAMA, "11721-GA").notes
    assert note.startswith("11721-GA: a denial is expected, and the patient then pays;")


def test_what_pays_nothing_by_its_modifier_takes_no_rank() -> None:
    # 10060 alone 111.872311..., though the dearer 12032 stands beside it
    assert paid(ALABAMA, "12032-GZ", "10060") == dollars("0.00", "111.87")


def ranked(name: str, work: str, **said: str) -> dict[str, str]:
    return code(name, work, multiple="2", **said)


def test_a_return_to_the_operating_room_takes_no_rank(tmp_path: Path) -> None:
    said = {"global_days": "090", "bilateral": "1"}
    home = toy(tmp_path, ranked("A0001", "10", **said), ranked("A0002", "20", **said))
    # 100 x 0.80 and 200 x 0.80: the complications rules, and not the multiple surgery rules too
    assert amounts(home, "A0001-78", "A0002-78") == dollars("80.00", "160.00")
    # an operation of the same day keeps its own rank
    assert amounts(home, "A0001", "A0002-78") == dollars("100.00", "160.00")
    # nor the bilateral rule: each side is 100 x 0.80
    assert amounts(home, "A0001-78-LT", "A0001-78-RT") == dollars("80.00", "80.00")
    (both,) = prices(home, "A0001-50-78")
    assert both.outcome == "unknown"
    assert "50 and 78 on one line contradict each other" in both.said


def test_the_value_of_indicator_2_is_that_of_both_sides(tmp_path: Path) -> None:
    home = toy(tmp_path, ranked("A0001", "10", bilateral="2"), ranked("A0002", "20"))
    assert amounts(home, "A0001-LT", "A0001-RT") == dollars("100.00", "0.00")
    assert amounts(home, "A0001 x2") == dollars("100.00")
    # beside another operation the two lines are one procedure, half of 100
    assert amounts(home, "A0001-LT", "A0001-RT", "A0002") == dollars("50.00", "0.00", "200.00")
    # another encounter of the day is no second side
    assert amounts(home, "A0001-LT", "A0001-RT-XE") == dollars("100.00", "50.00")


def test_assistants_are_paid_after_sides_and_rank(tmp_path: Path) -> None:
    home = toy(tmp_path, ranked("A0001", "10", bilateral="1"), ranked("A0002", "20"))
    # A0002-80: 200 x 0.16 = 32; A0001-50-80: 150 x 0.50 x 0.16 = 12
    assert amounts(home, "A0002-80", "A0001-50-80") == dollars("32.00", "12.00")
    # AS: 200 x 0.85 x 0.16 = 27.20; 75 x 0.136 = 10.20
    assert amounts(home, "A0002-AS", "A0001-50-AS") == dollars("27.20", "10.20")
    # two surgeons: 200 x 0.625 = 125; 75 x 0.625 = 46.875, half a cent up 46.88
    assert amounts(home, "A0002-62", "A0001-50-62") == dollars("125.00", "46.88")


def test_therapy_by_an_assistant_has_85_percent_after_the_ranking(tmp_path: Path) -> None:
    said = {"multiple": "5", "pctc": "7", "global_days": "XXX", "nonfacility_pe_rvu": "3"}
    home = toy(tmp_path, code("A0001", "4", **said))
    # two units: 70 + (40 + 30 x 0.5 = 55) = 125; x 0.85 = 106.25
    assert amounts(home, "A0001-CQ x2") == dollars("106.25")


def test_a_social_worker_has_three_quarters(tmp_path: Path) -> None:
    home = toy(tmp_path, code("A0001", "10"))
    assert amounts(home, "A0001-AJ") == dollars("75.00")
    # no physician, and not reduced a second time: 100 x 0.75
    (found,) = price(
        lines("A0001-AJ", place="11"), NPP, Terms("toy-1", participating=True), DAY, home
    )
    assert found.price is not None
    assert found.price.amount == Decimal("75.00")


def test_more_work_is_priced_as_usual_with_a_note(tmp_path: Path) -> None:
    (found,) = prices(toy(tmp_path, code("A0001", "10")), "A0001-22")
    assert found.notes == (
        "A0001-22: the contractor may pay more by the record; this is the usual amount",
    )
