"""Risk adjustment reviewed: the score of the diagnoses, and those without support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codinglab.codes.icd10cm import key_of
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.core.tables import BadData
from codinglab.course.review_money import AtRisk, unpriced
from codinglab.course.risk_terms import MEAT, PersonRow, RiskRow, VisitRow
from codinglab.encounter.coded import CodedEncounter
from codinglab.grouping.hcc import RiskScore, risk
from codinglab.grouping.hcc_profile import BadProfile, RiskProfile, age_for
from codinglab.grouping.hcc_support import Support, Unsupported, Visit, meat, without

SOURCE = "Medicare Managed Care Manual ch. 7 s. 40 and 120; ICD-10-CM guidelines IV.J"
_PERSON = tuple(name for name in PersonRow.model_fields if name not in {"payment_year", "model"})


@dataclass(frozen=True, slots=True)
class Meat:
    """What the record does about one diagnosis: `said` by element, or `why` it does not count."""

    place: str
    code: str
    said: tuple[tuple[str, tuple[str, ...]], ...]
    why: str

    def __str__(self) -> str:
        """Return place, code, and each element with its statements."""
        each = "; ".join(f"{element}: {', '.join(names)}" for element, names in self.said)
        return f"{self.place}, {self.code}: {f'not supported: {self.why}' if self.why else each}"

    def as_json(self) -> dict[str, object]:
        """Return the elements for JSON."""
        said = {element: list(names) for element, names in self.said}
        return {"place": self.place, "code": self.code, "said": said, "why": self.why or None}


@dataclass(frozen=True, slots=True)
class Scored:
    """A score as coded; or `why` there is none.

    `meat` says of each diagnosis that leads to a category what the record does about it, or why
    that does not count, and `kept` what is paid for the supported ones alone. `unsupported` has the
    diagnoses that the record does not carry, each with what it puts at risk, and `open` what could
    not be judged.
    """

    score: RiskScore | None = None
    meat: tuple[Meat, ...] = ()
    unsupported: tuple[tuple[Finding, AtRisk], ...] = ()
    month: str = ""
    open: str = ""
    why: str = ""
    kept: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the score for JSON, or why there is none."""
        return {
            "hcc": self.score.as_json() if self.score else None,
            "meat": [one.as_json() for one in self.meat],
            "month": self.month or None,
            "kept": self.kept,
            "open": self.open,
            "why": self.why,
        }

    def lines(self) -> Iterator[str]:
        """Yield the score with its sum, what each diagnosis did, and what could not be judged."""
        if self.score is None:
            yield f"No risk score: {self.why}"
            return
        yield from self.score.as_text().splitlines()
        if self.month:
            yield f"A month pays {self.month} dollars"
        if self.meat:
            yield "What the record does about each (MEAT)"
        yield from (f"  {one}" for one in self.meat)
        if self.kept:
            yield f"  with what is supported alone {self.kept}"
        if self.open:
            yield f"Not judged: {self.open}"


def scored(coded: CodedEncounter, day: date, asked: RiskRow) -> Scored:
    """Return the score of the diagnoses of `coded`, seen on `day`, as `asked`."""
    if asked.payment_year != day.year + 1:
        return Scored(
            why=f"diagnoses of {day.year} are paid in {day.year + 1}, not in {asked.payment_year}"
        )
    about = coded.circumstances.patient
    if about.born is None or about.sex is None:
        lacks = "born" if about.born is None else "sex"
        return Scored(why=f"the file does not say patient: {lacks}")
    try:
        person = RiskProfile(
            age=age_for(about.born, asked.payment_year),
            sex=about.sex,
            diagnoses=coded.diagnoses,
            **{name: getattr(asked, name) for name in _PERSON},
        )
        return _scored(person, day, asked)
    except BadData:  # a fault of the installation, not of the encounter
        raise
    except (BadProfile, NotInForce, NotInTable) as error:
        return Scored(why=str(error))


def _scored(person: RiskProfile, day: date, asked: RiskRow) -> Scored:
    score = risk(person, asked.payment_year, asked.model)
    month = ""
    if asked.base_rate is not None and score.adjusted is not None:
        month = f"{score.monthly(asked.base_rate):f}"
    if asked.visit is None:
        said = "whether the record supports the diagnoses (risk: visit and supports)"
        return Scored(score, month=month, open=said)
    missing = _unsupported(person, asked, asked.visit, day)
    found = tuple((_finding(one), _at_risk(one, person, score, asked)) for one in missing)
    return Scored(
        score,
        _meat(score, asked, missing),
        found,
        month,
        _stray(person, asked),
        kept=_kept(person, asked, missing),
    )


def _kept(person: RiskProfile, asked: RiskRow, missing: tuple[Unsupported, ...]) -> str:
    """Say what is paid without all that is unsupported; two of one category count together."""
    left = risk(without(person, missing), asked.payment_year, asked.model)
    if not missing or left.adjusted is None:
        return ""
    said = f"the score is {left.payment}"
    if asked.base_rate is None:
        return said
    return f"{said}, and a month pays {left.monthly(asked.base_rate):f} dollars"


def _stray(person: RiskProfile, asked: RiskRow) -> str:
    """Say which codes of the supports are not coded, so that none is overlooked by a slip."""
    coded = {key_of(one.code) for one in person.diagnoses}
    stray = [one.code for one in asked.supports or () if key_of(one.code) not in coded]
    return f"the support of {', '.join(stray)}, which is not coded" if stray else ""


def _meat(score: RiskScore, asked: RiskRow, missing: tuple[Unsupported, ...]) -> tuple[Meat, ...]:
    """Return what the record does about each diagnosis that leads to a category."""
    why = {one.place: one.why for one in missing}
    risky = {one.place: one.code for one in score.diagnoses if one.category}
    return tuple(
        Meat(place, code, _said(code, asked), why.get(place, "")) for place, code in risky.items()
    )


def _said(code: str, asked: RiskRow) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = [one for one in asked.supports or () if key_of(one.code) == key_of(code)]
    named = ((element, tuple(x for one in rows for x in getattr(one, element))) for element in MEAT)
    return tuple((element, names) for element, names in named if names)


def _unsupported(
    person: RiskProfile, asked: RiskRow, visit: VisitRow, day: date
) -> tuple[Unsupported, ...]:
    seen = Visit(day, visit.setting, visit.clinician, visit.signed)
    supports = [
        Support(one.code, seen, one.monitored, one.evaluated, one.assessed, one.treated)
        for one in asked.supports or ()
    ]
    named = {name for one in supports for name in one.statements}
    return meat(person.diagnoses, supports, named, asked.payment_year)


def _finding(one: Unsupported) -> Finding:
    return Finding(
        "risk.unsupported",
        one.place,
        f"{one.code} is not supported for risk adjustment: {one.why}.",
        "Take it out of what is reported for risk adjustment, or ask the clinician.",
        Severity.WARNING,
    )


def _at_risk(one: Unsupported, person: RiskProfile, score: RiskScore, asked: RiskRow) -> AtRisk:
    """Return what a month pays less without the diagnosis."""
    left = risk(without(person, [one]), asked.payment_year, asked.model)
    if score.adjusted is None or left.adjusted is None:
        return unpriced(score.why_not)
    said = f"the score is {left.payment}, not {score.payment}, without {one.code}"
    if asked.base_rate is None:
        return unpriced(f"{said}; the file does not say risk: base_rate")
    amount = score.monthly(asked.base_rate) - left.monthly(asked.base_rate)
    return AtRisk(amount, f"a month; {said}")
