"""The terms of a risk score: person, conditions, interactions and the number of conditions.

Each term is a coefficient of the published table under its published name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from codinglab.codes.release import NotInTable
from codinglab.grouping.hcc_profile import AGED, RiskProfile
from codinglab.grouping.hcc_tables import NAMES, Tables

Kind = Literal["person", "condition", "interaction", "count"]
_DUAL = {"none": "N", "partial": "P", "full": "F"}
_WORDS = {"F": "female", "M": "male"}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the sum: its published `name`, the `coefficient`, and `what` it is in words."""

    kind: Kind
    name: str
    what: str
    coefficient: Decimal


@dataclass(frozen=True, slots=True)
class Segment:
    """The segment of the model that scores a person: the `prefix` of its names, and in words."""

    prefix: str
    what: str


def segment(profile: RiskProfile, tables: Tables) -> Segment:
    """Return the segment of a person.

    Source: Medicare Managed Care Manual, chapter 7, section 70.2.1 (Part C) and 70.4 (Part D).
    """
    return _part_d(profile) if tables.model == "RxHCC" else _part_c(profile)


def _part_c(profile: RiskProfile) -> Segment:
    if profile.new_enrollee:
        if profile.special_needs:
            return Segment("SNPNE_", "new enrollee of a chronic condition special needs plan")
        return Segment("NE_", "new enrollee")
    if profile.institutional:
        return Segment("INS_", "long-term institutional")
    dual = profile.medicaid
    benefits = {"none": "non-dual", "partial": "partial benefit dual", "full": "full benefit dual"}
    aged = "aged" if profile.aged else "disabled"
    letter = "A" if profile.aged else "D"
    return Segment(f"C{_DUAL[dual]}{letter}_", f"community, {benefits[dual]}, {aged}")


def _part_d(profile: RiskProfile) -> Segment:
    income = "low income" if profile.low_income else "not low income"
    if profile.new_enrollee:
        where = "LTI" if profile.institutional else "Lo" if profile.low_income else "NoLo"
        kidney = "ESRD" if profile.kidney_failure else "NESRD"
        began = "OD" if profile.once_disabled else "NOD"
        said = "institutional" if profile.institutional else f"community, {income}"
        return Segment(f"Rx_NE_{where}_{kidney}_{began}_x_", f"new enrollee, {said}")
    if profile.institutional:
        return Segment("Rx_CE_LTI_", "continuing enrollee, institutional")
    low, aged = ("Low" if profile.low_income else "NoLow"), "Aged" if profile.aged else "NoAged"
    words = "aged" if profile.aged else "below 65"
    return Segment(f"Rx_CE_{low}{aged}_", f"continuing enrollee, community, {income}, {words}")


def person_terms(profile: RiskProfile, tables: Tables, prefix: str) -> list[Term]:
    """Return the terms of age, sex, disability and Medicaid.

    Raises NotInTable when the table has no term for the age and sex, so that no score is
    without one.
    """
    stem = prefix
    if profile.new_enrollee and tables.model != "RxHCC":
        medicaid = "NMCAID" if profile.medicaid == "none" else "MCAID"
        began = "ORIGDIS" if profile.once_disabled else "NORIGDIS"
        stem = f"{prefix}{medicaid}_{began}_NE"
    name = _band(tables, stem.lower(), profile.sex.lower(), _band_age(profile))
    what = f"{_WORDS[profile.sex]}, {profile.age} years"
    terms = [Term("person", stem + name, what, tables.coefficients[(stem + name).lower()])]
    for extra, said in _extras(profile, prefix):
        value = tables.coefficients.get(extra.lower())
        if value:
            terms.append(Term("person", extra, said, value))
    return terms


def _band_age(profile: RiskProfile) -> int:
    """Return the age by which the band is chosen: entitled by age at 64, one turns 65 this year."""
    turning = profile.age == AGED - 1 and profile.original_entitlement == "0"
    return AGED if profile.new_enrollee and turning else profile.age


def _extras(profile: RiskProfile, prefix: str) -> list[tuple[str, str]]:
    """Return the names that disability and Medicaid may have; no segment has them all."""
    found: list[tuple[str, str]] = []
    if profile.once_disabled and not profile.new_enrollee:
        word = _WORDS[profile.sex].capitalize()
        ends = (f"OriginallyDisabled_{word}", "ORIGDS", f"{profile.sex}65OD")
        found += [(prefix + end, "once entitled by disability") for end in ends]
    if profile.medicaid != "none":
        found.append((f"{prefix}LTIMCAID", "Medicaid in an institution"))
    return found


@lru_cache(maxsize=2048)
def _band(tables: Tables, stem: str, sex: str, age: int) -> str:
    """Return the end of the name, such as "F65_69", whose band of ages holds `age`."""
    shape = re.compile(rf"{re.escape(stem)}{sex}(\d+)(?:_(\d+|gt))?")
    for name in tables.coefficients:
        found = shape.fullmatch(name)
        if found:
            low, high = found[1], found[2] or found[1]
            if int(low) <= age and (high == "gt" or age <= int(high)):
                return name.removeprefix(stem).upper()
    raise NotInTable(
        f"{tables.model} of payment year {tables.payment_year}: this lab's table has no term "
        f"{stem}{sex} for the age {age}"
    )


def condition_terms(
    kept: tuple[str, ...], tables: Tables, prefix: str
) -> tuple[list[Term], tuple[str, ...]]:
    """Return the terms of the categories, and those without a coefficient in this segment."""
    kind = "RXHCC" if tables.model == "RxHCC" else "HCC"
    terms, without = [], []
    for one in kept:
        value = tables.coefficients.get(f"{prefix}{kind}{one}".lower())
        if value is None:
            without.append(one)
        else:
            what = f"{tables.name(one)} {tables.label(one)}"
            terms.append(Term("condition", f"{prefix}{kind}{one}", what, value))
    return terms, tuple(without)


def interaction_terms(
    profile: RiskProfile, kept: tuple[str, ...], tables: Tables, prefix: str
) -> list[Term]:
    """Return the terms of conditions that together cost more, and of many conditions."""
    terms: list[Term] = []
    for name in _interactions(profile, kept, tables):
        value = tables.coefficients.get(f"{prefix}{name}".lower())
        if value:
            makers = [tables.name(one) for one in _makers(name, profile, kept, tables)]
            said = " and ".join([*makers, *_besides(name)])
            terms.append(Term("interaction", prefix + name, f"together: {said}", value))
    for name in _steps().create_hcc_counts(set(kept)):
        value = tables.coefficients.get(f"{prefix}{name}".lower())
        if value:
            terms.append(Term("count", prefix + name, f"{len(kept)} conditions", value))
    return terms


def _makers(
    name: str, profile: RiskProfile, kept: tuple[str, ...], tables: Tables
) -> tuple[str, ...]:
    """Return the categories without which the interaction would not be; all where several do."""
    alone = tuple(
        one
        for one in kept
        if name not in _interactions(profile, tuple(x for x in kept if x != one), tables)
    )
    return alone or kept


def _besides(name: str) -> list[str]:
    """Return what of the person is part of the interaction, in words."""
    words = {"DISABLED_": "disability", "NonAged_": "an age below 65"}
    return [said for start, said in words.items() if name.startswith(start)]


def _interactions(profile: RiskProfile, kept: tuple[str, ...], tables: Tables) -> tuple[str, ...]:
    """Return the names of the interactions of these categories, in the package's order."""
    steps, model = _steps(), NAMES[tables.model]
    person = _person()(
        age=profile.age,
        sex=profile.sex,
        non_aged=not profile.aged,
        disabled=profile.disabled,
    )
    groups = steps.get_diagnostic_categories(model, set(kept))
    found = steps.create_disease_interactions(model, groups, person, set(kept))
    return tuple(name for name, holds in found.items() if holds)


def _steps() -> Any:
    from hccinfhir import model_interactions

    return model_interactions


def _person() -> Any:
    from hccinfhir.datamodels import Demographics

    return Demographics
