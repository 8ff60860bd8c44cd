"""All formats that can be imported, by name."""

from __future__ import annotations

from codinglab.codes.importers import (
    anweb,
    fees,
    hospital,
    index,
    lists,
    ncci,
    order_file,
    physician,
    tabular,
)
from codinglab.codes.importers.kind import Kind
from codinglab.core.tables import BadData

KINDS: tuple[Kind, ...] = (
    *order_file.KINDS,
    *tabular.KINDS,
    *index.KINDS,
    *anweb.KINDS,
    *physician.KINDS,
    *ncci.KINDS,
    *hospital.KINDS,
    *fees.KINDS,
    *lists.KINDS,
)


def kind(name: str) -> Kind:
    """Return the format called `name` (hyphens or underscores); raises BadData for another."""
    plain = name.strip().lower().replace("-", "_")
    for one in KINDS:
        if one.name == plain:
            return one
    known = ", ".join(one.name for one in KINDS)
    raise BadData(f"{name!r} is not a kind of file that can be imported; choose one of {known}")
