"""A biller's statements: what is read, and what is refused with the way to write it."""

import pytest

from codinglab.course.billing_statement import (
    ADJUSTMENT,
    BILLED,
    BOX,
    CLASS,
    HELP,
    NEXT,
    PAYER,
    POSTING,
    REFUND,
    SUM,
    VERBS,
    Unreadable,
    read_statement,
)
from codinglab.course.worksheet import parse

READ = [
    ("box 24d.1 99213-25", BOX, "24D.1", {"entry": {"99213-25"}}),
    ("box 32", BOX, "32", {"entry": {""}}),
    ("post ov1.1 paid 80", POSTING, "OV1.1", {"paid": {"80.00"}, "adjustments": set()}),
    (
        "post OV1.1 paid $1,080.5 CO45 30 pr-2 20.00",
        POSTING,
        "OV1.1",
        {"paid": {"1080.50"}, "adjustments": {"CO-45 30.00", "PR-2 20.00"}},
    ),
    ("cas OV1.1 OA-23 80", ADJUSTMENT, "OV1.1 23", {"group": {"OA"}, "amount": {"80.00"}}),
    ("bill OV1 patient 20", BILLED, "OV1", {"who": {"PATIENT"}, "amount": {"20.00"}}),
    ("refund OV1 trn01 12.5", REFUND, "OV1 TRN01", {"amount": {"12.50"}}),
    ("next OV1.2 Appeal", NEXT, "OV1.2", {"action": {"appeal"}}),
    (
        "next OV1.2 appeal by 2026-08-12",
        NEXT,
        "OV1.2",
        {"action": {"appeal"}, "last day": {"2026-08-12"}},
    ),
    ("class OV1.2 bundling", CLASS, "OV1.2", {"class": {"bundling"}}),
    ("sum Deposit 430.55", SUM, "deposit", {"amount": {"430.55"}}),
    ("payer trn01", PAYER, "TRN01", {}),
]


@pytest.mark.parametrize(("text", "kind", "value", "parts"), READ, ids=[one[0] for one in READ])
def test_a_statement_is_read(text: str, kind: str, value: str, parts: dict[str, set[str]]) -> None:
    (one,) = parse(text).billing
    assert (one.kind, one.value, one.place) == (kind, value, "line 1")
    assert {name: set(values) for name, values in one.parts} == parts


REFUSED = [
    ("box", "'' says too little.", "Write it as: box 24D.1 99213-25"),
    ("post OV1.1 80 CO-45", "'80' stands where 'paid' belongs.", "Write it as: post OV1001.1"),
    ("post OV1.1 paid eighty", "'EIGHTY' is not an amount in dollars.", "Write it as: 80.00"),
    ("post OV1.1 paid 80 CO-45", "'CO-45' is not understood.", "Write it as: post OV1001.1"),
    ("post OV1.1 paid 80 XX-45 3", "'XX-45 3' is not understood.", "Write it as: post OV1001.1"),
    ("refund OV1 TRN01", "'OV1 TRN01' says too little.", "Write it as: refund OV1001 patient"),
    ("refund OV1 TRN01 -5", "'-5' is no refund.", "Write what goes back as it is, above 0;"),
    ("refund OV1 TRN01 0", "'0' is no refund.", "Write what goes back as it is, above 0;"),
    ("refund OV1 @@ 5", "'@@' is nobody's name.", "Write a payer's id, or patient."),
    ("refund OV1 TRN01 5 by 2026-06-08", "'BY 2026-06-08' is not understood.", "Write it as: ref"),
    ("sum deposit 1,08.55", "'1,08.55' is not an amount in dollars.", "Write it as: 80.00"),
    ("sum deposit 1.555", "'1.555' is not an amount in dollars.", "Write it as: 80.00"),
    ("next OV1 fly", "'FLY' is no next action of this lab.", "Use one of post, bill-patient"),
    ("next OV1 appeal by 2026-02-30", "'2026-02-30' is not a day.", "Write it as: by 2026-08-12"),
    ("next OV1 appeal soon", "'SOON' is not understood.", "Write it as: next OV1001.2"),
    ("class OV1 odd", "'ODD' is no class of denials of this lab.", "Use one of registration"),
    ("bill O/V patient 3", "'O/V' is not an account.", "Write it as on the claim"),
]


@pytest.mark.parametrize(("text", "message", "remedy"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_cannot_be_read_says_how_to_write_it(text: str, message: str, remedy: str) -> None:
    read = parse(text)
    (finding,) = read.findings
    assert read.billing == ()
    assert finding.message == message
    assert finding.remedy.startswith(remedy)


def test_what_was_said_of_an_account_already_is_marked_once() -> None:
    read = parse("bill OV1 patient 20\nbill OV1 TRN02 20\nbill OV2 patient 5\n")
    assert [one.place for one in read.billing] == ["line 1", "line 3"]
    assert [one.place for one in read.findings] == ["line 2"]
    assert read.findings[0].message == "bill OV1 was already said on line 1."


def test_the_help_shows_every_word_as_it_is_read() -> None:
    shown = [text for text, _ in HELP if not text.startswith("#")]
    assert [text.partition(" ")[0] for text in shown] == list(VERBS)
    for text in shown:
        verb, _, rest = text.partition(" ")
        assert read_statement(verb, rest, "help").place == "help"


def test_a_statement_that_is_unreadable_keeps_its_remedy() -> None:
    with pytest.raises(Unreadable, match="says too little") as error:
        read_statement("cas", "OV1", "line 1")
    assert error.value.remedy == "Write it as: cas OV1001.1 OA-23 80.00"
