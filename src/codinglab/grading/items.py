"""The two sides of a comparison: what was answered, what is expected, and the policy between.

Nothing here knows what a value means. A kind ("diagnosis", "line") and a part's name ("modifier")
are free text that the two sides share; values are equal when their text is equal, so the caller
writes both sides in one notation (upper case, no dots, or whatever it chooses).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from codinglab.core.cite import Cite

ZERO = Fraction(0)
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Part:
    """One element of an answered item, a set of values: ("modifier", {"25"}), ("units", {"1"})."""

    name: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class References:
    """Pointers from an answered item to others by their `Item.id`; the first one is primary."""

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a trainee wrote.

    `rank` is its position among its kind, from 1 (0 where the kind has no order) and `place` says
    where it stands ("line 3").
    """

    id: str
    kind: str
    value: str
    parts: tuple[Part, ...] = ()
    references: tuple[References, ...] = ()
    rank: int = 0
    place: str = ""


Items = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A near miss: the answered `value`, its share of the points, its error class and the reason.

    Raises ValueError for a credit outside 0 <= credit < 1 or an empty reason.
    """

    value: str
    credit: Fraction
    error_class: str
    reason: str

    def __post_init__(self) -> None:
        """Refuse a near miss that earns all, or says nothing."""
        if not ZERO <= self.credit < ONE:
            msg = f"near miss {self.value}: credit {self.credit} is not within 0 <= credit < 1"
            raise ValueError(msg)
        if not self.reason or not self.error_class:
            msg = f"near miss {self.value}: give it a reason and an error class"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class ExpectedPart:
    """One element that an expected item should have.

    Each of `values` is worth an equal share of `points`. `accepted` holds whole sets that are as
    good; `optional` values neither earn nor cost; a `near` value stands in for one missing value.
    With `values` empty nothing is expected, and any further value is an error. `error_class` is
    the class of any error here; empty, it is "<name> missing", "<name> wrong" or
    "<name> unneeded". Parts of an answer that the key does not list are not judged.
    """

    name: str
    values: frozenset[str]
    points: Fraction
    accepted: tuple[frozenset[str], ...] = ()
    optional: frozenset[str] = frozenset()
    near: tuple[Near, ...] = ()
    error_class: str = ""

    def __post_init__(self) -> None:
        """Refuse points below 0, and points for nothing."""
        _not_negative(self.points, f"part {self.name}")
        if self.points and not all((self.values, *self.accepted)):
            msg = f"part {self.name}: no value is expected, so its points must be 0"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class ExpectedReferences:
    """Pointers that an expected item should have, by the `ExpectedItem.id` they lead to.

    All `required` ones must be there; `allowed` ones neither earn nor cost; the first pointer
    must be one of `primary` (empty: any may come first), which counts as one more element.
    """

    name: str
    required: frozenset[str]
    points: Fraction
    allowed: frozenset[str] = frozenset()
    primary: frozenset[str] = frozenset()
    error_class: str = ""

    def __post_init__(self) -> None:
        """Refuse points below 0, points for nothing, and a primary that may not be there."""
        _not_negative(self.points, f"references {self.name}")
        if self.points and not self.required | self.primary:
            msg = f"references {self.name}: none is expected, so their points must be 0"
            raise ValueError(msg)
        if stray := self.primary - self.required - self.allowed:
            msg = f"references {self.name}: {sorted(stray)} may come first, so allow it too"
            raise ValueError(msg)


class Status(Enum):
    """What the key says of an item: it must be there, may be there, or must not."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class ExpectedItem:
    """One line of the key.

    `points` are for the value alone; parts and references carry their own. `accepted` values earn
    all. `first` items may stand first of their kind (several: either may); `before` names items
    that must come later in rank. `evidence` names spans of the record. `error_class` is the class
    when a required item is missed, or a forbidden one written. `critical` blocks a pass when a
    required item is missed, or a forbidden one written; where `points` are 0, also when one of the
    parts that carry the points is wrong.
    """

    id: str
    kind: str
    value: str
    points: Fraction
    status: Status = Status.REQUIRED
    parts: tuple[ExpectedPart, ...] = ()
    references: tuple[ExpectedReferences, ...] = ()
    accepted: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()
    first: bool = False
    before: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    why: str = ""
    cites: tuple[Cite, ...] = ()
    critical: bool = False
    error_class: str = ""

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        _not_negative(self.points, f"item {self.id}")
        if self.critical and self.status is Status.OPTIONAL:
            msg = f"item {self.id}: an optional item cannot be critical"
            raise ValueError(msg)
        own = {self.value, *self.accepted}
        if clash := sorted(own & {near.value for near in self.near}):
            msg = f"item {self.id}: {clash} earns all the points and is a near miss too"
            raise ValueError(msg)

    @property
    def worth(self) -> Fraction:
        """Return the points of value, parts and references together, whatever the status."""
        parts = sum((part.points for part in self.parts), self.points)
        return sum((references.points for references in self.references), parts)

    @property
    def possible(self) -> Fraction:
        """Return the most this item can earn: its worth when required, else 0."""
        return self.worth if self.status is Status.REQUIRED else ZERO


@dataclass(frozen=True, slots=True)
class Expected:
    """The whole key. Raises ValueError, naming the item, when the key is at odds with itself."""

    items: tuple[ExpectedItem, ...]

    def __post_init__(self) -> None:
        """Refuse repeated ids, references to nothing, contradictions and a key worth nothing."""
        ids = [item.id for item in self.items]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            msg = f"expected items {twice} stand twice; give each its own id"
            raise ValueError(msg)
        for item in self.items:
            self._check_ids(item, frozenset(ids))
            self._check_order(item)
            self._check_forbidden(item)
        if not self.possible:
            msg = "no required item carries points, so no answer could earn any"
            raise ValueError(msg)

    @property
    def possible(self) -> Fraction:
        """Return the points of all required items."""
        return sum((item.possible for item in self.items), ZERO)

    @staticmethod
    def _check_ids(item: ExpectedItem, known: frozenset[str]) -> None:
        named = set(item.before).union(*(r.required | r.allowed for r in item.references))
        if stray := sorted(named - known):
            msg = f"item {item.id} refers to {stray}, which the key does not have"
            raise ValueError(msg)

    def _check_order(self, item: ExpectedItem) -> None:
        kinds = {other.id: other.kind for other in self.items}
        if stray := sorted(later for later in item.before if kinds[later] != item.kind):
            msg = f"item {item.id} stands before {stray}, whose kind has a count of its own"
            raise ValueError(msg)

    def _check_forbidden(self, item: ExpectedItem) -> None:
        if item.status is not Status.FORBIDDEN:
            return
        for other in self.items:
            same = other.kind == item.kind and item.value in (other.value, *other.accepted)
            if same and other.status is not Status.FORBIDDEN:
                msg = f"{item.value} is forbidden by item {item.id} and right by item {other.id}"
                raise ValueError(msg)


Kin = Callable[[str, str, str], Near | None]


def no_kin(kind: str, answered: str, expected: str) -> Near | None:  # noqa: ARG001  shape of Kin
    """Know of no near miss but those the key lists."""
    return None


@dataclass(frozen=True, slots=True)
class Policy:
    """What errors cost, and which near misses hold without the key's listing them.

    An answered item that the key does not have costs `extra_item` x `kind_points[kind]`; one that
    the key forbids, `forbidden_item` x the same. An item that should be first but is not costs
    `first_points`; each pair in the wrong order `before_points`. A value too many in a part costs
    `extra_part` (a share of the part's points), or `extra_part_points` where none is expected.
    `kin(kind, answered value, expected value)` returns a near miss or None; it is not asked about
    a value that the expected item lists as near.
    """

    kind_points: Mapping[str, Fraction]
    extra_item: Fraction
    forbidden_item: Fraction
    first_points: Fraction
    before_points: Fraction
    extra_part: Fraction
    extra_part_points: Fraction
    kin: Kin = no_kin

    def __post_init__(self) -> None:
        """Refuse costs below 0, by which an error would earn points."""
        for name in ("extra_item", "forbidden_item", "first_points", "before_points"):
            _not_negative(getattr(self, name), f"policy {name}")
        for name in ("extra_part", "extra_part_points"):
            _not_negative(getattr(self, name), f"policy {name}")
        for kind, points in self.kind_points.items():
            _not_negative(points, f"policy, kind {kind}")

    def points_of(self, kind: str) -> Fraction:
        """Return the points of `kind`; raises LookupError, naming the known kinds, for another."""
        if kind in self.kind_points:
            return self.kind_points[kind]
        known = ", ".join(sorted(self.kind_points))
        msg = f"the policy has no points for kind {kind!r}; known: {known}; add it to the rubric"
        raise LookupError(msg)


def _not_negative(points: Fraction, what: str) -> None:
    if points < 0:
        msg = f"{what}: {points} points are below 0; write 0 or more"
        raise ValueError(msg)
