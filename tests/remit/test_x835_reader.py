"""Any 835 is read: the published samples, broken ones, and whatever stands in no guide."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_remits import ENVELOPE, VISIT, d, paid

from codinglab.remit.balance_wire import wire_unbalanced
from codinglab.remit.from_decisions import remit_claim
from codinglab.remit.x835 import write
from codinglab.remit.x835_reader import RemitReading, read_file
from codinglab.x12.reading import NotX12

TEXT = write(ENVELOPE, [paid(remit_claim(VISIT, VISIT.decided))])
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "edi" / "835"


def only(text: str) -> RemitReading:
    (found,) = read_file(text)
    return found


def told(text: str) -> list[tuple[str, str]]:
    return [(one.id, one.message) for one in only(text).findings]


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


STATUSES = "1, 2, 3, 4, 19, 20, 21, 22, 23, 25"
NO_ROOM = "is left out: a remittance has no place for it."
NOWHERE = "is left out: it stands where an 835 has no place for it."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "LX*1~\n",
            "LX*1~\nTS3*1*11*20261231*1*150~\n",
            f"TS3*1*11*20261231*1*150 {NO_ROOM}",
        ),
        ("CAS*CO*45", "LQ*RX*70~\nCAS*CO*45", f"LQ*RX*70 {NO_ROOM}"),
        (
            "DTM*405*20260320~\n",
            "",
            "DTM*405*20260320 is understood, though the file does not say it.",
        ),
        (
            "****MI*1EG4",
            "****MR*1EG4",
            "NM1*QC*1*Doe*Jane****MR*1EG4TE5MK73 is read as NM1*QC*1*Doe*Jane****MI*1EG4TE5MK73.",
        ),
        ("SE*23", "PLB*1*20261231*WO:1*0~\nNTE*ADD*HELLO~\nSE*25", f"NTE*ADD*HELLO {NOWHERE}"),
        ("N1*PE", "N1*QQ*SOMEONE~\nN1*PE", f"N1*QQ*SOMEONE {NOWHERE}"),
    ],
)
def test_what_a_remittance_cannot_hold_is_told(old: str, new: str, expected: str) -> None:
    assert expected in [message for _, message in told(changed(old, new))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CLP*A1*1*150*72.42", "CLP*A1*1*150.00*72.420"),
        ("*150*72.42**1~", "*150*72.42~"),
        ("CAS*CO*45*57.62**253*1.48~", "CAS*CO*45*57.62~\nCAS*CO*253*1.48~"),
        (
            "CAS*CO*45*57.62**253*1.48~\nCAS*PR*2*18.48",
            "CAS*PR*2*18.48~\nCAS*CO*45*57.62**253*01.48",
        ),
    ],
)
def test_the_same_said_in_another_way_is_no_finding(old: str, new: str) -> None:
    reading = only(changed(old, new))
    assert reading.findings == ()
    assert reading.remittance is not None
    assert reading.remittance.total == d("72.42")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("CLP*A1*1*", "CLP*A1*77*", f"Claim A1 is left out: CLP02 '77' is none of {STATUSES}."),
        ("CLP*A1*1*150", "CLP*A1*1*ABC", "Claim A1 is left out: CLP03 'ABC' is no number."),
        ("CAS*PR*2*18.48", "CAS*PR*2*", "Claim A1 is left out: CAS03 '' is no number."),
        ("CAS*PR", "CAS*XX", "Claim A1 is left out: CAS01 'XX' is none of CO, PR, OA, PI, CR."),
    ],
)
def test_a_claim_whose_money_cannot_be_read_is_left_out_alone(
    old: str, new: str, message: str
) -> None:
    reading = only(changed(old, new))
    assert reading.remittance is not None
    assert reading.claims == ()
    assert message in [one.message for one in reading.findings]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("BPR*I*72.42", "BPR*I*", "BPR02 '' is no number"),
        ("TRN*1*T1", "TRN*1*", "TRN is missing or blank"),
        ("*C*ACH*", "*C*XYZ*", "BPR04 'XYZ' is none of ACH, CHK, NON, FWT, BOP"),
    ],
)
def test_a_payment_that_cannot_be_read_leaves_the_claims_readable(
    old: str, new: str, message: str
) -> None:
    reading = only(changed(old, new))
    assert reading.remittance is None
    assert [one.account for one in reading.claims] == ["A1"]
    whole = f"The remittance is left out with its 1 claims: {message}."
    assert whole in [one.message for one in reading.findings]


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    reading = only(TEXT[: TEXT.index("CAS*PR")])
    assert [one.account for one in reading.claims] == ["A1"]
    assert reading.findings[-1].message == (
        "The transaction is read as far as it goes: there is no SE; is the file cut off."
    )


def test_other_transactions_are_passed_by() -> None:
    assert read_file(TEXT.replace("ST*835", "ST*837")) == []


def test_what_follows_the_end_of_a_transaction_belongs_to_none_and_is_told() -> None:
    two = write(
        ENVELOPE, [paid(remit_claim(VISIT, VISIT.decided), control=one) for one in ("0001", "0002")]
    )
    (found,) = read_file(two.replace("ST*835*0002~\n", ""))
    assert [one.account for one in found.claims] == ["A1"]  # not A1 twice, in one payment
    second = two.count("~\n", two.index("ST*835*0002"), two.index("GE*")) - 1
    assert [one.id for one in found.findings] == ["x835.unplaced"] * (second - 1)  # SE ends again


def test_a_text_that_is_not_x12_is_refused() -> None:
    with pytest.raises(NotX12, match=r"mine\.835"):
        read_file("hello", "mine.835")


DAMAGE = (
    *("", "*", "::", "99999999", "-", ".", "1e9", "CLP", "SVC", "CAS", "PLB", "N1", "LX", "É"),
    *("20269999", "0" * 60),
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_makes_the_reader_or_the_checker_crash(data: st.DataObject) -> None:
    segments = TEXT.split("~\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(1, len(segments) - 1))
        elements = segments[at].split("*")
        place = data.draw(st.integers(0, len(elements)))
        elements[place : place + 1] = [data.draw(st.sampled_from(DAMAGE))]
        segments[at] = "*".join(elements)
        if data.draw(st.booleans()):
            other = data.draw(st.integers(1, len(segments) - 1))
            segments[at], segments[other] = segments[other], segments[at]
    text = "~\n".join(segments)
    read_file(text)
    wire_unbalanced(text)


EXPECTED = {  # claims of each transaction, findings of the reader, findings of the balance
    "TigerShark__5010-835-example-3.txt": ([2], [0], 0),
    "TigerShark__835-example-2.txt": ([1, 1], [2, 2], 1),
    "TigerShark__835-example.txt": ([2], [2], 1),
    "TigerShark__sample_835.txt": ([0], [3], 11),
    "badX12__X221-dollars-and-data-sent-separate.edi": ([2], [0], 0),
    "badX12__X221-era-sample.edi": ([1], [1], 0),
    "badX12__X221-multiple-claims-single-check.edi": ([9], [1], 0),
    "badX12__X221-secondary-payments.edi": ([2], [0], 0),
    "badX12__error_validation.edi": ([2], [0], 0),
    "pyx12__835_mult_loops.txt": ([1], [2], 0),
    "x12__secondary-payment.835": ([2], [3], 0),
}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not here")
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_published_sample_is_read(name: str) -> None:
    read = read_file(SAMPLES / name)
    claims, findings, balance = EXPECTED[name]
    assert [len(one.claims) for one in read] == claims
    assert [len(one.findings) for one in read] == findings
    assert len(wire_unbalanced(SAMPLES / name)) == balance


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not here")
def test_no_published_sample_is_left_out_here() -> None:
    assert {one.name for one in SAMPLES.iterdir()} == set(EXPECTED)
