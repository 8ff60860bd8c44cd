"""A claim goes through all its policies: nothing is paid, owed or written off twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_second import claim, contract, decided, member, reasons

from codinglab.claim.balance import unbalanced
from codinglab.claim.model import Claim
from codinglab.payer.contract import PayerKind
from codinglab.payer.contract_parts import Quirk
from codinglab.payer.decision import Decision
from codinglab.payer.next_claim import next_claim
from codinglab.payer.quirks import CARVE_OUT, EXCLUSION, SUPPLEMENT

GAP = (Quirk(SUPPLEMENT, "made up", codes=frozenset({"G"})),)


def to_all(charges: dict[str, str], *kinds: PayerKind) -> Claim:
    """Return a claim to the first of `kinds` that names the others after it."""
    return replace(claim(charges, *kinds, prior=()), to=0)


def after(one: Decision) -> Claim:
    found = next_claim(one)
    assert found is not None
    return found


def test_medicare_its_supplement_and_medicaid_share_one_visit() -> None:
    """Charge 200, Medicare allows 100 with 60 of the deductible left.

    Medicare: (100 - 60) x 0.80 = 32, less 0.64, is 31.36; PR 1 60, PR 2 8, CO 45 100, CO 253 0.64.
    Supplement G: the 8 of coinsurance. Medicaid at 75: 75 - 39.36 = 35.64, less than the 60 left.
    The patient owes nothing, and 60 - 35.64 = 24.36 are written off.
    """
    bill = to_all({"99213": "200"}, "Medicare", "supplement", "Medicaid")
    medicare = contract("Medicare", {"99213": "100"}, sequestration="0.02")
    first = decided(bill, medicare, member("Medicare", "0.2", "60"))
    assert reasons(first.lines[0]) == ["CO 45 100.00", "PR 1 60.00", "PR 2 8.00", "CO 253 0.64"]
    assert (first.status, first.paid) == ("19", Decimal("31.36"))
    gap = contract("supplement", {"99213": "200"}, quirks=GAP)
    second = decided(after(first), gap, member("supplement"))
    assert reasons(second.lines[0]) == ["OA 23 132.00", "PR 1 60.00"]
    assert (second.status, second.paid) == ("2", Decimal("8.00"))
    third = decided(after(second), contract("Medicaid", {"99213": "75"}), member("Medicaid"))
    assert reasons(third.lines[0]) == ["OA 23 140.00", "CO 45 24.36"]
    assert (third.status, third.paid, third.patient_share) == ("3", Decimal("35.64"), 0)
    assert first.paid + second.paid + third.paid + Decimal("100.64") + Decimal("24.36") == 200
    assert next_claim(third) is None


def test_the_next_claim_is_an_original_one_and_adds_up() -> None:
    bill = to_all({"99213": "200"}, "commercial", "Medicare")
    first = decided(bill, contract("commercial", {"99213": "150"}), member("commercial", "0.2"))
    found = after(replace(first, claim=replace(bill, frequency="7", original_reference="X")))
    assert (found.to, found.frequency, found.original_reference) == (1, "1", "")
    assert not list(unbalanced(found))
    (told,) = found.prior
    assert (told.paid, told.control_number) == (Decimal("120.00"), first.number)


def test_a_reversal_is_not_passed_on() -> None:
    bill = to_all({"99213": "200"}, "commercial", "Medicare")
    first = decided(bill, contract("commercial", {"99213": "150"}), member("commercial"))
    with pytest.raises(ValueError, match="is a reversal"):
        next_claim(replace(first, status="22"))


def money(most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most * 100).map(lambda number: Decimal(number) / 100)


SHARES = st.sampled_from(["0", "0.2", "0.333", "0.5", "1"])
KINDS: tuple[tuple[PayerKind, ...], ...] = (
    ("commercial", "Medicare", "Medicaid"),
    ("Medicare", "supplement", "Medicaid"),
    ("Medicare", "commercial", "Medicaid"),
    ("commercial", "Medicaid"),
)
QUIRKS = {
    "supplement": (GAP,),
    "commercial": ((), (Quirk(CARVE_OUT, "made up"),), (Quirk(EXCLUSION, "made up"),)),
}


@settings(max_examples=150, deadline=None)
@given(data=st.data(), kinds=st.sampled_from(KINDS))
def test_however_payers_price_and_share_each_accounts_for_the_whole_charge(
    data: st.DataObject, kinds: tuple[PayerKind, ...]
) -> None:
    """Charge = paid + adjustments for each; together they never pay more than the charge.

    What the patient owes never grows from payer to payer, and write-offs of group CO together with
    payments and the patient's last share are the charge.
    """
    charges = {code: str(1 + data.draw(money(300))) for code in ("99213", "99214")}
    following: Claim | None = to_all(charges, *kinds)
    paid, owed, off = Decimal(0), None, Decimal(0)
    for kind in kinds:
        assert following is not None
        fees = {code: str(data.draw(money(300))) for code in charges}
        quirks = data.draw(st.sampled_from(QUIRKS.get(kind, ((),))))
        cut = "0.02" if kind == "Medicare" else None
        terms = contract(kind, fees, quirks=quirks, sequestration=cut)
        who = member(kind, data.draw(SHARES), str(data.draw(money(400))))
        made = decided(following, terms, who, date(2026, 4, 1))
        for line in made.lines:
            assert line.paid + sum(one.amount for one in line.reasons) == line.charge
            assert line.paid >= 0
            assert all(one.amount > 0 for one in line.reasons)
        paid += made.paid
        assert paid + made.patient_share <= made.charge
        assert owed is None or made.patient_share <= owed
        owed = made.patient_share
        off += sum(one.amount for line in made.lines for one in line.reasons if one.group == "CO")
        following = next_claim(made)
    assert owed is not None
    assert paid + owed + off == sum(map(Decimal, charges.values()))
