"""Claims written as an 837: what stands where, how claims are grouped, and who accepts it."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from claim_people import FAMILY_DOCTOR, SURGEON
from made_claims import CLAIMS, TO_SPLIT
from pyx12_opinion import refusals
from wire_claims import ENVELOPE, FULL_INSTITUTIONAL, FULL_PROFESSIONAL, HEAD, body, sent

from codinglab.claim.model import Accident, Claim, Equipment, Line
from codinglab.claim.parties import Name, OtherId
from codinglab.claim.split import split
from codinglab.claim.x837 import (
    MOST_CLAIMS,
    write,
)
from codinglab.claim.x837_block import Block
from codinglab.claim.x837_groups import (
    claim_blocks,
)
from codinglab.x12.check import check
from codinglab.x12.loops import Loop
from codinglab.x12.syntax import CannotWrite
from codinglab.x12.tree import trees

GOLDEN = Path(__file__).parent.parent / "golden"
KINDS = ("professional", "institutional")
VISIT = CLAIMS["office visit"]
SELECTED = {
    "837P": ("secondary", "patient not subscriber", "ambulance", "anesthesia", "replacement"),
    "837I": ("inpatient", "outpatient hospital", "inpatient second"),
}


def segments(claim: Claim, *names: str) -> list[str]:
    """Return the segments of these names in a claim's own loop and those below it."""
    wanted = body(sent(claim))
    start = next(at for at, one in enumerate(wanted) if one.startswith("CLM*"))
    return [one for one in wanted[start:] if one.split("*")[0] in names]


@pytest.mark.parametrize("kind", list(SELECTED))
def test_selected_claims_are_written_as_the_golden_file_has_them(kind: str) -> None:
    written = sent(*(CLAIMS[name] for name in SELECTED[kind]))

    assert written == (GOLDEN / f"{kind}.x12").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_other_reader_accepts_the_sample_claims(kind: str, tmp_path: Path) -> None:
    chosen = [claim for claim in CLAIMS.values() if claim.kind == kind]

    assert refusals(sent(*chosen), tmp_path) == []


@pytest.mark.parametrize("claim", [FULL_PROFESSIONAL, FULL_INSTITUTIONAL], ids=KINDS)
def test_the_other_reader_accepts_a_claim_that_says_all(claim: Claim, tmp_path: Path) -> None:
    assert refusals(sent(claim), tmp_path) == []


@pytest.mark.parametrize("name", list(TO_SPLIT))
def test_the_other_reader_accepts_the_parts_of_a_claim_that_was_split(
    name: str, tmp_path: Path
) -> None:
    assert refusals(sent(*split(TO_SPLIT[name]).parts), tmp_path) == []


@pytest.mark.parametrize("name", list(CLAIMS))
def test_our_own_check_finds_nothing_in_a_sample_claim(name: str) -> None:
    assert list(check(sent(CLAIMS[name]))) == []


def test_the_same_claims_give_the_same_bytes() -> None:
    chosen = [claim for claim in CLAIMS.values() if claim.kind == "professional"]

    assert sent(*chosen) == sent(*chosen)


# What an HL holds, and how claims are grouped.


def levels(*claims: Claim) -> list[str]:
    return [one for one in body(sent(*claims)) if one.startswith("HL*")]


def test_a_patient_who_is_the_subscriber_has_no_loop_of_his_own() -> None:
    assert levels(VISIT) == ["HL*1**20*1", "HL*2*1*22*0"]


def test_a_patient_who_is_not_the_subscriber_has_one() -> None:
    written = body(sent(CLAIMS["patient not subscriber"]))

    assert levels(CLAIMS["patient not subscriber"]) == [
        "HL*1**20*1",
        "HL*2*1*22*1",
        "HL*3*2*23*0",
    ]
    assert "SBR*P**RB55******HM" in written
    assert written[written.index("PAT*19") + 1] == "NM1*QC*1*Sandoval*Mateo"


@pytest.mark.parametrize("kind", KINDS)
def test_of_an_insured_who_is_not_the_patient_neither_address_nor_birth_date_is_sent(
    kind: str,
) -> None:
    dependent = CLAIMS["patient not subscriber"].coverages
    bill = CLAIMS["outpatient hospital"]
    claim = VISIT if kind == "professional" else bill
    written = body(sent(replace(claim, coverages=dependent, to=0, prior=())))
    at = written.index("NM1*IL*1*Sandoval*Irene*M***MI*RB7741201")

    assert written[at + 1] == "NM1*PR*2*Riverbend HMO*****PI*TRN02"


def rented(rental: Decimal | None, purchase: Decimal | None) -> list[str]:
    line = replace(
        CLAIMS["rental"].lines[0],
        equipment=Equipment("E0601", 13, rental, purchase, "4", 30),
    )
    return segments(replace(CLAIMS["rental"], lines=(line,)), "SV5")


def test_the_two_prices_of_equipment_are_sent_together_or_not_at_all() -> None:
    assert rented(Decimal(95), Decimal(950)) == ["SV5*HC:E0601*DA*30*95*950*4"]
    assert rented(Decimal(95), None) == []
    assert rented(None, Decimal(950)) == []


def test_two_claims_of_one_subscriber_share_the_loops_above() -> None:
    second = replace(VISIT, account="OV1001B")

    assert levels(VISIT, second) == ["HL*1**20*1", "HL*2*1*22*0"]


def test_claims_of_one_billing_provider_stand_together_whatever_their_order() -> None:
    first, other, third = VISIT, CLAIMS["ambulance"], CLAIMS["telehealth"]

    assert levels(first, other, third) == [
        *("HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*0"),
        *("HL*4**20*1", "HL*5*4*22*0"),
    ]
    accounts = [one for one in body(sent(first, other, third)) if one.startswith("CLM*")]
    assert [one.split("*")[1] for one in accounts] == ["OV1001", "TH1012", "AM1006"]


def test_two_children_of_one_subscriber_have_two_loops_below_it() -> None:
    child = CLAIMS["patient not subscriber"]
    sister = replace(
        child, account="PN2", patient=replace(child.patient, name=Name("Sandoval", "Luz"))
    )

    assert levels(child, sister) == [
        *("HL*1**20*1", "HL*2*1*22*1", "HL*3*2*23*0", "HL*4*2*23*0"),
    ]


def test_a_subscriber_loop_holds_at_most_a_hundred_claims() -> None:
    many = [replace(VISIT, account=f"A{at}") for at in range(101)]

    assert levels(*many) == ["HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*0"]


def test_se_counts_the_segments_from_st_to_itself() -> None:
    lines = sent(VISIT).splitlines()

    # ISA and GS before, GE and IEA behind
    assert lines[-3] == f"SE*{len(lines) - 4}*0001~"


# Single rules of the guides.


def test_the_claim_segment_of_a_visit() -> None:
    # 210.00 + 28.50 + 9.00 = 247.50
    assert segments(VISIT, "CLM") == ["CLM*OV1001*247.5***11:B:1*Y*A*Y*Y"]


def test_the_claim_segment_of_a_stay_has_the_type_of_bill_without_its_zero() -> None:
    # 3600.00 + 640.25 + 410.00 + 8200.00 + 1900.00 + 950.00 = 15700.25
    assert segments(CLAIMS["inpatient"], "CLM") == ["CLM*IP2001*15700.25***11:A:1**A*Y*Y"]


@pytest.mark.parametrize(
    ("accident", "said"),
    [
        (Accident(), ""),
        (Accident(auto=True, state="OH"), "**AA:::OH"),
        (Accident(employment=True, auto=True, state="OH"), "**AA:EM::OH"),
        (Accident(employment=True), "**EM"),
        (Accident(other=True), "**OA"),
    ],
)
def test_causes_stand_first_and_the_state_fourth(accident: Accident, said: str) -> None:
    claim = replace(VISIT, accident=accident)

    assert segments(claim, "CLM") == [f"CLM*OV1001*247.5***11:B:1*Y*A*Y*Y{said}"]


def test_a_line_names_its_place_only_where_it_is_not_the_claims() -> None:
    lines = (
        replace(VISIT.lines[0], place_of_service="11"),
        replace(VISIT.lines[2], place_of_service="22", providers=()),
    )
    found = segments(replace(VISIT, lines=lines), "SV1")

    assert found == ["SV1*HC:99214*210*UN*1***1:2:3", "SV1*HC:36415*9*UN*1*22**1"]


def test_a_claim_without_a_place_has_that_of_its_first_line() -> None:
    lines = (replace(VISIT.lines[0], place_of_service="22"),)
    claim = replace(VISIT, place_of_service="", lines=lines)

    assert segments(claim, "CLM", "SV1") == [
        "CLM*OV1001*210***22:B:1*Y*A*Y*Y",
        "SV1*HC:99214*210*UN*1***1:2:3",
    ]


def test_whoever_ordered_all_of_a_claim_is_named_on_each_line_without_another() -> None:
    plain = (VISIT.lines[0], replace(VISIT.lines[1], providers=(("ordering", SURGEON),)))
    claim = replace(VISIT, lines=plain, providers=(("ordering", FAMILY_DOCTOR),))

    assert segments(claim, "LX", "NM1") == [
        "LX*1",
        "NM1*DK*1*Okafor*Ada*N***XX*1352660660",
        "LX*2",
        "NM1*DK*1*Marsh*Helen*T***XX*1905880880",
    ]


def test_a_line_does_not_repeat_the_rendering_provider_of_its_claim() -> None:
    own = (("rendering", FAMILY_DOCTOR),)
    claim = replace(VISIT, lines=(replace(VISIT.lines[0], providers=own),))

    assert segments(claim, "NM1") == ["NM1*82*1*Okafor*Ada*N***XX*1352660660"]


def test_numbers_that_the_payer_gave_stand_with_the_payer() -> None:
    given = (OtherId("G2", "P1"), OtherId("0B", "S1"))
    written = body(sent(replace(VISIT, billing=replace(VISIT.billing, other_ids=given))))

    payer = written.index("NM1*PR*2*Training Medicare Part B*****PI*TRNMB")
    assert written[payer + 1] == "REF*G2*P1"
    assert written[written.index("REF*EI*421234567") + 1] == "REF*0B*S1"


def test_the_adjudication_of_the_primary_stands_claim_by_claim_and_line_by_line() -> None:
    found = segments(CLAIMS["secondary"], "SBR", "AMT", "SVD", "CAS", "DTP")

    # 150.00 = 70.56 + 60.00 + 1.44 + 18.00
    assert found == [
        "SBR*P*18*******MB",
        "AMT*D*70.56",
        "DTP*472*D8*20260303",
        "SVD*TRNMB*70.56*HC:99213**1",
        "CAS*CO*45*60**253*1.44",
        "CAS*PR*2*18",
        "DTP*573*D8*20260320",
        "AMT*EAF*18",
    ]


def test_what_the_patient_owes_is_told_for_the_claim_where_the_lines_do_not_add_up_to_it() -> None:
    claim = CLAIMS["secondary"]
    prior = replace(claim.prior[0], patient_still_owes=Decimal("20.00"))

    assert segments(replace(claim, prior=(prior,)), "AMT") == [
        "AMT*D*70.56",
        "AMT*EAF*20",
        "AMT*EAF*18",
    ]


def test_a_billing_provider_who_submits_himself_is_reached_as_the_submitter() -> None:
    head = replace(HEAD, contact="Billing Office", phone="6145550100")
    text = write(ENVELOPE, [(head, [VISIT])])

    assert [one for one in text.splitlines() if one.startswith("PER")] == [
        "PER*IC*Billing Office*TE*6145550100~"
    ]


def test_a_group_of_more_than_six_reasons_goes_on_in_a_further_segment() -> None:
    assert segments(FULL_PROFESSIONAL, "CAS")[1:] == [
        "CAS*CO*1*10*1*2*10*1*3*10*1*4*10*1*5*10*1*6*10*1",
        "CAS*CO*7*10*1*45*9.44",
    ]


def test_each_kind_of_code_of_a_stay_has_a_segment_of_its_own() -> None:
    assert segments(FULL_INSTITUTIONAL, "HI") == [
        "HI*ABK:K3580:::::::Y",
        "HI*ABJ:R1031",
        "HI*APR:R1031*APR:R112",
        "HI*ABN:W1830XA:::::::N",
        "HI*DR:399",
        "HI*ABF:E119:::::::Y*ABF:Z7984",
        "HI*BBR:0DTJ4ZZ:D8:20260303",
        "HI*BBQ:0WQF0ZZ:D8:20260304",
        "HI*BI:74:RD8:20260303-20260304",
        "HI*BH:11:D8:20260302",
        "HI*BE:80:::2*BE:01:::1800",
        "HI*BG:09*BG:A6",
    ]


def test_a_stay_has_hours_with_its_days_and_lines_without_dates() -> None:
    assert segments(CLAIMS["inpatient"], "DTP", "CL1") == [
        "DTP*096*TM*1100",
        "DTP*434*RD8*20260303-20260305",
        "DTP*435*DT*202603031400",
        "CL1*1*1*01",
    ]


def test_an_unknown_hour_is_left_out() -> None:
    stay = CLAIMS["inpatient"]
    assert stay.bill is not None
    bill = replace(stay.bill, admission_hour="99", discharge_hour="99")

    assert segments(replace(stay, bill=bill), "DTP") == [
        "DTP*434*RD8*20260303-20260305",
        "DTP*435*D8*20260303",
    ]


def test_a_line_of_a_stay_on_another_day_keeps_its_date() -> None:
    stay = CLAIMS["inpatient"]
    line = replace(stay.lines[1], first=date(2026, 3, 4))

    assert segments(replace(stay, lines=(stay.lines[0], line)), "LX", "DTP")[3:] == [
        "LX*1",
        "LX*2",
        "DTP*472*D8*20260304",
    ]


def test_a_rate_code_has_a_qualifier_of_its_own() -> None:
    rate = Line("1AFKS", Decimal(0), Decimal(1), date(2026, 3, 3), revenue_code="0023")

    assert segments(replace(CLAIMS["outpatient hospital"], lines=(rate,)), "SV2") == [
        "SV2*0023*HP:1AFKS*0*UN*1"
    ]


def test_an_accident_payer_gets_its_number_and_the_patients_telephone() -> None:
    claim = CLAIMS["auto accident"]
    written = body(sent(replace(claim, patient=replace(claim.patient, phone="6145550177"))))

    assert written[written.index("REF*Y4*AU-55210") + 1] == "PER*IC**TE*6145550177"


# The loops that are written are those that the guide's walk finds.


def names_of(block: Block) -> list[object]:
    return [
        block.id,
        [str(one[0]) for one in block.segments],
        [names_of(one) for one in block.blocks],
    ]


def names_on(loop: Loop) -> list[object]:
    return [loop.id, [one.name for one in loop.segments], [names_on(one) for one in loop.loops]]


@pytest.mark.parametrize("claim", [FULL_PROFESSIONAL, FULL_INSTITUTIONAL], ids=KINDS)
def test_the_walk_finds_each_segment_in_the_loop_for_which_it_was_written(claim: Claim) -> None:
    (tree,) = trees(sent(claim))
    found = tree.loop("2300")

    assert found is not None
    assert names_on(found) == names_of(claim_blocks(claim).claim)


# What cannot be written.


def test_a_value_with_a_delimiter_is_refused_with_the_claim_it_stands_in() -> None:
    claim = replace(VISIT, note="see * below")

    with pytest.raises(CannotWrite, match=r"claim OV1001: NTE02: 'see \* below' holds the delim"):
        sent(CLAIMS["telehealth"], claim)


def test_claims_of_two_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="here are 2 of 2 kinds"):
        sent(VISIT, CLAIMS["inpatient"])


def test_no_claim_is_refused() -> None:
    with pytest.raises(ValueError, match="here are 0 of 0 kinds"):
        sent()


def test_more_claims_than_a_transaction_should_have_are_refused() -> None:
    with pytest.raises(ValueError, match="5001 claims in one transaction; write at most 5000"):
        sent(*[VISIT] * (MOST_CLAIMS + 1))


def test_a_hospital_claim_without_its_bill_is_refused() -> None:
    with pytest.raises(ValueError, match="IP2001: an institutional claim needs its bill"):
        sent(replace(CLAIMS["inpatient"], bill=None))


def test_two_batches_are_two_transactions() -> None:
    second = replace(HEAD, control="0002")
    text = write(ENVELOPE, [(HEAD, [VISIT]), (second, [CLAIMS["telehealth"]])])

    assert [one for one in text.splitlines() if one.startswith(("GS", "ST", "GE"))] == [
        "GS*HC*HB001*TRNCH*20260310*0930*7*X*005010X222A1~",
        "ST*837*0001*005010X222A1~",
        "ST*837*0002*005010X222A1~",
        "GE*2*7~",
    ]


def test_writing_is_fast() -> None:
    chosen = [replace(VISIT, account=f"A{at}") for at in range(1000)]
    begin = time.process_time()
    written = sent(*chosen).count("~")
    seconds = time.process_time() - begin

    # a claim: CLM REF HI NM1 PRV, 3 lines of LX SV1 DTP, 2 with NM1: 5 + 9 + 2 = 16
    # above: 7 from ISA to 1000B, 7 of 2000A, 10 subscriber loops of 7; below: SE GE IEA
    assert written == 16 * 1000 + 7 + 7 + 10 * 7 + 3
    assert written / seconds > 20_000
