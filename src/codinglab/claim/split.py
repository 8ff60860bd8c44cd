"""Claims that hold more than one claim may: divided by lines and diagnoses, each part whole.

A line stays with the diagnoses that it points to. The limits are those of the paper forms and of
the 837 guides (code_sets/claim_rules).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from codinglab.claim.model import Claim, Line
from codinglab.claim.rules import limit
from codinglab.claim.split_prior import divided
from codinglab.core.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of a claim, in order, and why it was divided; one part where it was not."""

    parts: tuple[Claim, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Bin:
    """The places (from 0) of the lines of one part, and of its diagnoses."""

    lines: list[int] = field(default_factory=list)
    diagnoses: set[int] = field(default_factory=set)


def first_day(claim: Claim) -> date:
    """Return the first day of the claim; raises ValueError where it has no line and no bill."""
    days = [one.first for one in claim.lines]
    return min([claim.bill.statement_from, *days] if claim.bill else days)


def pages(claim: Claim) -> tuple[tuple[Line, ...], ...]:
    """Return the lines as they stand on the pages of the paper form, 6 or 22 on each."""
    size = limit(f"{claim.kind} page", first_day(claim)).number
    return tuple(claim.lines[at : at + size] for at in range(0, len(claim.lines), size))


def split(claim: Claim) -> Split:
    """Return the claim in as many parts as its diagnoses and lines need.

    Each line goes to the first part that has room for it and for the diagnoses that it points to.
    A diagnosis to which no line points goes where room is left; where none is, it is left off,
    and said. The totals of the parts add up to the total of the claim. A part after the first has
    its own account number, the claim's with -2, -3 ... behind it.
    """
    day = first_day(claim)
    room = limit(f"{claim.kind} diagnoses", day).number
    size = limit(f"{claim.kind} lines", day).number
    if len(claim.lines) <= size and (len(claim.diagnoses) <= room or claim.kind == "institutional"):
        return Split((claim,))
    bins = _bins(claim, room, size)
    left = _rest(claim, bins, room)
    parts = tuple(_part(claim, one, number) for number, one in enumerate(bins, start=1))
    parts, findings = divided(claim, parts, tuple(tuple(one.lines) for one in bins))
    said = (*_why(claim, parts, bins, room, size), *_left(claim, left, room), *findings)
    return Split(parts, (*said, *_accounts(parts, limit("account", day).number)))


def _bins(claim: Claim, room: int, size: int) -> list[_Bin]:
    keep_all = len(claim.diagnoses) <= room or claim.kind == "institutional"
    every = set(range(len(claim.diagnoses))) if keep_all else set()
    bins: list[_Bin] = []
    for at, one in enumerate(claim.lines):
        need = every or {to - 1 for to in one.pointers if 0 < to <= len(claim.diagnoses)}
        home = next(
            (
                each
                for each in bins
                if len(each.lines) < size and (keep_all or len(each.diagnoses | need) <= room)
            ),
            None,
        )
        if home is None:
            home = _Bin()
            bins.append(home)
        home.lines.append(at)
        home.diagnoses |= need
    return bins or [_Bin()]


def _rest(claim: Claim, bins: list[_Bin], room: int) -> list[int]:
    """Place the diagnoses that no line points to, and return those that found no room."""
    placed = set().union(*(one.diagnoses for one in bins))
    left: list[int] = []
    for at in range(len(claim.diagnoses)):
        if at in placed:
            continue
        home = next((one for one in bins if len(one.diagnoses) < room), None)
        if home is None:
            left.append(at)
        else:
            home.diagnoses.add(at)
    return left


def _part(claim: Claim, one: _Bin, number: int) -> Claim:
    kept = sorted(one.diagnoses)
    new = {at + 1: place for place, at in enumerate(kept, start=1)}
    lines = tuple(
        replace(line, pointers=tuple(new[to] for to in line.pointers if to in new))
        for line in (claim.lines[at] for at in one.lines)
    )
    account = claim.account if number == 1 else f"{claim.account}-{number}"
    diagnoses = tuple(claim.diagnoses[at] for at in kept)
    return replace(claim, account=account, diagnoses=diagnoses, lines=lines)


def _why(
    claim: Claim, parts: Sequence[Claim], bins: list[_Bin], room: int, size: int
) -> Iterator[Finding]:
    if len(parts) == 1:
        return
    many = []
    if len(claim.diagnoses) > room and claim.kind == "professional":
        many.append(f"{len(claim.diagnoses)} diagnoses where {room} find room")
    if len(claim.lines) > size:
        many.append(f"{len(claim.lines)} lines where {size} find room")
    shares = "; ".join(
        f"{part.account} has {_numbers(one.lines)} for {part.total}"
        for part, one in zip(parts, bins, strict=True)
    )
    yield Finding(
        "claim.split",
        f"claim {claim.account}",
        f"{' and '.join(many)}, so it is {len(parts)} claims: {shares}.",
        "Send all parts; look whether lines that belong together stand on one.",
        Severity.NOTE if claim.kind == "professional" else Severity.WARNING,
    )
    total = sum((part.total for part in parts), Decimal(0))
    if total != claim.total:  # a fault of ours, and never to be sent
        raise AssertionError(f"claim {claim.account}: parts of {total} from {claim.total}")
    if claim.original_reference:
        yield Finding(
            "claim.split-original",
            f"claim {claim.account}",
            f"Every part changes {claim.original_reference}, and one part alone can.",
            "State for each part the number of the claim that it changes.",
        )


def _numbers(places: Sequence[int]) -> str:
    """Return the numbers from 1 of `places` with runs joined: "lines 1-3, 5"."""
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    said = ", ".join(
        str(run[0] + 1) if len(run) == 1 else f"{run[0] + 1}-{run[-1] + 1}" for run in runs
    )
    return f"lines {said}" if len(places) > 1 else f"line {said}"


def _left(claim: Claim, left: list[int], room: int) -> Iterator[Finding]:
    if left:
        codes = ", ".join(claim.diagnoses[at].code for at in left)
        yield Finding(
            "claim.split-left",
            f"claim {claim.account}",
            f"No line points to {codes}, and {room} diagnoses fill the claim, so it is left off.",
            "Put what matters more among the first, or let a line point to it.",
            Severity.WARNING,
        )


def _accounts(parts: Sequence[Claim], most: int) -> Iterator[Finding]:
    for one in parts:
        if len(one.account) > most:
            yield Finding(
                "claim.account",
                f"claim {one.account}",
                f"{one.account!r} has {len(one.account)} characters; {most} come back.",
                "Shorten account so that the number of the part finds room.",
            )
