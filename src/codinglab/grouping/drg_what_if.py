"""What if: the same stay with one fact changed, its DRG, weight and money beside the first.

It teaches what each code is worth; it never says which code is right. Only the record does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.encounter.coded import Diagnosis, PcsProcedure
from codinglab.grouping.drg_weights import drg_weight
from codinglab.grouping.msdrg import group
from codinglab.grouping.msdrg_grouped import Grouped
from codinglab.grouping.stay import Stay

Pay = Callable[[Stay, Grouped], Decimal]
_OTHER = {"Y": "N", "W": "N", "N": "Y", "U": "Y"}
ADDED = "what if"  # the place of a code that nobody wrote


@dataclass(frozen=True, slots=True)
class Change:
    """A stay with one fact changed, and the change in words."""

    what: str
    stay: Stay


@dataclass(frozen=True, slots=True)
class Outcome:
    """A changed stay's group, and how it differs from the stay as it was coded.

    `weight` is None for a DRG that has none, or where the lab has no weights, `pay` in dollars is
    None where nobody said how to price; each difference is then None too.
    """

    what: str
    grouped: Grouped
    weight: Decimal | None
    weight_difference: Decimal | None
    pay: Decimal | None
    pay_difference: Decimal | None

    def as_text(self) -> str:
        """Return the change, its group and what differs, in one line."""
        told = [f"{self.what}: MS-DRG {self.grouped.drg}"]
        if self.weight is not None:
            by = "" if self.weight_difference is None else f" ({self.weight_difference:+})"
            told.append(f"weight {self.weight}{by}")
        if self.pay_difference is not None:
            more = "more" if self.pay_difference > 0 else "less"
            told.append(f"${abs(self.pay_difference):,.2f} {more}")
        elif self.pay is not None:
            told.append(f"${self.pay:,.2f}")
        return ", ".join(told)

    def as_json(self) -> dict[str, str | None]:
        """Return the outcome for JSON, numbers as text."""
        numbers = (self.weight, self.weight_difference, self.pay, self.pay_difference)
        names = ("weight", "weight_difference", "pay", "pay_difference")
        return {
            "what": self.what,
            "drg": self.grouped.drg,
            "title": self.grouped.title,
            **{
                name: None if number is None else f"{number:f}"
                for name, number in zip(names, numbers, strict=True)
            },
        }


def drop(stay: Stay, place: str) -> Change:
    """Return `stay` without the secondary diagnosis or procedure at `place` ("line 3").

    Raises ValueError when there is none there, or it is the principal diagnosis.
    """
    codes: tuple[Diagnosis | PcsProcedure, ...] = (*stay.diagnoses[1:], *stay.procedures)
    for one in codes:
        if one.place == place:
            kept = tuple(each for each in stay.diagnoses if each.place != place)
            rest = tuple(each for each in stay.procedures if each.place != place)
            return Change(f"without {one.code}", replace(stay, diagnoses=kept, procedures=rest))
    raise ValueError(f"{place}: no secondary diagnosis or procedure stands there to drop")


def add_diagnosis(stay: Stay, code: str, poa: str) -> Change:
    """Return `stay` with the secondary diagnosis `code` added, with the indicator `poa`."""
    new = Diagnosis(code, ADDED, poa)
    return Change(f"with {code}, POA {poa}", replace(stay, diagnoses=(*stay.diagnoses, new)))


def add_procedure(stay: Stay, code: str) -> Change:
    """Return `stay` with the ICD-10-PCS procedure `code` added."""
    new = PcsProcedure(code, ADDED)
    return Change(f"with {code}", replace(stay, procedures=(*stay.procedures, new)))


def with_poa(stay: Stay, place: str, poa: str) -> Change:
    """Return `stay` with the indicator `poa` at the diagnosis at `place`; ValueError if none."""
    for at, one in enumerate(stay.diagnoses):
        if one.place == place:
            changed = replace(one, poa=poa)
            diagnoses = (*stay.diagnoses[:at], changed, *stay.diagnoses[at + 1 :])
            return Change(f"{one.code} with POA {poa}", replace(stay, diagnoses=diagnoses))
    raise ValueError(f"{place}: no diagnosis stands there")


def with_principal(stay: Stay, place: str) -> Change:
    """Return `stay` with the diagnosis at `place` moved to the front; ValueError if none."""
    for one in stay.diagnoses:
        if one.place == place:
            rest = tuple(each for each in stay.diagnoses if each is not one)
            return Change(
                f"{one.code} as principal diagnosis", replace(stay, diagnoses=(one, *rest))
            )
    raise ValueError(f"{place}: no diagnosis stands there")


def with_status(stay: Stay, discharge_status: str) -> Change:
    """Return `stay` with another discharge status, two digits."""
    return Change(
        f"discharge status {discharge_status}", replace(stay, discharge_status=discharge_status)
    )


def changes(stay: Stay) -> Iterator[Change]:
    """Yield the changes worth asking of any stay.

    Those of `code_changes`, and each secondary diagnosis as the principal one.
    """
    yield from code_changes(stay)
    for one in stay.diagnoses[1:]:
        if one.poa not in {"N", "U"}:  # what was not there on admission did not cause it
            yield with_principal(stay, one.place)


def code_changes(stay: Stay) -> Iterator[Change]:
    """Yield each secondary diagnosis and procedure dropped, and each indicator turned."""
    others = stay.diagnoses[1:]
    places = [*(one.place for one in others), *(one.place for one in stay.procedures)]
    for place in places:
        yield drop(stay, place)
    for one in others:
        if one.poa in _OTHER:
            yield with_poa(stay, one.place, _OTHER[one.poa])


def what_if(
    stay: Stay,
    asked: Iterable[Change] | None = None,
    pay: Pay | None = None,
    folder: Path | None = None,
) -> tuple[Outcome, ...]:
    """Return the stay as coded and then each change that was `asked`, all `changes` by default.

    `pay` prices a stay by its group, in dollars; `folder` holds the code sets. Raises
    NotInForce when the lab has no grouper for the day of discharge.
    """
    first = _outcome("as coded", stay, pay, folder)
    return (
        first,
        *(
            _beside(_outcome(one.what, one.stay, pay, folder), first)
            for one in (changes(stay) if asked is None else asked)
        ),
    )


def _outcome(what: str, stay: Stay, pay: Pay | None, folder: Path | None) -> Outcome:
    grouped = group(stay)
    weight = _weight(grouped.drg, stay.discharged, folder)
    paid = None if pay is None or weight is None else pay(stay, grouped)
    return Outcome(what, grouped, weight, None, paid, None)


def _weight(drg: str, day: date, folder: Path | None) -> Decimal | None:
    try:
        return drg_weight(drg, day, folder).weight
    except (NotInForce, NotInTable):
        return None


def _beside(one: Outcome, first: Outcome) -> Outcome:
    return replace(
        one,
        weight_difference=_minus(one.weight, first.weight),
        pay_difference=_minus(one.pay, first.pay),
    )


def _minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other
