"""Financial assistance: what is forgiven by household and income, and what may be charged at most.

Income counts in percent of the HHS poverty guideline of the day (code_sets/poverty_guidelines);
the site's scale is curriculum/accounts/patient/assistance.yml. A tax-exempt hospital may not charge
whoever is eligible more than insurers allow on average, 26 CFR 1.501(r)-5(a), and gives back what
he has paid beyond his own part: 26 CFR 1.501(r)-6(c)(6)(i)(C)(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from codinglab.accounts.patient_policy import AssistanceRules, Site, Tier, rules_on
from codinglab.accounts.patient_rules import rule
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
    """What somebody who asks for help says: `day`, household members, dollars of income a year.

    `region` is a row of the guidelines: "contiguous", "alaska" or "hawaii".
    """

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
    arithmetic, `refund` what a hospital gives back of what an eligible patient has paid.
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

    A practice forgives a part of what is still owed. A tax-exempt hospital determines what the
    patient is responsible for of the whole care: the share that is not forgiven of all that fell to
    him, paid or not, and no more than the limit. Raises what `guideline` raises, NotInForce without
    a policy, ValueError for negative dollars and for a fraction of a cent.
    """
    if min(application.income, bill.charges, bill.patient_paid) < 0 or bill.balance < 0:
        raise ValueError("income, charges, payments and balance are dollars of 0 or more")
    for one in (bill.charges, bill.patient_paid, bill.balance):
        if one != cents(one):
            raise ValueError(f"{one} is no whole number of cents; round it first")
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
    asked = _of_all if rules.billed_generally is not None else _of_balance
    owes, refund = asked(application, bill, tier, rules, steps)
    return Assistance(
        *(level, _shown(percent), tier, bill.balance - owes, owes, refund, tuple(steps))
    )


def _shown(percent: Decimal) -> Decimal:
    return percent.quantize(_TENTH, rounding=ROUND_HALF_UP)


def _of_balance(
    _: Application, bill: Bill, tier: Tier, rules: AssistanceRules, steps: list[Step]
) -> tuple[Decimal, Decimal]:
    """Return what is still owed where a part of the balance is forgiven; nothing goes back."""
    return bill.balance - _forgiven(bill.balance, tier, rules, steps), Decimal(0)


def _of_all(
    application: Application, bill: Bill, tier: Tier, rules: AssistanceRules, steps: list[Step]
) -> tuple[Decimal, Decimal]:
    """Return what is still owed of the patient's own part of the care, and what goes back.

    What was paid beyond that part goes back, unless it is less than the least sum of the rule.
    """
    assert rules.billed_generally is not None
    whole = bill.balance + bill.patient_paid
    limit = cents(bill.charges * rules.billed_generally)
    part = min(whole - _forgiven(whole, tier, rules, steps), limit)
    how = f"{bill.charges:,.2f} x {rules.billed_generally}"
    steps.append(Step("amounts generally billed", how, limit, LIMIT))
    beyond = bill.patient_paid - part
    if beyond <= 0:
        return min(-beyond, bill.balance), Decimal(0)
    least = rule("refund_least", application.day)
    back = beyond if beyond >= least.value else Decimal(0)
    how = f"{bill.patient_paid:,.2f} paid - {part:,.2f} of his own = {beyond:,.2f}"
    steps.append(Step(f"given back from {least.value} on", how, back, least.source))
    return Decimal(0), back


def _forgiven(amount: Decimal, tier: Tier, rules: AssistanceRules, steps: list[Step]) -> Decimal:
    off = cents(amount * tier.forgiven)
    how = f"{amount:,.2f} x {tier.forgiven}"
    steps.append(Step(f"forgiven to {tier.to_percent} percent", how, off, rules.source))
    return off
