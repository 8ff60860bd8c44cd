"""The class of an MS-DRG, surgical or medical, and its place in the order of the manual."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from codinglab.codes.release import CodeRow, NotInTable, in_force, row_on
from codinglab.core.dates import NotInForce

SET, TABLE, BEFORE = "msdrg_classes", "classes.csv", "PRE"


class DrgClass(CodeRow):
    """An MS-DRG with its class; `mdc` is blank where the DRG stands in no MDC."""

    kind: Literal["surgical", "medical"]
    mdc: str = ""

    @property
    def before_mdc(self) -> bool:
        """Say whether the procedures alone decide the DRG, before any MDC is looked at."""
        return self.mdc == BEFORE


@lru_cache(maxsize=4096)
def drg_class(drg: str, discharged: date) -> DrgClass | None:
    """Return the class of `drg` on the day of discharge; None where the lab does not know it.

    Source: MS-DRG Definitions Manual. It explains a group and never makes one.
    """
    try:
        return row_on(in_force(SET, discharged), TABLE, DrgClass, drg, discharged)
    except (NotInForce, NotInTable):
        return None
