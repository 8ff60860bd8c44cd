"""What every question and answer is written with: trace numbers, references, the interchange."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codinglab.claim.parties import Provider
from codinglab.core.findings import Finding
from codinglab.x12.envelope import Envelope, Transaction, wrap
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.syntax import CannotWrite, Segment, clock, day, write

ELIGIBILITY, STATUS = "005010X279A1", "005010X212"
"""The guides of 270 and 271, and of 276 and 277 (45 CFR 162.1202 and 162.1402)."""

_NATIONAL, _OWN = "1", "9"  # the first digit of an identifier in TRN03 says what it is


@dataclass(frozen=True, slots=True)
class Written:
    """An interchange as text, blank where nothing could be sent, and what is wrong or to know."""

    text: str
    findings: tuple[Finding, ...]


def trace_id(provider: Provider) -> str:
    """Return TRN03 of a provider: 1 and the employer's number, else 9 and the end of its NPI.

    A social security number is not sent where it need not be.
    """
    number = "".join(one for one in provider.tax_id if one.isdecimal())
    if number and provider.tax_id_kind == "EI":
        return _NATIONAL + number
    return _OWN + provider.npi[-9:]


def trace(envelope: Envelope, place: int) -> str:
    """Return TRN02 of the question at `place` from 1: the interchange's number and the place."""
    return f"{envelope.control:09}{place:04}"


def head(structure: str, purpose: str, number: str, envelope: Envelope, kind: str = "") -> Segment:
    """Return BHT; `structure` is BHT01, `purpose` BHT02, `number` BHT03 and `kind` BHT06."""
    when = envelope.when
    return ("BHT", structure, purpose, number, day(when.date()), clock(when), kind)


def sent(
    kind: str,
    guide: str,
    bodies: Iterable[tuple[str, Sequence[Segment]]],
    envelope: Envelope,
    findings: Iterable[Finding],
) -> Written:
    """Return the `bodies`, each with the place that findings call it by, as one interchange.

    A body that holds a character which cannot be written is left out, with a finding.
    """
    told = list(findings)
    whole: list[Transaction] = []
    for place, body in bodies:
        try:
            write(body, envelope.delimiters)
        except CannotWrite as error:
            told.append(Finding("payer.cannot_write", place, f"{error}.", "Write it without it."))
        else:
            whole.append(Transaction(kind, guide, f"{len(whole) + 1:04}", body))
    return Written(wrap(envelope, whole) if whole else "", tuple(told))


def name_of(loop: Loop, inner: str) -> WireSegment:
    """Return the NM1 of the loop `inner`, which the checked question has."""
    found = loop.loop(inner)
    name = found.first("NM1") if found else None
    assert name is not None
    return name
