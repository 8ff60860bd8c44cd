"""The patients of a simulated practice, each insured with one of the lab's payers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from codinglab.accounts.practice_chance import Chance, Wheel
from codinglab.accounts.practice_file import PayerRow, PracticeFile
from codinglab.claim.parties import Address, Name, Person
from codinglab.payer.member_file import simulated_payers
from codinglab.payer.members import Member

_DIGIT = "#"
_INSURED_SINCE = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient: `known` says that he or she was here before the year began."""

    at: int
    person: Person
    payer: str
    member: Member
    known: bool


def panel(practice: PracticeFile, seed: int) -> tuple[Patient, ...]:
    """Return the patients that `seed` makes."""
    payers = Wheel.of({one: row.weight for one, row in practice.payers.items()})
    return tuple(_patient(practice, payers, seed, at) for at in range(practice.patients))


def _patient(practice: PracticeFile, payers: Wheel[str], seed: int, at: int) -> Patient:
    chance = Chance(seed, "patient", at)
    payer = payers.pick(chance)
    row = practice.payers[payer]
    sex: Literal["F", "M"] = "F" if chance.number() < 0.5 else "M"  # noqa: PLR2004  as many of both
    firsts = practice.first_names[sex]
    name = Name(
        practice.last_names[chance.below(len(practice.last_names))],
        firsts[chance.below(len(firsts))],
    )
    home = practice.billing.address
    person = Person(
        name,
        _born(row, chance),
        sex,
        Address(f"{at + 1} Made Street", home.city, home.state, home.zip_code),
    )
    return Patient(
        at, person, payer, _member(payer, row, person, practice, at), chance.happens(practice.known)
    )


def _born(row: PayerRow, chance: Chance) -> date:
    first, last = row.born
    return date(first, 1, 1) + timedelta(days=chance.below((last - first + 1) * 365))


def _member(payer: str, row: PayerRow, person: Person, practice: PracticeFile, at: int) -> Member:
    """Return the membership: the plan is that of the first member of the payer's file."""
    (like, *_) = simulated_payers()[payer].members
    return replace(
        like,
        member_id=numbered(row.number, at),
        person=person,
        starts=practice.first - _INSURED_SINCE,
        last_day=None,
        dependents=(),
        left=(),
        first_payer=None,
    )


def numbered(pattern: str, at: int) -> str:
    """Return `pattern` with its # filled by the digits of `at`."""
    digits = iter(str(at).zfill(pattern.count(_DIGIT)))
    return "".join(next(digits) if one == _DIGIT else one for one in pattern)


def misread(pattern: str, number: str) -> str:
    """Return a number that nobody has: the last fixed character and the digit after it swapped."""
    at = pattern.index(_DIGIT)
    return f"{number[: at - 1]}{number[at]}{number[at - 1]}{number[at + 1 :]}"
