"""The comparison of ways of paying as DataFrames and as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from codinglab.accounts.value_based import Compared

if TYPE_CHECKING:
    import pandas as pd


def compared_frame(found: Iterable[Compared]) -> pd.DataFrame:
    """Return a row for each way of paying: income, cost, what is left, one visit more."""
    import pandas as pd

    return pd.DataFrame(
        {
            "model": one.model,
            "income": float(one.income.amount),
            "cost": float(one.cost),
            "left": float(one.left),
            "one_visit": float(one.one_visit),
        }
        for one in found
    )


def steps_frame(found: Iterable[Compared]) -> pd.DataFrame:
    """Return every step of every way of paying, with its arithmetic and source."""
    import pandas as pd

    return pd.DataFrame(
        {
            "model": one.model,
            "step": step.what,
            "how": step.how,
            "amount": float(step.amount),
            "source": step.source,
        }
        for one in found
        for step in one.income.steps
    )


def as_text(found: Iterable[Compared]) -> str:
    """Return the comparison side by side, and then each step."""
    every = tuple(found)
    rows = {
        "income": [one.income.amount for one in every],
        "cost": [one.cost for one in every],
        "left": [one.left for one in every],
        "one visit more": [one.one_visit for one in every],
    }
    lines = [f"{'':<16}" + "".join(f"{one.model:>18}" for one in every)]
    lines += [
        f"{name:<16}" + "".join(f"{amount:>18,.2f}" for amount in amounts)
        for name, amounts in rows.items()
    ]
    for one in every:
        lines += ["", f"{one.model}: {one.income.amount:,.2f}"]
        for step in one.income.steps:
            figure = f"{step.amount:.4f}" if "rate" in step.what else f"{step.amount:,.2f}"
            lines += [f"    {step.what}: {step.how} = {figure}", f"        [{step.source}]"]
    return "\n".join(lines)
