"""Whether two billable ICD-10-CM codes differ solely in one detail.

Three kinds of nearness count, tried in this order; never merely the same category.

laterality: both lie in one category and their titles are equal once the words for the side are
taken out (right, left, bilateral, unilateral, with a following ear, eye or side; on a title that
names no side, one "unspecified"). At least one title must name a side. Right and left inside the
heart name structures, not sides, and do not count.

seventh character: both have seven characters, the first six are the same, and the seventh is one
that the tabular list defines for them.

unspecified: one is the unspecified sibling of the other. Walk up from both codes to the two
siblings below their common parent; what follows them in the codes must be the same and both titles
must name the same sides. The unspecified one says "unspecified" (once more than the other), and
its title is the other's with words left out, no "without" or "not" among them. Below a
subcategory (not a category, which may hold quite different conditions) it is enough that it says
of the parent's title no more than "unspecified". "Without complications" is a statement, not an
unspecified form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from codinglab.codes.icd10cm import Code, Icd10cm

_SIDE = re.compile(r"\b(?:right|left|bilateral)\b(?:[- ](?:ear|eye|side|sided)\b)?")
_UNILATERAL = re.compile(r"\bunilateral\b")
_UNSIDED = re.compile(r"\bunspecified\b(?: (?:ear|eye|side)\b)?")
_HEART = re.compile(r"\b(?:heart|ventric\w+|atri\w+|bundle|coronary)\b")
_UNSPECIFIED = re.compile(
    r"\bunspecified\b(?: (?:part|site|type|organism|location|form|degree|stage|severity)\b)?"
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_LINKS = frozenset(("a", "an", "and", "at", "by", "in", "of", "on", "or", "the", "to", "with"))
_DENIALS = frozenset(("no", "not", "without"))
_SEVEN = 8  # seven characters and the dot


def _words(title: str) -> tuple[str, ...]:
    """Return the words that carry meaning, in the singular, without bracketed synonyms."""
    words = _WORD.findall(re.sub(r"[(\[].*?[)\]]", " ", title))
    return tuple(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004
        for word in words
        if word not in _LINKS
    )


def _sides(title: str) -> list[str]:
    sides = (match.group() for match in re.finditer(r"\b(?:right|left|(?:bi|uni)lateral)\b", title))
    return sorted(sides)


def _sideless(title: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of `title` without its side, in each way that it may be unnamed."""
    text = _UNILATERAL.sub(" ", title)
    named = _SIDE.search(text)
    if named or text != title:
        yield _words(_SIDE.sub(" ", text))
    for match in () if named else _UNSIDED.finditer(text):
        yield _words(text[: match.start()] + text[match.end() :])


def _laterality(left: str, right: str) -> bool:
    if _sides(left) == _sides(right) or _HEART.search(left):
        return False
    return bool(set(_sideless(left)) & set(_sideless(right)))


def _seventh(left: Code, right: Code, table: Icd10cm) -> bool:
    pair = left.code, right.code
    if {len(code) for code in pair} != {_SEVEN} or pair[0][:-1] != pair[1][:-1]:
        return False
    defined = {character for character, _ in table.seventh_characters(left.code)}
    return {code[-1] for code in pair} <= defined


def _siblings(left: Code, right: Code, table: Icd10cm) -> tuple[Code, Code, Code] | None:
    """Return the ancestors that part the two codes and their common parent."""
    line, other = ([code, *table.ancestors(code.code)] for code in (left, right))
    while len(line) > 1 and len(other) > 1 and line[-2] == other[-2]:
        line.pop()
        other.pop()
    if min(len(line), len(other)) < 2 or line[-1].kind in {"chapter", "block"}:  # noqa: PLR2004
        return None
    return line[-2], other[-2], line[-1]


def _fewer(vague: str, exact: str) -> bool:
    """Say whether `vague` is `exact` with words left out and "unspecified" put in."""
    if len(_UNSPECIFIED.findall(vague)) <= len(_UNSPECIFIED.findall(exact)):
        return False
    left_out = set(_words(exact)) - set(_words(vague))
    return not left_out & _DENIALS and set(_words(_UNSPECIFIED.sub(" ", vague))) < set(
        _words(exact)
    )


def _is_unspecified(code: Code, sibling: Code, parent: Code, other: Code) -> bool:
    title, whole = sibling.title.lower(), parent.title.lower()
    if not _UNSPECIFIED.search(title):
        return False
    bare = set(_words(_UNSPECIFIED.sub(" ", title)))
    if parent.kind == "subcategory" and bare == set(_words(_UNSPECIFIED.sub(" ", whole))):
        return True
    return _fewer(code.title.lower(), other.title.lower())


def _unspecified(left: Code, right: Code, table: Icd10cm) -> bool:
    parted = _siblings(left, right, table)
    if parted is None or _sides(left.title.lower()) != _sides(right.title.lower()):
        return False
    one, two, parent = parted
    if left.code[len(one.code) :] != right.code[len(two.code) :]:
        return False
    return _is_unspecified(left, one, parent, right) != _is_unspecified(right, two, parent, left)


def similarity(answer_code: str, key_code: str, table: Icd10cm) -> str | None:
    """Return the one detail in which two different billable codes differ, or None.

    The answer is "laterality", "seventh character" or "unspecified", by the rules at the head of
    this module. None too when the codes are the same, unknown or not billable in `table`.
    """
    left, right = table.find(answer_code), table.find(key_code)
    if left is None or right is None or left.code == right.code:
        return None
    if not (left.billable and right.billable and left.code[:3] == right.code[:3]):
        return None
    if _laterality(left.title.lower(), right.title.lower()):
        return "laterality"
    if _seventh(left, right, table):
        return "seventh character"
    return "unspecified" if _unspecified(left, right, table) else None
