"""A best one-to-one pairing of two sides: as many pairs as can be, then the most weight.

Greedy pairing takes the first pair that looks good, so its result depends on the order in which
the sides are written; this does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

Edge = tuple[int, int]


def best_pairs(edges: Mapping[Edge, Fraction]) -> tuple[Edge, ...]:
    """Return the best pairing along `edges`, (left, right) -> weight >= 0, in ascending order.

    Of all pairings with the most pairs it has the most weight in sum; where several have, low
    left numbers pair, with low right ones, so that equal sides pair in their own order. Time grows
    as the cube of the smaller side's size.
    """
    if not edges:
        return ()
    lefts = sorted({left for left, _ in edges})
    rights = sorted({right for _, right in edges})
    whole = _whole_weights(edges, lefts, rights)
    if len(lefts) <= len(rights):
        return _kept([(lefts[row], rights[column]) for row, column in _assign(whole)], edges)
    turned = [list(column) for column in zip(*whole, strict=True)]
    return _kept([(lefts[row], rights[column]) for column, row in _assign(turned)], edges)


def _kept(pairs: list[Edge], edges: Mapping[Edge, Fraction]) -> tuple[Edge, ...]:
    return tuple(sorted(pair for pair in pairs if pair in edges))


def _whole_weights(
    edges: Mapping[Edge, Fraction], lefts: list[int], rights: list[int]
) -> list[list[int]]:
    """Return one whole number per cell that ranks by pairs, then weight, then place; 0: no edge."""
    scale = lcm(*(weight.denominator for weight in edges.values()))
    ties = len(lefts) * len(rights) * min(len(lefts), len(rights)) + 1
    whole = {edge: int(weight * scale) * ties for edge, weight in edges.items()}
    one_more_pair = (max(whole.values()) + ties) * min(len(lefts), len(rights)) + 1

    def cell(row: int, column: int) -> int:
        edge = (lefts[row], rights[column])
        if edge not in whole:
            return 0
        return one_more_pair + whole[edge] + (len(lefts) - row) * (len(rights) - column)

    return [[cell(row, column) for column in range(len(rights))] for row in range(len(lefts))]


def _assign(weights: list[list[int]]) -> list[Edge]:
    """Return a column for each row, all different, with the greatest sum of weights.

    The Hungarian method with shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987), on
    whole numbers, rows <= columns. `taken[column]` is its row; row and column 0 are a root.
    """
    columns = len(weights[0])
    taken = [0] * (columns + 1)
    row_price = [0] * (len(weights) + 1)
    column_price = [0] * (columns + 1)
    for row in range(1, len(weights) + 1):
        taken[0] = row
        _augment(weights, taken, row_price, column_price)
    return [(row - 1, column - 1) for column, row in enumerate(taken) if row and column]


def _augment(
    weights: list[list[int]], taken: list[int], row_price: list[int], column_price: list[int]
) -> None:
    """Find the cheapest path from the root row to a free column, and shift the pairs along it."""
    size = len(taken)
    slack: list[float] = [float("inf")] * size
    origin = [0] * size
    seen = [False] * size
    column = 0
    while taken[column]:
        seen[column] = True
        row = taken[column]
        for other in range(1, size):
            if seen[other]:
                continue
            cost = -weights[row - 1][other - 1] - row_price[row] - column_price[other]
            if cost < slack[other]:
                slack[other], origin[other] = cost, column
        nearest = min((other for other in range(1, size) if not seen[other]), key=slack.__getitem__)
        _reprice(int(slack[nearest]), seen, slack, taken, row_price, column_price)
        column = nearest
    while column:
        taken[column] = taken[origin[column]]
        column = origin[column]


def _reprice(
    step: int,
    seen: list[bool],
    slack: list[float],
    taken: list[int],
    row_price: list[int],
    column_price: list[int],
) -> None:
    for column, reached in enumerate(seen):
        if reached:
            row_price[taken[column]] += step
            column_price[column] -= step
        elif column:
            slack[column] -= step
