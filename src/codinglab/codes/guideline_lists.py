"""Lists of codes that guidelines and tabular notes name, each row with its place in the source.

A rule asks whether a code stands in a list ("secondary-only"), and cites the row that says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import field_validator

from codinglab.codes.icd10cm import key_of
from codinglab.codes.release import CodeRow, Release, in_force, rows_on
from codinglab.core.cite import Cite

SET = "guideline_lists"
GUIDELINES = "ICD-10-CM guidelines"
TABULAR = "ICD-10-CM tabular list"
_INTENT_AT = 6  # the last character before the 7th, which says on what intent a drug was taken
_PLACEHOLDER = "X"
_IN_TABULAR = "tabular "


class ListRow(CodeRow):
    """A code, or a range up to `last`, of the list `list`, and the `place` that names it.

    A code stands for all below it. `but` takes codes out of the list again. `intent` holds digits,
    one of which must be the last digit before the 7th character: the intent of a drug code.
    """

    list: str
    last: str = ""
    but: bool = False
    intent: str = ""
    place: str

    def names(self, code: str) -> bool:
        """Say whether the row's codes include `code`, without looking at `but`."""
        return _within(code, self.code, self.last) and (
            not self.intent or drug_intent(code) in self.intent
        )


class PairRow(CodeRow):
    """Two codes that belong together in the list `list`: `code`, and `other` (up to `last`).

    `result` is the code that says both, blank where there is none, and `keep` tells whether the
    other code stays beside it. Both codes stand for all below them.
    """

    list: str
    other: str
    last: str = ""
    result: str = ""
    keep: bool = False
    place: str

    def names(self, one: str, other: str) -> bool:
        """Say whether `one` is the row's code, and `other` its other code."""
        return _within(one, self.code) and _within(other, self.other, self.last)


class WordRow(CodeRow):
    """A word of a record (`code`) in the list `list`: "probable" is uncertain."""

    list: str
    place: str

    @field_validator("code")
    @classmethod
    def _plain(cls, word: str) -> str:
        return word.casefold()


def _within(code: str, first: str, last: str = "") -> bool:
    """Say whether `code` lies in the range, the codes below its ends included."""
    key, start, end = key_of(code), key_of(first), key_of(last or first)
    return start <= key and key[: len(end)] <= end


def drug_intent(code: str) -> str:
    """Return the character of a T36-T50 code that tells its intent: 1-4, 5 or 6.

    It is the 6th character, or the 5th where the 6th is a placeholder; "" for a shorter code.
    """
    return key_of(code)[:_INTENT_AT].rstrip(_PLACEHOLDER)[4:][-1:]


@dataclass(frozen=True, slots=True)
class GuidelineLists:
    """One release of the lists, as in force on a day; get it from `open_lists`."""

    release: Release
    day: date

    def row(self, name: str, code: str) -> ListRow | None:
        """Return the row of the list `name` that names `code`; None if it isn't in the list.

        Raises KeyError, naming the release, when there is no such list.
        """
        return _row(self.release, self.day, name, code)

    def pairs(self, name: str) -> tuple[PairRow, ...]:
        """Return the pairs of the list `name`; raises KeyError when there is no such list."""
        return _pairs(self.release, self.day)[name]

    def word(self, name: str, said: str) -> WordRow | None:
        """Return the row of the list `name` whose word `said` is; None if it isn't listed."""
        words = rows_on(self.release, "words.csv", WordRow, self.day)
        plain = said.casefold()
        return next((one for one in words if one.list == name and one.code == plain), None)

    def cite(self, place: str) -> Cite:
        """Return the citation of a row's `place`, of the guidelines or the tabular list."""
        edition = f"FY{self.release.info.release}"
        if place.startswith(_IN_TABULAR):
            return Cite(TABULAR, edition, place.removeprefix(_IN_TABULAR))
        return Cite(GUIDELINES, edition, place)


@lru_cache(maxsize=4)
def _lists(release: Release, day: date) -> dict[str, tuple[ListRow, ...]]:
    found: dict[str, tuple[ListRow, ...]] = {}
    for row in rows_on(release, "lists.csv", ListRow, day):
        found[row.list] = (*found.get(row.list, ()), row)
    return found


@lru_cache(maxsize=4)
def _pairs(release: Release, day: date) -> dict[str, tuple[PairRow, ...]]:
    found: dict[str, tuple[PairRow, ...]] = {}
    for row in rows_on(release, "pairs.csv", PairRow, day):
        found[row.list] = (*found.get(row.list, ()), row)
    return found


@lru_cache(maxsize=65536)
def _row(release: Release, day: date, name: str, code: str) -> ListRow | None:
    lists = _lists(release, day)
    if name not in lists:
        raise KeyError(f"{name}: no such list in {release}; there are {', '.join(lists)}")
    named = [row for row in lists[name] if row.names(code)]
    return None if not named or any(row.but for row in named) else named[0]


@lru_cache(maxsize=64)
def open_lists(day: date) -> GuidelineLists:
    """Return the lists in force on `day`; raises NotInForce, naming what is known, when none is.

    Inpatient stays go by the day of discharge, everything else by the day of service.
    """
    return GuidelineLists(in_force(SET, day), day)
