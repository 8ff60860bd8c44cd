"""The simulated payers: whom they insure, what their plans pay, and which claims they have.

All of them are invented. curriculum/payers/members holds one file a payer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.claim.parties import Payer, Person


@dataclass(frozen=True, slots=True)
class Benefit:
    """One thing that a plan says of a kind of service.

    `kind` is X12 element 1390: A the patient's share as a fraction (`share` 0.20), B a fixed
    amount, C deductible, F limit, G most that the patient pays, I not a benefit, 1 covered.
    `service` is the service type (element 1365, 30 the plan as a whole), `level` IND or FAM,
    `network` Y in the plan's network, N outside, blank where it makes no difference. `period` is
    element 615 (23 calendar year, 27 visit). `amount` is in dollars, `visits` a number of visits.
    `authorization` says that the service must be authorized before.
    """

    kind: str
    service: str
    level: str = ""
    network: str = ""
    period: str = ""
    amount: Decimal | None = None
    share: Decimal | None = None
    visits: int | None = None
    authorization: bool = False
    message: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan by its `name`; `insurance` is X12 element 1336 (HM, PR ...)."""

    name: str
    insurance: str
    benefits: tuple[Benefit, ...]


@dataclass(frozen=True, slots=True)
class Dependent:
    """A person insured through the member; `relationship` is X12 element 1069 (01, 19 ...).

    `left` is what remains of the person's own deductibles and maxima, None where only the member's
    are told.
    """

    person: Person
    relationship: str
    left: tuple[Benefit, ...] | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A subscriber and the people insured with him or her.

    `last_day` is the last day of the coverage, None while it goes on. `left` is what remains of
    deductibles and maxima. `first_payer` pays before this one, None where this one is first.
    """

    member_id: str
    person: Person
    plan: Plan
    starts: date
    last_day: date | None = None
    group_number: str = ""
    dependents: tuple[Dependent, ...] = ()
    left: tuple[Benefit, ...] = ()
    first_payer: Payer | None = None

    def covered_on(self, day: date) -> bool:
        """Say whether the coverage is in force on `day`."""
        return self.starts <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Status:
    """What the payer says of a claim from `day` on.

    `category` and `code` are of the code sets claim_status_categories and claim_status_codes,
    `entity` (X12 element 98) names whom the code is about. `paid` is in dollars; `check` and
    `check_day` are those of the payment.
    """

    day: date
    category: str
    code: str
    entity: str = ""
    paid: Decimal | None = None
    check: str = ""
    check_day: date | None = None


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim that the payer has: `number` is the payer's own, `account` the provider's."""

    number: str
    account: str
    member_id: str
    born: date
    first: date
    last: date
    charge: Decimal
    statuses: tuple[Status, ...]

    def on(self, day: date) -> Status | None:
        """Return its status on `day`, None before the payer had it."""
        return max(
            (one for one in self.statuses if one.day <= day),
            key=lambda one: one.day,
            default=None,
        )


@dataclass(frozen=True, slots=True)
class SimulatedPayer:
    """A payer that answers questions.

    `trace_id` is its own identifier in a trace number: 1 and its nine-digit tax number.
    `months_back` says how far back it may be asked.
    """

    payer: Payer
    trace_id: str
    months_back: int
    members: tuple[Member, ...]
    claims: tuple[KnownClaim, ...]

    def member(self, member_id: str) -> Member | None:
        """Return the member with that number, None where there is none."""
        return next((one for one in self.members if one.member_id == member_id), None)
