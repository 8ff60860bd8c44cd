"""The code search as the workspace asks for it: the hits of `codinglab codes search`."""

from __future__ import annotations

from datetime import date
from typing import Any

from codinglab.codes.search import DIAGNOSES, Hit, open_search

LIMIT = 30  # as many as the page shows (SHOWN in widgets/finder.js)
_KINDS = {
    "ICD-10-CM": "Diagnosis",
    "ICD-10-PCS": "Procedure (PCS)",
    "CPT": "Procedure",
    "HCPCS": "Procedure",
    "modifier": "Modifier",
}


def found(day: date, text: str, *, diagnoses_alone: bool = False) -> dict[str, Any]:
    """Return what the search finds for `text` on `day`, as `widgets.view.Found`.

    The hits are those of `codinglab codes search TEXT --limit 30`, in its order, with its reasons;
    with `diagnoses_alone` those of `--system ICD-10-CM`. Raises NotInForce as the search does.
    """
    search = open_search(day)
    hits = search.find(text, LIMIT, system=DIAGNOSES if diagnoses_alone else None)
    return {"hits": [_row(hit) for hit in hits], "mended": search.mended(text, hits)}


def _row(hit: Hit) -> dict[str, Any]:
    kind = _KINDS.get(hit.system, hit.system)
    said = {"code": hit.code, "title": hit.title, "billable": hit.billable, "why": hit.why}
    return {**said, "kind": kind}
