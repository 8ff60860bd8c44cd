"""An appeal letter from a template of curriculum/appeals/letters, with its enclosures listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from codinglab.accounts.appeal_deadline import Deadline
from codinglab.accounts.appeal_evidence import Evidence, EvidenceKind, Justification
from codinglab.accounts.appeal_path import AppealPath, Level
from codinglab.accounts.denial import Denial
from codinglab.claim.parties import Provider
from codinglab.codes.billing import CARC, RARC
from codinglab.codes.code_set import CodeSet, NotACode
from codinglab.codes.release import CodeRow, NotInTable
from codinglab.core.findings import Finding, Severity
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_text, read_yaml

if TYPE_CHECKING:
    from jinja2 import Template

TRAINING = "TRAINING COPY - NOT SENT TO ANY PAYER"
_ZIP = 5  # digits before the dash


class LetterKind(Row):
    """A kind of letter: its template, for which causes, and which evidence it cannot go without.

    `needs` holds groups of kinds; of each group one must be there.
    """

    slug: str
    title: str
    causes: tuple[str, ...]
    needs: tuple[tuple[EvidenceKind, ...], ...]
    why: str


class LetterFile(Row):
    """curriculum/appeals/letters.yml."""

    source: str
    letters: tuple[LetterKind, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of whom: the path and level, the day of the letter, and the last day for it."""

    path: AppealPath
    level: Level
    day: date
    due: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its text, its enclosures, and what stands against sending it."""

    kind: LetterKind
    subject: str
    text: str
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]


@lru_cache(maxsize=1)
def letter_file() -> LetterFile:
    """Return the kinds of letters; raises BadData naming file and field."""
    return read_yaml(data_folder("curriculum") / "appeals" / "letters.yml", LetterFile)


def kind_of(denial: Denial) -> LetterKind:
    """Return the kind of letter for a denial; raises BadData where there is none for its cause."""
    for one in letter_file().letters:
        if denial.cause.code in one.causes:
            return one
    raise BadData(f"curriculum/appeals/letters.yml: no letter for cause {denial.cause.code}")


def letter(denial: Denial, ask: Ask, sender: Provider, told: Justification) -> Letter:
    """Return the letter that asks for another decision of `denial`.

    Findings name evidence that is missing and a day that is past; the letter is written all the
    same, to be finished. Raises BadData where the template asks for what is not there.
    """
    from jinja2 import TemplateError

    kind = kind_of(denial)
    subject = f"{ask.level.name.capitalize()}: claim {denial.account}, {denial.place}"
    values = {
        "denial": denial,
        "ask": ask,
        "sender": sender,
        "address": tuple(_address(sender)),
        "told": told,
        "evidence": told.evidence,
        "subject": subject,
        "reason": words(CARC, denial.carc, denial.notice),
        "remarks": tuple((one, words(RARC, one, denial.notice)) for one in denial.remarks),
        "of": {name: _of(told.evidence, name) for name in get_args(EvidenceKind)},
        "dollars": _dollars,
        "day": _day,
    }
    try:
        text = _template(kind.slug).render(values)
    except (TemplateError, LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise BadData(f"curriculum/appeals/letters/{kind.slug}.txt: {error}") from error
    findings = tuple(_findings(denial, ask, kind, told.evidence))
    return Letter(kind, subject, text.strip() + "\n", told.evidence, findings)


def words(table: CodeSet[CodeRow], code: str, day: date) -> str:
    """Return the lab's words for a code, blank for one that it lacks; raises NotInForce."""
    try:
        return table.find(code, day).label if code else ""
    except (NotInTable, NotACode):
        return ""


@lru_cache(maxsize=32)
def _template(slug: str) -> Template:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    folder = data_folder("curriculum") / "appeals" / "letters"
    names = (slug, "_opening", "_closing")
    environment = SandboxedEnvironment(
        loader=DictLoader({name: read_text(folder / f"{name}.txt") for name in names}),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    return environment.get_template(slug)


def _address(sender: Provider) -> Iterator[str]:
    one = sender.address
    if one:
        yield ", ".join(part for part in (one.line_1, one.line_2) if part)
        zip_code = one.zip_code
        if len(zip_code) > _ZIP and "-" not in zip_code:
            zip_code = f"{zip_code[:_ZIP]}-{zip_code[_ZIP:]}"
        yield f"{one.city}, {one.state} {zip_code}"


def _of(evidence: Sequence[Evidence], kind: str) -> tuple[Evidence, ...]:
    return tuple(one for one in evidence if one.kind == kind)


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}"


def _day(one: date | None) -> str:
    return f"{one:%B} {one.day}, {one.year}" if one else "(day not known)"


def _findings(
    denial: Denial, ask: Ask, kind: LetterKind, evidence: Sequence[Evidence]
) -> Iterator[Finding]:
    if refused := ask.path.refuses(denial.carc, denial.remarks):
        yield Finding(
            "appeal.none", denial.place, f"No appeal: {refused.why}.", f"{refused.instead}."
        )
    if ask.level.automatic:
        yield Finding(
            "appeal.automatic",
            denial.place,
            f"{ask.level.who.capitalize()} gets it without a request.",
            "Send only what the level below had not seen.",
        )
    held = {one.kind for one in evidence}
    for group in kind.needs:
        if not held & set(group):
            yield Finding(
                "appeal.evidence",
                denial.place,
                f"Nothing shows {' or '.join(group)}. {kind.why}",
                "Find it and add it to the evidence, or do not appeal.",
            )
    if ask.due and ask.due.left(ask.day) < 0:
        yield Finding(
            "appeal.late",
            denial.place,
            f"The request was due on {ask.due.last}.",
            f"Ask for more time with good cause, if there is one: {ask.path.good_cause}.",
        )
    if ask.due and not ask.due.sure:
        yield Finding(
            "appeal.receipt",
            denial.place,
            f"The last day, {ask.due.last}, is counted from the notice: its receipt is not known.",
            "Say when it came, if the day matters.",
            Severity.NOTE,
        )
    if ask.path.who_may:
        yield Finding(
            "appeal.who",
            denial.place,
            f"Who may ask: {ask.path.who_may}.",
            "Add the patient's written consent where the patient's right is used.",
            Severity.NOTE,
        )
