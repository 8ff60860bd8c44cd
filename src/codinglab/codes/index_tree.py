"""Walk an index by names: from a main term through its subterms, as a reader does.

A term may be called by its whole label or by a part of it between commas: "Diabetes" finds
"Diabetes, diabetic". Where several terms bear a name, the one under which the next word is found
is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from codinglab.codes.index_rows import SEPARATOR, TermRow, fold, names

Called = Callable[[int, str], Sequence[int]]
ROOT = 0


def walk(called: Called, steps: Sequence[str], start: int = ROOT) -> int | None:
    """Return the number of the term that `steps` lead to from `start`, None where they do not.

    `called(number, name)` returns the subterms of a term (0: the main terms) that bear the folded
    `name`, the best match first.
    """
    if not steps:
        return start
    for number in called(start, fold(steps[0])):
        if (found := walk(called, steps[1:], number)) is not None:
            return found
    return None


@dataclass(slots=True)
class Tree:
    """The terms of an index by parent and name, in memory."""

    parents: dict[int, int] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _names: dict[tuple[int, str], list[tuple[int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def of(cls, rows: Iterable[TermRow]) -> Tree:
        """Return the tree of `rows`, which stand in the order of the index."""
        tree, path = cls(), [ROOT]
        for row in rows:
            parent = path[row.level]
            path[row.level + 1 :] = [row.number]
            tree.parents[row.number] = parent
            tree.children[parent].append(row.number)
            for rank, name in enumerate(names(row.label)):
                tree._names[parent, name].append((rank, row.number))
        return tree

    def called(self, parent: int, name: str) -> list[int]:
        """Return the terms below `parent` that bear the folded `name`, the whole label first."""
        return [number for _, number in sorted(self._names.get((parent, name), ()))]

    def find(self, text: str) -> int | None:
        """Return the number of the term written "Diabetes > type 2", None if there is none."""
        return walk(self.called, [one.strip() for one in text.split(SEPARATOR.strip())])

    def every_name(self) -> Iterable[tuple[int, str, int, int]]:
        """Yield (parent, name, rank, number) for each name that a term bears."""
        for (parent, name), found in self._names.items():
            for rank, number in found:
                yield parent, name, rank, number
