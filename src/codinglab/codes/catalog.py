"""Every code set that is one table of rows, by name."""

from __future__ import annotations

from codinglab.codes import billing, modifiers, procedures, visit_levels
from codinglab.codes.code_set import CodeSet
from codinglab.codes.release import CodeRow, set_names
from codinglab.core.tables import BadData

_HCPCS = CodeSet("hcpcs", procedures.ProcedureRow, r"[A-CE-V]\d{4}", "J1885")
_CPT = CodeSet("cpt", procedures.ProcedureRow, r"\d{4}[\dFTUMA]", "five digits")
_MODIFIERS = CodeSet("modifiers", modifiers.Modifier, r"[A-Z0-9]{2}", "25", modifiers.TABLE)
_LEVELS = CodeSet("visit_levels", visit_levels.VisitLevel, r"\d{5}", "five digits", "levels.csv")

SETS: dict[str, CodeSet[CodeRow]] = {
    one.name: one for one in (_CPT, _HCPCS, _MODIFIERS, _LEVELS, *billing.SETS)
}


def code_set(name: str) -> CodeSet[CodeRow]:
    """Return the code set `name`: "carc", or an imported one such as "x12_carc".

    Raises BadData, naming all, when there is none.
    """
    found = SETS.get(name) or _imported(name)
    if found is None:
        raise BadData(f"there is no code set {name}; choose one of {', '.join(sorted(SETS))}")
    return found


def _imported(name: str) -> CodeSet[CodeRow] | None:
    """Return an imported set that has a table of codes; any text can be a code of it."""
    from codinglab.codes.importers.kinds import KINDS

    kind = next((one for one in KINDS if one.name == name), None)
    model = kind.tables.get("codes.csv") if kind and name in set_names() else None
    return CodeSet(name, model, r".+", "its owner's list") if model else None
