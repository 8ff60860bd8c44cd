"""What goes wrong with claims of the simulated practice: each slip makes one claim of another.

A slip that cannot happen to a claim (no modifier to forget) leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from codinglab.accounts.practice_file import PracticeFile, Slip
from codinglab.accounts.practice_panel import misread
from codinglab.claim.model import Claim, Diagnosis
from codinglab.payer.contract import Contract

SEPARATE = "25"


def needs_authorization(claim: Claim, contract: Contract) -> bool:
    """Say whether the contract lists a code of the claim (or a modifier) for authorization."""
    rules = contract.on(claim.lines[0].first).authorizations
    return any(
        (line.code in rule.on.codes) or not rule.on.modifiers.isdisjoint(line.modifiers)
        for line in claim.lines
        for rule in rules
    )


def _member_number(claim: Claim, practice: PracticeFile) -> Claim:
    coverage = claim.coverage
    pattern = practice.payers[coverage.payer.payer_id].number
    wrong = replace(coverage, member_id=misread(pattern, coverage.member_id))
    return replace(claim, coverages=(wrong,))


def _birth_date(claim: Claim, _: PracticeFile) -> Claim:
    born = claim.patient.born
    assert born is not None
    return replace(claim, patient=replace(claim.patient, born=born + timedelta(days=1)))


def _modifier(claim: Claim, _: PracticeFile) -> Claim:
    lines = tuple(
        replace(line, modifiers=tuple(one for one in line.modifiers if one != SEPARATE))
        for line in claim.lines
    )
    return replace(claim, lines=lines)


def _authorization(claim: Claim, _: PracticeFile) -> Claim:
    return replace(claim, authorization="")


def _diagnosis(claim: Claim, practice: PracticeFile) -> Claim:
    return replace(claim, diagnoses=(Diagnosis(practice.vague), *claim.diagnoses[1:]))


def _level(claim: Claim, practice: PracticeFile) -> Claim:
    """Raise the visit level by one; the highest one stays."""
    next_up: dict[str, str] = {}
    for levels in (practice.levels.established, practice.levels.new):
        codes = sorted(levels)
        next_up |= dict(pairwise(codes))
    lines = tuple(
        replace(line, code=next_up[line.code], charge=practice.charges[next_up[line.code]])
        if line.code in next_up
        else line
        for line in claim.lines
    )
    return replace(claim, lines=lines)


def _held(claim: Claim, _: PracticeFile) -> Claim:
    return claim


SLIPS: Mapping[Slip, Callable[[Claim, PracticeFile], Claim]] = {
    "member number": _member_number,
    "birth date": _birth_date,
    "modifier": _modifier,
    "authorization": _authorization,
    "diagnosis": _diagnosis,
    "level": _level,
    "held": _held,
}
"""Every slip of practice.yml; a held claim is the same claim, sent late."""
