"""One compiled index of the search: it finds the phrases of a query and scores them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codinglab.codes.icd10cm import Icd10cm
from codinglab.codes.search_query import (
    ALONE,
    ANCHORED,
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


@dataclass(frozen=True, slots=True)
class _Found:
    """The best phrase of an entry so far, with the reading of the query that met it."""

    score: float
    row: _Row
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
        self._base.execute("pragma mmap_size = 268435456")  # pages are read in place
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
        asked = set(cut(text))
        for found in sorted(best.values(), key=lambda one: (-one.score, one.row[1])):
            if hit := self._hit(found, asked):
                yield hit, not _missed(found) and " read as " not in hit.why

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
        for left_out, expression in expressions(groups, _TRIES):
            if left_out and len(seen) >= (1 if left_out == ALONE else _ENOUGH):
                return
            most = _CANDIDATES if left_out in {WHOLE, ANCHORED} else _FEW
            for row in self._base.execute(query, (expression, most)):
                if row[0] in seen:
                    continue
                seen.add(row[0])
                score = self._score(row, groups)
                if row[1] not in best or best[row[1]].score < score:
                    best[row[1]] = _Found(score, row, groups)

    def _score(self, row: _Row, groups: list[Group]) -> float:
        _, _, stems, weight, usual, seldom, where = row
        have = set(stems.split())
        met = whole = said = 0.0
        missed, denies, brackets = False, "!" in stems, "(" in stems
        for group in groups:
            way = _meet(group, have)
            if way:
                whole += group.weight
                denied = denies and any(f"!{word}" in have for word in way.words)
                met += group.weight * way.quality * (1.0 if denied == group.denied else _DENIED)
                said += self._tells(way, have) if brackets or way.start else way.tells
            elif not group.needless:
                whole += group.weight
                missed = True
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
            return self._begun(way.start, have)
        beside = [word for word in way.words if f"({word}" in have]
        return way.tells - sum(self._reader.idf(word) or 0.0 for word in beside)

    def _begun(self, start: str, have: set[str]) -> float:
        return sum(self._reader.idf(word) or 0.0 for word in have if word.startswith(start))

    def _hit(self, found: _Found, asked: set[str]) -> Hit | None:
        """Return what is shown of `found`, None where its code is not in force on the day."""
        query = (
            "select field, node, text, entry.system, code, title, sevens, starts, ends "
            "from phrase join entry on entry.id = entry where phrase.id = ?"
        )
        *phrase, system, code, title, sevens, starts, ends = self._base.execute(
            query, found.row[:1]
        ).fetchone()
        if not self._holds(starts, ends):
            return None
        why = _why(found, code, *phrase)
        if sevens:
            wanted = [SEVENTH_WORDS[word] for word in asked if word in SEVENTH_WORDS]
            character = next((one for one in wanted if one in sevens), sevens[0])
            code = f"{code if '.' in code else code + '.'}".ljust(7, "X") + character
            title = title if character == sevens[0] else self._diagnoses.node(code).title
        return Hit(code, title, SYSTEMS[system], True, round(found.score, 1), why)


def _missed(found: _Found) -> list[str]:
    have = set(found.row[2].split())
    return [one.said for one in found.groups if not one.needless and not _meet(one, have)]


def _why(found: _Found, code: str, where: str, node: str, text: str) -> str:
    """Return in words why the phrase `text` was found."""
    have = set(found.row[2].split())
    said = [f"{where} {text!r}" + (f" of {node}" if node != code else "")]
    ways = [_meet(group, have) for group in found.groups]
    said += [way.note for way in ways if way and way.note]
    missed = _missed(found)
    return "; ".join(said + ([f"without {', '.join(missed)}"] if missed else []))


def _meet(group: Group, have: set[str]) -> Way | None:
    """Return the best way in which `have` meets `group`, None if it does not."""
    for way in group.ways:
        if any(word.startswith(way.start) for word in have) if way.start else way.words <= have:
            return way
    return None
