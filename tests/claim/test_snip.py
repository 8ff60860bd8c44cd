"""Rules on the wire that need code sets, products or payers: what each asks, and what not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_claims import CLAIMS

from codinglab.claim.model import Claim
from codinglab.claim.scrub_wire import text_of
from codinglab.claim.snip_catalog import NOT_JUDGED, WIRE_RULES, wire_rules
from codinglab.claim.snip_rule import WireRule
from codinglab.core.findings import Severity
from codinglab.x12.check import check
from codinglab.x12.finding import WireFinding

DAY = date(2026, 4, 1)
GOLDEN = Path(__file__).parents[1] / "golden" / "x12"
VISIT = CLAIMS["office visit"]


def found(text: str) -> list[WireFinding]:
    return list(check(text, rules=wire_rules()))


def ids(text: str) -> list[str]:
    return [one.id for one in found(text)]


def wire(claim: Claim, day: date = DAY) -> str:
    return text_of([claim], day)


@pytest.mark.parametrize("one", WIRE_RULES, ids=lambda one: one.id)
def test_every_rule_has_a_page_a_source_and_a_remedy(one: WireRule) -> None:
    assert one.page.split("\n\n")[0].endswith(".")
    assert one.source
    assert one.remedy.endswith(".")


def test_no_two_rules_share_an_id() -> None:
    assert len({one.id for one in WIRE_RULES}) == len(WIRE_RULES)


def test_the_rules_are_of_the_types_that_need_tables() -> None:
    assert {one.snip for one in WIRE_RULES} == {5, 6, 7}


@pytest.mark.parametrize("name", sorted(one.name for one in GOLDEN.glob("*.edi")))
def test_valid_files_of_the_lab_have_no_error_by_code_sets(name: str) -> None:
    told = found((GOLDEN / name).read_text("utf-8"))
    assert [str(one.as_finding()) for one in told if one.severity is Severity.ERROR] == []


def test_a_finding_says_where_it_is_and_whose_claim() -> None:
    (one,) = found(wire(VISIT).replace("ABF:I129", "ABF:I127"))
    assert (one.id, one.snip, one.loop, one.element) == ("code.diagnosis", 5, "2300", "HI02-2")
    assert (one.value, one.claim, one.error) == ("I127", "OV1001", "I12")
    assert one.message == "I12.7 is no ICD-10-CM code on 2026-03-03."


def test_a_code_that_ended_says_when_and_what_took_its_place() -> None:
    (one,) = found(wire(VISIT).replace("ABF:I129", "ABF:R51"))
    assert one.message.startswith("R51 is no ICD-10-CM code on 2026-03-03.")
    assert "since 2020-10-01 use R51.0 or R51.9" in one.message


def test_the_first_day_of_service_decides_for_a_visit() -> None:
    new = tuple(replace(one, first=date(2026, 9, 30)) for one in VISIT.lines)
    claim = replace(VISIT, lines=new)
    assert "code.diagnosis" not in ids(wire(claim, date(2026, 10, 5)))


def test_the_day_of_discharge_decides_for_a_stay() -> None:
    stay = CLAIMS["inpatient"]
    # D69.1 ends with 30 September 2026: in force at this admission, and no more at discharge
    bill = replace(
        stay.bill,
        statement_from=date(2026, 9, 29),
        statement_to=date(2026, 10, 2),
        admitted=date(2026, 9, 29),
    )
    lines = tuple(replace(one, first=date(2026, 9, 29)) for one in stay.lines)
    codes = (*stay.diagnoses, replace(stay.diagnoses[0], code="D69.1"))
    told = found(wire(replace(stay, bill=bill, lines=lines, diagnoses=codes), date(2026, 10, 9)))
    assert [one.value for one in told if one.id == "code.diagnosis"] == ["D691"]
    visit = replace(
        VISIT,
        diagnoses=(*VISIT.diagnoses, replace(VISIT.diagnoses[0], code="D69.1")),
        lines=tuple(
            replace(one, first=date(2026, 9, 29), last=date(2026, 10, 2)) for one in VISIT.lines
        ),
    )
    assert "code.diagnosis" not in ids(wire(visit, date(2026, 10, 9)))


def test_a_code_outside_a_starter_set_is_a_warning_and_one_of_no_shape_an_error() -> None:
    text = wire(VISIT)
    for new, weight in (("HC:99919", Severity.WARNING), ("HC:9921", Severity.ERROR)):
        (one,) = found(text.replace("HC:99214", new))
        assert (one.id, one.severity) == ("code.procedure", weight)


def test_a_revenue_line_without_a_code_is_not_asked_for_one() -> None:
    assert "code.procedure" not in ids(wire(CLAIMS["inpatient"]))


def test_origin_and_destination_of_an_ambulance_are_modifiers() -> None:
    assert "code.modifier" not in ids(wire(CLAIMS["ambulance"]))


def test_an_address_abroad_has_its_own_kind_of_code() -> None:
    text = wire(VISIT).replace("N4*Millbrook*OH*43015~", "N4*London**SW1A1AA*GB~")
    assert "code.zip" not in ids(text)


def test_drawing_blood_needs_no_clia_number() -> None:
    lines = (VISIT.lines[0], VISIT.lines[2])
    assert "product.laboratory" not in ids(wire(replace(VISIT, lines=lines, clia="")))


def test_commercial_payers_are_not_asked_for_a_clia_number_here() -> None:
    assert "product.laboratory" not in ids(wire(replace(CLAIMS["replacement"], clia="")))


def test_an_exempt_diagnosis_with_an_indicator_is_a_warning() -> None:
    text = wire(CLAIMS["inpatient"]).replace("ABF:Z7984", "ABF:Z7984:::::::Y")
    assert [(one.id, one.severity) for one in found(text)] == [("code.poa", Severity.WARNING)]


def test_a_payer_without_a_companion_file_is_not_judged_by_one() -> None:
    text = wire(CLAIMS["drug in the office"]).replace("PI*TRNMC", "PI*TRN99")
    text = text.replace("MI*910000123456", "MI*X")
    assert [one for one in ids(text) if one.startswith("payer.")] == []


def test_what_has_no_code_set_for_its_day_is_said_once_a_file_for_each_set() -> None:
    old = tuple(replace(one, first=date(2019, 3, 4)) for one in VISIT.lines)
    claims = [replace(VISIT, account=f"A{at}", lines=old) for at in range(3)]
    told = [one for one in found(text_of(claims, DAY)) if one.id == NOT_JUDGED]
    assert {one.severity for one in told} == {Severity.NOTE}
    assert {one.claim for one in told} == {"A0"}
    sets = [one.message.split(": ")[1] for one in told]
    assert len(sets) == len(set(sets))


def test_new_rules_for_a_new_file_say_it_again() -> None:
    old = tuple(replace(one, first=date(2019, 3, 4)) for one in VISIT.lines)
    text = wire(replace(VISIT, lines=old))
    assert ids(text).count(NOT_JUDGED) == ids(text).count(NOT_JUDGED) > 1


def test_reasons_of_a_remittance_are_judged_on_the_day_of_the_file() -> None:
    text = (GOLDEN / "835.edi").read_text("utf-8")
    at = text.index("CAS*CO*45*")
    bad = text[:at] + text[at:].replace("CAS*CO*45*", "CAS*CO*ZZZ*", 1)
    told = [one for one in found(bad) if one.id == "code.carc"]
    assert [(one.element, one.value, one.severity) for one in told] == [
        ("CAS02", "ZZZ", Severity.ERROR)
    ]


GOLDEN_837P = Path(__file__).resolve().parents[1] / "golden" / "x12" / "837p.edi"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("HI*ABK:I639", "HI*ABK:I63.9", ("code.diagnosis", "HI01-2", "I63.9")),
        ("HI*ABK:I639", "HI*BK:43491", ("code.diagnosis", "HI01-1", "BK")),
        ("ABF:I10", "BF:4019", ("code.diagnosis", "HI02-1", "BF")),
        ("1EG4TE5MK73", "1EG4TE5MK7", ("payer.member-number", "NM109", "1EG4TE5MK7")),
        ("1EG4TE5MK73", "1SG4TE5MK73", ("payer.member-number", "NM109", "1SG4TE5MK73")),
    ],
)
def test_dots_the_ninth_revision_and_a_wrong_medicare_number_are_found(
    old: str, new: str, found: tuple[str, str, str]
) -> None:
    text = GOLDEN_837P.read_text("utf-8").replace(old, new, 1)
    told = [one for one in check(text, rules=wire_rules()) if one.severity is Severity.ERROR]
    assert [(one.id, one.element, one.value) for one in told] == [found]
