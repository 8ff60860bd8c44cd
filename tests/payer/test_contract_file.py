"""Contracts are files: what a file may hold, and how a wrong one is told."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from made_adjudication import line, money, visit

from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData
from codinglab.payer.contract_file import contracts, folder, read_contract
from codinglab.payer.price_claim import expected
from codinglab.payer.quirks import QUIRKS


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    text = (folder() / name).read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / name
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_every_kind_of_payer_is_there() -> None:
    kinds = {one.kind for one in contracts().values()}
    assert kinds >= {
        "commercial",
        "Medicare",
        "Medicare Advantage",
        "Medicaid",
        "workers' compensation",
        "no-fault",
        "liability",
        "supplement",
        "self-pay",
    }


def test_name_and_filing_limit_are_the_companion_files_own() -> None:
    contract = contracts()["TRN01"]
    assert contract.name == "Northfield Mutual"
    assert contract.companion.timely_filing.days == 180
    assert "timely" not in (folder() / "northfield.yml").read_text(encoding="utf-8")


def test_the_terms_of_each_day() -> None:
    contract = contracts()["TRN01"]
    shares = [
        next(one.share for one in contract.on(day).prices if one.method == "physician schedule")
        for day in (date(2025, 12, 31), date(2026, 1, 1))
    ]
    assert shares == [Decimal("1.15"), Decimal("1.20")]
    with pytest.raises(NotInForce, match=r"contract of TRN01 .*2024-12-31.*from 2025-01-01"):
        contract.on(date(2024, 12, 31))


def test_every_term_of_every_contract_says_its_source() -> None:
    for contract in contracts().values():
        assert contract.source
        for _, terms in contract.terms.rows:
            parts = (*terms.prices, *terms.authorizations, *terms.exclusions, *terms.limits)
            assert all(one.source for one in (*parts, *terms.policies, *terms.own_edits))
            assert terms.source
            assert terms.sharing.source
            assert all(one.source for one in terms.quirks)


def test_every_quirk_is_used_by_a_contract() -> None:
    used = {
        one.name
        for contract in contracts().values()
        for _, terms in contract.terms.rows
        for one in terms.quirks
    }
    assert used <= QUIRKS.keys()
    assert {"withhold of the payment", "visit with 25 at a share"} <= used


def test_a_payer_without_a_companion_file_is_told(tmp_path: Path) -> None:
    file = changed(tmp_path, "blue.yml", "payer_id: TRN03", "payer_id: TRN99")
    with pytest.raises(BadData, match=r"blue\.yml: payer_id TRN99 has no file in .*companion"):
        read_contract(file)


def test_a_quirk_that_nobody_knows_is_told(tmp_path: Path) -> None:
    file = changed(tmp_path, "riverbend.yml", "withhold of the payment", "pays on Tuesdays")
    with pytest.raises(BadData, match="no quirk 'pays on Tuesdays'; the lab knows filing runs"):
        read_contract(file)


def test_a_price_without_its_figure_is_told(tmp_path: Path) -> None:
    file = changed(tmp_path, "blue.yml", "        share: 0.70\n", "")
    with pytest.raises(BadData, match="'70 percent of charge': percent of charge needs share"):
        read_contract(file)


def test_a_schedule_without_a_locality_is_told(tmp_path: Path) -> None:
    text = (folder() / "evergreen.yml").read_text(encoding="utf-8")
    begin, end = text.index("    schedules:"), text.index("    prices:")
    file = tmp_path / "evergreen.yml"
    file.write_text(text[:begin] + text[end:], encoding="utf-8")
    with pytest.raises(BadData, match="physician schedule needs schedules; add them"):
        read_contract(file)


def test_terms_that_overlap_are_told(tmp_path: Path) -> None:
    file = changed(
        tmp_path, "northfield.yml", "effective_to: 2026-01-01", "effective_to: 2026-02-01"
    )
    with pytest.raises(BadData, match=r"overlaps .*; correct effective_from or effective_to"):
        read_contract(file)


def test_a_denial_is_group_and_code(tmp_path: Path) -> None:
    file = changed(tmp_path, "blue.yml", "contractual: CO 45", "contractual: forty-five")
    with pytest.raises(BadData, match=r"blue\.yml: terms\.0\.contractual"):
        read_contract(file)


def test_an_unknown_field_is_told(tmp_path: Path) -> None:
    file = changed(tmp_path, "blue.yml", "kind: commercial", "kind: commercial\ncolour: blue")
    with pytest.raises(BadData, match=r"blue\.yml: colour"):
        read_contract(file)


def test_what_a_contract_is_expected_to_allow() -> None:
    claim = visit("TRN01", line("99213", "150", 1), line("20610-RT", "140", 1), dx=("M17.11",))
    priced = expected(claim, contracts()["TRN01"])
    assert [one.amount for one in priced.lines] == [money("112.00"), money("72.11")]
    assert [one.rule for one in priced.lines] == [
        "visits of the fee list",
        "120 percent of Medicare",
    ]


def test_the_arithmetic_of_a_price_is_told() -> None:
    claim = visit("TRN01", line("20610-RT", "140", 1), dx=("M17.11",))
    (one,) = expected(claim, contracts()["TRN01"]).lines
    assert one.price is not None
    assert [str(step) for step in one.price.steps][-1] == (
        "120 percent: 60.09 x 1.20 = 72.11 [agreement of 2026, exhibit A]"
    )
