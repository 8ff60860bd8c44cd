"""The look of dashboards: two themes, and colours that people with any colour vision can tell.

The colours are those of Okabe and Ito ("Color Universal Design", 2008), the light ones darkened on
white and the dark ones lightened on black so that each stands out from the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Theme:
    """Paper and ink, the grid's grey, and the colours of series in order."""

    paper: str
    ink: str
    grid: str
    colours: tuple[str, ...]


LIGHT = Theme(
    "#ffffff",
    "#1f2328",
    "#d0d7de",
    ("#0072b2", "#c14f00", "#00805e", "#a8457f", "#8a6d00", "#3a3a3a", "#4b8fbd"),
)
DARK = Theme(
    "#111418",
    "#e6edf3",
    "#3a424c",
    ("#56b4e9", "#e69f00", "#2bb98f", "#d98ab5", "#f0e442", "#c9d1d9", "#7aa6ff"),
)
STYLE = """
.codinglab-board{margin:0;max-width:1024px}
.codinglab-board img{max-width:100%;height:auto}
.codinglab-board img.codinglab-dark{display:none}
[data-jp-theme-light="false"] .codinglab-board img.codinglab-dark{display:inline}
[data-jp-theme-light="false"] .codinglab-board img.codinglab-light{display:none}
@media (prefers-color-scheme: dark){
body:not([data-jp-theme-light]) .codinglab-board img.codinglab-dark{display:inline}
body:not([data-jp-theme-light]) .codinglab-board img.codinglab-light{display:none}}
.codinglab-board details{overflow-x:auto}
"""


def colour(theme: Theme, at: int) -> str:
    """Return the colour of series `at`, from the first again after the last."""
    return theme.colours[at % len(theme.colours)]


def new_figure(theme: Theme, width: float, height: float) -> Figure:
    """Return an empty figure of `width` and `height` inches, which no notebook shows by itself."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams["svg.hashsalt"] = "codinglab"  # the same picture has the same text
    return Figure(figsize=(width, height), facecolor=theme.paper, layout="constrained")


def axes_of(figure: Figure, theme: Theme, rows: int, columns: int, at: int) -> Axes:
    """Return the axes at place `at` (from 1), in the theme's colours."""
    axes = figure.add_subplot(rows, columns, at)
    axes.set_facecolor(theme.paper)
    axes.tick_params(colors=theme.ink, labelsize=9)
    axes.grid(visible=True, axis="y", color=theme.grid, lw=0.6)
    axes.set_axisbelow(True)
    for name, spine in axes.spines.items():
        spine.set_color(theme.grid)
        spine.set_visible(name in {"left", "bottom"})
    return axes
