"""The rates and hospitals by which an inpatient stay is paid: dated rows, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from codinglab.codes.release import CodeRow, in_force, row_on, rows_on

RATES, HOSPITALS = "ipps_rates", "teaching_hospitals"


class RateRow(CodeRow):
    """One figure of the payment system: its `value` and the rule it comes from."""

    value: Decimal
    source: str


class DrgRule(CodeRow):
    """An MS-DRG with a payment rule of its own."""

    rule: Literal["burns", "no transfer cut"]


class Hospital(CodeRow):
    """What Medicare's provider specific file says of a hospital; the lab's hospitals are made up.

    Cost-to-charge ratios turn charges into costs. `residents_to_beds` and `residents_to_days` are
    ratios for the teaching adjustments, the two `low_income` fields the disproportionate share
    adjustments as fractions, `uncompensated_care` dollars a stay, `value_purchasing` and
    `readmissions` factors of the base operating payment.
    """

    wage_index: Decimal
    operating_cost_to_charge: Decimal
    capital_cost_to_charge: Decimal
    residents_to_beds: Decimal
    residents_to_days: Decimal
    operating_low_income: Decimal
    capital_low_income: Decimal
    uncompensated_care: Decimal
    value_purchasing: Decimal
    readmissions: Decimal
    acquired_reduction: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """The figures in force on one day, by name."""

    rows: dict[str, RateRow]
    rules: dict[str, str]

    def value(self, name: str) -> Decimal:
        """Return the figure `name`, such as "capital_rate"."""
        return self.rows[name].value

    def source(self, *names: str) -> str:
        """Return the sources of the figures `names`, each once."""
        return "; ".join(dict.fromkeys(self.rows[name].source for name in names))


def rates_on(discharged: date, folder: Path | None = None) -> Rates:
    """Return the rates for a patient `discharged` on that day; raises NotInForce without any."""
    release = in_force(RATES, discharged, folder)
    return Rates(
        {row.code: row for row in rows_on(release, "rates.csv", RateRow, discharged)},
        {row.code: row.rule for row in rows_on(release, "drgs.csv", DrgRule, discharged)},
    )


def hospital(name: str, discharged: date, folder: Path | None = None) -> Hospital:
    """Return the made-up hospital `name` as on that day; raises NotInTable or NotInForce."""
    release = in_force(HOSPITALS, discharged, folder)
    return row_on(release, "hospitals.csv", Hospital, name, discharged)
