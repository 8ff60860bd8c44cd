"""Worked examples with the arithmetic in sight.

The visit below can earn: E11.22 3, N18.32 1, I12.9 1; 99214: code 2, modifier 1, units 1,
pointers 1/2; 93000: code 2, units 1, pointers 1/2. In all 5 + 4 1/2 + 3 1/2 = 13.
"""

from dataclasses import replace
from fractions import Fraction

import pytest
from grading_keys import CITE, POLICY, by_value, dx, key, line, near, want_dx, want_line

from codinglab.grading.compare import compare
from codinglab.grading.items import (
    ExpectedItem,
    ExpectedPart,
    Item,
    Near,
    Part,
    Status,
)
from codinglab.grading.marking import Verdict

F = Fraction
VISIT = key(
    want_dx("dm", "E11.22", 3, first=True, before=("ckd",), cites=(CITE,), why="Documented."),
    want_dx("ckd", "N18.32", near=(near("N18.30"),)),
    want_dx("htn", "I12.9", accepted=("I12.0",)),
    want_line("visit", "99214", modifiers=("25",), to=("dm", "htn")),
    want_line("ecg", "93000", to=("htn",)),
)
RIGHT = (
    dx(1, "E11.22"),
    dx(2, "N18.32"),
    dx(3, "I12.9"),
    line(1, "99214", ("25",), pointers=("d1", "d3")),
    line(2, "93000", pointers=("d3",)),
)


def with_(*changed):
    """The right answer with some items written otherwise, by id."""
    new = {item.id: item for item in changed}
    return tuple(new.pop(item.id, item) for item in RIGHT) + tuple(new.values())


def test_the_right_answer_earns_all_thirteen_points():
    marking = compare(RIGHT, VISIT, POLICY)
    assert (marking.earned, marking.possible, marking.score) == (13, 13, 1)
    assert {mark.verdict for mark in marking.marked} == {Verdict.EXACT}
    assert marking.sequencing == ()
    assert by_value(marking)["E11.22"].cites == (CITE,)
    assert by_value(marking)["E11.22"].reason == "Documented."


def test_an_empty_answer_earns_nothing_and_every_item_is_missing():
    marking = compare((), VISIT, POLICY)
    assert (marking.earned, marking.score) == (0, 0)
    assert [mark.verdict for mark in marking.marked] == [Verdict.MISSING] * 5
    assert {mark.error_class for mark in marking.marked} == {"missed code"}


def test_a_listed_near_miss_earns_its_share_and_pointers_to_it_still_count():
    # N18.30 for N18.32: 1/2 instead of 1, so 12 1/2 of 13.
    marking = compare(with_(dx(2, "N18.30")), VISIT, POLICY)
    mark = by_value(marking)["N18.30"]
    assert (mark.verdict, mark.credit, mark.earned) == (Verdict.PARTIAL, F(1, 2), F(1, 2))
    assert mark.error_class == "specificity"
    assert marking.earned == F(25, 2)


def test_an_accepted_alternative_earns_all_and_pointers_to_it_count():
    marking = compare(with_(dx(3, "I12.0")), VISIT, POLICY)
    assert by_value(marking)["I12.0"].verdict is Verdict.ACCEPTED
    assert marking.score == 1


def test_a_pointer_to_a_near_miss_counts_as_one_to_the_item_itself():
    near_key = key(
        want_dx("ckd", "N18.32", near=(near("N18.30"),)), want_line("visit", "99214", to=("ckd",))
    )
    answer = (dx(1, "N18.30"), line(1, "99214", pointers=("d1",)))
    # 1/2 for the near miss; 2 + 1 + 1/2 for the line; of 4 1/2.
    assert compare(answer, near_key, POLICY).earned == 4


def test_a_pointer_to_an_unsupported_code_is_a_wrong_pointer():
    answer = with_(line(2, "93000", pointers=("d4",)), dx(4, "I10"))
    # I10 costs 1/2; the pointers of 93000 earn 0 of 1/2: 13 - 1/2 - 1/2.
    marking = compare(answer, VISIT, POLICY)
    pointers = by_value(marking)["93000"].parts[-1]
    assert pointers.error_class == "pointers wrong"
    assert pointers.reason == "pointers missing: I12.9; pointers not needed: I10"
    assert (pointers.verdict, pointers.missing, pointers.extra) == (
        Verdict.MISSING,
        ("I12.9",),
        ("I10",),
    )
    assert marking.earned == 12


def test_half_the_pointers_earn_half():
    marking = compare(with_(line(1, "99214", ("25",), pointers=("d1",))), VISIT, POLICY)
    pointers = by_value(marking)["99214"].parts[-1]
    assert (pointers.verdict, pointers.credit, pointers.earned) == (
        Verdict.PARTIAL,
        F(1, 2),
        F(1, 4),
    )
    assert marking.earned == 13 - F(1, 4)


def test_the_first_pointer_is_one_more_element():
    led = key(
        want_dx("dm", "E11.22"),
        want_dx("htn", "I12.9"),
        want_line("visit", "99214", to=("dm", "htn"), primary=("dm",)),
    )
    answer = (dx(1, "E11.22"), dx(2, "I12.9"), line(1, "99214", pointers=("d2", "d1")))
    # Both pointers stand, the wrong one first: 2 of 3 elements, 2/3 of 1/2 = 1/3.
    part = by_value(compare(answer, led, POLICY))["99214"].parts[-1]
    assert (part.credit, part.earned) == (F(2, 3), F(1, 3))
    assert part.reason == "pointers missing: E11.22 in first place"
    turned = (*answer[:2], line(1, "99214", pointers=("d1", "d2")))
    assert compare(turned, led, POLICY).score == 1


def test_a_dangling_pointer_is_shown_by_its_id_and_costs():
    marking = compare(with_(line(2, "93000", pointers=("d3", "d9"))), VISIT, POLICY)
    # 1 of 1 right, less half a share for the one too many: 1/2 of 1/2.
    part = by_value(marking)["93000"].parts[-1]
    assert (part.extra, part.earned) == (("d9",), F(1, 4))


def test_the_first_listed_code_in_a_secondary_place_costs_once():
    answer = with_(dx(2, "E11.22", "d1"), dx(1, "I12.9", "d3"), dx(3, "N18.32", "d2"))
    marking = compare(answer, VISIT, POLICY)
    assert [mark.reason for mark in marking.sequencing] == [
        "E11.22 should stand first, not in place 2"
    ]
    assert marking.sequencing[0].error_class == "sequencing"
    assert marking.earned == 13 - 2


def test_a_misplaced_first_item_answers_for_its_own_pairs():
    answer = with_(dx(2, "E11.22", "d1"), dx(1, "N18.32", "d2"))
    marking = compare(answer, VISIT, POLICY)
    assert [mark.earned for mark in marking.sequencing] == [-2]


def test_a_pair_in_the_wrong_order_costs_one_and_names_both():
    pairs = key(want_dx("cause", "E11.22", before=("ckd",)), want_dx("ckd", "N18.32"))
    marking = compare((dx(1, "N18.32"), dx(2, "E11.22")), pairs, POLICY)
    # 1 + 1 - 1 of 2.
    assert [mark.reason for mark in marking.sequencing] == ["E11.22 should stand before N18.32"]
    assert marking.score == F(1, 2)


def test_items_without_a_place_break_the_order_that_the_key_asks_for():
    pairs = key(want_dx("cause", "E11.22", before=("ckd",)), want_dx("ckd", "N18.32"))
    marking = compare((dx(0, "E11.22", "d1"), dx(0, "N18.32", "d2")), pairs, POLICY)
    assert [mark.earned for mark in marking.sequencing] == [-1]


def test_an_optional_item_breaks_no_order():
    loose = key(
        want_dx("cause", "A", before=("free",)), want_dx("free", "F", status=Status.OPTIONAL)
    )
    assert compare((dx(1, "F"), dx(2, "A")), loose, POLICY).sequencing == ()


def test_either_of_two_may_stand_first_when_the_key_says_so():
    either = key(want_dx("a", "A", first=True), want_dx("b", "B", first=True), want_dx("c", "C"))
    for order in ("ABC", "BAC", "ACB"):
        answer = tuple(dx(n, value) for n, value in enumerate(order, 1))
        assert compare(answer, either, POLICY).score == 1
    answer = (dx(1, "C"), dx(2, "B"), dx(3, "A"))
    assert [mark.answer.value for mark in compare(answer, either, POLICY).sequencing] == ["B"]


def test_a_missed_first_item_is_counted_as_missed_only():
    answer = tuple(item for item in RIGHT if item.id != "d1")
    marking = compare(answer, VISIT, POLICY)
    # E11.22 3 lost; 99214 points to I12.9 and to nothing: 1/2 - 1/2 = 0 of the 1/2 for pointers.
    assert marking.sequencing == ()
    assert marking.earned == 13 - 3 - F(1, 2)


def test_a_missing_modifier_and_wrong_units_are_marks_of_their_own():
    marking = compare(with_(line(1, "99214", (), "2", ("d1", "d3"))), VISIT, POLICY)
    mark = by_value(marking)["99214"]
    assert mark.verdict is Verdict.EXACT
    assert not mark.wholly_right
    assert [(part.error_class, part.reason) for part in mark.parts] == [
        ("modifiers missing", "modifiers missing: 25"),
        ("units wrong", "units missing: 1; units not needed: 2"),
        ("", "pointers right"),
    ]
    assert mark.earned == 2 + 0 + 0 + F(1, 2)


def test_an_unneeded_modifier_costs_half_a_point_of_its_line():
    marking = compare(with_(line(2, "93000", ("59",), pointers=("d3",))), VISIT, POLICY)
    part = by_value(marking)["93000"].parts[0]
    assert (part.verdict, part.error_class, part.earned) == (
        Verdict.EXTRA,
        "modifiers unneeded",
        F(-1, 2),
    )
    assert marking.earned == 13 - F(1, 2)


def test_a_pair_never_earns_below_nothing():
    crowded = line(1, "93000", [str(n) for n in range(9)])
    marking = compare((crowded,), key(want_line("ecg", "93000"), want_dx("a", "A")), POLICY)
    # 2 + 1 - 9 x 1/2 = -1 1/2, so 0 of 4.
    assert by_value(marking)["93000"].earned == 0
    assert marking.earned == 0


def test_two_lines_of_one_code_pair_by_their_parts_whatever_their_order():
    sides = key(
        want_line("left", "69210", modifiers=("LT",)),
        want_line("right", "69210", modifiers=("RT",), units="2"),
    )
    one, two = line(1, "69210", ("RT",), "2"), line(2, "69210", ("LT",))
    assert compare((one, two), sides, POLICY).score == 1
    assert compare((two, one), sides, POLICY).score == 1


TRAP = key(
    want_dx("a", "A", near=(near("N", "3/4"), near("M", "1/2"))),
    want_dx("b", "B", near=(near("N", "1/2"),)),
)


@pytest.mark.parametrize("order", [("N", "M"), ("M", "N")])
def test_the_greedy_trap_both_near_misses_find_a_place(order):
    # Greedy gives N to A (3/4), and M is left over: 3/4 - 1/2 = 1/4 of 2.
    # Best: N for B (1/2) and M for A (1/2): 1 of 2.
    answer = tuple(dx(n, value) for n, value in enumerate(order, 1))
    marking = compare(answer, TRAP, POLICY)
    assert {value: mark.expected.value for value, mark in by_value(marking).items()} == {
        "M": "A",
        "N": "B",
    }
    assert marking.score == F(1, 2)


def test_an_exact_value_is_never_given_away_as_a_near_miss():
    # B is near A too; written once, it is B itself and A is missing: 1 of 2.
    both = key(want_dx("a", "A", near=(near("B"),)), want_dx("b", "B"))
    marking = compare((dx(1, "B"),), both, POLICY)
    assert (by_value(marking)["B"].verdict, marking.score) == (Verdict.EXACT, F(1, 2))


def test_kin_are_asked_only_where_the_key_lists_no_near_miss():
    def kin(kind, answered, expected):
        assert kind == "diagnosis"
        return Near(answered, F(3, 4), "laterality", f"{answered} is the other side of {expected}.")

    policy = replace(POLICY, kin=kin)
    listed = key(want_dx("a", "A", near=(near("N", "1/4"),)))
    assert compare((dx(1, "N"),), listed, policy).score == F(1, 4)
    assert compare((dx(1, "M"),), listed, policy).score == F(3, 4)


def test_a_surplus_code_costs_half_of_its_kind_and_a_duplicate_is_named_as_one():
    marking = compare(with_(dx(4, "R51.9"), dx(5, "I12.9")), VISIT, POLICY)
    extra = [mark for mark in marking.marked if mark.verdict is Verdict.EXTRA]
    assert [(m.answer.id, m.earned, m.error_class) for m in extra] == [
        ("d5", F(-1, 2), "duplicate"),
        ("d4", F(-1, 2), "unsupported code"),
    ]
    assert marking.earned == 12


def test_each_copy_of_a_forbidden_code_costs_a_whole_code_and_says_why():
    banned = want_dx(
        "no", "R07.9", status=Status.FORBIDDEN, why="Integral.", error_class="integral symptom"
    )
    marking = compare(
        (dx(1, "A"), dx(2, "R07.9"), dx(3, "R07.9")), key(want_dx("a", "A", 4), banned), POLICY
    )
    extra = [mark for mark in marking.marked if mark.verdict is Verdict.EXTRA]
    assert [(m.reason, m.error_class, m.earned) for m in extra] == [
        ("Integral.", "integral symptom", -1)
    ] * 2
    assert marking.score == F(4 - 2, 4)


def test_a_forbidden_code_is_no_near_miss_even_where_it_is_listed_as_one():
    banned = want_dx("no", "N", status=Status.FORBIDDEN)
    marking = compare((dx(1, "N"),), key(want_dx("a", "A", near=(near("N"),)), banned), POLICY)
    assert [mark.verdict for mark in marking.marked] == [Verdict.MISSING, Verdict.EXTRA]


def test_optional_items_neither_earn_nor_cost_whatever_their_parts():
    free = want_line("free", "36415", modifiers=("XE",), status=Status.OPTIONAL)
    optional = key(want_dx("a", "A"), free)
    for written in ((), (line(1, "36415", ("59",), "9", ("d7",)),), (line(1, "36415", ("XE",)),)):
        marking = compare((dx(1, "A"), *written), optional, POLICY)
        assert (marking.earned, marking.possible) == (1, 1)
        assert not any(mark.scored_error for mark in marking.marked)
        parts = [part for mark in marking.marked for part in mark.parts]
        assert {(part.earned, part.possible) for part in parts} <= {(0, 0)}


def test_a_required_item_is_served_before_an_optional_one():
    two = key(want_dx("a", "A"), want_dx("z", "A", 9, status=Status.OPTIONAL))
    assert compare((dx(1, "A"),), two, POLICY).score == 1


def test_a_missed_critical_item_and_a_written_critical_ban_block_without_touching_the_score():
    critical = key(
        want_dx("a", "A", critical=True, near=(near("N"), near("Z", "0"))),
        want_dx("b", "B", 2),
        want_dx("no", "X", critical=True, status=Status.FORBIDDEN),
    )

    def blocked(*values):
        answer = tuple(dx(n, value) for n, value in enumerate(values, 1))
        marking = compare(answer, critical, POLICY)
        return marking.blocked_by, marking.score

    assert blocked("A", "B") == ((), F(1))
    assert blocked("B") == (("a",), F(2, 3))
    assert blocked("N", "B") == ((), F(5, 6))
    assert blocked("Z", "B") == (("a",), F(2, 3))
    assert blocked("A", "B", "X") == (("no",), F(2, 3))
    assert blocked("X") == (("a", "no"), F(0))


def test_a_part_takes_another_whole_set_or_a_near_value():
    part = ExpectedPart(
        "modifiers",
        frozenset({"59", "LT"}),
        F(2),
        accepted=(frozenset({"XS", "LT"}),),
        optional=frozenset({"GA"}),
        near=(
            Near("RT", F(1, 2), "laterality", "It is the other side."),
            Near("50", F(1, 4), "laterality", "It is both sides."),
        ),
    )
    want = key(ExpectedItem("x", "line", "20610", F(2), parts=(part,)))

    def marked(*modifiers):
        item = Item("l1", "line", "20610", (Part("modifiers", frozenset(modifiers)),))
        mark = compare((item,), want, POLICY).marked[0].parts[0]
        return mark.verdict, mark.credit, mark.error_class

    assert marked("59", "LT") == (Verdict.EXACT, 1, "")
    assert marked("59", "LT", "GA") == (Verdict.EXACT, 1, "")
    assert marked("XS", "LT") == (Verdict.ACCEPTED, 1, "")
    assert marked("59", "RT") == (Verdict.PARTIAL, F(3, 4), "laterality")  # (1 + 1/2) / 2
    # Of two near values one stands in for the one missing; the other is too much: 3/4 - 1/2.
    assert marked("59", "RT", "50") == (Verdict.PARTIAL, F(1, 4), "laterality")
    assert marked("59") == (Verdict.PARTIAL, F(1, 2), "modifiers missing")
    assert marked("59", "76") == (Verdict.MISSING, 0, "modifiers wrong")  # 1/2 - 1/2
    assert marked("59", "LT", "76") == (Verdict.PARTIAL, F(1, 2), "modifiers unneeded")
    assert marked() == (Verdict.MISSING, 0, "modifiers missing")


def test_references_in_a_circle_are_the_keys_fault():
    circle = key(
        want_line("a", "A", to=("d",)),
        ExpectedItem(
            "d", "diagnosis", "D", F(1), references=want_line("x", "X", to=("a",)).references
        ),
    )
    with pytest.raises(ValueError, match=r"\['diagnosis', 'line'\] refer to each other"):
        compare((), circle, POLICY)


def test_two_answered_items_of_one_id_are_our_fault():
    with pytest.raises(ValueError, match=r"\['d1'\] stand twice"):
        compare((dx(1, "A"), dx(1, "B")), VISIT, POLICY)


def test_a_surplus_item_of_a_kind_without_points_is_an_error_that_names_the_kinds():
    with pytest.raises(LookupError, match="no points for kind 'query'; known: diagnosis, line"):
        compare((Item("q", "query", "?"),), VISIT, POLICY)
