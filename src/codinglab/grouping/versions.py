"""Which version of the grouper and code editor judges a discharge: the day alone decides."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from codinglab.codes.release import CodeRow, in_force, rows_on

SET = "msdrg_versions"


@lru_cache(maxsize=4096)
def version_on(discharged: date) -> str:
    """Return the version, such as "43.1", for a patient `discharged` on that day.

    Source: CMS publishes the grouper for each 1 October and 1 April. Raises NotInForce, naming
    the days that are known, for an earlier or a later discharge.
    """
    (row,) = rows_on(in_force(SET, discharged), "versions.csv", CodeRow, discharged)
    return row.code
