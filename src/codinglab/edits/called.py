"""Which edits an encounter calls: found from its lines, diagnoses and record, once for all edits.

Sets of edits are numbers here, with one bit for each edit in the catalog's order. What a code
calls follows from published lists and is kept by code; nothing of an encounter is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import get_args

from codinglab.codes.guideline_lists import GuidelineLists, open_lists
from codinglab.codes.icd10cm import Icd10cm, key_of, open_table
from codinglab.codes.icd10cm_notes import kinds_of_notes
from codinglab.codes.service_lists import ListName, members
from codinglab.core.dates import NotInForce
from codinglab.edits import trait
from codinglab.edits.line_facts import kind_of
from codinglab.edits.rule import Edit
from codinglab.edits.trait import Subject, Trait
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_LISTS: tuple[ListName, ...] = get_args(ListName)
_FULL = 7  # characters of a code with a 7th one, without the dot
_REMEMBERED = 16384  # codes, each on a day, whose traits are kept


class Catalog:
    """The edits in their order, ready to say which of them an encounter calls."""

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        """Sort the edits by what calls them."""
        self.edits = edits
        self.always = self.of(one for one in edits if not one.on)
        self._calls: dict[Trait, int] = {}
        self._about: dict[Subject, int] = {}
        for place, one in enumerate(edits):
            for what in one.on:
                self._calls[what] = self._calls.get(what, 0) | 1 << place
                self._about[what[0]] = self._about.get(what[0], 0) | 1 << place
        self._word = lru_cache(maxsize=_REMEMBERED)(self._listed)
        self._coded = lru_cache(maxsize=_REMEMBERED)(self._guided)
        self._noted = lru_cache(maxsize=_REMEMBERED)(self._governed)

    def of(self, some: Iterable[Edit]) -> int:
        """Return the set of `some` of the edits."""
        wanted = {one.id for one in some}
        return sum(1 << at for at, one in enumerate(self.edits) if one.id in wanted)

    def called(self, encounter: CodedEncounter, day: date) -> int:
        """Return the edits that something of `encounter` calls, those always asked among them.

        Where a code set has no release for the day, every edit that it would call is called: it
        says itself that it cannot judge.
        """
        found = self.always | self._by_claim(encounter) | self._by_diagnoses(encounter, day)
        for line in encounter.lines:
            found |= self._by_line(line, line.day or day)
        return found

    def _by_claim(self, encounter: CodedEncounter) -> int:
        about, lines, diagnoses = encounter.circumstances, encounter.lines, encounter.diagnoses
        found = 0 if about.record is not None else self._about.get("said", 0)
        for one in about.record or ():
            found |= self._calls.get(("said", one.kind), 0)
        seen = (
            (trait.EARLIER, about.earlier is None or about.earlier),
            (trait.LINE, lines),
            (trait.TWO_LINES, len(lines) > 1),
            (trait.VISIT, encounter.visit),
            (trait.TWO_DIAGNOSES, len(diagnoses) > 1),
            (trait.PROCEDURE, encounter.procedures),
        )
        for what, there in seen:
            if there:
                found |= self._calls.get(what, 0)
        return found

    def _by_line(self, line: ServiceLine, when: date) -> int:
        calls = self._calls
        found = calls.get(("kind", kind_of(line.code, when)), 0) | self._word(line.code, when)
        if (line.units or 0) > 1:
            found |= calls.get(trait.UNITS, 0)
        if line.place_of_service is not None:
            found |= calls.get(trait.PLACE, 0) | self._word(line.place_of_service, when)
        for one in line.modifiers:
            found |= calls.get(("modifier", one), 0) | self._word(one, when)
        if line.modifiers:
            found |= calls.get(trait.MODIFIER, 0)
            if len(line.modifiers) > 1:
                found |= calls.get(trait.TWO_MODIFIERS, 0)
        return found

    def _listed(self, word: str, day: date) -> int:
        """Return what a code, modifier or place calls by the service lists it stands on."""
        try:
            names = [name for name in _LISTS if word in members(name, day)]
        except NotInForce:
            return self._about.get("service list", 0)
        return self._union(("service list", name) for name in names)

    def _by_diagnoses(self, encounter: CodedEncounter, day: date) -> int:
        diagnoses, found = encounter.diagnoses, 0
        if not diagnoses:
            return 0
        try:
            lists = open_lists(day)
        except NotInForce:
            found |= self._about.get("guideline list", 0) | self._about.get("pair list", 0)
        else:
            found |= reduce(or_, [self._coded(lists, one.code) for one in diagnoses])
        try:
            table = open_table(day)
        except NotInForce:
            return found | self._about.get("note", 0) | self._calls.get(trait.SEVENTH, 0)
        return reduce(or_, [self._noted(table, one.code) for one in diagnoses], found)

    def _guided(self, lists: GuidelineLists, code: str) -> int:
        """Return what a diagnosis code calls by the lists of the guidelines."""
        named: Iterator[Trait] = (("guideline list", name) for name in lists.names(code))
        first: Iterator[Trait] = (("pair list", name) for name in lists.names_of_pairs(code))
        return self._union((*named, *first))

    def _governed(self, table: Icd10cm, code: str) -> int:
        """Return what a diagnosis code calls by its notes and its length."""
        found = self._union(("note", kind) for kind in kinds_of_notes(table, code))
        return found | (self._calls.get(trait.SEVENTH, 0) if len(key_of(code)) == _FULL else 0)

    def _union(self, traits: Iterable[Trait]) -> int:
        return reduce(or_, (self._calls.get(one, 0) for one in traits), 0)
