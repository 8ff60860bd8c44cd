"""A review of one coded encounter: findings, the group, the expected payment, the money at risk."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.course import review_grid
from codinglab.course.encounter_file import ReadEncounter
from codinglab.course.review_inpatient import Inpatient, by_stay, inpatient, unsaid, value
from codinglab.course.review_money import (
    AtRisk,
    Stake,
    Valuation,
    by_line,
    unpriced,
)
from codinglab.course.review_outpatient import OutpatientClaim, outpatient, value_outpatient
from codinglab.course.review_professional import professional
from codinglab.course.review_risk import SOURCE, Scored, scored
from codinglab.course.review_terms import MEDICARE
from codinglab.edits.catalog import EDITS
from codinglab.edits.review import NotJudged, judge_what_can_be
from codinglab.encounter.coded import CodedEncounter
from codinglab.encounter.em_worked import WorkedVisit, worked

TELL = {
    "patient.born": "the patient's date of birth (patient: born)",
    "patient.sex": "the patient's sex, F or M (patient: sex)",
    "practitioner.role": "who rendered the services (practitioner: role)",
    "admitted": "the day of admission (admitted)",
    "earlier": "the services of other days and claims, or [] where there are none (earlier)",
    "record": "what the record says, or [] where it adds nothing (record)",
}
_AT_WORK = "graded work is not priced before it is marked"


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, the `source` of its rule, and the money that it puts at risk."""

    finding: Finding
    source: str
    at_risk: AtRisk

    def as_json(self) -> dict[str, object]:
        """Return the finding for JSON, with its source and the money."""
        return {
            **self.finding.as_json(),
            "source": self.source,
            "at_risk": self.at_risk.as_json(),
        }


@dataclass(frozen=True, slots=True)
class EncounterReview:
    """Everything that is said of one encounter.

    `findings` stand in the order of the worksheet, and within a line in that of the catalog of
    edits. `not_judged` are the edits that were not told enough. `stay` is an inpatient stay with
    its group, `outpatient` a hospital's outpatient claim with its groups, None for another claim;
    `valued` says what the claim is expected to pay. `visit` is the level of the visit, worked from
    its pieces, None where they were not told or no levels hold on the day. `risk` is the score of
    risk adjustment where it was asked for.
    """

    coded: CodedEncounter
    day: date
    text: str
    findings: tuple[Judged, ...]
    not_judged: tuple[NotJudged, ...]
    valued: Valuation
    stay: Inpatient | None = None
    outpatient: OutpatientClaim | None = None
    risk: Scored | None = None
    visit: WorkedVisit | None = None

    @property
    def has_errors(self) -> bool:
        """Say whether a payer would reject or deny something, or a line could not be read."""
        return any(one.finding.severity is Severity.ERROR for one in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many findings there are of each severity."""
        said = [one.finding.severity for one in self.findings]
        return {one.value: said.count(one) for one in Severity}

    @property
    def untold(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Return the edits that could not judge, by what must be told or is not in force."""
        told: dict[tuple[str, ...], list[str]] = {}
        for one in self.not_judged:
            tell = (one.refused,) if one.refused else tuple(TELL[need] for need in one.lacks)
            told.setdefault(tell, []).append(one.id)
        return {tell: tuple(ids) for tell, ids in told.items()}

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form of `codinglab review --json`."""
        about = self.coded.circumstances
        return {
            "on": self.day.isoformat(),
            "setting": about.setting,
            "payer": about.payer,
            "counts": self.counts,
            "findings": [one.as_json() for one in self.findings],
            "not_judged": [
                {
                    "id": one.id,
                    "tell": [TELL[need] for need in one.lacks],
                    "refused": one.refused,
                }
                for one in self.not_judged
            ],
            "stay": self.stay.as_json() if self.stay else None,
            "outpatient": self.outpatient.as_json() if self.outpatient else None,
            "visit": review_grid.as_json(self.visit) if self.visit else None,
            "risk": self.risk.as_json() if self.risk else None,
            "expected": self.valued.as_json(),
        }


def review(read: ReadEncounter) -> EncounterReview:
    """Judge the encounter `read`, group it, price it, and say what each finding puts at risk.

    Graded work at hand, of which only some families of edits may be said, is neither grouped nor
    priced. What cannot be judged, grouped or priced, for want of what was told or of a code set for
    the day, is said in the review instead.
    """
    judged = judge_what_can_be(read.coded, read.day, read.families)
    if read.families is not None:
        valued = Valuation("", why=_AT_WORK)
        found = _in_order((*read.findings, *judged.findings), lambda _: unpriced(_AT_WORK))
        return EncounterReview(read.coded, read.day, read.text, found, judged.not_judged, valued)
    setting = read.coded.circumstances.setting
    stay = inpatient(read.coded, read.day, read.prices) if setting == "inpatient" else None
    lines = outpatient(read.coded, read.day) if setting == "outpatient" else None
    valued = _valued(read, stay, lines)
    editor = stay.editor if stay and _is_medicare(read) else ()
    every = (*read.findings, *judged.findings, *unsaid(editor, judged.findings))
    score = scored(read.coded, read.day, read.risk) if read.risk else None
    return EncounterReview(
        read.coded,
        read.day,
        read.text,
        _in_order(every, _stake(read, stay, valued), score.unsupported if score else ()),
        judged.not_judged,
        valued,
        stay,
        lines,
        score,
        _visit(read) if setting == "professional" else None,
    )


def _visit(read: ReadEncounter) -> WorkedVisit | None:
    """Return the worked level of the visit; the edit that needs it says where no levels hold."""
    with suppress(NotInForce):
        return worked(read.coded, read.day)
    return None


def _is_medicare(read: ReadEncounter) -> bool:
    return read.coded.circumstances.payer == MEDICARE or read.prices.as_medicare


def _valued(
    read: ReadEncounter, stay: Inpatient | None, lines: OutpatientClaim | None
) -> Valuation:
    about = read.coded.circumstances
    if not _is_medicare(read):
        why = f"{about.payer} pays by its own contract (prices: as_medicare takes Medicare's)"
        return Valuation(about.payer, why=why)
    if stay:
        return value(stay, read.prices)
    if lines:
        return value_outpatient(lines, read.day, read.prices)
    return professional(read.coded, read.day, read.prices)


def _stake(read: ReadEncounter, stay: Inpatient | None, valued: Valuation) -> Stake:
    if stay:
        families = {one.id: one.family for one in EDITS}
        return by_stay(stay, valued, read.prices, families)
    return by_line(read.coded, valued)


def _in_order(
    found: Iterable[Finding], stake: Stake, unsupported: Iterable[tuple[Finding, AtRisk]] = ()
) -> tuple[Judged, ...]:
    sources = {one.id: one.source for one in EDITS}
    judged = [
        Judged(
            one,
            str(one.cite) if one.cite else sources.get(one.id, "this lab's notation"),
            stake(one),
        )
        for one in found
    ]
    judged += [Judged(one, SOURCE, money) for one, money in unsupported]
    return tuple(sorted(judged, key=lambda one: line_number(one.finding)))


def line_number(finding: Finding) -> int:
    """Return the line of the worksheet on which `finding` stands, 0 for the claim as a whole."""
    number = finding.place.removeprefix("line ")
    return int(number) if number.isdigit() else 0
