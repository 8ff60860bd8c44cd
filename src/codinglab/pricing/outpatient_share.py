"""Who pays an outpatient claim: the patient's deductible and copayments, and Medicare's part.

Source: Social Security Act 1833(t)(8); 42 CFR 419.41; Medicare Claims Processing Manual ch. 4
s. 30: the deductible comes off first, the copayment is its share of what is left, and for one
procedure it never exceeds the inpatient deductible.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codinglab.grouping.apc import Outpatient
from codinglab.grouping.apc_line import GroupedLine
from codinglab.grouping.apc_tables import Tables
from codinglab.pricing.outpatient import PaidLine, pay_lines
from codinglab.pricing.price import Price, Step, cents

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Shares:
    """What the `patient` owes of a claim and what `medicare` pays of it, after sequestration."""

    patient: Price
    medicare: Price


@dataclass(frozen=True, slots=True)
class _LineShare:
    deductible: Decimal
    copayment: Decimal
    step: Step


def shares(claim: Outpatient, wage_index: Decimal, deductible: Decimal) -> Shares:
    """Return who pays what of the `claim`.

    `deductible` is what the patient still owes of the Part B deductible this year, in dollars; it
    is taken from the lines in their order, and from no preventive service. The caps on copayments
    hold for each line; drugs given with a procedure are not added to it. Outlier payments, which
    no patient shares, and the three pints of blood are not in these sums. Raises
    ValueError for a deductible below 0.
    """
    if deductible < 0:
        raise ValueError(f"a deductible of {deductible} is below 0; give what is still owed")
    lines = [one for one in pay_lines(claim, wage_index) if one.payment]
    left, found = deductible, []
    for one in lines:
        found.append(_share(one, claim.tables, left))
        left -= found[-1].deductible
    owed = sum((one.deductible + one.copayment for one in found), _ZERO)
    total = sum((one.payment for one in lines), _ZERO)
    patient = Price(cents(owed), tuple(one.step for one in found))
    return Shares(patient, _medicare(total, owed, claim.tables))


def _share(one: PaidLine, tables: Tables, deductible: Decimal) -> _LineShare:
    """Return the patient's part of one line."""
    place, marks = one.grouped.line.place, one.grouped.service.marks
    if marks and marks.no_share:
        step = Step(place, "a preventive service: no share", _ZERO, "42 CFR 410.152(l)")
        return _LineShare(_ZERO, _ZERO, step)
    taken = min(deductible, one.payment)
    part, rule = _part(one, tables)
    whole = cents((one.payment - taken) * part)
    cap = tables.figure("inpatient_deductible")
    copayment = min(whole, cap.value)
    how = f"{taken:,.2f} + {part:f} x ({one.payment:,.2f} - {taken:,.2f})"
    if whole > cap.value:
        how = f"{how}, its copayment of {whole:,.2f} capped at {cap.value:,.2f}"
        rule = cap.source
    if marks is None:
        how = f"{how}; whether it is a preventive service is not at hand"
    return _LineShare(taken, copayment, Step(place, how, taken + copayment, rule))


def _part(one: PaidLine, tables: Tables) -> tuple[Decimal, str]:
    """Return the patient's part of a payment: that of the published copayment, 20 % at least."""
    least = tables.figure("coinsurance")
    apc = one.grouped.apc
    if apc is None or apc.copayment is None or apc.copayment / apc.rate <= least.value:
        return least.value, least.source
    return (apc.copayment / apc.rate).quantize(Decimal("0.0001")), apc.source


def patient_part(one: GroupedLine, tables: Tables) -> tuple[Decimal, Decimal | None]:
    """Return the patient's part of a paid line (a fraction of what the deductible leaves), and cap.

    The part is 0 for a preventive service, whose deductible is waived too; the cap is the most
    that is owed for one procedure, in dollars, None where the part is 0.
    """
    if one.service.marks and one.service.marks.no_share:
        return _ZERO, None
    part, _ = _part(PaidLine(one, _ZERO, Step("", "", _ZERO, "")), tables)
    return part, tables.figure("inpatient_deductible").value


def _medicare(total: Decimal, owed: Decimal, tables: Tables) -> Price:
    cut = tables.figure("sequestration")
    left = total - owed
    less = cents(cut.value * left)
    steps = (
        Step(
            "after the patient's share",
            f"{total:,.2f} - {owed:,.2f}",
            left,
            "Medicare Claims Processing Manual ch. 4 s. 30",
        ),
        Step("sequestration", f"-{cut.value} x {left:,.2f}", -less, cut.source),
    )
    return Price(cents(left - less), steps)
