"""Who owes a line by its notice of noncoverage, beside what the payer decided."""

from dataclasses import replace

import pytest
from made_adjudication import decided, line, visit
from made_patients import money

from codinglab.accounts.notice_liability import liabilities
from codinglab.payer.decision import Decision, Reason


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


def shared(one: Decision, contractual: str) -> Decision:
    """Return the decision with so much of its denial contractual, and the rest the patient's."""
    off = Reason("CO", "45", money(contractual), "fee schedule", "as agreed")
    lines = (
        replace(each, reasons=(off, replace(why, group="PR", amount=why.amount - off.amount)))
        for each in one.lines
        for why in each.reasons
    )
    return replace(one, lines=tuple(lines))


def test_a_denial_on_the_wrong_side_is_found() -> None:
    (on_file,) = liabilities(moved(decision("80061-GA"), "CO"))
    assert (on_file.owes, on_file.agrees) == ("provider", False)
    (none,) = liabilities(moved(decision("80061-GZ"), "PR"))
    assert (none.owes, none.agrees) == ("patient", False)


def test_without_a_notice_a_denial_as_not_necessary_is_never_the_patients() -> None:
    (told_patient,) = liabilities(moved(decision("80061"), "PR"))
    assert (told_patient.modifier, told_patient.agrees) == ("", False)
    assert "no notice is on file" in told_patient.why
    assert told_patient.source.endswith("42 CFR 411.400 to 411.408")
    (told_provider,) = liabilities(decision("80061"))
    assert told_provider.agrees
    (paid,) = liabilities(decision("80061", dx="E78.5"))
    assert paid.agrees
    (part,) = liabilities(shared(decision("80061"), "12.00"))  # 30 of 42 as not necessary
    assert (part.patient, part.provider, part.agrees) == (money("30.00"), money("12.00"), False)
    (other,) = liabilities(moved(decision("80061", payer="TRN01"), "PR"))
    assert other.agrees  # no payer but Original Medicare knows the notice


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
