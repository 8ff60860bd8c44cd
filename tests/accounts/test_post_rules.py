from datetime import date
from decimal import Decimal

import pytest

from codinglab.accounts.policy import policies, policy_on
from codinglab.accounts.post_rules import NAME, ProviderRule, Rule, UnknownReason, rules_on
from codinglab.codes.billing import CARC
from codinglab.codes.release import in_force, rows
from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData
from codinglab.remit.terms import PROVIDER_ADJUSTMENTS

DAY = date(2026, 3, 20)
DENIALS = {
    *("registration", "eligibility", "authorization", "coding", "bundling", "necessity"),
    *("documentation", "data", "duplicate", "timely", "cob", "benefit", "credentialing"),
}


def to(group, carc, *, paid=False, capitated=False):
    return rules_on(DAY).to(group, carc, paid=paid, capitated=capitated)


@pytest.mark.parametrize(
    ("group", "carc", "goes_to"),
    [
        *(("CO", "45", "contractual"), ("CO", "253", "sequestration"), ("PR", "1", "patient")),
        *(("PR", "204", "patient"), ("CO", "97", "worked"), ("CO", "197", "worked")),
        *(("CO", "29", "worked"), ("OA", "23", "posted"), ("OA", "18", "worked")),
        *(("PI", "45", "worked"), ("OA", "209", "next payer"), ("CO", "24", "worked")),
        *(("CO", "94", "contractual"), ("CO", "104", "worked"), ("CO", "147", "worked")),
    ],
)
def test_an_adjustment_goes_where_the_most_precise_row_says(group, carc, goes_to) -> None:
    assert to(group, carc) == goes_to


def test_what_is_paid_in_part_and_what_is_paid_by_the_month_change_two_rows() -> None:
    assert (to("CO", "59"), to("CO", "59", paid=True)) == ("worked", "contractual")
    assert (to("CO", "24"), to("CO", "24", capitated=True)) == ("worked", "contractual")


def test_no_denial_of_any_class_is_written_off_by_a_rule() -> None:
    rules = rules_on(DAY)
    for one in CARC.all_on(DAY):
        if one.denial_class in DENIALS and one.code != "59":
            for group in ("CO", "OA", "PI"):
                if (group, one.code) != ("OA", "23"):
                    found = rules.to(group, one.code, paid=True, capitated=False)
                    assert found == "worked", (group, one.code)


def test_group_pr_is_the_patients_whatever_the_reason() -> None:
    assert {to("PR", one.code) for one in CARC.all_on(DAY)} == {"patient"}


def test_an_unknown_reason_and_a_group_without_rule_have_names() -> None:
    with pytest.raises(UnknownReason, match="reason code 999 is not in this lab's table"):
        to("CO", "999")
    with pytest.raises(UnknownReason, match=r"no rule says what becomes .* of group CR"):
        to("CR", "45")


def test_the_day_of_the_remittance_chooses_the_tables() -> None:
    with pytest.raises(NotInForce, match="posting_rules: nothing in force on 2011-12-31"):
        rules_on(date(2011, 12, 31))


def test_every_reason_in_the_tables_exists() -> None:
    release = in_force(NAME, DAY)
    classes = {one.denial_class for one in CARC.all_on(DAY)}
    for one in rows(release, "rules.csv", Rule):
        _, _, carc = one.code.partition("-")
        assert not carc or CARC.find(carc, DAY)
        _, _, kind = one.code.partition("/")
        assert not kind or kind in classes
    for other in rows(release, "provider.csv", ProviderRule):
        assert PROVIDER_ADJUSTMENTS.find(other.code, DAY)


def test_limits_are_read_by_role_and_a_wrong_file_says_where(tmp_path) -> None:
    policy = policy_on(DAY)
    assert policy.may("owner", "refund", Decimal(10**6)) == ""
    assert policy.may("biller", "refund", Decimal("0.01")) == (
        "a biller may refund 0 at most, not 0.01; ask: supervisor or manager or owner"
    )
    file = tmp_path / "policy.yml"
    file.write_text("- effective_from: soon\n", "utf-8")
    with pytest.raises(BadData, match=r"policy\.yml: 0\.effective_from"):
        policies(file)
    with pytest.raises(NotInForce, match="the practice's account policy: nothing in force"):
        policy_on(date(2023, 1, 1))
