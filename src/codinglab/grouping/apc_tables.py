"""What the outpatient payment system says of a code on a day: status, APC, rate, figures.

The whole Addenda A and B decide where they were imported for the day, else the starter table
does. Source: CMS OPPS Addenda A, B and D1, and the tables of the I/OCE.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from codinglab.codes.importers.hospital import ApcRow, OutpatientRow
from codinglab.codes.release import NotInTable, Release, in_force, releases, row_on, rows_on
from codinglab.grouping.apc_rows import (
    CompositeRow,
    DiscountRow,
    Effect,
    FigureRow,
    InsteadRow,
    ModifierRow,
    PaidApcRow,
    Role,
    RoleRow,
    ServiceRow,
    StatusRow,
)

STARTER, ADDENDUM_A, ADDENDUM_B = "opps", "opps_addendum_a", "opps_addendum_b"
_IMPORT = "import OPPS Addenda A and B (codinglab codes import)"


@dataclass(frozen=True, slots=True)
class Service:
    """A procedure code under the outpatient system; `marks` is None where its lists are unknown.

    `marks` holds what else the code editor's lists say of the code. A code that only an imported
    Addendum B has comes without them.
    """

    code: str
    status: str
    apc: str
    marks: ServiceRow | None
    source: str


@dataclass(frozen=True, slots=True)
class Apc:
    """An ambulatory payment classification: its status, rate and copayment in dollars.

    `copayment` is None where the table publishes none.
    """

    apc: str
    label: str
    status: str
    rate: Decimal
    copayment: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The outpatient tables in force on one day; `folder` holds the code sets."""

    day: date
    folder: Path | None = None

    def _release(self) -> Release:
        return in_force(STARTER, self.day, self.folder)

    def _imported(self, name: str) -> Release | None:
        found = releases(name, self.folder).rows
        return next((one for span, one in found if self.day in span), None)

    def service(self, code: str) -> Service:
        """Return what is known of the procedure `code`.

        Raises NotInTable, naming the release, for a code that the tables lack, and NotInForce
        when there is no table for the day.
        """
        marks = self._marks(code)
        if imported := self._imported(ADDENDUM_B):
            row = row_on(imported, "codes.csv", OutpatientRow, code, self.day)
            return Service(code, row.status, row.apc, marks, f"OPPS Addendum B, {imported}")
        if marks is None:
            raise NotInTable(
                f"{code} is not in this lab's outpatient table ({self._release()}) on {self.day}; "
                f"{_IMPORT}"
            )
        return Service(code, marks.status, marks.apc, marks, marks.source)

    def _marks(self, code: str) -> ServiceRow | None:
        try:
            return row_on(self._release(), "codes.csv", ServiceRow, code, self.day)
        except NotInTable:
            return None

    def apc(self, name: str) -> Apc:
        """Return the APC `name`, four digits; raises NotInTable where it or its rate is missing."""
        row: ApcRow
        if imported := self._imported(ADDENDUM_A):
            row, source = row_on(imported, "apcs.csv", ApcRow, name, self.day), str(imported)
        else:
            row = self._starter_apc(name)
            source = row.source
        if row.payment is None:
            raise NotInTable(f"APC {name} has no payment rate in {source}; look at its status")
        return Apc(name, row.label, row.status, row.payment, row.copayment, source)

    def _starter_apc(self, name: str) -> PaidApcRow:
        try:
            return row_on(self._release(), "apcs.csv", PaidApcRow, name, self.day)
        except NotInTable as error:
            raise NotInTable(f"APC {error}; {_IMPORT}") from None

    def status(self, name: str) -> StatusRow:
        """Return what the status indicator `name` means; raises NotInTable for another."""
        return row_on(self._release(), "statuses.csv", StatusRow, name, self.day)

    def figure(self, name: str) -> FigureRow:
        """Return the figure `name`, such as "labour_share", with its source."""
        return row_on(self._release(), "figures.csv", FigureRow, name, self.day)

    def playing(self, role: Role) -> frozenset[str]:
        """Return the codes or APCs that the rules name in that `role`."""
        rows = rows_on(self._release(), "roles.csv", RoleRow, self.day)
        return frozenset(row.code for row in rows if row.role == role)

    def modifiers(self, effect: Effect) -> frozenset[str]:
        """Return the modifiers that have that `effect` on what is paid."""
        rows = rows_on(self._release(), "modifiers.csv", ModifierRow, self.day)
        return frozenset(row.code for row in rows if row.effect == effect)

    def discounts(self) -> tuple[DiscountRow, ...]:
        """Return the table of discount formulas."""
        return rows_on(self._release(), "discounts.csv", DiscountRow, self.day)

    def composite(self, code: str) -> str | None:
        """Return the composite APC that `code` may be paid in, None where none is known."""
        rows = rows_on(self._release(), "composites.csv", CompositeRow, self.day)
        return next((row.composite for row in rows if row.code == code), None)

    def instead(self, code: str) -> InsteadRow | None:
        """Return what an outpatient hospital claim takes instead of `code`, None if not known."""
        rows = rows_on(self._release(), "instead.csv", InsteadRow, self.day)
        return next((row for row in rows if row.code == code), None)
