"""The balance: each equation by hand, and any cent that is changed anywhere is found."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_remits import ENVELOPE, VISIT, claim_of, d, decided, paid, reason, remittances

from codinglab.core.findings import Severity
from codinglab.core.money import has_cents
from codinglab.remit.balance import unbalanced
from codinglab.remit.balance_wire import wire_unbalanced
from codinglab.remit.from_decisions import remit_claim
from codinglab.remit.model import ProviderAdjustment, RemitClaim, Remittance
from codinglab.remit.recoup import reversal
from codinglab.remit.terms import INFORMATIONAL
from codinglab.remit.x835 import write

DAY = VISIT.decided
CLAIM = remit_claim(VISIT, DAY)
GOOD = paid(CLAIM, replace(CLAIM, account="A2"))
CENT = Decimal("0.01")


def ids(remittance: Remittance) -> list[str]:
    return [one.id for one in unbalanced(remittance)]


def told(text: str) -> list[str]:
    return [one.id for one in wire_unbalanced(text)]


def test_two_visits_of_72_42_make_a_payment_of_144_84() -> None:
    assert GOOD.total == d("144.84") == 2 * (d("150") - d("57.62") - d("18.48") - d("1.48"))
    assert unbalanced(GOOD) == ()


def test_a_line_that_pays_a_cent_too_much_is_named_with_its_claim() -> None:
    line = replace(CLAIM.lines[0], paid=d("72.43"))
    (first, second) = unbalanced(paid(replace(CLAIM, lines=(line,))))
    assert (first.id, first.place) == ("remit.line", "claim A1 (26071-A1), line 1")
    assert first.message == (
        "the payment of the line is 72.43, but charge less adjustments is 72.42: +0.01 apart."
    )
    assert second.id == "remit.lines_paid"


def test_a_claim_of_150_with_a_line_of_149_lacks_a_line() -> None:
    line = replace(CLAIM.lines[0], charge=d("149"), paid=d("71.42"))
    assert ids(paid(replace(CLAIM, lines=(line,)))) == ["remit.charge", "remit.lines_paid"]


def test_the_share_of_the_patient_is_what_group_pr_says() -> None:
    assert ids(paid(replace(CLAIM, patient_share=d("18.49")))) == ["remit.share"]


def test_a_reversal_need_not_tell_the_share_but_may_not_tell_another() -> None:
    undone = reversal(CLAIM)
    assert undone.patient_share == 0
    assert ids(paid(undone)) == []
    assert ids(paid(replace(undone, patient_share=d("-18.48")))) == []
    assert ids(paid(replace(undone, patient_share=d("18.48")))) == ["remit.share"]


def test_a_positive_adjustment_of_the_provider_lowers_the_payment() -> None:
    taken = paid(CLAIM, adjustments=[ProviderAdjustment("WO", "1", d("20"))])
    assert taken.total == d("52.42") == d("72.42") - d("20")
    assert unbalanced(taken) == ()
    assert ids(replace(taken, total=d("92.42"))) == ["remit.total"]


def test_a_payment_below_zero_is_none() -> None:
    wrong = replace(paid(reversal(CLAIM)), provider_adjustments=(), total=d("-72.42"))
    assert ids(wrong) == ["remit.below_zero", "remit.nothing"]


def test_money_that_goes_no_way_is_an_error_and_a_check_of_nothing_only_odd() -> None:
    (one,) = unbalanced(replace(GOOD, method="NON"))
    assert (one.id, one.severity) == ("remit.nothing", Severity.ERROR)
    empty = replace(paid(), method="CHK")
    (other,) = unbalanced(empty)
    assert (other.id, other.severity) == ("remit.nothing", Severity.WARNING)


def test_half_a_cent_is_no_money() -> None:
    half = replace(
        CLAIM, lines=(), charge=d("10.005"), paid=d("10.005"), adjustments=(), patient_share=d("0")
    )
    found = unbalanced(paid(half))
    assert [one.id for one in found] == ["remit.cents"] * 3  # payment, charge and paid
    assert found[0].message == "10.005 is not a sum of whole cents."


@pytest.mark.parametrize(
    ("amount", "whole"),
    [
        ("1.10", True),
        ("1.100", True),
        ("-7", True),
        ("0.000", True),
        ("1E+3", True),
        ("9" * 40, True),
        ("9" * 40 + ".01", True),
        ("9" * 40 + ".001", False),
        ("0.00001", False),
        ("NaN", False),
        ("Infinity", False),
    ],
)
def test_whole_cents_are_told_of_a_number_of_any_length(amount: str, whole: bool) -> None:
    assert has_cents(d(amount)) is whole


def test_interest_of_the_claims_is_what_plb_pays() -> None:
    late = paid(replace(CLAIM, interest=d("0.75")))
    assert late.total == d("73.17") == d("72.42") + d("0.75")
    assert unbalanced(late) == ()
    wrong = replace(late.claims[0], interest=d("0.76"))
    (one,) = unbalanced(replace(late, claims=(wrong,)))
    assert (one.id, one.severity) == ("remit.interest", Severity.WARNING)


def test_a_stay_adjusts_the_claim_and_not_the_line() -> None:
    one = decided(claim_of("100", "50"), (), (), reasons=(reason("CO", "45", "30"),))
    claim = remit_claim(one, DAY)
    assert (claim.paid, [each.paid for each in claim.lines]) == (d("120"), [d("100"), d("50")])
    assert unbalanced(paid(claim)) == ()


@settings(max_examples=40, deadline=None)
@given(remittances())
def test_what_is_made_balances_on_values_and_on_the_wire(remittance: Remittance) -> None:
    assert unbalanced(remittance) == ()
    assert told(write(ENVELOPE, [remittance])) == []


MONEY = {"charge", "paid", "patient_share", "amount", "total", "interest"}


def tampered(value: Any, by: Decimal) -> Iterator[tuple[str, Any]]:
    """Yield `value` with one amount changed, for each amount in it."""
    for each in fields(value):
        held = getattr(value, each.name)
        if each.name in MONEY and isinstance(held, Decimal):
            yield each.name, replace(value, **{each.name: held + by})
        elif isinstance(held, tuple):
            for at, one in enumerate(held):
                if is_dataclass(one):
                    for name, new in tampered(one, by):
                        whole = (*held[:at], new, *held[at + 1 :])
                        yield f"{each.name}.{name}", replace(value, **{each.name: whole})


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(remittances(), st.sampled_from([CENT, -CENT]))
def test_any_amount_of_a_remittance_that_is_a_cent_off_is_found(
    remittance: Remittance, by: Decimal
) -> None:
    for name, wrong in tampered(remittance, by):
        if name == "claims.interest" and wrong_is_nothing(wrong):
            continue  # interest that no claim tells is told by PLB alone
        assert unbalanced(wrong), name


def wrong_is_nothing(remittance: Remittance) -> bool:
    return sum((one.interest for one in remittance.claims), Decimal(0)) == 0


PLACES = {
    "BPR": (2,),
    "CLP": (3, 4, 5),
    "CAS": (3, 6, 9, 12, 15, 18),
    "SVC": (2, 3),
    "PLB": (4, 6, 8, 10, 12, 14),
    "AMT": (2,),
    "MIA": (2, 4, *range(6, 20), 24),
    "MOA": (2, 8, 9),
    "TS3": (5, 13, 15, 17, 18, 20, 21, 22, 24),
}
"""Where the guide has a monetary amount (element 782) in a segment of an 835."""


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(remittances(), st.sampled_from([CENT, -CENT]))
def test_any_amount_of_an_835_that_is_a_cent_off_is_found_or_only_explains(
    remittance: Remittance, by: Decimal
) -> None:
    informational = {one.code for one in INFORMATIONAL.all_on(DAY)}
    segments = write(ENVELOPE, [remittance]).split("~")
    for at, segment in enumerate(segments):
        elements = segment.strip().split("*")
        for place in PLACES.get(elements[0], ()):
            if place < len(elements) and elements[place]:
                new = list(elements)
                new[place] = str(Decimal(new[place]) + by)
                text = "~".join([*segments[:at], "*".join(new), *segments[at + 1 :]])
                assert told(text) or elements[0] in informational, (segment, place)


def test_the_guide_has_no_other_amounts_than_those_that_were_changed() -> None:
    from codinglab.x12.guide import guide

    found: dict[str, set[int]] = {}
    for node in guide("005010X221A1", "835").nodes:
        for place in node.shape.places:
            if place.number == "782" and place.usage != "N":
                found.setdefault(node.name, set()).add(int(place.at))
    assert set(found) - {"TS2"} == set(PLACES)
    assert {name: places - set(PLACES.get(name, ())) for name, places in found.items()} == {
        name: (found["TS2"] if name == "TS2" else set()) for name in found
    }


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("BPR*I*144.84", "BPR*I*144.83", ["remit.total"]),
        (
            "CLP*A1*1*150*72.42",
            "CLP*A1*1*150*72.41",
            ["remit.claim", "remit.lines_paid", "remit.total"],
        ),
        ("CLP*A1*1*150*72.42*18.48", "CLP*A1*1*150*72.42*", ["remit.share"]),
        ("SVC*HC:99213*150", "SVC*HC:99213*150.01", ["remit.line", "remit.charge"]),
        ("CAS*PR*2*18.48", "CAS*CO*2*18.48", ["remit.share"]),
        (
            "CAS*PR*2*18.48",
            "CAS*PR*2*A",
            ["remit.cents", "remit.line", "remit.claim", "remit.share"],
        ),
        ("BPR*I", "BPX*I", ["remit.total"]),
    ],
)
def test_a_change_on_the_wire_is_told_by_the_equations_that_it_breaks(
    old: str, new: str, expected: list[str]
) -> None:
    text = write(ENVELOPE, [GOOD])
    assert told(text.replace(old, new, 1)) == expected


def test_a_reader_that_drops_a_claim_is_not_believed() -> None:
    fewer = replace(GOOD, claims=GOOD.claims[:1])
    assert ids(fewer) == ["remit.total"]


def test_a_claim_without_a_number_is_named_by_its_account() -> None:
    nameless: RemitClaim = replace(CLAIM, number="", paid=d("1"), lines=())
    assert {one.place for one in unbalanced(paid(nameless))} == {"claim A1"}
    assert date(2026, 3, 20) == DAY
