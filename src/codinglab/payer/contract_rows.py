"""What a file of a contract may hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from codinglab.core.tables import Row
from codinglab.encounter.circumstances import Setting
from codinglab.payer.contract import PayerKind
from codinglab.payer.contract_parts import Method
from codinglab.pricing.physician_rows import ScheduleName

DENIAL = r"^(CO|PR|OA|PI) [A-Z]?[0-9]{1,3}( [A-Z]{1,2}[0-9]{1,3})*$"
"""Group, CARC and any RARC with blanks between: "CO 16 N65"."""


class SelectorRow(Row):
    """Which services; see contract_parts.Selector."""

    codes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    settings: frozenset[Setting] = frozenset()
    places: frozenset[str] = frozenset()
    revenue: tuple[str, ...] = ()
    drgs: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()


class PriceRow(Row):
    """A price; see contract_parts.PriceRule."""

    name: str
    method: Method
    on: SelectorRow
    source: str
    lesser_of: bool
    share: Decimal | None = Field(default=None, gt=0)
    amount: Decimal | None = Field(default=None, ge=0)
    fees: dict[str, Decimal] = Field(default_factory=dict)


class StopLossRow(Row):
    """See contract_parts.StopLoss."""

    kind: Literal["first dollar", "second dollar"]
    threshold: Decimal
    share: Decimal = Field(gt=0, le=1)
    source: str


class RuleRow(Row):
    """See contract_parts.Rule."""

    name: str
    on: SelectorRow
    denial: str = Field(pattern=DENIAL)
    why: str
    source: str
    waived_in_emergency: bool = False


class LimitRow(Row):
    """See contract_parts.Limit."""

    name: str
    on: SelectorRow
    count: int = Field(ge=1)
    months: int = Field(ge=1)
    denial: str = Field(pattern=DENIAL)
    source: str


class PolicyRow(Row):
    """See contract_parts.Policy."""

    name: str
    on: SelectorRow
    diagnoses: tuple[str, ...] = Field(min_length=1)
    denial: str = Field(pattern=DENIAL)
    source: str


class OwnEditRow(Row):
    """See contract_parts.OwnEdit."""

    name: str
    code: str
    beside: frozenset[str]
    unless: frozenset[str] = frozenset()
    denial: str = Field(pattern=DENIAL)
    source: str


class InterestRow(Row):
    """See contract_parts.Interest."""

    days: int = Field(ge=0)
    rate: Decimal = Field(ge=0, le=1)
    source: str


class StayDaysRow(Row):
    """See contract_parts.StayDays."""

    first: int
    last: int
    amount: Decimal
    source: str


class SharingRow(Row):
    """See contract_parts.Sharing."""

    held_harmless: bool
    source: str
    free: frozenset[str] = frozenset()
    days: tuple[StayDaysRow, ...] = ()
    period_ends_after: int | None = Field(default=None, ge=1)
    whole: str | None = Field(default=None, pattern=DENIAL)


class SchedulesRow(Row):
    """See contract_parts.Schedules."""

    locality: str
    qualifying_apm: bool | None = None
    schedule: ScheduleName | None = None
    hospitals: dict[str, str] = Field(default_factory=dict)
    source: str


class QuirkRow(Row):
    """See contract_parts.Quirk."""

    name: str
    source: str
    value: Decimal | None = None
    codes: frozenset[str] = frozenset()


class TermsRow(Row):
    """The terms of some days; see contract.ContractTerms."""

    effective_from: date
    effective_to: date | None = None
    source: str
    decides_after: int = Field(ge=0)
    contractual: str = Field(pattern=DENIAL)
    unpriced: str = Field(pattern=DENIAL)
    sharing: SharingRow
    prices: tuple[PriceRow, ...]
    schedules: SchedulesRow | None = None
    stop_loss: StopLossRow | None = None
    authorizations: tuple[RuleRow, ...] = ()
    exclusions: tuple[RuleRow, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    policies: tuple[PolicyRow, ...] = ()
    own_edits: tuple[OwnEditRow, ...] = ()
    edits: frozenset[str] = frozenset()
    tables_of: Literal["Medicare", "Medicaid"] | None = None
    notices: bool = False
    outside: frozenset[str] = frozenset()
    referral_free: tuple[str, ...] | None = None
    interest: InterestRow | None = None
    sequestration: Decimal | None = Field(default=None, gt=0, lt=1)
    quirks: tuple[QuirkRow, ...] = ()


class ContractRow(Row):
    """The whole file."""

    payer_id: str
    kind: PayerKind
    source: str
    terms: tuple[TermsRow, ...] = Field(min_length=1)
