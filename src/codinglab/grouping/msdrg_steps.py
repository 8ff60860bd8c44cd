"""How a stay came to its MS-DRG, in the order in which the grouper works, as lines of text.

Source: MS-DRG Definitions Manual, the logic of the grouper: before the MDCs, MDC, class, severity.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codinglab.grouping.msdrg import Grouped
    from codinglab.grouping.msdrg_roles import CodeRole


def steps(found: Grouped) -> Iterator[str]:
    """Yield one sentence for each step that led to the group of `found`."""
    yield _category(found)
    if found.kind:
        yield _class(found)
    yield _severity(found)
    if found.before_hospital_acquired != found.drg:
        yield (
            f"Acquired in the hospital: MS-DRG {found.before_hospital_acquired} before conditions "
            f"that were not present on admission stopped counting, {found.drg} after"
        )


def _codes(roles: tuple[CodeRole, ...]) -> str:
    return ", ".join(one.code for one in roles)


def _category(found: Grouped) -> str:
    first = found.diagnoses[0].code
    named = f"MDC {found.mdc}, {found.mdc_title}"
    if found.before_mdc:
        return f"Category: none; procedures decide before the MDC ({named}, by {first}) is asked"
    if found.diagnoses[0].moved:
        return f"Category: {named}; {first} is {found.diagnoses[0].why}"
    return f"Category: {named}, by the principal diagnosis {first}"


def _class(found: Grouped) -> str:
    decided = _codes(tuple(one for one in found.procedures if one.role == "defines"))
    if decided:
        return f"Class: {found.kind}, by {decided}"
    if found.kind == "surgical":
        return "Class: surgical"
    if found.procedures:
        return "Class: medical; no procedure decides"
    return "Class: medical; there is no procedure"


def _severity(found: Grouped) -> str:
    if found.counted:
        return f"Severity: {found.level}, by {_codes(found.counted)}"
    if found.level:
        return f"Severity: {found.level}, but this DRG is not split by it"
    return "Severity: no CC or MCC counts"
