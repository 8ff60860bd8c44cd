"""The parts of a contract: which services a term is about, and what it says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from codinglab.claim.adjudicated import Group
from codinglab.payer.service import Service
from codinglab.pricing.physician_rows import ScheduleName

Method = Literal[
    "physician schedule",
    "laboratory schedule",
    "equipment schedule",
    "outpatient system",
    "inpatient system",
    "fee list",
    "percent of charge",
    "per diem",
    "case rate",
    "weight rate",
]
"""How a rule of prices counts; "weight rate" is a base amount times the weight of the DRG."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Which services a term is about: whatever is not empty must hold of the service.

    `codes` are procedure codes, `kinds` kinds of service ("visit", "laboratory"), `settings` whose
    bill it is, `places` places of service, `revenue` beginnings of revenue codes, `drgs` MS-DRGs,
    `modifiers` any one of which the line carries. `plans` are names of plans.
    """

    codes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    revenue: tuple[str, ...] = ()
    drgs: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()

    def takes(self, one: Service) -> bool:
        """Say whether the term is about that service."""
        return (
            (not self.settings or one.setting in self.settings)
            and (not self.codes or one.code in self.codes)
            and (not self.kinds or one.kind in self.kinds)
            and (not self.places or one.place in self.places)
            and (not self.revenue or one.revenue.startswith(self.revenue))
            and (not self.drgs or one.drg in self.drgs)
            and (not self.modifiers or not self.modifiers.isdisjoint(one.modifiers))
            and (not self.plans or one.plan in self.plans)
        )


@dataclass(frozen=True, slots=True)
class Denial:
    """How a refused service is told: group, CARC and the RARC that explain it."""

    group: Group
    carc: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceRule:
    """What the contract says that a service, or a whole stay, is worth.

    `share` multiplies the schedule or the charge (1.20 is 120 percent), `amount` is dollars for a
    day (per diem), a case, or a weight of 1. `fees` are dollars a unit by code. With `lesser_of`
    the charge is never exceeded. A rule of a stay that names `revenue` in its selector is a
    carve-out: it pays those lines beside the rest.
    """

    name: str
    method: Method
    on: Selector
    source: str
    lesser_of: bool
    share: Decimal | None = None
    amount: Decimal | None = None
    fees: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StopLoss:
    """What is paid where the charges of a stay exceed `threshold` dollars.

    "first dollar" pays `share` of all charges instead; "second dollar" pays `share` of the charges
    above the threshold beside the contract's price.
    """

    kind: Literal["first dollar", "second dollar"]
    threshold: Decimal
    share: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A term about services that says why they are refused: an exclusion or an authorization.

    `waived_in_emergency` holds for what must be authorized: an emergency needs no asking before.
    """

    name: str
    on: Selector
    denial: Denial
    why: str
    source: str
    waived_in_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """No more than `count` services within `months` (calendar months back from the service)."""

    name: str
    on: Selector
    count: int
    months: int
    denial: Denial
    source: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A coverage policy: the services are necessary for diagnoses that begin as `diagnoses` say."""

    name: str
    on: Selector
    diagnoses: tuple[str, ...]
    denial: Denial
    source: str


@dataclass(frozen=True, slots=True)
class OwnEdit:
    """An edit of the payer's own: `code` is not paid beside any of `beside` on one day.

    One of the modifiers `unless` on the line lifts it.
    """

    name: str
    code: str
    beside: frozenset[str]
    unless: frozenset[str]
    denial: Denial
    source: str


@dataclass(frozen=True, slots=True)
class Interest:
    """Interest of a clean claim that is paid later than `days` after receipt; `rate` a year."""

    days: int
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class StayDays:
    """What the patient owes for each day of a benefit period from day `first` to day `last`."""

    first: int
    last: int
    amount: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the patient may owe.

    With `held_harmless` nothing is ever the patient's (`why` and `source` say by which rule).
    Services of the types `free` (X12 element 1365) bear no deductible, coinsurance or copayment.
    `days` are the daily amounts of a long stay, counted in benefit periods that end after so many
    days outside (`period_ends_after`; the day of discharge is the first). `whole` tells all that
    is allowed as the patient's, as for somebody without insurance.
    """

    held_harmless: bool
    source: str
    free: frozenset[str] = frozenset()
    days: tuple[StayDays, ...] = ()
    period_ends_after: int | None = None
    whole: Denial | None = None


@dataclass(frozen=True, slots=True)
class Schedules:
    """By whose schedules a percent of Medicare is counted.

    `locality` and `schedule` are those of `pricing.physician_terms.Terms`, `hospitals` name the
    lab's hospital by the billing provider's NPI.
    """

    locality: str
    qualifying_apm: bool | None
    schedule: ScheduleName | None
    hospitals: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Quirk:
    """A habit of this payer alone, by its name (`payer.quirks`), with its figure and codes."""

    name: str
    source: str
    value: Decimal | None = None
    codes: frozenset[str] = frozenset()
