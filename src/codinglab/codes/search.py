"""Search over the code sets: what people type, found in the words of coders.

Every word should be met, by a whole word, a synonym, a beginning or, where it is unknown, a
likely spelling. A phrase scores by how much of the query it meets and how little else it says, so
that the plain code comes before its special ones. Each hit tells why it matched.
"""

from __future__ import annotations

import itertools
import re
import sqlite3
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from codinglab.codes.icd10cm import Icd10cm, open_table
from codinglab.codes.search_index import index_file
from codinglab.codes.search_phrases import SYSTEMS
from codinglab.codes.search_query import SEVENTH_WORDS, Group, Reader, Way, dropped
from codinglab.codes.search_words import cut

SETTINGS = {
    "inpatient": ("ICD-10-CM",),
    "outpatient": SYSTEMS,
    "office": SYSTEMS,
    "emergency": SYSTEMS,
}
_CODE = re.compile(
    r"[A-TV-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?|\d{4}[0-9FTUMA]|[A-Z]\d{4}", re.IGNORECASE
)
_ENTRY = "system, code, title, sevens, starts, ends"
_CANDIDATES, _FEW, _TRIES, _ENOUGH = 80, 24, 5, 20
# Points: how a score is made up. Tuned on the tuned half of tests/codes/search_queries.csv.
_MET, _PLAIN, _USUAL, _SELDOM, _WHOLE, _PART = 80.0, 0.5, 6.0, 4.0, 8.0, 0.7
_FIELD = {"synonym": 3.0, "title": 1.0, "label": 0.0}


class UnknownRestriction(ValueError):
    """A system, chapter or setting that the search does not know."""


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


class Search:
    """The search over the sets in force on one day; get it from `open_search`."""

    def __init__(self, path: Path, day: date, diagnoses: Icd10cm) -> None:
        """Open the index `path`; `diagnoses` gives the titles of 7th character codes."""
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._day, self._diagnoses = day.isoformat(), diagnoses
        self._reader = Reader(self._base)

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
        where = self._where(system, chapter, setting)
        if _CODE.fullmatch(text.strip()) and (hits := self._by_code(text.strip(), limit, where)):
            return hits
        best: dict[int, _Found] = {}
        for groups in filter(None, self._reader.readings(text)):
            if len(best) >= 2 * limit:  # the phrases were met whole, and often
                break
            self._look(groups, where, best)
        asked = set(cut(text))
        ordered = sorted(best.values(), key=lambda one: (-one.score, one.row[1]))
        shown = (self._hit(found, asked) for found in ordered)
        return tuple(itertools.islice((hit for hit in shown if hit), limit))

    def _where(self, system: str | None, chapter: int | None, setting: str | None) -> str:
        for value, known in ((system, SYSTEMS), (setting, SETTINGS)):
            if value is not None and value not in known:
                raise UnknownRestriction(f"{value!r} is none of {', '.join(known)}")
        allowed = SETTINGS[setting] if setting else SYSTEMS
        numbers = [SYSTEMS.index(one) for one in allowed if system in (None, one)]
        listed = ", ".join(map(str, numbers))
        parts = [] if len(numbers) == len(SYSTEMS) else [f"system in ({listed})"]
        if chapter is not None:
            if not 1 <= chapter <= 22:  # noqa: PLR2004  ICD-10-CM has 22
                raise UnknownRestriction(f"chapter {chapter} is none of 1 to 22")
            parts.append(f"chapter = {chapter:d}")
        return "".join(f" and {part}" for part in parts)

    def _by_code(self, text: str, limit: int, where: str) -> tuple[Hit, ...]:
        plain = text.upper().replace(".", "")
        node = self._diagnoses.find(plain)
        hits = []
        if node and node.kind != "block" and ("system" not in where or "(0" in where):
            below = () if node.billable else self._diagnoses.billable_below(node.code, limit - 1)
            for one in (node, *below):
                score = 100.0 if one.code == node.code else 90.0
                hits.append(Hit(one.code, one.title, SYSTEMS[0], one.billable, score, "code"))
        query = f"select {_ENTRY} from entry where system and code = ?{where}"  # noqa: S608  own
        for system, code, title, _, starts, ends in self._base.execute(query, (plain,)):
            if self._holds(starts, ends):
                hits.append(Hit(code, title, SYSTEMS[system], True, 100.0, "code"))
        return tuple(sorted(hits, key=lambda hit: not hit.billable)[:limit])

    def _holds(self, starts: str, ends: str) -> bool:
        return starts <= self._day and (not ends or self._day < ends)

    def _look(self, groups: list[Group], where: str, best: dict[int, _Found]) -> None:
        """Score the phrases that meet all groups; while there are too few, all but some."""
        query = (
            "select id, entry, stems, weight, usual, seldom, field "  # noqa: S608  our own words
            "from find join phrase on phrase.id = find.rowid "
            f"where find match ?{where} order by find.rowid limit ?"
        )
        seen: set[int] = set()
        for tried, wanted in enumerate(dropped(groups, len(groups) - 1)):
            if tried >= _TRIES or (tried and len(seen) >= _ENOUGH):
                return
            expression = " AND ".join(f"({group.expression()})" for group in wanted)
            most = _FEW if tried else _CANDIDATES
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
        missed = False
        for group in groups:
            way = _meet(group, have)
            if way:
                whole += group.weight
                met += group.weight * way.quality
                said += way.tells or self._begun(way.start, have)
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


def _why(found: _Found, code: str, where: str, node: str, text: str) -> str:
    """Return in words why the phrase `text` was found."""
    have = set(found.row[2].split())
    said = [f"{where} {text!r}" + (f" of {node}" if node != code else "")]
    met = [(group, _meet(group, have)) for group in found.groups]
    said += [way.note for _, way in met if way and way.note]
    missed = [group.said for group, way in met if not way and not group.needless]
    return "; ".join(said + ([f"without {', '.join(missed)}"] if missed else []))


def _meet(group: Group, have: set[str]) -> Way | None:
    """Return the best way in which `have` meets `group`, None if it does not."""
    for way in group.ways:
        if any(word.startswith(way.start) for word in have) if way.start else way.words <= have:
            return way
    return None


@lru_cache(maxsize=8)
def open_search(day: date, folder: Path | None = None) -> Search:
    """Return the search over the sets in force on `day`, compiling its index at the first use.

    `folder` holds the code sets (the installation's own by default). Raises NotInForce when the
    lab has no ICD-10-CM for that day.
    """
    return Search(index_file(day, folder), day, open_table(day, folder))
