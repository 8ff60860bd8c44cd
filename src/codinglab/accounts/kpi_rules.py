"""The key figures as dated data: their formulas, inputs, targets and sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, RootModel

from codinglab.core.dates import Dated, Span
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, check, parse_yaml, read_text

Unit = Literal["days", "share"]


class Definition(Row):
    """A key figure: its `formula` in words, the names of its `inputs`, and the `target`.

    A figure without a target is read beside others. `decimals` is how it is rounded.
    """

    id: str
    name: str
    unit: Unit
    formula: str
    inputs: tuple[str, ...] = Field(min_length=1)
    explains: str
    better: Literal["lower", "higher"]
    target: Decimal | None = None
    decimals: int = Field(ge=0)

    def meets(self, value: Decimal) -> bool | None:
        """Say whether `value` is as good as the target; None where there is no target."""
        if self.target is None:
            return None
        return value <= self.target if self.better == "lower" else value >= self.target


class Definitions(Row):
    """The key figures in force from `effective_from` on."""

    effective_from: date
    source: str
    kpis: tuple[Definition, ...]

    def find(self, name: str) -> Definition:
        """Return the figure with the id `name`; raises BadData naming those that there are."""
        for one in self.kpis:
            if one.id == name:
                return one
        known = ", ".join(one.id for one in self.kpis)
        raise BadData(f"there is no key figure {name!r}; choose one of {known}")


class _File(RootModel[tuple[Definitions, ...]]):
    """The file: a list of editions."""


@lru_cache(maxsize=4)
def definitions(path: Path | None = None) -> Dated[Definitions]:
    """Return the key figures by their days; raises BadData naming file and field."""
    file = path or data_folder("curriculum") / "kpi" / "kpis.yml"
    rows = check(_File, parse_yaml(read_text(file), str(file)), str(file)).root
    ordered = sorted(rows, key=lambda one: one.effective_from)
    ends = [*(one.effective_from for one in ordered[1:]), None]
    spans = ((Span(one.effective_from, end), one) for one, end in zip(ordered, ends, strict=True))
    return Dated.of("the key figures", spans)
