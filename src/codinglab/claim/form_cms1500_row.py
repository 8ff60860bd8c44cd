"""One service line of item 24: the typed line, and the shaded line above it."""

from __future__ import annotations

from codinglab.claim.form_page import typed
from codinglab.claim.form_text import count, day_short, money
from codinglab.claim.model import Claim, Drug, Line
from codinglab.encounter.coded import POINTER_LETTERS

GAP = " " * 3
"""Three blanks part the pieces of the shaded line (chapter 26, section 10.4, item 24)."""


def row(claim: Claim, line: Line, at: int, *, one_pointer: bool) -> dict[str, str]:
    """Return the cells of service line `at` (from 1 on its page)."""
    who = next((one for role, one in line.providers if role == "rendering"), None)
    who = who or claim.provider("rendering")
    other = next(iter(who.other_ids), None) if who else None
    pointers = line.pointers[:1] if one_pointer else line.pointers
    texts = {
        "24.note": note(line),
        "24A": f"{day_short(line.first)} {day_short(line.last or line.first)}",
        "24B": line.place_of_service or claim.place_of_service,
        "24C": "Y" if line.emergency else "",
        "24D": line.code.upper(),
        "24D.modifiers": " ".join(line.modifiers),
        "24E": "".join(POINTER_LETTERS[one - 1 : one] for one in pointers),
        "24F": money(line.charge),
        "24G": count(line.units),
        "24H.epsdt": "Y" if line.epsdt else "",
        "24H.family": "Y" if line.family_planning else "",
        "24I": other.qualifier if other else "",
        "24J.other": typed(other.text) if other else "",
        "24J": who.npi if who else "",
    }
    return {f"{name}.{at}": text for name, text in texts.items()}


def note(line: Line) -> str:
    """Return the shaded line: a drug's NDC and quantity, a description, a note."""
    parts = []
    if line.drug:
        parts += [f"N4{line.drug.ndc}", quantity(line.drug)]
    if line.description:
        parts.append(f"ZZ{typed(line.description)}")
    if line.note:
        parts.append(typed(line.note))
    return GAP.join(parts)


def quantity(drug: Drug) -> str:
    """Return unit and quantity as paper has them: "ML1", "UN2.5"."""
    return f"{drug.unit}{count(drug.quantity)}"
