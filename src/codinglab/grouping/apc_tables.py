"""What the outpatient payment system says of a code on a day: status, APC, rate, figures.

The whole Addenda A and B decide where they were imported for the day, else the starter table
does. Source: CMS OPPS Addenda A, B and D1, and the tables of the I/OCE.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from codinglab.codes.importers.hospital import ApcRow, OutpatientRow
from codinglab.codes.release import (
    CodeRow,
    NotInTable,
    Release,
    in_force,
    releases,
    row_on,
    rows_on,
)
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
class _Starter:
    """The starter table as in force on one day, by code."""

    services: Mapping[str, ServiceRow]
    apcs: Mapping[str, PaidApcRow]
    statuses: Mapping[str, StatusRow]
    figures: Mapping[str, FigureRow]
    roles: Mapping[str, frozenset[str]]
    effects: Mapping[str, frozenset[str]]
    unjudged: Mapping[str, str]
    discounts: tuple[DiscountRow, ...]
    composites: Mapping[str, str]
    instead: Mapping[str, InsteadRow]


R = TypeVar("R", bound=CodeRow)


@lru_cache(maxsize=64)
def _starter(release: Release, _hashes: tuple[str, ...], day: date) -> _Starter:
    def by_code(table: str, model: type[R]) -> dict[str, R]:
        return {row.code: row for row in rows_on(release, table, model, day)}

    roles: dict[str, frozenset[str]] = {}
    for role in rows_on(release, "roles.csv", RoleRow, day):
        roles[role.role] = roles.get(role.role, frozenset()) | {role.code}
    effects: dict[str, frozenset[str]] = {}
    marks = rows_on(release, "modifiers.csv", ModifierRow, day)
    for one in marks:
        effects[one.effect] = effects.get(one.effect, frozenset()) | {one.code}
    return _Starter(
        services=by_code("codes.csv", ServiceRow),
        apcs=by_code("apcs.csv", PaidApcRow),
        statuses=by_code("statuses.csv", StatusRow),
        figures=by_code("figures.csv", FigureRow),
        roles=roles,
        effects=effects,
        unjudged={one.code: one.label for one in marks if one.effect == "not judged"},
        discounts=rows_on(release, "discounts.csv", DiscountRow, day),
        composites={
            code: row.composite for code, row in by_code("composites.csv", CompositeRow).items()
        },
        instead=by_code("instead.csv", InsteadRow),
    )


@dataclass(frozen=True, slots=True)
class Tables:
    """The outpatient tables in force on one `day`; `tables_on` finds them."""

    day: date
    release: Release
    starter: _Starter
    addendum_a: Release | None
    addendum_b: Release | None
    folder: Path | None = None

    def at(self, day: date) -> Tables:
        """Return the tables in force on another `day` of the claim; raises NotInForce."""
        return self if day == self.day else tables_on(day, self.folder)

    def service(self, code: str) -> Service:
        """Return what is known of the procedure `code`.

        Raises NotInTable, naming the release, for a code that the tables lack.
        """
        marks = self.starter.services.get(code)
        if self.addendum_b:
            row = row_on(self.addendum_b, "codes.csv", OutpatientRow, code, self.day)
            source = f"OPPS Addendum B, {self.addendum_b}"
            return Service(code, row.status, row.apc, marks, source)
        if marks is None:
            raise NotInTable(
                f"{code} is not in this lab's outpatient table ({self.release}) on {self.day}; "
                f"{_IMPORT}"
            )
        return Service(code, marks.status, marks.apc, marks, marks.source)

    def apc(self, name: str) -> Apc:
        """Return the APC `name`, four digits; raises NotInTable where it or its rate is missing."""
        row: ApcRow
        if self.addendum_a:
            row = row_on(self.addendum_a, "apcs.csv", ApcRow, name, self.day)
            source = f"OPPS Addendum A, {self.addendum_a}"
        else:
            row = self._starter_apc(name)
            source = row.source
        if row.payment is None:
            raise NotInTable(f"APC {name} has no payment rate in {source}; look at its status")
        return Apc(name, row.label, row.status, row.payment, row.copayment, source)

    def _starter_apc(self, name: str) -> PaidApcRow:
        row = self.starter.apcs.get(name)
        if row is None:
            raise NotInTable(
                f"APC {name or 'of this code'} is not in this lab's outpatient table "
                f"({self.release}) on {self.day}; {_IMPORT}"
            )
        return row

    def status(self, name: str) -> StatusRow:
        """Return what the status indicator `name` means; raises NotInTable for another."""
        row = self.starter.statuses.get(name)
        if row is None:
            raise NotInTable(f"status indicator {name!r} is not told in {self.release}")
        return row

    def figure(self, name: str) -> FigureRow:
        """Return the figure `name`, such as "labour_share", with its source."""
        return self.starter.figures[name]

    def playing(self, role: Role) -> frozenset[str]:
        """Return the codes or APCs that the rules name in that `role`."""
        return self.starter.roles.get(role, frozenset())

    def modifiers(self, effect: Effect) -> frozenset[str]:
        """Return the modifiers that have that `effect` on what is paid."""
        return self.starter.effects.get(effect, frozenset())

    def unjudged(self, modifier: str) -> str | None:
        """Return what `modifier` means where it changes payment and this lab does not judge it."""
        return self.starter.unjudged.get(modifier)

    def discounts(self) -> tuple[DiscountRow, ...]:
        """Return the table of discount formulas."""
        return self.starter.discounts

    def composite(self, code: str) -> str | None:
        """Return the composite APC that `code` may be paid in, None where none is known."""
        return self.starter.composites.get(code)

    def instead(self, code: str) -> InsteadRow | None:
        """Return what an outpatient hospital claim takes instead of `code`, None if not known."""
        return self.starter.instead.get(code)


def tables_on(day: date, folder: Path | None = None) -> Tables:
    """Return the outpatient tables in force on `day`; raises NotInForce when there are none.

    `folder` holds the code sets (the installation's own and imported ones by default).
    """
    release = in_force(STARTER, day, folder)
    starter = _starter(release, tuple(release.info.tables.values()), day)
    rates, codes = (_imported(name, day, folder) for name in (ADDENDUM_A, ADDENDUM_B))
    return Tables(day, release, starter, rates, codes, folder)


def _imported(name: str, day: date, folder: Path | None) -> Release | None:
    found = releases(name, folder).rows
    return next((one for span, one in found if day in span), None)
