"""Risk adjustment: the score of a person by V24, V28 or RxHCC, and what each diagnosis did.

`risk` gives one model's score, `blend` the one that is paid where a year mixes two models.
Source: 42 CFR 422.308(c); CMS rate announcement of the payment year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from codinglab.codes.release import NotInTable
from codinglab.core.cite import Cite
from codinglab.grouping.hcc_categories import Mapped, categorize
from codinglab.grouping.hcc_factors import Adjusted, adjust, factors, thousandths
from codinglab.grouping.hcc_profile import MODELS, BadProfile, Model, RiskProfile, must_fit
from codinglab.grouping.hcc_tables import Tables, tables
from codinglab.grouping.hcc_terms import (
    Segment,
    Term,
    condition_terms,
    interaction_terms,
    person_terms,
    segment,
)

if TYPE_CHECKING:
    import pandas as pd

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class RiskScore:
    """A person's score by one model in one payment year.

    `terms` add up to `raw`. `adjusted` leads from it to the score that is paid, or is None, with
    the reason in `why_not`, where the lab has no normalization factor. `diagnoses` says what each
    diagnosis did, in the order given; `categories` are those that count. `not_used` says why
    conditions have no part in the sum, empty where they have.
    """

    model: Model
    payment_year: int
    segment: str
    terms: tuple[Term, ...]
    categories: tuple[str, ...]
    diagnoses: tuple[Mapped, ...]
    raw: Decimal
    adjusted: Adjusted | None
    why_not: str
    not_used: str

    @property
    def cite(self) -> Cite:
        """Return the publication of the coefficients."""
        return Cite("CMS rate announcement", f"CY{self.payment_year}", f"{self.model} coefficients")

    @property
    def payment(self) -> Decimal:
        """Return the score that is paid; raises NotInTable where a factor is not known."""
        if self.adjusted is None:
            raise NotInTable(self.why_not)
        return self.adjusted.payment

    def monthly(self, base_rate: Decimal) -> Decimal:
        """Return what a month pays at `base_rate` dollars for a score of 1, rounded to cents."""
        return (base_rate * self.payment).quantize(_CENT, rounding=ROUND_HALF_UP)

    def coefficient(self, category: str) -> Decimal | None:
        """Return the coefficient of a category that counts, None where it adds nothing."""
        for one in self.terms:
            if one.kind == "condition" and one.name.upper().endswith(f"HCC{category}"):
                return one.coefficient
        return None

    def as_text(self) -> str:
        """Return the score with its sum, and one line for each diagnosis."""
        first = f"{self.model}, payment year {self.payment_year}: {self.segment}"
        lines = [f"  {one.coefficient:>6} {one.name}: {one.what}" for one in self.terms]
        total = " + ".join(str(one.coefficient) for one in self.terms)
        paid = self.adjusted.as_text() if self.adjusted else f"Not paid: {self.why_not}"
        each = [f"  {one.place}, {one.code}: {one.why}." for one in self.diagnoses]
        unused = [self.not_used] if self.not_used else []
        added = f"{total} = {self.raw} [{self.cite}]"
        return "\n".join([first, *lines, added, paid, *each, *unused])

    def as_json(self) -> dict[str, object]:
        """Return the score for JSON, numbers as text."""
        return {
            "model": self.model,
            "payment_year": self.payment_year,
            "segment": self.segment,
            "terms": [
                {
                    "kind": one.kind,
                    "name": one.name,
                    "what": one.what,
                    "coefficient": f"{one.coefficient:f}",
                }
                for one in self.terms
            ],
            "categories": list(self.categories),
            "diagnoses": [
                {
                    "code": one.code,
                    "place": one.place,
                    "category": one.category or None,
                    "role": one.role,
                    "why": one.why,
                }
                for one in self.diagnoses
            ],
            "raw": f"{self.raw:f}",
            "adjusted": self.adjusted.as_json() if self.adjusted else None,
            "why_not": self.why_not or None,
            "not_used": self.not_used or None,
        }


@dataclass(frozen=True, slots=True)
class Blended:
    """The score that is paid in a year: `parts` are the share and score of each model."""

    parts: tuple[tuple[Decimal, RiskScore], ...]
    payment: Decimal

    def as_text(self) -> str:
        """Return the sum of the shares."""
        each = " + ".join(f"{share} x {one.payment} {one.model}" for share, one in self.parts)
        return f"{each} = {self.payment}"


def risk(
    profile: RiskProfile, payment_year: int, model: Model, folder: Path | None = None
) -> RiskScore:
    """Return the score of a person by `model` in the payment year.

    Diagnoses are those of the year before. `folder` holds the code sets (the installation's own
    and imported ones by default). Raises BadProfile where the model does not pay for the person,
    NotInForce for a year that the lab does not have, and NotInTable for a model without tables
    in that year or a code younger than the mapping.
    """
    must_fit(profile, model)
    published = tables(payment_year, model, folder)
    found = categorize(
        profile.diagnoses, profile.age, profile.sex, published, published.service_year
    )
    into = segment(profile, published)
    terms, not_used = _terms(profile, found.kept, published, into)
    raw = sum((one.coefficient for one in terms), Decimal("0.000"))
    adjusted, why_not = _adjusted(raw, profile, payment_year, model, folder)
    return RiskScore(
        model=model,
        payment_year=payment_year,
        segment=into.what,
        terms=tuple(terms),
        categories=() if profile.new_enrollee else found.kept,
        diagnoses=_unused(found.mapped) if profile.new_enrollee else found.mapped,
        raw=raw,
        adjusted=adjusted,
        why_not=why_not,
        not_used=not_used,
    )


def _terms(
    profile: RiskProfile, kept: tuple[str, ...], published: Tables, into: Segment
) -> tuple[list[Term], str]:
    """Return all terms, and why categories have none."""
    terms = person_terms(profile, published, into.prefix)
    if profile.new_enrollee:
        said = "A new enrollee is scored by age, sex and status alone; conditions add nothing."
        return terms, said if kept else ""
    conditions, without = condition_terms(kept, published, into.prefix)
    together = interaction_terms(profile, kept, published, into.prefix)
    names = ", ".join(published.name(one) for one in without)
    said = f"No coefficient in this segment: {names}." if without else ""
    return [*terms, *conditions, *together], said


def _unused(mapped: tuple[Mapped, ...]) -> tuple[Mapped, ...]:
    """Return what diagnoses do for a new enrollee: those with a category are not used."""
    said = "not used for a new enrollee"
    return tuple(
        replace(one, role="not used", why=f"{one.why.partition(': ')[0]}: {said}")
        if one.category
        else one
        for one in mapped
    )


def _adjusted(
    raw: Decimal, profile: RiskProfile, payment_year: int, model: Model, folder: Path | None
) -> tuple[Adjusted | None, str]:
    try:
        return adjust(raw, payment_year, model, profile.plan, folder), ""
    except NotInTable as error:
        return None, str(error)


def blend(profile: RiskProfile, payment_year: int, folder: Path | None = None) -> Blended:
    """Return the Part C score that is paid in the year: each model's share of its payment score.

    The sum is rounded to three decimals once. Raises as `risk` does, and NotInTable where a model
    of the year has no normalization factor.
    """
    shares: dict[Model, Decimal] = {
        model: row.share
        for row in factors(payment_year, folder)
        for model in MODELS
        if row.model == model and row.plan == profile.plan and model != "RxHCC"
    }
    if not shares:
        raise BadProfile(f"no Part C model pays {profile.plan} in {payment_year}; ask for RxHCC")
    parts = tuple(
        (share, risk(profile, payment_year, model, folder)) for model, share in shares.items()
    )
    total = sum((share * one.payment for share, one in parts), Decimal(0))
    return Blended(parts, thousandths(total))


def risk_frame(score: RiskScore) -> pd.DataFrame:
    """Return one row for each diagnosis and category, with its role, coefficient and why.

    The coefficient stands at the diagnosis that counts, so that a column adds up; `attrs` has the
    model, the year, the raw score and the one that is paid (None where a factor is not known).
    """
    import pandas as pd

    rows = [
        {
            "code": one.code,
            "place": one.place,
            "category": one.category or None,
            "role": one.role,
            "coefficient": score.coefficient(one.category) if one.role == "counts" else None,
            "why": one.why,
        }
        for one in score.diagnoses
    ]
    columns = ["code", "place", "category", "role", "coefficient", "why"]
    frame = pd.DataFrame.from_records(rows, columns=columns)
    frame.attrs.update(
        model=score.model,
        payment_year=score.payment_year,
        segment=score.segment,
        raw=score.raw,
        payment=score.adjusted.payment if score.adjusted else None,
    )
    return frame
