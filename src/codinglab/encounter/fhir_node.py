"""FHIR elements read with care: what was read is remembered, a wrong shape is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from codinglab.core.findings import Finding, Severity

_WHEN = re.compile(r"(\d{4})(-\d\d(-\d\d(T(\d\d:\d\d)(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?")
_DAY = len("2026-03-03")
_INNER = (dict, list)
_TOP = frozenset({"", "contained"})
_NOTHING: dict[str, Any] = {}
_LARGEST = 30  # powers of ten; a hostile 1e999999999 would fill the memory
HOUSEKEEPING = frozenset({"resourceType", "id", "meta", "language"})
"""Elements of the server that holds a resource; they say nothing of the patient."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was not taken over, and `why`: a whole resource, or one `field` of one that was read."""

    resource: str
    id: str
    why: str
    field: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the stable JSON form."""
        return {"resource": self.resource, "id": self.id, "field": self.field, "why": self.why}


@dataclass(slots=True)
class Notes:
    """What is noticed while a file is read: findings, what was left, and which elements were read.

    An element is known by the identity of its object, which lives as long as the file's tree.
    """

    findings: list[Finding] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    seen: set[tuple[int, str]] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def say(
        self, name: str, place: str, message: str, remedy: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Add the finding `name`."""
        self.findings.append(Finding(name, place, message, remedy, severity))

    def once(self, key: str) -> bool:
        """Say whether `key` comes up for the first time."""
        new = key not in self.told
        self.told.add(key)
        return new


class Node:
    """A JSON object of a FHIR file with its `place`, the path to it."""

    __slots__ = ("_place", "notes", "value")

    def __init__(
        self, value: Mapping[str, Any], place: str | tuple[Node, str], notes: Notes
    ) -> None:
        """Wrap `value`; nothing of it is read yet.

        `place` may be the object around it and the rest of the path, joined once somebody asks.
        """
        self.value = value
        self._place = place
        self.notes = notes

    @property
    def place(self) -> str:
        """Return the path to the object."""
        if isinstance(self._place, tuple):
            parent, rest = self._place
            self._place = f"{parent.place}.{rest}"
        return self._place

    def __bool__(self) -> bool:
        """Say whether there is anything in it."""
        return bool(self.value)

    def same(self, other: Node | None) -> bool:
        """Say whether both are the same object of the file."""
        return other is not None and self.value is other.value

    @property
    def type(self) -> str:
        """Return the resource type, blank for an element."""
        found = self.value.get("resourceType")
        return found if isinstance(found, str) else ""

    @property
    def id(self) -> str:
        """Return the id, blank where there is none."""
        found = self.value.get("id")
        return found if isinstance(found, str) else ""

    @property
    def label(self) -> str:
        """Return "Encounter/12", or the place where the resource has no id."""
        return f"{self.type}/{self.id}" if self.id else self.place

    def raw(self, key: str) -> Any:
        """Return the value of `key` as it stands, None where absent."""
        value = self.value
        if key not in value:
            return None
        self.notes.seen.add((id(value), key))
        return value[key]

    def _wrong(self, key: str, wanted: str) -> None:
        self.notes.say(
            "fhir.shape",
            f"{self.place}.{key}",
            f"FHIR R4 has {wanted} here, the file {_kind(self.value[key], wanted)}.",
            "Ask for FHIR R4 (4.0.1) as JSON; this element was left out.",
        )

    def text(self, key: str) -> str:
        """Return a text, blank where absent."""
        if key not in self.value:
            return ""
        found = self.raw(key)
        if isinstance(found, str):
            return found.strip()
        if found is not None:
            self._wrong(key, "a text")
        return ""

    def number(self, key: str) -> Decimal | None:
        """Return a number exactly as written, None where absent."""
        found = self.raw(key)
        if isinstance(found, (int, Decimal)) and not isinstance(found, bool):
            number = Decimal(found)
            if abs(number.adjusted()) <= _LARGEST:
                return number
        if found is not None:
            self._wrong(key, "a number of up to 30 digits")
        return None

    def flag(self, key: str) -> bool | None:
        """Return true or false, None where absent."""
        found = self.raw(key)
        if found is not None and not isinstance(found, bool):
            self._wrong(key, "true or false")
            return None
        return found

    def one(self, key: str) -> Node:
        """Return the object at `key`, an empty one where absent."""
        if key not in self.value:
            return Node(_NOTHING, (self, key), self.notes)
        found = self.raw(key)
        if found is not None and not isinstance(found, dict):
            self._wrong(key, "one object")
            found = None
        return Node(found or {}, (self, key), self.notes)

    def many(self, key: str) -> list[Node]:
        """Return the objects of the list at `key`, none where absent."""
        if key not in self.value:
            return []
        return [
            Node(one, (self, f"{key}[{at}]"), self.notes)
            for at, one in self._list(key, dict, "objects")
        ]

    def texts(self, key: str) -> list[str]:
        """Return the texts of the list at `key`, none where absent."""
        return [one.strip() for _, one in self._list(key, str, "texts")]

    def numbers(self, key: str) -> list[int]:
        """Return the whole numbers of the list at `key`, none where absent."""
        return [one for _, one in self._list(key, int, "whole numbers")]

    def _list(self, key: str, of: Any, words: str) -> Iterator[tuple[int, Any]]:
        found = self.raw(key)
        if found is None:
            return
        if not isinstance(found, list) or not all(type(one) is of for one in found):
            self._wrong(key, f"a list of {words}")
            return
        yield from enumerate(found)

    def when(self, key: str) -> str:
        """Return a date or time in words ("2026-03-03 14:05"), as its sender's clock had it."""
        found = self.text(key)
        if not found:
            return ""
        if not (read := _WHEN.fullmatch(found)):
            self.notes.say(
                "fhir.date",
                f"{self.place}.{key}",
                f"{found!r} is no FHIR date.",
                "Write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with the time zone.",
            )
            return found
        return f"{found[:_DAY]} {read[5]}" if read[5] else found

    def day(self, key: str) -> date | None:
        """Return the day of a date or time, None where it is absent or not a whole day."""
        found = self.when(key)[:_DAY]
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", found):
            if re.fullmatch(r"\d{4}(-\d\d)?", found):
                self._no_day(key, f"{found} names no day")
            return None
        try:
            return date.fromisoformat(found)
        except ValueError:
            self._no_day(key, f"{found} is not in the calendar")
            return None

    def _no_day(self, key: str, what: str) -> None:
        self.notes.say(
            "fhir.date",
            f"{self.place}.{key}",
            f"{what}, so no age, order or release of code sets follows from it.",
            "Ask for the whole date; until then it is treated as not known.",
            Severity.WARNING,
        )

    def choice(self, stem: str) -> str:
        """Return the key that a choice of types such as value[x] has here, blank for none."""
        return next((key for key in self.value if _is_choice(key, stem)), "")

    def unread(self) -> Iterator[str]:
        """Yield the paths below this resource of all elements that nobody has read."""
        seen = self.notes.seen
        stack: list[tuple[Any, str]] = [(self.value, "")]
        while stack:
            found, path = stack.pop()
            if isinstance(found, list):
                stack += [(one, path) for one in reversed(found) if isinstance(one, _INNER)]
                continue
            itself, inner = id(found), []
            for key, one in found.items():
                if (itself, key) in seen:
                    if isinstance(one, _INNER):
                        inner.append((one, f"{path}.{key}" if path else key))
                elif path not in _TOP or key not in HOUSEKEEPING:
                    yield f"{path}.{key}" if path else key
            stack += reversed(inner)


def _is_choice(key: str, stem: str) -> bool:
    return key.startswith(stem) and key[len(stem) : len(stem) + 1].isupper()


def _kind(found: Any, wanted: str) -> str:
    if isinstance(found, list) and wanted.startswith("a list"):
        return "a list that holds something else"
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return kinds.get(type(found), "nothing" if found is None else "a number")
