"""Where to look for what is wrong with a practice: the histories cut by person, payer and month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codinglab.accounts.kpi_frames import lines_frame, sent_frame, visits_frame
from codinglab.accounts.kpi_history import History

if TYPE_CHECKING:
    import pandas as pd

_WHO = ["account", "day", "provider", "coder", "registrar", "template"]


def _with_month(frame: pd.DataFrame, day: str = "day") -> pd.DataFrame:
    return frame.assign(month=frame[day].dt.to_period("M").dt.to_timestamp())


def denied_frame(history: History) -> pd.DataFrame:
    """Return every denied line of a first decision, with who had a hand in the visit.

    Columns are those of the decided line, day, provider, coder, registrar, template, and `month`
    (of service). Group it by any of them.
    """
    lines = lines_frame(history)
    first = lines[(lines["denied"] > 0) & (lines["attempt"] == 1)]
    return _with_month(first.merge(visits_frame(history)[_WHO], on="account"))


def refusals_frame(history: History) -> pd.DataFrame:
    """Return first sendings and refusals at the door by registrar and month of service.

    Columns: month, registrar, sent, refused, rate.
    """
    sent = sent_frame(history)
    first = sent[sent["attempt"] == 1][["account", "outcome"]]
    found = _with_month(first.merge(visits_frame(history)[_WHO], on="account"))
    grouped = found.groupby(["month", "registrar"])["outcome"]
    made = grouped.agg(sent="size", refused=lambda one: (one == "refused").sum()).reset_index()
    return made.assign(rate=made["refused"] / made["sent"])


def levels_frame(history: History) -> pd.DataFrame:
    """Return visits by month of service, coder and level. Columns: month, coder, level, visits."""
    visits = visits_frame(history)
    found = _with_month(visits[visits["level"] != ""])
    return found.groupby(["month", "coder", "level"]).size().reset_index(name="visits")


def audit_frame(history: History) -> pd.DataFrame:
    """Return the audited visits: account, month, coder, level, documented, and what differs.

    `differs` is "as documented", "higher" or "lower"; levels of new and known patients are never
    mixed, so that their numbers can be compared.
    """
    visits = visits_frame(history)
    found = _with_month(visits[visits["documented"] != ""])
    steps = found["level"].astype(int) - found["documented"].astype(int)
    words = steps.map(lambda one: "as documented" if not one else "higher" if one > 0 else "lower")
    columns = ["account", "month", "coder", "provider", "level", "documented", "differs"]
    return found.assign(differs=words)[columns]


def delays_frame(history: History) -> pd.DataFrame:
    """Return the days from charge entry to first sending by payer and month of service.

    Columns: month, payer, claims, mean, longest.
    """
    sent = sent_frame(history)
    first = sent[sent["attempt"] == 1][["account", "day"]].rename(columns={"day": "sent"})
    found = _with_month(first.merge(visits_frame(history), on="account"))
    days = (found["sent"] - found["entered"]).dt.days
    grouped = found.assign(days=days).groupby(["month", "payer"])["days"]
    return grouped.agg(claims="size", mean="mean", longest="max").reset_index()


def underpaid_by_month(history: History) -> pd.DataFrame:
    """Return expected and allowed by payer and month of payment, of lines that were not denied.

    Columns: month, payer, expected, allowed, missing; a line that a later decision replaced is left
    out.
    """
    lines = lines_frame(history)
    told = lines[(lines["denied"] == 0) & lines["taken_back"].isna() & lines["expected"].notna()]
    found = _with_month(told, "known").groupby(["month", "payer"])[["expected", "allowed"]].sum()
    return found.assign(missing=found["expected"] - found["allowed"]).reset_index()
