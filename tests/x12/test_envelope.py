from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some
from mutants import GOLDEN

from codinglab.x12.check import check
from codinglab.x12.envelope import Envelope, Transaction, isa, wrap
from codinglab.x12.reading import read
from codinglab.x12.syntax import CannotWrite, Delimiters, Segment
from codinglab.x12.tree import trees

WHEN = datetime(2026, 3, 15, 10, 30)  # noqa: DTZ001  the wire knows no zone
ENVELOPE = Envelope("LABSUBMITTER", "LABPAYER", WHEN, 103)


def body(name: str) -> list[Segment]:
    """Return what stands between ST and SE of a golden file, composites split."""
    between = {"ISA", "GS", "ST", "SE", "GE", "IEA"}
    return [
        [tuple(one.split(":")) if ":" in one else one for one in elements]
        for elements in read(GOLDEN / name).elements()
        if elements[0] not in between
    ]


def test_an_isa_segment_has_106_characters() -> None:
    assert len(isa(ENVELOPE)) == 106
    assert isa(ENVELOPE) == (
        "ISA*00*          *00*          *ZZ*LABSUBMITTER   *ZZ*LABPAYER       *260315*1030"
        "*^*00501*000000103*0*T*:~"
    )


def test_what_is_read_is_written_again_byte_for_byte() -> None:
    made = wrap(ENVELOPE, [Transaction("835", "005010X221A1", "0001", body("835.edi"))])
    assert made == (GOLDEN / "835.edi").read_text("utf-8")


def test_transactions_of_one_kind_share_a_group() -> None:
    one = Transaction("835", "005010X221A1", "0001", body("835.edi"))
    ack = Transaction("277", "005010X214", "0003", body("277ca.edi"))
    made = wrap(ENVELOPE, [one, replace(one, control="0002"), ack])
    heads = [each for each in read(made).elements() if each[0] in {"GS", "ST", "GE", "IEA"}]
    assert [(each[0], each[1], each[2]) for each in heads] == [
        ("GS", "HP", "LABSUBMITTER"),
        ("ST", "835", "0001"),
        ("ST", "835", "0002"),
        ("GE", "2", "103"),
        ("GS", "HN", "LABSUBMITTER"),
        ("ST", "277", "0003"),
        ("GE", "1", "104"),
        ("IEA", "2", "000000103"),
    ]
    assert list(check(made)) == []


def test_other_delimiters_are_written_and_read() -> None:
    envelope = replace(ENVELOPE, delimiters=Delimiters("|", ">", "!", "\n"), ending="")
    made = wrap(envelope, [Transaction("835", "005010X221A1", "0001", body("835.edi"))])
    assert made.splitlines()[3].startswith("BPR|I|315.25|C|ACH")
    assert list(check(made)) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sender": ""}, "sender '' must have 1 to 15"),
        ({"receiver": "A" * 16}, "must have 1 to 15"),
        ({"sender": "A*B"}, "must have 1 to 15"),
        ({"control": 0}, "not from 1 to 999999999"),
        ({"control": 1_000_000_000}, "not from 1 to 999999999"),
    ],
)
def test_an_envelope_that_cannot_be_written_is_refused(
    change: dict[str, object], message: str
) -> None:
    with pytest.raises(CannotWrite, match=message):
        isa(replace(ENVELOPE, **change))  # type: ignore[arg-type]


@given(
    some.lists(some.lists(some.text("ABZ09 .,/", max_size=9), min_size=1, max_size=6), max_size=12)
)
def test_whatever_is_written_is_read_back(rows: list[list[str]]) -> None:
    segments = [["NTE", *row, "X"] for row in rows]
    made = wrap(ENVELOPE, [Transaction("837", "005010X222A1", "0001", segments)])
    back = [one for one in read(made).elements() if one[0] == "NTE"]
    assert back == segments
    assert len(list(trees(made))) == 1
