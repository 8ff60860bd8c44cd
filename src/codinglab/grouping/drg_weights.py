"""The relative weight of an MS-DRG, its mean stays and its transfer flags, by day of discharge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from codinglab.codes.importers.hospital import DrgRow
from codinglab.codes.release import NotInTable, in_force, releases, row_on, rows_on
from codinglab.core.cite import Cite

STARTER, IMPORTED = "msdrg", "msdrg_table5"
TABLE = "drgs.csv"
Kind = Literal["surgical", "medical"]
_KINDS: dict[str, Kind] = {"SURG": "surgical", "MED": "medical"}


@dataclass(frozen=True, slots=True)
class DrgWeight:
    """One row of Table 5.

    `weight` is the relative weight that pays, `geometric_stay` and `arithmetic_stay` are mean
    stays in days, `kind` says surgical or medical, `post_acute` whether a discharge to care after
    the hospital counts as a transfer, and `special_pay` whether such a transfer has half of the
    payment at once.
    """

    drg: str
    title: str
    mdc: str
    kind: Kind
    weight: Decimal
    geometric_stay: Decimal
    arithmetic_stay: Decimal
    post_acute: bool
    special_pay: bool
    cite: Cite


def drg_weight(drg: str, discharged: date, folder: Path | None = None) -> DrgWeight:
    """Return the row of `drg`, three digits, for a patient `discharged` on that day.

    An imported Table 5 decides where it covers that day, else the lab's own does; `folder` holds
    the code sets (the installation's own and imported ones by default). Source: CMS IPPS final
    rule, Table 5. Raises NotInTable for a DRG that the table lacks or that has no weight, such as
    999, and NotInForce when there is no table for the day.
    """
    imported = any(discharged in span for span, _ in releases(IMPORTED, folder).rows)
    release = in_force(IMPORTED if imported else STARTER, discharged, folder)
    try:
        row = row_on(release, TABLE, DrgRow, drg, discharged)
    except NotInTable:
        known = rows_on(release, TABLE, DrgRow, discharged)
        raise NotInTable(
            f"MS-DRG {drg} is not in this lab's table ({release}) on {discharged}: Table 5 of that "
            f"year has {len(known)} groups from {known[0].code} to {known[-1].code}; write the "
            "three digits of one of them"
        ) from None
    if row.weight is None or row.geometric_stay is None or row.arithmetic_stay is None:
        raise NotInTable(f"MS-DRG {drg} has no weight in {release}: such a stay is not paid by DRG")
    return DrgWeight(
        drg=row.code,
        title=row.label,
        mdc=row.mdc,
        kind=_KINDS[row.type],
        weight=row.weight,
        geometric_stay=row.geometric_stay,
        arithmetic_stay=row.arithmetic_stay,
        post_acute=row.post_acute == "Yes",
        special_pay=row.special_pay == "Yes",
        cite=Cite(
            "CMS IPPS final rule",
            f"FY{release.info.release.removeprefix('FY')}",
            f"Table 5, MS-DRG {drg}",
        ),
    )
