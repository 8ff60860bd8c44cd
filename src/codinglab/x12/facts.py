"""What a guide says of its loops, segments and elements, as values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """One element or component of a segment: its facts in one guide.

    `at` is its place ("09", "05-1"), `number` that of the X12 data element, `usage` R (required),
    S (situational) or N (not used), `repeat` how often it may stand. `kind` is AN, ID, N0, R, DT,
    TM or B, `low` and `high` its length in characters (digits for numbers). `codes` are all that it
    may be, empty where anything goes; `outside` names a list of another publisher. `parts` are
    the components of a composite.
    """

    at: str
    number: str
    usage: str
    repeat: int = 1
    kind: str = ""
    low: int = 0
    high: int = 0
    codes: frozenset[str] = frozenset()
    outside: str = ""
    pattern: str = ""
    parts: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule between the elements of a segment, as the X12 standard writes it.

    `kind`: P all of them or none, R at least one, E at most one, C the first needs all the others,
    L the first needs at least one of the others. `places` are element numbers from 1.
    """

    kind: str
    places: tuple[int, ...]

    @property
    def text(self) -> str:
        """Return it as the standard writes it: "P0304"."""
        return self.kind + "".join(f"{one:02}" for one in self.places)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The elements of a segment, as one or several places of a guide use it."""

    name: str
    segment: str
    places: tuple[Place, ...]


@dataclass(slots=True, eq=False)
class SegmentNode:
    """A segment at one place of a guide; `repeat` is 0 where it may stand any number of times.

    `order` is its place in the loop (equal places may come in any order), `index` its number in
    the guide, and `bit` marks it among what its loop has seen; `before` has the bits of what must
    come before it there. `qualifiers` are the codes by which it is told from others of its name,
    `seconds` those of its second element where the first does not suffice.
    """

    index: int
    name: str
    loop: LoopNode
    order: int
    usage: str
    repeat: int
    shape: Shape
    conditions: tuple[Condition, ...]
    bit: int
    opens: bool
    before: int = 0
    qualifiers: frozenset[str] = frozenset()
    seconds: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class LoopNode:
    """A loop at one place of a guide; `parent` is None for the transaction itself.

    `required` has the bits of the children without which the loop is incomplete. `level` says
    whether an HL segment opens it.
    """

    id: str
    parent: LoopNode | None
    order: int
    usage: str
    repeat: int
    bit: int
    before: int = 0
    children: list[SegmentNode | LoopNode] = field(default_factory=list)
    required: int = 0
    level: bool = False

    @property
    def loops(self) -> list[LoopNode]:
        """Return the loops right within this one."""
        return [one for one in self.children if isinstance(one, LoopNode)]

    @property
    def first(self) -> SegmentNode:
        """Return the segment that opens the loop."""
        found = self.children[0]
        assert isinstance(found, SegmentNode)
        return found
