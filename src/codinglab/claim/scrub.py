"""The scrubber: every rule on a claim, its lines and its 837, in one report.

The order is that in which a biller works: what a front end would refuse comes first, and within
it the format, the registration, the providers, the coding and the money.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from codinglab.claim.model import Claim
from codinglab.claim.scrub_catalog import CLAIM_EDITS, find_claim_edit
from codinglab.claim.scrub_editor import editor_findings
from codinglab.claim.scrub_encounter import encounter_of
from codinglab.claim.scrub_facts import code_day, has_payer
from codinglab.claim.scrub_report import NotJudged, Scrub, ScrubbedClaim, ScrubReport
from codinglab.claim.scrub_rule import ClaimEdit, Sent
from codinglab.claim.scrub_terms import last_day_to_file, terms_of
from codinglab.claim.scrub_wire import is_at, is_said, wire_findings
from codinglab.claim.snip_catalog import NOT_JUDGED
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.edits.catalog import find_edit
from codinglab.edits.review import judge_what_can_be
from codinglab.x12.finding import Snip, WireFinding

_INSTEAD = frozenset(name for rule in CLAIM_EDITS for name in rule.instead)


def scrub(
    claims: Claim | Sequence[Claim], day: date, *, wire: Iterable[WireFinding] | None = None
) -> ScrubReport:
    """Judge claims that are to be sent together on `day`.

    `wire` are the findings on their 837; where it is left out, the 837 is written and judged. A
    rule that lacks a code set for a day of the claim, or a fact, is listed as not judged.
    """
    batch = (claims,) if isinstance(claims, Claim) else tuple(claims)
    on_wire: dict[str, list[WireFinding]] = {}
    for one in wire_findings(batch, day) if wire is None else wire:
        if one.id == NOT_JUDGED:
            continue  # the rules on claims say of each claim what they could not judge
        on_wire.setdefault(one.claim, []).append(one)
    judged = tuple(_scrubbed(Sent(one, batch), day, on_wire) for one in batch)
    known = {one.account for one in batch}
    rest = (one for account, found in on_wire.items() if account not in known for one in found)
    return ScrubReport(day, judged, tuple(map(_of_wire, rest)))


def _scrubbed(sent: Sent, day: date, on_wire: dict[str, list[WireFinding]]) -> ScrubbedClaim:
    claim = sent.claim
    if not has_payer(claim):
        rule = find_claim_edit("coverage.none")
        return ScrubbedClaim(claim, tuple(_of_rule(rule, one) for one in rule(sent, day)))
    found: list[Scrub] = []
    open_questions: list[NotJudged] = []
    spoke: list[ClaimEdit] = []
    for rule in CLAIM_EDITS:
        try:
            said = rule(sent, day)
        except NotInForce as error:
            open_questions.append(NotJudged(rule.id, str(error)))
            continue
        found += (_of_rule(rule, one) for one in said)
        spoke += [rule] if said else []
    found += _of_lines(claim, day, open_questions)
    found += _of_editor(claim, found, open_questions)
    found += (_of_wire(one) for one in on_wire.get(claim.account, ()) if not is_said(one, spoke))
    if terms_of(claim) is None:
        why = f"no companion file of payer {claim.coverage.payer.payer_id or '(no number)'}"
        open_questions.append(NotJudged("payer's own terms", why))
    return ScrubbedClaim(
        claim,
        tuple(sorted(dict.fromkeys(found), key=lambda one: one.order)),
        tuple(open_questions),
        last_day_to_file(claim),
    )


def unsaid(findings: Iterable[Finding], report: ScrubReport) -> tuple[Finding, ...]:
    """Return those of `findings`, made while claims were built, that `report` does not say too."""
    spoke = {
        one.finding.id
        for claim in report.claims
        for one in claim.findings
        if one.origin == "claim edit"
    }
    rules = [rule for rule in CLAIM_EDITS if rule.id in spoke]
    return tuple(
        one
        for one in findings
        if not any(one.id in rule.built or is_at(one.place, rule) for rule in rules)
    )


def _of_rule(rule: ClaimEdit, finding: Finding) -> Scrub:
    rejects = rule.answer is not None and finding.severity is Severity.ERROR
    return Scrub(
        finding,
        "claim edit",
        rule.stage,
        rule.fixer,
        rule.snip,
        rule.at,
        rule.answer if rejects else None,
        rejects,
    )


def _of_lines(claim: Claim, day: date, open_questions: list[NotJudged]) -> Iterable[Scrub]:
    """Return what the edits on coded lines find, but for what rules on the claim say already."""
    try:
        review = judge_what_can_be(encounter_of(claim), code_day(claim) or day)
    except NotInForce as error:
        open_questions.append(NotJudged("edits on lines", str(error)))
        return ()
    for one in review.not_judged:
        if one.id not in _INSTEAD:
            why = one.refused or f"the claim does not say {', '.join(one.lacks)}"
            open_questions.append(NotJudged(one.id, why))
    kept = (one for one in review.findings if one.id not in _INSTEAD)
    return tuple(Scrub(one, "line edit", "coding", "coder", _level(one)) for one in kept)


def _of_editor(claim: Claim, said: list[Scrub], open_questions: list[NotJudged]) -> Iterable[Scrub]:
    try:
        found = editor_findings(claim, [one.finding for one in said])
    except NotInForce as error:
        open_questions.append(NotJudged("mce", str(error)))
        return ()
    return tuple(Scrub(one, "line edit", "coding", "coder", None) for one in found)


def _level(finding: Finding) -> Snip | None:
    """Return SNIP 5 for a code that is not in its set, and None for a payer's claim editor."""
    return 5 if find_edit(finding.id).family == "validity" else None


def _of_wire(one: WireFinding) -> Scrub:
    at = " ".join(part for part in (one.loop, one.element or one.segment) if part)
    rejects = one.severity is Severity.ERROR
    return Scrub(one.as_finding(), "wire", "format", "biller", one.snip, at, None, rejects)
