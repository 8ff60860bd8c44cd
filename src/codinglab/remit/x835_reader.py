"""An 835 as remittances: the reverse of `x835`, with a finding for all that they cannot hold.

Every version is read, with or without tables of its guide; `x12.check` judges the file itself and
`balance` its sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codinglab.claim.x837_fields import Unreadable
from codinglab.remit import x835
from codinglab.remit.model import RemitClaim, Remittance
from codinglab.remit.x835_claim import claim_head, line_segments
from codinglab.remit.x835_left import Left
from codinglab.remit.x835_parts import ClaimPart, Parts, cut
from codinglab.remit.x835_read_claim import read_claim
from codinglab.remit.x835_read_head import read_remittance
from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import Interchange
from codinglab.x12.reading import Source
from codinglab.x12.syntax import CannotWrite

_REMEDY = "Mend the file; `codinglab x12 check` names every fault in it."


@dataclass(frozen=True, slots=True)
class RemitReading:
    """What one transaction holds, and what of it was left, changed or understood.

    `remittance` is None where there is no payment to post, which a finding tells; `claims` are
    those that could be read even then. `control` is ST02.
    """

    remittance: Remittance | None
    claims: tuple[RemitClaim, ...]
    findings: tuple[WireFinding, ...]
    control: str
    interchange: Interchange


def read_file(source: Source, name: str = "") -> list[RemitReading]:
    """Return the remittance of each 835 of `source`; other transactions are passed by.

    `name` is what messages call the source. Raises NotX12 when it is not X12.
    """
    return list(readings(source, name))


def readings(source: Source, name: str = "") -> Iterator[RemitReading]:
    """Yield what `read_file` returns, one transaction after the other."""
    for parts in cut(source, name):
        yield _Reader(parts).read()


class _Reader:
    """Reads one transaction."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._left = Left(parts.control, parts.interchange.delimiters)
        self._faults: list[WireFinding] = []

    def read(self) -> RemitReading:
        parts = self._parts
        claims = tuple(self._claims())
        remittance = self._remittance(claims)
        self._left.unplaced(parts.unplaced)
        if not parts.closed:
            cause = Unreadable("there is no SE; is the file cut off", "ST", parts.last, "SE")
            self._fault(cause, "The transaction is read as far as it goes", "")
        found = [*self._faults, *self._left.findings]
        found.sort(key=lambda one: one.position)
        return RemitReading(remittance, claims, tuple(found), parts.control, parts.interchange)

    def _remittance(self, claims: tuple[RemitClaim, ...]) -> Remittance | None:
        parts = self._parts
        try:
            found = read_remittance(parts, claims)
        except Unreadable as error:
            what = f"The remittance is left out with its {len(parts.claims)} claims"
            self._fault(error, what, "")
            return None
        self._compare(found)
        return found

    def _claims(self) -> Iterator[RemitClaim]:
        for part in self._parts.claims:
            account = part.segments[0].get(1)
            try:
                claim = read_claim(part)
            except Unreadable as error:
                name = account or "without a number"
                self._fault(error, f"Claim {name} is left out", account)
                continue
            self._compare_claim(part, claim)
            yield claim

    def _compare_claim(self, part: ClaimPart, claim: RemitClaim) -> None:
        left, account = self._left, claim.account
        left.compare("2100", claim_head(claim), part.segments, account)
        for wire, line in zip(part.lines, claim.lines, strict=True):
            left.compare("2110", line_segments(line), wire, account)

    def _compare(self, remittance: Remittance) -> None:
        left, parts = self._left, self._parts
        left.compare("ST", x835.head(remittance), parts.head)
        left.compare("1000A", x835.payer_part(remittance), parts.payer)
        try:
            payee = x835.payee_part(remittance.payee)
        except CannotWrite:
            payee = []
        left.compare("1000B", payee, parts.payee)
        left.compare("2000", (), [one for one in parts.groups if one.name != "LX"])
        left.compare("ST", x835.provider_part(remittance), parts.provider)

    def _fault(self, error: Unreadable, what: str, claim: str) -> None:
        segment = error.element.rstrip("0123456789") if error.element[:2] != "N1" else "N1"
        self._faults.append(
            WireFinding(
                "x835.unreadable",
                2,
                f"{what}: {error}.",
                _REMEDY,
                self._parts.control,
                error.position,
                error.loop,
                segment,
                error.element,
                claim=claim,
            )
        )
