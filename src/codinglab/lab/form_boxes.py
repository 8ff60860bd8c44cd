"""What the page of a form tells of one box: its rule, why it is rejected, its place in the 837."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from codinglab.claim.form_layout import Layout
from codinglab.core.findings import Finding

_PLACE = re.compile(r"\b(?:box|item|FL) ([0-9A-Za-z-]+)")


def box_of(finding: Finding) -> str:
    """Return the box that a finding names in its place, blank where it names none."""
    found = _PLACE.search(finding.place)
    return found[1] if found else ""


def about(frame: Layout, box: str, findings: Sequence[Finding], name: str, level: int) -> str:
    """Return the section that tells of `box`, under a heading of `level`."""
    told = frame.boxes[box]
    rows = [
        ("Typed", "<samp>nothing</samp>"),
        ("Rule", escape(told.rule)),
        ("Rejected", escape(told.rejected)),
        ("In the 837", _carried(frame, box)),
        ("Source", escape(str(frame.cite(box)))),
    ]
    if findings:
        items = "".join(
            f"<li>{escape(one.severity.value)}: {escape(one.message)} {escape(one.remedy)}</li>"
            for one in findings
        )
        rows.insert(1, ("Found", f'<ul class="clf-bad">{items}</ul>'))
    listed = "".join(f"<dt>{head}</dt><dd>{text}</dd>" for head, text in rows)
    return (
        f'<section id="{name}-{escape(box)}" data-box="{escape(box)}"><h{level}>Box {escape(box)}: '
        f"{escape(told.label)}</h{level}><dl>{listed}</dl></section>"
    )


def _carried(frame: Layout, box: str) -> str:
    rows = [one for one in frame.maps[box] if one.loop]
    if not rows:
        notes = " ".join(one.note for one in frame.maps[box] if one.note)
        return escape(f"No element carries it. {notes}".strip())
    items = (
        f"<li>loop {escape(one.loop)}, <code>{escape(one.element)}</code>"
        + (f" where {escape(one.when)}" if one.when else "")
        + (f": {escape(one.note)}" if one.note else "")
        + "</li>"
        for one in rows
    )
    return f"<ul>{''.join(items)}</ul>"
