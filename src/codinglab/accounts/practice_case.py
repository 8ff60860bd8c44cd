"""A visit of the simulated practice: the claim as the record supports it, and as it goes out.

Every draw of a visit is made in the same order whatever is planted, so that a planted problem
changes the claims that it is about and no others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from codinglab.accounts.practice_chance import Chance, Wheel
from codinglab.accounts.practice_file import LEVEL, PracticeFile, Slip, TemplateRow
from codinglab.accounts.practice_panel import Patient
from codinglab.accounts.practice_planted import PlantedFile
from codinglab.accounts.practice_slips import SLIPS, needs_authorization
from codinglab.claim.model import Claim, Diagnosis, Line
from codinglab.claim.parties import Coverage, Payer, Provider
from codinglab.payer.contract import Contract
from codinglab.payer.decision import Decision


@dataclass(frozen=True, slots=True)
class Wheels:
    """What a visit is picked from."""

    templates: Wheel[TemplateRow]
    providers: Wheel[int]
    coders: Wheel[str]
    registrars: Wheel[str]
    established: Wheel[str]
    new: Wheel[str]
    entry: Wheel[int]
    sending: Wheel[int]
    mending: Wheel[int]

    @classmethod
    def of(cls, practice: PracticeFile) -> Wheels:
        """Return the wheels of a practice."""
        lags = practice.lags
        return cls(
            _templates(practice.templates),
            Wheel.of({at: one.weight for at, one in enumerate(practice.providers)}),
            Wheel.of(practice.coders),
            Wheel.of(practice.registrars),
            Wheel.of(practice.levels.established),
            Wheel.of(practice.levels.new),
            Wheel.of(lags.entry),
            Wheel.of(lags.sending),
            Wheel.of(lags.mending),
        )


def _templates(rows: tuple[TemplateRow, ...]) -> Wheel[TemplateRow]:
    places = Wheel.of({at: one.weight for at, one in enumerate(rows)})
    return Wheel(rows, places.ends)


@dataclass(slots=True)
class Case:
    """One visit and what has become of it so far.

    `right` is the claim as the record supports it, `claim` the one that is sent. `slips` went
    wrong with it. `entry`, `sending` and `mending` are days; `stops` what the scrubber finds.
    """

    account: str
    patient: Patient
    day: date
    provider: str
    coder: str
    registrar: str
    template: str
    level: str
    documented: str
    right: Claim
    claim: Claim
    slips: frozenset[Slip]
    stops: int
    entry: int
    sending: int
    mending: int
    attempt: int = 0
    numbers: dict[str, int] = field(default_factory=dict)
    told: dict[int, list[int]] = field(default_factory=dict)
    last: Decision | None = None
    pending: int | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """What every visit of the year is made of."""

    practice: PracticeFile
    planted: PlantedFile
    wheels: Wheels
    contracts: dict[str, Contract]
    billing: Provider
    providers: tuple[Provider, ...]
    seed: int
    working: Wheel[int]
    answering: Wheel[int]


def case(office: Office, patient: Patient, day: date, account: str, *, new: bool) -> Case:
    """Return the visit of `patient` on `day`; `new` says that it is the first one ever."""
    chance, wheels, practice = Chance(office.seed, "visit", account), office.wheels, office.practice
    template = wheels.templates.pick(chance)
    at = wheels.providers.pick(chance)
    coder, registrar = wheels.coders.pick(chance), wheels.registrars.pick(chance)
    level = (wheels.new if new else wheels.established).pick(chance)
    audited = chance.happens(practice.audited)
    stops = int(chance.happens(practice.scrubber))
    entry, sending = wheels.entry.pick(chance), wheels.sending.pick(chance)
    mending = wheels.mending.pick(chance)
    right = _claim(office, patient, day, account, template, level, office.providers[at])
    people = (practice.providers[at].name, coder, registrar)
    slips = _slips(office, patient, day, people, right, chance)
    sent = right
    for one in SLIPS:
        if one in slips:
            sent = SLIPS[one](sent, practice)
    has_level = any(line.code == level for line in right.lines)
    if "held" in slips:
        sending += office.planted.held_days(practice.held_days, day, patient.payer, people)
    return Case(
        account,
        patient,
        day,
        *people,
        template.id,
        _level(sent, practice),
        level if audited and has_level else "",
        right,
        sent,
        slips,
        stops,
        entry,
        sending,
        mending,
    )


def mended(one: Case, practice: PracticeFile) -> Claim:
    """Return the claim with all slips mended but the level, which no payer's answer shows."""
    return SLIPS["level"](one.right, practice) if "level" in one.slips else one.right


def _level(claim: Claim, practice: PracticeFile) -> str:
    levels = (*practice.levels.established, *practice.levels.new)
    return next((line.code for line in claim.lines if line.code in levels), "")


def _slips(  # noqa: PLR0913, PLR0917  what a slip depends on
    office: Office,
    patient: Patient,
    day: date,
    people: tuple[str, ...],
    claim: Claim,
    chance: Chance,
) -> frozenset[Slip]:
    found: set[Slip] = set()
    for one, base in office.practice.slips.items():
        rate = office.planted.slip_rate(one, base, day, patient.payer, people)
        happens = chance.happens(rate)
        if happens and (one == "held" or SLIPS[one](claim, office.practice) != claim):
            found.add(one)
    return frozenset(found)


def _claim(  # noqa: PLR0913, PLR0917  what a claim is made of
    office: Office,
    patient: Patient,
    day: date,
    account: str,
    template: TemplateRow,
    level: str,
    provider: Provider,
) -> Claim:
    contract = office.contracts[patient.payer]
    lines = tuple(
        _line(office.practice, told, level, day, f"{account}L{at}")
        for at, told in enumerate(template.lines, 1)
    )
    claim = Claim(
        "professional",
        account,
        patient.person,
        (
            Coverage(
                Payer(contract.name, patient.payer),
                patient.member.member_id,
                contract.companion.filing[0],
                group_number=patient.member.group_number,
            ),
        ),
        office.billing,
        tuple(Diagnosis(code) for code in template.diagnoses),
        lines,
        place_of_service=office.practice.place,
        providers=(("rendering", provider),),
    )
    if needs_authorization(claim, contract):
        return replace(claim, authorization=f"A{account}")
    return claim


def _line(practice: PracticeFile, told: str, level: str, day: date, number: str) -> Line:
    code, *units = told.split()
    code, *modifiers = code.split("-")
    code = level if code == LEVEL else code
    count = Decimal(units[0]) if units else Decimal(1)
    charge = practice.charges[code] * count
    return Line(
        code,
        charge,
        count,
        day,
        modifiers=tuple(modifiers),
        pointers=(1,),
        control_number=number,
    )
