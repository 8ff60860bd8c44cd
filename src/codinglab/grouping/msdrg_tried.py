"""Roles that the grouper does not mark, found by grouping again without the codes in question.

For a few DRGs (operations unrelated to the principal diagnosis, several joints, a severity that
an acquired condition had given first) the grouper marks no code as the one that decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from codinglab.grouping.msdrg_roles import CodeRole, counts_already, that_counts

Ask = Callable[[dict[str, Any]], int | None]  # the DRG of a claim
_Claim = dict[str, Any]


def settle_diagnoses(
    roles: tuple[CodeRole, ...], level: str, claim: _Claim, ask: Ask
) -> tuple[CodeRole, ...]:
    """Return `roles` with the CC or MCC that counted, where the grouper marked none.

    `level` is the severity of the group. The codes that could count are left out together; where
    that changes the DRG, the first of the greatest severity is the one that counts.
    """
    able = [at for at, one in enumerate(roles) if one.role == "outweighed"]
    first = next((at for at in able if roles[at].level == level), None)
    if not level or first is None or any(one.role == "counts" for one in roles):
        return roles
    left = [one for at, one in enumerate(claim["sdx"], 1) if at not in able]
    if ask({**claim, "sdx": left}) == ask(claim):
        return roles
    return tuple(_settled(one, at, first, able, level) for at, one in enumerate(roles))


def _settled(one: CodeRole, at: int, first: int, able: list[int], level: str) -> CodeRole:
    if at == first:
        return replace(one, role="counts", why=that_counts(level))
    if at in able and one.level == level:
        return replace(one, why=counts_already(level))
    return one


def settle_procedures(roles: tuple[CodeRole, ...], claim: _Claim, ask: Ask) -> tuple[CodeRole, ...]:
    """Return `roles` with the procedures that decided together, where the grouper marked none.

    A procedure decides if the DRG is another one without it.
    """
    if not roles or any(one.role == "defines" for one in roles):
        return roles
    drg, every = ask(claim), claim["procedures"]
    if ask({**claim, "procedures": []}) == drg:
        return roles
    needed = [
        ask({**claim, "procedures": [*every[:at], *every[at + 1 :]]}) != drg
        for at in range(len(every))
    ]
    told = "one of the procedures that decide this DRG together"
    if not any(needed):
        needed = [ask({**claim, "procedures": [one]}) == drg for one in every]
        told = "a procedure that decides this DRG, as another one does"
    return tuple(
        replace(one, role="defines", why=told) if deciding else one
        for one, deciding in zip(roles, needed, strict=True)
    )
