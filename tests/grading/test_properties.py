"""What must hold for every key and every answer."""

from fractions import Fraction
from itertools import permutations

from grading_keys import CITE, POLICY, dx, key, line, near, want_dx, want_line
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from codinglab.grading.compare import compare
from codinglab.grading.items import Expected, Item, Status
from codinglab.grading.marking import Verdict
from codinglab.grading.report import rows

F = Fraction
QUICK = settings(max_examples=60, deadline=None)
CODES = st.sampled_from("ABCDEF")
CREDITS = st.sampled_from(["0", "1/4", "1/2", "3/4"])
STATUSES = st.sampled_from([Status.REQUIRED, Status.REQUIRED, Status.OPTIONAL])
MODIFIERS = st.frozensets(st.sampled_from(["25", "59", "RT"]), max_size=2)


@st.composite
def expected_diagnoses(draw):
    values = draw(st.lists(CODES, min_size=1, max_size=4))
    found = []
    for place, value in enumerate(values):
        others = [code for code in "ABCDEFGH" if code != value]
        accepted = draw(st.lists(st.sampled_from(others), max_size=1))
        misses = draw(st.lists(st.sampled_from(others), max_size=2, unique=True))
        later = tuple(f"x{n}" for n in range(place + 1, len(values)) if draw(st.booleans()))
        status = Status.REQUIRED if place == 0 else draw(STATUSES)
        found.append(
            want_dx(
                f"x{place}",
                value,
                draw(st.integers(1, 3)),
                status=status,
                accepted=tuple(accepted),
                near=tuple(near(code, draw(CREDITS)) for code in misses if code not in accepted),
                first=place == 0 and draw(st.booleans()),
                before=later,
                critical=status is Status.REQUIRED and draw(st.booleans()),
                cites=(CITE,),
            )
        )
    return found


@st.composite
def keys(draw):
    diagnoses = draw(expected_diagnoses())
    names = [item.id for item in diagnoses]
    lines = [
        want_line(
            f"y{place}",
            draw(st.sampled_from(["L1", "L2"])),
            modifiers=draw(MODIFIERS),
            units=draw(st.sampled_from("12")),
            to=draw(st.frozensets(st.sampled_from(names), max_size=2)),
            status=draw(STATUSES),
        )
        for place in range(draw(st.integers(0, 3)))
    ]
    banned = want_dx("no", "BANNED", status=Status.FORBIDDEN, critical=draw(st.booleans()))
    free = want_dx("free", "FREE", 5, status=Status.OPTIONAL)
    return key(*diagnoses, *lines, banned, free)


@st.composite
def answers(draw):
    codes = draw(st.lists(st.sampled_from([*"ABCDEFGHZ", "BANNED", "FREE"]), max_size=6))
    diagnoses = [dx(rank, code) for rank, code in enumerate(codes, 1)]
    lines = [
        line(
            number,
            draw(st.sampled_from(["L1", "L2", "L9"])),
            draw(MODIFIERS),
            draw(st.sampled_from("12")),
            draw(st.lists(st.sampled_from(["d1", "d2", "d3", "d9"]), max_size=3, unique=True)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return (*diagnoses, *lines)


def reference_answer(wanted: Expected) -> tuple[Item, ...]:
    """Write the key itself down, with every pointer it asks for."""
    written = []
    for rank, item in enumerate(wanted.items, 1):
        if item.status is Status.FORBIDDEN:
            continue
        if item.kind == "diagnosis":
            written.append(dx(rank, item.value, item.id))
            continue
        modifiers, units = (part.values for part in item.parts)
        pointers = sorted(item.references[0].required)
        written.append(line(rank, item.value, modifiers, *units, pointers))
    return tuple(written)


@QUICK
@given(keys())
def test_the_reference_earns_one_without_an_error(wanted):
    marking = compare(reference_answer(wanted), wanted, POLICY)
    assert marking.score == 1
    assert marking.sequencing == ()
    assert marking.blocked_by == ()
    assert not any(mark.scored_error for mark in marking.marked)


@QUICK
@given(keys(), answers())
def test_the_score_lies_within_nothing_and_all_and_is_the_sum_of_the_marks(wanted, answer):
    marking = compare(answer, wanted, POLICY)
    assert 0 <= marking.score <= 1
    total = sum((mark.earned for mark in (*marking.marked, *marking.sequencing)), F(0))
    assert marking.score == min(max(total / marking.possible, F(0)), F(1))
    assert sum((mark.possible for mark in marking.marked), F(0)) == marking.possible


@QUICK
@given(keys(), answers(), st.sampled_from(["Z", "BANNED"]))
def test_an_unsupported_item_never_helps(wanted, answer, code):
    assume(len(answer) < 8)
    before = compare(answer, wanted, POLICY)
    after = compare((*answer, dx(99, code)), wanted, POLICY)
    assert after.earned < before.earned
    assert after.score <= before.score
    assert set(before.blocked_by) <= set(after.blocked_by)


@QUICK
@given(keys(), answers(), st.randoms(use_true_random=False))
def test_the_order_in_which_answer_and_key_are_written_never_matters(wanted, answer, chance):
    shuffled, turned = list(answer), list(wanted.items)
    chance.shuffle(shuffled)
    chance.shuffle(turned)
    assert compare(tuple(shuffled), Expected(tuple(turned)), POLICY) == compare(
        answer, wanted, POLICY
    )


@QUICK
@given(keys(), answers())
def test_every_item_is_marked_exactly_once_and_each_mark_says_why(wanted, answer):
    marking = compare(answer, wanted, POLICY)
    answered = sorted(mark.answer.id for mark in marking.marked if mark.answer)
    assert answered == sorted(item.id for item in answer)
    met = [m.expected.id for m in marking.marked if m.expected and m.status is Status.REQUIRED]
    assert sorted(met) == sorted(i.id for i in wanted.items if i.status is Status.REQUIRED)
    for mark in (*marking.marked, *marking.sequencing):
        assert mark.reason
    for mark in marking.marked:
        assert all(part.reason for part in mark.parts)
        assert (mark.error_class == "") == mark.verdict.right


@QUICK
@given(keys(), answers())
def test_a_missed_critical_item_blocks(wanted, answer):
    marking = compare(answer, wanted, POLICY)
    missed = {
        mark.expected.id
        for mark in marking.marked
        if mark.expected and mark.expected.critical and mark.credit == 0
    }
    assert set(marking.blocked_by) == missed
    lost = {m.expected.id for m in marking.marked if m.verdict is Verdict.MISSING}
    assert {item.id for item in wanted.items if item.critical and item.id in lost} <= missed


@QUICK
@given(keys(), answers())
def test_an_optional_item_neither_earns_nor_costs(wanted, answer):
    assume("FREE" not in {item.value for item in answer})
    before = compare(answer, wanted, POLICY)
    after = compare((*answer, dx(99, "FREE")), wanted, POLICY)
    assert (after.earned, after.possible) == (before.earned, before.possible)
    assert after.sequencing == before.sequencing


@st.composite
def near_only(draw):
    """Keys A, B, C whose near misses are among N0 to N3, and an answer of these."""
    wanted = []
    for name in "ABC":
        codes = draw(st.lists(st.sampled_from(["N0", "N1", "N2", "N3"]), max_size=4, unique=True))
        wanted.append(want_dx(name, name, near=tuple(near(code, draw(CREDITS)) for code in codes)))
    codes = draw(st.lists(st.sampled_from(["N0", "N1", "N2", "N3"]), max_size=4))
    return key(*wanted), tuple(dx(rank, code) for rank, code in enumerate(codes, 1))


@QUICK
@given(near_only())
def test_no_assignment_of_near_misses_earns_more_with_as_many_pairs(drawn):
    wanted, answer = drawn
    credit = {(item.id, one.value): one.credit for item in wanted.items for one in item.near}
    slots = [item.value for item in answer] + [None] * len(wanted.items)
    best = (0, F(0))
    for order in set(permutations(slots, len(wanted.items))):
        pairs = [
            credit.get((item.id, code)) for item, code in zip(wanted.items, order, strict=True)
        ]
        found = [one for one in pairs if one is not None]
        best = max(best, (len(found), sum(found, F(0))))
    paired = [m for m in compare(answer, wanted, POLICY).marked if m.verdict is Verdict.PARTIAL]
    assert (len(paired), sum((mark.credit for mark in paired), F(0))) == best


@QUICK
@given(keys(), answers())
def test_a_sealed_report_shows_no_value_that_was_not_written(wanted, answer):
    written = {item.value for item in answer}
    for row in rows(compare(answer, wanted, POLICY), sealed=True):
        assert row["expected"] is None
        assert row["evidence"] is None
        assert row["answered"] is None or row["answered"] in written
        for part in row["parts"]:
            assert (part["expected"], part["missing"], part["extra"]) == (None, None, None)
