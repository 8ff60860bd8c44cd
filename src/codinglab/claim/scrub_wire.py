"""Claims as their own 837, judged as a clearinghouse would judge it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from codinglab.claim.model import Claim
from codinglab.claim.parties import Name
from codinglab.claim.scrub_facts import has_payer
from codinglab.claim.scrub_rule import KINDS, ClaimEdit
from codinglab.claim.snip_catalog import wire_rules
from codinglab.claim.x837 import write
from codinglab.claim.x837_batch import Batch
from codinglab.core.findings import Severity
from codinglab.x12.check import check
from codinglab.x12.envelope import Envelope
from codinglab.x12.finding import WireFinding
from codinglab.x12.reading import Source, read
from codinglab.x12.syntax import CannotWrite

_CLAIM_LOOP = "2300"
UNWRITABLE = "wire.cannot-write"
_PHONE = "8005550100"
_LOOP = re.compile(r"\b(?:1000[AB]|2\d{3}[A-I]?[A-C]?)\b")
_SEGMENT = re.compile(
    r"\b(NM1|N[34]|DMG|HI|SBR|REF|CLM|PRV|SV[125]|CR1|PAT|LIN|CTP|CL1|CAS|SVD|LX)"
)


def text_of(claims: Sequence[Claim], day: date) -> str:
    """Return claims of one kind as the 837 in which they would go out on `day`.

    Sender and receiver stand for whoever they are. Raises CannotWrite or ValueError where a claim
    cannot be written at all.
    """
    when = datetime.combine(day, time(8))
    batch = Batch(
        Name("Submitter"), "SUBMITTER", "Clearinghouse", "RECEIVER", "1", when, "Desk", _PHONE
    )
    return write(Envelope("SUBMITTER", "RECEIVER", when, 1), [(batch, claims)])


def wire_findings(claims: Sequence[Claim], day: date) -> Iterator[WireFinding]:
    """Yield what is wrong with the 837 of `claims`.

    A claim that cannot be written is one finding; one to no payer is not written at all.
    """
    for kind in KINDS:
        same = [one for one in claims if one.kind == kind and has_payer(one)]
        if same:
            yield from _of_kind(same, day)


def _of_kind(claims: Sequence[Claim], day: date) -> Iterator[WireFinding]:
    try:
        text = text_of(claims, day)
    except (CannotWrite, ValueError) as error:
        if len(claims) == 1:
            yield WireFinding(
                UNWRITABLE,
                1,
                f"No 837 can be written: {error}.",
                "Mend it first; the rest of the file was not judged.",
                claim=claims[0].account,
            )
            return
        for one in claims:
            yield from _of_kind([one], day)
        return
    yield from owned(text, check(text, rules=wire_rules()))


def owned(source: Source, findings: Iterable[WireFinding]) -> Iterator[WireFinding]:
    """Yield `findings` on the 837 `source`, each with the claim that it belongs to.

    What stands above a claim belongs to the first claim below it; the head of a transaction and
    the envelope belong to none.
    """
    places = _claims_at(source)
    for found in findings:
        positions, accounts = places.get(found.transaction, ([], []))
        if found.claim or found.loop < "2" or not accounts:
            yield found
            continue
        if found.loop >= _CLAIM_LOOP:
            at = bisect_right(positions, found.position) - 1
        else:
            at = bisect_left(positions, found.position)
        yield replace(found, claim=accounts[min(max(at, 0), len(accounts) - 1)])


def _claims_at(source: Source) -> dict[str, tuple[list[int], list[str]]]:
    """Return where the claims of each transaction stand, and their account numbers."""
    places: dict[str, tuple[list[int], list[str]]] = {}
    control, position = "", 0
    for elements in read(source).elements():
        position += 1
        if elements[0] == "ST":
            control, position = elements[2] if len(elements) > 2 else "", 1  # noqa: PLR2004  it may lack
        elif elements[0] == "CLM" and len(elements) > 1:
            positions, accounts = places.setdefault(control, ([], []))
            positions.append(position)
            accounts.append(elements[1])
    return places


def is_said(wire: WireFinding, rules: Iterable[ClaimEdit]) -> bool:
    """Say whether one of `rules`, which found something in the claim, says the same."""
    return any(wire.id in rule.wire or _same_place(wire, rule) for rule in rules)


def _same_place(wire: WireFinding, rule: ClaimEdit) -> bool:
    if wire.severity is not Severity.ERROR or not wire.loop:
        return False
    return wire.loop in _LOOP.findall(rule.at) and wire.segment in _SEGMENT.findall(rule.at)


def is_at(place: str, rule: ClaimEdit) -> bool:
    """Say whether `place` ("item 1a, 2010BA NM109") names a loop and a segment that `rule` does."""
    same_loop = set(_LOOP.findall(place)) & set(_LOOP.findall(rule.at))
    return bool(same_loop and set(_SEGMENT.findall(place)) & set(_SEGMENT.findall(rule.at)))
