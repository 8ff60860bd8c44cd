"""What stands against sending an appeal letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from codinglab.accounts.appeal_evidence import Justification
from codinglab.accounts.appeal_letter_kind import LetterKind, letter_file
from codinglab.accounts.appeal_words import Ask, lacking_numbers
from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_action import row_of
from codinglab.core.findings import Finding, Severity

_BUNDLING, _APPEAL = "bundling", "appeal"


def findings_of(
    denial: Denial, ask: Ask, kind: LetterKind, told: Justification
) -> Iterator[Finding]:
    """Yield what is wrong or should be known before the letter goes."""
    yield from _right(denial, ask)
    held = {one.kind for one in told.evidence}
    for group in kind.needs:
        if not held & set(group):
            yield Finding(
                "appeal.evidence",
                denial.place,
                f"Nothing shows {' or '.join(group)}. {kind.why}",
                "Find it and add it to the evidence, or do not appeal.",
            )
    for check in _CHECKS:
        yield from check(denial, ask)
    if not told.signer.strip():
        yield Finding(
            "appeal.signer",
            denial.place,
            "Nobody is named who signs; the letter has lines to sign by hand.",
            "Sign it, or name the signer.",
            Severity.NOTE,
        )


def _begun(who: str) -> str:
    """Return who decides, to begin a sentence with; names keep their capitals."""
    return who[:1].upper() + who[1:]


def _right(denial: Denial, ask: Ask) -> Iterator[Finding]:
    if refused := ask.path.refuses(denial.carc, denial.remarks, denial.filing):
        yield Finding(
            "appeal.none", denial.place, f"No appeal: {refused.why}.", f"{refused.instead}."
        )
    if ask.level.automatic:
        yield Finding(
            "appeal.automatic",
            denial.place,
            f"{_begun(ask.level.who)} gets it without a request.",
            "Send only what the level below had not seen.",
        )


def _first(denial: Denial, ask: Ask) -> Iterator[Finding]:
    """Yield that something else is done before this denial is appealed."""
    row = row_of(denial)
    if row.do != _APPEAL and not ask.rounds:
        yield Finding(
            "appeal.first",
            denial.place,
            f"An appeal is not the first act here: {row.why}.",
            f"First {row.do.replace('_', ' ')}: {row.look}.",
            Severity.WARNING,
        )


def _time(denial: Denial, ask: Ask) -> Iterator[Finding]:
    if ask.due and ask.due.left(ask.day) < 0:
        yield Finding(
            "appeal.late",
            denial.place,
            f"The request was due on {ask.due.last}.",
            "Ask for more time with good cause, if there is one: "
            f"{ask.path.good_cause_of(ask.level)}.",
        )
    if ask.due and not ask.due.sure:
        yield Finding(
            "appeal.receipt",
            denial.place,
            f"The last day, {ask.due.last}, is counted from the notice: its receipt is not known.",
            "Say when it came, if the day matters.",
            Severity.NOTE,
        )


def _amount(denial: Denial, ask: Ask) -> Iterator[Finding]:
    if ask.needed is not None:
        yield Finding(
            "appeal.amount",
            denial.place,
            f"{_begun(ask.level.who)} asks for at least {ask.needed} dollars at stake, which "
            "this claim alone does not reach.",
            "Put it together with similar claims of the same level (42 CFR 405.1006(e)), or end it "
            "here.",
        )


def _numbers(denial: Denial, ask: Ask) -> Iterator[Finding]:
    for level in lacking_numbers(ask.rounds):
        yield Finding(
            "appeal.number",
            denial.place,
            f"The number of the decision of level {level} is not told.",
            "Take it from the notice; the next reviewer finds the case by it.",
            Severity.WARNING,
        )


def _part(denial: Denial, ask: Ask) -> Iterator[Finding]:
    if any(one.outcome == "partly overturned" for one in ask.rounds):
        yield Finding(
            "appeal.part",
            denial.place,
            "A part was granted before, and the letter tells the amount of the first notice.",
            "Take the remittance that came since; it tells what is still denied.",
            Severity.WARNING,
        )


def _modifier(denial: Denial, ask: Ask) -> Iterator[Finding]:  # noqa: ARG001  a check's shape
    apart = {one.code for one in letter_file().modifiers}
    if denial.cause.code == _BUNDLING and not apart & set(denial.modifiers):
        yield Finding(
            "appeal.modifier",
            denial.place,
            "The service was billed without a modifier that sets it apart.",
            "Where the record supports one, correct the claim first; a letter opens no edit.",
            Severity.WARNING,
        )


def _who(denial: Denial, ask: Ask) -> Iterator[Finding]:
    if ask.path.who_may:
        yield Finding(
            "appeal.who",
            denial.place,
            f"Who may ask: {ask.path.who_may}.",
            "Add the patient's written consent where the patient's right is used.",
            Severity.NOTE,
        )
    if not denial.member_id:
        yield Finding(
            "appeal.member",
            denial.place,
            "The patient's member number is not told, and a request names it.",
            "Take it from the claim (in Medicare 42 CFR 405.944(b) and 405.964(b)).",
        )


_CHECKS: tuple[Callable[[Denial, Ask], Iterator[Finding]], ...] = (
    _first,
    _time,
    _amount,
    _numbers,
    _part,
    _modifier,
    _who,
)
