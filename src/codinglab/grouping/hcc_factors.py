"""From the raw risk score to the one that is paid: normalization and coding adjustment by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from codinglab.codes.release import CodeRow, NotInTable, Release, in_force, rows_on
from codinglab.grouping.hcc_profile import Model, Plan

SET, TABLE = "hcc_factors", "factors.csv"
_THOUSANDTH = Decimal("0.001")


class FactorRow(CodeRow):
    """How one model pays one kind of plan in a payment year.

    `normalization` divides the raw score and is blank where the lab has no source for it,
    `coding` is the adjustment for Medicare Advantage coding patterns as a fraction, `share` the
    part of the blend. `checked` says whether the figure was found in a source at hand.
    """

    model: str
    plan: Plan
    normalization: Decimal | None = None
    coding: Decimal
    share: Decimal
    checked: bool
    source: str


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A raw score made a payment score, each step with its figures.

    `normalized` and `payment` have three decimals, as CMS keeps risk scores; `checked` is that of
    the factors.
    """

    raw: Decimal
    normalization: Decimal
    coding: Decimal
    normalized: Decimal
    payment: Decimal
    checked: bool
    source: str

    def as_text(self) -> str:
        """Return the two steps with their figures."""
        mark = "" if self.checked else " (factor not checked against the announcement)"
        steps = f"{self.raw} / {self.normalization} = {self.normalized}"
        if self.coding:
            steps += f"; {self.normalized} x (1 - {self.coding}) = {self.payment}"
        return f"{steps}{mark} [{self.source}]"

    def as_json(self) -> dict[str, object]:
        """Return the steps for JSON, numbers as text."""
        names = ("raw", "normalization", "coding", "normalized", "payment")
        return {name: f"{getattr(self, name):f}" for name in names} | {
            "checked": self.checked,
            "source": self.source,
        }


def thousandths(number: Decimal) -> Decimal:
    """Return `number` rounded to three decimals, half up, as risk scores are kept."""
    return number.quantize(_THOUSANDTH, rounding=ROUND_HALF_UP)


def month_of(payment_year: int) -> date:
    """Return a day of the payment year by which releases are chosen."""
    return date(payment_year, 1, 1)


def _release(payment_year: int, folder: Path | None) -> Release:
    return in_force(SET, month_of(payment_year), folder)


def factors(payment_year: int, folder: Path | None = None) -> tuple[FactorRow, ...]:
    """Return every row of the payment year; raises NotInForce for a year the lab does not have."""
    release = _release(payment_year, folder)
    return rows_on(release, TABLE, FactorRow, month_of(payment_year))


def factor(payment_year: int, model: Model, plan: Plan, folder: Path | None = None) -> FactorRow:
    """Return the factors of `model` for `plan` in the year.

    Raises NotInTable, naming the models of that year, where the model pays no such plan then, and
    NotInForce for a year that the lab does not have.
    """
    every = factors(payment_year, folder)
    for row in every:
        if (row.model, row.plan) == (model, plan):
            return row
    used = ", ".join(f"{row.model} for {row.plan}" for row in every)
    raise NotInTable(
        f"{model} for {plan} is not in this lab's table ({_release(payment_year, folder)}): "
        f"payment year {payment_year} has {used}"
    )


def adjust(
    raw: Decimal, payment_year: int, model: Model, plan: Plan, folder: Path | None = None
) -> Adjusted:
    """Return the payment score of a `raw` score.

    The raw score is divided by the normalization factor and rounded to three decimals, multiplied
    by one minus the coding adjustment and rounded again. Source: CMS rate announcement of the
    payment year; the steps and their rounding as in riskadjustmentmodel.com, article 2.
    Raises NotInTable where the lab has no normalization factor.
    """
    row = factor(payment_year, model, plan, folder)
    if row.normalization is None:
        raise NotInTable(
            f"the normalization factor of {model} for {plan} in payment year {payment_year} is not "
            f"in this lab's table ({_release(payment_year, folder)}); look it up in {row.source}"
        )
    normalized = thousandths(raw / row.normalization)
    return Adjusted(
        raw=raw,
        normalization=row.normalization,
        coding=row.coding,
        normalized=normalized,
        payment=thousandths(normalized * (1 - row.coding)),
        checked=row.checked,
        source=row.source,
    )
