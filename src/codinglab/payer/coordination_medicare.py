"""Whether a health plan pays before Medicare or after it (Medicare Secondary Payer).

Source: Social Security Act 1862(b); 42 CFR 411 subparts E to H.
"""

from __future__ import annotations

from datetime import date, timedelta

from codinglab.payer.coordination_facts import CoveredBy, MissingFact, OnMedicare
from codinglab.payer.coordination_tables import RuleRow, days_on, rule_on


def before_medicare(
    plan: CoveredBy, medicare: OnMedicare | None, day: date
) -> tuple[bool, RuleRow]:
    """Say whether `plan`, a group or individual one, pays before Medicare on `day`, and by what.

    Raises MissingFact, with the question to ask, where a fact that decides is not known.
    """
    if plan.kind != "group":
        return False, rule_on("not_group", day)
    if medicare is None:
        raise MissingFact("Why does the patient have Medicare: age, disability or renal disease?")
    if medicare.renal_from is not None and medicare.renal_from <= day:
        return _renal(plan, medicare, medicare.renal_from, day)
    return _by_work(plan, medicare, day)


def _renal(
    plan: CoveredBy, medicare: OnMedicare, renal_from: date, day: date
) -> tuple[bool, RuleRow]:
    """Judge by the months since renal disease: 42 CFR 411.162, 411.163(b)(3) and (4).

    After them Medicare is first whatever the work: renal disease takes the place of the other
    grounds (Social Security Act 1862(b)(1)(A)(iv) and (B)(iii)).
    """
    period = rule_on("esrd", day)
    assert period.number is not None
    if day >= months_after(renal_from, period.number):
        return False, rule_on("esrd_over", day)
    earlier = medicare.because != "end-stage renal disease" and medicare.since < renal_from
    if earlier and not _by_work(plan, medicare, day, renal_from)[0]:
        return False, rule_on("esrd_medicare_was_first", day)
    return True, period


def _by_work(
    plan: CoveredBy, medicare: OnMedicare, day: date, on: date | None = None
) -> tuple[bool, RuleRow]:
    """Judge by current work and the number of employees: 42 CFR 411.172 and 411.204.

    `on` is the day whose ground of Medicare counts, `day` where none is given.
    """
    if not plan.work:
        raise MissingFact(how_it_came(plan))
    if plan.work != "current":
        return False, rule_on("not_working", day)
    aged = _is_aged(medicare, on or day, day)
    if aged and plan.holder not in {"patient", "spouse"}:
        return False, rule_on("aged_other_family", day)
    large, small = ("working_aged", "small_employer") if aged else ("disabled", "disabled_small")
    rule = rule_on(large, day)
    assert rule.number is not None
    if plan.employees is None:
        raise MissingFact(
            f"How many employees has the employer of {plan.name}? {rule.number} or more decide."
        )
    return (True, rule) if plan.employees >= rule.number else (False, rule_on(small, day))


def _is_aged(medicare: OnMedicare, on: date, day: date) -> bool:
    """Say whether age is the ground of Medicare on the day `on`, by the rules of `day`.

    42 CFR 411.170(c): an age is attained on the day before the birthday, and counts from the
    first of that month.
    """
    if medicare.because == "age":
        return True
    if medicare.because == "end-stage renal disease":
        raise MissingFact("In which month did Medicare for end-stage renal disease begin?")
    if medicare.born is None:
        raise MissingFact("When was the patient born? From 65 on it is age that counts.")
    attained = medicare.born - timedelta(days=1)
    return on >= date(attained.year + days_on("aged_years", day).number, attained.month, 1)


def how_it_came(plan: CoveredBy) -> str:
    """Return the question how a group plan came about."""
    return (
        f"Does {plan.name} come from current work, or is its holder retired, laid off or on "
        "continued coverage?"
    )


def months_after(day: date, months: int) -> date:
    """Return the first day of the month that is `months` after the month of `day`."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
