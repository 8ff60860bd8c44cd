"""A source judged as a whole: envelope, guide, elements, levels, balance and situations.

One pass and constant memory: a claim is judged when it is complete, and then forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from codinglab.core.findings import Severity
from codinglab.x12.control import Control
from codinglab.x12.finding import WireFinding
from codinglab.x12.guide import guides
from codinglab.x12.loops import Interchange
from codinglab.x12.reading import Reader, Source, read
from codinglab.x12.session import Session, TreeRule

LEVELS = (1, 2, 3, 4, 5, 6, 7)
_ENVELOPE = frozenset({"ISA", "GS", "GE", "IEA", "TA1"})
_BREAKS = _ENVELOPE | {"ST"}


class Checker:
    """Judges one source; iterating yields its findings as they are found.

    `segments` and `transactions` count what has been read so far; `header` is the last ST, and
    `control.now` the interchange and group that are open.
    """

    def __init__(self, source: Source, name: str = "", rules: Sequence[TreeRule] = ()) -> None:
        """Open `source`; raises NotX12 when it is not X12."""
        self.reader: Reader = read(source, name)
        self.control = Control()
        self.segments = 0
        self.transactions = 0
        self._session = Session(rules)
        self.header: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[WireFinding]:
        """Yield the findings of the whole source."""
        reader, control, session = self.reader, self.control, self._session
        position, idle, segments, before = 0, False, 0, 0
        for text in reader:
            segments += 1
            elements = text.split(reader.delimiters.element)
            name = elements[0]
            if session.going and name not in _BREAKS:
                position += 1
                if found := session.take(text, elements, position):
                    yield from found
                continue
            self.segments = segments
            yield from session.abandon(position)
            if name == "ISA":
                before = segments - 1
            control.position = segments - before
            if name in _ENVELOPE:
                idle = False
                yield from control.segment(elements, reader.delimiters)
                yield from reader.take()
            elif name == "ST":
                position, self.transactions = 1, self.transactions + 1
                self.header = tuple(elements)
                self.begun(control.now, self.header)
                yield from control.transaction(elements)
                idle = not session.begin(elements, control.now)
                if idle:
                    yield _no_guide(control.now.version, elements)
                else:
                    yield from session.take(text, elements, position)
            elif not idle:
                idle = True
                yield _outside(text, control.position)
        self.segments = segments
        control.position = segments - before
        yield from reader.take()
        yield from session.abandon(position)
        yield from control.finish()

    def begun(self, now: Interchange, header: tuple[str, ...]) -> None:
        """Note that the transaction of the ST segment `header` begins; here, do nothing."""


def _no_guide(version: str, elements: list[str]) -> WireFinding:
    control = elements[2] if len(elements) > 2 else ""  # noqa: PLR2004  it may lack
    return WireFinding(
        "x12.no_guide",
        2,
        f"the guide {version!r} is not among the tables of this lab; the envelope alone is judged.",
        f"The lab knows {', '.join(dict.fromkeys(one.guide for one in guides()))}.",
        control,
        1,
        "ST",
        "ST",
        "ST03",
        version,
        error="I6",
        severity=Severity.WARNING,
    )


def _outside(text: str, position: int) -> WireFinding:
    name = text[:3].strip() or "an empty segment"
    return WireFinding(
        "x12.outside",
        1,
        f"{name} stands outside a transaction, and so may others after it.",
        "A transaction begins with ST and ends with SE.",
        position=position,
        segment=text[:3].strip(),
        value=text[:20],
        error="024",
    )


def check(
    source: Source,
    name: str = "",
    *,
    rules: Sequence[TreeRule] = (),
    levels: Iterable[int] = LEVELS,
) -> Iterator[WireFinding]:
    """Yield what is wrong with `source`, in the order of the file.

    `name` is what messages call the source. `rules` are further rules, each asked once for every
    claim (or answer, or whole transaction where its guide knows no smaller part) with a tree that
    holds that one alone. `levels` are the SNIP types wanted.

    Raises NotX12 when the source is not X12 at all; whatever else is wrong is a finding.
    """
    wanted = frozenset(levels)
    yield from (one for one in Checker(source, name, rules) if one.snip in wanted)
