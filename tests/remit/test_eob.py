"""A remittance in words: columns that add up, reasons, and why the patient owes."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from hypothesis import given, settings
from made_remits import VISIT, claim_of, d, decided, paid, reason, remittances

from codinglab.claim.parties import Name, Payer
from codinglab.remit.eob import UNKNOWN, EobReason, dollars, explained, full_name
from codinglab.remit.eob_html import as_html
from codinglab.remit.eob_text import as_text
from codinglab.remit.frames import LINES, REASONS, lines_frame, reasons_frame
from codinglab.remit.from_decisions import remit_claim
from codinglab.remit.model import ProviderAdjustment, Remittance
from codinglab.remit.recoup import reversal

DAY = VISIT.decided
CLAIM = remit_claim(VISIT, DAY)
DENIED = remit_claim(
    decided(claim_of("80", account="D1"), (reason("CO", "50", "80", "N115"),), status="4"), DAY
)


def test_the_whole_text_of_a_visit() -> None:
    assert as_text(explained(paid(CLAIM))) == (
        "Training Medicare Part B to Harbor Family Practice\n"
        "$72.42 by deposit on 2026-03-20, number T1.\n"
        "\n"
        "Claim A1, payer's number 26071-A1: Jane Doe 1EG4TE5MK73\n"
        "  paid as the first payer\n"
        "  service                          charge    allowed   contract    refused      other"
        "    patient       paid\n"
        "  2026-03-03 99213                 150.00          -      59.10       0.00       0.00"
        "      18.48      72.42\n"
        "      CO 45  57.62  charge above the fee schedule or the contract (contract: the provider"
        " writes it off)\n"
        "      CO 253  1.48  federal sequestration (contract: the provider writes it off)\n"
        "      PR 2  18.48  coinsurance (patient's share)\n"
        "  whole claim                      150.00          -      59.10       0.00       0.00"
        "      18.48      72.42\n"
        "  The patient owes $18.48: $18.48 coinsurance.\n"
        "\n"
        "Every line, every claim and the payment balance."
    )


def test_why_the_patient_owes_is_told_reason_by_reason() -> None:
    lines = (reason("PR", "1", "40"), reason("PR", "2", "12")), (reason("PR", "2", "3.50"),)
    claim = remit_claim(decided(claim_of("100", "20"), *lines), DAY)
    (told,) = explained(paid(claim)).claims
    assert told.owes == "The patient owes $55.50: $40.00 deductible; $15.50 coinsurance."


def test_nothing_owed_is_said_too() -> None:
    (told,) = explained(paid(DENIED)).claims
    assert (told.owes, told.status) == ("The patient owes nothing.", "denied")


def test_a_refusal_is_not_called_a_contract() -> None:
    (told,) = explained(paid(DENIED)).claims
    (row,) = told.rows
    assert (row.contract, row.refused, row.paid) == (d("0"), d("80"), d("0"))
    assert row.reasons == (
        EobReason(
            "CO",
            "50",
            "refused: work it before anybody writes it off",
            "not medically necessary by the payer's rules",
            d("80"),
        ),
    )
    assert row.remarks == (("N115", "by a local coverage determination (LCD)"),)


def test_a_reversal_says_that_the_patient_owes_it_no_longer() -> None:
    (told,) = explained(paid(reversal(CLAIM))).claims
    assert told.status == "an earlier payment is taken back"
    assert told.owes == "What the patient owed by the payment that is taken back is owed no longer."


def test_a_reversal_writes_nothing_off_and_refuses_nothing() -> None:
    (told,) = explained(paid(reversal(CLAIM))).claims
    falls_on = {one.falls_on for row in (*told.rows, told.whole) for one in row.reasons}
    assert falls_on == {"taken back with the payment"}


def test_a_price_above_the_charge_is_the_contracts_and_no_refusal() -> None:
    # 100.00 + 30.00 = 130.00 allowed, less 26.00 of the patient and 2.08 (2 % of 104.00) = 101.92
    line = decided(
        claim_of("100"),
        (reason("CO", "94", "-30"), reason("PR", "2", "26"), reason("CO", "253", "2.08")),
    )
    claim = remit_claim(line, DAY)
    (told,) = explained(paid(claim)).claims
    (row,) = told.rows
    assert (row.contract, row.refused, row.patient, row.paid) == (
        d("-27.92"), d("0"), d("26"), d("101.92"),
    )  # fmt: skip
    assert {one.carc: one.falls_on for one in row.reasons} == {
        "94": "raises the payment",
        "253": "contract: the provider writes it off",
        "2": "patient's share",
    }
    (back,) = explained(paid(reversal(claim))).claims
    assert (back.whole.contract, back.whole.refused) == (d("27.92"), d("0"))


def test_a_refusal_that_is_taken_back_stays_in_the_column_of_refusals() -> None:
    (told,) = explained(paid(reversal(DENIED))).claims
    assert (told.whole.contract, told.whole.refused) == (d("0"), d("-80"))


def test_what_is_withheld_is_not_told_as_written_off() -> None:
    # 80 - 16 - 3.20 = 60.80; both are of the price, and one of them may come back
    line = decided(claim_of("80"), (reason("CO", "45", "16"), reason("CO", "104", "3.20")))
    (told,) = explained(paid(remit_claim(line, DAY))).claims
    row = told.rows[0]
    assert (row.contract, row.refused, row.paid) == (d("19.20"), d("0"), d("60.80"))
    assert [one.falls_on for one in row.reasons] == [
        "contract: the provider writes it off",
        "withheld by the contract and perhaps paid later: it stays open",
    ]


def test_a_code_that_the_lab_lacks_is_shown_bare() -> None:
    line = decided(claim_of("80"), (reason("CO", "999", "80", "N999"),))
    (told,) = explained(paid(remit_claim(line, DAY))).claims
    assert told.rows[0].reasons[0].what == UNKNOWN == told.rows[0].remarks[0][1]
    assert told.rows[0].refused == d("80")  # not known to be contractual


def test_a_remittance_of_a_day_without_words_is_told_in_the_nearest_and_says_so() -> None:
    # the tables of reasons hold from 2024-01-01 until before 2027-01-01
    now, old, later = (
        explained(replace(paid(CLAIM), paid_on=day))
        for day in (DAY, date(2014, 3, 31), date(2027, 1, 1))
    )
    assert old.claims == later.claims == now.claims
    assert now.words == ""
    assert old.words == (
        "The lab's words for reasons and remarks begin on 2024-01-01, after this payment of "
        "2014-03-31; they are shown as they stood on 2024-01-01. A code may have meant something "
        "else when it was paid."
    )
    assert "end on 2026-12-31, before this payment of 2027-01-01; " in later.words
    assert as_text(old).splitlines()[2] == old.words
    assert old.words.replace("'", "&#x27;") in as_html([old])
    assert "<p></p>" not in as_html([now])


def test_what_is_set_off_is_told_by_what_it_does_to_the_payment() -> None:
    eob = explained(paid(CLAIM, adjustments=[ProviderAdjustment("WO", "26071", d("20"))]))
    (one,) = eob.set_off
    assert (one.reason, one.what, one.effect) == ("WO", "an overpayment is recovered", d("-20"))
    assert "  WO  -$20.00  an overpayment is recovered, reference 26071" in as_text(eob)


def test_notes_tell_of_interest_group_and_the_next_payer() -> None:
    claim = replace(
        CLAIM,
        interest=d("0.75"),
        drg="291",
        passed_to=Payer("Evergreen Supplement", "TRN04"),
        corrected=Name("Dow", "Jane"),
        corrected_id="X1",
    )
    assert explained(paid(claim)).claims[0].notes == (
        "The payer passed the claim on to Evergreen Supplement; do not bill it there too.",
        "Interest of $0.75 is paid beside the claim.",
        "The stay was paid by DRG 291.",
        "The payer knows the patient as Jane Dow, X1.",
    )


def test_what_does_not_balance_is_told_below() -> None:
    wrong = explained(replace(paid(CLAIM), total=d("72.41")))
    assert [one.id for one in wrong.findings] == ["remit.total"]
    assert "error    remit.total  payment: the payment (BPR02) is 72.41" in as_text(wrong)


def test_dollars_and_names_are_written_as_people_do() -> None:
    assert (dollars(d("1234.5")), dollars(d("-0.05"))) == ("$1,234.50", "-$0.05")
    assert full_name(Name("Doe", "Jane", "Q", "Jr")) == "Jane Q Doe Jr"


@settings(max_examples=25, deadline=None)
@given(remittances())
def test_every_row_adds_up_across(remittance: Remittance) -> None:
    for claim in explained(remittance).claims:
        for row in (*claim.rows, claim.whole):
            told = row.contract + row.refused + row.other + row.patient + row.paid
            assert told == row.charge


class _Page(HTMLParser):
    """Notes which tags are open, and how headings follow each other."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_alone_and_escaped() -> None:
    mean = replace(CLAIM, account="<b>&", patient=Name('D"oe', "<script>"))
    text = as_html([explained(paid(mean, DENIED)), explained(paid(CLAIM, trace="T2"))])
    page = _Page()
    page.feed(text)
    assert page.open == []
    assert page.headings == ["h1", "h2", "h3", "h3", "h2", "h3"]
    assert page.ids == ["claim-1", "claim-2", "claim-3"]
    assert "<script" not in text
    assert "http" not in text
    assert "color-scheme: light dark" in text
    assert '<th scope="col" class="money">refused (CO, PI)</th>' in text
    assert text.count("<caption>") == 3


def test_frames_have_a_row_for_each_line_and_each_adjustment() -> None:
    stay = remit_claim(
        decided(claim_of("100", account="S1"), (), reasons=(reason("CO", "45", "30"),)), DAY
    )
    whole = paid(CLAIM, DENIED, stay)
    lines, reasons = lines_frame([whole]), reasons_frame([whole])
    assert tuple(lines.columns) == LINES
    assert tuple(reasons.columns) == REASONS
    assert list(lines["account"]) == ["A1", "D1", "S1"]
    assert list(lines["paid"]) == [d("72.42"), d("0"), d("100")]
    assert list(zip(reasons["account"], reasons["line"], reasons["carc"], strict=True)) == [
        ("A1", 1, "45"),
        ("A1", 1, "253"),
        ("A1", 1, "2"),
        ("D1", 1, "50"),
        ("S1", 0, "45"),
    ]
    assert sum(reasons["amount"]) == d("57.62") + d("1.48") + d("18.48") + d("80") + d("30")


def test_a_claim_without_lines_is_a_row_of_its_own() -> None:
    bare = replace(CLAIM, lines=(), adjustments=CLAIM.lines[0].adjustments)
    frame = lines_frame([paid(bare)])
    assert (list(frame["line"]), list(frame["patient_share"])) == ([0], [d("18.48")])
