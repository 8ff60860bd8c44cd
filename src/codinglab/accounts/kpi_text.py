"""Key figures as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from codinglab.accounts.kpi import Facts, Kpi, denials_by_cause
from codinglab.accounts.kpi_books import aging, buckets
from codinglab.accounts.kpi_rules import Unit
from codinglab.accounts.policy import policy_on

_MET = {True: "met", False: "missed", None: ""}
_NAME, _CELL = 26, 12


def shown(value: Decimal | None, unit: Unit) -> str:
    """Return a value as a reader wants it: "16.2 days", "39.23 %", "cannot be told"."""
    if value is None:
        return "cannot be told"
    return f"{value} days" if unit == "days" else f"{value * 100:.2f} %"


def as_text(facts: Facts, figures: tuple[Kpi, ...]) -> str:
    """Return the figures with their targets and parts, the denials by cause, and the aging."""
    period = facts.period
    lines = [f"Key figures, {period.first} to {period.last} ({period.days} days)", ""]
    for one in figures:
        lines += _figure(one)
    lines += ["", "Denials of first decisions by cause", *_denials(facts)]
    lines += ["", "Owed by age in days from the day of service", *_aging(facts)]
    return "\n".join([*lines, "", f"Targets: {facts.rules.source}."])


def _figure(one: Kpi) -> Iterator[str]:
    told = one.definition
    goal = ""
    if told.target is not None:
        sign = "at most" if told.better == "lower" else "at least"
        goal = f"{sign} {shown(told.target, told.unit)}: {_MET[one.meets]}".rstrip(": ")
    yield f"{told.name:<{_NAME}}{shown(one.value, told.unit):>20}   {goal}".rstrip()
    parts = ", ".join(f"{name} {amount:,}" for name, amount in one.parts)
    yield f"    {told.formula}"
    yield f"    {parts}"


def _denials(facts: Facts) -> Iterator[str]:
    found = denials_by_cause(facts)
    if not found:
        yield "    none"
    for cause, (claims, dollars, rate) in found.items():
        how = f"{claims:>7,} claims{dollars:>14,.2f} dollars"
        yield f"    {cause:<{_NAME - 4}}{how}{shown(rate, 'share'):>9}"


def _aging(facts: Facts) -> Iterator[str]:
    names = buckets(policy_on(facts.period.last).aging)
    found = aging(facts.owed, facts.period.last)
    yield f"    {'':<{_NAME - 14}}" + "".join(f"{name:>{_CELL}}" for name in (*names, "all"))
    for payer in sorted({payer for payer, _ in found}):
        cells = [found.get((payer, name), Decimal(0)) for name in names]
        told = "".join(f"{cell:>{_CELL},.2f}" for cell in (*cells, sum(cells, Decimal(0))))
        yield f"    {payer or 'patient':<{_NAME - 14}}{told}"
