"""Rules on the wire that need code sets, products or payers (SNIP 5 to 7), for `x12.check`.

Each is a function on one claim whose docstring is its page; `snip_catalog.wire_rules` makes them
ready for `check`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from codinglab.claim.snip_view import WireClaim
from codinglab.core.findings import Severity
from codinglab.x12.finding import Snip, WireFinding
from codinglab.x12.loops import Loop, WireSegment

PROFESSIONAL, INSTITUTIONAL, REMITTANCE = "837P", "837I", "835"
CLAIMS = (PROFESSIONAL, INSTITUTIONAL)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule found a fault: loop, segment, element ("HI01-2"), value, and what is wrong."""

    loop: Loop
    segment: WireSegment
    element: str
    value: str
    message: str
    severity: Severity = Severity.ERROR


Find = Callable[[WireClaim], Iterable[Spot]]


@dataclass(frozen=True, slots=True)
class WireRule:
    """One rule: its id, SNIP type, what to do, its source, and the kinds that it judges.

    `error` is the IK403 code by which a 999 says it.
    """

    id: str
    snip: Snip
    remedy: str
    source: str
    kinds: tuple[str, ...]
    find: Find
    error: str

    @property
    def page(self) -> str:
        """Return the published page: the docstring of the function that finds."""
        return inspect.cleandoc(self.find.__doc__ or "")

    def __call__(self, view: WireClaim) -> Iterator[WireFinding]:
        """Yield what is wrong with one claim.

        Raises NotInForce where the lab has no code set for a day of the claim.
        """
        if view.tree.kind in self.kinds:
            for spot in self.find(view):
                yield self._told(spot, view)

    def _told(self, spot: Spot, view: WireClaim) -> WireFinding:
        return WireFinding(
            self.id,
            self.snip,
            spot.message,
            self.remedy,
            view.tree.control,
            spot.segment.position,
            spot.loop.id,
            spot.segment.name,
            spot.element,
            spot.value,
            view.account,
            self.error,
            spot.severity,
        )


def wire_rule(  # noqa: PLR0913  what a rule declares
    name: str,
    snip: Snip,
    remedy: str,
    *,
    source: str,
    kinds: tuple[str, ...] = CLAIMS,
    error: str = "I12",
) -> Callable[[Find], WireRule]:
    """Make the function below it the rule `name`."""

    def make(find: Find) -> WireRule:
        return WireRule(name, snip, remedy, source, kinds, find, error)

    return make
