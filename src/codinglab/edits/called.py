"""Which edits an encounter calls: found from its lines, diagnoses and record, once for all edits.

Sets of edits are numbers here, with one bit for each edit in the catalog's order. What a code
calls follows from published lists and is kept by code; nothing of an encounter is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import get_args

from codinglab.codes.guideline_lists import GuidelineLists, open_lists
from codinglab.codes.icd10cm import Icd10cm, key_of, open_table
from codinglab.codes.icd10cm_notes import kinds_of_notes
from codinglab.codes.mce_lists import MceList, on_list
from codinglab.codes.procedures import Procedure
from codinglab.codes.service_lists import ListName, ages, members, prolonged
from codinglab.core.dates import NotInForce
from codinglab.edits import trait
from codinglab.edits.line_facts import known
from codinglab.edits.rule import Edit
from codinglab.edits.trait import Subject, Trait
from codinglab.encounter.coded import POINTER_LETTERS, CodedEncounter, ServiceLine

_SERVICES: tuple[ListName, ...] = get_args(ListName)
_EDITOR: tuple[MceList, ...] = get_args(MceList)
_ADD_ON_DAYS = "ZZZ"
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
        self._lists_name = lru_cache(maxsize=_REMEMBERED)(self._by_service_lists)
        self._guidelines_name = lru_cache(maxsize=_REMEMBERED)(self._by_guidelines)
        self._editor_names = lru_cache(maxsize=_REMEMBERED)(self._by_editor)
        self._notes_govern = lru_cache(maxsize=_REMEMBERED)(self._by_notes)

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

    def _union(self, traits: Iterable[Trait]) -> int:
        found = 0
        for one in traits:
            found |= self._calls.get(one, 0)
        return found

    def _by_claim(self, encounter: CodedEncounter) -> int:
        about, diagnoses = encounter.circumstances, encounter.diagnoses
        born, sex, role = about.patient.born, about.patient.sex, about.practitioner.role
        seen = (
            (trait.EARLIER, about.earlier is None or about.earlier),
            (trait.TWO_LINES, len(encounter.lines) > 1),
            (trait.VISIT, encounter.visit),
            (trait.TWO_DIAGNOSES, len(diagnoses) > 1),
            (trait.MANY_DIAGNOSES, len(diagnoses) > len(POINTER_LETTERS)),
            (trait.PROCEDURE, encounter.procedures),
            (trait.DISPOSITION, encounter.discharge_status is not None),
            (trait.NO_PHYSICIAN, role != "physician"),
            (trait.NO_BIRTH_DATE, born is None),
            (trait.NO_SEX, sex is None),
            (trait.MALE, sex == "M"),
        )
        found = self._union([what for what, there in seen if there])
        if about.record is None:
            return found | self._about.get("said", 0)
        return found | self._union([("said", one.kind) for one in about.record])

    def _by_line(self, line: ServiceLine, when: date) -> int:
        calls, marks = self._calls.get, line.modifiers
        service = known(line.code, when)
        found = calls(("kind", service.kind if service else ""), 0)
        found |= calls(("code", line.code), 0) | self._lists_name(line.code, when)
        if _may_be_add_on(service):
            found |= calls(trait.ADD_ON, 0)
        if line.units != 1:
            found |= calls(trait.UNITS if line.units else trait.NO_UNITS, 0)
        if len(line.pointers) != 1:
            found |= calls(trait.MANY_POINTERS if line.pointers else trait.NO_POINTER, 0)
        if line.day is not None:
            found |= calls(trait.DATED, 0)
        if line.place_of_service is not None:
            found |= calls(trait.PLACE, 0) | self._lists_name(line.place_of_service, when)
        for one in marks:
            found |= calls(("modifier", one), 0) | self._lists_name(one, when)
        if marks:
            found |= calls(trait.MODIFIER, 0)
            if len(marks) > 1:
                found |= calls(trait.TWO_MODIFIERS, 0)
        return found

    def _by_service_lists(self, word: str, day: date) -> int:
        """Return what a code, modifier or place calls by the lists of services it stands on."""
        try:
            found = self._union(
                ("service list", name) for name in _SERVICES if word in members(name, day)
            )
            if word in ages(day):
                found |= self._calls.get(trait.AGED, 0)
            if any(word == row.code for row in prolonged(day)):
                found |= self._calls.get(trait.PROLONGED, 0)
        except NotInForce:
            return self._about.get("service list", 0)
        return found

    def _by_diagnoses(self, encounter: CodedEncounter, day: date) -> int:
        codes = [one.code for one in encounter.diagnoses]
        if not codes:
            return 0
        found = self._by_tables(codes, day)
        if any(one.poa for one in encounter.diagnoses):
            found |= self._calls.get(trait.POA, 0)
        return found

    def _by_tables(self, codes: list[str], day: date) -> int:
        found = 0
        try:
            lists = open_lists(day)
            for code in codes:
                found |= self._guidelines_name(lists, code)
        except NotInForce:
            found |= self._about.get("guideline list", 0) | self._about.get("pair list", 0)
        try:
            table = open_table(day)
            for code in codes:
                found |= self._notes_govern(table, code)
        except NotInForce:
            found |= self._about.get("note", 0)
        try:
            for code in codes:
                found |= self._editor_names(code, day)
        except NotInForce:
            found |= self._about.get("editor list", 0)
        return found

    def _by_guidelines(self, lists: GuidelineLists, code: str) -> int:
        """Return what a diagnosis code calls by the lists of the guidelines."""
        found = self._union(("guideline list", name) for name in lists.names(code))
        return found | self._union(("pair list", name) for name in lists.names_of_pairs(code))

    def _by_editor(self, code: str, day: date) -> int:
        """Return what a diagnosis code calls by the lists of the Medicare Code Editor."""
        return self._union(("editor list", name) for name in _EDITOR if on_list(code, name, day))

    def _by_notes(self, table: Icd10cm, code: str) -> int:
        """Return what a diagnosis code calls by its notes, its length and its being complete."""
        found = self._union(("note", kind) for kind in kinds_of_notes(table, code))
        entry = table.find(code)
        if entry is None or not entry.billable:
            found |= self._calls.get(trait.INCOMPLETE, 0)
        return found | (self._calls.get(trait.SEVENTH, 0) if len(key_of(code)) == _FULL else 0)


def _may_be_add_on(service: Procedure | None) -> bool:
    """Say whether `service` is an add-on; of a code that only an import has, its list can tell."""
    if service is None or not service.kind:
        return True
    return service.add_on or service.global_days == _ADD_ON_DAYS
