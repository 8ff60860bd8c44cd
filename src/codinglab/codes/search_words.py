"""Words of the search: how a text is cut, which endings count as one word, what a typo may mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

# "s/p" and "h/o" are one word each; an apostrophe joins ("Crohn's" is "crohns").
_WORD = re.compile(r"[a-z]/[a-z](?![a-z])|[a-z0-9]+")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_SPELLED = """
ii=2 iii=3 1st=first 2nd=second 3rd=third 4th=fourth 5th=fifth feet=foot teeth=tooth
vertebrae=vertebra women=woman men=man children=child lice=louse
"""
_SAME = dict(pair.split("=") for pair in _SPELLED.split())
# British spelling, by its rules: both the tables and the query are read in the American one.
_BRITISH = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"haem", "hem"),
        (r"phaeo", "pheo"),
        (r"aem(?=i|o|a|u|b|y)", "em"),
        (r"paed", "ped"),
        (r"anaesth", "anesth"),
        (r"gynaec", "gynec"),
        (r"^aeti", "eti"),
        (r"faec", "fec"),
        (r"caec|coec", "cec"),
        (r"caesar", "cesar"),
        (r"pnoe(?=a|i)", "pne"),
        (r"rrhoe(?=a|i)", "rrhe"),
        (r"^oed", "ed"),
        (r"oedem", "edem"),
        (r"oes(?=o|t)", "es"),
        (r"foet", "fet"),
        (r"coeli", "celi"),
        (r"\b(tum|lab|col|hum|od|behavi)our", r"\1or"),
        (r"(?<=[a-z]{3})isation", "ization"),
        (r"(?<=al)is(?=e|ing)", "iz"),
        (r"\b(fib|cent)re\b", r"\1er"),
        (r"sulph", "sulf"),
        (r"(paral|anal)yse", r"\1yze"),
    )
)
_STOP = """
a an the of and or to in on at by for from with my is am are was has have had his her him he she
i me it its that this when while too very some due patient patients got get feel feels feeling w
into as per be been being there here wont wouldnt dont doesnt didnt isnt wasnt can could would
should will did does do just still about also so if they them their we our you your because since
who which
"""
STOP = frozenset(_STOP.split())
# Words that say little about which code is meant; a title is hardly worse for having them.
_FAINT = """
unspecified other nos specified not elsewhere classified site encounter initial nec mellitus
part type disease disorder syndrome condition without complication complications organism
uncomplicated cause state problem problems
"""
FAINT = frozenset(_FAINT.split())
FAINT_TELLS = 0.15  # the share of what one tells of a phrase, beside a word of its rarity
# Words that tell how much or since when; what hurts matters more.
_SLIGHT = """
high low severe mild moderate bad terrible early sudden persistent constant really multiple
several frequent recurrent big small old new child kid baby adult man woman male female elderly
follow up visit exam
"""
SLIGHT = frozenset(_SLIGHT.split())
_ENDINGS = (
    *("ations", "ation", "ions", "ion", "ings", "ing", "edly", "ed", "ical", "ic", "al", "ous"),
    *("ively", "ive", "ity", "ism", "es", "s", "y", "e", "ia"),
)
_SHORTEST = 4


def cut(text: str) -> list[str]:
    """Return the words of `text`: lower case, without accents and apostrophes."""
    lower = text.lower().replace("'", "").replace("\u2019", "")
    if not lower.isascii():
        parts = unicodedata.normalize("NFD", lower)
        lower = "".join(one for one in parts if not unicodedata.combining(one))
    return [_american(_SAME.get(word, word)) for word in _WORD.findall(lower)]


# What each of these has somewhere: most words have none, and need not be tried.
_PERHAPS = re.compile("ae|oe|our|isa|ise|isi|bre|tre|sulph|yse")


@lru_cache(maxsize=65536)
def _american(word: str) -> str:
    if not _PERHAPS.search(word):
        return word
    for pattern, by in _BRITISH:
        word = pattern.sub(by, word)
    return word


def essential(text: str) -> str:
    """Return `text` without its nonessential modifiers, which stand in brackets."""
    return _BRACKETS.sub(" ", text)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return what `word` shares with its other forms ("infected", "infections": "infect")."""
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "is", "us")) and len(word) >= _SHORTEST:
        word = word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def faint_stems() -> frozenset[str]:
    """Return the stems of the words that say little."""
    return frozenset(map(stem, FAINT))


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, in order, those that carry no sense left out."""
    return [stem(word) for word in cut(text) if word not in STOP]


def denied(said: list[str], have: Collection[str]) -> Iterator[str]:
    """Yield "!" and the stem of each word of `have` that `said` names after "without" alone."""
    affirmed: set[str] = set()
    negated: set[str] = set()
    without = False
    for word in said:
        without = word == "without" or (without and word != "with")
        (negated if without and word != "without" else affirmed).add(stem(word))
    return (f"!{word}" for word in have if word in negated and word not in affirmed)


def bracketed(text: str, have: Collection[str]) -> Iterator[str]:
    """Yield "(" and the stem of each word of `have` that stands in brackets of `text` alone."""
    plain = essential(text)
    if plain == text:
        return iter(())
    kept = {stem(word) for word in cut(plain)}
    return (f"({word}" for word in have if word not in kept)


def stemmed(said: Iterable[str]) -> str:
    """Return the key under which a phrase of the synonyms is found with other endings."""
    return "~" + " ".join(map(stem, said))


_SOUNDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"ph", "f"),
        (r"rh|rrh", "r"),
        (r"^(kn|gn|pn)", "n"),
        (r"^ps", "s"),
        (r"x", "ks"),
        (r"ck|q|ch|c(?![eiy])", "k"),
        (r"c", "s"),
        (r"z", "s"),
        (r"[aeiouyhw]+", ""),
        (r"(.)\1+", r"\1"),
    )
)


def skeleton(word: str) -> str:
    """Return the consonants of `word` as they sound: what most misspellings leave as it was."""
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return word


def typo_keys(word: str) -> set[str]:
    """Return the keys under which `word` is found when misspelt: its skeleton, one sound short."""
    bones = skeleton(word)
    if len(bones) < 3:  # noqa: PLR2004  too little left to leave out more
        return {bones}
    return {bones, *(bones[:at] + bones[at + 1 :] for at in range(len(bones)))}


def distances(word: str) -> Callable[[str], int]:
    """Return what tells in how many letters another word differs (neighbours swapped: one).

    It is the optimal string alignment distance, by whole columns at once in the bits of a number:
    Hyyro, A bit-vector algorithm for computing Levenshtein and Damerau edit distances (2003).
    """
    places: dict[str, int] = {}
    for at, letter in enumerate(word):
        places[letter] = places.get(letter, 0) | 1 << at
    every, last = (1 << len(word)) - 1, 1 << len(word) >> 1

    def apart(other: str) -> int:
        count, up, down, near, before = len(word), every, 0, 0, 0
        for letter in other:
            here = places.get(letter, 0)
            swapped = ((~near & here) << 1) & before
            near = (((here & up) + up) ^ up) | here | down | swapped
            right, left = down | ~(near | up), near & up
            count += bool(right & last) - bool(left & last)
            right, left = right << 1 | 1, left << 1
            up, down, before = (left | ~(near | right)) & every, right & near & every, here
        return count

    return apart
