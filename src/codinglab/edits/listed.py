"""What the rules on sequence and combination ask: which diagnoses stand in a published list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from codinglab.codes.guideline_lists import GuidelineLists, PairRow, open_lists
from codinglab.core.cite import Cite
from codinglab.core.findings import Severity
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_CATEGORY = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two diagnoses of an encounter that a row of a list of pairs joins."""

    one: Diagnosis
    other: Diagnosis
    row: PairRow


@lru_cache(maxsize=4096)
def _places(lists: GuidelineLists, codes: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Return, by the name of the list, which of the `codes` stand in it."""
    found: dict[str, tuple[int, ...]] = {}
    for place, code in enumerate(codes):
        for name in lists.names(code):
            found[name] = (*found.get(name, ()), place)
    return found


def listed(encounter: CodedEncounter, name: str, day: date) -> tuple[Diagnosis, ...]:
    """Return the diagnoses that stand in the list `name`, in the encounter's sequence.

    Raises KeyError, naming the release, when there is no such list.
    """
    lists, diagnoses = open_lists(day), encounter.diagnoses
    found = _places(lists, tuple([one.code for one in diagnoses])).get(name)
    if found is None:
        lists.check(name)
        return ()
    return tuple([diagnoses[place] for place in found])


def is_listed(code: str, name: str, day: date) -> bool:
    """Say whether `code` stands in the list `name`."""
    return open_lists(day).row(name, code) is not None


def leads(encounter: CodedEncounter, name: str, day: date) -> Diagnosis | None:
    """Return the first-listed diagnosis if it stands in the list `name`, else None."""
    first = encounter.diagnoses[:1]
    return first[0] if first and is_listed(first[0].code, name, day) else None


def pairs(encounter: CodedEncounter, name: str, day: date) -> Iterator[Pair]:
    """Yield the pairs of diagnoses that a row of the list `name` joins, in their sequence."""
    lists = open_lists(day)
    for one in encounter.diagnoses:
        if lists.starts(name, one.code):
            for other in encounter.diagnoses:
                row = lists.joined(name, one.code, other.code) if one is not other else None
                if row:
                    yield Pair(one, other, row)


def unlinked(encounter: CodedEncounter, *codes: str) -> bool:
    """Say whether the record denies the link between `codes`."""
    return encounter.circumstances.says("unrelated", *codes) is not None


def denies(encounter: CodedEncounter, name: str, code: str, day: date) -> bool:
    """Say whether the record denies the link of `code` with a disease of the list `name`.

    Compared by category: a record that calls stage 3 unrelated to hypertension says so of whatever
    code of kidney disease and of hypertension the coder chose.
    """
    return any(
        said.kind == "unrelated"
        and any(is_listed(one, name, day) for one in said.about)
        and any(one[:_CATEGORY] == code[:_CATEGORY] for one in said.about)
        for said in encounter.circumstances.record or ()
    )


def weight(encounter: CodedEncounter) -> Severity:
    """Return ERROR where the record is known and denies no link, WARNING where nobody told it.

    For links that the classification presumes and that only the record can undo.
    """
    return Severity.WARNING if encounter.circumstances.record is None else Severity.ERROR


def because(name: str, code: str, day: date) -> Cite | None:
    """Return the citation of the row of the list `name` that names `code`; None if none does."""
    lists = open_lists(day)
    row = lists.row(name, code)
    return lists.cite(row.place) if row else None


def cited(pair: Pair, day: date) -> Cite:
    """Return the citation of the row that joins the two diagnoses."""
    return open_lists(day).cite(pair.row.place)


def instead(row: PairRow, other: Diagnosis, code: str = "") -> str:
    """Return what to use for a pair: `code` (else the row's result), with or without `other`."""
    use = code or row.result
    return f"Use {use} and keep {other.code}" if row.keep else f"Use {use} and drop {other.code}"
