"""Where to look in a simulated practice: each board by its name, with its picture and its table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from codinglab.lab import dashboards
from codinglab.lab.dashboards import Board

if TYPE_CHECKING:
    import pandas as pd

    from codinglab.accounts.kpi import Facts
    from codinglab.accounts.kpi_history import History
    from codinglab.accounts.practice_store import Simulated

BY = ("payer", "provider", "coder", "registrar", "code")
"""By what denied lines are parted."""


class PracticeBoards:
    """The boards of one file that `codinglab practice simulate` made; each is drawn when asked."""

    def __init__(self, file: Path) -> None:
        """Keep the file; nothing is read of it yet."""
        self.file = file

    @property
    def _url(self) -> str:
        return f"sqlite:///{self.file}"

    @cached_property
    def _done(self) -> Simulated:
        from codinglab.accounts.practice_store import kept

        return kept(self._url)

    @property
    def history(self) -> History:
        """What happened to the claims; raises BadData where the file holds no practice."""
        return self._done.history

    @cached_property
    def _facts(self) -> Facts:
        from codinglab.accounts.kpi import gather
        from codinglab.accounts.store import Store

        with Store(self._url) as store:
            return gather(store, self.history, self._done.period)

    @cached_property
    def _denied(self) -> pd.DataFrame:
        from codinglab.accounts.practice_frames import denied_frame

        return denied_frame(self.history)

    def causes(self) -> tuple[str, ...]:
        """Return the causes for which lines were denied, in order of the alphabet."""
        return tuple(sorted(set(self._denied["cause"])))

    @cached_property
    def _monthly(self) -> pd.DataFrame:
        """Return the key figures by month, which take the longest."""
        from codinglab.accounts.kpi_frames import monthly_frame
        from codinglab.accounts.store import Store

        with Store(self._url) as store:
            return monthly_frame(store, self.history, self._done.period)

    def key_figures(self) -> Board:
        """Return every key figure by month."""
        return dashboards.kpi_board(self._monthly)

    def receivables(self) -> Board:
        """Return what is owed by age."""
        from codinglab.accounts.kpi_frames import aging_frame

        return dashboards.aging_board(aging_frame(self._facts))

    def denials(self) -> Board:
        """Return denied dollars by cause."""
        from codinglab.accounts.kpi_frames import denials_frame

        return dashboards.denials_board(denials_frame(self._facts))

    def denied_lines(self, cause: str, by: str) -> Board:
        """Return denied lines of one `cause` (blank: any) by month of service, a line each `by`.

        Raises ValueError for a `by` that is none of BY.
        """
        if by not in BY:
            raise ValueError(f"by {by!r}: choose of {', '.join(BY)}")
        rows = self._denied if not cause else self._denied[self._denied["cause"] == cause]
        counted = rows.pivot_table(
            index="month", columns=by, values="account", aggfunc="count", fill_value=0
        )
        frame = counted.reset_index().melt("month", value_name="lines")
        title = f"Lines denied for {cause or 'any cause'} by {by}"
        return dashboards.lines_board(frame, "lines", by, title)

    def refusals(self) -> Board:
        """Return the share of first sendings that the payer's door refused, by registrar."""
        from codinglab.accounts.practice_frames import refusals_frame

        frame, title = refusals_frame(self.history), "Claims refused at the door by registrar"
        return dashboards.lines_board(frame, "rate", "registrar", title, share=True)

    def delays(self) -> Board:
        """Return the mean days from charge entry to the first sending, by payer."""
        from codinglab.accounts.practice_frames import delays_frame

        frame = delays_frame(self.history).rename(columns={"mean": "days"})
        return dashboards.lines_board(frame, "days", "payer", "Days from entry to sending by payer")

    def levels(self) -> Board:
        """Return each coder's visit levels as shares."""
        from codinglab.accounts.practice_frames import levels_frame

        return dashboards.levels_board(levels_frame(self.history))

    def audits(self) -> Board:
        """Return the share of audited visits whose level is above the note, by coder."""
        from codinglab.accounts.practice_frames import audit_frame

        frame = audit_frame(self.history)
        frame = frame.assign(share=(frame["differs"] == "higher").astype(float))
        shares = frame.groupby(["month", "coder"])["share"].mean().reset_index()
        title = "Audited visits coded above the note by coder"
        return dashboards.lines_board(shares, "share", "coder", title, share=True)

    def underpaid(self) -> Board:
        """Return what was allowed below the contract, as a share of the contract, by payer."""
        from codinglab.accounts.practice_frames import underpaid_by_month

        frame = underpaid_by_month(self.history)
        frame = frame.assign(share=frame["missing"] / frame["expected"])
        title = "Allowed below the contract by payer"
        return dashboards.lines_board(frame, "share", "payer", title, share=True)


BOARDS: dict[str, Callable[[PracticeBoards], Board]] = {
    "Denials by cause": PracticeBoards.denials,
    "Receivables by age": PracticeBoards.receivables,
    "Claims refused at the door by registrar": PracticeBoards.refusals,
    "Days from entry to sending by payer": PracticeBoards.delays,
    "Allowed below the contract by payer": PracticeBoards.underpaid,
    "Visit levels by coder": PracticeBoards.levels,
    "Audited visits coded above the note by coder": PracticeBoards.audits,
    "Key figures by month": PracticeBoards.key_figures,
}
"""Every board that needs no choice, by its name."""
