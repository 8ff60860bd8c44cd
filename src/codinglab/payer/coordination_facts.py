"""Policies of a patient, and the facts of patient and family that decide which one pays first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

PolicyKind = Literal[
    "group",
    "individual",
    "medicare",
    "supplement",
    "tricare",
    "champva",
    "veterans",
    "medicaid",
    "workers' compensation",
    "black lung",
    "no-fault",
    "liability",
]
Work = Literal["current", "retired", "laid off", "continued", ""]
Injury = Literal["", "work", "black lung", "auto", "premises", "liability"]
Because = Literal["age", "disability", "end-stage renal disease"]
Decree = Literal["none", "one parent", "both parents", "joint custody"]


class MissingFact(LookupError):
    """A fact that decides the order is not known; the message is the question to ask."""


@dataclass(frozen=True, slots=True)
class CoveredBy:
    """One policy of the patient; `name` tells it from the others.

    `holder` is the patient, the spouse, or the name of one of `Child.parents`. `work` says how a
    group plan came about: current work, retired, laid off, or continued after work (COBRA, or a
    state's law). `employees` counts those of the employer (the largest one of a plan of several
    employers) on each working day of 20 weeks of this or the last year; for a disability, on half
    the working days of the last year. Where renal disease came to Medicare for age or disability,
    both are those of the month in which it came. `starts` is the day from which it covers the
    patient, or of parents with one birthday its holder. `coordinates` is False for a plan without
    rules on coordination. `authorized` says whether Veterans Affairs ordered and pays this care;
    it is asked of the kind "veterans" alone. A Medicare Advantage plan is of the kind "medicare".
    """

    name: str
    kind: PolicyKind
    holder: str = "patient"
    work: Work = ""
    employees: int | None = None
    starts: date | None = None
    coordinates: bool = True
    authorized: bool | None = None


@dataclass(frozen=True, slots=True)
class OnMedicare:
    """Why the patient has Medicare: the first ground, and the day from which it holds.

    `renal_from` is the first day of the month in which the patient first could have Medicare for
    end-stage renal disease, None where there is no such ground. `born` is the patient's birthday:
    from 65 on a disability is no ground of its own any more.
    """

    because: Because
    since: date
    renal_from: date | None = None
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Parent:
    """A holder of a child's policy.

    `custody` says that the child lives with this parent, `answers` that a court order makes the
    parent answer for health care, and `spouse_of` names the parent whose new spouse this is.
    """

    name: str
    born: date
    custody: bool = False
    answers: bool = False
    spouse_of: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """A child insured through several people; `together` says that its parents live together.

    `decree` is what a court ordered of health care: nothing, that one parent or both parents
    answer for it, or joint custody without a word on who does.
    """

    parents: tuple[Parent, ...]
    together: bool
    decree: Decree = "none"

    def parent(self, name: str) -> Parent:
        """Return the parent `name`; raises MissingFact, naming those known."""
        found = next((one for one in self.parents if one.name == name), None)
        if found is None:
            known = ", ".join(one.name for one in self.parents)
            raise MissingFact(f"Who is {name}, the holder of a policy? Known are {known}.")
        return found


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the patient on the day of service; None where nothing of it applies.

    `injury` says what the care is for: nothing of the kind, a work injury, the lung disease of
    miners, a motor accident, an injury on premises whose insurance pays medical expenses whoever
    was at fault, or another injury for which somebody is liable.
    """

    injury: Injury = ""
    medicare: OnMedicare | None = None
    child: Child | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One policy at its `place` (from 1), with the rule that put it there.

    `why` is a sentence, `source` its rule's. `msp_type` says, of a policy before Medicare, why
    (X12 element 1336).
    """

    place: int
    policy: CoveredBy
    rule: str
    why: str
    source: str
    msp_type: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Who pays in which order, which policies do not pay for this care, and what must be asked.

    Where `asks` holds a question nothing is ranked: the order is not known, and is not guessed.
    """

    ranked: tuple[Ranked, ...]
    not_for_this: tuple[CoveredBy, ...] = ()
    asks: tuple[str, ...] = ()
