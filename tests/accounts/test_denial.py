"""Denials out of remittances and rejections: causes, and what is still open."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_denials import (
    MADE,
    SERVICE,
    adjusted,
    denial,
    remit_claim,
    remit_line,
    remittance,
)

from codinglab.accounts.denial import denials_of
from codinglab.accounts.denial_cause import cause_of, causes
from codinglab.accounts.denial_open import open_denials
from codinglab.accounts.post_rules import rules_on
from codinglab.codes.billing import CARC, RARC
from codinglab.codes.release import in_force, rows_on
from codinglab.core.dates import NotInForce
from codinglab.remit.recoup import reversal


@pytest.mark.parametrize(
    ("carc", "remarks", "cause"),
    [
        ("27", (), "registration"),
        ("31", (), "registration"),
        ("197", (), "authorization"),
        ("4", (), "coding"),
        ("11", (), "coding"),
        ("50", ("N115",), "necessity"),
        ("151", ("N362",), "necessity"),
        ("97", ("M15",), "bundling"),
        ("236", (), "bundling"),
        ("18", (), "duplicate"),
        ("29", (), "timely"),
        ("22", (), "cob"),
        ("204", (), "benefit"),
        ("252", ("M127",), "documentation"),
        ("B7", (), "credentialing"),
        # 16, 96 and A1 say only that a remark says why
        ("16", ("M51",), "coding"),
        ("16", ("MA130", "N290"), "credentialing"),
        ("16", ("N382",), "registration"),
        ("16", ("MA04",), "cob"),
        ("16", ("M127",), "documentation"),
        ("16", ("M62",), "authorization"),
        ("16", ("M79",), "data"),
        ("16", (), "data"),
        ("96", ("N115",), "necessity"),
        ("96", ("N425",), "benefit"),
        ("96", (), "benefit"),
        ("A1", ("N386",), "necessity"),
        ("A1", (), "unstated"),
        # not denials
        ("45", (), "contractual"),
        ("253", (), "contractual"),
        ("2", (), "patient"),
        ("23", (), "payment"),
        ("187", (), "payment"),
    ],
)
def test_the_cause_of_a_reason_with_its_remarks(carc, remarks, cause):
    assert cause_of(carc, remarks, MADE).code == cause


def test_a_multiple_procedure_reduction_is_a_denial_only_where_nothing_is_paid():
    assert cause_of("59", (), MADE, is_paid=True).code == "contractual"
    assert cause_of("59", (), MADE).code == "bundling"
    half = remit_line("20610", "100.00", "CO 59 50.00")
    assert denials_of(remittance("MB", remit_claim("MB", half))) == ()
    assert denial("MB", "CO 59 210.00").cause.code == "bundling"
    owed = remit_line("20610", "100.00", "CO 59 50.00, PR 1 50.00")
    assert denials_of(remittance("MB", remit_claim("MB", owed))) == ()


@pytest.mark.parametrize(("group", "count"), [("CO", 165), ("OA", 184), ("PI", 187)])
def test_what_the_posting_leaves_owed_stands_on_the_work_list(group, count):
    rules = rules_on(MADE)
    left = [one.code for one in CARC.all_on(MADE) if rules.rule(group, one.code).to == "worked"]
    assert len(left) == count  # of the 187 reasons of the lab
    for carc in left:
        line = remit_line("99214", "210.00", f"{group} {carc} 210.00")
        found = denials_of(remittance("MB", remit_claim("MB", line)))
        assert len(found) == (carc not in {"23", "104"})  # earlier payers; a withhold


def test_a_deductible_that_the_payer_calls_contractual_is_asked_about():
    assert denial("MB", "CO 1 210.00").cause.code == "unstated"
    line = remit_line("99214", "210.00", "PR 1 210.00")
    assert denials_of(remittance("MB", remit_claim("MB", line))) == ()


def test_a_remark_does_not_change_a_reason_that_says_why_itself():
    assert cause_of("29", ("M51",), MADE).code == "timely"


def test_every_reason_has_a_cause_and_every_table_names_what_exists():
    names = {one.code for one in causes(MADE)}
    assert len(names) == 16
    assert {cause_of(one.code, (), MADE).code for one in CARC.all_on(MADE)} <= names
    release = in_force("denial_causes", MADE)
    from codinglab.accounts.denial_cause import _Given, _Reason

    for table in ("classes.csv", "remarks.csv", "entities.csv"):
        assert {one.cause for one in rows_on(release, table, _Given, MADE)} <= names
    reasons = rows_on(release, "reasons.csv", _Reason, MADE)
    assert {one.code for one in reasons} <= {one.code for one in CARC.all_on(MADE)}
    remarks = rows_on(release, "remarks.csv", _Given, MADE)
    assert {one.code for one in remarks} <= {one.code for one in RARC.all_on(MADE)}


def test_a_day_without_tables_has_no_causes():
    with pytest.raises(NotInForce, match="denial_causes: nothing in force"):
        cause_of("45", (), date(2023, 12, 31))


def test_a_paid_claim_has_no_denial():
    # 210.00 - 78.20 contractual - 26.36 coinsurance - 2.11 sequestration
    line = remit_line("99214", "210.00", "CO 45 78.20, PR 2 26.36, CO 253 2.11")
    assert denials_of(remittance("MB", remit_claim("MB", line))) == ()


def test_one_denied_line_among_paid_ones():
    paid = remit_line("99214", "210.00", "CO 45 78.20, PR 2 26.36, CO 253 2.11")
    lost = remit_line("83036-QW", "28.50", "CO 50 28.50", remarks=("N115",))
    (found,) = denials_of(remittance("MB", remit_claim("MB", paid, lost)))
    assert (found.line, found.code, found.modifiers) == (2, "83036", ("QW",))
    assert (found.charge, found.amount, found.paid) == (Decimal("28.50"), Decimal("28.50"), 0)
    assert (found.cause.code, found.cause.label) == ("necessity", "medical necessity")
    assert (found.notice, found.first, found.last) == (MADE, SERVICE, SERVICE)
    assert (found.key, found.place, found.number) == (
        "TRNMB/OV1001/2/CO-50",
        "line 2",
        "2609600001",
    )


def test_units_cut_by_a_limit_are_a_denial_of_their_part():
    # two of three units: a third of 90.00 is cut, 20.00 contractual
    line = remit_line("96372", "90.00", "CO 151 30.00, CO 45 20.00", remarks=("N362",))
    (found,) = denials_of(remittance("MB", remit_claim("MB", line)))
    assert (found.amount, found.paid) == (Decimal("30.00"), Decimal("40.00"))


def test_a_denial_of_the_whole_claim_stands_on_no_line():
    line = remit_line("99214", "210.00")
    claim = remit_claim("CI", line, adjustments=adjusted("CO 29 210.00"), status="4")
    (found,) = denials_of(remittance("CI", claim))
    assert (found.line, found.place, found.amount) == (None, "the claim", Decimal("210.00"))
    assert (found.key, found.last) == ("TRN01/OV1001/claim/CO-29", SERVICE)
    dated = replace(claim, first=SERVICE, last=SERVICE)
    assert denials_of(remittance("CI", dated))[0].last == SERVICE


def test_a_commercial_payer_that_an_835_cannot_name_by_kind_keeps_its_own_indicator():
    assert denial("CI", "CO 50 210.00").filing == "CI"
    assert denial("MB", "CO 50 210.00").filing == "MB"


def test_an_unknown_reason_is_not_lost_but_waits_for_somebody_to_ask():
    found = denial("MB", "CO 999 210.00")
    assert (found.cause.code, found.amount) == ("unstated", Decimal("210.00"))


def test_a_negative_adjustment_and_a_reversal_deny_nothing():
    line = remit_line("99214", "210.00", "CO 50 -10.00, CO 45 78.20")
    assert denials_of(remittance("MB", remit_claim("MB", line))) == ()
    claim = remit_claim("MB", remit_line("99214", "210.00", "CO 50 210.00"))
    assert denials_of(remittance("MB", reversal(claim))) == ()


LOST = remit_claim("CI", remit_line("99214", "210.00", "CO 50 210.00"), status="4")
LATER = date(2026, 5, 4)


def test_a_reversal_and_correction_closes_the_denial():
    first = remittance("CI", LOST)
    won = remit_claim("CI", remit_line("99214", "210.00", "CO 45 60.00, PR 3 30.00"))
    second = remittance("CI", reversal(LOST), won, made=LATER, trace="T2")
    assert [one.key for one in open_denials([first])] == ["TRN01/OV1001/1/CO-50"]
    assert open_denials([second, first]) == ()


def test_a_reversal_of_another_claim_number_closes_nothing():
    other = reversal(replace(LOST, number="9999999999"))
    found = open_denials([remittance("CI", LOST), remittance("CI", other, made=LATER, trace="T2")])
    assert [one.key for one in found] == ["TRN01/OV1001/1/CO-50"]


def test_a_replacement_closes_what_it_replaces_and_brings_its_own_denials():
    again = remit_claim(
        "CI", remit_line("99213", "150.00", "CO 197 150.00"), frequency="7", number="26B"
    )
    found = open_denials([remittance("CI", LOST), remittance("CI", again, made=LATER, trace="T2")])
    assert [(one.key, one.number) for one in found] == [("TRN01/OV1001/1/CO-197", "26B")]


def test_a_new_claim_with_only_the_denied_line_closes_that_line_alone():
    first = remit_claim(
        "MB",
        remit_line("99214", "210.00", "CO 16 210.00", remarks=("MA130", "N290")),
        remit_line("83036-QW", "28.50", "CO 50 28.50"),
    )
    only = remit_claim("MB", remit_line("99214", "210.00", "CO 45 78.20, PR 2 26.36"), number="2")
    found = open_denials([remittance("MB", first), remittance("MB", only, made=LATER, trace="T2")])
    assert [one.key for one in found] == ["TRNMB/OV1001/2/CO-50"]


def test_a_claim_sent_twice_leaves_the_first_denial_and_its_clock():
    # the second is denied as a duplicate: that decides nothing, and moves no last day
    again = remit_claim("CI", remit_line("99214", "210.00", "CO 18 210.00"), number="26B")
    found = open_denials([remittance("CI", LOST), remittance("CI", again, made=LATER, trace="T2")])
    assert [(one.key, one.notice) for one in found] == [
        ("TRN01/OV1001/1/CO-50", MADE),
        ("TRN01/OV1001/1/CO-18", LATER),
    ]


def test_what_is_in_a_monthly_payment_is_no_denial_of_that_payer():
    line = (
        remit_line("99213", "150.00", "CO 24 150.00"),
        remit_line("20610", "90.00", "CO 197 90.00"),
    )
    one = remittance("HM", remit_claim("HM", *line))
    assert [each.carc for each in denials_of(one)] == ["24", "197"]
    assert [each.carc for each in denials_of(one, {"TRN02"})] == ["197"]
    assert [each.carc for each in open_denials([one], {"TRN01"})] == ["24", "197"]
