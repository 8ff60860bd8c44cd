"""The rows of the outpatient tables, as files hold them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from codinglab.codes.importers.hospital import ApcRow
from codinglab.codes.release import CodeRow

Handling = Literal[
    "apc", "conditional", "packaged", "other schedule", "cost", "inpatient", "not paid"
]
Role = Literal[
    "observation hours",
    "direct referral",
    "observation payment",
    "critical care",
    "direct referral alone",
    "device",
    "device procedure",
]
Effect = Literal[
    "bilateral",
    "terminated",
    "not discounted",
    "without device",
    "device comes off",
    "not judged",
]
Sides = Literal["conditional", "independent", "inherent"]


class StatusRow(CodeRow):
    """A status indicator in our words.

    `handling` says how Medicare pays, `wages` whether the wage index moves the payment, and
    `apart` that such a service is paid beside a comprehensive payment.
    """

    handling: Handling
    wages: bool
    apart: bool
    source: str


class ServiceRow(CodeRow):
    """What the code editor says of a procedure code.

    `apart` as above, for the one code; `no_share` that the patient owes nothing; `critical_care`
    that critical care of the same day packages it; `bilateral` how modifier 50 works.
    """

    status: str
    apc: str = ""
    apart: bool
    no_share: bool
    critical_care: bool
    bilateral: Sides | None = None
    source: str


class PaidApcRow(ApcRow):
    """An ambulatory payment classification of the starter table, with its source."""

    source: str


class FigureRow(CodeRow):
    """One figure of the payment system: its `value` and the rule it comes from."""

    value: Decimal
    source: str


class RoleRow(CodeRow):
    """A code or an APC that a rule names."""

    role: Role
    source: str


class ModifierRow(CodeRow):
    """A modifier that changes how much of a procedure is paid, or excuses a missing device.

    `label` says what one means whose effect this lab does not judge.
    """

    effect: Effect
    source: str


class DiscountRow(CodeRow):
    """Which discount formula holds, by rank on the day and by modifiers.

    `reduced_` columns are for status T, `sided` ones for procedures that modifier 50 doubles.
    """

    rank: Literal["highest", "lesser"]
    terminated: bool
    bilateral: bool
    reduced_sided: int
    reduced_other: int
    sided: int
    other: int
    source: str


class CompositeRow(CodeRow):
    """A service that is paid in the APC `composite` where two or more of its kind were done."""

    composite: str
    source: str


class InsteadRow(CodeRow):
    """The code `instead` that an outpatient hospital claim takes; `label` says why."""

    instead: str
    source: str
