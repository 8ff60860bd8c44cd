"""Decisions on hospitals' bills: Medicare's systems, per diem, weights, case rates, stop loss.

The hospital is the lab's lakeside: wage index 0.9312, so that an outpatient rate is paid at
0.60 x 0.9312 + 0.40 = 0.95872. MS-DRG 395 weighs 0.6490.
"""

from dataclasses import replace
from datetime import date

import pytest
from made_adjudication import coverage, decide, decided, line, money, outpatient, stay, told
from made_claims import claim as sample

from codinglab.claim.model import StayProcedure
from codinglab.payer.decision import Decision

ROOM = line("0120", "3600", units="2")
IMPLANT = line("0278", "8000")
LATE = date(2026, 6, 10)


def test_medicare_pays_a_stay_by_its_group_and_the_deductible_comes_off() -> None:
    one = decided(sample("inpatient"))
    # operating (4,186.62 x 0.9312 + 2,565.99) x 1.1447 = 7,399.99;
    # capital 524.15 x 0.9524 x 1.1447 = 571.44; together 7,971.43
    # (7,971.43 - 1,736.00) x 0.02 = 124.71
    assert one.drg == "399"
    assert told(one) == ["CO 45 7728.82", "PR 1 1736.00", "CO 253 124.71"]
    assert one.paid == money("6110.72")
    assert all(each.reasons == () for each in one.lines)


@pytest.mark.parametrize("payer", ["TRNMA", "TRN01"])  # by the inpatient system, by the day
def test_a_stay_that_covers_no_day_is_denied_and_not_priced(payer: str) -> None:
    one = decided(stay(payer, ROOM, covered=0))
    assert told(one) == ["CO 16 3600.00 M53"]
    assert one.paid == 0


def test_a_second_stay_within_sixty_days_owes_no_deductible() -> None:
    _, state = decide(stay("TRNMA", ROOM))
    soon = stay("TRNMA", ROOM, days=(date(2026, 5, 3), date(2026, 5, 5)))
    one = decided(soon, state, received=date(2026, 5, 12))
    # 6,464.57 x 0.6490 + 499.20 x 0.6490 = 4,519.49, above the charge by 919.49;
    # 4,519.49 x 0.02 = 90.39
    assert told(one) == ["CO 94 -919.49", "CO 253 90.39"]
    assert one.paid == money("4429.10")


def test_after_sixty_days_outside_a_new_benefit_period_begins() -> None:
    _, state = decide(stay("TRNMA", ROOM))
    later = stay("TRNMA", ROOM, days=(date(2026, 5, 4), date(2026, 5, 6)))
    one = decided(later, state, received=date(2026, 5, 12))
    # discharged on March 5, the first day outside; May 3 is the sixtieth
    assert told(one)[1] == "PR 1 1736.00"


def test_a_benefit_period_has_one_deductible_in_whatever_order_its_bills_come() -> None:
    # 42 CFR 409.82(a): the stay of March 20 came first and bore it; March 5 to 20 are 15 days
    _, state = decide(
        stay("TRNMA", ROOM, days=(date(2026, 3, 20), date(2026, 3, 22))), received=LATE
    )
    earlier = decided(stay("TRNMA", ROOM), state, received=LATE)
    assert told(earlier) == ["CO 94 -919.49", "CO 253 90.39"]
    # 60 days outside between March 5 and May 4: another period, with its own
    _, state = decide(stay("TRNMA", ROOM, days=(date(2026, 5, 4), date(2026, 5, 6))), received=LATE)
    assert told(decided(stay("TRNMA", ROOM), state, received=LATE))[1] == "PR 1 1736.00"


def test_a_stay_between_two_makes_one_benefit_period_of_them() -> None:
    # March 5 to April 20 are 46 days, April 22 to June 1 are 40: the third bill owes nothing
    _, state = decide(stay("TRNMA", ROOM))
    _, state = decide(stay("TRNMA", ROOM, days=(date(2026, 6, 1), date(2026, 6, 3))), state, LATE)
    between = stay("TRNMA", ROOM, days=(date(2026, 4, 20), date(2026, 4, 22)))
    assert told(decided(between, state, received=LATE)) == ["CO 94 -919.49", "CO 253 90.39"]


def test_days_after_the_sixtieth_have_a_daily_amount() -> None:
    long = stay(
        "TRNMA", line("0120", "98000", units="65"), days=(date(2026, 3, 3), date(2026, 5, 7))
    )
    one = decided(long, received=date(2026, 5, 20))
    # 65 days: five of them at 434.00; (4,519.49 - 1,736.00 - 2,170.00) x 0.02 = 12.27
    assert told(one) == ["CO 45 93480.51", "PR 1 1736.00", "PR 2 2170.00", "CO 253 12.27"]
    assert one.paid == money("601.22")


def test_a_benefit_period_whose_150_days_are_used_pays_no_further_stay() -> None:
    # 42 CFR 409.61(a): 90 days and 60 of the lifetime reserve.
    # Value code 80 tells the covered days
    used = stay("TRNMA", ROOM, days=(date(2026, 1, 1), date(2026, 4, 30)), covered=150)
    almost = stay("TRNMA", ROOM, days=(date(2026, 1, 1), date(2026, 4, 30)), covered=149)
    again = stay("TRNMA", ROOM, days=(date(2026, 5, 20), date(2026, 5, 22)))
    later = stay("TRNMA", ROOM, days=(date(2026, 6, 29), date(2026, 7, 1)))
    _, state = decide(used, received=LATE)
    one = decided(again, state, received=LATE)
    assert (one.status, told(one), one.paid) == ("4", ["PR 119 3600.00"], money("0"))
    # April 30 and 59 more days outside end on June 28: June 29 begins another period
    assert told(decided(later, state, received=date(2026, 7, 10)))[1] == "PR 1 1736.00"
    _, state = decide(almost, received=LATE)
    # one day is left, at 868.00; (4,519.49 - 868.00) x 0.02 = 73.03
    left = decided(again, state, received=LATE)
    assert told(left) == ["CO 94 -919.49", "PR 2 868.00", "CO 253 73.03"]


def test_a_reduction_of_a_broken_wrist_takes_the_whole_visit_in() -> None:
    one = decided(
        outpatient(
            "TRNMA",
            line("0320 73110-LT", "310"),
            line("0450 99284-25", "1450"),
            line("0450 25605-LT", "980"),
            line("0250", "44"),
        )
    )
    # 1,642.82 x 0.95872 = 1,575.00, above the charge by 595.00; 120.50 of the deductible;
    # 0.2 x 1,454.50 = 290.90; (1,575.00 - 411.40) x 0.02 = 23.27
    assert told(one.lines[2]) == ["CO 94 -595.00", "PR 1 120.50", "PR 2 290.90", "CO 253 23.27"]
    assert [told(one.lines[at]) for at in (0, 1, 3)] == [
        ["CO 97 310.00 M15"],
        ["CO 97 1450.00 M15"],
        ["CO 97 44.00 M15"],
    ]
    assert one.paid == money("1140.33")


def test_an_emergency_visit_alone() -> None:
    one = decided(outpatient("TRNMA", line("0450 99284", "900"), line("0300 85025", "60")))
    # 426.30 x 0.95872 = 408.70; 0.2 x (408.70 - 120.50) = 57.64; 230.56 x 0.02 = 4.61
    assert told(one.lines[0]) == ["CO 45 491.30", "PR 1 120.50", "PR 2 57.64", "CO 253 4.61"]
    assert told(one.lines[1]) == ["CO 97 60.00 M15"]


def test_a_practitioners_bill_goes_to_the_other_contractor() -> None:
    one = decided(replace(sample("office visit"), coverages=(coverage("TRNMA", "1EG4TE5MK73"),)))
    assert told(one.lines[0]) == ["CO 109 210.00 N104"]


def test_a_per_diem_and_an_implant_beside_it() -> None:
    one = decided(stay("TRN01", ROOM, line("0250", "640.25"), IMPLANT))
    # 2,300 x 2 + 8,000 x 0.50 = 8,600; 12,240.25 - 8,600 = 3,640.25; 20 % = 1,720
    assert told(one) == ["CO 45 3640.25", "PR 2 1720.00"]
    assert one.paid == money("6880.00")


def test_above_the_threshold_the_stop_loss_pays_a_part_of_the_rest() -> None:
    one = decided(stay("TRN01", line("0120", "90000", units="5"), covered=5))
    # 2,300 x 5 + (90,000 - 60,000) x 0.40 = 23,500; 20 % = 4,700, but 2,875.50 ends the year
    assert told(one) == ["CO 45 66500.00", "PR 2 2875.50"]
    assert one.paid == money("20624.50")


def test_a_planned_stay_must_be_authorized_and_an_emergency_not() -> None:
    planned = stay("TRN01", ROOM, priority="3")
    assert told(decided(planned)) == ["CO 197 3600.00"]
    assert decided(replace(planned, authorization="A1")).status == "1"
    assert decided(stay("TRN01", ROOM, priority="1")).status == "1"


def test_a_birth_has_a_case_rate_and_never_more_than_the_charge() -> None:
    birth = stay("TRN01", line("0120", "9000", units="2"), dx=("O80", "Z37.0"))
    assert birth.bill is not None
    procedure = (StayProcedure("10E0XZZ", date(2026, 3, 3)),)
    birth = replace(birth, bill=replace(birth.bill, procedures=procedure))
    one = decided(birth)
    # MS-DRG 807: 7,800; 20 % = 1,560
    assert (one.drg, told(one)) == ("807", ["CO 45 1200.00", "PR 2 1560.00"])
    (room,) = birth.lines
    cheap = decided(replace(birth, lines=(replace(room, charge=money("6000")),)))
    assert told(cheap) == ["PR 2 1200.00"]


def test_a_rate_by_weight_with_a_carve_out_and_a_withhold() -> None:
    one = decided(stay("TRN02", ROOM, IMPLANT, authorization="A1"))
    # 7,200 x 0.6490 + 8,000 x 0.45 = 4,672.80 + 3,600 = 8,272.80; 400 of the deductible;
    # 7,872.80 x 0.05 = 393.64
    assert told(one) == ["CO 45 3327.20", "PR 1 400.00", "CO 104 393.64"]
    assert one.paid == money("7479.16")


def test_outpatient_at_130_percent_of_medicare_with_one_copayment_a_day() -> None:
    one = decided(outpatient("TRN02", line("0450 99284", "900"), line("0300 85025", "60")))
    # 408.70 x 1.30 = 531.31; 250 for the emergency; 281.31 x 0.05 = 14.07
    assert told(one.lines[0]) == ["CO 45 368.69", "PR 3 250.00", "CO 104 14.07"]
    assert one.paid == money("267.24")


def test_a_first_dollar_stop_loss_pays_a_part_of_all_charges() -> None:
    one = decided(stay("TRN03", line("0120", "90000", units="5"), covered=5))
    # 90,000 x 0.62 = 55,800; 140 of the deductible; 3,140 is the most of the year: 3,000 more;
    # decided on April 14, five days late: 52,660 x 0.18 x 5 / 365 = 129.85
    assert told(one) == ["CO 45 34200.00", "PR 1 140.00", "PR 2 3000.00"]
    assert (one.paid, one.interest) == (money("52660.00"), money("129.85"))


def test_below_the_threshold_it_pays_by_the_day() -> None:
    one = decided(stay("TRN03", ROOM))
    # 2,450 x 2 = 4,900, above the charge by 1,300; 140; 0.2 x 4,760 = 952
    assert told(one) == ["CO 94 -1300.00", "PR 1 140.00", "PR 2 952.00"]


def test_outpatient_surgery_has_a_case_rate_whatever_the_charge() -> None:
    one = decided(outpatient("TRN03", line("0360 25605-LT", "2000"), line("0250", "100")))
    # 2,600 - 2,000 = 600 more; 140; 0.2 x 2,460 = 492; the drugs 62 %, 0.2 x 62 = 12.40
    assert told(one.lines[0]) == ["CO 94 -600.00", "PR 1 140.00", "PR 2 492.00"]
    assert told(one.lines[1]) == ["CO 45 38.00", "PR 2 12.40"]


def test_medicaid_pays_by_weight_and_the_patient_nothing() -> None:
    one = decided(stay("TRNMC", ROOM, IMPLANT))
    assert told(one) == ["CO 45 8290.10"]  # 5,100 x 0.6490 = 3,309.90
    assert one.paid == money("3309.90")


def test_a_denied_line_takes_nothing_from_what_the_group_pays() -> None:
    """Both stays are worth 4,519.49; a line of 100 with GZ is the hospital's.

    (4,519.49 - 1,736.00) x 0.98 = 2,727.82; 2,100 - 100 + 2,519.49 = 4,519.49.
    """
    plain = decided(stay("TRNMA", line("0120", "2000")))
    marked = decided(stay("TRNMA", line("0120", "2000"), line("0300 80061-GZ", "100")))
    assert (plain.paid, marked.paid) == (money("2727.82"), money("2727.82"))
    assert told(marked.lines[1]) == ["CO 50 100.00"]
    assert told(marked)[0] == told(plain)[0] == "CO 94 -2519.49"


def test_a_stay_of_an_injured_worker_at_112_percent() -> None:
    one = decided(stay("TRN06", ROOM, IMPLANT))
    # 4,519.49 x 1.12 = 5,061.83
    assert told(one) == ["CO P12 6538.17"]
    assert (one.paid, one.patient_share) == (money("5061.83"), 0)


def test_medicare_advantage_takes_a_copayment_for_the_stay() -> None:
    one = decided(stay("TRN07", ROOM, IMPLANT))
    # 11,600 - 4,519.49 = 7,080.51; (4,519.49 - 350) x 0.02 = 83.39
    assert told(one) == ["CO 45 7080.51", "PR 3 350.00", "CO 253 83.39"]


def test_a_stay_that_cannot_be_grouped_has_no_price() -> None:
    one = decided(stay("TRNMA", ROOM, dx=("W18.30XA",)))
    assert told(one) == ["CO A8 3600.00"]
    assert one.status == "4"


def test_a_stay_before_the_coverage_is_denied_as_a_whole() -> None:
    early = stay("TRN06", ROOM, days=(date(2026, 2, 27), date(2026, 3, 2)))
    one = decided(early)
    assert told(one) == ["OA 26 3600.00"]  # an injured worker is billed for nothing


def test_a_replaced_stay_gives_its_deductible_back() -> None:
    first, state = decide(stay("TRNMA", ROOM))
    assert isinstance(first, Decision)
    new = stay("TRNMA", ROOM, IMPLANT, frequency="7", original_reference=first.number)
    second, after = decide(new, state)
    assert isinstance(second, Decision)
    assert [one.status for one in after.made] == ["22", "1"]
    assert told(second)[1] == "PR 1 1736.00"
    # 2,727.82 back and paid again: the charge alone grew
    assert sum(one.paid for one in after.made) == 0
