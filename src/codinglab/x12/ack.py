"""Answers to what was received: a 999 for each group, a TA1 for the interchange.

A 999 says of each transaction whether it keeps X12 and its guide (SNIP 1 and 2): accepted (A),
accepted with errors (E, where all that was found are warnings) or rejected (R). It says nothing
of whether a claim is good; that is the 277CA's part. A TA1 answers the envelope alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from codinglab.core.findings import Severity
from codinglab.x12.envelope import Envelope, Transaction, wrap
from codinglab.x12.finding import WireFinding
from codinglab.x12.guide import NoGuide, envelope_shapes, guide
from codinglab.x12.names import number_at
from codinglab.x12.reading import Source
from codinglab.x12.received import GroupAnswer, TransactionAnswer, answers
from codinglab.x12.syntax import Delimiters, Segment

__all__ = ["acknowledge", "answers", "transaction"]

GUIDE = "005010X231A1"
_ELEMENT_ERROR, _SEGMENT_ERRORS = "8", "5"
_LONGEST_CONTEXT = 35
_LONGEST_LOOP, _LONGEST_VALUE, _MOST_CODES, _MOST_SEGMENTS = 4, 99, 5, 500
_OF_TRANSACTION = {
    "x12.segment_count",
    "x12.transaction_number",
    "x12.transaction_twice",
    "x12.no_guide",
}
_NO_TRAILER = "2"
_NAME = re.compile("[A-Z][A-Z0-9]{1,2}")
_SHORTEST_ID, _LONGEST_ID = 2, 15  # what both GS02 and ISA06 can carry


def _codes(found: Sequence[WireFinding], *, broken: bool) -> list[str]:
    """Return the codes of IK502 to IK506."""
    codes = [_SEGMENT_ERRORS] if broken else []
    for one in found:
        if one.id in _OF_TRANSACTION and one.error:
            codes.append(one.error)
        elif one.id == "x12.segment_missing" and one.segment == "SE":
            codes.append(_NO_TRAILER)
    return list(dict.fromkeys(codes))[:_MOST_CODES]


def _of_segments(found: Sequence[WireFinding]) -> list[WireFinding]:
    return [
        one
        for one in found
        if one.id not in _OF_TRANSACTION
        and one.segment
        and not (one.id == "x12.segment_missing" and one.segment == "SE")
    ]


def _value(text: str, marks: Delimiters) -> str:
    """Return a bad value as IK404 can carry it, blank where it cannot."""
    taken = {marks.element, marks.component, marks.repetition, marks.segment}
    fit = text.isascii() and text.isprintable() and text == text.strip() and not taken & set(text)
    return text[:_LONGEST_VALUE].rstrip() if fit else ""


def _element(one: WireFinding, version: str, kind: str, marks: Delimiters) -> Segment:
    """Return the IK4 of a fault in an element."""
    place = one.element[len(one.segment) :]
    number, _, component = place.partition("-")
    at = str(int(number))
    try:
        table = guide(version, kind)
        known = number_at(table, one.loop, one.segment, place)
    except NoGuide:
        known = ""
    position = (at, component) if component else at
    told = known if known.isdecimal() else ""
    return ("IK4", position, told, one.error, _value(one.value, marks))


def _errors(answer: TransactionAnswer, marks: Delimiters) -> Iterator[Segment]:
    """Yield IK3, CTX and IK4 for everything found in a transaction, segment by segment."""
    groups: dict[tuple[int, str, str, str], list[WireFinding]] = {}
    for one in _of_segments(answer.found)[:_MOST_SEGMENTS]:
        code = _ELEMENT_ERROR if one.element else one.error
        groups.setdefault((one.position, one.segment, one.loop, code), []).append(one)
    for (position, name, loop, code), found in groups.items():
        told = loop if len(loop) <= _LONGEST_LOOP and loop != "ST" else ""
        if not (_NAME.fullmatch(name) and code):
            continue
        yield ("IK3", name, str(position), told, code)
        if account := _value(found[0].claim, marks):
            yield ("CTX", ("CLM01", account[:_LONGEST_CONTEXT]))
        for one in found:
            if one.element:
                yield _element(one, answer.version, answer.kind, marks)


def transaction(group: GroupAnswer, control: str, marks: Delimiters) -> Transaction:
    """Return the 999 that answers `group`, numbered `control` and to be written with `marks`."""
    body: list[Segment] = [("AK1", group.kind, group.gs(6), group.gs(8))]
    for one in group.transactions:
        if not one.can_be_named:
            continue
        body.append(("AK2", one.kind, one.number, one.guide))
        errors = list(_errors(one, marks))
        body += errors
        codes = _codes(one.found, broken=bool(errors))
        if one.verdict == "R" and not codes:
            codes = [_SEGMENT_ERRORS]
        body.append(("IK5", one.verdict, *codes))
    body.append(_verdict(group))
    return Transaction("999", GUIDE, control, body)


def _verdict(group: GroupAnswer) -> Segment:
    """Return the AK9 of a group: its verdict, its counts, and its own faults."""
    received = len(group.transactions)
    verdicts = [one.verdict for one in group.transactions]
    accepted = sum(one != "R" for one in verdicts)
    faults = [one for one in group.found if one.severity is Severity.ERROR]
    if faults or (received and not accepted):
        verdict, accepted = "R", 0
    elif accepted < received:
        verdict = "P"
    else:
        verdict = "E" if "E" in verdicts or group.found else "A"
    codes = list(dict.fromkeys(one.error for one in faults if one.error))[:_MOST_CODES]
    return ("AK9", verdict, str(received), str(received), str(accepted), *codes)


def _id(text: str) -> str:
    """Return an identifier as ISA and GS can both carry it."""
    said = text.strip()
    plain = said.isascii() and said.isprintable() and not set(said) & set("*:^~")
    return (said if plain else "").ljust(_SHORTEST_ID, "0")[:_LONGEST_ID]


def _qualifier(text: str) -> str:
    """Return what an identifier is, as ISA can carry it."""
    known = envelope_shapes()["ISA"].places[4].codes
    return text if text in known else "ZZ"


def acknowledge(source: Source, name: str = "", *, when: datetime, control: int) -> str:
    """Return the answer to `source` as X12: an interchange for each one received.

    Each has a TA1 where the sender asked for one (ISA14) or the envelope is at fault, and a 999
    for each group but those of acknowledgments; where neither is due there is none. `when`
    and `control` are the time and the first control number of the answers. Raises NotX12 when
    the source is not X12 at all.
    """
    said = []
    for at, one in enumerate(answers(source, name)):
        marks = Delimiters()
        groups = [group for group in one.groups if group.kind != "FA" and group.can_be_named]
        envelope = Envelope(
            sender=_id(one.isa(8)),
            receiver=_id(one.isa(6)),
            when=when,
            control=control + at,
            usage="P" if one.isa(15) == "P" else "T",
            sender_qualifier=_qualifier(one.isa(7)),
            receiver_qualifier=_qualifier(one.isa(5)),
            delimiters=marks,
        )
        transactions = [
            transaction(group, f"{number:04}", marks) for number, group in enumerate(groups, 1)
        ]
        if transactions or one.ta1:
            said.append(wrap(envelope, transactions, [one.ta1] if one.ta1 else []))
    return "".join(said)
