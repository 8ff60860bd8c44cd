"""The examples of an edit: lesson for a trainee, and test for us, one file a rule."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ConfigDict, Field

from codinglab.core.dates import NotInForce
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, check, read_yaml
from codinglab.course.encounter_file import EncounterFile, read_encounter
from codinglab.edits.catalog import find_edit


class ExampleRow(Row):
    """An example: its name, what differs from the file's `base`, and what the rule says of it.

    `finds` are the places ("line 2") of the rule's findings, in its order. `not_in_force` says
    that no code set of this lab covers the day, and the rule refuses to judge.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str
    why: str = ""
    finds: tuple[str, ...] = ()
    not_in_force: bool = False


class EditFile(Row):
    """The fields of curriculum/edits/<id>.yml.

    `lesson` says in plain words why the rule is there and what breaking it costs. `base` is an
    encounter, of which each example states only what differs. `passes` find nothing, `fails` find
    something, and `dates` stand on both sides of a day.
    """

    rule: str
    lesson: str = Field(min_length=40)
    base: dict[str, Any]
    passes: tuple[ExampleRow, ...] = Field(min_length=1)
    fails: tuple[ExampleRow, ...] = Field(min_length=1)
    dates: tuple[ExampleRow, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a rule: its kind (passes, fails, dates), encounter and expected places."""

    rule: str
    kind: str
    name: str
    why: str
    encounter: EncounterFile
    finds: tuple[str, ...]
    not_in_force: bool

    def __str__(self) -> str:
        """Return rule and name, as a test is called."""
        return f"{self.rule}: {self.name}"

    def found(self) -> tuple[str, ...] | None:
        """Return the places where the rule finds something, None where it refuses the day.

        A rule that is not made for the claim finds nothing. Raises BadData for an example that
        cannot be read, or does not say what the rule needs to know.
        """
        read = read_encounter(self.encounter)
        if read.findings:
            said = "; ".join(map(str, read.findings))
            raise BadData(f"curriculum/edits/{self.rule}.yml, {self.name}: {said}")
        rule = find_edit(self.rule)
        if not rule.applies(read.coded):
            return ()
        if lacks := rule.lacks(read.coded):
            raise BadData(f"curriculum/edits/{self.rule}.yml, {self.name}: says no {lacks}")
        try:
            return tuple(one.place for one in rule(read.coded, read.day))
        except NotInForce:
            return None


def edit_file_names() -> tuple[str, ...]:
    """Return the ids of all edits that have a file, sorted."""
    return tuple(sorted(path.stem for path in (data_folder("curriculum") / "edits").glob("*.yml")))


@lru_cache(maxsize=128)
def edit_file(name: str) -> EditFile:
    """Return the lesson and examples of the edit `name`; raises BadData naming file and field."""
    path = data_folder("curriculum") / "edits" / f"{name}.yml"
    found = read_yaml(path, EditFile)
    if found.rule != name:
        raise BadData(f"{path}: is of the rule {found.rule}; make name and rule agree")
    return found


def examples(name: str) -> tuple[Example, ...]:
    """Return the examples of the edit `name`; raises BadData naming file, example and field."""
    file, place = edit_file(name), f"curriculum/edits/{name}.yml"
    kinds = (("passes", file.passes), ("fails", file.fails), ("dates", file.dates))
    return tuple(
        Example(
            name,
            kind,
            one.name,
            one.why,
            check(EncounterFile, file.base | (one.model_extra or {}), f"{place}, {one.name}"),
            one.finds,
            one.not_in_force,
        )
        for kind, rows in kinds
        for one in rows
    )
