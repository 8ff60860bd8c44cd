"""Rules that look at a whole claim: one id, one function, one docstring that is its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from codinglab.core.cite import Cite
from codinglab.core.findings import Severity
from codinglab.x12.finding import Snip, WireFinding
from codinglab.x12.loops import Loop, TransactionTree, WireSegment

LoopRule = Callable[[TransactionTree, Sequence[Loop]], Iterable[WireFinding]]
"""Asked when a loop is complete, with the tree and the chain of loops that ends with it."""

LoopRules = dict[str, list[LoopRule]]

PROFESSIONAL = Cite("ASC X12N health care claim: professional", "005010X222A1", "situational rules")
REMITTANCE = Cite("ASC X12N claim payment/advice", "005010X221A1", "section 1.10.2, balancing")

V = TypeVar("V")


class Hit(NamedTuple):
    """Where a rule found its fault: loop, segment, element ("CLM02"), and what is wrong."""

    loop: str
    segment: WireSegment
    element: str
    message: str


Find = Callable[[V], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[V]):
    """One rule: its id, SNIP type, what to do, its source, and the function that finds faults.

    `kinds` are those of the transactions that it judges; `error` is the IK403 code of its finding.
    """

    id: str
    snip: Snip
    remedy: str
    source: Cite
    kinds: tuple[str, ...]
    find: Find[V]
    error: str = ""
    severity: Severity = Severity.ERROR

    @property
    def page(self) -> str:
        """Return what the rule says, in a sentence or two."""
        return " ".join((self.find.__doc__ or "").split())

    def told(self, hit: Hit, transaction: str, claim: str) -> WireFinding:
        """Return the finding of one fault."""
        place = hit.element[len(hit.segment.name) :]
        number, _, component = place.partition("-")
        value = hit.segment.get(int(number)) if number.isdecimal() else ""
        if component and value:
            value = hit.segment.part(int(number), int(component))
        return WireFinding(
            self.id,
            self.snip,
            hit.message,
            self.remedy,
            transaction,
            hit.segment.position,
            hit.loop,
            hit.segment.name,
            hit.element,
            value,
            claim,
            self.error,
            self.severity,
            self.source,
        )


class Rules(Generic[V]):
    """A family of rules about one kind of view; calling it makes a function a rule of it."""

    def __init__(self, kinds: tuple[str, ...], source: Cite) -> None:
        """Begin a family whose rules judge transactions of `kinds` unless they say others."""
        self.kinds = kinds
        self.source = source
        self.rules: list[Rule[V]] = []

    def __call__(  # noqa: PLR0913  what a rule states
        self,
        name: str,
        snip: Snip,
        remedy: str,
        *,
        kinds: tuple[str, ...] = (),
        source: Cite | None = None,
        error: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Callable[[Find[V]], Find[V]]:
        """Return a decorator that adds a function to the family as the rule `name`."""

        def add(find: Find[V]) -> Find[V]:
            self.rules.append(
                Rule(
                    name,
                    snip,
                    remedy,
                    source or self.source,
                    kinds or self.kinds,
                    find,
                    error,
                    severity,
                )
            )
            return find

        return add

    def of(self, kind: str) -> tuple[Rule[V], ...]:
        """Return the rules that judge transactions of `kind`."""
        return tuple(rule for rule in self.rules if kind in rule.kinds)


def ask(rules: Sequence[Rule[V]], view: V, transaction: str, claim: str) -> Iterator[WireFinding]:
    """Yield what every one of `rules` finds in `view`."""
    for rule in rules:
        for hit in rule.find(view):
            yield rule.told(hit, transaction, claim)
