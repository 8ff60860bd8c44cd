"""An appeal letter from a template of curriculum/appeals/letters, with its enclosures listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from codinglab.accounts.appeal_evidence import Evidence, EvidenceKind, Justification
from codinglab.accounts.appeal_letter_check import findings_of
from codinglab.accounts.appeal_letter_kind import LetterKind, kind_of, letter_file
from codinglab.accounts.appeal_words import (
    Ask,
    earlier,
    first_receipt,
    last_decision,
    papers,
    reader,
    told_day,
)
from codinglab.accounts.denial import Denial
from codinglab.claim.parties import Provider
from codinglab.codes.billing import CARC, RARC
from codinglab.codes.code_set import CodeSet, NotACode
from codinglab.codes.release import CodeRow, NotInTable
from codinglab.core.findings import Finding
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, read_text

if TYPE_CHECKING:
    from jinja2 import Template

TRAINING = "TRAINING COPY - NOT SENT TO ANY PAYER"
_ZIP = 5  # digits before the dash


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its text, its enclosures, and what stands against sending it."""

    kind: LetterKind
    subject: str
    text: str
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]


def letter(denial: Denial, ask: Ask, sender: Provider, told: Justification) -> Letter:
    """Return the letter that asks for another decision of `denial`.

    Findings name evidence that is missing and a day that is past; the letter is written all the
    same, to be finished. Raises BadData where the template asks for what is not there, and for a
    level that takes no letter (a court).
    """
    from jinja2 import TemplateError

    if ask.level.complaint:
        where = f"level {ask.level.number}, {ask.level.name}"
        raise BadData(f"{denial.key}: {where}: {ask.level.complaint}; give the case to a lawyer")
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
        "day": told_day,
        "apart": tuple(one for one in letter_file().modifiers if one.code in denial.modifiers),
        "earlier": earlier(denial, ask),
        "first_receipt": first_receipt(denial, ask),
        "last_decision": last_decision(ask),
        "last_notice": ask.rounds[-1].notice if ask.rounds else denial.notice,
        "papers": tuple(papers(denial, ask)),
    } | reader(denial, ask)
    try:
        text = _template(kind.slug).render(values)
    except (TemplateError, LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise BadData(f"curriculum/appeals/letters/{kind.slug}.txt: {error}") from error
    findings = tuple(findings_of(denial, ask, kind, told))
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
