"""The last letter: its deadline, what it says, and when there is none."""

from dataclasses import replace
from datetime import date

import pytest
from made_patients import money, pages

from codinglab.accounts.collections import PatientAccount
from codinglab.accounts.last_letter import TRAINING, NoLetter, as_pdf, as_text, last_letter

BILLS = (date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 30))
OFFICE = PatientAccount("OV1", "practice", money("120.00"), BILLS[0], BILLS[:3])
HOSPITAL = replace(OFFICE, site="tax-exempt hospital", bills=BILLS)


def test_a_practice_names_the_day_on_which_the_agency_has_it() -> None:
    told = last_letter(OFFICE, "Doe, Jan", date(2026, 6, 30))
    assert told.deadline == date(2026, 7, 30)  # 30 days
    assert told.says[:2] == (
        "You owe $120.00 for visit OV1. We have sent 3 bills and have not been paid.",
        "If we do not hear from you by 2026-07-30, the account goes to a collection agency.",
    )
    assert (told.actions, told.summary) == ((), ())


def test_a_hospitals_notice_has_what_section_501r_asks_for() -> None:
    told = last_letter(HOSPITAL, "Doe, Jan", date(2026, 7, 30))
    # 30 July + 30 = 29 August, after the 120th day (30 July)
    assert told.deadline == date(2026, 8, 29)
    text = " ".join(as_text(told).split())
    for said in (
        "Financial assistance is available to those who qualify.",
        "If you neither pay nor apply by 2026-08-29, we or an agency for us may take these",
        "- tell credit bureaus of the debt - bring a lawsuit for it",
        "- income up to 200 percent of the federal poverty guideline: 100 percent",
        "- income up to 300 percent of the federal poverty guideline: 60 percent",
        "Nobody who qualifies is charged more",
        "free of charge",
    ):
        assert said in text


def test_the_day_after_a_hospitals_deadline_is_never_before_the_120th_day() -> None:
    quick = replace(HOSPITAL, bills=(*BILLS[:1], date(2026, 4, 5), date(2026, 4, 9), BILLS[1]))
    # 2 May + 30 = 1 June; 1 April + 120 = 30 July, the first day of an action
    assert last_letter(quick, "Doe, Jan", date(2026, 5, 2)).deadline == date(2026, 7, 29)


def test_there_is_no_letter_before_the_last_bill_or_for_nothing() -> None:
    with pytest.raises(NoLetter, match="2 of 3 bills were sent"):
        last_letter(replace(OFFICE, bills=BILLS[:2]), "Doe, Jan", date(2026, 6, 30))
    with pytest.raises(NoLetter, match=r"42\.00 were denied as not necessary"):
        last_letter(replace(OFFICE, unbillable=money("42.00")), "Doe, Jan", date(2026, 6, 30))
    with pytest.raises(NoLetter, match=r"0\.00 is owed"):
        last_letter(replace(OFFICE, balance=money("0.00")), "Doe, Jan", date(2026, 6, 30))


def test_the_pdf_says_what_the_text_says() -> None:
    told = last_letter(HOSPITAL, "Doe, Jan", date(2026, 7, 30))
    (page,) = pages(as_pdf(told))
    flat = " ".join(page.split())
    assert TRAINING in flat
    for one in (*told.says, *told.actions, *told.after, *told.summary):
        assert one in flat
    assert as_pdf(told) == as_pdf(told)
