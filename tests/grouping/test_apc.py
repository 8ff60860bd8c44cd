"""Outpatient claims, each grouped by hand beside it.

Rates of 2026, in dollars: 5012 136.02, 5022 156.87, 5023 278.89, 5024 426.30, 5025 608.43, 5051
204.98, 5052 415.32, 5101 166.02, 5112 1642.82, 5441 313.60, 5521 88.91, 5522 106.81, 5691 47.84,
5693 217.31, 8005 226.07, 8011 2672.15.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.encounter.coded import ServiceLine
from codinglab.grouping.apc import Outpatient, group
from codinglab.grouping.apc_discount import FORMULAS

DAY = date(2026, 4, 10)


def lines(*texts: str) -> list[ServiceLine]:
    """Return lines as "99283-25 x2 +1", which is one day later than DAY."""
    made = []
    for number, text in enumerate(texts, 1):
        code, *rest = text.split()
        name, *modifiers = code.split("-")
        units = next((int(one[1:]) for one in rest if one[0] == "x"), 1)
        later = next((int(one[1:]) for one in rest if one[0] == "+"), 0)
        day = DAY + timedelta(days=later)
        made.append(ServiceLine(name, f"line {number}", tuple(modifiers), units, day=day))
    return made


def claim(*texts: str) -> Outpatient:
    return group(lines(*texts), DAY)


def result(found: Outpatient) -> list[tuple[str, str, str]]:
    """Return status, APC and how many rates of each line; what packages it where it is packaged."""
    return [
        (one.status, one.apc.apc, one.multiple) if one.apc else (one.status, one.outcome, one.into)
        for one in found.lines
    ]


IN_1 = ("N", "packaged", "line 1")


def test_a_comprehensive_procedure_pays_the_claim_but_not_the_vaccine() -> None:
    # The wrist is set under J1; visit, films, tests and needle are in its payment. Giving the
    # influenza vaccine stands on the list of what a comprehensive payment leaves out.
    found = claim("25605-RT", "99284-25", "71046", "36415", "80053", "G0008", "90662")
    assert result(found) == [
        ("J1", "5112", "1"),
        *[IN_1] * 4,
        ("S", "5691", "1"),
        ("L", "cost", ""),
    ]
    assert found.open == ()


def test_the_highest_of_two_comprehensive_procedures_leads_and_the_claim_says_what_is_open() -> (
    None
):
    # 10140 has APC 5072 at 1687.37, 25605 APC 5112 at 1642.82.
    found = claim("25605-RT", "10140")
    assert result(found) == [("N", "packaged", "line 2"), ("J1", "5072", "1")]
    assert found.open == (
        (
            "line 2: several J1 procedures; the highest rate leads, since the ranks and complexity "
            "pairs of Addendum J are not at hand"
        ),
    )


def test_eight_hours_of_observation_with_a_visit_are_one_payment() -> None:
    found = claim("99284", "G0378 x8", "71046", "80053", "96374", "70450")
    assert result(found) == [("J2", "8011", "1"), *[IN_1] * 5]


def test_seven_hours_are_not_and_each_service_is_paid() -> None:
    found = claim("99284", "G0378 x7", "96374", "70450")
    assert result(found) == [("V", "5024", "1"), IN_1, ("S", "5693", "1"), ("S", "5522", "1")]


def test_observation_without_a_visit_is_packaged_and_nothing_is_paid_for_it() -> None:
    assert result(claim("G0378 x12")) == [("N", "packaged", "")]


@pytest.mark.parametrize(("visit", "apc"), [("99284", "8011"), ("99284 +-1", "8011")])
def test_the_visit_may_stand_on_the_day_before(visit: str, apc: str) -> None:
    found = claim(visit, "G0378 x12")
    assert found.lines[0].apc is not None
    assert found.lines[0].apc.apc == apc


def test_a_visit_two_days_before_does_not_make_the_comprehensive_payment() -> None:
    assert result(claim("99284", "G0378 x12 +2"))[0] == ("V", "5024", "1")


def test_surgery_on_the_day_of_observation_or_before_it_undoes_the_comprehensive_payment() -> None:
    found = claim("99284-25", "10060", "G0378 x12 +1")
    assert result(found) == [("V", "5024", "1"), ("T", "5051", "1"), IN_1]


def test_surgery_on_the_day_after_does_not() -> None:
    found = claim("99284-25", "G0378 x12", "10060 +1")
    assert result(found) == [("J2", "8011", "1"), IN_1, IN_1]


def test_a_direct_referral_with_eight_hours_is_observation() -> None:
    assert result(claim("G0379", "G0378 x8")) == [("J2", "8011", "1"), IN_1]


def test_a_direct_referral_with_fewer_hours_is_paid_like_the_highest_visit() -> None:
    assert result(claim("G0379", "G0378 x5")) == [("V", "5025", "1"), IN_1]


def test_a_direct_referral_beside_a_visit_is_packaged() -> None:
    assert result(claim("G0463", "G0379", "G0378 x5")) == [("V", "5012", "1"), IN_1, IN_1]


def test_a_direct_referral_without_hours_is_not_paid() -> None:
    assert result(claim("G0379")) == [("J2", "not paid", "")]


def test_lesser_t_procedures_of_a_day_are_paid_by_half() -> None:
    found = claim("12031", "10060", "20610-RT")
    assert result(found) == [("T", "5052", "1"), ("T", "5051", "0.5"), ("T", "5441", "0.5")]


def test_t_procedures_of_two_days_are_each_paid_whole() -> None:
    assert result(claim("10060", "12031 +1")) == [("T", "5051", "1"), ("T", "5052", "1")]


def test_a_repeated_t_procedure_is_not_reduced() -> None:
    assert result(claim("20610-RT", "20610-RT-76")) == [("T", "5441", "1"), ("T", "5441", "1")]


def test_a_repeated_procedure_takes_nobodys_place_as_the_highest() -> None:
    # 11750 at 415.32 is whole by 76; of the others 20610 at 313.60 is the highest.
    found = result(claim("11750-76", "20610-59", "10060-59"))
    assert found == [("T", "5052", "1"), ("T", "5441", "1"), ("T", "5051", "0.5")]


def test_the_second_unit_of_the_highest_is_paid_by_half() -> None:
    # 1 + 0.5 x (3 - 1) = 2 rates for three units
    found = claim("10060 x3")
    assert result(found) == [("T", "5051", "2")]
    assert found.lines[0].fraction == Decimal(2) / Decimal(3)


def test_both_sides_are_one_and_a_half_of_the_highest_and_one_of_a_lesser_procedure() -> None:
    # highest: 1 + 0.5; lesser: 2 x 0.5
    assert result(claim("20610-50")) == [("T", "5441", "1.5")]
    assert result(claim("20610-50", "12031")) == [("T", "5441", "1"), ("T", "5052", "1")]


def test_what_is_paid_once_where_nothing_takes_it_in_is_not_doubled_by_both_sides() -> None:
    # Of Q1 lines one unit of the highest is paid, and modifier 50 makes it no more.
    assert result(claim("73610-50")) == [("S", "5521", "1")]
    assert result(claim("73610-50 x2")) == [("S", "5521", "1")]


@pytest.mark.parametrize("modifier", ["73", "52"])
def test_a_procedure_given_up_before_anesthesia_is_paid_by_half(modifier: str) -> None:
    assert result(claim(f"25605-{modifier}")) == [("J1", "5112", "0.5")]
    assert result(claim(f"10060-{modifier}")) == [("T", "5051", "0.5")]


def test_a_procedure_given_up_under_anesthesia_is_paid_whole() -> None:
    assert result(claim("25605-74")) == [("J1", "5112", "1")]


def test_q1_is_packaged_beside_a_visit_and_paid_alone() -> None:
    assert result(claim("99282", "12001", "73610")) == [("V", "5022", "1"), IN_1, IN_1]
    assert result(claim("12001")) == [("T", "5051", "1")]


def test_the_highest_q1_takes_in_the_others() -> None:
    # 5051 at 204.98 against films at 88.91, and one unit of it is paid
    assert result(claim("73610", "12001 x2")) == [("N", "packaged", "line 2"), ("T", "5051", "1")]


def test_q1_is_packaged_by_claim_whatever_the_day() -> None:
    assert result(claim("99282", "73610 +1")) == [("V", "5022", "1"), IN_1]


def test_q2_is_packaged_beside_t_and_paid_beside_a_visit() -> None:
    assert result(claim("12031", "12041")) == [("T", "5052", "1"), IN_1]
    assert result(claim("99282-25", "12041")) == [("V", "5022", "1"), ("T", "5052", "1")]


def test_q2_and_q1_alone_leave_one_payment() -> None:
    assert result(claim("12001", "12041")) == [("N", "packaged", "line 2"), ("T", "5052", "1")]


def test_laboratory_tests_are_packaged_beside_others_and_by_their_schedule_alone() -> None:
    assert result(claim("99283", "80053", "36415")) == [("V", "5023", "1"), IN_1, IN_1]
    assert result(claim("80053", "36415")) == [("Q4", "other schedule", "")] * 2


def test_a_visit_that_is_not_paid_does_not_package_the_tests() -> None:
    assert result(claim("99213", "80053"))[1] == ("Q4", "other schedule", "")


def test_two_scans_of_a_kind_are_one_composite_and_one_is_paid_alone() -> None:
    assert result(claim("70450 x2")) == [("S", "8005", "1")]
    assert result(claim("70450", "70450-76")) == [("S", "8005", "1"), IN_1]
    assert result(claim("70450")) == [("S", "5522", "1")]


def test_scans_of_two_days_make_no_composite() -> None:
    assert result(claim("70450", "70450 +1")) == [("S", "5522", "1"), ("S", "5522", "1")]


def test_add_on_codes_of_status_n_are_packaged_and_drug_add_ons_are_paid() -> None:
    found = claim("96374", "96375 x2", "J2405 x4", "94760")
    assert result(found) == [("S", "5693", "1"), ("S", "5691", "2"), IN_1, IN_1]


def test_drugs_and_blood_are_paid_by_the_unit_and_packaged_into_j1() -> None:
    assert result(claim("99283", "J1439 x750"))[1] == ("K", "9441", "750")
    assert result(claim("99283", "P9016 x2"))[1] == ("R", "9512", "2")
    assert result(claim("25605-RT", "P9016 x2"))[1] == IN_1


def test_a_drug_for_pain_without_opioids_stays_beside_the_comprehensive_payment() -> None:
    assert result(claim("25605-RT", "J1885 x2"))[1] == ("K1", "0764", "2")


def test_an_inpatient_only_procedure_denies_its_day_and_no_other() -> None:
    found = claim("G0343", "99283", "99282 +1")
    assert result(found) == [("C", "denied", ""), ("J2", "denied", ""), ("V", "5022", "1")]


def test_modifier_ca_is_said_not_to_be_judged() -> None:
    assert claim("G0343-CA").open[0].startswith("line 1: modifier CA")


@pytest.mark.parametrize(
    ("code", "status"), [("99213", "B"), ("93000", "M"), ("99397", "E1"), ("E0114", "Y")]
)
def test_what_the_claim_never_pays_is_not_paid(code: str, status: str) -> None:
    assert result(claim("99283", code))[1] == (status, "not paid", "")


def test_an_ambulance_has_its_own_schedule_even_beside_a_comprehensive_payment() -> None:
    assert result(claim("25605-RT", "A0429"))[1] == ("A", "other schedule", "")


def test_each_line_says_why() -> None:
    found = claim("12031", "10060", "80053")
    assert found.as_text().splitlines() == [
        "line 1: 12031 T > T, APC 5052, 1 x 415.32 (status T: paid by APC 5052)",
        (
            "line 2: 10060 T > T, APC 5051, 0.5 x 204.98 (status T: paid by APC 5051; another T "
            "procedure of the day pays more: half)"
        ),
        "line 3: 80053 Q4 > N, packaged into line 1 (Q4 beside other services)",
    ]
    assert found.as_json()["lines"][1] == {
        "place": "line 2",
        "code": "10060",
        "published": "T",
        "status": "T",
        "apc": "5051",
        "rate": "204.98",
        "units": 1,
        "times": "0.5",
        "outcome": "paid",
        "into": None,
        "why": ["status T: paid by APC 5051", "another T procedure of the day pays more: half"],
    }


def test_no_line_is_left_open_in_any_pair_of_codes() -> None:
    codes = ["25605", "99284", "G0379", "12001", "12041", "70450", "80053", "J2405", "90662"]
    codes += ["J1885", "G0343", "99213", "10060", "G0008", "A0429", "P9016"]
    for one in codes:
        for other in codes:
            found = claim(one, other, "G0378 x9")
            assert [line.line.code for line in found.lines if line.outcome == "open"] == []


def test_a_line_without_units_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1: 99283 has no units; write x1"):
        group([ServiceLine("99283", "line 1")], DAY)


def test_a_code_that_the_table_lacks_says_what_to_import() -> None:
    with pytest.raises(NotInTable, match=r"J9999 is not in .*opps 2026.*import OPPS Addenda A and"):
        claim("J9999")


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_day_outside_the_year_is_refused(day: date) -> None:
    with pytest.raises(NotInForce, match="known: from 2026-01-01 until before 2027-01-01"):
        group(lines("99283"), day)


def test_a_drug_has_no_rate_before_and_after_its_quarter() -> None:
    drug = [ServiceLine("J1439", "line 1", (), 750)]
    assert group(drug, date(2026, 4, 1)).lines[0].rate == Decimal("1.12")
    assert group(drug, date(2026, 6, 30)).lines[0].rate == Decimal("1.12")
    for day in (date(2026, 3, 31), date(2026, 7, 1)):
        with pytest.raises(NotInTable, match="APC 9441 is not in"):
            group(drug, day)


def test_a_line_of_another_day_has_the_rate_of_that_day_and_never_the_claims() -> None:
    # The rate of the drug was published for April to June; the claim begins on 30 June.
    first = ServiceLine("96374", "line 1", (), 1)
    drug = ServiceLine("J1439", "line 2", (), 750, day=date(2026, 7, 1))
    with pytest.raises(NotInTable, match=r"APC 9441 is not in .* on 2026-07-01"):
        group([first, drug], date(2026, 6, 30))
    last_year = ServiceLine("99283", "line 2", (), 1, day=date(2025, 12, 31))
    with pytest.raises(NotInForce, match="opps: nothing in force on 2025-12-31"):
        group([first, last_year], date(2026, 1, 1))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("G0463-PO", "PO (a department off campus, whose clinic visits are paid less)"),
        ("71046-FX", "FX (a film X-ray, paid less)"),
        ("70450-CT", "CT (a CT scanner below the standard, paid less)"),
    ],
)
def test_a_modifier_whose_reduction_is_not_carried_is_said(line: str, says: str) -> None:
    assert claim(line).open == (f"line 1: modifier {says}",)
    assert claim(line.partition("-")[0]).open == ()


def test_the_formulas_are_the_publishers_times_units() -> None:
    # (1 + D(U - 1)) / U, T / U, (1 + D) / U, D, 2, 2D / U with D = T = 0.5 and U = 3
    half, three = Decimal("0.5"), Decimal(3)
    assert {number: formula(half, half, three) for number, formula in FORMULAS.items()} == {
        1: 3,
        2: 2,
        3: half,
        4: Decimal("1.5"),
        5: Decimal("1.5"),
        8: 6,
        9: 1,
    }
