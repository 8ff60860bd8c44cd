"""A corrected claim, checked against the denied one before it goes again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_action import correction_limit, row_of
from codinglab.accounts.denial_changes import changes
from codinglab.accounts.denial_resubmit import Resubmission, answered, claim_line, resubmit
from codinglab.accounts.denial_rules import CorrectionRoute
from codinglab.claim.model import Claim
from codinglab.core.findings import Finding, Severity

_CLAIM = "the claim"
_CORRECT, _APPEAL = "correct", "appeal"
_ALREADY = ("7", "8")
_REJECTED, _NEW_CLAIM = "277CA", "new claim"


@dataclass(frozen=True, slots=True)
class Correction:
    """What goes again and how (`sending`), what it `changes`, until when (`last`), what is wrong.

    `last` is None where no limit is known; `last_why` says where it comes from.
    """

    sending: Resubmission
    changes: tuple[str, ...]
    last: date | None
    last_why: str
    findings: tuple[Finding, ...]


def correction(denials: Sequence[Denial], sent: Claim, mended: Claim, day: date) -> Correction:
    """Return how `mended` goes on `day` to the payer that denied lines of `sent`.

    Findings that are errors say that it must not go: what is appealed and not corrected, what is
    too late, what changes nothing or is another claim. Raises what `resubmit` does.
    """
    sending = resubmit(denials, sent, mended)
    part, places = answered(denials, sent, mended, sending.route)
    told = changes(part, mended)
    last, why = correction_limit(denials[0], sending.route, sending.claim or mended, day)
    findings = (
        *sending.findings,
        *(found for one in denials for found in _barred(one, sending.route)),
        *_time(denials[0], last, why, day),
        *_other(denials[0], sent, mended),
        *_frequency(denials[0], mended, sending.route),
        *_condition(mended, sending.route),
        *(found for one in denials for found in _untouched(one, sent, places, told)),
    )
    return Correction(sending, told, last, why, findings)


def answers(denial: Denial, route: CorrectionRoute) -> bool:
    """Say whether a corrected claim is one of the answers to this denial."""
    row = row_of(denial)
    return route.route == _NEW_CLAIM or _CORRECT in {row.do, row.then}


def _barred(denial: Denial, route: CorrectionRoute) -> Iterator[Finding]:
    """Yield why this denial is answered otherwise than by a corrected claim."""
    if route.route == _NEW_CLAIM:
        return
    row = row_of(denial)
    if not answers(denial, route):
        yield Finding(
            "denial.not-corrected",
            denial.place,
            f"{_begun(row.why)}: no corrected claim answers that.",
            f"{_begun(row.do.replace('_', ' '))}: {row.look}.",
        )
    elif row.do == _APPEAL:
        yield Finding(
            "denial.record",
            denial.place,
            f"{_begun(row.why)}. A correction answers that only where the claim was not what the "
            "record says; else it is appealed.",
            "Change only what the record shows: a code chosen to be paid is a false claim.",
            Severity.WARNING,
        )


def _time(denial: Denial, last: date | None, why: str, day: date) -> Iterator[Finding]:
    """Yield that it is too late, too early, or that nobody knows until when."""
    if day < denial.notice:
        yield Finding(
            "denial.not-yet",
            _CLAIM,
            f"On {day} the notice of {denial.notice} had not come.",
            "Correct it on the day of the notice or later.",
        )
    if last and last < day:
        yield Finding(
            "denial.late",
            _CLAIM,
            f"A correction was due on {last} ({why}).",
            "Ask for an exception or appeal, where the payer's rules have one; see the denial.",
        )
    elif last is None:
        yield Finding(
            "denial.limit-unknown",
            denial.place,
            f"{_begun(why)}.",
            "Ask the payer until when it takes it, and on what grounds.",
            Severity.NOTE,
        )


def _other(denial: Denial, sent: Claim, mended: Claim) -> Iterator[Finding]:
    """Yield what makes it another claim than the denied one."""
    if mended.account != sent.account:
        yield Finding(
            "denial.account",
            _CLAIM,
            f"It is {mended.account}, and {sent.account} was denied.",
            "Keep the practice's own number: by it the answer finds the account.",
        )
    before, after = sent.coverage.payer, mended.coverage.payer
    if before.payer_id != after.payer_id:
        yield Finding(
            "denial.payer",
            _CLAIM,
            f"It goes to {after.payer_id}, and {before.payer_id} denied it.",
            "Bill another payer by a claim of its own; this payer has nothing to correct.",
        )
    told = mended.original_reference.strip()
    if denial.source != _REJECTED and told and denial.number and told != denial.number:
        yield Finding(
            "denial.other-number",
            _CLAIM,
            f"It names {told} as the original, and the payer numbered the claim {denial.number}.",
            "Take the number from the remittance that denied it (CLP07).",
        )


def _frequency(denial: Denial, mended: Claim, route: CorrectionRoute) -> Iterator[Finding]:
    """Yield what is wrong with how the file says that it goes."""
    if denial.source == _REJECTED:
        return
    if route.frequency in _ALREADY:
        if (mended.frequency, bool(mended.original_reference)) != (route.frequency, True):
            yield Finding(
                "denial.frequency",
                _CLAIM,
                f"It says frequency {mended.frequency}, original "
                f"{mended.original_reference or 'none'}.",
                f"Write frequency {route.frequency} and original {denial.number or '(CLP07)'}.",
            )
    elif mended.frequency in _ALREADY or mended.original_reference:
        yield Finding(
            "denial.frequency",
            _CLAIM,
            f"It says frequency {mended.frequency}, original "
            f"{mended.original_reference or 'none'}; here nothing is replaced.",
            f"Write frequency 1 and no original: {route.says}.",
        )


def _condition(mended: Claim, route: CorrectionRoute) -> Iterator[Finding]:
    held = {*mended.conditions, *(mended.bill.conditions if mended.bill else ())}
    if route.conditions and len(held & set(route.conditions)) != 1:
        yield Finding(
            "denial.condition",
            _CLAIM,
            "An adjustment bill says by exactly one condition code what changes.",
            f"Write one of {', '.join(route.conditions)}.",
        )


def _untouched(
    denial: Denial, sent: Claim, places: Sequence[int], told: Sequence[str]
) -> Iterator[Finding]:
    """Yield that the denied line itself, and what stands above the lines, is as it was."""
    at = claim_line(denial, sent)
    if at not in places:
        return
    mine = f"line {places.index(at) + 1}"
    touched = ("claim ", f"{mine} ", f"{mine}:")
    if told and not any(one.startswith(touched) for one in told):
        yield Finding(
            "denial.line-unchanged",
            denial.place,
            "The denied line is as it was.",
            "Say in a note why it is sent again, or leave it as denied.",
            Severity.WARNING,
        )


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
