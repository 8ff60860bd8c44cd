"""A claim of an 837 as the rules look at it, gathered in one pass over its loops."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from codinglab.x12.loops import Loop, TransactionTree, WireSegment
from codinglab.x12.values import day_of

_CHARGES = {"SV1": 2, "SV2": 3}
"""Where the charge stands in the service segment of a line."""

_SERVICED = ["472"]
_DIAGNOSES = {"ABK", "ABF", "BK", "BF"}


def days_of(one: WireSegment) -> tuple[str, str]:
    """Return first and last day of a DTP as CCYYMMDD, blank where it has none of the calendar."""
    return _days(one.get(2), one.get(3))


@lru_cache(maxsize=4096)
def _days(form: str, text: str) -> tuple[str, str]:
    first, _, last = text.partition("-") if form == "RD8" else (text[:8], "", text[:8])
    known = all(len(each) == 8 and day_of(each) for each in (first, last))  # noqa: PLR2004  CCYYMMDD
    return (first, last) if known else ("", "")


class LineView:
    """One service line: its number, its service segment and charge, its dates, its loop.

    `days` are first and last day of service as CCYYMMDD, blank where the line has none.
    """

    __slots__ = ("charge", "dates", "days", "loop", "number", "service", "serviced")

    def __init__(self, loop: Loop) -> None:
        """Gather what stands in the loop 2400."""
        self.loop = loop
        self.number: WireSegment | None = None
        self.service: WireSegment | None = None
        self.serviced: WireSegment | None = None
        self.charge = ""
        self.days = ("", "")
        self.dates: list[WireSegment] = []
        for one in loop.segments:
            name = one.elements[0]
            if name == "DTP":
                self.dates.append(one)
                if one.elements[1:2] == _SERVICED:
                    self.serviced, self.days = one, days_of(one)
            elif name in _CHARGES:
                self.service, self.charge = one, one.get(_CHARGES[name])
            elif name == "LX":
                self.number = one


class ClaimView:
    """One claim with what stands above it; every part may be missing, as files go.

    `head` is its CLM, `codes` its HI segments, `dates` and `references` its DTP and REF segments
    by qualifier, `others` its loops 2320. `subscriber` is the loop 2000B above it and `insurance`
    that loop's SBR; `person` is the loop of the patient's name (2010CA, or 2010BA where the
    patient is the subscriber) and `facts` its DMG.
    """

    __slots__ = (
        *("chain", "claim", "codes", "dates", "facts", "head", "insurance", "lines"),
        *("others", "person", "references", "subscriber", "tree"),
    )

    def __init__(self, tree: TransactionTree, chain: Sequence[Loop]) -> None:
        """Gather the loop 2300 at the end of `chain`."""
        self.tree = tree
        self.chain = chain
        self.claim = chain[-1]
        self.head = self.claim.segments[0]
        self.dates: dict[str, WireSegment] = {}
        self.references: dict[str, WireSegment] = {}
        self.codes: list[WireSegment] = []
        for one in self.claim.segments:
            name = one.elements[0]
            if name == "DTP":
                self.dates[one.get(1)] = one
            elif name == "REF":
                self.references[one.get(1)] = one
            elif name == "HI":
                self.codes.append(one)
        self.lines: list[LineView] = []
        self.others: list[Loop] = []
        for loop in self.claim.loops:
            if loop.id == "2400":
                self.lines.append(LineView(loop))
            elif loop.id == "2320":
                self.others.append(loop)
        self.subscriber: Loop | None = None
        self.insurance: WireSegment | None = None
        self.person: Loop | None = None
        self.facts: WireSegment | None = None
        self._look_up(chain)

    def _look_up(self, chain: Sequence[Loop]) -> None:
        """Find subscriber, insurance and patient above the claim."""
        for above in chain:
            if above.id == "2000B":
                self.subscriber = above
                self.insurance = above.first("SBR")
        wanted = "2010CA" if chain[-2].id == "2000C" else "2010BA"
        for loop in chain[-2].loops:
            if loop.id == wanted:
                self.person = loop
                self.facts = loop.first("DMG")

    def diagnoses(self) -> int:
        """Return how many diagnoses the claim lists, the principal one included."""
        marks = self.tree.interchange.delimiters
        return sum(_listed(one.text, marks.element, marks.component) for one in self.codes)


@lru_cache(maxsize=4096)
def _listed(text: str, element: str, component: str) -> int:
    """Return how many diagnoses an HI segment lists."""
    codes = [one.split(component) for one in text.split(element)[1:]]
    return sum(one[0] in _DIAGNOSES and len(one) > 1 and bool(one[1]) for one in codes)
