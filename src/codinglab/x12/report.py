"""Faults of elements and places told as findings, in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from codinglab.core.findings import Severity
from codinglab.x12.facts import LoopNode, SegmentNode
from codinglab.x12.faults import Fault
from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import Loop
from codinglab.x12.names import element_name, loop_name, number_of, segment_name
from codinglab.x12.walk import Misplaced

_CLAIMS = {"2300": "CLM", "2100": "CLP"}
"""The loops whose first segment begins with the patient control number."""


def claim_of(chain: Sequence[Loop]) -> str:
    """Return the patient control number of the claim that is open, blank where none is."""
    for loop in chain:
        if (first := _CLAIMS.get(loop.id)) and loop.segments:
            head = loop.segments[0]
            if head.name == first:
                return head.get(1)
    return ""


def of_element(
    fault: Fault, node: SegmentNode, position: int, transaction: str, claim: str
) -> WireFinding:
    """Return the finding of a fault in an element of a segment at `node`."""
    place = node.name + fault.at
    name = element_name(node.name, fault.at, number_of(node, fault.at))
    return WireFinding(
        fault.id,
        fault.snip,
        f"{place} ({name}) {fault.message}." if name else f"{place} {fault.message}.",
        fault.remedy,
        transaction,
        position,
        node.loop.id,
        node.name,
        place,
        fault.value,
        claim,
        fault.error,
        fault.severity,
        fault.cite,
    )


def of_place(fault: Misplaced, kind: str, transaction: str, claim: str) -> WireFinding:
    """Return the finding of a segment or loop that is missing, misplaced or too many."""
    message, remedy, loop = _WORDS[fault.id](fault, kind)
    return WireFinding(
        fault.id,
        fault.snip,
        message,
        remedy,
        transaction,
        fault.position,
        loop,
        fault.name,
        "",
        fault.value,
        claim,
        fault.error,
        Severity.ERROR,
    )


def _loop(kind: str, loop: str) -> str:
    name = loop_name(kind, loop)
    return f"loop {loop} ({name})" if name else f"loop {loop}"


def _segment(fault: Misplaced) -> str:
    qualifier = fault.value
    if isinstance(fault.node, SegmentNode) and len(fault.node.qualifiers) == 1:
        qualifier = next(iter(fault.node.qualifiers))
    name = segment_name(fault.name, qualifier)
    told = f"{fault.name} {qualifier}".strip()
    return f"{told} ({name})" if name else told


def _missing_segment(fault: Misplaced, kind: str) -> tuple[str, str, str]:
    loop = fault.loop.id
    return (
        f"{_loop(kind, loop)} has no {_segment(fault)} segment; the guide requires it.",
        "Add it at its place in the loop.",
        loop,
    )


def _missing_loop(fault: Misplaced, kind: str) -> tuple[str, str, str]:
    assert isinstance(fault.node, LoopNode)
    inner, outer = fault.node.id, fault.loop.id
    return (
        f"{_loop(kind, outer)} has no {_loop(kind, inner)}; the guide requires it.",
        f"Add it; it begins with {fault.name}.",
        inner,
    )


def _too_often(fault: Misplaced, kind: str) -> tuple[str, str, str]:
    loop = fault.loop.id
    return (
        f"{_segment(fault)} stands more than {fault.often} times in {_loop(kind, loop)}.",
        f"Keep at most {fault.often}.",
        loop,
    )


def _loop_too_often(fault: Misplaced, kind: str) -> tuple[str, str, str]:
    assert isinstance(fault.node, LoopNode)
    inner = fault.node.id
    outer = _loop(kind, fault.loop.id)
    return (
        f"{_loop(kind, inner)} stands more than {fault.often} times in {outer}.",
        f"Keep at most {fault.often}.",
        inner,
    )


def _order(fault: Misplaced, kind: str) -> tuple[str, str, str]:
    assert isinstance(fault.node, SegmentNode)
    loop = fault.node.loop.id
    return (
        f"{_segment(fault)} comes too late in {_loop(kind, loop)}.",
        "Move it to its place; or is the segment missing that begins a new loop here?",
        loop,
    )


def _unexpected(fault: Misplaced, kind: str) -> tuple[str, str, str]:
    loop = fault.loop.id
    return (
        f"{_segment(fault)} has no place in {_loop(kind, loop)}, nor in what may follow.",
        "Move it to its loop or take it out; is a segment before it missing?",
        loop,
    )


def _unknown(fault: Misplaced, kind: str) -> tuple[str, str, str]:
    return (
        f"{fault.name[:20]!r} is no segment of the guide {kind}.",
        "Correct its name or take it out.",
        fault.loop.id,
    )


_WORDS = {
    "x12.segment_missing": _missing_segment,
    "x12.loop_missing": _missing_loop,
    "x12.segment_too_often": _too_often,
    "x12.loop_too_often": _loop_too_often,
    "x12.segment_order": _order,
    "x12.segment_unexpected": _unexpected,
    "x12.segment_unknown": _unknown,
}
