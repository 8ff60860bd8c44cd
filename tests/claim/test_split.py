from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from made_bills import INPATIENT
from made_claims import CLAIMS, claim, dx, line

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.balance import unbalanced
from codinglab.claim.model import Claim, Diagnosis
from codinglab.claim.split import first_day, pages, split
from codinglab.core.findings import Severity


def test_a_claim_that_fits_is_left_as_it_is() -> None:
    for one in CLAIMS.values():
        assert split(one).parts == (one,)
        assert split(one).findings == ()


def test_fourteen_diagnoses_make_two_claims_and_lines_keep_their_own() -> None:
    # A to D, G, H, J, N, F and I are pointed to by lines 1 to 6: ten. Line 7 needs E, K and M.
    # L, to which nothing points, finds room on the first.
    first, second = split(claim("14 diagnoses")).parts
    assert [one.code for one in first.diagnoses] == [
        *("E11.42", "I25.10", "J44.9", "E78.5", "M17.11", "E03.9"),
        *("F32.A", "N40.1", "G47.33", "H91.90", "Z79.84"),
    ]
    assert [one.code for one in second.diagnoses] == ["K21.9", "D50.9", "R53.83"]
    assert [one.pointers for one in first.lines] == [
        *((1, 2, 3, 4), (2,), (3,), (6, 7, 9, 11), (5,), (8,)),
    ]
    assert [one.pointers for one in second.lines] == [(1, 2, 3)]
    assert (first.account, second.account) == ("FD1015", "FD1015-2")
    assert (first.total, second.total) == (Decimal("547.00"), Decimal("20.00"))
    # 290 + 60 + 70 + 35 + 80 + 12 = 547, and 547 + 20 = 567


def test_the_finding_says_why_and_where_each_line_went() -> None:
    (one,) = split(claim("14 diagnoses")).findings
    assert one.severity is Severity.NOTE
    assert one.message == (
        "14 diagnoses where 12 find room, so it is 2 claims: FD1015 has lines 1-6 for 547.00; "
        "FD1015-2 has line 7 for 20.00."
    )


def test_sixty_lines_make_fifty_and_ten() -> None:
    parts = split(claim("60 lines"))
    first, second = parts.parts
    assert (len(first.lines), len(second.lines)) == (50, 10)
    # 25 x 120 + 25 x 25 = 3625, and 5 x 120 + 5 x 25 = 725; together 4350
    assert (first.total, second.total) == (Decimal("3625.00"), Decimal("725.00"))
    assert first.diagnoses == second.diagnoses == dx("J44.9")
    assert parts.findings[0].message.startswith("60 lines where 50 find room, so it is 2 claims")


def test_fifty_lines_and_twelve_diagnoses_still_fit() -> None:
    whole = replace(
        claim("60 lines"),
        lines=claim("60 lines").lines[:50],
        diagnoses=claim("14 diagnoses").diagnoses[:12],
    )
    assert split(whole).parts == (whole,)


def test_what_no_line_points_to_is_left_off_where_there_is_no_room_and_said() -> None:
    whole = replace(claim("14 diagnoses"), lines=(line("99215", "290.00", 1, 14),))
    parts = split(whole)
    (one,) = parts.parts
    # the two that are pointed to, and the first ten of the others: B to K
    assert [each.code for each in one.diagnoses] == [
        *("E11.42", "I25.10", "J44.9", "E78.5", "K21.9", "M17.11", "E03.9"),
        *("F32.A", "N40.1", "G47.33", "D50.9", "Z79.84"),
    ]
    assert one.lines[0].pointers == (1, 12)
    assert one.account == "FD1015"
    (said,) = parts.findings
    assert said.id == "claim.split-left"
    assert said.message == (
        "No line points to H91.90, R53.83, and 12 diagnoses fill the claim, so it is left off."
    )


def paid(number: int, charge: str, adjusted: str) -> PaidLine:
    left = Decimal(charge) - Decimal(adjusted)
    return PaidLine(
        number,
        left,
        Decimal(1),
        "99213",
        date(2026, 3, 20),
        adjustments=(Adjustment("CO", "45", Decimal(adjusted)),),
    )


def with_prior(prior: PriorPayment) -> Claim:
    whole = claim("14 diagnoses")
    return replace(whole, coverages=(*whole.coverages, *whole.coverages), to=1, prior=(prior,))


def test_what_the_first_payer_decided_of_a_line_goes_with_it() -> None:
    charges = ["290.00", "60.00", "70.00", "35.00", "80.00", "12.00", "20.00"]
    lines = tuple(paid(at, charge, "10.00") for at, charge in enumerate(charges, start=1))
    # 567 - 7 x 10 = 497 paid: 547 - 60 = 487 with the first part, 20 - 10 = 10 with the second
    whole = with_prior(PriorPayment(0, Decimal("497.00"), date(2026, 3, 20), lines))
    first, second = split(whole).parts
    assert (first.prior[0].paid, second.prior[0].paid) == (Decimal("487.00"), Decimal("10.00"))
    assert [one.line for one in first.prior[0].lines] == [1, 2, 3, 4, 5, 6]
    assert [one.line for one in second.prior[0].lines] == [1]
    assert [*unbalanced(first), *unbalanced(second)] == []


def test_what_a_payer_decided_of_the_whole_claim_is_not_divided_by_guess() -> None:
    whole = with_prior(
        PriorPayment(
            0,
            Decimal("500.00"),
            date(2026, 3, 20),
            adjustments=(Adjustment("CO", "45", Decimal("67.00")),),
        )
    )
    parts = split(whole)
    assert [one.prior for one in parts.parts] == [(), ()]
    assert ("claim.split-prior", Severity.ERROR) in [(x.id, x.severity) for x in parts.findings]


def test_what_the_patient_paid_fills_the_first_part() -> None:
    parts = split(replace(claim("14 diagnoses"), patient_paid=Decimal("550.00")))
    # 547.00 for the first, 3.00 for the second
    assert [one.patient_paid for one in parts.parts] == [Decimal("547.00"), Decimal("3.00")]


def test_parts_of_a_replacement_cannot_all_replace_one_claim() -> None:
    whole = replace(claim("14 diagnoses"), frequency="7", original_reference="NF1")
    assert "claim.split-original" in [one.id for one in split(whole).findings]


def test_a_long_account_number_has_no_room_for_its_part() -> None:
    whole = replace(claim("14 diagnoses"), account="A" * 20)
    assert split(whole).findings[-1].message == (f"'{'A' * 20}-2' has 22 characters; 20 come back.")


def test_a_bill_holds_999_lines_and_is_never_divided_by_its_diagnoses() -> None:
    many = replace(
        INPATIENT,
        diagnoses=tuple(Diagnosis(f"Z{at:02}", "Y") for at in range(30)),
        lines=INPATIENT.lines[:1] * 1000,
    )
    parts = split(many)
    assert [len(one.lines) for one in parts.parts] == [999, 1]
    assert {len(one.diagnoses) for one in parts.parts} == {30}
    assert parts.findings[0].severity is Severity.WARNING
    fits = replace(many, lines=many.lines[:999])
    assert split(fits).parts == (fits,)


def test_a_page_of_paper_has_six_lines_or_twenty_two() -> None:
    assert [len(page) for page in pages(claim("14 diagnoses"))] == [6, 1]
    many = replace(INPATIENT, lines=INPATIENT.lines[:1] * 45)
    assert [len(page) for page in pages(many)] == [22, 22, 1]


def test_the_first_day_is_that_of_the_bill_or_of_the_earliest_line() -> None:
    assert first_day(claim("60 lines")) == date(2026, 3, 3)
    assert first_day(INPATIENT) == date(2026, 3, 3)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    codes = [f"Z{at:02}" for at in range(draw(st.integers(1, 24)))]
    pointers = st.lists(st.integers(1, len(codes)), min_size=0, max_size=4, unique=True)
    lines = [
        line(
            "99213",
            str(draw(st.integers(0, 5000)) / Decimal(100)),
            *draw(pointers),
            control_number=str(at),
        )
        for at in range(draw(st.integers(1, 70)))
    ]
    return replace(claim("14 diagnoses"), diagnoses=dx(*codes), lines=tuple(lines))


def _told(one: Claim) -> list[tuple[str, tuple[str, ...]]]:
    """Return each line's own number with the codes that it points to."""
    return [
        (each.control_number, tuple(one.diagnoses[at - 1].code for at in each.pointers))
        for each in one.lines
    ]


@settings(max_examples=150, deadline=None)
@given(claims())
def test_every_line_stands_once_with_its_own_diagnoses_and_the_totals_add_up(whole: Claim) -> None:
    parts = split(whole)
    told = [each for part in parts.parts for each in _told(part)]
    assert Counter(told) == Counter(_told(whole))
    assert sum((part.total for part in parts.parts), Decimal(0)) == whole.total
    assert all(len(part.diagnoses) <= 12 and 1 <= len(part.lines) <= 50 for part in parts.parts)
    assert len({part.account for part in parts.parts}) == len(parts.parts)
    for part in parts.parts:  # lines and diagnoses keep the order that they had
        assert [int(each.control_number) for each in part.lines] == sorted(
            int(each.control_number) for each in part.lines
        )
        assert [each.code for each in part.diagnoses] == sorted(
            each.code for each in part.diagnoses
        )
    sent = {each.code for part in parts.parts for each in part.diagnoses}
    left = {each.code for each in whole.diagnoses} - sent
    said = " ".join(one.message for one in parts.findings if one.id == "claim.split-left")
    assert all(code in said for code in left)
    assert bool(left) == bool(said)


@settings(max_examples=60, deadline=None)
@given(claims(), st.data())
def test_divided_payments_still_balance(whole: Claim, data: st.DataObject) -> None:
    lines = tuple(
        paid(at, str(each.charge), str(data.draw(st.integers(0, 99)) / Decimal(100)))
        for at, each in enumerate(whole.lines, start=1)
    )
    total = sum((each.paid for each in lines), Decimal(0))
    prior = PriorPayment(0, total, date(2026, 3, 20), lines)
    second = replace(whole, coverages=whole.coverages * 2, to=1, prior=(prior,))
    parts = split(second).parts
    assert [found for part in parts for found in unbalanced(part)] == []
    assert sum((part.prior[0].paid for part in parts), Decimal(0)) == total
