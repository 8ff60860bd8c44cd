"""Financial assistance: what is forgiven by household and income, and what may be charged at most.

Income counts in percent of the HHS poverty guideline of the day (code_sets/poverty_guidelines);
the site's scale is curriculum/accounts/patient/assistance.yml. A tax-exempt hospital may not charge
whoever is eligible more than insurers allow on average: 26 CFR 1.501(r)-5(a).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from codinglab.accounts.by_hand import Hand, Money, write_off
from codinglab.accounts.journal import Entry
from codinglab.accounts.patient_policy import AssistanceRules, Site, Tier, rules_on
from codinglab.accounts.store import Store
from codinglab.codes.release import CodeRow, in_force, row_on
from codinglab.pricing.price import Step, cents

NAME = "poverty_guidelines"
CONTIGUOUS = "contiguous"
LIMIT = "26 CFR 1.501(r)-5(a)(1)"
_TENTH = Decimal("0.1")


class Guideline(CodeRow):
    """Dollars a year of the guideline for one person, and for each more."""

    one_person: Decimal
    each_more: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody who asks for help says: `day`, household members, dollars of income a year."""

    day: date
    household: int
    income: Decimal
    region: str = CONTIGUOUS


@dataclass(frozen=True, slots=True)
class Bill:
    """What is asked for: gross charges, what the patient has paid, and what is still owed."""

    charges: Decimal
    patient_paid: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Assistance:
    """What was found: the guideline, income in percent of it, and what of the bill is forgiven.

    `tier` is None where the income is above the scale. Dollars throughout; `steps` are the
    arithmetic, `refund` what an eligible patient has paid beyond the limit.
    """

    guideline: Decimal
    percent: Decimal
    tier: Tier | None
    forgiven: Decimal
    owes: Decimal
    refund: Decimal
    steps: tuple[Step, ...]


def guideline(day: date, household: int, region: str = CONTIGUOUS) -> tuple[Decimal, str]:
    """Return the poverty guideline in dollars a year, and its source.

    Raises NotInForce for a day, NotInTable for a region, that the lab has no figures for, and
    ValueError for a household without members.
    """
    if household < 1:
        raise ValueError(f"a household of {household}: count the patient too")
    row = row_on(in_force(NAME, day), "guidelines.csv", Guideline, region, day)
    return row.one_person + row.each_more * (household - 1), row.source


def assess(application: Application, bill: Bill, site: Site = "practice") -> Assistance:
    """Return what the policy of the application's day forgives of the bill.

    Raises what `guideline` raises, NotInForce without a policy, ValueError for negative dollars.
    """
    if min(application.income, bill.charges, bill.patient_paid) < 0 or bill.balance < 0:
        raise ValueError("income, charges, payments and balance are dollars of 0 or more")
    rules = rules_on("assistance", AssistanceRules, application.day, site)
    level, source = guideline(application.day, application.household, application.region)
    percent = application.income * 100 / level
    tier = next((one for one in rules.tiers if percent <= one.to_percent), None)
    steps = [
        Step("poverty guideline", f"{application.household} in the household", level, source),
    ]
    if tier is None:
        return Assistance(
            *(level, _shown(percent), None, Decimal(0), bill.balance, Decimal(0), tuple(steps))
        )
    off = cents(bill.balance * tier.forgiven)
    how = f"{bill.balance:,.2f} x {tier.forgiven}"
    steps.append(Step(f"forgiven to {tier.to_percent} percent", how, off, rules.source))
    owes, refund = _limited(bill, bill.balance - off, rules, steps)
    return Assistance(
        *(level, _shown(percent), tier, bill.balance - owes, owes, refund, tuple(steps))
    )


def _shown(percent: Decimal) -> Decimal:
    return percent.quantize(_TENTH, rounding=ROUND_HALF_UP)


def _limited(
    bill: Bill, owes: Decimal, rules: AssistanceRules, steps: list[Step]
) -> tuple[Decimal, Decimal]:
    """Return what is owed within the limit of 501(r)(5), and what was paid beyond it."""
    if rules.billed_generally is None:
        return owes, Decimal(0)
    limit = cents(bill.charges * rules.billed_generally)
    how = f"{bill.charges:,.2f} x {rules.billed_generally}"
    steps.append(Step("amounts generally billed", how, limit, LIMIT))
    room = limit - bill.patient_paid
    return max(min(owes, room), Decimal(0)), max(-room, Decimal(0))


def grant(store: Store, hand: Hand, account: str, found: Assistance, site: Site) -> Entry:
    """Enter what is forgiven as charity care; raises NotAllowed beyond the role's authority."""
    rules = rules_on("assistance", AssistanceRules, hand.day, site)
    return write_off(store, hand, Money(account, found.forgiven), rules.write_off)
