"""A 271 in plain words: every sentence that a front desk reads, and the data frame."""

from decimal import Decimal

import pytest
from made_inquiries import ANSWERED, DAY, answer_to, question_of

from codinglab.payer.frames import ELIGIBILITY, eligibility_frame
from codinglab.payer.says import says
from codinglab.x12.check import check
from codinglab.x12.envelope import Transaction, wrap
from codinglab.x12.tree import trees


def test_a_covered_member_is_told_in_sentences_with_the_next_steps() -> None:
    assert says(answer_to("two services"), DAY) == [
        "Riverbend HMO answers Harbor Family Medicine PC.",
        "Subscriber Irene M Sandoval (member RB7741201):",
        "Plan begins 2025-07-01.",
        "The plan as a whole: covered, plan Riverbend Family HMO, HMO.",
        "The plan as a whole: deductible $1,500.00 per calendar year, one person, in the network.",
        "The plan as a whole: deductible $3,000.00 per calendar year, family, in the network.",
        (
            "The plan as a whole: most that the patient pays $8,000.00 per calendar year, family, "
            "in the network."
        ),
        "Physician visit in the office: covered, in the network.",
        (
            "Physician visit in the office: fixed amount that the patient pays $25.00 per visit, "
            "in the network."
        ),
        "Pharmacy: covered, in the network.",
        (
            "Pharmacy: fixed amount that the patient pays $10.00, in the network. "
            'The payer writes: "GENERIC DRUG".'
        ),
        "The plan as a whole: not a benefit of the plan, outside the network.",
        "The plan as a whole: deductible $400.00 left, one person, in the network.",
        "The plan as a whole: deductible $1,900.00 left, family, in the network.",
        "The plan as a whole: most that the patient pays $6,150.25 left, family, in the network.",
        (
            "Next: Coverage alone is no promise of payment: look at the limits, the authorization "
            "and what the patient pays."
        ),
        (
            "Next: What is left of it is the patient's: estimate it, and bill it after the "
            "remittance says so."
        ),
        "Next: Once it is reached the plan pays all of the allowed amount.",
        (
            "Next: Collect it at check-in; in an emergency not before the examination that the law "
            "asks for (42 CFR 489.24(d))."
        ),
        "Next: Tell the patient before the service what it costs; the plan will not pay.",
    ]


def test_a_deductible_with_nothing_left_is_met() -> None:
    said = says(answer_to("in and outside the network"), DAY)
    assert (
        "The plan as a whole: deductible $0.00 left (used up or met), one person, in the network."
    ) in said


def test_a_share_is_told_in_percent_by_network() -> None:
    said = says(answer_to("in and outside the network"), DAY)
    assert (
        "The plan as a whole: share that the patient pays 20 %, one person, in the network."
    ) in said
    assert (
        "The plan as a whole: share that the patient pays 40 %, one person, outside the network."
    ) in said


def test_a_service_to_be_authorized_is_told_with_what_to_do() -> None:
    said = says(answer_to("in and outside the network"), DAY)
    assert "MRI and CT: covered, must be authorized before." in said
    assert said[-1] == (
        "Next: Get the authorization before the service and put its number on the claim."
    )


def test_a_limit_is_told_in_visits() -> None:
    said = says(answer_to("in and outside the network"), DAY)
    assert "Chiropractic: limit 20 visits per calendar year, in the network." in said


def test_a_copay_of_nothing_is_not_to_be_collected() -> None:
    text = answer_to("child, two services").replace("EB*B**98***27*25*****Y~", "EB*1**98~")
    said = says(text, DAY)
    assert (
        "Well-baby care: fixed amount that the patient pays $0.00 per visit, in the network."
    ) in said
    assert not [one for one in said if one.startswith("Next: Collect")]


def test_a_policy_that_has_ended_is_told_with_its_last_day() -> None:
    assert says(answer_to("ended"), DAY)[1:] == [
        "Subscriber Paul Hargrove (member RB7740007):",
        "Plan begins 2025-01-01, plan ends 2026-01-31.",
        "The plan as a whole: not covered on that day, plan Riverbend Family HMO, HMO.",
        (
            "Next: Ask the patient for another card before the visit; without one the patient "
            "pays, and must be told before."
        ),
    ]


def test_another_payer_that_is_first_is_named() -> None:
    said = says(answer_to("other payer first"), DAY)
    assert "The plan as a whole: another payer, primary payer Riverbend HMO (TRN02)." in said
    assert (
        "Next: Find out which pays first; bill that one first, then this one with its remittance."
    ) in said


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("not found", "Not answered: the payer has no such subscriber (75)."),
        (
            "other name",
            "Not answered: subscriber's name is missing or not the one that the payer has (73).",
        ),
        (
            "other birth date",
            "Not answered: birth date is not the one that the payer has (71).",
        ),
        ("child not on the policy", "Not answered: subscriber found, patient not (77)."),
    ],
)
def test_a_refusal_is_told_with_what_to_look_at(name: str, told: str) -> None:
    said = says(answer_to(name), DAY)
    assert told in said
    assert said[-1] == "Next: Correct it and ask again."
    assert said[-2].startswith("Next: ")


def test_a_code_without_words_is_named_and_said_to_have_none() -> None:
    text = answer_to("ended").replace("EB*6**30*HM", "EB*6**CP*HM")
    assert says(text, DAY)[3].startswith("Code CP (the lab has no words for it): not covered")


def test_where_a_benefit_holds_and_whom_to_call_are_told() -> None:
    text = answer_to("other payer first")
    text = text.replace("EB*1**98~\n", "EB*1**98~\nIII*ZZ*11~\n")
    text = text.replace("PI*TRN02~\nLE*2120~", "PI*TRN02~\nPER*IC**TE*6145550199~\nLE*2120~")
    text = text.replace("SE*37*", "SE*39*")
    assert list(check(text)) == []
    said = says(text, DAY)
    assert "Physician visit in the office: covered, at place of service 11." in said
    assert (
        "The plan as a whole: another payer, primary payer Riverbend HMO (TRN02) "
        "at telephone 6145550199."
    ) in said


def test_how_the_payer_is_reached_is_told() -> None:
    text = answer_to("ended").replace("PI*TRN02~\n", "PI*TRN02~\nPER*IC*HELP*TE*6145550198~\n", 1)
    assert says(text, DAY)[1:3] == [
        "The payer Riverbend HMO:",
        "To be reached at telephone 6145550198.",
    ]


def test_a_question_is_told_in_one_sentence() -> None:
    assert says(question_of("two services"), DAY) == [
        (
            "Harbor Family Medicine PC asks Riverbend HMO whether Irene M Sandoval "
            "(member RB7741201) is covered on 2026-03-03, about: "
            "physician visit in the office; pharmacy."
        )
    ]


def test_an_older_version_is_told_to_be_out_of_force() -> None:
    (told,) = says(question_of("covered").replace("005010X279A1", "004010X092A1"), DAY)
    assert "since 1 January 2012" in told


def test_another_transaction_is_named_as_such() -> None:
    text = wrap(ANSWERED, [Transaction("999", "005010X231A1", "0001", [("AK1", "HS", "17")])])
    assert says(text, DAY) == ["Transaction 0001 is a 999, neither a question nor its answer."]


def test_the_frame_has_a_row_for_each_benefit_with_exact_money() -> None:
    told = eligibility_frame(trees(answer_to("two services")))
    assert tuple(told.columns) == ELIGIBILITY
    copays = told[(told.kind == "B") & (told.services == "98")]
    assert list(copays.amount) == [Decimal(25)]
    left = told[(told.kind == "G") & (told.period == "29")]
    assert list(left.amount) == [Decimal("6150.25")]
    assert len(told) == 5 + 2 * 2 + 3  # plan, two services, what is left: its EB segments


def test_the_frame_has_a_row_for_a_refusal() -> None:
    told = eligibility_frame(trees(answer_to("not found")))
    assert list(told.kind) == ["AAA 75"]
    assert list(told.meaning) == ["the payer has no such subscriber"]
