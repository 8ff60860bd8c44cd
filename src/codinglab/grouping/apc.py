"""Group an outpatient hospital claim under Medicare's OPPS: status, APC, packaging, discount.

The steps stand in the order of the CMS I/OCE, one file a subject. Not handled: partial
hospitalization, mental health and brachytherapy composites, complexity adjustments, device
credits, off-campus departments (PO, PN), and edits of the claim, which `edits` judges.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codinglab.encounter.coded import ServiceLine
from codinglab.grouping.apc_composite import composites, critical_care
from codinglab.grouping.apc_comprehensive import comprehensive, observation
from codinglab.grouping.apc_discount import discounts
from codinglab.grouping.apc_line import Claim, GroupedLine, Step
from codinglab.grouping.apc_packaging import (
    beside_any,
    beside_reduced,
    by_their_apc,
    laboratory,
    the_rest,
)
from codinglab.grouping.apc_refused import inpatient_only, not_paid
from codinglab.grouping.apc_tables import Tables, tables_on
from codinglab.grouping.apc_visits import direct_referral, visits

STEPS: tuple[Step, ...] = (
    inpatient_only,
    not_paid,
    comprehensive,
    observation,
    by_their_apc,
    visits,
    direct_referral,
    critical_care,
    composites,
    beside_reduced,
    beside_any,
    laboratory,
    the_rest,
    discounts,
)


@dataclass(frozen=True, slots=True)
class Outpatient:
    """A grouped claim: its lines in their order, and `open`, what could not be judged."""

    lines: tuple[GroupedLine, ...]
    open: tuple[str, ...]
    tables: Tables

    def as_text(self) -> str:
        """Return one line of text for each service line, and what is open."""
        said = [
            f"{one.line.place}: {one.line.code} {_result(one)} ({'; '.join(one.why)})"
            for one in self.lines
        ]
        return "\n".join([*said, *(f"Not judged: {question}" for question in self.open)])

    def as_json(self) -> dict[str, object]:
        """Return the lines for JSON, amounts as text."""
        return {"lines": [_json(one) for one in self.lines], "open": list(self.open)}


def _result(one: GroupedLine) -> str:
    if one.outcome == "paid" and one.apc:
        paid = f"APC {one.apc.apc}, {one.multiple} x {one.rate:,.2f}"
        return f"{one.published} > {one.status}, {paid}"
    if one.outcome == "packaged":
        return f"{one.published} > N, packaged" + (f" into {one.into}" if one.into else "")
    return f"{one.published}, {one.outcome}"


def _json(one: GroupedLine) -> dict[str, object]:
    return {
        "place": one.line.place,
        "code": one.line.code,
        "published": one.published,
        "status": one.status,
        "apc": one.apc.apc if one.apc else None,
        "rate": f"{one.rate:f}" if one.apc else None,
        "units": one.units,
        "times": one.multiple,
        "outcome": one.outcome,
        "into": one.into or None,
        "why": list(one.why),
    }


def group(lines: Iterable[ServiceLine], day: date, folder: Path | None = None) -> Outpatient:
    """Return the claim of `lines` grouped by the rules of `day`, which a line without its own has.

    Code and rate of a line are those of its own day. `folder` holds the code sets. Raises
    ValueError for a line without units, NotInTable for a code or APC that the tables lack, naming
    them, and NotInForce when there is no table for a day.
    """
    tables = tables_on(day, folder)
    claim = Claim(tuple(_taken(line, day, tables) for line in lines))
    for step in STEPS:
        claim = step(claim, tables)
    return Outpatient(claim.lines, claim.open, tables)


def _taken(line: ServiceLine, day: date, tables: Tables) -> GroupedLine:
    if not line.units:
        raise ValueError(f"{line.place}: {line.code} has no units; write x1, or as many as done")
    when = line.day or day
    service = tables.at(when).service(line.code)
    return GroupedLine(line, when, line.units, service, service.status)
