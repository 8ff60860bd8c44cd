"""Code sets of an institutional claim (SNIP 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_lists import on_list
from codinglab.claim.snip_claim import bill_of, is_stay
from codinglab.claim.snip_codes import pcs_fault, table_fault
from codinglab.claim.snip_rule import INSTITUTIONAL, Spot, WireRule, wire_rule
from codinglab.claim.snip_view import WireClaim, written
from codinglab.codes.billing import (
    CONDITION_CODES,
    DISCHARGE_STATUS,
    FACILITIES,
    OCCURRENCE_CODES,
    OCCURRENCE_SPANS,
    REVENUE_CODES,
    VALUE_CODES,
)
from codinglab.codes.code_set import CodeSet
from codinglab.codes.poa import poa_exempt
from codinglab.codes.poa_required import poa_required
from codinglab.codes.release import CodeRow
from codinglab.core.findings import Severity

_LOOK = "Look it up in the UB-04 manual of the day."
_HOSPITAL = (INSTITUTIONAL,)
_BILL = "A"
_POA_AT = 9


@wire_rule(
    "code.pcs",
    5,
    "Build it again from its table, on the day of discharge.",
    source="45 CFR 162.1002(c); UB-04 FL 74",
    kinds=_HOSPITAL,
)
def pcs(view: WireClaim) -> Iterator[Spot]:
    """An ICD-10-PCS code (BBR, BBQ) is in force at discharge.

    Seven characters, each legal in its table.
    """
    day = view.last_day
    for one in view.coded("BBR", "BBQ") if day else ():
        if day and (found := pcs_fault(one.code, day)):
            yield Spot(view.loop, one.segment, one.element(2), one.code, *found)


@wire_rule("code.bill-type", 5, _LOOK, source="UB-04 FL 4; 837I 2300 CLM05-1", kinds=_HOSPITAL)
def bill_type(view: WireClaim) -> Iterator[Spot]:
    """CLM05-1 with qualifier A is the first digits of a type of bill.

    The zero in front of them is left out on the wire.
    """
    day = view.last_day
    if (
        day
        and view.head.part(5, 2) == _BILL
        and (found := table_fault(FACILITIES, bill_of(view), day))
    ):
        yield Spot(view.loop, view.head, "CLM05-1", view.place, *found)


@wire_rule(
    "code.discharge-status",
    5,
    "Take it from the discharge summary.",
    source="UB-04 FL 17; 837I 2300 CL103",
    kinds=_HOSPITAL,
)
def status(view: WireClaim) -> Iterator[Spot]:
    """CL103 is one of the published discharge statuses.

    It decides whether a stay is paid as a transfer.
    """
    day, one = view.last_day, view.loop.first("CL1")
    if day and one and one.get(3) and (found := table_fault(DISCHARGE_STATUS, one.get(3), day)):
        yield Spot(view.loop, one, "CL103", one.get(3), *found)


@wire_rule("code.revenue", 5, _LOOK, source="UB-04 FL 42; 837I 2400 SV201", kinds=_HOSPITAL)
def revenue(view: WireClaim) -> Iterator[Spot]:
    """SV201 is a revenue code of four digits.

    The lab holds a starter set; another of the right shape is a warning.
    """
    for line in view.lines:
        day, code = line.day or view.last_day, line.service.get(1)
        if day and code and (found := table_fault(REVENUE_CODES, code, day)):
            yield Spot(line.loop, line.service, "SV201", code, *found)


def _of_hi(name: str, qualifier: str, table: CodeSet[CodeRow], what: str, locator: str) -> WireRule:
    """Return the rule that the codes under one qualifier of HI stand in their table."""

    def find(view: WireClaim) -> Iterator[Spot]:
        day: date | None = view.last_day
        for one in view.coded(qualifier) if day else ():
            if day and (found := table_fault(table, one.code, day)):
                yield Spot(view.loop, one.segment, one.element(2), one.code, *found)

    find.__doc__ = f"""{what} are of the published list.

    The lab holds a starter set; another of the right shape is a warning.
    """
    source = f"UB-04 {locator}; 837 2300 HI {qualifier}"
    return wire_rule(name, 5, _LOOK, source=source)(find)


condition = _of_hi("code.condition", "BG", CONDITION_CODES, "Condition codes", "FL 18-28")
occurrence = _of_hi("code.occurrence", "BH", OCCURRENCE_CODES, "Occurrence codes", "FL 31-34")
span = _of_hi("code.span", "BI", OCCURRENCE_SPANS, "Occurrence spans", "FL 35-36")
value = _of_hi("code.value", "BE", VALUE_CODES, "Value codes", "FL 39-41")


@wire_rule(
    "code.poa",
    5,
    "Write Y, N, U or W in the ninth component, or nothing for an exempt code.",
    source="ICD-10-CM guidelines, Appendix I; 837I 2300 HI",
    kinds=_HOSPITAL,
)
def poa(view: WireClaim) -> Iterator[Spot]:
    """Each diagnosis of a stay says whether it was present on admission, or is exempt.

    A warning where the lab does not know whether the code is exempt.
    """
    day = view.last_day
    if day is None or not is_stay(view):
        return
    asked = on_list("needs present on admission", bill_of(view), day)
    for one in view.coded("ABK", "ABF", "ABN"):
        code = written(one.code)
        told = one.parts[_POA_AT - 1] if len(one.parts) >= _POA_AT else ""
        place = view.loop, one.segment, one.element(_POA_AT), told
        if told and poa_exempt(code, day):
            yield Spot(*place, f"{code} is exempt, and has {told}.", Severity.WARNING)
        elif asked and not told and (due := poa_required(code, day)) is not False:
            message = f"{code} has no present on admission indicator."
            yield Spot(*place, message, Severity.ERROR if due else Severity.WARNING)


RULES = (
    *(pcs, bill_type, status, revenue),
    *(condition, occurrence, span, value, poa),
)
