"""Files of simulated payers: what they hold is known to the lab, and faults are told."""

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from made_inquiries import PAYERS

from codinglab.codes.billing import STATUS_CATEGORIES, STATUS_CODES
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, check, parse_yaml, read_text
from codinglab.payer.member_file import folder, read_payer
from codinglab.payer.member_rows import BenefitRow
from codinglab.payer.status_answer import (
    NO_CLAIM,
    NO_DAY,
    NO_MEMBER,
    UNKNOWN_PAYER,
    WRONG_PROVIDER,
)
from codinglab.payer.words import known
from codinglab.x12.guide import guide


def test_the_payers_have_their_members_and_claims() -> None:
    told = ("TRN01", "TRN02", "TRN07", "TRNMA", "TRNMB")
    assert [len(PAYERS[one].members) for one in told] == [3, 2, 2, 2, 2]
    assert [len(PAYERS[one].claims) for one in told] == [3, 3, 0, 0, 1]


def test_an_amount_is_read_to_the_cent() -> None:
    member = PAYERS["TRN02"].member("RB7741201")
    assert member is not None
    assert [one.amount for one in member.left] == [
        Decimal(400),
        Decimal(1900),
        Decimal("6150.25"),
    ]


def test_every_status_is_one_of_the_sets_on_its_day() -> None:
    for payer in PAYERS.values():
        for claim in payer.claims:
            for one in claim.statuses:
                assert STATUS_CATEGORIES.find(one.category, one.day).code == one.category
                assert STATUS_CODES.find(one.code, one.day).code == one.code
                assert not one.entity or known("party", one.entity)


def test_every_payment_adds_up_to_no_more_than_the_charge_and_has_its_check() -> None:
    for payer in PAYERS.values():
        for claim in payer.claims:
            for one in claim.statuses:
                assert one.paid is None or 0 <= one.paid <= claim.charge
                assert bool(one.paid) == bool(one.check) == bool(one.check_day)


def test_every_claim_is_a_members_or_a_dependents() -> None:
    for payer in PAYERS.values():
        for claim in payer.claims:
            member = payer.member(claim.member_id)
            assert member is not None
            born = [member.person.born, *(one.person.born for one in member.dependents)]
            assert claim.born in born


def test_every_service_and_period_of_a_plan_has_words() -> None:
    for payer in PAYERS.values():
        for member in payer.members:
            for one in (*member.plan.benefits, *member.left):
                assert known("service", one.service)
                assert not one.period or known("period", one.period)


def test_every_insurance_type_is_one_of_the_guide() -> None:
    benefit = next(one for one in guide("005010X279A1", "271").nodes if one.name == "EB")
    insurance = next(one for one in benefit.shape.places if one.at == "04")
    plans = {member.plan.insurance for one in PAYERS.values() for member in one.members}
    assert {"HM", "PR", "MA", "MB", "MC", "HN", "SP", "WC", "AP", "LI"} <= plans
    assert plans <= insurance.codes


def test_coverage_runs_from_its_first_day_through_its_last() -> None:
    member = PAYERS["TRN02"].member("RB7740007")
    assert member is not None
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    assert [member.covered_on(day) for day in days] == [False, True, True, False]


def test_a_member_of_an_unknown_plan_is_a_fault_of_the_file(tmp_path: Path) -> None:
    text = (folder() / "riverbend.yml").read_text(encoding="utf-8")
    file = tmp_path / "odd.yml"
    file.write_text(text.replace("plan: hmo", "plan: gold"), encoding="utf-8")
    with pytest.raises(BadData, match=r"member RB7741201: no plan 'gold'; use hmo"):
        read_payer(file)


def test_a_share_above_one_is_a_fault_of_the_file(tmp_path: Path) -> None:
    text = (folder() / "northfield.yml").read_text(encoding="utf-8")
    file = tmp_path / "odd.yml"
    file.write_text(text.replace("share: 0.2}", "share: 20}", 1), encoding="utf-8")
    with pytest.raises(BadData, match=r"plans\.ppo\.benefits\.3\.share"):
        read_payer(file)


def test_the_deductible_of_medicare_is_the_one_that_prices_are_worked_with() -> None:
    member = PAYERS["TRNMB"].member("1EG4TE5MK73")
    assert member is not None
    deductible = member.plan.benefits[0]
    with (data_folder("code_sets") / "pfs_factors" / "2026" / "factors.csv").open() as lines:
        (row,) = (one for one in csv.reader(lines) if one[0] == "deductible")
    assert (deductible.kind, deductible.amount) == ("C", Decimal(row[2]))


def test_every_service_of_a_plan_says_whether_it_is_covered() -> None:
    """CAQH CORE rule 260: each service type in an answer has its coverage status."""
    for payer in PAYERS.values():
        for member in payer.members:
            rows = [one for one in member.plan.benefits if one.service != "30"]
            told = {one.service for one in rows if one.kind in {"1", "I"}}
            assert told == {one.service for one in rows}


def test_every_member_number_has_the_shape_that_its_payer_wants() -> None:
    wanted = {}
    for file in (data_folder("curriculum") / "payers" / "companion").glob("*.yml"):
        row = parse_yaml(read_text(file), str(file))
        wanted[row["payer_id"]] = row["member_id"], row["name"]
    for payer in PAYERS.values():
        shape, name = wanted[payer.payer.payer_id]
        assert payer.payer.name == name
        assert all(re.fullmatch(shape, one.member_id) for one in payer.members)


def test_what_a_payer_says_of_a_question_that_fails_is_of_the_sets() -> None:
    day = date(2026, 3, 3)
    for category, code, *entity in (UNKNOWN_PAYER, WRONG_PROVIDER, NO_MEMBER, NO_DAY, NO_CLAIM):
        assert STATUS_CATEGORIES.find(category, day).stage in {"error", "rejected"}
        assert STATUS_CODES.find(code, day).code == code
        assert all(known("party", one) for one in entity)


@pytest.mark.parametrize(
    ("kind", "figure"),
    [("C", "amount"), ("B", "amount"), ("G", "amount"), ("A", "share"), ("F", "amount or visits")],
)
def test_a_benefit_without_its_figure_is_told(kind: str, figure: str) -> None:
    with pytest.raises(BadData, match=f"kind {kind} needs {figure}; add it"):
        check(BenefitRow, {"kind": kind, "service": "30"}, "plan")
