"""What of a claim its 837 cannot carry is told, and nothing else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from claim_people import FAMILY_DOCTOR
from made_claims import CLAIMS, TO_SPLIT
from wire_claims import FULL_INSTITUTIONAL, FULL_PROFESSIONAL

from codinglab.claim.model import Accident, Claim, Equipment
from codinglab.claim.parties import OtherId
from codinglab.claim.x837_carried import not_carried
from codinglab.core.findings import Severity

VISIT = replace(CLAIMS["office visit"], patient=replace(CLAIMS["office visit"].patient, phone=""))
STAY = replace(CLAIMS["inpatient"], patient=replace(CLAIMS["inpatient"].patient, phone=""))


def warned(claim: Claim) -> list[tuple[str, str]]:
    """Return place and message of what is worth a warning."""
    return [
        (one.place, one.message) for one in not_carried(claim) if one.severity is not Severity.NOTE
    ]


@pytest.mark.parametrize("name", [name for name in CLAIMS if name != "rental"])
def test_a_sample_claim_is_carried_whole_but_for_what_nobody_asks(name: str) -> None:
    assert warned(CLAIMS[name]) == []


@pytest.mark.parametrize("claim", [FULL_PROFESSIONAL, FULL_INSTITUTIONAL])
def test_a_claim_that_says_all_is_carried_whole(claim: Claim) -> None:
    assert not_carried(claim) == ()


def test_a_telephone_that_the_payer_does_not_ask_for_is_a_note() -> None:
    claim = replace(
        VISIT, patient=replace(VISIT.patient, phone="6145550171"), lines=VISIT.lines[:1]
    )
    (finding,) = not_carried(claim)

    assert (finding.place, finding.severity) == ("patient phone", Severity.NOTE)
    assert finding.message == (
        "'6145550171' is not sent: the 837P has no place for it there, or not alone."
    )


@pytest.mark.parametrize(
    ("change", "place", "value"),
    [
        ({"supervises": True}, "providers supervising", "Okafor Ada"),
        ({"patient_paid": Decimal("20.00")}, "patient paid", "20.00"),
        ({"clia": "36D0912345"}, "clia", "36D0912345"),
        ({"accident": Accident(employment=True)}, "accident employment", "True"),
        ({"conditions": ("AJ",)}, "conditions 1", "AJ"),
        ({"outside_laboratory": Decimal("12.34")}, "outside laboratory", "12.34"),
    ],
)
def test_what_an_837i_has_no_place_for_is_told(
    change: dict[str, object], place: str, value: str
) -> None:
    if change.pop("supervises", False):
        change["providers"] = (*STAY.providers, ("supervising", FAMILY_DOCTOR))
    told = (place, f"{value!r} is not sent: the 837I has no place for it there, or not alone.")

    assert warned(replace(STAY, **change)) == [told]


def test_the_note_of_a_revenue_line_is_told() -> None:
    lines = (STAY.lines[0], replace(STAY.lines[1], note="Generic"), *STAY.lines[2:])

    assert [place for place, _ in warned(replace(STAY, lines=lines))] == ["lines 2 note"]


def test_a_revenue_code_on_a_professional_line_is_told() -> None:
    lines = (replace(VISIT.lines[0], revenue_code="0450", noncovered=Decimal(5)),)

    assert [place for place, _ in warned(replace(VISIT, lines=lines))] == [
        "lines 1 revenue code",
        "lines 1 noncovered",
    ]


def test_the_thirteenth_diagnosis_is_told() -> None:
    assert [place for place, _ in warned(TO_SPLIT["14 diagnoses"])] == [
        "diagnoses 13",
        "diagnoses 14",
    ]


def test_a_number_that_its_loop_does_not_have_is_told() -> None:
    facility = replace(VISIT.billing, other_ids=(OtherId("1G", "U1"),), tax_id="", taxonomy="")

    assert [place for place, _ in warned(replace(VISIT, facility=facility))] == [
        "facility other ids 1"
    ]


def test_the_third_cause_of_an_accident_is_told() -> None:
    accident = Accident(True, True, True, "OH", date(2026, 3, 1))

    assert [place for place, _ in warned(replace(VISIT, accident=accident))] == ["accident other"]


def test_months_of_need_without_a_certificate_are_told() -> None:
    rented = CLAIMS["rental"].lines[0]
    need = Equipment("E0601", 13, Decimal(95), Decimal(950), "4", 30)
    lines = (replace(rented, equipment=need),)

    assert [place for place, _ in warned(replace(CLAIMS["rental"], lines=lines))] == [
        "lines 1 equipment months"
    ]


def test_equipment_without_its_days_is_told_whole() -> None:
    rented = CLAIMS["rental"].lines[0]
    need = Equipment("E0601", 13, Decimal(95), Decimal(950))
    (told,) = warned(replace(CLAIMS["rental"], lines=(replace(rented, equipment=need),)))

    assert told[0] == "lines 1 equipment"


def test_the_price_of_purchased_services_on_no_line_is_told() -> None:
    claim = replace(VISIT, outside_laboratory=Decimal("12.34"))

    assert [place for place, _ in warned(claim)] == ["outside laboratory"]


def test_an_event_number_of_another_payer_is_told() -> None:
    claim = CLAIMS["secondary"]
    first = replace(claim.coverages[0], claim_number="EV-9")

    assert [
        place for place, _ in warned(replace(claim, coverages=(first, claim.coverages[1])))
    ] == ["coverages 1 claim number"]


def test_what_the_guide_says_not_to_send_of_an_insured_is_a_note() -> None:
    found = not_carried(CLAIMS["patient not subscriber"])
    insured = [one.place for one in found if "insured" in one.place]

    assert insured == [
        "coverages 1 insured born",
        "coverages 1 insured sex",
        "coverages 1 insured address",
        "coverages 1 insured phone",
    ]
    assert {one.severity for one in found} == {Severity.NOTE}
