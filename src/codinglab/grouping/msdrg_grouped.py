"""A grouped stay: its MS-DRG, how it came to it in the order of the grouper, and what codes did.

Source: MS-DRG Definitions Manual, the logic of the grouper: before the MDCs, MDC, class, severity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from codinglab.core.cite import Cite
from codinglab.grouping.msdrg_roles import CodeRole

Level = Literal["MCC", "CC", ""]
Kind = Literal["surgical", "medical"]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The MS-DRG of a stay.

    `drg` is the one that is paid; `before_hospital_acquired` is the one before conditions that
    were acquired in the hospital stopped counting (the same where there are none). `mdc` is the
    major diagnostic category, `level` the severity that secondary diagnoses gave, whether or not
    this DRG is split by it. `why_not` is empty where the stay was grouped. `diagnoses` and
    `procedures` stand in the order of the stay.
    """

    version: str
    drg: str
    title: str
    mdc: str
    mdc_title: str
    level: Level
    before_hospital_acquired: str
    why_not: str
    diagnoses: tuple[CodeRole, ...]
    procedures: tuple[CodeRole, ...]
    kind: Kind | Literal[""] = ""
    before_mdc: bool = False

    @property
    def cite(self) -> Cite:
        """Return the manual that defines the group."""
        return Cite("MS-DRG Definitions Manual", f"v{self.version}", f"MS-DRG {self.drg}")

    @property
    def counted(self) -> tuple[CodeRole, ...]:
        """Return the secondary diagnoses that counted as CC or MCC."""
        return tuple(one for one in self.diagnoses if one.role == "counts")

    @property
    def not_counted(self) -> tuple[CodeRole, ...]:
        """Return the CC and MCC that do not count with this principal diagnosis or POA."""
        return tuple(one for one in self.diagnoses if one.role == "excluded")

    def as_text(self) -> str:
        """Return the group, how it was found, and one line for each code and what it did."""
        if self.why_not:
            lines = [f"Not grouped (MS-DRG {self.drg}, version {self.version}): {self.why_not}."]
        else:
            lines = [f"MS-DRG {self.drg} {self.title} (version {self.version})"]
            lines += [f"  {step}." for step in _steps(self)]
        roles = (*self.diagnoses, *self.procedures)
        return "\n".join([*lines, *(f"  {one.place}, {one.code}: {one.why}." for one in roles)])

    def as_json(self) -> dict[str, object]:
        """Return the group for JSON."""
        return {
            "version": self.version,
            "drg": self.drg,
            "title": self.title,
            "mdc": self.mdc,
            "mdc_title": self.mdc_title,
            "kind": self.kind or None,
            "before_mdc": self.before_mdc,
            "level": self.level or None,
            "before_hospital_acquired": self.before_hospital_acquired,
            "why_not": self.why_not or None,
            "diagnoses": [one.as_json() for one in self.diagnoses],
            "procedures": [one.as_json() for one in self.procedures],
        }


def _steps(found: Grouped) -> Iterator[str]:
    """Yield one sentence for each step that led to the group of `found`."""
    yield _category(found)
    if found.kind:
        yield _class(found)
    yield _severity(found)
    if found.before_hospital_acquired != found.drg:
        yield (
            f"Acquired in the hospital: MS-DRG {found.before_hospital_acquired} before conditions "
            f"that were not present on admission stopped counting, {found.drg} after"
        )


def _codes(roles: tuple[CodeRole, ...]) -> str:
    return ", ".join(one.code for one in roles)


def _category(found: Grouped) -> str:
    first = found.diagnoses[0].code
    named = f"MDC {found.mdc}, {found.mdc_title}"
    if found.before_mdc:
        return f"Category: none; procedures decide before the MDC ({named}, by {first}) is asked"
    if found.diagnoses[0].moved:
        return f"Category: {named}; {first} is {found.diagnoses[0].why}"
    return f"Category: {named}, by the principal diagnosis {first}"


def _class(found: Grouped) -> str:
    decided = _codes(tuple(one for one in found.procedures if one.role == "defines"))
    if decided:
        return f"Class: {found.kind}, by {decided}"
    if found.kind == "surgical":
        return "Class: surgical"
    if found.procedures:
        return "Class: medical; no procedure decides"
    return "Class: medical; there is no procedure"


def _severity(found: Grouped) -> str:
    if found.counted:
        return f"Severity: {found.level}, by {_codes(found.counted)}"
    if found.level:
        return f"Severity: {found.level}, but this DRG is not split by it"
    return "Severity: no CC or MCC counts"
