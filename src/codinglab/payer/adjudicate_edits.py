"""Code edits: pairs, unit limits, global packages, codes not in force, and the payer's own.

The edits are those of `codinglab.edits`; code_sets/adjudication says which finding is denied and
how it is told. Source: NCCI Policy Manual; Medicare Claims Processing Manual ch. 12 s. 40.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from codinglab.claim.model import Claim
from codinglab.codes.procedures import NotAProcedureCode, find
from codinglab.codes.release import NotInTable, in_force, rows_on
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.edits.review import judge_what_can_be
from codinglab.encounter.circumstances import By, EarlierService
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.contract_parts import Denial, OwnEdit
from codinglab.payer.reason_tables import ReasonRow, edit_reason
from codinglab.payer.service import RULES, Service

STEP = "edits"
_LINE, _DIAGNOSIS = re.compile(r"line ([0-9]+)"), re.compile(r"diagnosis ([0-9]+)")
_YEARS = timedelta(days=3 * 366)
"""How far back an edit looks: a patient is new after three years."""
_UNKNOWN_CODE, _UNKNOWN_MODIFIER = "line.unknown", "modifier.unknown"
_TRIP = "transport"
"""A kind whose modifiers are pairs of letters of origin and destination, in no list."""


def edits(work: Work) -> Work:
    """Deny the lines that the payer's edits hit."""
    asked = _asked(work.terms.edits, work.day)
    if asked and work.member is not None:
        known = work.encounter.circumstances
        payer = work.terms.tables_of or known.payer
        about = known.before(payer, _earlier(work))
        encounter = replace(work.encounter, about=about)
        found = judge_what_can_be(encounter, work.day, only=asked).findings
        for one in found:
            row = edit_reason(one.id, work.day)
            if row and row.edits in work.terms.edits and _denies(one, row):
                work = _deny(work, one, row)
    for own in work.terms.own_edits:
        work = _own(work, own)
    asked_for = ", ".join(sorted(work.terms.edits)) or "none"
    return work.says(STEP, f"Edits of the contract: {asked_for}.")


def _denies(one: Finding, row: ReasonRow) -> bool:
    """Say whether a finding is grave enough to deny by."""
    least = (Severity.ERROR,) if row.errors_only else (Severity.ERROR, Severity.WARNING)
    return one.severity in least


@lru_cache(maxsize=4096)
def _asked(groups: frozenset[str], day: date) -> frozenset[str]:
    """Return the edits whose findings a payer with these `groups` denies."""
    rows = rows_on(in_force(RULES, day), "edit_reasons.csv", ReasonRow, day)
    return frozenset(row.code for row in rows if row.edits in groups)


def _earlier(work: Work) -> tuple[EarlierService, ...]:
    """Return what the payer paid before for the person, as edits ask for it."""
    assert work.member is not None
    return tuple(
        EarlierService(line.code, day, by, line.modifiers)
        for one in work.state.standing(work.member.member_id, work.person)
        for by in (_by(work.claim, one.decision.claim),)
        for line in one.decision.lines
        if line.allowed
        and line.units
        and (day := one.decision.claim.lines[line.line - 1].first) > work.day - _YEARS
    )


def _by(claim: Claim, other: Claim) -> By:
    mine, theirs = claim.provider("rendering"), other.provider("rendering")
    if claim.billing.npi != other.billing.npi:
        return "another"
    if mine is None or theirs is None or mine.npi == theirs.npi:
        return "same practitioner"
    same = mine.taxonomy == theirs.taxonomy
    return "same group and specialty" if same else "another"


def _deny(work: Work, one: Finding, row: ReasonRow) -> Work:
    lines = _hit(work, one)
    if one.id == _UNKNOWN_MODIFIER:
        lines = tuple(at for at in lines if work.services[at - 1].kind != _TRIP)
    if one.id == _UNKNOWN_CODE:
        lines = tuple(at for at in lines if _is_no_code(work, at))
    source = f"{one.id}; {one.cite or row.source}"
    for at in lines:
        if at not in work.denied:
            work = _refuse(work, at, row.denial, one.message, source)
    return work


def _refuse(work: Work, at: int, told: Denial, why: str, source: str) -> Work:
    if work.whole:
        return work.deny_all(STEP, told, why, source)
    return work.deny(at, STEP, told, why, source)


def _hit(work: Work, one: Finding) -> tuple[int, ...]:
    """Return the numbers of the lines that a finding is about."""
    if found := _LINE.fullmatch(one.place):
        return (int(found[1]),)
    if found := _DIAGNOSIS.fullmatch(one.place):
        wrong = work.claim.diagnoses[int(found[1]) - 1].code
        return tuple(each.line for each in work.services if wrong in each.diagnoses)
    return ()


def _is_no_code(work: Work, at: int) -> bool:
    """Say whether the code of a line is none at all; one that the lab lacks may well exist."""
    line = work.claim.lines[at - 1]
    try:
        find(line.code, line.first)
    except NotAProcedureCode:
        return True
    except (NotInTable, NotInForce):
        return False
    return False


def _own(work: Work, own: OwnEdit) -> Work:
    """Deny by an edit of the payer's own."""
    for service, _ in tuple(work.open_lines()):
        if service.code != own.code or not own.unless.isdisjoint(service.modifiers):
            continue
        if beside := _beside(work, own, service):
            why = f"{own.name}: {own.code} is not paid beside {beside} on one day."
            work = work.deny(service.line, STEP, own.denial, why, own.source)
    return work


def _beside(work: Work, own: OwnEdit, service: Service) -> str:
    for one, _ in work.open_lines():
        if one.line != service.line and one.day == service.day and one.code in own.beside:
            return one.code
    return ""
