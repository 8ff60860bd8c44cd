"""Corrected claims: replacements with all lines, new claims of lines not processed, reopenings."""

from dataclasses import replace
from decimal import Decimal

import pytest
from made_claims import claim as made_claim
from made_denials import SERVICE, rejection, remit_claim, remit_line, remittance

from codinglab.accounts.denial import Denial, denials_of
from codinglab.accounts.denial_resubmit import claim_line, resubmit
from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.model import Claim, Line

VISIT, TEST = "99214", "83036"


def sent(filing: str = "CI", **more) -> Claim:
    lines = (
        Line(VISIT, Decimal("210.00"), Decimal(1), SERVICE, pointers=(1,), control_number="L1"),
        Line(TEST, Decimal("28.50"), Decimal(1), SERVICE, pointers=(1,), control_number="L2"),
        Line("36415", Decimal("9.00"), Decimal(1), SERVICE, pointers=(1,), control_number="L3"),
    )
    claim = replace(made_claim("office visit"), account="OV1001", lines=lines)
    coverage = replace(claim.coverages[0], filing=filing)
    return replace(claim, coverages=(coverage,), **more)


def denied(filing: str, code: str, adjustments: str, **more) -> Denial:
    charge = {VISIT: "210.00", TEST: "28.50"}[code]
    paid = remit_line("36415", "9.00", control_number="L3")
    claim = remit_claim(filing, paid, remit_line(code, charge, adjustments, **more))
    (found,) = denials_of(remittance(filing, claim))
    return found


def mended(claim: Claim, line: int, **changes) -> Claim:
    lines = list(claim.lines)
    lines[line - 1] = replace(lines[line - 1], **changes)
    return replace(claim, lines=tuple(lines))


def test_a_denied_line_is_found_by_its_control_number_or_else_by_code_and_day():
    told = denied("CI", TEST, "CO 4 28.50", control_number="L2")
    assert (told.line, claim_line(told, sent())) == (2, 2)
    assert claim_line(denied("CI", VISIT, "CO 4 210.00"), sent()) == 1
    assert claim_line(replace(told, control="?", code="none"), sent()) is None
    assert claim_line(replace(told, line=None), sent()) is None


def test_a_replacement_has_frequency_7_the_payers_number_and_every_line():
    told = denied("CI", TEST, "CO 4 28.50")
    found = resubmit([told], sent(), mended(sent(), 2, modifiers=("QW",)))
    assert found.findings == ()
    assert (found.claim.frequency, found.claim.original_reference) == ("7", "2609600001")
    assert (len(found.claim.lines), found.lines) == (3, (1, 2, 3))
    assert (found.claim.lines[1].modifiers, found.claim.total) == (("QW",), Decimal("247.50"))


def test_only_the_unprocessable_line_goes_again_as_a_new_claim():
    told = denied("MB", VISIT, "CO 16 210.00", remarks=("MA130", "M51"))
    found = resubmit([told], sent("MB"), mended(sent("MB"), 1, code="99213"))
    assert (found.claim.frequency, found.claim.original_reference) == ("1", "")
    assert [one.code for one in found.claim.lines] == ["99213"]
    assert (found.lines, found.claim.total) == ((1,), Decimal("210.00"))
    assert found.findings == ()


def test_what_the_first_payer_paid_goes_with_the_line():
    paid = tuple(
        PaidLine(at, amount, Decimal(1), code, SERVICE, (), (Adjustment("CO", "45", rest),))
        for at, code, amount, rest in (
            (1, VISIT, Decimal("120.00"), Decimal("90.00")),
            (2, TEST, Decimal("10.00"), Decimal("18.50")),
            (3, "36415", Decimal("3.00"), Decimal("6.00")),
        )
    )
    prior = PriorPayment(0, Decimal("133.00"), SERVICE, paid)
    claim = sent("MB", prior=(prior,))
    told = denied("MB", TEST, "CO 16 28.50", remarks=("MA130", "M76"))
    found = resubmit([told], claim, mended(claim, 2, modifiers=("QW",)))
    (left,) = found.claim.prior
    assert (left.paid, [(one.line, one.code) for one in left.lines]) == (
        Decimal("10.00"),
        [(1, TEST)],
    )


def test_an_unprocessable_claim_as_a_whole_goes_again_with_all_lines():
    told = replace(denied("MB", VISIT, "CO 16 210.00", remarks=("MA130",)), line=None)
    found = resubmit([told], sent("MB"), mended(sent("MB"), 1, code="99213"))
    assert (len(found.claim.lines), found.claim.frequency) == (3, "1")


def test_a_rejected_claim_goes_again_as_it_was_meant():
    told = rejection()
    claim = replace(made_claim("office visit"), frequency="7", original_reference="X1")
    found = resubmit([told], claim, replace(claim, note="NPI corrected"))
    assert (found.claim.frequency, found.claim.original_reference) == ("7", "X1")
    assert found.route.route == "new claim"


def test_a_reopening_is_asked_for_and_sends_no_claim():
    told = denied("MB", TEST, "CO 4 28.50")
    found = resubmit([told], sent("MB"), mended(sent("MB"), 2, modifiers=("QW",)))
    assert (found.claim, found.route.route) == (None, "reopening")


def test_the_same_claim_again_is_held_back():
    told = denied("CI", TEST, "CO 4 28.50")
    found = resubmit([told], sent(), sent())
    assert [one.id for one in found.findings] == ["denial.unchanged"]


def test_a_replacement_that_leaves_lines_out_is_held_back():
    told = denied("CI", TEST, "CO 4 28.50")
    only = replace(sent(), lines=sent().lines[1:2])
    found = resubmit([told], sent(), only)
    assert [one.id for one in found.findings] == ["denial.lines"]


def test_a_replacement_without_the_payers_number_is_held_back():
    told = replace(denied("CI", TEST, "CO 4 28.50"), number="")
    found = resubmit([told], sent(), mended(sent(), 2, modifiers=("QW",)))
    assert [one.id for one in found.findings] == ["denial.no-number"]


def test_denials_by_different_ways_are_not_sent_together():
    one = denied("MB", VISIT, "CO 16 210.00", remarks=("MA130",))
    two = denied("MB", TEST, "CO 4 28.50")
    with pytest.raises(ValueError, match=r"different ways \(new claim, reopening\)"):
        resubmit([one, two], sent("MB"), sent("MB"))
    with pytest.raises(ValueError, match="give the denials of claim OV1001"):
        resubmit([], sent(), sent())
