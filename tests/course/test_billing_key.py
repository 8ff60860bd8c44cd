"""A key of billing: statements, the share of each element, what is as good or nearly so."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from made_up import CASE, SLUG

from codinglab.course.answers import statements
from codinglab.course.billing_key import as_the_key_writes, called, statement
from codinglab.course.billing_statement import KINDS
from codinglab.course.check import check_case
from codinglab.course.mark import findings, mark, reference
from codinglab.course.solution import worksheet
from codinglab.course.variants import all_variants, variant
from codinglab.grading.error_classes import error_class
from codinglab.grading.items import Expected, ExpectedItem, ExpectedPart

Write = Callable[..., str]

BILLING = CASE.replace("setting: professional\n", "setting: billing\n").replace(
    'place_of_service: "11"\n', ""
)
RECORD = """# Advice

Paid [[paid|{{ {"right": "80.00", "left": "60.00"}[side] }}]], for {{ patient.name }}.
The plan {{ {"insulin": "allows", "oral": "takes", "none": "denies"}[drug] }} it, {{ pressure }}.
"""
PAYS = """case: made-up-knee
revision: 1
second_coding: Made up for tests; nobody has coded it a second time.
items:
  line:
    say:
      by: [side, drug]
      values:
        right, insulin|oral: post OV1.1 paid 80.00 CO-45 30.00 PR-2 20.00
        left, insulin|oral: post OV1.1 paid 60.00 CO-45 50.00 PR-2 20.00
        right|left, none: post OV1.1 paid 0.00 CO-50 130.00
    near:
      - code:
          by: [side, drug]
          values:
            right, insulin|oral: post OV1.1 paid 30.00 CO-45 30.00 PR-2 20.00
            left, insulin|oral: post OV1.1 paid 50.00 CO-45 50.00 PR-2 20.00
            right|left, none: none
        credit: 1/2
        error: paid wrong
        why: That is what was adjusted.
    evidence: [paid]
    why: The advice says so.
    cites: ["guidelines: IV.I"]
  after:
    say:
      by: [drug]
      values:
        insulin|oral: next OV1 bill-patient
        none: next OV1 appeal by 2026-06-11
    accepted:
      - {by: [drug], values: {insulin|oral: next OV1 post, none: none}}
    why: What is left is the patient's, or denied.
    cites: ["guidelines: IV.I"]
  first:
    say: payer TRN01
    first: yes
    before: [second]
    why: It is the employer's plan.
    cites: ["guidelines: IV.I"]
  second:
    say: {by: [pressure], values: {normal: payer TRNMB, high: payer TRNMC}}
    why: It comes second.
    cites: ["guidelines: IV.I"]
"""
# Points of the variant that is paid: posting 3 (paid 1, adjustments 2), action 2, payers 2 + 2 = 9.
PAID = "post OV1.1 paid 80.00 CO-45 30.00 PR-2 20.00\n"
REST = "next OV1 bill-patient\npayer TRN01\npayer TRNMB\n"


@pytest.fixture
def paid(write: Write) -> int:
    """The number of the variant that is paid 80.00, with Medicare second."""
    write(RECORD, BILLING, PAYS)
    wanted = {"side": "right", "drug": "oral", "pressure": "normal"}
    return next(one.number for one in all_variants(SLUG) if one.fact == wanted)


def test_a_sound_billing_family_has_no_findings(write: Write) -> None:
    proof = check_case(write(RECORD, BILLING, PAYS))
    assert proof.findings == ()
    # 12 records; a key says side and payment (3 postings, of which none is alike for both sides:
    # 80, 60, denied) and the second payer: 3 x 2 = 6.
    assert (proof.variants, proof.distinct_keys) == (12, 6)


def test_the_key_is_written_as_a_trainee_writes(paid: int) -> None:
    assert worksheet(reference(SLUG, paid)) == PAID + REST


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (PAID + REST, Fraction(1)),
        ("", Fraction(0)),
        # The amount paid is wrong: 1 of 9 points is lost.
        (PAID.replace("80.00", "85.00") + REST, Fraction(8, 9)),
        # It is the amount adjusted, which the key calls nearly right: half of that point.
        (PAID.replace("80.00", "30.00") + REST, Fraction(17, 18)),
        # One of two adjustments is missing: 1 of the 2 points for adjustments.
        (PAID.replace(" PR-2 20.00", "") + REST, Fraction(8, 9)),
        # The other action is accepted; a third one loses both of its points.
        (PAID + REST.replace("bill-patient", "post"), Fraction(1)),
        (PAID + REST.replace("bill-patient", "write-off"), Fraction(7, 9)),
        # The payers change places: the first is not first (2); the turned pair is the same error.
        (PAID + "next OV1 bill-patient\npayer TRNMB\npayer TRN01\n", Fraction(7, 9)),
        # A payer too many costs half of a payer's 2 points.
        (PAID + REST + "payer TRN09\n", Fraction(8, 9)),
    ],
)
def test_each_element_counts_for_its_share(paid: int, text: str, score: Fraction) -> None:
    assert mark(SLUG, paid, text).score == score


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        (PAID + REST, ()),
        ("", ("after", "line")),
        # An amount that no near miss names, an adjustment too few, and one too many are wrong.
        (PAID.replace("80.00", "85.00") + REST, ("line",)),
        (PAID.replace(" PR-2 20.00", "") + REST, ("line",)),
        (PAID.replace("PR-2 20.00", "PR-2 20.00 CO-253 1.60") + REST, ("line",)),
        (PAID.replace("PR-2", "CO-2") + REST, ("line",)),
        # The near miss that earns a half does not block, nor does the action that is as good.
        (PAID.replace("80.00", "30.00") + REST, ()),
        (PAID + REST.replace("bill-patient", "post"), ()),
        # Another action is wrong; a day that nobody asked for beside the right one is not.
        (PAID + REST.replace("bill-patient", "write-off"), ("after",)),
        (PAID + REST.replace("bill-patient", "bill-patient by 2026-06-11"), ()),
        # What is not critical blocks nothing, however wrong it is.
        (PAID + "next OV1 bill-patient\npayer TRN09\n", ()),
    ],
)
def test_a_critical_statement_blocks_when_it_is_missing_or_wrong(
    write: Write, text: str, blocked: tuple[str, ...]
) -> None:
    critical = PAYS.replace("  line:\n", "  line:\n    critical: yes\n").replace(
        "  after:\n", "  after:\n    critical: yes\n"
    )
    write(RECORD, BILLING, critical)
    wanted = {"side": "right", "drug": "oral", "pressure": "normal"}
    number = next(one.number for one in all_variants(SLUG) if one.fact == wanted)
    assert mark(SLUG, number, text).blocked_by == blocked


def test_a_step_on_the_wrong_last_day_blocks_where_it_is_critical(write: Write) -> None:
    critical = PAYS.replace("  after:\n", "  after:\n    critical: yes\n")
    write(RECORD, BILLING, critical)
    wanted = {"side": "right", "drug": "none", "pressure": "normal"}
    number = next(one.number for one in all_variants(SLUG) if one.fact == wanted)
    right = worksheet(reference(SLUG, number))
    assert mark(SLUG, number, right).blocked_by == ()
    for wrong in ("2026-06-12", "2026-06-10"):
        late = right.replace("2026-06-11", wrong)
        assert mark(SLUG, number, late).blocked_by == ("after",)
    assert mark(SLUG, number, right.replace(" by 2026-06-11", "")).blocked_by == ("after",)


def test_codes_are_not_asked_of_a_biller(paid: int) -> None:
    (one,) = findings(variant(SLUG, paid), "dx I10\n")
    assert (one.id, one.place) == ("case.code", "line 1")


def test_a_biller_s_statement_is_not_asked_of_a_coder(write: Write) -> None:
    write()
    (one,) = findings(variant(SLUG, 1), "sum deposit 3.00\n")
    assert (one.id, one.place) == ("case.statement", "line 1")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("say: payer TRN01", "say: payer", "says too little"),
        ("say: payer TRN01", "say: fly OV1", "begins with none of box, post"),
        ("next OV1 post, none", "next OV2 post, none", "is not about next action OV1"),
    ],
)
def test_a_key_that_nobody_could_write_is_found(
    old: str, new: str, says: str, write: Write
) -> None:
    assert PAYS.count(old) == 1
    proof = check_case(write(RECORD, BILLING, PAYS.replace(old, new)))
    assert any(says in one.message for one in proof.findings)


def test_a_near_miss_that_does_not_earn_what_it_says_is_found(write: Write) -> None:
    # 80.00 is what the key says: as a near miss it is no miss at all, and drops out; the accepted
    # action, called nearly right at the same time, earns all.
    near = "    near: [{code: next OV1 post, credit: 1/2, error: action wrong, why: It is not.}]\n"
    text = PAYS.replace("    why: What is left", near + "    why: What is left")
    proof = check_case(write(RECORD, BILLING, text))
    assert {one.id for one in proof.findings} == {"case.element"}


def test_a_billing_case_has_no_place_of_service_and_the_others_have(write: Write) -> None:
    both = BILLING.replace("setting: billing\n", 'setting: billing\nplace_of_service: "11"\n')
    for text in (both, CASE.replace('place_of_service: "11"\n', "")):
        (one, *_) = check_case(write(RECORD, text, PAYS)).findings
        assert "place_of_service" in one.message


def test_an_entry_of_a_box_is_the_same_with_points_and_blanks_or_without() -> None:
    key = statement("box 21.A E1122")
    part = ExpectedPart("entry", frozenset({"E1122"}), Fraction(1))
    wanted = Expected((ExpectedItem("a", key.kind, key.value, Fraction(0), parts=(part,)),))
    for written in ("E11.22", "e11 22", "E1122"):
        (said,) = as_the_key_writes(statements([statement(f"box 21.a {written}")]), wanted)
        assert said.parts[0].values == {"E1122"}
    (other,) = as_the_key_writes(statements([statement("box 21.b E11.22")]), wanted)
    assert other.parts[0].values == {"E11.22"}


def test_each_kind_of_statement_has_its_name_in_plain_words() -> None:
    assert called("form box", "24D.1") == "box 24D.1"
    assert called("posting", "OV1.1") == "posting of OV1.1"
    assert [called(kind, None) for kind in KINDS] == [
        *("a box of the form", "a posting", "an adjustment", "a bill", "a refund"),
        *("a next step", "what a denial was about", "a sum", "a payer"),
    ]
    assert called("diagnosis", None) == "a diagnosis"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("paid wrong", "What was paid is not the amount that the remittance says."),
        (
            "adjustments missing",
            "An adjustment of the remittance is missing, or has another group, reason or amount.",
        ),
        (
            "adjustments unneeded",
            "An adjustment stands here that the remittance does not have.",
        ),
        ("action wrong", "Another step comes next."),
        ("last day missing", "The last day is missing, or it is another one."),
        ("who wrong", "It is somebody else's turn to be billed."),
        ("amount wrong", "The amount is not the one that the record leads to."),
        ("class wrong", "The denial was about something else."),
        ("entry unneeded", "Something stands in this box, and it stays blank."),
    ],
)
def test_what_is_wrong_with_an_element_is_a_sentence(name: str, sentence: str) -> None:
    found = error_class(name)
    assert found is not None
    assert (found.name, found.sentence) == (name, sentence)
