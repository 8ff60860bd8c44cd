"""The pairing is the best there is, by brute force on small sides."""

from fractions import Fraction
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from codinglab.grading.matching import best_pairs

F = Fraction


def brute(edges, lefts, rights):
    """The most pairs, then the most weight, over every one-to-one assignment."""
    size = max(lefts, rights)
    best = (0, F(0))
    for order in permutations(range(size)):
        chosen = [edge for edge in enumerate(order) if edge in edges]
        best = max(best, (len(chosen), sum((edges[edge] for edge in chosen), F(0))))
    return best


@st.composite
def graphs(draw):
    lefts, rights = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    cells = [(left, right) for left in range(lefts) for right in range(rights)]
    weights = st.one_of(st.none(), st.fractions(0, 3, max_denominator=6))
    drawn = {cell: draw(weights) for cell in cells}
    return {cell: weight for cell, weight in drawn.items() if weight is not None}, lefts, rights


@settings(max_examples=80, deadline=None)
@given(graphs())
def test_no_pairing_has_more_pairs_or_with_as_many_more_weight(graph):
    edges, lefts, rights = graph
    pairs = best_pairs(edges)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    weight = sum((edges[pair] for pair in pairs), F(0))
    assert (len(pairs), weight) == brute(edges, lefts, rights)


def test_greedy_takes_the_best_pair_and_leaves_a_worse_sum():
    # Greedy: (0,0) = 3/4 and then nothing for 1, one pair. Best: (0,1) + (1,0) = 1/2 + 1/2, two.
    edges = {(0, 0): F(3, 4), (0, 1): F(1, 2), (1, 0): F(1, 2)}
    assert best_pairs(edges) == ((0, 1), (1, 0))


def test_with_as_many_pairs_the_weight_decides():
    # Straight: 1 + 0 = 1. Crossed: 2/3 + 2/3 = 4/3.
    edges = {(0, 0): F(1), (0, 1): F(2, 3), (1, 0): F(2, 3), (1, 1): F(0)}
    assert best_pairs(edges) == ((0, 1), (1, 0))


def test_equals_pair_in_their_own_order_and_the_first_ones_pair():
    every = {(left, right): F(1) for left in range(4) for right in range(3)}
    assert best_pairs(every) == ((0, 0), (1, 1), (2, 2))
    assert best_pairs({(right, left): F(1) for left, right in every}) == ((0, 0), (1, 1), (2, 2))


def test_nothing_to_pair_gives_no_pairs():
    assert best_pairs({}) == ()


def test_huge_denominators_stay_exact():
    # The crossed pairing is better by 2 / 10**400, far below what a float can tell.
    tiny = F(1, 10**400)
    edges = {(0, 0): F(1), (0, 1): 1 + tiny, (1, 0): 1 + tiny, (1, 1): F(1)}
    assert best_pairs(edges) == ((0, 1), (1, 0))
