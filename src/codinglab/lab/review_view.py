"""A review in a notebook: a readable page, and its findings and prices as data frames.

Money stays Decimal in the frames, so that sums are exact to the cent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codinglab.core.tables import check, read_text
from codinglab.course.encounter_file import ReadEncounter
from codinglab.course.review import EncounterReview, Judged, line_number
from codinglab.course.review import review as judge
from codinglab.course.review_read import About, of_case, read
from codinglab.course.review_terms import PricesRow
from codinglab.course.review_text import as_text, headline, written
from codinglab.course.variants import Variant
from codinglab.lab.review_page import (
    STYLE,
    groups_page,
    not_judged_page,
    prices_page,
    table,
    visit_page,
)

if TYPE_CHECKING:
    import pandas as pd

FINDING_COLUMNS = (
    "line",
    "written",
    "severity",
    "id",
    "message",
    "remedy",
    "source",
    "at_risk",
    "at_risk_why",
)
PRICE_COLUMNS = ("place", "code", "amount", "why")
STEP_COLUMNS = ("place", "code", "what", "how", "amount", "source")
Prices = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review that a notebook shows by itself; `frame` and `prices` give its rows."""

    review: EncounterReview

    def __str__(self) -> str:
        """Return the review as text, as the command line prints it."""
        return as_text(self.review)

    def __repr__(self) -> str:
        """Return the text, for where HTML is not shown."""
        return str(self)

    def _repr_html_(self) -> str:
        """Return the review as HTML, everything escaped, nothing fetched."""
        one = self.review
        parts = [
            f"<p><strong>{escape(headline(one))}</strong></p>",
            _findings_page(one),
            visit_page(one),
            groups_page(one),
            prices_page(one.valued),
            not_judged_page(one),
        ]
        return f'<div class="codinglab-review">{STYLE}{"".join(parts)}</div>'

    def as_json(self) -> dict[str, object]:
        """Return what `codinglab review --json` prints."""
        return self.review.as_json()

    def frame(self) -> pd.DataFrame:
        """Return a row a finding: FINDING_COLUMNS; `line` is missing for the claim as a whole."""
        import pandas as pd

        rows = [_row(self.review, one) for one in self.review.findings]
        found = pd.DataFrame(rows, columns=list(FINDING_COLUMNS))
        return found.astype({"line": "Int64"})

    def prices(self) -> pd.DataFrame:
        """Return a row a line or stay: PRICE_COLUMNS; `amount` in dollars, None where unknown."""
        import pandas as pd

        rows = [
            (one.place, one.code, one.price.amount if one.price else None, one.why)
            for one in self.review.valued.lines
        ]
        return pd.DataFrame(rows, columns=list(PRICE_COLUMNS)).astype({"amount": object})

    def steps(self) -> pd.DataFrame:
        """Return a row a step of each price: STEP_COLUMNS; `amount` in dollars."""
        import pandas as pd

        rows = [
            (one.place, one.code, step.what, step.how, step.amount, step.source)
            for one in self.review.valued.lines
            for step in (one.price.steps if one.price else ())
        ]
        return pd.DataFrame(rows, columns=list(STEP_COLUMNS)).astype({"amount": object})


def review(  # noqa: PLR0913  what a worksheet does not say itself
    what: str | Path,
    *,
    case: Variant | None = None,
    on: date | str | None = None,
    setting: str | None = None,
    payer: str | None = None,
    prices: Prices | None = None,
) -> ReviewView:
    """Return the review of an encounter.

    `what` is an encounter file (its path, or its text), or the text of a worksheet. A worksheet
    needs the `case` that it answers, or `on` (the day, "2026-03-02"), `setting` and `payer`.
    `prices` has the fields of the file's section of that name. Raises BadData for what cannot be
    read, and NotInForce for a day without code sets.
    """
    return ReviewView(judge(_read(what, case, About(None, None, _day(on), setting, payer), prices)))


def _read(
    what: str | Path, case: Variant | None, about: About, prices: Prices | None
) -> ReadEncounter:
    given = None if prices is None else check(PricesRow, dict(prices), "prices")
    if case is not None:
        return of_case(case, str(what), given or PricesRow())
    if isinstance(what, Path) or what.endswith((".yml", ".yaml", ".txt")):
        return read(read_text(Path(what)), str(what), about, given)
    return read(what, "this text", about, given)


def _day(on: date | str | None) -> date | None:
    return date.fromisoformat(on) if isinstance(on, str) else on


def _row(one: EncounterReview, judged: Judged) -> tuple[object, ...]:
    finding = judged.finding
    return (
        line_number(finding) or None,
        written(one, finding.place),
        finding.severity.value,
        finding.id,
        finding.message,
        finding.remedy,
        judged.source,
        judged.at_risk.amount,
        judged.at_risk.why,
    )


def _findings_page(one: EncounterReview) -> str:
    rows = [
        (
            f"{judged.finding.place} {written(one, judged.finding.place)}",
            f"{judged.finding.severity.value}: {judged.finding.id}",
            f"{judged.finding.message} {judged.finding.remedy}",
            judged.source,
            str(judged.at_risk),
        )
        for judged in one.findings
    ]
    heads = ("Where", "Rule", "What, and what to do", "Source", "At risk")
    return table("Findings", heads, rows) if rows else ""
