"""Roles that the grouper does not mark, found by grouping again without the codes in question.

The grouper marks a diagnosis that the DRG asks for and a CC or MCC that counts alike, and for a
few DRGs (operations unrelated to the principal diagnosis, several joints, a severity that an
acquired condition had given first) it marks no code at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from codinglab.grouping.msdrg_roles import (
    ASKED_FOR,
    CodeRole,
    Role,
    an_mcc_counts,
    asked_only_for_mcc,
    counts_already,
    not_split,
    part_of_drg,
    that_counts,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the grouper says of a claim: its DRG, MDC and the severity of its secondary codes."""

    drg: int | None
    mdc: int | None
    level: str


Ask = Callable[[dict[str, Any]], Answer]
_Claim = dict[str, Any]
_Roles = tuple[CodeRole, ...]
_ABLE = {"counts", "outweighed"}
_NEWBORN = 15


def settle_diagnoses(roles: _Roles, claim: _Claim, whole: Answer, ask: Ask) -> _Roles:
    """Return `roles` with the CC or MCC that really counted, and why others do not.

    `whole` is the answer to the `claim` as it is. All codes that could count are left out
    together; where that leaves the DRG as it is, none counts, whatever is marked. Where several
    could count, each is tried without the others: a code of which the DRG is made is not also its
    CC or MCC (Definitions Manual, appendix C, part 2).
    """
    able = [at for at, one in enumerate(roles) if one.role in _ABLE]
    first = next((at for at in able if roles[at].level == whole.level), None)
    if not whole.level or first is None:
        return roles
    bare = ask(_without(claim, able))
    if bare.drg == whole.drg:
        return _changed(roles, able, lambda one: _why(one, "outweighed", not_split(one.level)))
    if not any(one.role == "counts" for one in roles):
        roles = _changed(roles, [first], lambda one: _why(one, "counts", that_counts(one.level)))
    tried = _each_alone(roles, claim, whole, ask)
    return _lesser(tried, claim, (whole, bare), ask) if whole.level == "MCC" else tried


def settle_idle(roles: _Roles, claim: _Claim, whole: Answer, ask: Ask) -> _Roles:
    """Return `roles` with the diagnoses of which the DRG is made though they count as nothing.

    Such as the weight or weeks of a newborn, or a coma that is too close to the principal
    diagnosis to count as MCC: without any of them the DRG is another one. Outside the MDC of
    newborns the grouper marks all such codes but those on an exclusion list.
    """
    idle = [at for at, one in enumerate(roles) if one.role in {"nothing", "excluded"}]
    unmarked = whole.mdc == _NEWBORN or any(roles[at].role == "excluded" for at in idle)
    if not idle or not unmarked or ask(_without(claim, idle)).drg == whole.drg:
        return roles
    return _changed(
        roles,
        [
            at
            for at in idle
            if ask(_without(claim, (each for each in idle if each != at))).drg == whole.drg
        ],
        _made_of,
    )


def _made_of(one: CodeRole) -> CodeRole:
    if one.role == "nothing":
        return _why(one, "defines", ASKED_FOR)
    told = "" if "part of what defines" in one.why else "; all the same this DRG asks for it"
    return _why(one, "defines", f"{one.why}{told}")


def _changed(
    roles: _Roles, places: Iterable[int], change: Callable[[CodeRole], CodeRole]
) -> _Roles:
    chosen = set(places)
    return tuple(change(one) if at in chosen else one for at, one in enumerate(roles))


def _why(one: CodeRole, role: Role, why: str) -> CodeRole:
    return replace(one, role=role, why=why)


def _without(claim: _Claim, places: Iterable[int]) -> _Claim:
    """Return the claim without the secondary diagnoses at `places`, as `roles` counts them."""
    out = set(places)
    return {**claim, "sdx": [one for at, one in enumerate(claim["sdx"], 1) if at not in out]}


def _each_alone(roles: _Roles, claim: _Claim, whole: Answer, ask: Ask) -> _Roles:
    """Return `roles` after trying each code of the level that counted without the others of it."""
    level = whole.level
    peers = [at for at, one in enumerate(roles) if one.role in _ABLE and one.level == level]
    if len(peers) < 2:  # noqa: PLR2004  the only one of its level gave the level
        return roles
    failed = set()
    for at in peers:
        alone = ask(_without(claim, (each for each in peers if each != at)))
        if alone.mdc == whole.mdc and alone.level != level:
            failed.add(at)
    left = [at for at in peers if at not in failed]
    if not left:
        return roles
    chosen = next((at for at in left if roles[at].role == "counts"), left[0])
    return tuple(
        _judged(one, level, at, chosen, failed) if at in peers else one
        for at, one in enumerate(roles)
    )


def _judged(one: CodeRole, level: str, at: int, chosen: int, failed: set[int]) -> CodeRole:
    if at == chosen:
        return _why(one, "counts", that_counts(level))
    if at not in failed:
        return _why(one, "outweighed", counts_already(level))
    if one.role == "counts":
        return _why(one, "defines", f"{ASKED_FOR}, and therefore not its {level}")
    return _why(one, "excluded", part_of_drg(level))


def _lesser(roles: _Roles, claim: _Claim, both: tuple[Answer, Answer], ask: Ask) -> _Roles:
    """Return `roles` with what each CC would do if there were no MCC.

    `both` are the answers to the claim with all codes, and without those that could count.
    """
    lesser = [at for at, one in enumerate(roles) if one.role == "outweighed" and one.level == "CC"]
    peers = [at for at, one in enumerate(roles) if one.role in _ABLE and one.level == "MCC"]
    if not lesser:
        return roles
    (whole, bare), with_cc = both, ask(_without(claim, peers))
    role: Role = "outweighed"
    why = an_mcc_counts()
    if with_cc.mdc == whole.mdc and with_cc.level != "CC":
        role, why = "excluded", part_of_drg("CC")
    elif with_cc.mdc == whole.mdc and with_cc.drg == bare.drg:
        why = asked_only_for_mcc()
    return _changed(roles, lesser, lambda one: _why(one, role, why))


def settle_procedures(roles: _Roles, claim: _Claim, whole: Answer, ask: Ask) -> _Roles:
    """Return `roles` with the procedures that decided together, where the grouper marked none.

    A procedure decides if the DRG is another one without it.
    """
    if not roles or any(one.role == "defines" for one in roles):
        return roles
    drg, every = whole.drg, claim["procedures"]
    if ask({**claim, "procedures": []}).drg == drg:
        return roles
    needed = [
        ask({**claim, "procedures": [*every[:at], *every[at + 1 :]]}).drg != drg
        for at in range(len(every))
    ]
    told = "one of the procedures that decide this DRG together"
    if not any(needed):
        needed = [ask({**claim, "procedures": [one]}).drg == drg for one in every]
        told = "a procedure that decides this DRG, as another one does"
    return tuple(
        replace(one, role="defines", why=told) if deciding else one
        for one, deciding in zip(roles, needed, strict=True)
    )
