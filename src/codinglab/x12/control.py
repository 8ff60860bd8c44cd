"""The envelope judged: headers and trailers, their counts and control numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from codinglab.x12.elements import Judge
from codinglab.x12.facts import LoopNode, SegmentNode
from codinglab.x12.finding import WireFinding
from codinglab.x12.guide import envelope_shapes, guides
from codinglab.x12.loops import Interchange
from codinglab.x12.report import of_element
from codinglab.x12.syntax import Delimiters

_HOLDS_DELIMITERS = (11, 16)


@lru_cache(maxsize=8)
def _node(name: str) -> SegmentNode:
    """Return a node for a segment of the envelope, which belongs to no guide."""
    shape = envelope_shapes()[name]
    if name == "ISA":
        freed = {f"{at:02}" for at in _HOLDS_DELIMITERS}
        places = tuple(replace(one, usage="S") if one.at in freed else one for one in shape.places)
        shape = replace(shape, places=places)
    loop = LoopNode("", None, 0, "R", 0, 0)
    return SegmentNode(-1, name, loop, 0, "R", 0, shape, (), 0, opens=False)


def _astray(  # noqa: PLR0913, PLR0917  the places of one finding
    name: str, message: str, number: str, element: str, value: str, error: str
) -> WireFinding:
    remedy = "Write in GS and ST what the group holds; or move the transaction to its group."
    return WireFinding(name, 1, message, remedy, number, 1, "ST", "ST", element, value, error=error)


def _none(trailer: list[str]) -> bool:
    """Say whether a trailer counts nothing; one that counts more is told of its count."""
    return trailer[1:2] in (["0"], ["00"], ["000"])


class Control:
    """Follows headers and trailers; each method yields what is wrong with one of them.

    `now` is the interchange and group that are open. Positions count from ISA as 1.
    """

    def __init__(self) -> None:
        """Begin before the first interchange."""
        self.now = Interchange()
        self.position = 0
        self._interchanges: set[str] = set()
        self._groups: set[str] = set()
        self._transactions: set[str] = set()
        self._group_count = 0
        self._transaction_count = 0
        self._noted = False

    def segment(self, elements: list[str], marks: Delimiters) -> Iterator[WireFinding]:
        """Yield what is wrong with ISA, GS, GE, IEA or TA1."""
        name = elements[0]
        if name == "ISA":
            yield from self._isa(elements, marks)
        elif not self.now.isa:
            yield self._told(
                "x12.outside", name, "", f"{name} stands outside an interchange.", "Begin with ISA."
            )
        elif name == "GS":
            yield from self._gs(elements, marks)
        elif name == "GE":
            yield from self._ge(elements, marks)
        elif name == "IEA":
            yield from self._iea(elements, marks)
        else:
            self._noted = True
            yield from self._elements(elements, marks)

    def transaction(self, elements: list[str]) -> Iterator[WireFinding]:
        """Yield what is wrong with the control number of ST within its group."""
        self._transaction_count += 1
        number = elements[2] if len(elements) > 2 else ""  # noqa: PLR2004  it may lack
        if number in self._transactions:
            yield WireFinding(
                "x12.transaction_twice",
                1,
                f"ST02 is {number!r}, a number that an earlier transaction of the group has.",
                "Number the transactions of a group differently.",
                number,
                1,
                "ST",
                "ST",
                "ST02",
                number,
                error="23",
            )
        self._transactions.add(number)
        yield from self._belongs(elements, number)

    def _belongs(self, elements: list[str], number: str) -> Iterator[WireFinding]:
        """Yield whether ST names another kind of transaction, or another guide, than GS."""
        version, kind = self.now.version, elements[1] if len(elements) > 1 else ""
        stated = elements[3] if len(elements) > 3 else ""  # noqa: PLR2004  it may lack
        same = [one for one in guides() if one.guide == version]
        groups = {one.group for one in same if one.transaction == kind}
        if groups and self.now.gs[1:2] and self.now.gs[1] not in groups:
            if self.now.gs[1] in {one.group for one in same}:
                message = (
                    f"ST01 is {kind}, a transaction that no group {self.now.gs[1]} (GS01) has."
                )
                yield _astray("x12.transaction_kind", message, number, "ST01", kind, "18")
        elif not same and version and stated in {one.guide for one in guides()}:
            message = f"ST03 is {stated}, but GS08 says {version}."
            yield _astray("x12.guide_differs", message, number, "ST03", stated, "I6")

    def finish(self) -> Iterator[WireFinding]:
        """Yield which trailers the end of the file leaves out."""
        yield from self._open_group()
        yield from self._open_interchange()

    def _told(  # noqa: PLR0913, PLR0917  the places of one finding
        self, name: str, segment: str, element: str, message: str, remedy: str, error: str = ""
    ) -> WireFinding:
        return WireFinding(
            name,
            1,
            message,
            remedy,
            position=self.position,
            segment=segment,
            element=element,
            error=error,
        )

    def _elements(self, elements: list[str], marks: Delimiters) -> Iterator[WireFinding]:
        node = _node(elements[0])
        for fault in Judge(node, elements, marks).faults():
            yield replace(of_element(fault, node, self.position, "", ""), error="")

    def _isa(self, elements: list[str], marks: Delimiters) -> Iterator[WireFinding]:
        yield from self._open_group()
        yield from self._open_interchange()
        self.now = Interchange(tuple(elements), (), marks)
        self._group_count, self._groups, self._noted = 0, set(), False
        blanked = ["" if at in _HOLDS_DELIMITERS else one for at, one in enumerate(elements[:16])]
        yield from self._elements(blanked, marks)
        number = self.now.control
        if number in self._interchanges:
            yield self._told(
                "x12.interchange_twice",
                "ISA",
                "ISA13",
                f"ISA13 is {number!r}, the number of an earlier interchange of the file.",
                "Give each interchange a number of its own.",
                "025",
            )
        self._interchanges.add(number)

    def _gs(self, elements: list[str], marks: Delimiters) -> Iterator[WireFinding]:
        yield from self._open_group()
        self.now = Interchange(self.now.isa, tuple(elements), marks)
        self._group_count += 1
        self._transaction_count, self._transactions = 0, set()
        yield from self._elements(elements, marks)
        number = self.now.group_control
        if number in self._groups:
            yield self._told(
                "x12.group_twice",
                "GS",
                "GS06",
                f"GS06 is {number!r}, the number of an earlier group of the interchange.",
                "Give each group a number of its own.",
                "6",
            )
        self._groups.add(number)
        said = elements[1] if len(elements) > 1 else ""
        version = self.now.version
        wanted = list(dict.fromkeys(one.group for one in guides() if one.guide == version))
        if wanted and said not in wanted:
            yield self._told(
                "x12.group_kind",
                "GS",
                "GS01",
                f"GS01 is {said!r}; groups of the guide {version} say {' or '.join(wanted)}.",
                f"Write {wanted[0]}.",
                "1",
            )

    def _ge(self, elements: list[str], marks: Delimiters) -> Iterator[WireFinding]:
        if not self.now.gs:
            yield self._told("x12.outside", "GE", "", "GE closes no group.", "Take it out.")
            return
        yield from self._elements(elements, marks)
        if not self._transaction_count and _none(elements):
            yield self._holds_nothing("GE", "the group holds no transaction.")
        yield from self._closing(
            elements,
            ("x12.group_count", self._transaction_count, "transactions in the group", "5"),
            ("x12.group_number", self.now.group_control, "GS06", "4"),
        )
        self.now = Interchange(self.now.isa, (), marks)

    def _iea(self, elements: list[str], marks: Delimiters) -> Iterator[WireFinding]:
        yield from self._open_group()
        yield from self._elements(elements, marks)
        if not self._group_count and not self._noted and _none(elements):
            yield self._holds_nothing("IEA", "the interchange holds neither a group nor a TA1.")
        yield from self._closing(
            elements,
            ("x12.interchange_count", self._group_count, "groups in the interchange", "021"),
            ("x12.interchange_number", self.now.control, "ISA13", "001"),
        )
        self.now = Interchange((), (), marks)

    def _holds_nothing(self, segment: str, message: str) -> WireFinding:
        remedy = "Add what was to be sent, or leave the envelope out."
        error = "024" if segment == "IEA" else ""
        return self._told("x12.holds_nothing", segment, "", message, remedy, error)

    def _closing(
        self,
        elements: list[str],
        count: tuple[str, int, str, str],
        number: tuple[str, str, str, str],
    ) -> Iterator[WireFinding]:
        """Yield whether a trailer repeats count and control number of its header."""
        trailer = elements[0]
        said = elements[1] if len(elements) > 1 else ""
        name, counted, what, error = count
        if not said.isdecimal() or int(said[:9]) != counted:
            yield self._told(
                name,
                trailer,
                f"{trailer}01",
                f"{trailer}01 is {said!r}, but there are {counted} {what}.",
                f"Write {counted}; or is a part of the file missing?",
                error,
            )
        name, wanted, header, error = number
        repeated = elements[2] if len(elements) > 2 else ""  # noqa: PLR2004  it may lack
        if repeated != wanted:
            yield self._told(
                name,
                trailer,
                f"{trailer}02",
                f"{trailer}02 is {repeated!r}, but {header} is {wanted!r}.",
                f"Write {wanted}.",
                error,
            )

    def _open_group(self) -> Iterator[WireFinding]:
        if self.now.gs:
            number = self.now.group_control
            yield self._told(
                "x12.group_open",
                "GE",
                "",
                f"the group {number!r} has no GE segment.",
                "Close it with GE; is the file complete?",
                "3",
            )
            self.now = Interchange(self.now.isa, (), self.now.delimiters)

    def _open_interchange(self) -> Iterator[WireFinding]:
        if self.now.isa:
            yield self._told(
                "x12.interchange_open",
                "IEA",
                "",
                f"the interchange {self.now.control!r} has no IEA segment.",
                "Close it with IEA; is the file complete?",
                "023",
            )
            self.now = Interchange()
