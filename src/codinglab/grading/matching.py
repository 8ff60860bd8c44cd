"""A best one-to-one pairing of two sides: as many pairs as can be, then the most weight.

Greedy pairing takes the first pair that looks good, so its result depends on the order in which
the sides are written; this does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
        return _kept(
            [(lefts[row], rights[column]) for row, column in _Assignment(whole).solve()], edges
        )
    turned = [list(column) for column in zip(*whole, strict=True)]
    return _kept(
        [(lefts[row], rights[column]) for column, row in _Assignment(turned).solve()], edges
    )


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


@dataclass(slots=True)
class _Assignment:
    """The Hungarian method with shortest augmenting paths, on whole numbers, rows <= columns.

    Source: Kuhn 1955; Jonker and Volgenant 1987. Rows and columns count from 1; row and column 0
    are the root of the search. `taken[column]` is the row that holds the column, 0 for none.
    """

    weights: list[list[int]]
    taken: list[int] = field(init=False)
    row_price: list[int] = field(init=False)
    column_price: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Start with nothing taken and all prices at 0."""
        self.taken = [0] * (len(self.weights[0]) + 1)
        self.row_price = [0] * (len(self.weights) + 1)
        self.column_price = [0] * len(self.taken)

    def solve(self) -> list[Edge]:
        """Return a column for each row, all different, with the greatest sum of weights."""
        for row in range(1, len(self.weights) + 1):
            self.taken[0] = row
            self._augment()
        pairs = ((row, column) for column, row in enumerate(self.taken) if row and column)
        return [(row - 1, column - 1) for row, column in pairs]

    def _augment(self) -> None:
        """Find the cheapest path from the root row to a free column, and shift pairs along it."""
        slack: dict[int, tuple[int, int]] = {}  # unseen column -> (cost to reach it, from where)
        unseen = set(range(1, len(self.taken)))
        seen = [0]
        while self.taken[seen[-1]]:
            for column in unseen:
                way = (self._cost(self.taken[seen[-1]], column), seen[-1])
                slack[column] = min(slack.get(column, way), way)
            nearest = min(unseen, key=lambda column: (slack[column][0], column))
            step = slack[nearest][0]
            self._reprice(seen, step)
            slack = {column: (cost - step, origin) for column, (cost, origin) in slack.items()}
            unseen.remove(nearest)
            seen.append(nearest)
        self._shift(seen[-1], slack)

    def _cost(self, row: int, column: int) -> int:
        weight = self.weights[row - 1][column - 1]
        return -weight - self.row_price[row] - self.column_price[column]

    def _reprice(self, seen: list[int], step: int) -> None:
        for column in seen:
            self.row_price[self.taken[column]] += step
            self.column_price[column] -= step

    def _shift(self, column: int, slack: dict[int, tuple[int, int]]) -> None:
        while column:
            origin = slack[column][1]
            self.taken[column] = self.taken[origin]
            column = origin
