"""Lists of codes that guidelines and tabular notes name, each row with its place in the source.

A rule asks whether a code stands in a list ("secondary-only"), and cites the row that says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import field_validator

from codinglab.codes.icd10cm import key_of
from codinglab.codes.release import CodeRow, Release, has_days, in_force, rows, rows_on
from codinglab.core.cite import Cite

SET = "guideline_lists"
GUIDELINES = "ICD-10-CM guidelines"
TABULAR = "ICD-10-CM tabular list"
_INTENT_AT = 6  # the last character before the 7th, which says on what intent a drug was taken
_PLACEHOLDER = "X"
_IN_TABULAR = "tabular "
_REMEMBERED = 16384  # codes whose answers are kept


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


class WordRow(CodeRow):
    """A word of a record (`code`) in the list `list`: "probable" is uncertain."""

    list: str
    place: str

    @field_validator("code")
    @classmethod
    def _plain(cls, word: str) -> str:
        return word.casefold()


def drug_intent(code: str) -> str:
    """Return the character of a T36-T50 code that tells its intent: 1-4, 5 or 6.

    It is the 6th character, or the 5th where the 6th is a placeholder; "" for a shorter code.
    """
    return key_of(code)[:_INTENT_AT].rstrip(_PLACEHOLDER)[4:][-1:]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The keys from `start` to `end`, those below both included."""

    start: str
    end: str

    @classmethod
    def of(cls, first: str, last: str) -> _Stretch:
        return cls(key_of(first), key_of(last or first))

    def __contains__(self, key: str) -> bool:
        return self.start <= key and key[: len(self.end)] <= self.end

    def letters(self) -> str:
        """Return the first characters that the keys may have."""
        return "".join(map(chr, range(ord(self.start[0]), ord(self.end[0]) + 1)))


class GuidelineLists:
    """The lists in force on a day; get them from `open_lists`."""

    def __init__(
        self,
        release: Release,
        lists: tuple[ListRow, ...],
        pairs: tuple[PairRow, ...],
        words: tuple[WordRow, ...],
    ) -> None:
        """Keep the rows ready to be asked; each answer is remembered."""
        self.release = release
        self._names = frozenset(row.list for row in lists)
        self._by_letter: dict[str, list[tuple[_Stretch, ListRow]]] = {}
        for row in lists:
            stretch = _Stretch.of(row.code, row.last)
            for letter in stretch.letters():
                self._by_letter.setdefault(letter, []).append((stretch, row))
        self._pairs = tuple(
            (_Stretch.of(row.code, ""), _Stretch.of(row.other, row.last), row) for row in pairs
        )
        self._words = {(row.list, row.code): row for row in words}
        self._rows = lru_cache(maxsize=_REMEMBERED)(self._find_rows)
        self._joined = lru_cache(maxsize=_REMEMBERED)(self._find_joined)

    def _find_rows(self, code: str) -> dict[str, ListRow]:
        """Return the row of each list that has `code` in it, by the name of the list."""
        key, intent = key_of(code), drug_intent(code)
        named = [
            row
            for stretch, row in self._by_letter.get(key[:1], ())
            if key in stretch and (not row.intent or (intent and intent in row.intent))
        ]
        out = {row.list for row in named if row.but}
        return {row.list: row for row in reversed(named) if row.list not in out}

    def _find_joined(self, code: str) -> dict[str, tuple[tuple[_Stretch, PairRow], ...]]:
        """Return, by the name of the list, the pairs whose first code names `code`."""
        key = key_of(code)
        found: dict[str, tuple[tuple[_Stretch, PairRow], ...]] = {}
        for first, other, row in self._pairs:
            if key in first:
                found[row.list] = (*found.get(row.list, ()), (other, row))
        return found

    def check(self, name: str) -> None:
        """Raise KeyError, naming the release, when there is no list `name`."""
        if name not in self._names:
            raise KeyError(f"{name}: no such list in {self.release}")

    def row(self, name: str, code: str) -> ListRow | None:
        """Return the row of the list `name` that names `code`; None if it isn't in the list.

        Raises KeyError, naming the release, when there is no such list.
        """
        self.check(name)
        return self._rows(code).get(name)

    def names(self, code: str) -> Iterable[str]:
        """Return the names of the lists that `code` stands in."""
        return self._rows(code)

    def names_of_pairs(self, code: str) -> Iterable[str]:
        """Return the names of the lists of pairs that have a pair whose first code is `code`."""
        return self._joined(code)

    def joined(self, name: str, one: str, other: str) -> PairRow | None:
        """Return the row of the list of pairs `name` that joins `one` with `other`, if any does."""
        rows = self._joined(one).get(name)
        key = key_of(other) if rows else ""
        return next((row for stretch, row in rows or () if key in stretch), None)

    def pairs(self, name: str) -> tuple[PairRow, ...]:
        """Return all rows of the list of pairs `name`."""
        return tuple(row for _, _, row in self._pairs if row.list == name)

    def starts(self, name: str, code: str) -> bool:
        """Say whether a pair of the list `name` has `code` as its first code."""
        return name in self._joined(code)

    def word(self, name: str, said: str) -> WordRow | None:
        """Return the row of the list `name` whose word `said` is; None if it isn't listed."""
        return self._words.get((name, said.casefold()))

    def cite(self, place: str) -> Cite:
        """Return the citation of a row's `place`, of the guidelines or the tabular list."""
        edition = f"FY{self.release.info.release}"
        if place.startswith(_IN_TABULAR):
            return Cite(TABULAR, edition, place.removeprefix(_IN_TABULAR))
        return Cite(GUIDELINES, edition, place)


_lists = lru_cache(maxsize=8)(GuidelineLists)  # days on which the same rows hold share one


@lru_cache(maxsize=512)
def open_lists(day: date) -> GuidelineLists:
    """Return the lists in force on `day`; raises NotInForce, naming what is known, when none is.

    Inpatient stays go by the day of discharge, everything else by the day of service.
    """
    release = in_force(SET, day)
    tables = ("lists.csv", ListRow), ("pairs.csv", PairRow), ("words.csv", WordRow)
    if not any(has_days(release, *one) for one in tables):
        return _whole(release)
    return _lists(
        release,
        rows_on(release, "lists.csv", ListRow, day),
        rows_on(release, "pairs.csv", PairRow, day),
        rows_on(release, "words.csv", WordRow, day),
    )


@lru_cache(maxsize=8)
def _whole(release: Release) -> GuidelineLists:
    """Return the lists of a release whose rows all hold as long as it does."""
    return GuidelineLists(
        release,
        rows(release, "lists.csv", ListRow),
        rows(release, "pairs.csv", PairRow),
        rows(release, "words.csv", WordRow),
    )
