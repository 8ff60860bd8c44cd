"""Decisions of Medicare Part B, worked by hand: each figure from the schedule to the cent.

Iowa's indices are 1, 0.913 and 0.457; the factor of 2026 is 33.4009 dollars. Mabel Ferris has
120.50 of her deductible left, Walter Quill none.
"""

from dataclasses import replace
from datetime import date

import pytest
from claim_people import OLD_MAN
from made_adjudication import coverage, decide, decided, line, money, told, visit
from made_claims import claim as sample

from codinglab.claim.model import Claim
from codinglab.claim.parties import Name, Provider
from codinglab.payer.decision import Decision, Refusal

NURSE = Provider(Name("Ito", "Mari"), npi="1487776669", taxonomy="363LF0000X")


def quill(*lines: object, **more: object) -> Claim:
    """Return a claim for Walter Quill, who owes no more deductible."""
    fields = {"patient": OLD_MAN, "coverages": (coverage("TRNMB", "1EG4TE5MK73"),), **more}
    return visit("TRNMB", *lines, **fields)


def test_an_office_visit_with_laboratory_tests() -> None:
    one = decided(sample("office visit"))
    # (1.92 + 1.80 x 0.913 + 0.15 x 0.457) x 33.4009 = 121.31; 20 % = 24.26;
    # (121.31 - 24.26) x 0.02 = 1.94. Laboratory tests have no share: 9.70 x 0.02 = 0.19.
    assert told(one.lines[0]) == ["CO 45 88.69", "PR 2 24.26", "CO 253 1.94"]
    assert told(one.lines[1]) == ["CO 45 18.80", "CO 253 0.19"]
    assert told(one.lines[2]) == ["CO 253 0.18"]
    assert [each.paid for each in one.lines] == [money("95.11"), money("9.51"), money("8.82")]
    assert (one.paid, one.patient_share) == (money("113.44"), money("24.26"))


def test_the_deductible_ends_in_the_middle_of_the_second_line() -> None:
    claim = visit("TRNMB", line("99213-25", "150", 1), line("20610-RT", "140", 1), dx=("M17.11",))
    one = decided(claim)
    # 99213: (1.30 + 1.35 x 0.913 + 0.10 x 0.457) x 33.4009 = 86.12, all of it deductible.
    # 20610: (0.79 + 1.04 x 0.913 + 0.13 x 0.457) x 33.4009 = 60.09; 120.50 - 86.12 = 34.38;
    # 0.2 x (60.09 - 34.38) = 5.14; (60.09 - 34.38 - 5.14) x 0.02 = 0.41.
    assert told(one.lines[0]) == ["CO 45 63.88", "PR 1 86.12"]
    assert told(one.lines[1]) == ["CO 45 79.91", "PR 1 34.38", "PR 2 5.14", "CO 253 0.41"]
    assert (one.paid, one.patient_share) == (money("20.16"), money("125.64"))


def test_the_next_claim_finds_the_deductible_met() -> None:
    first = visit("TRNMB", line("99213-25", "150", 1), line("20610-RT", "140", 1), dx=("M17.11",))
    _, state = decide(first)
    later = visit("TRNMB", line("99213", "150", 1, first=date(2026, 4, 2)))
    one = decided(later, state, received=date(2026, 4, 6))
    # 86.12 x 0.2 = 17.22; (86.12 - 17.22) x 0.02 = 1.38
    assert told(one.lines[0]) == ["CO 45 63.88", "PR 2 17.22", "CO 253 1.38"]
    assert one.paid == money("67.52")


def test_a_charge_below_the_schedule_is_all_that_is_allowed() -> None:
    one = decided(quill(line("99213", "60", 1)))
    # 60 x 0.2 = 12; 48 x 0.02 = 0.96
    assert told(one.lines[0]) == ["PR 2 12.00", "CO 253 0.96"]
    assert one.lines[0].allowed == 60
    assert one.paid == money("47.04")


def test_a_nurse_practitioner_is_paid_85_percent() -> None:
    one = decided(quill(line("99213", "150", 1), providers=(("rendering", NURSE),)))
    # 86.1159 x 0.85 = 73.20; 20 % = 14.64; 58.56 x 0.02 = 1.17
    assert one.lines[0].allowed == money("73.20")
    assert one.paid == money("57.39")


def test_a_visit_in_a_hospital_has_the_lower_rate() -> None:
    one = decided(quill(line("99213", "150", 1), place_of_service="22"))
    # (1.30 + 0.57 x 0.913 + 0.10 x 0.457) x 33.4009 = 62.33
    assert one.lines[0].allowed == money("62.33")


def test_the_second_procedure_of_a_session_has_half() -> None:
    claim = quill(line("10061", "300", 1), line("10060-59", "190", 1), dx=("L02.416",))
    one = decided(claim)
    # 10061: (2.45 + 3.69 x 0.913 + 0.30 x 0.457) x 33.4009 = 198.94
    # 10060: (1.22 + 2.49 x 0.913 + 0.13 x 0.457) x 33.4009 = 118.67, half of it 59.33
    assert [each.allowed for each in one.lines] == [money("198.94"), money("59.33")]


def test_a_visit_beside_a_minor_procedure_is_part_of_it_without_25() -> None:
    claim = quill(line("99213", "155", 1), line("20611-RT", "190", 1), dx=("M17.11",))
    assert told(decided(claim).lines[0]) == ["CO 97 155.00"]


def test_a_needless_25_denies_nothing() -> None:
    one = decided(quill(line("99213-25", "155", 1), dx=("M17.11",)))
    assert "CO 97 155.00" not in told(one.lines[0])
    assert one.lines[0].allowed == money("86.12")


def test_a_pair_without_a_modifier_is_denied_and_the_patient_owes_nothing_for_it() -> None:
    one = decided(quill(line("10061", "300", 1), line("10060", "190", 1), dx=("L02.416",)))
    assert told(one.lines[1]) == ["CO 236 190.00"]
    # 198.94 x 0.2 = 39.79; 159.15 x 0.02 = 3.18
    assert (one.lines[0].paid, one.patient_share) == (money("155.97"), money("39.79"))


def test_a_signed_notice_makes_the_denial_the_patients() -> None:
    one = decided(sample("notice of noncoverage"))
    assert told(one.lines[1]) == ["PR 50 42.00 N386"]
    assert one.patient_share == money("128.12")  # 86.12 of the deductible + 42.00


def test_without_a_notice_the_denial_is_the_practices() -> None:
    one = decided(quill(line("80061", "42", 1), dx=("R53.83",)))
    assert told(one.lines[0]) == ["CO 50 42.00 N386"]
    assert (one.status, one.patient_share) == ("4", 0)


def test_a_notice_denies_nothing_that_is_necessary() -> None:
    one = decided(quill(line("80061-GA", "42", 1), dx=("E78.5",)))
    assert told(one.lines[0]) == ["CO 45 28.60", "CO 253 0.27"]  # 13.40; x 0.02 = 0.27
    assert one.paid == money("13.13")


def test_gz_is_denied_unseen_and_gy_is_the_patients() -> None:
    one = decided(quill(line("80061-GZ", "42", 1), line("99213-GY", "150", 1), dx=("E78.5",)))
    assert [told(each) for each in one.lines] == [["CO 50 42.00"], ["PR 96 150.00 N425"]]


def test_a_routine_checkup_is_no_benefit() -> None:
    one = decided(quill(line("99397", "220", 1), dx=("Z00.00",)))
    assert told(one.lines[0]) == ["PR 96 220.00 N425"]


def test_a_wellness_visit_has_no_share_and_comes_once_in_twelve_months() -> None:
    first = visit("TRNMB", line("G0439", "150", 1), dx=("Z00.00",))
    one, state = decide(first)
    assert isinstance(one, Decision)
    # (1.92 + 1.86 x 0.913 + 0.13 x 0.457) x 33.4009 = 122.83; x 0.02 = 2.46
    assert told(one.lines[0]) == ["CO 45 27.17", "CO 253 2.46"]
    early = visit("TRNMB", line("G0439", "150", 1, first=date(2026, 12, 15)), dx=("Z00.00",))
    found = decided(early, state, received=date(2026, 12, 16))
    assert told(found.lines[0]) == ["PR 119 150.00"]


def test_a_code_bundled_beside_a_visit_is_in_its_payment() -> None:
    one = decided(quill(line("94760", "10", 1), line("99213", "150", 1), dx=("R07.9",)))
    assert told(one.lines[0]) == ["CO 97 10.00 M15"]
    assert one.lines[0].allowed == 0


def test_a_visit_within_ten_days_of_a_small_operation_is_in_its_payment() -> None:
    _, state = decide(quill(line("10060", "190", 1), dx=("L02.416",)))
    again = quill(line("99213", "150", 1, first=date(2026, 3, 9)), dx=("L02.416",))
    one = decided(again, state, received=date(2026, 3, 12))
    assert told(one.lines[0]) == ["CO 97 150.00 M144"]
    unrelated = quill(line("99213-24", "150", 1, first=date(2026, 3, 9)), dx=("J02.9",))
    assert decided(unrelated, state, received=date(2026, 3, 12)).lines[0].allowed == money("86.12")


def test_who_was_seen_before_is_no_new_patient() -> None:
    _, state = decide(quill(line("99213", "150", 1)))
    new = quill(line("99203", "190", 1, first=date(2026, 6, 1)))
    one = decided(new, state, received=date(2026, 6, 5))
    assert told(one.lines[0]) == ["CO B16 190.00"]


def test_the_calendar_year_to_file_ends_on_its_last_day() -> None:
    claim = quill(line("99213", "150", 1))
    assert decided(claim, received=date(2027, 3, 3)).lines[0].allowed == money("86.12")
    late = decided(claim, received=date(2027, 3, 4))
    assert told(late.lines[0]) == ["CO 29 150.00 N211"]
    assert late.patient_share == 0


def test_a_diagnosis_that_is_no_code_denies_the_lines_that_point_to_it() -> None:
    claim = quill(line("99213", "150", 1), line("93000", "60", 2), dx=("R07.99", "I10"))
    one = decided(claim)
    assert told(one.lines[0]) == ["CO 146 150.00 M76"]
    # (0.17 + 0.24 x 0.913 + 0.02 x 0.457) x 33.4009 = 13.30; 20 % = 2.66; 10.64 x 0.02 = 0.21
    assert told(one.lines[1]) == ["CO 45 46.70", "PR 2 2.66", "CO 253 0.21"]


def test_a_code_that_the_lab_does_not_know_has_no_price_and_is_not_called_invalid() -> None:
    one = decided(quill(line("01820-AA", "90", 1)))
    assert told(one.lines[0]) == ["CO 16 90.00 N65"]


def test_an_ambulance_trip_is_paid_by_the_list_for_level_and_miles() -> None:
    one = decided(sample("ambulance"))
    # 438.00 x 0.2 = 87.60, 350.40 x 0.02 = 7.01; 9.15 x 8 = 73.20, 14.64, 58.56 x 0.02 = 1.17
    assert told(one.lines[0]) == ["CO 45 212.00", "PR 2 87.60", "CO 253 7.01"]
    assert told(one.lines[1]) == ["CO 45 22.80", "PR 2 14.64", "CO 253 1.17"]
    assert one.paid == money("400.78")


def test_equipment_is_rented_by_its_own_schedule() -> None:
    one = decided(sample("rental"))
    # 80.00 for the first month, within the 120.50 left of the deductible
    assert told(one.lines[0]) == ["CO 45 15.00", "PR 1 80.00"]
    other = sample("rental")
    wrong = replace(other, diagnoses=(replace(other.diagnoses[0], code="R06.83"),))
    assert told(decided(wrong).lines[0]) == ["CO 50 95.00 N386"]


def test_a_line_twice_on_one_claim_is_paid_once() -> None:
    one = decided(quill(line("93000", "60", 1), line("93000", "60", 1), dx=("I10",)))
    assert told(one.lines[1]) == ["OA 18 60.00"]
    assert one.lines[0].allowed == money("13.30")


def test_a_replacement_without_its_original_cannot_be_processed() -> None:
    claim = quill(line("99213", "150", 1), frequency="7", original_reference="999")
    one = decided(claim)
    assert told(one.lines[0]) == ["CO 16 150.00 M47 MA130"]


def test_a_replacement_pays_the_higher_visit_and_takes_the_first_back() -> None:
    first, state = decide(quill(line("99213", "150", 1), dx=("I10",)))
    assert isinstance(first, Decision)
    new = quill(
        line("99214", "210", 1), dx=("I10",), frequency="7", original_reference=first.number
    )
    second, after = decide(new, state, received=date(2026, 3, 25))
    assert isinstance(second, Decision)
    assert [one.status for one in after.made] == ["22", "1"]
    # 67.52 back, 95.11 paid: 27.59 more
    assert [one.paid for one in after.made] == [money("-67.52"), money("95.11")]
    assert sum(one.paid for one in after.made) == money("27.59")
    assert told(after.made[0].lines[0]) == ["CO 45 -63.88", "PR 2 -17.22", "CO 253 -1.38"]
    assert second.number == "260840000002"


def test_a_reversed_claim_is_not_reversed_again() -> None:
    first, state = decide(quill(line("99213", "150", 1)))
    assert isinstance(first, Decision)
    void = quill(line("99213", "150", 1), frequency="8", original_reference=first.number)
    _, state = decide(void, state)
    again = decided(void, state)
    assert told(again.lines[0]) == ["CO 16 150.00 M47 MA130"]


def test_what_was_used_of_the_deductible_is_kept_by_person_and_year() -> None:
    claim = visit("TRNMB", line("99213", "150", 1))
    _, state = decide(claim)
    held = {(key[0], key[3]): amount for key, amount in state.accumulators.held.items()}
    assert held == {
        ("1EG4TE5MK73", 2026): money("283"),  # nothing is left by the member's file
        ("2AC4DE5FG67", 2026): money("248.62"),  # 283.00 - 120.50 + 86.12
    }


@pytest.mark.parametrize(
    ("accepts", "codes", "why"),
    [
        ("C", ("99213",), "does not accept assignment (CLM07 C, box 27 NO)."),
        ("C", ("80061",), "does not accept assignment (CLM07 C, box 27 NO)."),
        ("B", ("80061", "99213"), "for laboratory services alone (CLM07 B), not for line 2."),
    ],
)
def test_a_claim_without_assignment_is_refused_by_name(
    accepts: str, codes: tuple[str, ...], why: str
) -> None:
    claim = visit("TRNMB", *(line(one, "150", 1) for one in codes), dx=("I10",), accepts=accepts)
    found, state = decide(claim)
    assert isinstance(found, Refusal)
    assert why in found.why
    assert "send it with CLM07 A, box 27 YES" in found.why
    assert state.count == 0


def test_assignment_for_the_laboratory_alone_is_enough_for_laboratory_tests() -> None:
    claim = visit("TRNMB", line("80061", "60", 1), dx=("I10",), accepts="B")
    assert decided(claim).lines == decided(replace(claim, accepts="A")).lines
