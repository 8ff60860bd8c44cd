"""Files of contracts: checked at the border, errors naming file and field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from codinglab.claim.scrub_terms import all_terms
from codinglab.core.dates import Dated, Span
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml
from codinglab.payer.contract import Contract, ContractTerms
from codinglab.payer.contract_parts import (
    Denial,
    Interest,
    Limit,
    OwnEdit,
    Policy,
    PriceRule,
    Quirk,
    Rule,
    Schedules,
    Selector,
    Sharing,
    StayDays,
    StopLoss,
)
from codinglab.payer.contract_rows import ContractRow, SelectorRow, TermsRow
from codinglab.payer.quirks import QUIRKS

_NEEDS = {
    "physician schedule": "share",
    "laboratory schedule": "share",
    "equipment schedule": "share",
    "outpatient system": "share",
    "inpatient system": "share",
    "percent of charge": "share",
    "per diem": "amount",
    "case rate": "amount",
    "weight rate": "amount",
    "fee list": "fees",
}
_BY_SCHEDULES = frozenset({"physician schedule", "outpatient system", "inpatient system"})


def folder() -> Path:
    """Return the folder of the installation's contracts."""
    return data_folder("curriculum") / "payers" / "contracts"


@lru_cache(maxsize=1)
def contracts() -> Mapping[str, Contract]:
    """Return the installation's contracts by payer id; raises BadData."""
    found = (read_contract(file) for file in sorted(folder().glob("*.yml")))
    return {one.payer_id: one for one in found}


def read_contract(path: Path) -> Contract:
    """Return the contract of the YAML file `path`.

    Raises BadData naming file and field, for a payer without a companion file, for terms whose
    days overlap, and for a price without the figure that its method needs.
    """
    row = read_yaml(path, ContractRow)
    if row.payer_id not in all_terms():
        known = ", ".join(sorted(all_terms()))
        raise BadData(
            f"{path}: payer_id {row.payer_id} has no file in curriculum/payers/companion (name, "
            f"member numbers, filing limit); write one, or use one of {known}"
        )
    for at, terms in enumerate(row.terms):
        _complete(terms, f"{path}: terms.{at}")
    try:
        spans = [(Span(one.effective_from, one.effective_to), _terms(one)) for one in row.terms]
        dated = Dated.of(f"contract of {row.payer_id} ({path.name})", spans)
    except ValueError as error:
        raise BadData(f"{path}: {error}; correct effective_from or effective_to") from None
    return Contract(row.payer_id, row.kind, row.source, dated)


def _complete(terms: TermsRow, place: str) -> None:
    """Refuse a price without the figure that its method needs, and a quirk that has no name."""
    unknown = sorted({one.name for one in terms.quirks} - QUIRKS.keys())
    if unknown:
        raise BadData(f"{place}: no quirk {unknown[0]!r}; the lab knows {', '.join(QUIRKS)}")
    for one in terms.prices:
        wanted = _NEEDS[one.method]
        if not getattr(one, wanted) and getattr(one, wanted) != 0:
            raise BadData(f"{place}: price {one.name!r}: {one.method} needs {wanted}; add it")
        if one.method in _BY_SCHEDULES and terms.schedules is None:
            raise BadData(f"{place}: price {one.name!r}: {one.method} needs schedules; add them")


def denial(text: str) -> Denial:
    """Return what a text such as "CO 16 N65" says: group, CARC and RARCs."""
    group, carc, *remarks = text.split()
    return Denial(group, carc, tuple(remarks))  # type: ignore[arg-type]  # the row's pattern


def _selector(row: SelectorRow) -> Selector:
    return Selector(**{name: getattr(row, name) for name in SelectorRow.model_fields})


def _flat(row: Row, *leave: str) -> dict[str, Any]:
    """Return the fields of `row`, its selector and denial made into parts."""
    made = {}
    for name in type(row).model_fields:
        value = getattr(row, name)
        if name in leave:
            continue
        if isinstance(value, SelectorRow):
            value = _selector(value)
        elif name in {"denial", "contractual", "unpriced"}:
            value = denial(value)
        made[name] = value
    return made


def _all(kind: Any, rows: Iterable[Row]) -> tuple[Any, ...]:
    return tuple(kind(**_flat(one)) for one in rows)


def _maybe(kind: Any, row: Row | None) -> Any:
    return None if row is None else kind(**_flat(row))


def _terms(row: TermsRow) -> ContractTerms:
    parts = {
        "prices": _all(PriceRule, row.prices),
        "sharing": Sharing(
            **_flat(row.sharing, "days", "whole"),
            days=_all(StayDays, row.sharing.days),
            whole=denial(row.sharing.whole) if row.sharing.whole else None,
        ),
        "schedules": _maybe(Schedules, row.schedules),
        "stop_loss": _maybe(StopLoss, row.stop_loss),
        "authorizations": _all(Rule, row.authorizations),
        "exclusions": _all(Rule, row.exclusions),
        "limits": _all(Limit, row.limits),
        "policies": _all(Policy, row.policies),
        "own_edits": _all(OwnEdit, row.own_edits),
        "interest": _maybe(Interest, row.interest),
        "quirks": _all(Quirk, row.quirks),
    }
    return ContractTerms(**_flat(row, "effective_from", "effective_to", *parts), **parts)
