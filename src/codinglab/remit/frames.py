"""Remittances as data frames: a row for each line, and a row for each adjustment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from codinglab.remit.eob import Eob, EobClaim, EobReason, explained
from codinglab.remit.model import Remittance

if TYPE_CHECKING:
    import pandas as pd

_CLAIM = ("trace", "paid_on", "payer", "account", "payer_number", "patient", "status")
LINES = (
    *(*_CLAIM, "line", "day", "code", "units", "charge", "allowed", "contract", "refused"),
    *("other", "patient_share", "paid", "remarks"),
)
"""Columns of `lines_frame`; amounts are Decimal, unknown values None. Line 0 is the whole claim."""

REASONS = (*_CLAIM, "line", "group", "carc", "what", "falls_on", "amount")
"""Columns of `reasons_frame`; a claim without lines, or an adjustment of it, has line 0."""


def _about(eob: Eob, claim: EobClaim) -> dict[str, Any]:
    told = eob.remittance
    values = (told.trace, told.paid_on, told.payer.name, claim.account, claim.number)
    return dict(zip(_CLAIM, (*values, claim.patient, claim.status), strict=True))


def _lines(eob: Eob) -> Iterator[dict[str, Any]]:
    for claim in eob.claims:
        about = _about(eob, claim)
        for at, row in enumerate(claim.rows or (claim.whole,), 1 if claim.rows else 0):
            yield about | {
                "line": at,
                "day": row.day,
                "code": row.code or None,
                "units": row.units,
                "charge": row.charge,
                "allowed": row.allowed,
                "contract": row.contract,
                "refused": row.refused,
                "other": row.other,
                "patient_share": row.patient,
                "paid": row.paid,
                "remarks": " ".join(code for code, _ in row.remarks),
            }


def _reason(about: dict[str, Any], line: int, one: EobReason) -> dict[str, Any]:
    told = {"group": one.group, "carc": one.carc, "what": one.what, "falls_on": one.falls_on}
    return about | {"line": line} | told | {"amount": one.amount}


def _reasons(eob: Eob) -> Iterator[dict[str, Any]]:
    for claim in eob.claims:
        about = _about(eob, claim)
        yield from (_reason(about, 0, one) for one in claim.whole.reasons)
        for at, row in enumerate(claim.rows, 1):
            yield from (_reason(about, at, one) for one in row.reasons)


def lines_frame(remittances: Iterable[Remittance]) -> pd.DataFrame:
    """Return a row for each line with the columns LINES (or each claim that has no line)."""
    import pandas as pd

    rows = [row for one in remittances for row in _lines(explained(one))]
    return pd.DataFrame(rows, columns=list(LINES))


def reasons_frame(remittances: Iterable[Remittance]) -> pd.DataFrame:
    """Return a row for each adjustment with the columns REASONS."""
    import pandas as pd

    rows = [row for one in remittances for row in _reasons(explained(one))]
    return pd.DataFrame(rows, columns=list(REASONS))
