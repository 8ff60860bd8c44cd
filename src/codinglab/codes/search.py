"""Search over the code sets: what people type, found in the words of coders.

Every word should be met, by a whole word, a synonym, a beginning or, where it is unknown, a
likely spelling. A phrase scores by how much of the query it meets and how little else it says, so
that the plain code comes before its special ones. Each hit tells why it matched. Sets that only a
bill needs never push a diagnosis or procedure away: they fill the room that is left, and come
first only where no diagnosis or procedure meets all words, but they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from codinglab.codes.icd10cm import Icd10cm, open_table
from codinglab.codes.search_index import billing_file, main_file, procedures_file
from codinglab.codes.search_query import READ_AS
from codinglab.codes.search_shelf import Hit, Shelf, restriction
from codinglab.codes.search_sources import BILLING, DIAGNOSES, MAIN, PROCEDURES, SETTINGS, SYSTEMS
from codinglab.core.dates import NotInForce

__all__ = ["DIAGNOSES", "SETTINGS", "SYSTEMS", "Hit", "Search", "UnknownRestriction", "open_search"]
_CODE = re.compile(
    r"[A-TV-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?|\d{4}[0-9FTUMA]|[A-Z]\d{4}", re.IGNORECASE
)
_BARE = re.compile(r"(?=.*\d)[0-9A-Z]{1,10}", re.IGNORECASE)
_BILL_TYPE = re.compile(r"0?(\d\d)[0-9A-Z]", re.IGNORECASE)
_PROCEDURE = re.compile(r"[0-9A-HJ-NP-Z]{7}", re.IGNORECASE)
_CHAPTERS, _TABLE = 22, 3


class UnknownRestriction(ValueError):
    """A system, chapter or setting that the search does not know."""


def _known(said: str, names: Iterable[str]) -> str:
    """Return the one of `names` that is `said` in any case, and as the set's folder too."""
    plain = said.strip().casefold().replace("_", " ")
    every = tuple(names)
    for one in every:
        if plain in {one.casefold(), f"{one.casefold()}s"}:
            return one
    raise UnknownRestriction(f"{said!r} is none of {', '.join(every)}")


class Search:
    """The search over the sets in force on one day; get it from `open_search`."""

    def __init__(self, day: date, folder: Path | None = None) -> None:
        """Open the shelf of diagnoses and procedures for `day`; `folder` holds the code sets."""
        self._day, self._folder = day, folder
        self._diagnoses: Icd10cm = open_table(day, folder)
        self._main = Shelf(main_file(day, folder), day, self._diagnoses)

    @cached_property
    def _billing(self) -> Shelf:
        return Shelf(billing_file(self._day, self._folder), self._day, self._diagnoses)

    @cached_property
    def _procedures(self) -> Shelf:
        return Shelf(procedures_file(self._day, self._folder), self._day, self._diagnoses)

    def find(
        self,
        text: str,
        limit: int = 10,
        *,
        system: str | None = None,
        chapter: int | None = None,
        setting: str | None = None,
    ) -> tuple[Hit, ...]:
        """Return at most `limit` hits for `text`, the best first, billable codes before headers.

        `system` is one of SYSTEMS, `chapter` a chapter of ICD-10-CM, `setting` one of SETTINGS.
        Raises UnknownRestriction, naming what is known.
        """
        systems = _systems(system, chapter, setting)
        plain = text.strip().upper()
        if hits := self._by_code(plain, limit, systems, chapter, asked=system is not None):
            return hits
        return self._by_words(text, limit, systems, chapter)

    def mended(self, text: str, hits: Iterable[Hit]) -> tuple[tuple[str, str], ...]:
        """Return the words of `text` that its `hits` were found by another spelling of: both."""
        whys = [hit.why for hit in hits]
        pairs = self._main.mended(text)
        return tuple(
            (typed, right)
            for typed, right in pairs
            if any(f"{typed}{READ_AS}{right}" in why for why in whys)
        )

    def _by_code(
        self,
        text: str,
        limit: int,
        systems: frozenset[str],
        chapter: int | None,
        *,
        asked: bool,
    ) -> tuple[Hit, ...]:
        """Return the hits for the code `text`; one without a digit is a code where `asked` for."""
        shape = _CODE.fullmatch(text)
        if not (shape or _BARE.fullmatch(text) or (asked and len(text.split()) == 1)):
            return ()
        key, where = text.replace(".", ""), restriction(systems, chapter)
        hits = self._diagnosis(key, limit) if shape and DIAGNOSES in systems else []
        hits = [hit for hit in hits if chapter is None or self._chapter(hit.code) == chapter]
        if systems & set(MAIN):
            hits += self._main.coded([key], where)
        hits.sort(key=lambda hit: not hit.billable)
        billed = systems & set(BILLING)
        if billed and len(hits) < limit and not (shape and hits):
            hits += self._billing.coded(_written(key), restriction(billed, None))
        if not hits and (PROCEDURES in systems or _PROCEDURE.fullmatch(key)):
            hits = self._procedure(key, limit) if chapter is None else []
        return tuple(hits[:limit])

    def _procedure(self, key: str, limit: int) -> list[Hit]:
        """Return the procedure `key`, or those that begin so where it is the beginning of one."""
        from codinglab.codes.icd10pcs import open_pcs

        try:
            table = open_pcs(self._day, self._folder)
        except NotInForce:
            return []
        if len(key) < _TABLE:
            return []
        if found := table.find(key):
            verdict = table.verdict(key)
            why = "code" if verdict.valid else f"code; {verdict.message}"
            return [Hit(key, found.title or "", PROCEDURES, verdict.valid, 100.0, why)]
        below = islice(table.codes(key), limit)
        return [Hit(one, title or "", PROCEDURES, True, 90.0, "code") for one, title in below]

    def _diagnosis(self, key: str, limit: int) -> list[Hit]:
        from codinglab.codes.icd10cm_dates import life

        node = self._diagnoses.find(key)
        if node is None or node.kind == "block":
            return []
        below = () if node.billable else self._diagnoses.billable_below(node.code, limit - 1)
        hits = []
        for one in (node, *below):
            score = 100.0 if one.code == node.code else 90.0
            hit = Hit(one.code, one.title, DIAGNOSES, one.billable, score, "code")
            known = life(one.code) if one.billable else None
            said = known.says(self._day) if known else ""
            hits.append(replace(hit, billable=False, why=f"code; {said}") if said else hit)
        return hits

    def _chapter(self, code: str) -> int:
        return int(self._diagnoses.ancestors(code)[-1].code.split()[1])

    def _by_words(
        self, text: str, limit: int, systems: frozenset[str], chapter: int | None
    ) -> tuple[Hit, ...]:
        first: list[tuple[Hit, bool]] = []
        if systems & set(MAIN):
            where = restriction(systems, chapter)
            first = list(islice(self._main.find(text, limit, where), limit))
        whole = any(all_met for _, all_met in first)
        if len(first) == limit and (whole or not self._meet_others(text, systems)):
            return tuple(hit for hit, _ in first)
        more = self._others(text, limit, systems)
        before = [] if whole else [each for each in more if each[1]]
        after = [each for each in more if each not in before]
        return tuple(hit for hit, _ in [*before, *first, *after])[:limit]

    def _meet_others(self, text: str, systems: frozenset[str]) -> bool:
        """Say whether anything outside the shelf of diagnoses has all of `text`."""
        if PROCEDURES in systems:
            return True
        billed = systems & set(BILLING)
        return bool(billed) and self._billing.meets(text, restriction(billed, None))

    def _others(self, text: str, limit: int, systems: frozenset[str]) -> list[tuple[Hit, bool]]:
        """Return the hits outside the shelf of diagnoses, whole ones of procedures first."""
        found: list[tuple[Hit, bool]] = []
        if PROCEDURES in systems:
            with nullcontext() if len(systems) == 1 else suppress(NotInForce):
                found += islice(self._procedures.find(text, limit, ""), limit)
        if billed := systems & set(BILLING):
            found += islice(self._billing.find(text, limit, restriction(billed, None)), limit)
        return found


def _systems(system: str | None, chapter: int | None, setting: str | None) -> frozenset[str]:
    """Return the systems to look through; raises UnknownRestriction."""
    if chapter is not None and not 1 <= chapter <= _CHAPTERS:
        raise UnknownRestriction(f"chapter {chapter} is none of 1 to {_CHAPTERS}")
    allowed = set(SETTINGS[_known(setting, SETTINGS)] if setting else SYSTEMS)
    if system is not None:
        allowed &= {_known(system, SYSTEMS)}
    elif setting is None:
        allowed -= {PROCEDURES}  # looked through only when it is asked for
    return frozenset(allowed & {DIAGNOSES} if chapter is not None else allowed)


def _written(key: str) -> list[str]:
    """Return the codes that a biller may mean by `key`: 450 is 0450, and 0131 begins with 013."""
    found = [key]
    if key.isdecimal() and len(key) == 3:  # noqa: PLR2004  revenue codes are written without their 0
        found.append(f"0{key}")
    if bill := _BILL_TYPE.fullmatch(key):
        found.append(f"0{bill[1]}")
    return found


@lru_cache(maxsize=8)
def open_search(day: date, folder: Path | None = None) -> Search:
    """Return the search over the sets in force on `day`, compiling its index at the first use.

    `folder` holds the code sets (the installation's own by default). Raises NotInForce when the
    lab has no ICD-10-CM for that day.
    """
    return Search(day, folder)
