"""An outpatient hospital claim reviewed: status, APC and packaging of its lines, and payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData
from codinglab.course.review_money import Paid, Valuation
from codinglab.course.review_terms import PricesRow
from codinglab.encounter.coded import CodedEncounter
from codinglab.grouping.apc import Outpatient, group
from codinglab.pricing.outpatient import PaidLine, pay_lines, wage_index_of
from codinglab.pricing.price import Price, cents

SYSTEM = "Medicare outpatient prospective payment, the patient's share included"
_ELSEWHERE = frozenset({"other schedule", "cost", "open"})


@dataclass(frozen=True, slots=True)
class OutpatientClaim:
    """The lines of a claim as grouped; or `why` they could not be."""

    grouped: Outpatient | None = None
    why: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the groups for JSON, or why there are none."""
        return {"apc": self.grouped.as_json() if self.grouped else None, "why": self.why}


def outpatient(coded: CodedEncounter, day: date) -> OutpatientClaim:
    """Return the lines of `coded` with status and APC as on `day`, or why that is not known."""
    if not coded.lines:
        return OutpatientClaim(why="there is no service line")
    try:
        return OutpatientClaim(group(coded.lines, day))
    except BadData:  # a fault of the installation, not of the claim
        raise
    except (NotInForce, NotInTable, ValueError) as error:
        return OutpatientClaim(why=str(error))


def value_outpatient(one: OutpatientClaim, day: date, given: PricesRow) -> Valuation:
    """Return what the grouped lines pay at the hospital that is named, or why it is not known."""
    if one.grouped is None:
        return Valuation(SYSTEM, why=f"not grouped: {one.why}")
    if given.hospital is None:
        return Valuation(SYSTEM, why="the file does not say prices: hospital")
    try:
        paid = pay_lines(one.grouped, wage_index_of(given.hospital, day))
    except (NotInForce, NotInTable) as error:
        return Valuation(SYSTEM, why=str(error))
    return Valuation(SYSTEM, tuple(_paid(each) for each in paid))


def _paid(one: PaidLine) -> Paid:
    line, group_of = one.grouped.line, one.grouped
    code = "-".join((line.code, *line.modifiers))
    if group_of.outcome in _ELSEWHERE:
        return Paid(line.place, code, None, one.step.how)
    why = "" if group_of.outcome == "paid" else one.step.how
    return Paid(line.place, code, Price(cents(one.payment), (one.step,)), why)
