"""One rule on a whole claim: one id, one function, and one docstring that is its page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from codinglab.claim.model import Claim, Kind
from codinglab.core.findings import Finding, Severity
from codinglab.x12.finding import Snip

Stage = Literal["registration", "provider", "coding", "money"]
STAGES: tuple[Stage, ...] = ("registration", "provider", "coding", "money")
"""The order in which a biller works a claim: who the patient is, who did it, what, and how much."""

Fixer = Literal["front desk", "provider enrolment", "coder", "biller"]
KINDS: tuple[Kind, ...] = ("professional", "institutional")


@dataclass(frozen=True, slots=True)
class Sent:
    """A claim that is about to be sent, and the `batch` that it is sent with (itself included)."""

    claim: Claim
    batch: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule has to say: the `place` ("line 3"), what is wrong there, and the remedy."""

    place: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """How a 277CA says it: category (A7), status code (562) and entity (85, blank if none)."""

    category: str
    code: str
    entity: str = ""

    def __str__(self) -> str:
        """Return the answer as a biller writes it: "A7 562 85"."""
        return " ".join(part for part in (self.category, self.code, self.entity) if part)

    @classmethod
    def of(cls, text: str) -> StatusAnswer | None:
        """Return the answer written like "A7 562 85"; None for a blank text."""
        return cls(*text.split()) if text else None


Judge = Callable[[Sent, date], Iterable[Said]]


@dataclass(frozen=True, slots=True)
class ClaimEdit:
    """A rule on a whole claim.

    `stage` says when a biller works it and `fixer` who can mend it; `snip` is its WEDI SNIP type.
    `at` names the loop and element of the 837. `answer` is what a payer's front end says in a
    277CA; None where the front end lets the claim in. `instead` are the ids of edits on coded
    lines, `wire` those of findings on the 837 and `built` those of findings made while the claim
    was built, that say the same and so are not repeated.
    `contested` says what is disputed.
    """

    id: str
    judge: Judge
    stage: Stage
    fixer: Fixer
    snip: Snip
    source: str
    at: str
    kinds: tuple[Kind, ...] = KINDS
    answer: StatusAnswer | None = None
    instead: tuple[str, ...] = ()
    wire: tuple[str, ...] = ()
    built: tuple[str, ...] = ()
    contested: str = ""

    def __call__(self, sent: Sent, day: date) -> tuple[Finding, ...]:
        """Return what the rule finds in a claim sent on `day`; nothing in one of another kind.

        Raises NotInForce where a code set has no release for a day of the claim.
        """
        if sent.claim.kind not in self.kinds:
            return ()
        return tuple(
            Finding(self.id, one.place, one.message, one.remedy, one.severity)
            for one in self.judge(sent, day)
        )

    @property
    def page(self) -> str:
        """Return the published page: the judge's docstring."""
        return inspect.cleandoc(self.judge.__doc__ or "")

    @property
    def title(self) -> str:
        """Return the first sentence of the page."""
        return self.page.split("\n\n", maxsplit=1)[0].replace("\n", " ")


def claim_edit(  # noqa: PLR0913  what a rule declares
    name: str,
    stage: Stage,
    fixer: Fixer,
    snip: Snip,
    *,
    source: str,
    at: str,
    kinds: tuple[Kind, ...] = KINDS,
    answer: str = "",
    instead: tuple[str, ...] = (),
    wire: tuple[str, ...] = (),
    built: tuple[str, ...] = (),
    contested: str = "",
) -> Callable[[Judge], ClaimEdit]:
    """Make the function below it the rule `name`; its docstring is the rule's page.

    Raises ValueError for a rule without a page.
    """

    def make(judge: Judge) -> ClaimEdit:
        status = StatusAnswer.of(answer)
        rule = ClaimEdit(
            name,
            judge,
            stage,
            fixer,
            snip,
            source,
            at,
            kinds,
            status,
            instead,
            wire,
            built,
            contested,
        )
        if not rule.page:
            raise ValueError(f"claim edit {name}: write its page as a docstring")
        return rule

    return make
