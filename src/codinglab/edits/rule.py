"""One rule, one id, one function, and one docstring that is its published page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from codinglab.core.findings import Finding
from codinglab.edits.trait import Trait, carries
from codinglab.encounter.circumstances import NEEDS, SETTINGS, Setting
from codinglab.encounter.coded import CodedEncounter

Judge = Callable[[CodedEncounter, date], Iterable[Finding]]
Family = Literal[
    "form",
    "validity",
    "patient",
    "notes",
    "sequence",
    "combination",
    "present on admission",
    "specificity",
    "pairs",
    "units",
    "modifier",
    "visit",
    "global package",
    "place",
    "necessity",
]


@dataclass(frozen=True, slots=True)
class Edit:
    """A rule: what it judges, for whose claims, by what source.

    `payer` is blank where the rule holds for all; `contested` says what is disputed, and by whom;
    `needs` are names of circumstances.NEEDS without which it isn't judged. An edit is not asked
    where nothing of the claim is among the traits that it is `on`. An edit of the family
    "form" or "validity" asks only whether a claim could be read and each code is in force, so it
    may be shown while somebody still works on graded cases.
    """

    id: str
    family: Family
    judge: Judge
    source: str
    settings: tuple[Setting, ...] = SETTINGS
    payer: str = ""
    contested: str = ""
    needs: tuple[str, ...] = ()
    on: frozenset[Trait] = frozenset()

    def __call__(self, encounter: CodedEncounter, day: date) -> tuple[Finding, ...]:
        """Return what the rule finds in `encounter` on `day`, whoever it is made for."""
        return tuple(self.judge(encounter, day))

    @property
    def page(self) -> str:
        """Return the published page: the judge's docstring."""
        return inspect.cleandoc(self.judge.__doc__ or "")

    @property
    def title(self) -> str:
        """Return the first sentence of the page."""
        return self.page.split("\n\n", maxsplit=1)[0].replace("\n", " ")

    def applies(self, encounter: CodedEncounter) -> bool:
        """Say whether the rule is made for the setting and payer of `encounter`."""
        about = encounter.circumstances
        return self.is_for(about.setting, about.payer)

    def is_for(self, setting: Setting, payer: str) -> bool:
        """Say whether the rule is made for claims of that setting and payer."""
        return setting in self.settings and self.payer in {"", payer}

    def lacks(self, encounter: CodedEncounter) -> tuple[str, ...]:
        """Return what the rule needs to know of `encounter` and is not told."""
        return tuple(need for need in self.needs if not encounter.circumstances.knows(need))


def edit(  # noqa: PLR0913  what a rule declares
    name: str,
    family: Family,
    *,
    source: str,
    settings: tuple[Setting, ...] = SETTINGS,
    payer: str = "",
    contested: str = "",
    needs: tuple[str, ...] = (),
    modifiers: Iterable[str] = (),
    on: Iterable[Trait] = (),
) -> Callable[[Judge], Edit]:
    """Make the function below it the rule `name`; its docstring is the rule's page.

    It is asked where something of the claim is among `on`, or where a line carries one of the
    `modifiers`; where it declares neither it is always asked.

    Raises ValueError for a rule without a page, or that needs what no circumstance tells.
    """

    def make(judge: Judge) -> Edit:
        only = frozenset((*carries(*modifiers), *on))
        rule = Edit(name, family, judge, source, settings, payer, contested, needs, only)
        unknown = [need for need in needs if need not in NEEDS]
        if not rule.page or unknown:
            raise ValueError(f"edit {name}: needs a docstring, and {unknown} are no NEEDS")
        return rule

    return make
