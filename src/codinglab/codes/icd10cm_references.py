"""Read the codes out of a reference note of the tabular list: pure text in, ranges out.

A reference note (Excludes1, Excludes2, code first, use additional code, code also) names codes in
brackets, "type 1 diabetes mellitus (E10.-)", or, where it has no brackets with codes, in its
sentence, "influenza with pneumonia classified to J09-J11". A condition may narrow them: "(T36-T50
with fifth or sixth character 5)". Every token that has the shape of a category must be read, and
every word of a bracket that holds one; else the note is in `trouble`, so that nothing is dropped
unseen. Shapes and exceptions were taken from the April 2026 tabular list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_ONE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?![0-9A-Za-z])"
_SPAN = rf"{_ONE}(?:\.?-?\s*(?:-|\bto\b)\s*{_ONE})?\.?-?"
_LIST = rf"(?<![0-9A-Za-z.]){_SPAN}(?:\s*(?:[,;.]|\band\b|\bor\b)?\s*{_SPAN})*"
_CODE = re.compile(rf"(?<![0-9A-Za-z.]){_ONE}")
_SPANS = re.compile(_SPAN)
_LISTS = re.compile(_LIST)
_WITH = re.compile(r"[,\s]*\bwith\s+(.*)", re.DOTALL)
_BRACKET = re.compile(r"[(\[]([^()\[\]}]*)(?:[)\]}]|$)")  # "(E87.8}" and "(Z89.52-" stand there
_VITAMIN = re.compile(r"\bvitamin B12\b")  # the one word with the shape of a category
_SCOPE = re.compile(r"\bfor codes\b(?=.*:$)")
_ORDINALS = {"fifth": "5", "5th": "5", "sixth": "6", "6th": "6", "seventh": "7", "7th": "7"}
_OPEN_FRACTURE = ("B", "C", "E", "F", "H", "J", "M", "N", "Q", "R")  # as S52 defines them
_SHORT, _FULL = 6, 7  # characters without and with the 7th


@dataclass(frozen=True, slots=True)
class Condition:
    """What the characters of a code must be: one of `values` at `place`.

    `place` is a position ("5", "6", "7", "5-6"); "after dot" (how the part after the dot begins);
    "final" (the last characters before a 7th, which stand behind at least four others: I69.20
    does not end in "-20"); or "intent", the "fifth or sixth character" of T36-T65: the sixth, or
    the fifth where a placeholder follows (T36.95XA; but T43.651A is a 1, not a 5).
    """

    place: str
    values: tuple[str, ...]

    def holds(self, key: str) -> bool:
        """Say whether the code `key`, written without dot, meets this condition."""
        if self.place == "after dot":
            return key[3:].startswith(self.values)
        if self.place in {"final", "intent"}:
            return self._ends(key)
        first, _, last = self.place.partition("-")
        return key[int(first) - 1 : int(last or first)] in self.values

    def _ends(self, key: str) -> bool:
        stem = key[:_SHORT].rstrip("X") if len(key) == _FULL else key
        if self.place == "intent" and len(key) < _SHORT:
            return False  # T43.65 is a header, its 5 names a drug
        return any(stem.endswith(one) and len(stem) - len(one) > 3 for one in self.values)  # noqa: PLR2004  category and one more

    def __str__(self) -> str:
        """Return the condition as the compiled table stores it."""
        return f"{self.place}:{','.join(self.values)}"

    @classmethod
    def read(cls, stored: str) -> Condition:
        """Return the condition that `str` gave as `stored`."""
        place, _, values = stored.partition(":")
        return cls(place, tuple(values.split(",")))


@dataclass(frozen=True, slots=True)
class Span:
    """Codes from `first` with all below it to `last` with all below it, as the note writes them."""

    first: str
    last: str
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class References:
    """What a note's text names.

    `carries_code` says whether any word has a code's shape, `spans` what it refers to, `scope`
    the codes that a list head restricts its list to ("for codes G31.0-G31.83, to identify:") and
    `trouble` why it could not be read ("" when it could).
    """

    carries_code: bool
    spans: tuple[Span, ...] = ()
    scope: tuple[Span, ...] = ()
    trouble: str = ""


def _values(text: str) -> tuple[str, ...]:
    """Return "1-4 or 6" as 1, 2, 3, 4, 6; empty when it is no such list."""
    found: list[str] = []
    for part in re.split(r"\s*(?:,|\bor\b)\s*", text):
        ends = part.split("-")
        if not all(re.fullmatch(r"[0-9A-Z]", end) for end in ends) or len(ends) > 2:  # noqa: PLR2004  from, to
            return ()
        found += [chr(one) for one in range(ord(ends[0]), ord(ends[-1]) + 1)]
    return tuple(found)


def _after_dot(text: str) -> tuple[str, ...]:
    """Return ".151, .251" or ".51-.52" as the beginnings they name; empty when it is no list."""
    if not re.fullmatch(r"\.\w+-?(?:(?:[,.\s]|\bor\b|-)*\.\w+-?)*", text):
        return ()
    found: list[str] = []
    for first, last in re.findall(r"\.(\w+)(?:-\.(\w+))?", text):
        found += [str(one) for one in range(int(first), int(last) + 1)] if last else [first]
    return tuple(found)


_WRITTEN = (  # what follows "with": its shape, the place it speaks of, what it says there
    (r"fifth or six(?:th)? character (?P<values>.+)", "intent"),
    (r"(?P<place>fifth|sixth|seventh|[567]th)[ -]character \.?(?P<values>.+)", ""),
    (r"fifth to sixth characters (?P<exact>\w\w)", "5-6"),
    (r"final characters? -?(?P<exact>\w{1,2})", "final"),
    (r"(?:final characters )?(?P<beginnings>\..+)", "after dot"),
)
_FIXED = {
    "fifth or sixth character to indicate intent": Condition("intent", ("1", "2", "3", "4")),
    "open fracture 7th character": Condition("7", _OPEN_FRACTURE),
    "ketoacidosis": Condition("after dot", ("1",)),  # E08.1, E09.1, E10.1, E11.1, E13.1
}


def condition_of(text: str) -> Condition | None:
    """Return the condition that `text`, which followed "with", states; None if it states none."""
    text = " ".join(text.split()).rstrip(" .,")
    if text in _FIXED:
        return _FIXED[text]
    for shape, place in _WRITTEN:
        if not (found := re.fullmatch(shape, text)):
            continue
        said = found.groupdict()
        if "exact" in said:
            values: tuple[str, ...] = (said["exact"],)
        elif "beginnings" in said:
            values = _after_dot(said["beginnings"])
        else:
            values = _values(said["values"])
        if values:
            return Condition(place or _ORDINALS[said["place"]], values)
    return None


def _spans(listed: str, condition: Condition | None) -> list[Span]:
    found = []
    for one in _SPANS.findall(listed):
        ends = _CODE.findall(one.replace("-", " "))
        found.append(Span(ends[0], ends[-1], condition))
    return found


def _conditioned(piece: str, *, alone: bool) -> tuple[list[Span], str]:
    """Return the spans of `piece` and what is wrong; `alone`: it must hold nothing else."""
    spans: list[Span] = []
    lists = list(_LISTS.finditer(piece))
    for at, found in enumerate(lists):
        end = lists[at + 1].start() if at + 1 < len(lists) else len(piece)
        rest = piece[found.end() : end]
        condition = None
        if said := _WITH.match(rest):
            condition = condition_of(said[1])
            if condition is None:
                return [], f"condition not understood: with {said[1]}"
        elif alone and rest.strip(" ,.;"):
            return [], f"words not understood: {rest.strip()}"
        spans += _spans(found[0], condition)
    if alone and piece[: lists[0].start()].strip():
        return [], f"words not understood: {piece[: lists[0].start()].strip()}"
    return spans, ""


def parse(text: str) -> References:
    """Return what the reference note `text` names.

    Codes in brackets are the reference; a code beside them then belongs to the description
    ("pneumoconiosis with tuberculosis, any type in A15 (J65)" refers to J65). Pure.
    """
    text = _VITAMIN.sub("vitamin", text)
    if not _CODE.search(text):
        return References(carries_code=False)
    if _SCOPE.search(text):
        return References(carries_code=True, scope=tuple(_conditioned(text, alone=False)[0]))
    brackets = [one for one in _BRACKET.finditer(text) if _CODE.search(one[1])]
    pieces = [(one[1], text[one.end() :]) for one in brackets]
    spans: list[Span] = []
    for piece, after in pieces or [(_BRACKET.sub(" ", text), "")]:
        found, trouble = _conditioned(piece, alone=bool(brackets))
        if trouble:
            return References(carries_code=True, trouble=trouble)
        spans += _narrowed(found, after)
    return References(carries_code=True, spans=tuple(spans))


def _narrowed(spans: list[Span], after: str) -> list[Span]:
    """Return `spans` with the condition that stands behind their bracket, if one does."""
    said = _WITH.match(after)
    condition = condition_of(said[1]) if said else None
    return spans if condition is None else [replace(one, condition=condition) for one in spans]
