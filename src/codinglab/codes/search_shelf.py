"""One compiled index of the search: it finds the phrases of a query and scores them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from codinglab.codes.icd10cm import Icd10cm
from codinglab.codes.search_query import (
    ALONE,
    ANCHORED,
    READ_AS,
    SEVENTH_WORDS,
    WHOLE,
    Group,
    Reader,
    Way,
    expressions,
)
from codinglab.codes.search_sources import MAIN, SYSTEMS
from codinglab.codes.search_words import cut

_CANDIDATES, _FEW, _TRIES, _ENOUGH = 80, 24, 4, 20
_DENIED = 0.5  # what a word is worth that the query affirms and the phrase denies, or the reverse
# Points: how a score is made up. Tuned on the tuned halves of tests/codes/search_queries.csv.
_MET, _PLAIN, _USUAL, _SELDOM, _WHOLE, _PART = 80.0, 0.5, 6.0, 4.0, 8.0, 0.7
_FIELD = {"synonym": 3.0, "title": 1.0, "label": 0.0}


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found: `score` up to about 100, and `why` in words ("synonym 'sugar'")."""

    code: str
    title: str
    system: str
    billable: bool
    score: float
    why: str


_Row = tuple[int, int, str, float, int, float, str]
_Asked = tuple[tuple[Way, ...], float, bool, bool]


class _Found(NamedTuple):
    """The best phrase of an entry so far: its own number, that of the entry, and its stems.

    `groups` is the reading of the query that met it.
    """

    score: float
    entry: int
    phrase: int
    have: set[str]
    groups: list[Group]


def restriction(systems: Iterable[str], chapter: int | None) -> str:
    """Return the SQL that keeps to `systems` and a `chapter` of ICD-10-CM, where one is given."""
    wanted = set(systems)
    numbers = [number for number, one in enumerate(SYSTEMS) if one in wanted]
    parts = [] if wanted >= set(MAIN) else [f"system in ({', '.join(map(str, numbers))})"]
    parts += [] if chapter is None else [f"chapter = {chapter:d}"]
    return "".join(f" and {part}" for part in parts)


class Shelf:
    """One compiled index, read on one day."""

    def __init__(self, path: Path, day: date, diagnoses: Icd10cm) -> None:
        """Open the index `path`; `diagnoses` gives the titles of 7th character codes."""
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._day, self._diagnoses = day.isoformat(), diagnoses
        self._reader = Reader(self._base)

    def coded(self, codes: Iterable[str], where: str) -> Iterator[Hit]:
        """Yield the entries outside ICD-10-CM whose code is one of `codes`."""
        query = (
            "select system, code, title, starts, ends "  # noqa: S608  our own words
            f"from entry where system and code = ?{where} order by system"
        )
        for one in codes:
            for system, code, title, starts, ends in self._base.execute(query, (one,)):
                if self._holds(starts, ends):
                    yield Hit(code, title, SYSTEMS[system], True, 100.0, "code")

    def find(self, text: str, limit: int, where: str) -> Iterator[tuple[Hit, bool]]:
        """Yield the hits for `text`, the best first, each with whether it meets all words as typed.

        A word read as another one, for its spelling, is not as typed.
        """
        best: dict[int, _Found] = {}
        for groups in filter(None, self._reader.readings(text)):
            if len(best) >= 2 * limit:  # the phrases were met whole, and often
                break
            self._look(groups, where, best)
        ranked = sorted(best.values(), key=lambda one: (-one.score, one.entry))
        asked, step = set(cut(text)), max(limit, 1)
        for at in range(0, len(ranked), step):
            yield from self._hits(ranked[at : at + step], asked)

    def mended(self, text: str) -> list[tuple[str, str]]:
        """Return each word of `text` that is read as another one, with that one."""
        return self._reader.mended(text)

    def meets(self, text: str, where: str) -> bool:
        """Say whether some phrase has all of `text`; where none has, no hit of `find` meets it."""
        query = (
            "select 1 from find join phrase on phrase.id = find.rowid "  # noqa: S608  our own words
            f"where find match ?{where} limit 1"
        )
        for groups in filter(None, self._reader.readings(text)):
            if all(group.ways or group.needless for group in groups):
                _, expression = next(expressions(groups, 0))
                if self._base.execute(query, (expression,)).fetchone():
                    return True
        return False

    def _holds(self, starts: str, ends: str) -> bool:
        return starts <= self._day and (not ends or self._day < ends)

    def _look(self, groups: list[Group], where: str, best: dict[int, _Found]) -> None:
        """Score the phrases that meet all groups; while there are too few, those that meet less."""
        query = (
            "select id, entry, stems, weight, usual, seldom, field "  # noqa: S608  our own words
            "from find join phrase on phrase.id = find.rowid "
            f"where find match ?{where} order by find.rowid limit ?"
        )
        seen: set[int] = set()
        asked = [(one.ways, one.weight, one.needless, one.denied) for one in groups]
        for left_out, expression in expressions(groups, _TRIES):
            if left_out and len(seen) >= (1 if left_out == ALONE else _ENOUGH):
                return
            most = _CANDIDATES if left_out in {WHOLE, ANCHORED} else _FEW
            for row in self._base.execute(query, (expression, most)):
                number, entry, stems, *_ = row
                if number in seen:
                    continue
                seen.add(number)
                have = set(stems.split())
                score = self._score(row, have, asked)
                known = best.get(entry)
                if known is None or known.score < score:
                    best[entry] = _Found(score, entry, number, have, groups)

    def _score(self, row: _Row, have: set[str], asked: list[_Asked]) -> float:
        _, _, stems, weight, usual, seldom, where = row
        met = whole = said = 0.0
        missed, denies, brackets = False, "!" in stems, "(" in stems
        for ways, tells, needless, denied in asked:
            for way in ways:  # _meet, without a call for each phrase
                if way.words <= have and (not way.start or _begun(way.start, have)):
                    break
            else:
                if not needless:
                    whole += tells
                    missed = True
                continue
            whole += tells
            worth = tells * way.quality
            if denies or denied:
                denies_it = denies and any(f"!{word}" in have for word in way.words)
                worth *= 1.0 if denies_it == denied else _DENIED
            met += worth
            said += self._tells(way, have) if brackets or way.start else way.tells
        plain = min(1.0, said / (weight or 1.0))
        share = met / (whole or 1.0)
        score: float = _MET * share**1.5 * (1 - _PLAIN + _PLAIN * plain) - _SELDOM * seldom
        if where == "synonym":  # a lay phrase met in part says little
            score *= _PART + (1 - _PART) * plain
        score += _FIELD.get(where, 0.0) + _USUAL * share * usual
        return score if missed or plain < 1 else score + _WHOLE * share

    def _tells(self, way: Way, have: set[str]) -> float:
        """Return how much of what the phrase says `way` meets; words in brackets say nothing."""
        if way.start:
            return sum(map(self._reader.tells, _begun(way.start, have)))
        beside = [word for word in way.words if f"({word}" in have]
        return way.tells - sum(map(self._reader.tells, beside))

    def _hits(self, ranked: list[_Found], asked: set[str]) -> Iterator[tuple[Hit, bool]]:
        """Yield what is shown of each of `ranked` whose code is in force on the day."""
        marks = ",".join("?" * len(ranked))
        query = (
            "select phrase.id, field, node, text, "  # noqa: S608  marks alone
            "entry.system, code, title, sevens, starts, ends "
            f"from phrase join entry on entry.id = entry where phrase.id in ({marks})"
        )
        numbers = [one.phrase for one in ranked]
        wanted = [SEVENTH_WORDS[word] for word in asked if word in SEVENTH_WORDS]
        rows = {number: cells for number, *cells in self._base.execute(query, numbers)}
        for found in ranked:
            *phrase, system, code, title, sevens, starts, ends = rows[found.phrase]
            if not self._holds(starts, ends):
                continue
            ways = [(group, _meet(group, found.have)) for group in found.groups]
            missed = [one.said for one, way in ways if way is None and not one.needless]
            why = _why(phrase, code, [way for _, way in ways if way], missed)
            if sevens:
                character = next((one for one in wanted if one in sevens), sevens[0])
                code = f"{code if '.' in code else code + '.'}".ljust(7, "X") + character
                title = title if character == sevens[0] else self._diagnoses.node(code).title
            hit = Hit(code, title, SYSTEMS[system], True, round(found.score, 1), why)
            yield hit, not missed and READ_AS not in why


def _why(phrase: list[str], code: str, ways: list[Way], missed: list[str]) -> str:
    """Return in words why the `phrase` (its field, node and text) was found."""
    where, node, text = phrase
    said = [f"{where} {text!r}" + (f" of {node}" if node != code else "")]
    said += [way.note for way in ways if way.note]
    return "; ".join(said + ([f"without {', '.join(missed)}"] if missed else []))


def _meet(group: Group, have: set[str]) -> Way | None:
    """Return the best way in which `have` meets `group`, None if it does not."""
    for way in group.ways:
        if way.words <= have and (not way.start or _begun(way.start, have)):
            return way
    return None


def _begun(start: str, have: set[str]) -> list[str]:
    return [word for word in have if word.startswith(start)]
