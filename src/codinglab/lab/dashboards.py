"""Dashboards of a practice for notebooks: pictures by matplotlib, light and dark, with tables.

Nothing is fetched from anywhere. Series differ by marker, hatch and label as well as by colour, and
each picture has a text that says what it shows and a table with its figures.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from codinglab.lab.dashboard_theme import DARK, LIGHT, STYLE, Theme, axes_of, colour, new_figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MARKERS = ("o", "s", "^", "D", "v", "P", "X")
_HATCHES = ("", "//", "..", "xx", "\\\\", "++")
_DATE = "%b"
_MANY = 6
_OLD = 90  # days, as the key figure's own name says
_AROUND = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Board:
    """A picture in two themes: its `title`, what it shows in words, and its figures as a table."""

    title: str
    says: str
    table: pd.DataFrame
    draw: Callable[[Theme], Figure]

    def figure(self, *, dark: bool = False) -> Figure:
        """Return the picture, to be saved or shown elsewhere."""
        return self.draw(DARK if dark else LIGHT)

    def _repr_html_(self) -> str:
        """Return picture (light or dark as the page is), text and table for a notebook."""
        alt = html.escape(f"{self.title}. {self.says}", quote=True)
        images = "".join(
            f'<img class="codinglab-{name}" alt="{alt}" src="{_data(self.draw(theme))}">'
            for name, theme in (("light", LIGHT), ("dark", DARK))
        )
        table = self.table.to_html(index=False, border=0, na_rep="")
        return (
            f'<figure class="codinglab-board"><style>{STYLE}</style>{images}'
            f"<figcaption>{html.escape(self.says)}</figcaption>"
            f"<details><summary>The figures</summary>{table}</details></figure>"
        )


def _data(figure: Figure) -> str:
    """Return the picture as a data address: text in it stays sharp at any size."""
    stream = io.BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None})
    return "data:image/svg+xml;base64," + base64.b64encode(stream.getvalue()).decode()


def _as_share(axes: Axes, decimals: int = 0) -> None:
    from matplotlib.ticker import PercentFormatter

    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=decimals))


def kpi_board(monthly: pd.DataFrame) -> Board:
    """Return a small picture for each key figure by month, its target as a dashed line.

    `monthly` is that of `accounts.kpi_frames.monthly_frame`.
    """
    names = list(dict.fromkeys(monthly["id"]))

    def draw(theme: Theme) -> Figure:
        figure = new_figure(theme, 11, 2.3 * -(-len(names) // 3))
        for at, name in enumerate(names, 1):
            axes = axes_of(figure, theme, -(-len(names) // 3), 3, at)
            _one_kpi(axes, theme, monthly[monthly["id"] == name])
        return figure

    table = monthly.pivot_table(index="month", columns="name", values="value", dropna=False)
    table = table[list(dict.fromkeys(monthly["name"]))]
    says = f"{len(names)} key figures by month; a dashed line is the target."
    return Board("Key figures by month", says, _flat(table), draw)


def _one_kpi(axes: Axes, theme: Theme, rows: pd.DataFrame) -> None:
    target = rows["target"].iloc[0]
    axes.plot(rows["month"], rows["value"], marker="o", ms=4, color=colour(theme, 0))
    if target == target:  # noqa: PLR0124  no target is not a number
        axes.axhline(target, color=colour(theme, 1), ls="--", lw=1.2)
    axes.set_title(rows["name"].iloc[0], fontsize=10, color=theme.ink)
    if not rows["id"].iloc[0].endswith(("lag", "receivables")):
        _as_share(axes, 1 if rows["value"].max() < 0.2 else 0)  # noqa: PLR2004
    if rows["value"].isna().all():
        _nothing(axes, theme, "cannot be told")
    axes.set_ylim(bottom=_floor(rows["value"]))
    _months(axes, rows["month"])


def _floor(values: pd.Series[float]) -> float:
    """Return where the axis begins: at 0, or below where a value lies there."""
    least = values.min()
    return float(least) * 1.1 if least < 0 else 0.0


def _nothing(axes: Axes, theme: Theme, words: str) -> None:
    axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", color=theme.ink)


def _months(axes: Axes, days: Iterable[Any]) -> None:
    """Name the months that are there, each second one of many."""
    shown = sorted(set(days))
    shown = shown[:: 2 if len(shown) > _MANY else 1]
    axes.set_xticks(shown, [f"{day:{_DATE}}" for day in shown])
    if len(shown) == 1:
        axes.set_xlim(shown[0] - _AROUND, shown[0] + _AROUND)


def aging_board(aging: pd.DataFrame) -> Board:
    """Return what each payer and the patients owe by age, of `accounts.kpi_frames.aging_frame`."""
    buckets = list(dict.fromkeys(aging["bucket"]))
    table = aging.pivot_table(index="payer", columns="bucket", values="amount")[buckets]

    def draw(theme: Theme) -> Figure:
        figure = new_figure(theme, 9, 4.6)
        axes = axes_of(figure, theme, 1, 1, 1)
        axes.set_ylabel("dollars owed", color=theme.ink)
        axes.yaxis.set_major_formatter("{x:,.0f}")
        if table.empty:
            _nothing(axes, theme, "nothing is owed")
            return figure
        _stacked(axes, theme, table)
        _legend(axes, theme, "days from the day of service")
        return figure

    whole = float(table.to_numpy().sum())
    old = float(table[[one for one in buckets if _is_old(one)]].to_numpy().sum())
    says = "Nothing is owed."
    if whole:
        says = f"{whole:,.0f} dollars are owed, {old / whole:.0%} of them longer than 90 days."
    return Board("Receivables by age", says, _flat(table), draw)


def _is_old(bucket: str) -> bool:
    """Say whether all of a bucket ("91-120", "over 120") is older than 90 days."""
    first = int(bucket.removeprefix("over ").split("-")[0])
    return first > _OLD or bucket == f"over {_OLD}"


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    numbers = dict.fromkeys(table.columns, 4)
    return table.round(numbers).reset_index().rename_axis(columns=None)


def _stacked(axes: Axes, theme: Theme, table: pd.DataFrame) -> None:
    base = table.iloc[:, 0] * 0
    for at, name in enumerate(table.columns):
        axes.bar(
            table.index,
            table[name],
            bottom=base,
            label=str(name),
            color=colour(theme, at),
            hatch=_HATCHES[at % len(_HATCHES)],
            edgecolor=theme.paper,
            linewidth=0.6,
        )
        base = base + table[name]


def _legend(axes: Axes, theme: Theme, title: str) -> None:
    made = axes.legend(
        title=title, frameon=False, labelcolor=theme.ink, loc="center left", bbox_to_anchor=(1, 0.5)
    )
    made.get_title().set_color(theme.ink)


def denials_board(denials: pd.DataFrame) -> Board:
    """Return the denied dollars by cause, with claims and rate; of `kpi_frames.denials_frame`."""

    def draw(theme: Theme) -> Figure:
        figure = new_figure(theme, 8.5, 1.2 + 0.5 * max(len(denials), 2))
        axes = axes_of(figure, theme, 1, 1, 1)
        rows = denials.iloc[::-1]
        bars = axes.barh(rows["cause"], rows["dollars"], color=colour(theme, 0))
        told = [
            f" {claims:,} claims, {rate:.1%}"
            for claims, rate in zip(rows["claims"], rows["rate"], strict=True)
        ]
        axes.bar_label(bars, told, color=theme.ink, fontsize=9)
        axes.margins(x=0.3)
        axes.grid(visible=False, axis="y")  # it would strike the labels through
        if rows.empty:
            _nothing(axes, theme, "no claim was denied")
            axes.set_yticks([])
        axes.set_xlabel("dollars denied", color=theme.ink)
        axes.xaxis.set_major_formatter("{x:,.0f}")
        return figure

    says = "No claim was denied."
    if len(denials):
        first = denials.iloc[0]
        says = f"The dearest cause is {first['cause']}: {first['dollars']:,.0f} dollars."
    return Board("Denials by cause", says, denials, draw)


def lines_board(
    frame: pd.DataFrame, value: str, by: str, title: str, *, share: bool = False
) -> Board:
    """Return `value` by month with a line for each `by` (payer, registrar, coder ...)."""
    table = frame.pivot_table(index="month", columns=by, values=value)

    def draw(theme: Theme) -> Figure:
        figure = new_figure(theme, 9, 4.2)
        axes = axes_of(figure, theme, 1, 1, 1)
        for at, name in enumerate(table.columns):
            marker = _MARKERS[at % len(_MARKERS)]
            axes.plot(
                table.index, table[name], marker=marker, color=colour(theme, at), label=str(name)
            )
        axes.set_ylabel(value, color=theme.ink)
        if table.empty:
            _nothing(axes, theme, "nothing to show")
            return figure
        axes.set_ylim(bottom=_floor(table.min()))
        if share:
            _as_share(axes)
        _months(axes, table.index)
        _legend(axes, theme, by)
        return figure

    return Board(title, _highest(table, title, share=share), _flat(table), draw)


def _highest(table: pd.DataFrame, title: str, *, share: bool) -> str:
    if table.empty:
        return f"{title}: nothing to show."
    last = table.iloc[-1].sort_values(ascending=False)
    value = float(last.iloc[0])
    shown = f"{value:.1%}" if share else f"{value:,.{0 if value.is_integer() else 2}f}"
    return f"{title}: in {table.index[-1]:%B %Y} {last.index[0]} is highest ({shown})."


def levels_board(levels: pd.DataFrame) -> Board:
    """Return each coder's levels as shares; of `accounts.practice_frames.levels_frame`."""
    counts = levels.pivot_table(index="coder", columns="level", values="visits", aggfunc="sum")
    table = counts.fillna(0).div(counts.sum(axis=1), axis=0)

    def draw(theme: Theme) -> Figure:
        figure = new_figure(theme, 8, 4.2)
        axes = axes_of(figure, theme, 1, 1, 1)
        axes.set_ylabel("share of visits", color=theme.ink)
        _as_share(axes)
        if table.empty:
            _nothing(axes, theme, "no visit has a level")
            return figure
        _stacked(axes, theme, table)
        _legend(axes, theme, "visit level")
        return figure

    says = f"Visit levels of {len(table)} coders, as shares of each one's visits."
    return Board("Visit levels by coder", says, _flat(table), draw)


def compared_board(found: pd.DataFrame) -> Board:
    """Return income, cost and what is left under each way of paying, side by side.

    `found` is that of `accounts.value_based_frames.compared_frame`.
    """
    columns = ["income", "cost", "left"]

    def draw(theme: Theme) -> Figure:
        figure = new_figure(theme, 9, 4.4)
        axes = axes_of(figure, theme, 1, 1, 1)
        for at, name in enumerate(columns):
            places = [place + (at - 1) * 0.27 for place in range(len(found))]
            bars = axes.bar(
                places,
                found[name],
                0.25,
                label=name,
                color=colour(theme, at),
                hatch=_HATCHES[at],
                edgecolor=theme.paper,
            )
            axes.bar_label(bars, fmt=_thousands, color=theme.ink, fontsize=8)
        axes.axhline(0, color=theme.ink, lw=0.8)
        axes.set_xticks(range(len(found)), list(found["model"]))
        axes.set_ylabel("dollars a year", color=theme.ink)
        axes.yaxis.set_major_formatter("{x:,.0f}")
        _legend(axes, theme, "")
        return figure

    best = found.loc[found["left"].idxmax()]
    says = f"Most is left under {best['model']}: {best['left']:,.0f} dollars."
    return Board("Ways of paying on the same panel", says, found, draw)


def _thousands(value: Any) -> str:
    return f"{value / 1000:,.0f}k"
