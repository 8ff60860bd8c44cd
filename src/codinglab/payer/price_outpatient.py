"""Lines of an outpatient hospital bill by Medicare's OPPS, or a percent of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from codinglab.codes.release import NotInTable
from codinglab.encounter.coded import ServiceLine
from codinglab.grouping.apc import group
from codinglab.grouping.apc_line import GroupedLine
from codinglab.grouping.apc_tables import tables_on
from codinglab.payer.contract_parts import Denial
from codinglab.payer.price import Allowed, Bill
from codinglab.payer.reason_tables import schedule_reason
from codinglab.pricing.outpatient import pay_lines, wage_index_of
from codinglab.pricing.outpatient_share import patient_part
from codinglab.pricing.price import Price

_PACKAGED, _OTHER = "N", "other"
_ELSEWHERE = frozenset({"other schedule", "cost"})
_OWN_ROW = frozenset({"B", "M"})
"""Status indicators that stand in the physician schedule too, with another meaning there."""


def outpatient(bill: Bill) -> Mapping[int, Allowed]:
    """Return the lines that the outpatient system pays or packages; the others are left out.

    Lines without a procedure code are packaged into those with one. Outliers are not judged.
    Raises NotInTable for a hospital that the contract does not name.
    """
    schedules, claim = bill.terms.schedules, bill.claim
    assert schedules is not None
    name = schedules.hospitals.get(claim.billing.npi)
    if name is None:
        raise NotInTable(
            f"the contract names no hospital for NPI {claim.billing.npi}; add it to schedules."
            "hospitals"
        )
    open_lines = {f"line {one.line}": one for one in bill.open()}
    day = claim.lines[0].first
    known = [one for one in bill.encounter.lines if one.place in open_lines and _has_row(one, day)]
    if not known:
        return {}
    grouped = group(known, day)
    index = wage_index_of(name, day)
    found = {}
    for paid in pay_lines(grouped, index):
        one = paid.grouped
        if one.outcome in _ELSEWHERE:
            continue
        at = open_lines[one.line.place].line
        price = Price(paid.payment, (paid.step,))
        if one.outcome == "paid":
            part, cap = patient_part(one, grouped.tables)
            found[at] = Allowed(at, "", price, part=part, cap=cap, said="; ".join(one.why))
        else:
            found[at] = Allowed(at, "", price, _told(one, day), f"{paid.step.how}")
    packaged = schedule_reason(_PACKAGED, day)
    for each in bill.open():
        if not each.code and packaged:
            why = "A revenue line without a procedure code is packaged."
            found[each.line] = Allowed(each.line, "", None, packaged.denial, why)
    return found


def _has_row(line: ServiceLine, day: date) -> bool:
    try:
        tables_on(day).at(line.day or day).service(line.code)
    except NotInTable:
        return False
    return True


def _told(one: GroupedLine, day: date) -> Denial:
    """Return how a line is told that the system packages or does not pay."""
    status = _PACKAGED if one.outcome == "packaged" else one.published
    own = f"{status}-outpatient" if status in _OWN_ROW else status
    row = schedule_reason(own, day) or schedule_reason(_OTHER, day)
    assert row is not None
    return row.denial
