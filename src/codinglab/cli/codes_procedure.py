"""A procedure code or modifier as `codinglab codes show` tells it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from codinglab.cli.report import finish

if TYPE_CHECKING:
    from codinglab.codes.procedure_facts import Facts
    from codinglab.codes.procedures import Procedure

_SETS = {"CPT": "cpt", "HCPCS": "hcpcs"}
_INDICATORS = ("pc_tc", "multiple", "bilateral", "assistant")


def procedure_on(code: str, day: date) -> Procedure | str:
    """Return the procedure `code` on `day`, or why there is none; empty for another shape."""
    from codinglab.codes.procedures import NotAProcedureCode, find
    from codinglab.codes.release import NotInTable
    from codinglab.core.dates import NotInForce

    try:
        return find(code, day)
    except NotAProcedureCode:
        return ""
    except (NotInTable, NotInForce) as error:
        return str(error)


def show_if_procedure(code: str, day: date, *, as_json: bool) -> str:
    """Tell of `code` and leave if it is a procedure on `day`; else return why it is none."""
    from codinglab.codes.procedure_facts import facts

    found = procedure_on(code, day)
    if not isinstance(found, str):
        told = _told(found, facts(found.code, day), day)
        finish(told, as_json=as_json, text=lambda: _shown(told))
    return found


def _told(one: Procedure, known: Facts, day: date) -> dict[str, Any]:
    return {
        "code": one.code,
        "on": day.isoformat(),
        "title": one.label,
        "system": one.system,
        "kind": one.kind or None,
        "global_days": one.global_days,
        "add_on": one.add_on,
        **{name: getattr(known, name) for name in _INDICATORS},
        "primaries": list(known.primaries),
        "sources": [said for said in (known.source, known.primaries_source) if said],
        "set": _SETS[one.system],
        "remarks": [] if known.source else ["No fee schedule indicators are at hand."],
    }


def _shown(told: dict[str, Any]) -> str:
    lines = [
        f"{told['code']}  {told['title']}",
        f"{told['system']}, in this lab's words, on {told['on']}",
    ]
    if told["global_days"]:
        lines.append(f"global days: {told['global_days']}")
    if told["add_on"]:
        lines.append(f"an add-on; primaries here: {', '.join(told['primaries']) or 'none listed'}")
    digits = [f"{name.replace('_', '/')} {told[name]}" for name in _INDICATORS if told[name]]
    lines += [f"indicators: {', '.join(digits)}"] if digits else []
    return "\n".join([*lines, *told["remarks"], *(f"source: {one}" for one in told["sources"])])
