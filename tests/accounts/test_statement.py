"""Statements: what is charged, paid, taken off and owed, in dollars and in words."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from made_adjudication import decided
from made_adjudication import line as claim_line
from made_adjudication import visit as claim_of
from made_books import CHARGED, ENTERED, SECOND, books, claim, line, remittance
from made_patients import DAY, JAN, adds_up, hand, money, of_jan, office_visit, pages

from codinglab.accounts import charge
from codinglab.accounts.by_hand import (
    Money,
    owe_refund,
    patient_payment,
    pay_refund,
    transfer,
    undo,
    write_off,
)
from codinglab.accounts.post import post
from codinglab.accounts.statement import TRAINING, NoSuchPatient, statement
from codinglab.accounts.statement_html import as_html
from codinglab.accounts.statement_pdf import as_pdf
from codinglab.accounts.statement_text import as_text, notes, whys
from codinglab.core.dates import NotInForce
from codinglab.remit.from_decisions import remittance as remit

GOLDEN = Path(__file__).parents[1] / "golden" / "statements"


def four_visits():
    """Jan's visits: paid in part, denied with a notice, without insurance, not decided yet."""
    store = office_visit(
        of_jan("OV2", "99214-GA 200.00", filings=("MB",)),
        of_jan("OV3", "93000 60.00", alone=True),
        of_jan("OV4", "80053 35.00"),
    )
    denied = claim("OV2", line("99214-GA 200.00", "0", "PR-50 200.00"))
    post(store, remittance(denied, trace="T2"), ENTERED)
    patient_payment(store, hand(), Money("OV1", money("20.00")))
    return statement(store, JAN, DAY)


def test_a_visit_says_what_was_charged_paid_taken_off_and_left() -> None:
    (one,) = statement(office_visit(), JAN, DAY).visits
    # 190.00 - 66.40 - 75.00 = 48.60
    assert one.sums == {
        "charged": money("190.00"),
        "insurance paid": money("66.40"),
        "reduced": money("75.00"),
    }
    assert (one.insurance_owes, one.patient_owes) == (0, money("48.60"))
    assert adds_up(one)


def test_each_part_of_what_is_owed_has_its_reason_in_plain_words() -> None:
    (one,) = statement(office_visit(), JAN, DAY).visits
    assert [str(each) for each in one.why] == [
        "$30.00 is your deductible, which you pay before your plan pays.",
        "$18.60 is your coinsurance, your part of the price that your plan allows.",
    ]


def test_a_payment_lowers_the_sum_and_leaves_the_reasons() -> None:
    store = office_visit()
    patient_payment(store, hand(), Money("OV1", money("20.00")))
    (one,) = statement(store, JAN, DAY).visits
    assert one.patient_owes == money("28.60")  # 48.60 - 20.00
    assert [each.amount for each in one.why] == [money("30.00"), money("18.60")]
    assert one.sums["patient paid"] == money("20.00")
    assert adds_up(one)


def test_a_payment_that_was_undone_counts_no_longer() -> None:
    store = office_visit()
    patient_payment(store, hand("h1"), Money("OV1", money("20.00")))
    undo(store, hand("h2"), "h1")
    (one,) = statement(store, JAN, DAY).visits
    assert (one.patient_owes, one.sums["patient paid"]) == (money("48.60"), 0)
    assert adds_up(one)


def test_what_is_entered_after_the_day_is_not_on_the_statement() -> None:
    store = office_visit()
    patient_payment(store, hand("h1", date(2026, 4, 21)), Money("OV1", money("20.00")))
    assert statement(store, JAN, DAY).owed == money("48.60")
    assert statement(store, JAN, date(2026, 4, 21)).owed == money("28.60")


def test_a_visit_of_whoever_pays_alone_is_owed_from_its_charge() -> None:
    told = statement(books(of_jan("OV3", "93000 60.00", alone=True)), JAN, DAY)
    (one,) = told.visits
    assert [str(each) for each in one.why] == [
        "$60.00 is the price of care for which no insurance was billed."
    ]
    assert told.aging == (0, money("60.00"), 0, 0, 0)  # since 2026-03-03: 48 days


def test_a_claim_that_waits_is_told_and_not_asked_for() -> None:
    told = statement(books(of_jan("OV4", "80053 35.00")), JAN, DAY)
    assert (told.owed, told.waiting) == (0, money("35.00"))
    assert "Your insurance has still to settle $35.00; do not pay it now." in notes(told)
    assert "You owe nothing now." in as_text(told)
    assert "How to pay" not in as_text(told)


def test_what_the_first_payer_leaves_goes_to_the_second_before_the_patient() -> None:
    store = books(of_jan("OV1", "99213 150.00", payers=("TRN01", SECOND)))
    told = claim("OV1", line("99213 150.00", "80.00", "CO-45 50.00", "PR-2 20.00"))
    post(store, remittance(told), ENTERED)
    first = statement(store, JAN, DAY)
    assert (first.owed, first.waiting) == (0, money("20.00"))
    again = claim("OV1", line("99213 150.00", "15.00", "OA-23 130.00", "PR-3 5.00"), status="2")
    post(store, remittance(again, payer=SECOND, trace="T9"), ENTERED)
    (one,) = statement(store, JAN, DAY).visits
    # 150 - 80 - 50 - 15 = 5
    assert (one.patient_owes, one.sums["insurance paid"]) == (money("5.00"), money("95.00"))
    assert [str(each) for each in one.why] == [
        "$5.00 is your copayment, the fixed sum that your plan has you pay."
    ]
    assert adds_up(one)


def test_a_reversal_takes_the_reasons_back_with_the_money() -> None:
    store = books(of_jan("OV1", "99213 150.00"))
    told = claim("OV1", line("99213 150.00", "80.00", "CO-45 50.00", "PR-2 20.00"))
    post(store, remittance(told), ENTERED)
    back = claim("OV1", line("99213 -150.00", "-80.00", "CO-45 -50.00", "PR-2 -20.00"), status="22")
    # the payer cannot take 80 out of a payment of 0, so it carries them forward
    posted = post(store, remittance(back, trace="T2", beside=("FB -80.00 T2",)), ENTERED)
    assert (posted.refused, posted.held) == ("", ())
    (one,) = statement(store, JAN, DAY).visits
    assert (one.patient_owes, one.insurance_owes, one.why) == (0, money("150.00"), ())
    assert one.sums["insurance paid"] == 0
    assert adds_up(one)


def test_a_reason_without_words_of_its_own_is_told_by_the_codes_label() -> None:
    store = books(of_jan("OV1", "99213 150.00"))
    post(store, remittance(claim("OV1", line("99213 150.00", "0", "PR-31 150.00"))), ENTERED)
    (one,) = statement(store, JAN, DAY).visits
    (why,) = one.why
    assert why.reason == "PR-31"
    assert str(why).startswith("$150.00 is left to you by your plan (")


def test_what_was_moved_by_hand_says_so() -> None:
    store = books(of_jan("OV1", "99213 150.00"))
    transfer(store, hand(), Money("OV1", money("150.00"), "TRN01"), "")
    (one,) = statement(store, JAN, DAY).visits
    assert [str(each) for each in one.why] == ["$150.00 was moved to you by our office."]


def test_assistance_and_a_small_write_off_have_rows_of_their_own() -> None:
    store = office_visit()
    write_off(store, hand("h1"), Money("OV1", money("24.30")), "financial assistance")
    write_off(store, hand("h2"), Money("OV1", money("4.30")), "small balance")
    (one,) = statement(store, JAN, DAY).visits
    assert one.patient_owes == money("20.00")  # 48.60 - 24.30 - 4.30
    text = as_text(statement(store, JAN, DAY))
    assert re.search(r"Financial assistance +-\$24\.30", text)
    assert re.search(r"Given up by our office +-\$4\.30", text)
    assert adds_up(one)


def test_a_credit_on_one_visit_never_hides_what_is_owed_on_another() -> None:
    store = office_visit(of_jan("OV3", "93000 60.00", alone=True))
    patient_payment(store, hand(), Money("OV1", money("60.00")))  # 48.60 were owed
    told = statement(store, JAN, DAY)
    assert (told.owed, told.credit) == (money("60.00"), money("11.40"))
    assert any("paid $11.40 too much" in one for one in notes(told))
    assert re.search(r"We owe you +\$11\.40", as_text(told))
    credited = next(one for one in told.visits if one.account == "OV1")
    assert whys(credited) == ()  # nothing is owed, so no reason is named


def test_a_refund_that_was_paid_closes_the_visit() -> None:
    store = office_visit()
    patient_payment(store, hand("h1"), Money("OV1", money("60.00")))
    owe_refund(store, hand("h2"), Money("OV1", money("11.40")))
    pay_refund(store, hand("h3"), Money("OV1", money("11.40")))
    told = statement(store, JAN, DAY)
    assert (told.visits, told.owed, told.credit) == ((), 0, 0)


def test_the_parts_age_from_the_day_they_became_the_patients() -> None:
    # OV1's 48.60 since 2026-03-23: 28 days on 2026-04-20; OV3's 60.00 since 2026-03-03: 48 days.
    store = office_visit(of_jan("OV3", "93000 60.00", alone=True))
    assert statement(store, JAN, DAY).aging == (money("48.60"), money("60.00"), 0, 0, 0)
    # on 2026-07-30: 129 and 149 days
    late = statement(store, JAN, date(2026, 7, 30))
    assert late.aging == (0, 0, 0, 0, money("108.60"))


def test_the_bill_is_due_a_cycle_later_and_has_the_message_of_its_number() -> None:
    told = statement(office_visit(), JAN, DAY, notice=3)
    assert told.pay_by == date(2026, 5, 20)
    assert told.message.startswith("This is our last bill.")
    with pytest.raises(ValueError, match="notice 4: a practice sends bills 1 to 3"):
        statement(office_visit(), JAN, DAY, notice=4)
    fourth = statement(office_visit(), JAN, DAY, notice=4, site="tax-exempt hospital")
    assert fourth.message.startswith("This is our last bill.")


def test_an_unknown_patient_and_a_day_without_policy_are_told() -> None:
    with pytest.raises(NoSuchPatient, match="no visit of 'Nobody'"):
        statement(office_visit(), "Nobody", DAY)
    with pytest.raises(NotInForce, match="nothing in force on 2023-12-31"):
        statement(office_visit(), JAN, date(2023, 12, 31))


def test_a_denial_with_a_notice_goes_from_the_claim_to_the_statement() -> None:
    claimed = claim_of("TRNMB", claim_line("80061-GA", "42", 1), dx=("R53.83",))
    decision = decided(claimed)
    payer = claimed.coverage.payer
    paid = remit(
        [decision], payer, claimed.billing, "T1", origin="1", paid_on=ENTERED, method="NON"
    )
    account = replace(charge.account_of(claimed, CHARGED), patient=JAN)
    store = books(account)
    assert not post(store, paid, ENTERED).held
    (one,) = statement(store, JAN, DAY).visits
    (why,) = one.why
    assert str(why) == (
        "$42.00 is for care that your plan found not medically necessary; you signed a notice "
        "beforehand that you would pay for it then."
    )


def test_what_medicare_denied_without_a_notice_is_told_and_not_asked_for() -> None:
    store = office_visit(
        of_jan("OV7", "80061 42.00", "85025 40.00", filings=("MB",), payers=("M",))
    )
    lines = (
        line("80061 42.00", "0", "PR-50 42.00"),
        line("85025 40.00", "10.00", "CO-45 28.00", "PR-2 2.00"),
    )
    posted = post(store, remittance(claim("OV7", *lines), trace="T7", payer="M"), ENTERED)
    assert not posted.held
    told = statement(store, JAN, DAY)
    (one,) = (each for each in told.visits if each.account == "OV7")
    assert (one.patient_owes, one.unbillable, one.asked) == (
        money("44.00"),
        money("42.00"),
        money("2.00"),
    )
    assert told.owed == sum(told.aging) == money("50.60")  # 48.60 + 2.00
    assert [why.reason for why in one.why] == ["PR-2"]
    assert re.search(r"you signed \(do not pay\) +-\$42\.00\n +You owe +\$2\.00", as_text(told))
    assert adds_up(one)


def test_the_pdf_read_back_is_the_golden_text() -> None:
    told = four_visits()
    found = pages(as_pdf(told))
    assert len(found) == 2
    assert all(TRAINING in one for one in found)
    assert "\n\f\n".join(found) + "\n" == (GOLDEN / "statement.txt").read_text("utf-8")


def test_the_pdf_has_the_same_bytes_each_time_and_every_amount_of_the_text() -> None:
    told = four_visits()
    pdf = as_pdf(told)
    assert pdf == as_pdf(told)
    amounts = set(re.findall(r"-?\$[\d,.]*\d", as_text(told)))
    assert amounts == set(re.findall(r"-?\$[\d,.]*\d", "\n".join(pages(pdf))))


def test_a_statement_of_forty_visits_fills_pages_and_loses_none() -> None:
    store = books(*(of_jan(f"V{at:02}", "93000 60.00", alone=True) for at in range(40)))
    told = statement(store, JAN, DAY)
    found = pages(as_pdf(told))
    assert told.owed == money("2400.00")
    for at in range(40):
        assert sum(f"Visit V{at:02}" in one for one in found) == 1
    assert all(f"Page {at}" in one for at, one in enumerate(found, 1))


def test_the_html_is_the_golden_page() -> None:
    assert as_html(four_visits()) == (GOLDEN / "statement.html").read_text("utf-8")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_html_can_be_read_aloud_and_fetches_nothing() -> None:
    parsed = _Tags()
    parsed.feed(as_html(four_visits()))
    names = [tag for tag, _ in parsed.tags]
    assert dict(parsed.tags)["html"] == {"lang": "en"}
    assert names.count("h1") == names.count("main") == names.count("title") == 1
    labels = [attrs["aria-label"] for _, attrs in parsed.tags if "aria-label" in attrs]
    assert len(set(labels)) == len(labels) == 9
    assert names.count("table") == names.count("caption") == 9  # two a visit, and the aging
    assert all(attrs.get("scope") in {"row", "col"} for tag, attrs in parsed.tags if tag == "th")
    assert not {"script", "img", "link", "iframe"}.intersection(names)
    assert not any("src" in attrs or "href" in attrs for _, attrs in parsed.tags)


def test_a_bill_does_not_tell_the_day_of_birth() -> None:
    told = four_visits()
    for text in (as_text(told), as_html(told), *pages(as_pdf(told))):
        assert "Bill 1 for Doe, Jan" in text
        assert "1970" not in text


def test_a_name_with_marks_of_html_is_only_text() -> None:
    account = replace(of_jan("OV3", "93000 60.00", alone=True), patient="<b>Doe & Łuk")
    told = statement(books(account), "<b>Doe & Łuk", DAY)
    assert "<h1>Bill 1 for &lt;b&gt;Doe &amp; Łuk</h1>" in as_html(told)
    assert "Bill 1 for <b>Doe & ?uk" in pages(as_pdf(told))[0]  # the font has no Ł


def test_every_form_that_speaks_of_a_slip_has_one_and_none_where_nothing_is_owed() -> None:
    told = four_visits()
    line = "Due by 2026-05-20: $288.60. Enclosed: $"
    for form in (as_text(told), as_html(told), pages(as_pdf(told))[-1]):
        assert "with the slip below" in form
        assert line in form
    store = office_visit()
    patient_payment(store, hand(), Money("OV1", money("48.60")))
    paid = statement(store, JAN, DAY)
    for form in (as_text(paid), as_html(paid), pages(as_pdf(paid))[-1]):
        assert "slip" not in form.replace(".slip {", "")
        assert "day named above" not in form  # no day is named
        assert "You owe nothing now." in form
