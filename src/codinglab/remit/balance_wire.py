"""Whether an 835 as text balances: the equations of `balance`, worked out on bare segments.

It shares no reading and no writing with the rest of the room, so a fault of theirs cannot hide
itself; and it asks no guide, so every version is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from codinglab.core.findings import Finding, Severity
from codinglab.core.money import has_cents
from codinglab.remit.balance import differs, found
from codinglab.x12.reading import Source, read
from codinglab.x12.values import decimal_of

_ZERO = Decimal(0)
_CAS, _PLB = range(3, 19, 3), range(4, 15, 2)
_BREAKS = frozenset({"ST", "SE", "GE", "IEA", "ISA"})


def _at(elements: list[str], place: int) -> str:
    return elements[place] if place < len(elements) else ""


@dataclass(slots=True)
class _Line:
    charge: Decimal
    paid: Decimal
    adjusted: Decimal = _ZERO


@dataclass(slots=True)
class _Claim:
    place: str
    status: str
    charge: Decimal
    paid: Decimal
    share: Decimal | None
    adjusted: Decimal = _ZERO
    patient: Decimal = _ZERO
    lines: list[_Line] = field(default_factory=list)


class _Judge:
    """Follows one transaction, segment by segment."""

    def __init__(self, control: str) -> None:
        self.place = f"payment {control}".strip()
        self.findings: list[Finding] = []
        self._total: Decimal | None = None
        self._method = ""
        self._paid = self._taken = self._interest = self._told_interest = _ZERO
        self._claim: _Claim | None = None

    def _money(self, elements: list[str], place: int) -> Decimal:
        text = _at(elements, place)
        value = decimal_of(text)
        if text and (value is None or not has_cents(value)):
            where = self._claim.place if self._claim else self.place
            message = f"{elements[0]}{place:02} {text!r} is not a sum of whole cents."
            self.findings.append(found("remit.cents", where, message))
        return value or _ZERO

    def take(self, elements: list[str], mark: str) -> None:
        """Take one segment; `mark` separates components."""
        name = elements[0]
        if name == "SVC" and self._claim is not None:
            line = _Line(self._money(elements, 2), self._money(elements, 3))
            self._claim.lines.append(line)
        elif name == "CAS" and self._claim is not None:
            self._adjust(self._claim, elements)
        elif name == "CLP":
            self._close()
            self._open(elements)
        elif name == "PLB":
            self._close()
            self._provider(elements, mark)
        elif name == "BPR":
            self._total, self._method = self._money(elements, 2), _at(elements, 4)
        elif name == "AMT" and _at(elements, 1) == "I" and self._claim and not self._claim.lines:
            self._told_interest += self._money(elements, 2)

    def _open(self, elements: list[str]) -> None:
        place = f"claim {_at(elements, 1)} ({_at(elements, 7)})".replace(" ()", "")
        self._claim = claim = _Claim(place, _at(elements, 2), _ZERO, _ZERO, None)
        claim.charge, claim.paid = self._money(elements, 3), self._money(elements, 4)
        claim.share = self._money(elements, 5) if _at(elements, 5) else None

    def _adjust(self, claim: _Claim, elements: list[str]) -> None:
        amount = sum((self._money(elements, at) for at in _CAS if at < len(elements)), _ZERO)
        if claim.lines:
            claim.lines[-1].adjusted += amount
        else:
            claim.adjusted += amount
        if _at(elements, 1) == "PR":
            claim.patient += amount

    def _provider(self, elements: list[str], mark: str) -> None:
        for at in _PLB:
            if at >= len(elements):
                return
            amount = self._money(elements, at)
            self._taken += amount
            if elements[at - 1].split(mark)[0] == "L6":
                self._interest -= amount

    def _close(self) -> None:
        claim, self._claim = self._claim, None
        if claim is None:
            return
        self._paid += claim.paid
        self.findings += _claim_findings(claim)

    def finish(self) -> Iterable[Finding]:
        """Return all findings of the transaction."""
        self._close()
        if self._total is None:
            self.findings.append(found("remit.total", self.place, "there is no BPR."))
            return self.findings
        self.findings += self._payment(self._total)
        if self._told_interest:
            self.findings += differs(
                "remit.interest",
                self.place,
                "the interest of the claims (AMT I)",
                self._told_interest,
                "PLB L6 pays",
                self._interest,
                Severity.WARNING,
            )
        return self.findings

    def _payment(self, total: Decimal) -> Iterator[Finding]:
        because = f"the claims were paid {self._paid} and PLB takes {self._taken}, which makes"
        worked = self._paid - self._taken
        yield from differs("remit.total", self.place, "BPR02", total, because, worked)
        if total < 0:
            yield found("remit.below_zero", self.place, f"BPR02 is {total}, below zero.")
        if (self._method == "NON") != (total == 0):
            severity = Severity.ERROR if self._method == "NON" else Severity.WARNING
            message = f"BPR02 is {total}, and BPR04 is {self._method!r}."
            yield found("remit.nothing", self.place, message, severity)


def _claim_findings(claim: _Claim) -> Iterator[Finding]:
    below = charged = paid = _ZERO
    for at, line in enumerate(claim.lines, 1):
        below, charged, paid = below + line.adjusted, charged + line.charge, paid + line.paid
        place, worked = f"{claim.place}, line {at}", line.charge - line.adjusted
        because = "charge less adjustments is"
        yield from differs("remit.line", place, "SVC03", line.paid, because, worked)
    worked = claim.charge - claim.adjusted - below
    because = "charge less all adjustments is"
    yield from differs("remit.claim", claim.place, "CLP04", claim.paid, because, worked)
    if claim.lines:
        because = "the lines' charges make"
        yield from differs("remit.charge", claim.place, "CLP03", claim.charge, because, charged)
        because, worked = "the lines' payments less its adjustments make", paid - claim.adjusted
        yield from differs("remit.lines_paid", claim.place, "CLP04", claim.paid, because, worked)
    if claim.status != "22" or claim.share:
        share, because = claim.share or _ZERO, "the adjustments of group PR make"
        yield from differs("remit.share", claim.place, "CLP05", share, because, claim.patient)


def wire_unbalanced(source: Source, name: str = "") -> tuple[Finding, ...]:
    """Return what does not balance in the 835s of `source`; other transactions are passed by.

    Raises NotX12 when the source is not X12.
    """
    reader = read(source, name)
    told: list[Finding] = []
    judge: _Judge | None = None
    for text in reader:
        marks = reader.delimiters
        if marks.segment in "\r\n" and text and not text[0].isalnum():
            text = text[1:]  # noqa: PLW2901  a mark before the name, where segments are lines
        elements = text.split(marks.element)
        if elements[0] in _BREAKS:
            if judge is not None:
                told += judge.finish()
            opens = elements[:2] == ["ST", "835"]
            judge = _Judge(_at(elements, 2)) if opens else None
        elif judge is not None:
            judge.take(elements, marks.component)
    if judge is not None:
        told += judge.finish()
    return tuple(told)
