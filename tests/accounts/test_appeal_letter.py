"""Appeal letters: what they say, what they must bring along, and how they print."""

from datetime import date, datetime
from decimal import Decimal

import pypdfium2
import pytest
from made_claims import claim as made_claim
from made_denials import MADE, PAYEE, denial

from codinglab.accounts.appeal import Round
from codinglab.accounts.appeal_deadline import deadline
from codinglab.accounts.appeal_evidence import (
    Evidence,
    Justification,
    from_277ca,
    from_chart,
)
from codinglab.accounts.appeal_letter import Letter, letter
from codinglab.accounts.appeal_letter_kind import kind_of, letter_file
from codinglab.accounts.appeal_letter_pdf import as_pdf
from codinglab.accounts.appeal_path import path_of
from codinglab.accounts.appeal_words import Ask
from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_cause import causes
from codinglab.claim.scrub_rule import StatusAnswer
from codinglab.claim.x277ca import Front, Submission, transaction, write
from codinglab.claim.x277ca_status import ClaimAnswer
from codinglab.claim.x277ca_text import read
from codinglab.core.findings import Severity
from codinglab.core.tables import BadData
from codinglab.encounter.chart import parse
from codinglab.x12.envelope import Envelope

DAY = date(2026, 4, 20)
CHART = parse(
    "# Progress note\n\nSeen today. [[indication|A1c rose from 7.1 to 9.2 percent.]]\n\n"
    "# Procedure note\n\n[[site|The cyst lay on the left shoulder, 12 cm from the other.]]",
    "a chart",
)
POLICY = Evidence(kind="policy", name="NCD 190.23", text="every three months", source="NCD manual")


def write_letter(told: Denial, *evidence: Evidence, day: date = DAY, **more) -> Letter:
    path = path_of(told.filing)
    assert path is not None
    level = path.level(1)
    due = deadline(level.on(told.notice), told.notice)
    return letter(told, Ask(path, level, day, due), PAYEE, Justification(evidence=evidence, **more))


def problems(made: Letter) -> list[str]:
    return [one.id for one in made.findings if one.severity is Severity.ERROR]


def test_a_necessity_letter_sets_the_record_against_the_policy():
    told = denial("MB", "CO 50 210.00", remarks=("N386",))
    spans = from_chart(CHART, ["indication"])
    made = write_letter(told, *spans, POLICY, signer="Ada Okafor, MD", title="Physician")
    assert problems(made) == []
    for part in (
        "Harbor Family Medicine PC\n100 Pier Street\nMillbrook, OH 43015-1234\nNPI 1234567893",
        "April 20, 2026\n\nTraining Medicare Part B\nAttention: the Medicare administrative contr",
        "Request: redetermination (level 1 of 5, Original Medicare)",
        "Patient: Walter Quill, member number 1EG4TE5MK73",
        "Claim: our number OV1001, yours 2609600001",
        "Service: 99214, March 3, 2026",
        "Amount: $210.00 of $210.00 charged",
        '- "A1c rose from 7.1 to 9.2 percent." (Progress note)',
        "- NCD 190.23: every three months (NCD manual)",
        "1. The remittance of April 6, 2026\n2. Chart: indication (Progress note)\n3. Policy: NCD",
        "Ada Okafor, MD\nPhysician\nFor Harbor Family Medicine PC\n",
    ):
        assert part in made.text


def test_without_record_and_policy_it_is_written_and_held_back():
    made = write_letter(denial("MB", "CO 50 210.00"))
    assert problems(made) == ["appeal.evidence", "appeal.evidence"]
    assert made.findings[0].message.startswith("Nothing shows chart or operative note.")


def test_a_visit_with_25_is_told_in_other_words_than_a_procedure_with_59():
    note = from_chart(CHART, ["site"])
    visit = write_letter(denial("CI", "CO 97 150.00", "99213-25", "150.00"), *note)
    other = write_letter(denial("CI", "CO 97 150.00", "11400-59", "150.00"), *note)
    assert "a visit with work of its own, beyond what belongs to the procedure" in visit.text
    assert "billed with modifier 25" in visit.text
    assert (
        "a procedure of its own, apart from the other one, and was billed with modifier 59"
        in other.text
    )
    assert "another than that of the service you paid" in other.text
    assert (problems(visit), problems(other)) == ([], [])


def answered() -> str:
    """Return the 277CA of 2026-03-09 that takes the office visit in."""
    claim = made_claim("office visit")
    taken = ClaimAnswer(claim, (StatusAnswer("A2", "20"),), number="26068000001")
    front = Front("Northfield Mutual", "TRN01")
    sent = Submission(claim.billing.name, "SUB1", "B1", date(2026, 3, 9))
    when = datetime(2026, 3, 9, 10, 0)  # noqa: DTZ001  the wire has no time zone
    told = transaction(front, sent, [taken], when=when, trace="T1")
    return write(Envelope("TRN01", "SUB1", when, 1), [told])


def test_proof_of_timely_filing_comes_from_the_277ca():
    account = made_claim("office visit").account
    proof = from_277ca(read(answered()), account, date(2026, 3, 9))
    assert [(one.kind, one.day, one.number) for one in proof] == [
        ("receipt", date(2026, 3, 9), "26068000001")
    ]
    made = write_letter(denial("CI", "CO 29 210.00"), *proof)
    assert problems(made) == []
    assert (
        f"- March 9, 2026: claim {account} was accepted into adjudication, payer's number "
        "26068000001 (277CA (005010X214), status A2 20)" in made.text
    )
    assert from_277ca(read(answered()), "ANOTHER", date(2026, 3, 9)) == ()


def test_medicare_takes_no_appeal_of_late_filing_and_the_letter_says_so():
    made = write_letter(denial("MB", "CO 29 210.00"))
    assert "appeal.none" in problems(made)


def test_an_authorization_letter_gives_its_number_and_day():
    approval = Evidence(
        kind="authorization",
        name="Approval",
        text="one scan",
        source="portal",
        day=date(2026, 2, 27),
        number="NFA-18",
    )
    made = write_letter(denial("CI", "CO 197 400.00", "70450", "400.00"), approval)
    assert "- Number NFA-18, given February 27, 2026: one scan (portal)" in made.text
    assert problems(made) == []
    urgent = Evidence(kind="emergency", name="triage", text="Fell from a roof.", source="ED note")
    made = write_letter(denial("CI", "CO 197 400.00", "70450", "400.00"), urgent)
    assert "emergency services need no prior authorization" in made.text
    assert '- "Fell from a roof." (ED note)' in made.text


def test_a_coordination_letter_brings_the_other_payers_word():
    ended = Evidence(
        kind="other payer",
        name="Letter of Blue Training Plan",
        text="coverage ended on December 31, 2025",
        source="Blue Training Plan",
        day=date(2026, 1, 5),
    )
    made = write_letter(denial("CI", "CO 22 210.00"), ended)
    assert (
        "- Letter of Blue Training Plan, January 5, 2026: coverage ended on December 31, 2025 "
        "(Blue Training Plan)" in made.text
    )
    assert "correct your record of the patient's other coverage" in made.text


def test_a_letter_after_the_last_day_is_held_back():
    told = denial("MB", "CO 50 210.00")
    late = write_letter(told, *from_chart(CHART, ["indication"]), POLICY, day=date(2026, 8, 11))
    assert problems(late) == ["appeal.late"]
    assert "The request was due on 2026-08-10." in str(late.findings[0])


def test_every_worked_cause_has_a_letter_and_each_template_renders():
    for one in causes(MADE):
        if one.worked:
            assert any(one.code in each.causes for each in letter_file().letters)
    for adjustments in ("50", "97", "29", "197", "22", "204", "4", "A1"):
        told = denial("CI", f"CO {adjustments} 210.00")
        assert kind_of(told).slug
        assert "To whom it may concern:" in write_letter(told, POLICY).text


def test_an_unknown_sentence_of_the_chart_is_named_with_those_that_there_are():
    with pytest.raises(BadData, match="marks no sentence 'nothing'; it marks indication, site"):
        from_chart(CHART, ["nothing"])


def test_what_a_template_is_given_is_text_and_never_run():
    odd = Evidence(kind="chart", name="odd", text="{{ 7 * 7 }} {% raw %}", source="note")
    made = write_letter(denial("CI", "CO 204 210.00"), odd)
    assert "{{ 7 * 7 }} {% raw %}" in made.text


def pages(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_the_pdf_says_what_the_letter_says_on_every_page_it_needs():
    told = denial("MB", "CO 50 210.00", remarks=("N386",))
    many = tuple(
        Evidence(
            kind="chart", name=f"day-{at}", text=f"Sentence {at} " + "word " * 30, source="Note"
        )
        for at in range(1, 31)
    )
    made = write_letter(told, *many, POLICY)
    data = as_pdf(made)
    assert data == as_pdf(made)
    found = pages(data)
    assert len(found) == 3
    for at, text in enumerate(found, 1):
        assert "TRAINING COPY - NOT SENT TO ANY PAYER" in text
        assert f"Page {at} of 3" in text
    whole = " ".join(" ".join(found).split())
    assert all(f"Sentence {at} word" in whole for at in range(1, 31))
    assert "$210.00 of $210.00 charged" in whole


def test_a_character_that_the_font_has_not_is_a_question_mark():
    note = Evidence(kind="chart", name="x", text="sp\u0113cial \u2265 9", source="Note")
    made = write_letter(denial("CI", "CO 204 210.00"), note)
    assert "sp?cial ? 9" in " ".join(pages(as_pdf(made)))
    assert Decimal("210.00") == denial("CI", "CO 204 210.00").amount


def test_no_letter_goes_to_a_level_that_the_plan_forwards_to():
    path = path_of("16")
    assert path is not None
    told = denial("16", "CO 50 210.00")
    made = letter(told, Ask(path, path.level(2), DAY), PAYEE, Justification(evidence=(POLICY,)))
    assert "appeal.automatic" in problems(made)


JUNE = Round(1, DAY, "upheld", date(2026, 6, 19), date(2026, 6, 22), "1-99")
AUGUST = Round(2, date(2026, 7, 1), "upheld", date(2026, 8, 30))


def at_level(filing: str, number: int, *rounds: Round, adjustments: str = "CO 50 210.00") -> Letter:
    told, path = denial(filing, adjustments), path_of(filing)
    assert path is not None
    ask = Ask(path, path.level(number), date(2026, 9, 10), rounds=rounds)
    return letter(told, ask, PAYEE, Justification(evidence=(POLICY,)))


def test_a_second_letter_goes_to_the_second_reviewer_and_tells_the_first_decision():
    text = at_level("MB", 2, JUNE).text
    for part in (
        "Qualified Independent Contractor\nAddress: that of the notice of June 19, 2026\n",
        "our number OV1001, the payer's 2609600001",
        # 2026-04-06 + 5 = 2026-04-11
        "remittance of April 6, 2026, receipt presumed on April 11, 2026, 5 days after its date",
        (
            "- Redetermination (level 1) by Training Medicare Part B (the Medicare administrative "
            "contractor), number 1-99, asked for on April 20, 2026, upheld on June 19, 2026, "
            "received on June 22, 2026"
        ),
        "We do not agree with the decision of June 19, 2026 at level 1 (redetermination)",
        "Please find that 99214 is to be paid as billed",
        "2. The decision of June 19, 2026 (redetermination, number 1-99)\n3. Policy: NCD 190.23",
    ):
        assert part in text
    assert "Attention: the Medicare administrative" not in text


@pytest.mark.parametrize(
    ("filing", "number", "rounds", "office"),
    [
        ("MB", 3, (JUNE, AUGUST), "Office of Medicare Hearings and Appeals"),
        ("MB", 4, (JUNE, AUGUST), "Medicare Appeals Council, Departmental Appeals Board"),
        ("16", 2, (JUNE,), "Independent Review Entity"),
        ("CI", 2, (JUNE,), "Independent review organization, by way of the plan or agency"),
        ("WC", 2, (JUNE,), "State board of workers' compensation, bill review"),
        ("MC", 2, (JUNE,), "State hearings office"),
        ("AM", 2, (JUNE,), "State no-fault arbitration forum"),
    ],
)
def test_each_level_has_its_own_reader(filing, number, rounds, office):
    assert f"\n{office}" in at_level(filing, number, *rounds).text


def test_a_decision_without_its_number_is_named():
    made = at_level("MB", 3, JUNE, AUGUST)
    told = [str(one) for one in made.findings if one.id == "appeal.number"]
    assert len(told) == 1
    assert "The number of the decision of level 2 is not told." in told[0]
    # 2026-08-30 + 5 = 2026-09-04
    assert "upheld on August 30, 2026, receipt presumed on September 4, 2026" in made.text


def test_a_plan_whose_rules_presume_no_receipt_leaves_it_open():
    assert "remittance of April 6, 2026, day of receipt not recorded" in at_level("CI", 1).text


def test_a_court_takes_no_letter():
    with pytest.raises(BadData, match="a court is asked by a complaint, which a lawyer files"):
        at_level("MB", 5, JUNE, AUGUST)


def test_a_hearing_below_its_amount_is_held_back():
    told, path = denial("MB", "CO 50 210.00"), path_of("MB")
    assert path is not None
    ask = Ask(path, path.level(3), date(2026, 9, 10), rounds=(JUNE, AUGUST), needed=Decimal(200))
    made = letter(told, ask, PAYEE, Justification(evidence=(POLICY,)))
    assert "appeal.amount" in problems(made)
    (said,) = (one.message for one in made.findings if one.id == "appeal.amount")
    assert said.startswith("An administrative law judge of the Office of Medicare Hearings")


def test_without_a_signer_there_are_lines_to_sign_by_hand():
    made = write_letter(denial("MB", "CO 50 210.00"), POLICY)
    assert "Signed: ____" in made.text
    assert "(name)" not in made.text
    assert "appeal.signer" in [one.id for one in made.findings]
    signed = write_letter(denial("MB", "CO 50 210.00"), POLICY, signer="M. Ortiz")
    assert "M. Ortiz\nFor Harbor Family Medicine PC\n" in signed.text
    assert "____" not in signed.text


@pytest.mark.parametrize(
    ("code", "says", "never"),
    [
        (
            "99213-57",
            "the visit at which the operation was decided on, and was billed with modi",
            "25",
        ),
        ("99213-24", "nothing to do with the operation in whose follow-up time", "separately id"),
        ("83036-QW", "billed without a modifier that says so", "modifier QW"),
        (
            "11400-59-RT",
            "of its own, apart from the other one, and was billed with modifier 59, RT ",
            "QW",
        ),
        ("11400-XP", "a service by another practitioner", "site, session or lesion"),
        (
            "11400",
            "a service of its own. It was billed without a modifier",
            "apart from the other one",
        ),
    ],
)
def test_a_bundling_letter_tells_what_the_modifier_says_and_no_more(code, says, never):
    told = denial("CI", "CO 97 150.00", code, "150.00")
    made = write_letter(told, *from_chart(CHART, ["site"]))
    body = made.text.partition("To whom it may concern:")[2]
    assert says in body
    assert never not in body
    bare = "without" in says
    assert ("appeal.modifier" in [one.id for one in made.findings]) is bare


def test_what_was_granted_in_part_is_not_asked_for_whole():
    partly = Round(1, DAY, "partly overturned", date(2026, 6, 19), None, "1-99")
    assert "appeal.part" in [one.id for one in at_level("MB", 2, partly).findings]
    assert "appeal.part" not in [one.id for one in at_level("MB", 2, JUNE).findings]
