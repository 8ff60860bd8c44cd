"""Decisions where an injury is paid for: by the work fund, a car policy, liability, or nobody."""

from dataclasses import replace
from datetime import date

from claim_people import MAN, WOMAN
from made_adjudication import coverage, decide, decided, line, money, told, visit
from made_claims import claim as sample


def test_the_work_fund_pays_its_own_schedule_and_the_worker_nothing() -> None:
    one = decided(sample("work injury"))
    # (1.14 + 2.07 x 0.913 + 0.22 x 0.457) x 33.4009 = 104.56; x 1.40 = 146.38;
    # the fee bill: 46.50; (0.17 + 0.44 x 0.913 + 0.01 x 0.457) x 33.4009 = 19.25; x 1.40 = 26.95
    assert [told(each) for each in one.lines] == [
        ["CO P12 93.62"],
        ["CO P12 13.50"],
        ["CO P12 1.05"],
    ]
    assert (one.paid, one.patient_share) == (money("219.83"), 0)


def test_a_service_without_a_fee_is_asked_for_again() -> None:
    one = decided(visit("TRN06", line("J3301", "20", 1), dx=("S61.411A",)))
    assert told(one.lines[0]) == ["CO 16 20.00 N65"]


def test_care_before_the_injury_is_not_the_funds_and_not_the_workers_to_pay_here() -> None:
    claim = visit("TRN06", line("99213", "150", 1, first=date(2026, 3, 2)))
    assert told(decided(claim).lines[0]) == ["OA 26 150.00"]


def test_a_cars_policy_pays_charges_in_full() -> None:
    one = decided(sample("auto accident"))
    assert [each.paid for each in one.lines] == [190, 85]
    assert one.patient_share == 0


def test_the_policy_ends_in_the_middle_of_a_line() -> None:
    claim = visit(
        "TRN05",
        line("99203", "80", 1),
        line("72100", "85", 1),
        patient=WOMAN,
        coverages=(coverage("TRN05", "RW3310090"),),
    )
    one = decided(claim)
    # 100.00 of the 5,000.00 is left: 80.00, then 20.00 of 85.00
    assert told(one.lines[0]) == []
    assert told(one.lines[1]) == ["PR 119 65.00"]


def test_two_claims_use_the_policy_up() -> None:
    first = visit("TRN05", line("99203", "4900", 1), dx=("S33.5XXA",))
    one, state = decide(first)
    second = visit("TRN05", line("72100", "300", 1), dx=("S33.5XXA",))
    two, state = decide(second, state)
    third = visit("TRN05", line("73110", "90", 1), dx=("S33.5XXA",))
    three, _ = decide(third, state)
    assert [one.paid, two.paid, three.paid] == [4900, 100, 0]  # type: ignore[union-attr]
    assert told(three.lines[0]) == ["PR 119 90.00"]  # type: ignore[union-attr]


def test_a_void_gives_the_policy_its_dollars_back() -> None:
    one, state = decide(visit("TRN05", line("99203", "4900", 1), dx=("S33.5XXA",)))
    void = visit(
        "TRN05",
        line("99203", "4900", 1),
        dx=("S33.5XXA",),
        frequency="8",
        original_reference=one.number,  # type: ignore[union-attr]
    )
    _, state = decide(void, state)
    again = visit("TRN05", line("72100", "4950", 1), dx=("S33.5XXA",))
    assert decided(again, state).paid == 4950


def test_liability_holds_the_claim_until_the_case_is_settled() -> None:
    claim = visit(
        "TRN08", line("99213", "150", 1), patient=MAN, coverages=(coverage("TRN08", "SL0000017"),)
    )
    one = decided(claim)
    assert told(one.lines[0]) == ["OA 133 150.00"]
    assert decided(visit("TRN08", line("99213", "150", 1))).paid == 150


def test_whoever_pays_alone_has_forty_percent_off() -> None:
    one = decided(visit("TRNSP", line("99213", "150", 1), line("93000", "60", 1)))
    # 150.00 x 0.60 = 90.00; 60.00 x 0.60 = 36.00
    assert told(one.lines[0]) == ["CO 131 60.00", "PR 204 90.00"]
    assert (one.paid, one.patient_share) == (0, money("126.00"))


def test_a_work_injury_is_not_the_health_plans() -> None:
    hurt = sample("work injury")
    claim = replace(
        visit("TRN03", *hurt.lines, dx=("S61.411A", "W31.2XXA", "Z23")), accident=hurt.accident
    )
    one = decided(claim)
    assert {each.reasons[0].carc for each in one.lines} == {"19"}
