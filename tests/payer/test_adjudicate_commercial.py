"""Decisions of commercial plans, Medicare Advantage and Medicaid, worked by hand."""

from dataclasses import replace
from datetime import date

import pytest
from claim_people import CHILD, MAN, OLD_MAN, SOLE_DOCTOR, SURGEON, WOMAN
from made_adjudication import RECEIVED, coverage, decide, decided, line, money, opening, told, visit
from made_claims import claim as sample

from codinglab.claim.model import Claim
from codinglab.claim.parties import Name, Person
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.contract_file import contracts
from codinglab.payer.decision import Decision, Refusal
from codinglab.payer.member_file import simulated_payers
from codinglab.payer.members import Benefit

KNEE = (line("99213-25", "150", 1), line("20610-RT", "140", 1), line("J3301", "20", 1, units="4"))


def test_a_preferred_provider_plan_halves_the_visit_beside_a_procedure() -> None:
    one = decided(visit("TRN01", *KNEE, dx=("M17.11",)))
    # fee list 112.00, half of it 56.00, copayment 35.00
    assert told(one.lines[0]) == ["CO 45 38.00", "CO 59 56.00", "PR 3 35.00"]
    # 60.09 x 1.20 = 72.11; the deductible is met; 20 % = 14.42
    assert told(one.lines[1]) == ["CO 45 67.89", "PR 2 14.42"]
    # no schedule: 20.00 x 0.60 = 12.00; 2.40
    assert told(one.lines[2]) == ["CO 45 8.00", "PR 2 2.40"]
    assert (one.paid, one.patient_share) == (money("88.29"), money("51.82"))


def test_an_emergency_visit_at_120_percent_of_the_facility_rate() -> None:
    one = decided(sample("emergency room"))
    # (2.74 + 0.57 x 0.913 + 0.29 x 0.457) x 33.4009 = 113.33; x 1.20 = 136.00; 20 % = 27.20
    assert told(one.lines[0]) == ["CO 45 344.00", "PR 2 27.20"]


def test_outside_the_network_the_other_deductible_counts() -> None:
    one = decided(visit("TRN01", line("99213", "150", 1), billing=SOLE_DOCTOR))
    assert told(one.lines[0]) == ["CO 45 38.00", "PR 1 112.00"]
    met = visit("TRN01", line("99214", "158", 1), billing=SOLE_DOCTOR)
    assert told(decided(met).lines[0]) == ["PR 1 158.00"]


def test_a_scan_must_be_authorized_except_in_an_emergency() -> None:
    scan = line("70450", "600", 1)
    assert told(decided(visit("TRN01", scan)).lines[0]) == ["CO 197 600.00"]
    # (0.85 + 2.35 x 0.913 + 0.05 x 0.457) x 33.4009 = 100.82; x 1.20 = 120.98
    known = decided(visit("TRN01", scan, authorization="A7"))
    assert known.lines[0].allowed == money("120.98")
    urgent = visit("TRN01", replace(scan, emergency=True))
    assert decided(urgent).lines[0].allowed == money("120.98")


def test_an_edit_of_the_payers_own() -> None:
    one = decided(visit("TRN01", line("99213", "150", 1), line("94760", "10", 1), dx=("R07.9",)))
    assert told(one.lines[1]) == ["CO 97 10.00 M15"]
    assert one.lines[1].reasons[0].source.startswith("payment policy R-8")


def test_the_terms_of_last_year_hold_for_services_of_last_year() -> None:
    claim = visit("TRN01", line("99213", "150", 1, first=date(2025, 6, 2)))
    one = decided(claim, received=date(2025, 6, 9))
    # 2.57825 x 32.3465 = 83.40; x 1.15 = 95.91; nothing was used of the deductible of 2025
    assert told(one.lines[0]) == ["CO 45 54.09", "PR 1 95.91"]


def test_a_claim_paid_late_earns_interest() -> None:
    one = decided(visit("TRN01", line("99214", "200", 1)), decided=date(2026, 4, 29))
    # 158.00 - 35.00 = 123.00; 50 days after receipt, 20 late: 123.00 x 0.18 x 20 / 365 = 1.21
    assert (one.paid, one.interest) == (money("123.00"), money("1.21"))
    intime = decided(visit("TRN01", line("99214", "200", 1)), decided=date(2026, 4, 9))
    assert intime.interest == 0


def test_180_days_to_file() -> None:
    claim = visit("TRN01", line("99213", "150", 1))
    assert decided(claim, received=date(2026, 8, 30)).status == "1"
    late = decided(claim, received=date(2026, 8, 31))
    assert told(late.lines[0]) == ["CO 29 150.00"]


def test_after_another_payer_the_filing_limit_runs_from_its_decision() -> None:
    second = sample("secondary")
    prior = replace(second.prior[0], adjudicated=date(2026, 8, 20))
    claim = replace(
        second, coverages=(second.coverages[0], coverage("TRN01", "NF00412345")), prior=(prior,)
    )
    claim = replace(claim, patient=WOMAN)
    one = decided(claim, received=date(2026, 10, 1))
    said = next(each.what for each in one.said if each.step == "timely filing")
    assert said == "In time: the last day is 2027-02-16."  # August 20 and 180 days


def test_a_childs_checkup_and_shots_have_no_share_and_five_percent_is_held_back() -> None:
    one = decided(sample("patient not subscriber"))
    # 104.00 x 0.05 = 5.20; 88.40: 4.42; 21.43: 1.07; 16.60: 0.83
    assert [told(each)[-1] for each in one.lines] == [
        "CO 104 5.20",
        "CO 104 4.42",
        "CO 104 1.07",
        "CO 104 0.83",
    ]
    assert (one.paid, one.patient_share) == (money("218.91"), 0)


def test_a_specialist_needs_a_referral_in_a_gatekeeper_plan() -> None:
    providers = (("rendering", SURGEON),)
    one = decided(visit("TRN02", line("99213", "150", 1), providers=providers))
    assert told(one.lines[0]) == ["CO 288 150.00"]
    sent = visit("TRN02", line("99213", "150", 1), providers=providers, referral="R55")
    # 82.00 - 25.00 = 57.00; 5 % = 2.85
    assert told(decided(sent).lines[0]) == ["CO 45 68.00", "PR 3 25.00", "CO 104 2.85"]


def test_a_gatekeeper_plan_pays_nothing_outside_its_network() -> None:
    one = decided(visit("TRN02", line("99213", "150", 1), billing=SOLE_DOCTOR))
    assert told(one.lines[0]) == ["PR 242 150.00"]


def test_the_deductible_of_a_family_ends_with_the_least_that_is_left() -> None:
    claim = visit("TRN02", line("12002", "240", 1), line("93000", "60", 1), dx=("S61.411A",))
    _, state = decide(replace(claim, lines=(claim.lines[0],)))
    # 104.56: of 400 of the mother and 1,900 of the family
    left = {key[1]: amount for key, amount in state.accumulators.held.items() if "C" in key[4]}
    assert left == {"Irene 1983-08-24": money("1204.56"), "": money("1204.56")}


def test_coverage_that_ended_and_a_stranger() -> None:
    paul = Person(Name("Hargrove", "Paul"), date(1968, 4, 2), "M", MAN.address)
    claim = visit(
        "TRN02", line("99213", "150", 1), patient=paul, coverages=(coverage("TRN02", "RB7740007"),)
    )
    assert told(decided(claim).lines[0]) == ["PR 27 150.00"]
    stranger = visit("TRN02", line("99213", "150", 1), patient=CHILD)
    assert decided(stranger).lines[0].allowed == money("82.00")  # her son is insured with her
    other = replace(CHILD, born=date(2020, 1, 1))
    denied = decided(visit("TRN02", line("99213", "150", 1), patient=other))
    assert told(denied.lines[0]) == ["CO 31 150.00"]


def test_a_number_that_is_nobodys_is_refused_at_the_door() -> None:
    claim = visit("TRN02", line("99213", "150", 1), coverages=(coverage("TRN02", "RB0000000"),))
    found, _ = decide(claim)
    assert isinstance(found, Refusal)
    assert (found.category, found.code) == ("A3", "33")


def test_the_wrong_kind_of_insurance_is_refused() -> None:
    wrong = replace(coverage("TRN02"), filing="CI")
    found, _ = decide(visit("TRN02", line("99213", "150", 1), coverages=(wrong,)))
    assert isinstance(found, Refusal)
    assert (found.category, found.code) == ("A8", "116")


def test_a_high_deductible_ends_and_the_rest_is_shared() -> None:
    one = decided(visit("TRN03", line("99213", "150", 1), line("93000", "60", 1), dx=("I10",)))
    # 70 %: 105.00 of the 140 left; 42.00: 35.00, then 0.2 x 7.00 = 1.40;
    # decided on April 14: 5.60 x 0.18 x 5 / 365 = 0.01
    assert told(one.lines[0]) == ["CO 45 45.00", "PR 1 105.00"]
    assert told(one.lines[1]) == ["CO 45 18.00", "PR 1 35.00", "PR 2 1.40"]
    assert (one.paid, one.interest) == (money("5.60"), money("0.01"))


def test_telehealth_that_nobody_authorized() -> None:
    assert decided(sample("telehealth")).lines[0].allowed == money("105.00")
    bare = replace(sample("telehealth"), authorization="")
    assert told(decided(bare).lines[0]) == ["CO 197 150.00"]


def test_medicare_advantage_takes_its_copayment_once_a_day() -> None:
    claim = visit("TRN07", line("99213-25", "150", 1), line("99213-25", "140", 1), dx=("I10",))
    one = decided(claim)
    # 86.12 - 20.00 = 66.12; x 0.02 = 1.32; the second has no copayment: 86.12 x 0.02 = 1.72
    assert told(one.lines[0]) == ["CO 45 63.88", "PR 3 20.00", "CO 253 1.32"]
    assert told(one.lines[1]) == ["CO 45 53.88", "CO 253 1.72"]


def test_the_most_of_the_year_ends_the_patients_share() -> None:
    claim = visit(
        "TRN07",
        line("99213-25", "150", 1),
        line("20610-RT", "140", 1),
        dx=("M17.11",),
        patient=OLD_MAN,
        coverages=(coverage("TRN07", "LV10040088"),),
    )
    one = decided(claim)
    # 30.00 is left: 20.00 of the copayment, then 10.00 of 12.02; (60.09 - 10.00) x 0.02 = 1.00
    assert told(one.lines[0])[1] == "PR 3 20.00"
    assert told(one.lines[1]) == ["CO 45 79.91", "PR 2 10.00", "CO 253 1.00"]


def test_medicaid_pays_a_low_schedule_and_takes_three_dollars() -> None:
    one = decided(sample("drug in the office"))
    # 86.12 x 0.62 = 53.39; (0.17 + 0.25 x 0.913 + 0.01 x 0.457) x 33.4009 = 13.45 x 0.62 = 8.34;
    # 0.38 x 2 = 0.76
    assert [told(each) for each in one.lines] == [
        ["CO 45 96.61", "PR 3 3.00"],
        ["CO 45 26.66"],
        ["CO 45 11.24"],
    ]
    assert one.paid == money("59.49")


def test_medicaid_takes_no_more_units_than_its_limit() -> None:
    one = decided(visit("TRNMC", line("36415", "27", 1, units="3")))
    assert told(one.lines[0]) == ["CO 151 27.00 N362"]
    two = decided(visit("TRNMC", line("36415", "18", 1, units="2")))
    assert two.lines[0].allowed == money("14.40")  # 9.00 x 2 x 0.80


def test_visits_of_a_plan_are_counted_and_used_up() -> None:
    payer = simulated_payers()["TRN01"]
    (member, *_) = payer.members
    few = Benefit("F", "98", network="Y", period="23", visits=2)
    member = replace(member, plan=replace(member.plan, benefits=(*member.plan.benefits, few)))
    state = opening("TRN01")
    made: list[str] = []
    for month in (3, 4, 5):
        claim = visit("TRN01", line("99214", "200", 1, first=date(2026, month, 6)))
        day = date(2026, month, 9)
        one, state = adjudicate(claim, contracts()["TRN01"], member, state, day)
        assert isinstance(one, Decision)
        made += told(one.lines[0])[:1]
    assert made == ["CO 45 42.00", "CO 45 42.00", "PR 119 200.00"]


def test_what_the_plan_leaves_to_others_is_the_patients() -> None:
    one = decided(visit("TRN02", line("90750", "210", 1), dx=("Z23",)))
    assert told(one.lines[0]) == ["PR 204 210.00"]


def test_a_claim_says_its_own_steps_in_order() -> None:
    one = decided(visit("TRN01", line("99214", "200", 1)))
    steps = list(dict.fromkeys(each.step for each in one.said))
    assert steps[:4] == ["intake", "eligibility", "duplicate", "timely filing"]
    assert steps.index("pricing") < steps.index("patient share") < steps.index("sequestration")


def test_a_number_given_for_another_member_is_our_own_fault() -> None:
    claim: Claim = visit("TRN01", line("99214", "200", 1))
    other = simulated_payers()["TRN01"].members[1]
    with pytest.raises(ValueError, match="NF00498765; look the member up"):
        adjudicate(claim, contracts()["TRN01"], other, opening("TRN01"), RECEIVED)


@pytest.mark.parametrize(
    ("charges", "shares"),
    [
        (("20", "25"), ("20", "15")),  # 35 for the visit: 20 and the other 15
        (("112", "158"), ("35", "0")),
        (("35", "25"), ("35", "0")),
        (("10", "10"), ("10", "10")),  # all that is allowed, 20 of 35
    ],
)
def test_a_copayment_for_the_visit_goes_on_where_a_line_is_too_small_for_it(
    charges: tuple[str, str], shares: tuple[str, str]
) -> None:
    first, second = charges
    one = decided(visit("TRN01", line("99213", first, 1), line("99214", second, 1)))
    assert tuple(each.patient_share for each in one.lines) == tuple(map(money, shares))


def test_the_deductible_and_then_the_most_of_the_year_end_within_a_line() -> None:
    # 70 percent of 90, 9,000 and 16,000: 63, 6,300 and 11,200. Left: 140 of 3,000, 3,140 of 6,000.
    lines = line("99215", "90", 1), line("A0427", "9000", 1), line("A0429", "16000", 1)
    one = decided(visit("TRN03", *lines, dx=("M17.11",)))
    # 140 - 63 = 77; (6,300 - 77) x 0.2 = 1,244.60; 3,140 - 63 - 77 - 1,244.60 = 1,755.40,
    # less than 11,200 x 0.2 = 2,240
    assert [told(each)[1:] for each in one.lines] == [
        ["PR 1 63.00"],
        ["PR 1 77.00", "PR 2 1244.60"],
        ["PR 2 1755.40"],
    ]
    assert (one.patient_share, one.paid) == (money("3140.00"), money("14423.00"))
