"""Find where a `see` of an index leads.

Our own files part the words of a target by ">". The published index parts them by commas, which
its terms hold too ("Diabetes, diabetic"), and takes liberties: singular for plural, part of a
label, two subterms read as one phrase. So its targets are tried word by word, the closest first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from typing import Literal

from codinglab.codes.index_rows import SEPARATOR, TermRow, fold
from codinglab.codes.index_tree import ROOT, Tree

# term: that very term. rule: that term, then by a rule of thumb ("by site"); without a term, the
# condition itself. part: as far as the index has it. elsewhere: a table or the other book.
# tabular: the tabular list. nothing: no main term is called so.
Leads = Literal["term", "rule", "part", "elsewhere", "tabular", "nothing"]
_ELSEWHERE = re.compile(r"(?i)table of|neoplasms?\b|drugs? table|index to ")
_TABULAR = re.compile(r"(?i)(sub)?categor(y|ies)\b|[A-Z]\d[0-9A-Z]\b")
_RULE = re.compile(r"(?i),?\s*\bby\s.*$")
_AGAIN = re.compile(r"^(?:and )?(?:see )?also\s+")
_PARENTHESES = re.compile(r"\([^()]*\)")
_CONDITION = re.compile(r"(?i)(?:specific )?(?:condition|type of)\b[^,]*$")
_SILENT = {"nec", "nos", "of", "and", "or", "the", "to", "from", "type"}
_LINKS = ("with", "in", "due", "type", "specified", "by", "following")
_WORST = 4
_PATH = SEPARATOR.strip()
_TURNED = 2
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A target: its text, how it leads on, the number of the term found, and what remains."""

    text: str
    leads: Leads
    number: int | None = None
    rest: str = ""


def split(text: str) -> tuple[str, ...]:
    """Return the targets of a see or see also, which ; parts."""
    every = (_AGAIN.sub("", " ".join(one.split())) for one in text.split(";"))
    return tuple(filter(None, every))


def _stem(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        return word[:-1]
    return word


def _words(text: str) -> Words:
    """Return the words of `text` that tell terms apart, each in the singular."""
    bare = _PARENTHESES.sub(" ", text)
    return tuple(_stem(word) for word in fold(bare).split() if word not in _SILENT)


def _after(steps: list[Words], used: int) -> list[Words]:
    """Return `steps` without their first `used` words."""
    left = []
    for step in steps:
        if len(step) > used:
            left.append(step[used:])
        used = max(0, used - len(step))
    return left


def by_path(tree: Tree, text: str) -> Target:
    """Return where `text` leads as our own files write it: "Pain > joint", "Wound > by site".

    "condition" sends the reader to the main term of the condition itself.
    """
    if _CONDITION.match(text):
        return Target(text, "rule", rest=text)
    steps = [one.strip() for one in text.split(_PATH)]
    known = list(takewhile(lambda one: not one.startswith("by "), steps))
    rest = SEPARATOR.join(steps[len(known) :])
    number = tree.find(SEPARATOR.join(known)) if known else None
    if number is not None:
        return Target(text, "rule" if rest else "term", number, rest)
    if _ELSEWHERE.match(text):
        return Target(text, "elsewhere", rest=text)
    return Target(text, "nothing")


@dataclass(slots=True)
class Finder:
    """Finds the targets of one index, which its `tree` holds."""

    tree: Tree
    _first: dict[tuple[int, str], list[tuple[Words, int, bool]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def of(cls, rows: list[TermRow], tree: Tree) -> Finder:
        """Return the finder for `rows` and their `tree`."""
        found = cls(tree)
        for row in rows:
            whole = _words(row.label)
            variants = {whole, *map(_words, re.split(r",|\bor\b|\band\b", row.label))}
            for variant in sorted(filter(None, variants), key=lambda one: (one != whole, one)):
                key = (tree.parents[row.number], variant[0])
                # A name from later in the label is the worse match.
                found._first[key].append((variant, row.number, whole[: len(variant)] != variant))
        return found

    def find(self, text: str, own: int) -> Target:
        """Return where the target `text` of the term with number `own` leads."""
        if "," not in text or _PATH in text:
            found = by_path(self.tree, text)
            if found.leads != "nothing" and found.number != own:
                return found
        if _ELSEWHERE.match(text):
            return Target(text, "elsewhere", rest=text)
        if _TABULAR.match(text) and not self._strict(text):
            return Target(text, "tabular", rest=text)
        return self._by_commas(text, own)

    def _by_commas(self, text: str, own: int) -> Target:
        for said in (text, " ".join(_PARENTHESES.sub(" ", text).split()).strip(" ,")):
            number = self._strict(said)
            if number is not None and number != own:
                return Target(text, "term", number)
        before = _RULE.sub("", text)
        if before != text:
            number = self._strict(before) or self._loose(before, ROOT)
            if number is not None:
                return Target(text, "rule", number, text[len(before) :].strip(" ,"))
        number = self._loose(text, own)
        return self._part(text, own) if number is None else Target(text, "term", number)

    def _strict(self, text: str) -> int | None:
        """Return the term whose path is `text`, whichever of its commas part the path."""
        parts = [one.strip() for one in text.split(",")]

        def follow(start: int, at: int) -> int | None:
            if at == len(parts):
                return start
            for end in range(len(parts), at, -1):
                name = fold(", ".join(parts[at:end]))
                for number in self.tree.called(start, name):
                    if (found := follow(number, end)) is not None:
                        return found
            return None

        return follow(ROOT, 0)

    def _loose(self, text: str, own: int) -> int | None:
        """Return the term that comes closest to `text`, None where none is close."""
        steps = [words for part in text.split(",") if (words := _words(part))]
        if not steps:
            return None
        found = [each for each in self._closest(ROOT, steps, 0) if each[1] != own]
        return min(found)[1] if found else None

    def _closest(self, start: int, steps: list[Words], cost: int) -> Iterator[tuple[int, int]]:
        """Yield (cost, number) of each term that `steps` may lead to from `start`."""
        if not steps:
            yield cost, start
            return
        if cost > _WORST:
            return
        for more, number, used in self._matches(start, steps):
            yield from self._closest(number, _after(steps, used), cost + more)
        if start != ROOT:
            for link in _LINKS:
                for words, number, _ in self._first.get((start, link), ()):
                    if len(words) == 1:
                        yield from self._closest(number, steps, cost + 1)

    def _matches(self, start: int, steps: list[Words]) -> Iterator[tuple[int, int, int]]:
        """Yield (cost, number, words used) of each subterm of `start` that `steps` may name."""
        step, flat = steps[0], tuple(word for each in steps for word in each)
        ends = set(accumulate(len(each) for each in steps))
        for variant, number, late in self._first.get((start, step[0]), ()):
            if flat[: len(variant)] == variant:
                yield late + (len(variant) not in ends), number, len(variant)
            elif variant[: len(step)] == step:
                yield late + len(variant) - len(step), number, len(step)
        if len(step) == _TURNED:  # "upper limb" stands under "limb" as "upper"
            for variant, number, _ in self._first.get((start, step[1]), ()):
                if variant == step[1:] and (lower := self._named(number, step[0])):
                    yield 1, lower, len(step)

    def _named(self, parent: int, word: str) -> int | None:
        found = self._first.get((parent, word), ())
        return next((number for variant, number, _ in found if len(variant) == 1), None)

    def _part(self, text: str, own: int) -> Target:
        """Return the term that the beginning of `text` leads to, the longest that does."""
        parts = [one.strip() for one in text.split(",")]
        for end in range(len(parts) - 1, 0, -1):
            before = ", ".join(parts[:end])
            number = self._strict(before) or self._loose(before, own)
            if number is not None:
                return Target(text, "part", number, ", ".join(parts[end:]).strip(" ,"))
        return Target(text, "nothing")
