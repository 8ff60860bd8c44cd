"""Both sides first, then the rank: the sums stand beside each expectation (10 dollars a unit)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from toy_schedule import amounts, code, dollars, prices, toy


def surgery(name: str, work: str, **said: str) -> dict[str, str]:
    return code(name, work, multiple="2", bilateral="1", **said)


def test_the_highest_operation_pays_whole_and_the_next_four_half(tmp_path: Path) -> None:
    home = toy(tmp_path, *(surgery(f"A000{n}", str(n)) for n in range(1, 7)))
    # in the order written 10, 20, 30, 40, 50: ranked 50, then half of 40, 30, 20, 10
    found = amounts(home, "A0001", "A0002", "A0003", "A0004", "A0005")
    assert found == dollars("5.00", "10.00", "15.00", "20.00", "50.00")


def test_the_sixth_is_priced_by_report(tmp_path: Path) -> None:
    home = toy(tmp_path, *(surgery(f"A000{n}", str(n)) for n in range(1, 7)))
    found = prices(home, *(f"A000{n}" for n in range(1, 7)))
    assert found[0].price is None
    assert found[0].outcome == "by report"
    assert found[1].price is not None


def test_both_sides_are_counted_before_the_rank(tmp_path: Path) -> None:
    home = toy(tmp_path, surgery("A0001", "10"), surgery("A0002", "12"))
    # A0001-50 is 100 x 1.5 = 150, above 120: it pays whole, and A0002 120 x 0.5 = 60.
    # Ranked first it would be 120 + 100 x 0.5 x 1.5 = 195; so it is 210.
    assert amounts(home, "A0001-50", "A0002") == dollars("150.00", "60.00")
    steps = [step.how for step in prices(home, "A0001-50", "A0002")[0].price.steps]
    assert steps[1:] == ["100.0000 x 1.50", "150.0000 x 1"]


def test_left_and_right_on_two_lines_are_one_procedure_at_150_percent(tmp_path: Path) -> None:
    home = toy(tmp_path, surgery("A0001", "10"), surgery("A0002", "20"))
    # the pair is 100 + 50 = 150, below 200: halved 50 + 25; A0002 whole
    assert amounts(home, "A0001-LT", "A0001-RT") == dollars("100.00", "50.00")
    assert amounts(home, "A0001-LT", "A0001-RT", "A0002") == dollars("50.00", "25.00", "200.00")
    assert amounts(home, "A0001-LT-RT") == dollars("150.00")


def test_two_of_one_side_are_two_procedures(tmp_path: Path) -> None:
    home = toy(tmp_path, surgery("A0001", "10"))
    assert amounts(home, "A0001-LT", "A0001-LT-59") == dollars("100.00", "50.00")


def test_bilateral_indicators_0_2_and_9_pay_once_and_3_twice(tmp_path: Path) -> None:
    home = toy(
        tmp_path,
        *(code(f"A000{n}", "10", bilateral=str(n)) for n in (0, 1, 2, 3, 9)),
    )
    found = amounts(home, "A0000-50", "A0001-50", "A0002-50", "A0003-50", "A0009-50")
    assert found == dollars("100.00", "150.00", "100.00", "200.00", "100.00")


def test_each_unit_of_an_operation_has_a_rank(tmp_path: Path) -> None:
    home = toy(tmp_path, surgery("A0001", "10"), code("A0002", "10"))
    assert amounts(home, "A0001 x2") == dollars("150.00")  # 100 + 100 x 0.5
    assert amounts(home, "A0002 x2") == dollars("200.00")  # indicator 0 has no rank


def test_other_days_and_assistants_have_ranks_of_their_own(tmp_path: Path) -> None:
    home = toy(tmp_path, surgery("A0001", "10"), surgery("A0002", "20"))
    # the assistant's 200 x 0.16 = 32 does not push the surgeon's line to half
    assert amounts(home, "A0001", "A0002-80") == dollars("100.00", "32.00")


def test_care_after_surgery_alone_takes_no_rank(tmp_path: Path) -> None:
    home = toy(tmp_path, surgery("A0001", "10"), surgery("A0002", "20"))
    assert amounts(home, "A0001", "A0002-55") == dollars("100.00", "20.00")  # 200 x 0.10


def test_what_pays_nothing_takes_no_rank(tmp_path: Path) -> None:
    home = toy(tmp_path, surgery("A0001", "10"), surgery("A0002", "20", co_surgeons="0"))
    assert amounts(home, "A0001", "A0002-62") == dollars("100.00", "0.00")


def test_an_unknown_line_leaves_ranks_unknown(tmp_path: Path) -> None:
    home = toy(tmp_path, surgery("A0001", "10"), code("A0002", "10"))
    ranked, plain, unknown = prices(home, "A0001", "A0002", "A0009")
    assert ranked.price is None
    assert "the rank is not known, because line 3 (A0009) has no value" in ranked.said
    assert plain.price is not None
    assert unknown.said == "A0009 is not in this lab's table (pfs_values 2025) on 2025-03-03"


def scope(name: str, work: str, base: str = "A0100") -> dict[str, str]:
    return code(name, work, multiple="3", global_days="000", endoscopic_base=base)


SCOPES = (
    code("A0100", "3", multiple="2", global_days="000"),
    scope("A0101", "5"),
    scope("A0102", "4"),
)


def test_a_family_of_endoscopies_pays_the_base_once(tmp_path: Path) -> None:
    home = toy(tmp_path, *SCOPES)
    # 50 whole, then 40 - 30 of the base = 10
    assert amounts(home, "A0101", "A0102") == dollars("50.00", "10.00")
    # the base itself adds 30 - 30 = 0
    assert amounts(home, "A0101", "A0100") == dollars("50.00", "0.00")
    assert amounts(home, "A0102") == dollars("40.00")


def test_a_family_ranks_as_one_procedure(tmp_path: Path) -> None:
    home = toy(tmp_path, *SCOPES, surgery("A0001", "8"), surgery("A0002", "5.5"))
    # family 50 + 10 = 60, below 80: A0001 whole, 25 + 5
    assert amounts(home, "A0101", "A0102", "A0001") == dollars("25.00", "5.00", "80.00")
    # and above 55: 50 + 10, A0002 half
    assert amounts(home, "A0101", "A0102", "A0002") == dollars("50.00", "10.00", "27.50")


def test_a_family_whose_base_has_no_value_is_not_priced(tmp_path: Path) -> None:
    home = toy(tmp_path, *SCOPES[1:])
    first, _ = prices(home, "A0101", "A0102")
    assert first.price is None
    assert first.said == (
        "the rank is not known: A0100 is not in this lab's table (pfs_values 2025) on 2025-03-03"
    )


def image(
    name: str, technical: str, professional: str, indicator: str = "4"
) -> list[dict[str, str]]:
    whole = str(int(technical) + int(professional))
    said = {"multiple": indicator, "pctc": "1", "global_days": "XXX", "imaging_family": "88"}
    return [
        code(name, "0", nonfacility_pe_rvu=whole, **said),
        code(name, "0", modifier="TC", nonfacility_pe_rvu=technical, **said),
        code(name, "0", modifier="26", nonfacility_pe_rvu=professional, **said),
    ]


def test_images_rank_their_technical_and_professional_parts_apart(tmp_path: Path) -> None:
    home = toy(tmp_path, *image("A0001", "8", "2"), *image("A0002", "6", "4"))
    # A0001: technical 80 whole, professional 20 x 0.95 = 19: 99
    # A0002: technical 60 x 0.50 = 30, professional 40 whole: 70
    assert amounts(home, "A0001", "A0002") == dollars("99.00", "70.00")
    assert amounts(home, "A0001-26", "A0002-26") == dollars("19.00", "40.00")
    assert amounts(home, "A0001-TC", "A0002-TC") == dollars("80.00", "30.00")
    assert amounts(home, "A0001") == dollars("100.00")


def test_heart_tests_lose_a_quarter_and_eye_tests_a_fifth_of_the_technical_part(
    tmp_path: Path,
) -> None:
    home = toy(
        tmp_path,
        *image("A0001", "8", "2", "6"),
        *image("A0002", "6", "4", "6"),
        *image("A0003", "8", "2", "7"),
        *image("A0004", "6", "4", "7"),
    )
    # 60 x 0.75 + 40 = 85, and 60 x 0.80 + 40 = 88
    assert amounts(home, "A0001", "A0002") == dollars("100.00", "85.00")
    assert amounts(home, "A0003", "A0004") == dollars("100.00", "88.00")


def test_a_whole_test_without_parts_in_the_table_is_not_guessed(tmp_path: Path) -> None:
    home = toy(
        tmp_path,
        code("A0001", "2", multiple="6", pctc="4"),
        *image("A0002", "6", "4", "6"),
    )
    assert amounts(home, "A0001") == dollars("20.00")
    first, _ = prices(home, "A0001", "A0002")
    assert first.price is None
    assert "the technical part of A0001 is not in the table" in first.said


def test_the_hospital_cap_comes_after_the_reduction_of_the_technical_part(tmp_path: Path) -> None:
    said = {"multiple": "4", "pctc": "1", "modifier": "TC", "opps_malpractice": "0"}
    home = toy(
        tmp_path,
        code("A0001", "0", nonfacility_pe_rvu="9", opps_nonfacility_pe="7", **said),
        code("A0002", "0", nonfacility_pe_rvu="8", opps_nonfacility_pe="3", **said),
    )
    assert amounts(home, "A0001-TC") == dollars("70.00")  # capped at 70 instead of 90
    # A0001 min(90, 70); A0002 min(80 x 0.50, 30) = 30
    assert amounts(home, "A0001-TC", "A0002-TC") == dollars("70.00", "30.00")


def test_therapy_pays_the_practice_expense_whole_once(tmp_path: Path) -> None:
    said = {"multiple": "5", "pctc": "7", "global_days": "XXX"}
    home = toy(
        tmp_path,
        code("A0001", "4", nonfacility_pe_rvu="3", **said),
        code("A0002", "5", nonfacility_pe_rvu="2", **said),
    )
    # the highest expense is 30 of A0001: 70 whole; its second unit 40 + 15 = 55;
    # A0002 50 + 20 x 0.5 = 60
    assert amounts(home, "A0001 x2", "A0002") == dollars("125.00", "60.00")
