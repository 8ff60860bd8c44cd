"""An 835 written: what stands in it, whether guide and pyx12 take it, and back again."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from made_remits import ENVELOPE, PAYEE, VISIT, d, decided, paid, reason, remittances, stay
from pyx12_opinion import refusals

from codinglab.claim.parties import Name, Provider
from codinglab.remit.from_decisions import remit_claim
from codinglab.remit.model import Remittance
from codinglab.remit.recoup import capitation, reversal
from codinglab.remit.x835 import write
from codinglab.remit.x835_reader import read_file
from codinglab.x12.check import check
from codinglab.x12.syntax import CannotWrite

DAY = VISIT.decided


def written(remittance: Remittance) -> list[str]:
    return write(ENVELOPE, [remittance]).replace("~\n", "~").split("~")[2:-3]


def test_a_visit_is_written_segment_by_segment() -> None:
    assert written(paid(remit_claim(VISIT, DAY))) == [
        "ST*835*0001",
        "BPR*I*72.42*C*ACH*CCP*01*071000013*DA*123*1311234567**01*041000014*DA*456*20260320",
        "TRN*1*T1*1311234567",
        "DTM*405*20260320",
        "N1*PR*Training Medicare Part B",
        "N3*1 Mutual Way",
        "N4*Columbus*OH*43215",
        "REF*2U*TRNMB",
        "PER*BL",
        "N1*PE*Harbor Family Practice*XX*1234567893",
        "N3*9 Pier Road",
        "N4*Columbus*OH*43215",
        "REF*TJ*311234567",
        "LX*1",
        "CLP*A1*1*150*72.42*18.48*MB*26071-A1*11*1",
        "NM1*QC*1*Doe*Jane****MI*1EG4TE5MK73",
        "DTM*050*20260305",
        "SVC*HC:99213*150*72.42**1",
        "DTM*472*20260303",
        "CAS*CO*45*57.62**253*1.48",
        "CAS*PR*2*18.48",
        "REF*6R*L1",
        "SE*23*0001",
    ]


def test_a_stay_is_told_with_its_group_and_its_remarks_in_mia() -> None:
    reasons = (reason("CO", "45", "4000"), reason("PR", "1", "1736"))
    one = decided(stay("12000"), (), reasons=reasons, remarks=("MA07",), drg="291")
    told = written(paid(remit_claim(one, DAY)))
    assert told[14:20] == [
        "CLP*H1*1*12000*6264*1736*MA*26071-H1*11*1**291",
        "CAS*CO*45*4000",
        "CAS*PR*1*1736",
        "NM1*QC*1*Doe*Jane****MI*1EG4TE5MK73",
        "MIA*0****MA07",
        "DTM*232*20260301",
    ]
    assert told[22] == "SVC*NU:0120*12000*12000**3"  # the line itself loses nothing


def test_seven_reasons_of_a_group_need_a_second_segment() -> None:
    seven = tuple(reason("CO", str(one), "1") for one in range(20, 27))
    claim = remit_claim(decided(VISIT.claim, seven), DAY)
    assert [one for one in written(paid(claim)) if one.startswith("CAS")] == [
        "CAS*CO*20*1**21*1**22*1**23*1**24*1**25*1",
        "CAS*CO*26*1",
    ]


def test_the_guide_and_pyx12_take_what_is_written(tmp_path: Path) -> None:
    visit = remit_claim(VISIT, DAY)
    text = write(
        ENVELOPE,
        [
            paid(visit, replace(visit, account="A2", interest=d("0.75"), remarks=("MA01",))),
            replace(paid(reversal(visit), trace="T2"), control="0002"),
            replace(
                paid(trace="T3", adjustments=[capitation("2026-03", d("900"))]), control="0003"
            ),
        ],
    )
    assert [str(one.as_finding()) for one in check(text)] == []
    assert refusals(text, tmp_path) == []


@settings(max_examples=60, deadline=None)
@given(remittances())
def test_what_is_written_is_read_to_the_same_and_written_to_the_same_bytes(
    remittance: Remittance,
) -> None:
    text = write(ENVELOPE, [remittance])
    (reading,) = read_file(text)
    assert reading.findings == ()
    assert reading.remittance is not None
    assert write(ENVELOPE, [reading.remittance]) == text
    told = reading.remittance.claims
    assert [one.adjustments for one in told] == [one.adjustments for one in remittance.claims]
    assert [one.lines for one in told] == [one.lines for one in remittance.claims]


def test_a_delimiter_in_a_value_is_refused_with_the_claim() -> None:
    claim = replace(remit_claim(VISIT, DAY), number="12*34")
    with pytest.raises(CannotWrite, match=r"claim A1: CLP07: '12\*34' holds the delimiter"):
        write(ENVELOPE, [paid(claim)])


def test_six_remarks_of_a_claim_are_refused() -> None:
    claim = replace(remit_claim(VISIT, DAY), remarks=("N1", "N2", "N3", "N4", "N5", "N6"))
    with pytest.raises(CannotWrite, match="claim A1: an 835 has room for 5 remarks of a claim"):
        write(ENVELOPE, [paid(claim)])


def test_a_payee_without_a_number_is_refused() -> None:
    nobody = replace(paid(), payee=Provider(Name("Nobody")))
    with pytest.raises(CannotWrite, match="payee Nobody has neither an NPI nor a tax number"):
        write(ENVELOPE, [nobody])


def test_a_payee_without_an_npi_is_told_by_its_tax_number() -> None:
    told = written(replace(paid(), payee=replace(PAYEE, npi="")))
    assert "N1*PE*Harbor Family Practice*FI*311234567" in told
