"""Who owes a line by its notice of noncoverage, beside what the payer decided."""

from dataclasses import replace

import pytest
from made_adjudication import decided, line, visit
from made_patients import money

from codinglab.accounts.notice_liability import liabilities
from codinglab.payer.decision import Decision


def decision(code: str, *, payer: str = "TRNMB", dx: str = "R53.83") -> Decision:
    """Return the payer's decision on a lipid panel of 42 dollars; R53.83 does not support it."""
    return decided(visit(payer, line(code, "42", 1), dx=(dx,)))


@pytest.mark.parametrize(
    ("code", "owes", "patient", "provider"),
    [
        ("80061-GA", "patient", "42.00", "0"),
        ("80061-GZ", "provider", "0", "42.00"),
        ("80061-GY", "patient", "42.00", "0"),
        ("80061-GX", "patient", "42.00", "0"),
        ("80061", "provider", "0", "42.00"),
    ],
)
def test_medicare_denies_and_the_notice_says_whose_it_is(
    code: str, owes: str, patient: str, provider: str
) -> None:
    (one,) = liabilities(decision(code))
    assert (one.owes, one.patient, one.provider) == (owes, money(patient), money(provider))
    assert one.modifier == code.partition("-")[2]
    assert one.agrees


def test_a_notice_on_file_changes_nothing_about_a_line_that_is_paid() -> None:
    (one,) = liabilities(decision("80061-GA", dx="E78.5"))
    # 13.40 allowed: 28.60 contractual and 0.27 sequestered are the provider's
    assert (one.patient, one.provider, one.owes) == (0, money("28.87"), "provider")
    assert one.why == "it was not denied, so the notice changes nothing"


def moved(one: Decision, group: str) -> Decision:
    """Return the decision with its denials told under another group."""
    lines = (
        replace(each, reasons=tuple(replace(why, group=group) for why in each.reasons))
        for each in one.lines
    )
    return replace(one, lines=tuple(lines))


def test_a_denial_on_the_wrong_side_is_found() -> None:
    (on_file,) = liabilities(moved(decision("80061-GA"), "CO"))
    assert (on_file.owes, on_file.agrees) == ("provider", False)
    (none,) = liabilities(moved(decision("80061-GZ"), "PR"))
    assert (none.owes, none.agrees) == ("patient", False)


def test_a_denial_for_another_reason_is_none_of_the_notices() -> None:
    one = decision("80061-GA")
    late = tuple(
        replace(each, reasons=tuple(replace(why, carc="29", group="CO") for why in each.reasons))
        for each in one.lines
    )
    (found,) = liabilities(replace(one, lines=late))
    assert found.agrees  # filed too late: the provider's, whatever was signed


def test_other_payers_know_no_such_notice() -> None:
    (one,) = liabilities(decision("80061-GZ", payer="TRN01"))
    assert one.modifier == ""
    assert one.why.startswith("no notice has a part in it")
