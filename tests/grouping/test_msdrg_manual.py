"""What is said of CC and MCC is what the Definitions Manual's appendices C and G list.

The lists are read out of drgpy, which carries the manual's version 43.1 as data.
"""

from functools import lru_cache
from typing import Any

import pytest
from second_opinion import draw

from codinglab.codes.icd10cm import key_of
from codinglab.grouping.msdrg import UNGROUPED, Grouped, group
from codinglab.grouping.stay import Stay

STAYS = range(600)


@lru_cache(maxsize=1)
def manual() -> Any:
    """Return the manual's lists: appendix G by code, and appendix C by collection."""
    runtime = pytest.importorskip("drgpy._runtime_data")
    return runtime.load_runtime_data("v43.1")


@lru_cache(maxsize=1)
def grouped() -> tuple[tuple[Stay, Grouped], ...]:
    both = ((made, group(made)) for made in map(draw, STAYS))
    return tuple((made, found) for made, found in both if found.drg != UNGROUPED)


def test_each_level_is_that_of_appendix_g() -> None:
    for _, found in grouped():
        for one in found.diagnoses[1:]:
            row = manual().ccmap.get(key_of(one.code))
            assert one.level == (row["level"] if row else ""), one


def test_what_is_too_close_to_the_principal_diagnosis_is_in_appendix_c_and_the_other_way() -> None:
    said = 0
    for made, found in grouped():
        for one in found.diagnoses[1:]:
            row = manual().ccmap.get(key_of(one.code))
            listed = bool(row) and key_of(made.principal.code) in manual().exmap[row["pdx"]]
            assert listed == ("exclusion list" in one.why), (made.principal.code, one)
            said += listed
    assert said == 19


def test_the_principal_diagnosis_stands_in_the_mdc_that_is_named() -> None:
    for made, found in grouped():
        listed = [at for at in manual().dxmap[key_of(made.principal.code)] if at[:4] == "_MDC"]
        assert not listed or f"_MDC{found.mdc}" in listed, (made.principal.code, found.mdc)


ANY_OPERATION = {"817", "818", "819", "981", "982", "983", "987", "988", "989"}  # list none


def test_each_procedure_that_decides_is_listed_for_that_drg() -> None:
    named = [
        (found.drg, one.code)
        for _, found in grouped()
        for one in found.procedures
        if one.role == "defines" and found.drg not in ANY_OPERATION
    ]
    for drg, code in named:
        lists = manual().prmap[code]
        assert any(drg in one.partition("|")[0].split("&") for one in lists), (drg, code)
    assert len(named) == 238  # of 248: ten are of DRGs for any operation
