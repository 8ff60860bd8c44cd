"""The last days of the billing cases' keys, counted again by the rules of the accounts."""

from __future__ import annotations

from datetime import date, timedelta

from codinglab.accounts.appeal_deadline import deadline
from codinglab.accounts.appeal_path import amount_in_controversy, path_of
from codinglab.accounts.patient_rules import rule
from codinglab.course.mark import reference
from codinglab.course.variants import Variant, all_variants

_LEVELS = {"remittance": 1, "redetermination": 2, "reconsideration": 3}
_STAMPED_AFTER = {"remittance": 8, "redetermination": 8, "reconsideration": 9}


def _said(one: Variant, item: str, part: str) -> set[str]:
    """Return the values of one element of the key's item about `item`."""
    wanted = reference(one.case.slug, one.number).items
    return {
        value
        for each in wanted
        if each.value == item
        for found in each.parts
        if found.name == part
        for value in found.values
    }


def test_the_day_of_each_appeal_is_the_one_that_the_path_of_medicare_gives() -> None:
    path = path_of("MB")
    assert path is not None
    for one in all_variants("appeal-level-and-day"):
        decided, notice = one.fact["decided"], date.fromisoformat(one.fact["notice"])
        stamped = one.fact["receipt"] == "stamped"
        received = notice + timedelta(_STAMPED_AFTER[decided]) if stamped else None
        level = path.level(_LEVELS[decided])
        due = deadline(level.on(notice), notice, received).last
        needed = amount_in_controversy("hearing", one.case.day)  # 200 dollars in 2026
        closed = decided == "reconsideration" and float(one.fact["stake"]) < needed
        assert _said(one, "AP2601", "last day") == (set() if closed else {due.isoformat()})
        assert _said(one, "LEVEL", "entry") == {"NONE" if closed else level.name.upper()}


def test_the_first_appeal_of_a_medical_necessity_denial_is_counted_by_the_same_path() -> None:
    path = path_of("MB")
    assert path is not None
    for one in all_variants("denial-next-step"):
        if one.fact["denial"] == "necessity":
            notice = date.fromisoformat(one.fact["notice"])
            due = deadline(path.level(1).on(notice), notice).last
            assert _said(one, "DW2501", "last day") == {due.isoformat()}


def test_a_bill_is_disputed_from_400_dollars_and_for_120_days_as_the_rules_have_it() -> None:
    excesses = {"below the limit": "399.99", "at the limit": "400.00", "above the limit": "625.00"}
    for one in all_variants("estimate-dispute"):
        received = date.fromisoformat(one.fact["received"])
        excess = excesses[one.fact["excess"]]
        may = float(excess) >= rule("dispute_excess", received).value
        until = received + timedelta(int(rule("dispute_days", received).value))
        assert _said(one, "excess", "amount") == {excess}
        assert _said(one, "DISPUTE", "entry") == {"YES" if may else "NO"}
        assert _said(one, "UNTIL", "entry") == ({until.isoformat()} if may else set())
