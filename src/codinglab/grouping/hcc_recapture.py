"""Which categories of last year nobody has coded yet this year: a list to look into, not to copy.

Each year begins without any diagnosis: a lasting condition counts only where a visit of the new
year deals with it (Medicare Managed Care Manual, chapter 7, section 40). What is open may also
have healed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from codinglab.encounter.coded import Diagnosis
from codinglab.grouping.hcc_categories import categorize
from codinglab.grouping.hcc_profile import Model, RiskProfile, must_fit
from codinglab.grouping.hcc_tables import tables


@dataclass(frozen=True, slots=True)
class Open:
    """A category of last year that is not coded yet.

    `codes` are last year's. `lasting` says whether the category is of a chronic condition, None
    where the lab's table does not say; what is not lasting is coded only when it happens again.
    """

    category: str
    label: str
    codes: tuple[str, ...]
    lasting: bool | None

    def __str__(self) -> str:
        """Return the open category as one line of text."""
        rest = {
            True: "lasting: does a visit of this year deal with it?",
            False: "not lasting: code it only if it happened again",
            None: "see whether it is still there",
        }[self.lasting]
        return f"{self.label} ({', '.join(self.codes)}): {rest}"


def recapture(
    last_year: Iterable[Diagnosis],
    profile: RiskProfile,
    payment_year: int,
    model: Model,
    folder: Path | None = None,
) -> tuple[Open, ...]:
    """Return the categories of `last_year`'s diagnoses that `profile` does not have, in order.

    `profile` has the diagnoses of the year of service of `payment_year`; `last_year` are those of
    the year before. Both are judged by the model of `payment_year`. A category is closed by the
    same or by a worse one of its hierarchy. Raises as `risk` does.
    """
    must_fit(profile, model)
    published = tables(payment_year, model, folder)
    year = published.service_year
    before = categorize(last_year, profile.age, profile.sex, published, year - 1)
    now = categorize(profile.diagnoses, profile.age, profile.sex, published, year).present
    return tuple(
        Open(
            category,
            f"{published.name(category)} {published.label(category)}",
            tuple(one.code for one in before.mapped if one.category == category),
            published.chronic.get(category),
        )
        for category in before.kept
        if not now & {category, *published.above.get(category, ())}
    )
