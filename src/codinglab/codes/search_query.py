"""What somebody typed, as groups of words of which each should be met in one way or another."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from codinglab.codes.search_words import (
    FAINT,
    FAINT_TELLS,
    SLIGHT,
    STOP,
    cut,
    distances,
    faint_stems,
    skeleton,
    stem,
    stemmed,
    stems,
    typo_keys,
)

MOST_WORDS = 12
READ_AS = " read as "
WIDER = "<"  # before a wording of the synonyms that names the whole of a part: finger, "<hand"
_LONGEST_PHRASE = 5
_KNOWN = 1024
_ANCHORS = 3
WHOLE, LESS, ANCHORED, ALONE = range(4)  # how much of the query an expression of FTS5 asks for
_UNKNOWN_IDF = 8.0
_FAINT_SHARE, _SLIGHT_SHARE = 0.35, 0.6
_PREFIX_QUALITY, _SYNONYM_QUALITY, _WIDER_QUALITY, _TYPO_QUALITY = 0.7, 0.95, 0.75, 0.85
_SHORTEST_PREFIX, _SHORTEST_TYPO, _SHORTEST_JOINED = 3, 4, 5
# Words that choose a 7th character: a title need not have them.
SEVENTH_WORDS = {
    **dict.fromkeys(("subsequent", "followup", "healing", "healed", "recheck"), "D"),
    **dict.fromkeys(("sequela", "sequelae", "late"), "S"),
    **dict.fromkeys(("open", "compound"), "B"),
    "closed": "A",
    "delayed": "G",
    "nonunion": "K",
    "malunion": "P",
}


_DENYING = frozenset(("no", "without", "w/o", "denies", "negative"))
_AFFIRMING = frozenset(("with", "but", "has"))
_NAMED = 1.3  # what a word tells more that names a condition by itself, as the synonyms know
# Words that choose among codes otherwise alike: the side, and why somebody comes.
_CHOOSING = {
    **dict.fromkeys(("left", "right", "bilateral", "both", "l", "r", "lt", "rt", "b/l"), 1.5),
    **dict.fromkeys(("screening", "screen", "history", "hx", "h/o", "family"), 1.5),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to meet a group: all of the stems `words`, or a word that begins with `start`.

    `tells` is how much these words tell together.
    """

    words: frozenset[str]
    quality: float
    note: str = ""
    start: str = ""
    tells: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """What a word or phrase of the query stands for; `needless` ones need not be met.

    A `denied` one follows "no" or "without". `expression` is what FTS5 reads, `weight` how much the
    group tells.
    """

    said: str
    ways: tuple[Way, ...]
    weight: float
    needless: bool
    denied: bool
    expression: str


def _expression(way: Way) -> str:
    if way.start:
        return f'"{way.start}"*'
    return "(" + " AND ".join(f'"{word}"' for word in sorted(way.words)) + ")"


def _any(ways: list[Way]) -> str:
    """Return `ways` as FTS5 writes them, without those that another one of fewer words includes."""
    least = [way for way in ways if way.start or not any(one < way.words for one in _sets(ways))]
    return " OR ".join(dict.fromkeys(map(_expression, least)))


def _sets(ways: list[Way]) -> list[frozenset[str]]:
    return [way.words for way in ways if not way.start]


class Reader:
    """Reads queries by the words of one index."""

    def __init__(self, base: sqlite3.Connection) -> None:
        """Read by the tables `term`, `typo` and `synonym` of `base`."""
        self._base = base
        self._idf: dict[str, float | None] = {}
        self._plain: dict[str, bool] = {}
        # Of a text that is being typed all words but the last are those of the key before.
        self._known = lru_cache(maxsize=_KNOWN)(self._group)
        query = "select phrase, means from synonym where phrase < '~'"
        self._synonyms: dict[str, str] = dict(base.execute(query))

    def idf(self, word: str) -> float | None:
        """Return how much the stem `word` tells; None for one that no phrase has."""
        if word not in self._idf:
            query = "select idf from term where stem = ?"
            found = self._base.execute(query, (word,)).fetchone()
            self._idf[word] = found[0] if found else None
        return self._idf[word]

    def tells(self, word: str) -> float:
        """Return how much the stem `word` tells, as the phrases themselves are weighed."""
        return (self.idf(word) or 0.0) * (FAINT_TELLS if word in faint_stems() else 1.0)

    def readings(self, text: str) -> Iterator[list[Group]]:
        """Yield the groups of `text`: with the longest known phrases, then word by word."""
        words, notes = self._corrected(cut(text)[:MOST_WORDS])
        parted = list(self._parts(words, _LONGEST_PHRASE))
        yield self._groups(parted, notes)
        if any(len(part) > 1 for part in parted):
            yield self._groups(list(self._parts(words, 1)), notes)

    def mended(self, text: str) -> list[tuple[str, str]]:
        """Return each word of `text` that is read as another one, with that one."""
        _, notes = self._corrected(cut(text)[:MOST_WORDS])
        pairs = (note.partition(READ_AS) for note in notes.values())
        return [(typed, right) for typed, _, right in pairs]

    def _corrected(self, words: list[str]) -> tuple[list[str], dict[str, str]]:
        """Return `words` as they are written in the tables, and what was changed."""
        found: list[str] = []
        notes: dict[str, str] = {}
        words = self._joined(words)
        for word in words:
            right = [word] if self._is_plain(word) else self._spelled(word)
            if right != [word]:
                notes[right[0]] = f"{word}{READ_AS}{' '.join(right)}"
            found += right
        return found, notes

    def _joined(self, words: list[str]) -> list[str]:
        """Join what is one word in the tables ("collar bone", "nose bleed")."""
        found: list[str] = []
        for word in words:
            both = f"{found[-1]}{word}" if found else ""
            pair = found and found[-1] not in STOP and word not in STOP
            if pair and both.isalpha() and len(both) > _SHORTEST_JOINED and self._written(both):
                found[-1] = both
            else:
                found.append(word)
        return found

    def _written(self, word: str) -> bool:
        """Say whether some phrase has exactly the word `word`."""
        if word not in self._plain:
            query = "select 1 from word where word = ?"
            self._plain[word] = self._base.execute(query, (word,)).fetchone() is not None
        return self._plain[word]

    def _is_plain(self, word: str) -> bool:
        short = len(word) < _SHORTEST_TYPO or not word.isalpha()
        return word in STOP or short or self._written(word)

    def _spelled(self, word: str) -> list[str]:
        """Return `word` if it is a form or beginning of a known one, else what it may stand for."""
        if self.idf(stem(word)) is not None:
            forms = (word.removesuffix(end) for end in ("s", "es", "d", "ed", "ing"))
            known = any(form != word and self._written(form) for form in forms)
            return [word if known else self._nearest(word, alike=True) or word]
        query = "select 1 from term where stem >= ? and stem < ? limit 1"
        if self._base.execute(query, (word, word + "\x7f")).fetchone():
            return [word]
        near = self._nearest(word)
        return [near] if near else self._split(word)

    def _split(self, word: str) -> list[str]:
        for at in range(_SHORTEST_PREFIX, len(word) - _SHORTEST_PREFIX + 1):
            if all(self.idf(stem(one)) is not None for one in (word[:at], word[at:])):
                return [word[:at], word[at:]]
        return [word]

    def _nearest(self, word: str, *, alike: bool = False) -> str:
        """Return the known word of which `word` most likely is a misspelling; "" if none is near.

        `alike` ones sound the same. Among equally near ones the more frequent is taken.
        """
        keys, bones, apart_from = sorted(typo_keys(word)), skeleton(word), distances(word)
        marks = ",".join("?" * len(keys))
        query = f"select distinct word, sound from typo where key in ({marks})"  # noqa: S608  marks alone
        most = 2 if len(word) <= 8 else 3  # noqa: PLR2004  by length
        found = []
        for one, sound in self._base.execute(query, keys):
            same = sound == bones
            if (alike and not same) or (one[0] != word[0] and sound[:1] != bones[:1]):
                continue
            if abs(len(one) - len(word)) > most + same:
                continue
            ends = (one[0] == word[0]) + (one[-1] == word[-1])
            apart = apart_from(one)
            far = apart - same > 1 and ends < 2 and len(word) <= 6  # noqa: PLR2004  by length
            if apart <= most + same and not far:
                rarity = (self.idf(stem(one)) or _UNKNOWN_IDF) / _UNKNOWN_IDF
                found.append((apart - same - 0.75 * ends + rarity, one))
        return min(found)[1] if found else ""

    def _meaning(self, part: tuple[str, ...]) -> str | None:
        """Return what the synonyms say of `part`, as it is written or with other endings."""
        found = self._synonyms.get(" ".join(part))
        if found is None and (len(part) > 1 or part[0].endswith("s")):
            found = self._stemmed.get(stemmed(part))
        return found

    @cached_property
    def _stemmed(self) -> dict[str, str]:
        """The synonyms by their stems, read when first needed."""
        return dict(self._base.execute("select phrase, means from synonym where phrase >= '~'"))

    @cached_property
    def _named(self) -> frozenset[str]:
        """The phrases for which the synonyms have a code, read when first needed."""
        query = "select phrase from synonym where named and phrase < '~'"
        return frozenset(phrase for (phrase,) in self._base.execute(query))

    def _names(self, said: str) -> bool:
        """Say whether the synonyms have a code for `said`."""
        return said in self._named

    def _parts(self, words: list[str], longest: int) -> Iterator[tuple[str, ...]]:
        at = 0
        while at < len(words):
            for size in range(min(longest, len(words) - at), 0, -1):
                part = tuple(words[at : at + size])
                if size == 1 or self._meaning(part) is not None:
                    yield part
                    at += size
                    break

    def _groups(self, parts: list[tuple[str, ...]], notes: dict[str, str]) -> list[Group]:
        groups = []
        denied = False
        for at, part in enumerate(parts, 1):
            said = " ".join(part)
            denied = said not in _AFFIRMING and (denied or said in _DENYING)
            corrected = "; ".join(notes[word] for word in part if word in notes)
            last = at == len(parts)
            groups.append(self._known(part, corrected, last, denied and said not in _DENYING))
        once = {group.said: group for group in groups if group.ways or stems(group.said)}
        return list(once.values()) if any(group.ways for group in groups) else []

    def _group(
        self,
        part: tuple[str, ...],
        corrected: str,
        last: bool,
        denied: bool,
    ) -> Group:
        said = " ".join(part)
        own = frozenset(stems(said))
        ways = list(self._ways(part, own, corrected))
        begun = last and not self._written(said)
        if len(part) == 1 and own and len(said) >= _SHORTEST_PREFIX and (begun or not ways):
            ways.append(Way(frozenset(), _PREFIX_QUALITY, f"begins with {said}", start=said))
        ways.sort(key=lambda way: -way.quality)
        weight = self._weight(ways, said)
        return Group(said, tuple(ways), weight, said in SEVENTH_WORDS, denied, _any(ways))

    def _ways(self, part: tuple[str, ...], own: frozenset[str], corrected: str) -> Iterator[Way]:
        """Yield the ways to meet `part`, whose stems are `own`: by its words and what they mean."""
        said, quality = " ".join(part), _TYPO_QUALITY if corrected else 1.0
        if own and all(self.idf(word) is not None for word in own):
            yield self._way(own, quality, corrected)
        for meaning in (self._meaning(part) or "").split("|"):
            words = frozenset(stems(meaning))
            if words and words != own:
                wider = meaning.startswith(WIDER)
                worth = quality * (_WIDER_QUALITY if wider else _SYNONYM_QUALITY)
                verb = "is part of" if wider else "means"
                note = f"{said} {verb} {meaning.removeprefix(WIDER)}"
                yield self._way(words, worth, "; ".join(filter(None, (corrected, note))))

    def _way(self, words: frozenset[str], quality: float, note: str) -> Way:
        return Way(words, quality, note, tells=sum(map(self.tells, words)))

    def _weight(self, ways: list[Way], said: str) -> float:
        """Return how much `ways` tell: by the meanings, where a lay word itself is rare."""
        share = _FAINT_SHARE if said in FAINT else _SLIGHT_SHARE if said in SLIGHT else 1.0
        ways = [way for way in ways if " means " in way.note] or ways
        sums = [
            sum(self.idf(word) or _UNKNOWN_IDF for word in way.words or (way.start,))
            / max(1, len(way.words)) ** 0.5
            for way in ways
        ]
        share *= _CHOOSING.get(said, 1.0) * (_NAMED if self._names(said) else 1.0)
        return share * max(sums, default=0.0)


def expressions(groups: list[Group], most: int) -> Iterator[tuple[int, str]]:
    """Yield what to look for in turn, as FTS5 writes it, each with how much it asks for.

    First the WHOLE of `groups`, then LESS: all but one, the least telling left out first, and all
    but two, at most `most` of these. In the end each of the most telling groups with any other
    (ANCHORED), and ALONE, so that a long text finds what it is about.
    """
    known = [group for group in groups if group.ways]
    needed = [group for group in known if not group.needless] or known
    yield WHOLE, _all(needed)
    light = sorted(needed, key=lambda one: one.weight)
    left = itertools.chain.from_iterable(
        itertools.combinations(light, size) for size in range(1, min(2, len(needed) - 1) + 1)
    )
    for out in itertools.islice(left, most):
        yield LESS, _all([group for group in needed if group not in out])
    anchors = light[: -1 - _ANCHORS : -1] if len(needed) > 1 else []
    for one in anchors:
        others = " OR ".join(each.expression for each in needed if each is not one)
        yield ANCHORED, f"({one.expression}) AND ({others})"
    for one in anchors:
        yield ALONE, one.expression


def _all(groups: list[Group]) -> str:
    return " AND ".join(f"({group.expression})" for group in groups)
