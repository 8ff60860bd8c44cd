"""The worksheet: an encounter in the coder's own notation, one statement a line.

    dx E11.22
    dx N18.31
    line 99214-25 x1 dx A,B
    em mdm moderate/low/moderate

Everything is text and nothing is executed. Dots, case and spacing are free; `#` starts a comment.
A line that cannot be read is a finding with the remedy, and the other lines still count.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from codinglab.codes.icd10cm import key_of
from codinglab.codes.icd10cm_compile import dotted
from codinglab.core.findings import Finding, Severity
from codinglab.course.billing_statement import VERBS as BILLING
from codinglab.course.billing_statement import Statement, Unreadable, read_statement
from codinglab.course.service_line import read_line
from codinglab.encounter.coded import (
    CodedEncounter,
    DecisionMaking,
    Diagnosis,
    PcsProcedure,
    ServiceLine,
    VisitTime,
)
from codinglab.encounter.em import ELEMENT_WORDS

GRAMMAR = 1  # the version of this notation; `grammar 1` may stand in a worksheet to say so
RESERVED = frozenset({"reason", "min", "ndc", "rev", "drg", "query", "evidence"})
HELP = (
    ("dx E11.22", "a diagnosis; the first one is the first-listed diagnosis"),
    ("pdx E11.22", "the first-listed diagnosis, wherever the line stands"),
    ("line 99214-25 x1 dx A,B", "a service: code-modifiers, units, the diagnoses it is for"),
    ("line 99214 x1 pos 11 on 2026-02-11 dx A", "the same with place and date of service"),
    ("em mdm moderate/low/moderate", "how the visit level was reached: problems/data/risk"),
    ("em time 35", "or by total minutes on the date of the visit"),
    ("proc 0FT44ZZ on 2026-02-11", "an ICD-10-PCS procedure of an inpatient, and its day"),
    ("dispo 01", "where an inpatient was discharged to"),
    ("# a note to yourself", "not marked"),
)

_FIRST_LINE = re.compile(r"%%worksheet +([a-z0-9][a-z0-9-]*)(?: +variant +([1-9]\d*))? *")
_DIAGNOSIS = re.compile(r"[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?")
_POA = frozenset("YNUW")
_PCS = re.compile(r"([0-9A-HJ-NP-Z]{7})(?: ON (\d{4}-\d\d-\d\d))?")
_DISPOSITION = re.compile(r"\d\d")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A worksheet as read: the coded encounter, what a biller wrote, and what cannot be read."""

    coded: CodedEncounter
    findings: tuple[Finding, ...]
    billing: tuple[Statement, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """The lines read so far; `place` names the line being read."""

    place: str = ""
    primary: Diagnosis | None = None
    primary_at: int = 0  # the primary diagnosis' position among the diagnoses as written
    diagnoses: list[Diagnosis] = field(default_factory=list)
    lines: list[ServiceLine] = field(default_factory=list)
    visit: DecisionMaking | VisitTime | None = None
    procedures: list[PcsProcedure] = field(default_factory=list)
    discharge_status: str | None = None
    findings: list[Finding] = field(default_factory=list)
    billing: list[Statement] = field(default_factory=list)

    def say(
        self, name: str, message: str, remedy: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.findings.append(Finding(f"worksheet.{name}", self.place, message, remedy, severity))


def first_line(text: str) -> tuple[str, int | None] | None:
    """Return (case slug, variant number or None) when `text` is wholly a worksheet's first line."""
    match = _FIRST_LINE.fullmatch(text.rstrip("\r\n"))
    return (match[1], int(match[2]) if match[2] else None) if match else None


@lru_cache(maxsize=256)  # marking and checking both read it
def parse(text: str) -> Parsed:
    """Return the worksheet `text` (without its first line) as a coded encounter and findings."""
    sheet = _Sheet()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = " ".join(raw.split("#", 1)[0].split())
        if line:
            sheet.place = f"line {number}"
            _read(sheet, line)
    diagnoses = ([sheet.primary] if sheet.primary else []) + sheet.diagnoses
    coded = CodedEncounter(
        tuple(diagnoses),
        tuple(sheet.lines),
        sheet.visit,
        tuple(sheet.procedures),
        sheet.discharge_status,
    )
    coded = _point_past_primary(coded, sheet)
    return Parsed(coded, tuple(sheet.findings), tuple(sheet.billing))


def _point_past_primary(coded: CodedEncounter, sheet: _Sheet) -> CodedEncounter:
    """Keep pointers on the diagnoses as written when a `pdx` line moved one to the front."""
    if sheet.primary is None:
        return coded
    at = sheet.primary_at
    moved = {n: n + 1 for n in range(1, at)} | {at: 1}
    lines = tuple(
        replace(one, pointers=tuple(moved.get(pointer, pointer) for pointer in one.pointers))
        for one in coded.lines
    )
    return replace(coded, lines=lines)


def _read(sheet: _Sheet, line: str) -> None:
    verb, _, rest = line.partition(" ")
    verb = verb.lower().rstrip(":")
    if verb in _VERBS:
        _VERBS[verb](sheet, rest)
    elif verb in BILLING:
        _read_billing(sheet, verb, rest)
    elif verb in RESERVED:
        sheet.say(
            "reserved",
            f"{verb!r} is not used in this case.",
            "Take the line out; it is not marked.",
        )
    else:
        guess = "dx" if _DIAGNOSIS.fullmatch(verb.upper()) else "line"
        sheet.say(
            "verb",
            f"{line!r} does not begin with a word the worksheet knows.",
            f"Begin with dx, pdx, line or em: for example '{guess} {line}'.",
        )


def _read_billing(sheet: _Sheet, verb: str, rest: str) -> None:
    try:
        one = read_statement(verb, rest, sheet.place)
    except Unreadable as error:
        sheet.say(verb, str(error), error.remedy)
        return
    same = (each for each in sheet.billing if (each.kind, each.value) == (one.kind, one.value))
    if (earlier := next(same, None)) is not None:
        message = f"{verb} {one.value} was already said on {earlier.place}."
        sheet.say(f"{verb}-twice", message, "Keep one of them; the first one is marked.")
        return
    sheet.billing.append(one)


def _diagnosis(sheet: _Sheet, text: str) -> Diagnosis | None:
    code, _, after = text.upper().partition(" POA")
    bare = code.replace(" ", "")
    if not bare:
        sheet.say("dx-empty", "There is no code after dx.", "Write it as: dx E11.22")
        return None
    if not _DIAGNOSIS.fullmatch(bare):
        sheet.say(
            "dx-shape", f"{text!r} is not shaped like an ICD-10-CM code.", "Write it as: dx E11.22"
        )
        return Diagnosis(bare, sheet.place)
    poa = after.strip() or None
    if poa is not None and poa not in _POA:
        sheet.say("poa", f"POA {poa!r} is not an indicator.", "Use poa Y, N, U or W.")
        poa = None
    return Diagnosis(dotted(key_of(bare)), sheet.place, poa)


def _codes(text: str) -> list[str]:
    """Cut `text` at its blanks where every piece is a code of its own ("E11.22 N18.31")."""
    pieces = text.upper().split()
    whole = len(pieces) > 1 and all(_DIAGNOSIS.fullmatch(piece) for piece in pieces)
    return pieces if whole else [text]


def _read_dx(sheet: _Sheet, rest: str) -> None:
    parts = [part for part in rest.split(",") if part.strip()] or [""]
    codes = [code for part in parts for code in _codes(part)]
    if len(codes) > 1:
        sheet.say(
            "dx-several",
            f"{len(codes)} codes stand on one line; they were read one after the other.",
            "Write one dx line for each code, in sequence.",
            Severity.WARNING,
        )
    sheet.diagnoses.extend(one for code in codes if (one := _diagnosis(sheet, code.strip())))


def _read_pdx(sheet: _Sheet, rest: str) -> None:
    one = _diagnosis(sheet, rest)
    if one is None:
        return
    if sheet.primary is None:
        sheet.primary = one
        sheet.primary_at = len(sheet.diagnoses) + 1
        return
    sheet.say(
        "pdx-twice",
        f"A first-listed diagnosis was already given on {sheet.primary.place}.",
        "Keep one pdx line and write the others with dx.",
    )
    sheet.diagnoses.append(one)


def _read_grammar(sheet: _Sheet, rest: str) -> None:
    if rest.strip() != str(GRAMMAR):
        sheet.say(
            "grammar",
            f"This lab reads worksheet grammar {GRAMMAR}, not {rest!r}.",
            f"Write 'grammar {GRAMMAR}' or leave the line out.",
        )


def _read_em(sheet: _Sheet, rest: str) -> None:
    if sheet.visit is not None:
        sheet.say(
            "em-twice", f"The visit level was already given on {sheet.visit.place}.", "Keep one."
        )
        return
    method, _, rest = rest.lower().partition(" ")
    if method == "time":
        minutes = re.fullmatch(r"(\d{1,3}) ?(?:m|min|minutes)?", rest.strip())
        if minutes:
            sheet.visit = VisitTime(int(minutes[1]), sheet.place)
        else:
            sheet.say("em-time", f"{rest!r} is not a number of minutes.", "Write it as: em time 35")
        return
    words = [ELEMENT_WORDS.get(word) for word in re.split(r"[/, ]+", rest.strip())]
    if method == "mdm" and len(words) == 3 and all(words):  # noqa: PLR2004  three elements
        problems, data, risk = (word or "" for word in words)
        sheet.visit = DecisionMaking(problems, data, risk, sheet.place)
        return
    sheet.say(
        "em-mdm",
        f"'em {method} {rest}' does not give the three elements of decision making.",
        "Write problems/data/risk, each straightforward, low, moderate or high: "
        "em mdm moderate/low/moderate",
    )


def _read_line(sheet: _Sheet, rest: str) -> None:
    line, problems = read_line(rest, sheet.place)
    sheet.findings.extend(problems)
    if line:
        sheet.lines.append(line)


def _read_proc(sheet: _Sheet, rest: str) -> None:
    found = _PCS.fullmatch(rest.upper())
    try:
        day = date.fromisoformat(found[2]) if found and found[2] else None
    except ValueError:
        found = None
    if found is None:
        sheet.say(
            "proc",
            f"{rest!r} is not an ICD-10-PCS code with a day.",
            "Write seven characters (never I or O) and the day: proc 0FT44ZZ on 2026-02-11",
        )
        return
    sheet.procedures.append(PcsProcedure(found[1], sheet.place, day))


def _read_dispo(sheet: _Sheet, rest: str) -> None:
    if not _DISPOSITION.fullmatch(rest) or sheet.discharge_status is not None:
        sheet.say("dispo", f"'dispo {rest}' is not one discharge status.", "Write it as: dispo 01")
        return
    sheet.discharge_status = rest


_VERBS: dict[str, Callable[[_Sheet, str], None]] = {
    "dx": _read_dx,
    "pdx": _read_pdx,
    "line": _read_line,
    "em": _read_em,
    "grammar": _read_grammar,
    "proc": _read_proc,
    "dispo": _read_dispo,
}
