"""An 837 read back: the same claims, the same bytes, and a finding for all that was left."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_claims import CLAIMS
from wire_claims import (
    ENVELOPE,
    FULL_INSTITUTIONAL,
    FULL_PROFESSIONAL,
    HEAD,
    claims,
    sent,
)

from codinglab.claim.model import Claim
from codinglab.claim.parties import Address
from codinglab.claim.scrub_catalog import find_claim_edit
from codinglab.claim.scrub_rule import Sent
from codinglab.claim.x837 import write
from codinglab.claim.x837_reader import Reading, read_file, read_transaction
from codinglab.claim.x837_sent import as_sent
from codinglab.core.findings import Severity
from codinglab.x12.loops import TransactionTree
from codinglab.x12.tree import trees

KINDS = ("professional", "institutional")


def one(text: str) -> Reading:
    (reading,) = read_file(text)
    return reading


def again(text: str) -> str:
    reading = one(text)
    assert reading.batch is not None
    return write(ENVELOPE, [(reading.batch, reading.claims)])


def told(text: str) -> list[tuple[str, int, str, str]]:
    return [(each.id, each.position, each.loop, each.message) for each in one(text).findings]


# Shrinking such claims takes minutes; whoever sees a failure shrinks it with `phases` left out.
@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_whatever_is_written_reads_and_writes_again_to_the_same_bytes(
    kind: str, data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(claims(kind), min_size=1, max_size=2))
    drawn += [drawn[0]] if data.draw(st.booleans()) else []
    text = sent(*drawn)

    assert one(text).findings == ()
    assert again(text) == text


@pytest.mark.parametrize("kind", KINDS)
def test_all_sample_claims_of_a_kind_come_back(kind: str) -> None:
    chosen = [claim for claim in CLAIMS.values() if claim.kind == kind]
    text = sent(*chosen)
    reading = one(text)

    assert reading.batch == HEAD
    assert reading.findings == ()
    assert {claim.account for claim in reading.claims} == {claim.account for claim in chosen}
    assert again(text) == text


@pytest.mark.parametrize("claim", [FULL_PROFESSIONAL, FULL_INSTITUTIONAL], ids=KINDS)
@pytest.mark.parametrize(
    "field",
    [
        *("account", "coverages", "diagnoses", "to", "frequency", "dates", "accident"),
        *("bill", "ambulance", "prior", "attachments", "fixed_notes", "pay_to", "conditions"),
        *("original_reference", "accepts", "signature_on_file", "signed_for_patient", "note"),
        *("authorization", "referral", "clia", "patient_paid", "outside_laboratory", "total"),
        *("delay_reason", "anesthesia_procedure", "place_of_service"),
    ],
)
def test_a_claim_that_says_all_comes_back_as_it_was(claim: Claim, field: str) -> None:
    (found,) = one(sent(claim)).claims

    assert getattr(found, field) == getattr(as_sent(claim), field)


def test_a_line_comes_back_with_its_drug_equipment_units_and_number() -> None:
    (found,) = one(sent(FULL_PROFESSIONAL)).claims
    line, was = found.lines[0], FULL_PROFESSIONAL.lines[0]

    assert (line.code, line.modifiers, line.charge) == (was.code, was.modifiers, was.charge)
    assert (line.drug, line.equipment, line.patients) == (was.drug, was.equipment, was.patients)
    assert (line.first, line.last, line.pointers) == (was.first, was.last, was.pointers)
    assert (line.emergency, line.epsdt, line.family_planning) == (True, True, True)
    assert [role for role, _ in line.providers] == [role for role, _ in was.providers]


def test_a_line_of_a_stay_without_a_date_has_the_first_day_of_the_statement() -> None:
    (found,) = one(sent(CLAIMS["inpatient"])).claims

    assert {line.first.isoformat() for line in found.lines} == {"2026-03-03"}


def edited(name: str, old: str, new: str) -> str:
    text = sent(CLAIMS[name])
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_a_segment_that_no_claim_holds_is_told_with_its_place() -> None:
    text = edited("replacement", "NTE*ADD*", "CN1*02*100~\nNTE*ADD*")

    assert told(text) == [
        (
            "x837.left_out",
            25,
            "2300",
            "CN1*02*100 is left out: a claim here has no place for it.",
        )
    ]


def test_an_element_that_no_claim_holds_is_told_with_what_it_became() -> None:
    text = edited("replacement", "*PI*TRN01", "*XV*TRN01")

    assert told(text) == [
        (
            "x837.changed",
            19,
            "2010BB",
            (
                "NM1*PR*2*Northfield Mutual*****XV*TRN01 is read as "
                "NM1*PR*2*Northfield Mutual*****PI*TRN01."
            ),
        )
    ]


def test_a_code_of_icd_9_is_told_as_such() -> None:
    text = edited("replacement", "HI*ABK:J029", "HI*BK:462")

    assert told(text) == [
        (
            "x837.left_out",
            26,
            "2300",
            (
                "HI*BK:462 is left out: it is an ICD-9-CM code, and a claim here holds "
                "ICD-10-CM and ICD-10-PCS."
            ),
        )
    ]
    assert one(text).claims[0].diagnoses == ()


def test_a_whole_loop_that_no_claim_holds_is_told_segment_by_segment() -> None:
    text = edited("replacement", "LX*2~", "NM1*77*2*ANNEX~\nN3*1 ROAD~\nN4*TOWN*OH*43015~\nLX*2~")

    assert [(each[0], each[2], each[3].partition(" is ")[0]) for each in told(text)] == [
        ("x837.left_out", "2420C", "NM1*77*2*ANNEX"),
        ("x837.left_out", "2420C", "N3*1 ROAD"),
        ("x837.left_out", "2420C", "N4*TOWN*OH*43015"),
    ]


def test_a_segment_that_the_guide_does_not_know_is_told_too() -> None:
    text = edited("replacement", "NTE*ADD*", "ZZZ*1~\nNTE*ADD*")

    assert told(text) == [
        ("x837.unplaced", 25, "", "Segment 25 is left out: the guide has no place for it.")
    ]


def test_needless_zeros_are_no_difference() -> None:
    text = edited("replacement", "SV1*HC:99213:25*150*", "SV1*HC:99213:25*150.00*")

    assert told(text) == []


def test_a_period_of_one_day_is_that_day() -> None:
    text = sent(CLAIMS["emergency room"]).replace(
        "DTP*472*D8*20260303", "DTP*472*RD8*20260303-20260303"
    )

    assert told(text) == []
    assert one(text).claims[0].lines[0].last is None


def test_a_line_may_repeat_the_place_of_service_of_its_claim() -> None:
    text = edited("emergency room", "*480*UN*1***1", "*480*UN*1*23**1")

    assert told(text) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("*480*UN*1***1", "*much*UN*1***1", "SV102 'much' is no number"),
        ("DTP*472*D8*20260303", "DTP*472*D8*20260230", "DTP03 '20260230' is no day"),
        ("*UN*1***1", "*XX*1***1", "SV103 'XX' is none of UN, MJ, DA"),
        ("23:B:1*", "23:B:5*", "CLM05-3 '5' is none of 1, 2, 3, 4, 7, 8"),
        ("DTP*472*D8*20260303~\n", "", "there is no day of service (DTP 472)"),
    ],
)
def test_a_claim_that_lacks_what_it_cannot_be_without_is_left_out_with_a_finding(
    old: str, new: str, said: str
) -> None:
    reading = one(edited("emergency room", old, new))
    (finding,) = reading.findings

    assert reading.claims == ()
    assert finding.id == "x837.unreadable"
    assert finding.message == f"Claim ED1014 is left out: {said}."
    assert finding.severity is Severity.ERROR


def test_lines_of_two_payers_with_one_identifier_are_the_first_ones() -> None:
    claim = CLAIMS["secondary"]
    first, second = claim.coverages
    third = replace(second, payer=first.payer, member_id="Z1")
    later = replace(claim.prior[0], coverage=2, lines=(), control_number="LATER")
    claim = replace(claim, coverages=(first, second, third), prior=(*claim.prior, later))
    reading = one(sent(claim))

    assert reading.findings == ()
    assert [(each.coverage, len(each.lines)) for each in reading.claims[0].prior] == [
        (0, 1),
        (2, 0),
    ]


def test_one_bad_claim_does_not_take_the_others_with_it() -> None:
    text = sent(CLAIMS["emergency room"], CLAIMS["telehealth"]).replace("*480*UN", "*x*UN")

    assert [claim.account for claim in one(text).claims] == ["TH1012"]


def test_a_head_that_cannot_be_read_leaves_the_claims() -> None:
    reading = one(edited("telehealth", "*20260310*0930*CH", "*20261310*0930*CH"))

    assert reading.batch is None
    assert [claim.account for claim in reading.claims] == ["TH1012"]
    assert [each.id for each in reading.findings] == ["x837.unreadable"]


def test_other_delimiters_are_those_of_the_interchange() -> None:
    text = sent(CLAIMS["office visit"]).translate(str.maketrans("*:~^", "|>!&"))

    assert one(text).findings == ()
    assert one(text).claims == one(sent(CLAIMS["office visit"])).claims


def test_a_transaction_of_another_kind_is_refused() -> None:
    (tree,) = trees(sent(CLAIMS["telehealth"]))
    other = TransactionTree(tree.guide, "835", tree.control, tree.root, tree.interchange)

    with pytest.raises(ValueError, match="835 is no 837P or 837I"):
        read_transaction(other)


def test_the_birth_date_that_others_send_of_an_insured_is_read_and_not_told_as_lost() -> None:
    name = "NM1*IL*1*Sandoval*Irene*M***MI*RB7741201~\n"
    text = edited(
        "patient not subscriber",
        name,
        name + "N3*45 Birch Avenue~\nN4*Millbrook*OH*43015~\nDMG*D8*19830824*F~\n",
    )
    (found,) = one(text).claims
    insured = found.coverage.insured

    assert told(text) == []
    assert insured is not None
    assert insured.address == Address("45 Birch Avenue", "Millbrook", "OH", "43015")
    assert (insured.born, insured.sex) == (date(1983, 8, 24), "F")


OLD_GUIDE = ("005010X222A1", "004010X098A1")


def test_an_837_of_a_guide_without_tables_has_no_claims_and_says_so() -> None:
    (reading,) = read_file(sent(CLAIMS["telehealth"]).replace(*OLD_GUIDE))
    (finding,) = reading.findings

    assert (reading.batch, reading.claims) == (None, ())
    assert (finding.id, finding.transaction, finding.element) == ("x837.no_guide", "0001", "ST03")
    assert finding.message.startswith(
        "Transaction 0001 is left out: no tables of the guide '004010X098A1'"
    )


def test_the_transactions_around_one_without_tables_are_read() -> None:
    office, telehealth, rental = (
        sent(CLAIMS[name]) for name in ("office visit", "telehealth", "rental")
    )
    text = office + telehealth.replace(*OLD_GUIDE) + rental
    found = [(len(reading.claims), len(reading.findings)) for reading in read_file(text)]

    assert found == [(1, 0), (0, 1), (1, 0)]


def test_a_transaction_of_no_claims_and_no_tables_is_passed_by() -> None:
    other = sent(CLAIMS["telehealth"]).replace(*OLD_GUIDE).replace("ST*837*", "ST*834*")
    found = list(read_file(other + sent(CLAIMS["office visit"])))

    assert [len(reading.claims) for reading in found] == [1]


def test_a_payment_without_its_day_is_read_and_the_scrubber_asks_for_the_day() -> None:
    text = edited("inpatient second", "DTP*573*D8*20260324~\n", "")
    (found,) = one(text).claims
    asked = [each.message for each in find_claim_edit("cob.date")(Sent(found), date(2026, 4, 1))]

    assert told(text) == []
    assert [(each.paid, each.adjudicated) for each in found.prior] == [(Decimal(6400), None)]
    assert asked == ["The day of its decision is missing."]
    assert "DTP*573" not in again(text)
